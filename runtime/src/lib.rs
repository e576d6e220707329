//! The handwritten half of every client that typewright generates: codec, values, rules, parameter styles, transport.

mod codec;
pub mod codegen;
mod rules;
mod style;
mod values;

pub use bytes::Bytes;

pub use crate::codec::{
    Decode, DecodeError, Decoder, Drift, Encode, EncodeError, Encoder, Kind, from_json, from_json_bytes, to_json,
};
pub use crate::rules::Violation;
pub use crate::values::{
    Base64, Date, DateTime, Decimal, Extra, Field, InvalidText, Json, Map, UnknownNumber, UnknownValue, Uuid,
};
