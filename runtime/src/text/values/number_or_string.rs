//! [`NumberOrString`]: what some servers spell as a number and others as a string.

use std::fmt;

use crate::text::codec::{Decode, DecodeError, Decoder, Encode, Encoder, Kind};
use crate::text::values::{Decimal, Field};

/// A number or a string, as its text: what came as a number is sent as a number, what came as a string as a string.
///
/// Whoever only wants to show or compare it reads [`NumberOrString::as_str`]; `"7"` and `7` have the same text and are not
/// equal.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NumberOrString {
    text: Box<str>,
    is_number: bool,
}

impl NumberOrString {
    /// The number's digits, or the string.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it travels as a number.
    pub fn is_number(&self) -> bool {
        self.is_number
    }

    /// The whole number that its text says, if it does.
    pub fn as_i64(&self) -> Option<i64> {
        self.text.trim().parse().ok()
    }

    /// The number that its text says, if it does, with all its digits.
    pub fn as_decimal(&self) -> Option<Decimal> {
        Decimal::parse(self.text.trim()).ok()
    }
}

impl fmt::Display for NumberOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for NumberOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number { f.write_str(&self.text) } else { fmt::Debug::fmt(&self.text, f) }
    }
}

impl AsRef<str> for NumberOrString {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A string.
impl From<&str> for NumberOrString {
    fn from(text: &str) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

/// A string.
impl From<&String> for NumberOrString {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for NumberOrString {
    fn from(text: String) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

/// A number.
impl From<i64> for NumberOrString {
    fn from(number: i64) -> Self {
        Self { text: number.to_string().into(), is_number: true }
    }
}

/// A number.
impl From<i32> for NumberOrString {
    fn from(number: i32) -> Self {
        i64::from(number).into()
    }
}

/// A number.
impl From<u32> for NumberOrString {
    fn from(number: u32) -> Self {
        i64::from(number).into()
    }
}

impl From<&str> for Field<NumberOrString> {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl From<i64> for Field<NumberOrString> {
    fn from(number: i64) -> Self {
        Self::Value(number.into())
    }
}

impl From<NumberOrString> for String {
    fn from(value: NumberOrString) -> Self {
        value.text.into()
    }
}

impl Decode for NumberOrString {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match d.kind()? {
            Kind::String => d.kept_text().map(|text| Self { text: text.into(), is_number: false }),
            Kind::Number => d.kept_number().map(|text| Self { text: text.into(), is_number: true }),
            _ => Err(d.invalid("a number or a string")),
        }
    }
}

impl Encode for NumberOrString {
    fn encode(&self, e: &mut Encoder) {
        if self.is_number { e.raw(&self.text) } else { e.string(&self.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::NumberOrString;
    use crate::text::codec::{from_json, to_json};

    #[test]
    fn both_travel_as_they_came() {
        for (json, text, number) in
            [("7", "7", Some(7)), ("\"7\"", "7", Some(7)), ("12.50", "12.50", None), ("\"SKU 1\"", "SKU 1", None)]
        {
            let value: NumberOrString = from_json(json).unwrap();
            assert_eq!((value.as_str(), value.as_i64(), to_json(&value).unwrap().as_str()), (text, number, json));
            assert_eq!(value.is_number(), !json.starts_with('"'));
        }
        for json in ["true", "null", "[1]", "{}"] {
            assert!(from_json::<NumberOrString>(json).is_err(), "{json}");
        }
        assert_eq!(NumberOrString::from("12.50").as_decimal().unwrap().as_str(), "12.50");
        assert_eq!(
            format!("{:?} {:?} {}", NumberOrString::from(7), NumberOrString::from("7"), NumberOrString::from(7)),
            "7 \"7\" 7"
        );
    }
}
