//! Texts and values that clients read and write, independent of calls.
//!
//! Owns the codec, the value types, the rules of values, the styles of parameters, and what may be printed of a text. Knows
//! nothing of calls, clients or HTTP exchanges.

pub(crate) mod codec;
pub(crate) mod envelope;
pub(crate) mod invalid;
pub(crate) mod mask;
pub(crate) mod rules;
pub(crate) mod secret;
pub(crate) mod style;
pub(crate) mod template;
pub(crate) mod values;
