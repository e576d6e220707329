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

impl crate::text::codec::Decode for UnknownNumber {
    fn decode(d: &mut crate::text::codec::Decoder<'_>) -> Result<Self, crate::text::codec::DecodeError> {
        i64::decode(d).map(Self)
    }
}

impl crate::text::codec::Encode for UnknownNumber {
    fn encode(&self, e: &mut crate::text::codec::Encoder) {
        self.0.encode(e);
    }
}

#[cfg(test)]
mod tests {
    use super::{UnknownNumber, UnknownValue};
    use crate::text::codec::{from_json, to_json};

    #[test]
    fn as_they_came() {
        let value: UnknownValue = from_json("\"NEW\\u0020ONE\"").unwrap();
        assert_eq!((value.as_str(), to_json(&value).unwrap().as_str()), ("NEW ONE", "\"NEW ONE\""));
        let number: UnknownNumber = from_json("7e0").unwrap();
        assert_eq!((number.get(), to_json(&number).unwrap().as_str()), (7, "7"));
    }
}
