//! The only module that generated code imports. Nothing is ever taken out of a version; what an older output names stays.

/// Version 1.
pub mod v1 {
    // The codec, the values, and the facts of rules and styles.
    pub use crate::codec::{
        Decode, DecodeError, Decoder, Drift, Encode, EncodeError, EncodeRest, Encoder, Kind, Rest, ShapeFacts,
        from_json, from_json_bytes, to_json,
    };
    pub use crate::rules::{MemberRules, Rule};
    pub use crate::style::{FormField, Lists, Style, StyleFacts};
    pub use crate::values::{
        Base64, Date, DateTime, Decimal, Extra, Field, InvalidText, Json, Map, UnknownNumber, UnknownValue, Uuid,
    };
    #[cfg(feature = "serde")]
    pub use crate::values::{serde_deserialize, serde_serialize};
    pub use bytes::Bytes;
}
