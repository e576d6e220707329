//! The value types that models are made of beyond the standard library's.
//!
//! Owns the types and their own rules (calendar, base64 …). They keep what came over the wire: printing a value gives back
//! what was read, and a text that breaks its format is no decoding fault; whoever asks for its meaning gets the error.

mod base64_value;
mod calendar;
mod date;
mod datetime;
mod decimal;
mod extra;
mod field;
mod given;
mod json;
mod map;
mod number_or_string;
mod others;
#[cfg(feature = "serde")]
mod serde;
mod text;
mod unknown;
mod uuid;

pub use self::base64_value::Base64;
pub use self::date::Date;
pub use self::datetime::DateTime;
pub use self::decimal::Decimal;
pub use self::extra::Extra;
pub use self::field::Field;
pub use self::given::{list, maybe, pairs};
pub use self::json::Json;
pub use self::map::{Map, MapIter};
pub use self::number_or_string::NumberOrString;
pub use self::others::Others;
#[cfg(feature = "serde")]
pub use self::serde::{serde_deserialize, serde_serialize};
pub use self::text::InvalidText;
pub use self::unknown::{UnknownNumber, UnknownValue};
pub use self::uuid::Uuid;
