//! Values of enums that this version of the client does not know.

use std::fmt;

use super::text::text_value;

/// A string that an enum does not list. Opaque: a later version may list it, so match on the variants that are known.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue {
    text: Box<str>,
}
text_value!(UnknownValue);

impl UnknownValue {
    /// Keeps a value as it came.
    pub fn new(value: impl Into<String>) -> Self {
        value.into().into()
    }
}

/// A number that an enum does not list. Opaque: a later version may list it, so match on the variants that are known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownNumber(i64);

impl UnknownNumber {
    /// Keeps a value as it came.
    pub const fn new(value: i64) -> Self {
        Self(value)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<i64> for UnknownNumber {
    fn from(value: i64) -> Self {
        Self(value)
    }
}

impl fmt::Display for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownNumber({})", self.0)
    }
}

impl crate::codec::Decode for UnknownNumber {
    fn decode(d: &mut crate::codec::Decoder<'_>) -> Result<Self, crate::codec::DecodeError> {
        i64::decode(d).map(Self)
    }
}

impl crate::codec::Encode for UnknownNumber {
    fn encode(&self, e: &mut crate::codec::Encoder) {
        self.0.encode(e);
    }
}
