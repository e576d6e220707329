//! [`Decimal`]: a number that keeps its digits.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::text::InvalidText;
use crate::text::codec::number::Number;
use crate::text::codec::{Decode, DecodeError, Decoder, Encode, Encoder, Kind};
use crate::text::values::Field;

/// A decimal number as its text: nothing is rounded, and what came over the wire is what is sent back, as a JSON number or
/// as a string. Equality and order are by value.
///
/// A new one travels as the API's document says: as a string where the member is one, else as a JSON number.
/// [`Decimal::sent_as_text`] and [`Decimal::sent_as_number`] decide it.
#[derive(Clone)]
pub struct Decimal {
    text: Box<str>,
    form: Form,
}

/// How it travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As the document says.
    Declared,
    Number,
    Text,
}

const INVALID: InvalidText = InvalidText::new("a decimal number");

impl Decimal {
    /// Takes a decimal number, for example `12.50`.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        Number::parse(text).ok_or(INVALID)?;
        Ok(Self::from(text))
    }

    /// The same number, sent as a string.
    #[must_use]
    pub fn sent_as_text(mut self) -> Self {
        self.form = Form::Text;
        self
    }

    /// The same number, sent as a JSON number.
    #[must_use]
    pub fn sent_as_number(mut self) -> Self {
        self.form = Form::Number;
        self
    }

    /// The text as it travels.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The nearest `f64`; for showing and comparing, not for money.
    pub fn to_f64(&self) -> Result<f64, InvalidText> {
        Number::parse(&self.text).ok_or(INVALID)?;
        self.text.parse().map_err(|_| INVALID)
    }

    fn number(&self) -> Option<Number> {
        Number::parse(&self.text)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

/// By value; texts that are no numbers come last.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(left), Some(right)) => left.cmp(&right),
            (left, right) => right.is_some().cmp(&left.is_some()).then_with(|| self.text.cmp(&other.text)),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.number() {
            Some(number) => number.hash(state),
            None => self.text.hash(state),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.text)
    }
}

impl FromStr for Decimal {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        Self::parse(text)
    }
}

/// Takes the text as it stands; one that is no number is refused before it is sent. [`Decimal::parse`] looks at once.
impl From<&str> for Decimal {
    fn from(text: &str) -> Self {
        Self { text: text.into(), form: Form::Declared }
    }
}

/// Takes the text as it stands; one that is no number is refused before it is sent.
impl From<String> for Decimal {
    fn from(text: String) -> Self {
        Self { text: text.into(), form: Form::Declared }
    }
}

impl From<&String> for Decimal {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&str> for Field<Decimal> {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        value.to_string().into()
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        i64::from(value).into()
    }
}

impl From<i64> for Field<Decimal> {
    fn from(value: i64) -> Self {
        Self::Value(value.into())
    }
}

#[cfg(feature = "decimal")]
impl From<rust_decimal::Decimal> for Decimal {
    fn from(value: rust_decimal::Decimal) -> Self {
        value.to_string().into()
    }
}

/// Fails where the text is no number, or does not fit 96 bits and 28 decimals without rounding.
#[cfg(feature = "decimal")]
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = InvalidText;

    fn try_from(value: &Decimal) -> Result<Self, InvalidText> {
        let text = value.as_str();
        let parsed = Self::from_str_exact(text).or_else(|_| Self::from_scientific(text)).map_err(|_| INVALID)?;
        if Number::parse(&parsed.to_string()) == value.number() { Ok(parsed) } else { Err(INVALID) }
    }
}

impl Decode for Decimal {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match d.kind()? {
            Kind::String => d.kept_text().map(|text| Self { text: text.into(), form: Form::Text }),
            Kind::Number => d.kept_number().map(|text| Self { text: text.into(), form: Form::Number }),
            _ => Err(d.invalid("a decimal number")),
        }
    }
}

impl Encode for Decimal {
    fn encode(&self, e: &mut Encoder) {
        match self.form {
            // As it came; a server's own words for no number go back to it, too.
            Form::Text => e.string(&self.text),
            _ if self.number().is_none() => e.fault("must be a decimal number."),
            Form::Declared if e.decimals_are_text() => e.string(&self.text),
            // `+5` and `.5` parse but are no JSON numbers.
            _ if crate::text::values::Json::parse(&self.text).is_ok() => e.raw(&self.text),
            _ => e.raw(&plain(&self.text)),
        }
    }
}

/// In JSON's grammar: no `+`, no zeros in front, a digit on both sides of the point.
fn plain(text: &str) -> String {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = text.split_at(text.find(['e', 'E']).unwrap_or(text.len()));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codec::{from_json, to_json};

    #[test]
    fn wire_text_is_kept() {
        for text in ["12.50", "\"12.50\"", "1E+3", "0.1000000000000000000000000001", "\"n/a\"", "-0.0"] {
            assert_eq!(to_json(&from_json::<Decimal>(text).unwrap()).unwrap(), text);
        }
        assert!(from_json::<Decimal>("true").is_err());
    }

    #[test]
    fn by_value() {
        let decimal = |text| Decimal::parse(text).unwrap();
        assert_eq!(decimal("12.50"), decimal("12.5").sent_as_text());
        assert!(decimal("9.99") < decimal("10"));
        assert_ne!(from_json::<Decimal>("\"n/a\"").unwrap(), decimal("0"));
    }

    #[test]
    fn always_json() {
        for (text, expected) in [("+5", "5"), (".5", "0.5"), ("-007.10e2", "-7.10e2"), ("5.", "5")] {
            assert_eq!(to_json(&Decimal::parse(text).unwrap()).unwrap(), expected);
        }
        assert_eq!(to_json(&Decimal::from(7).sent_as_text()).unwrap(), "\"7\"");
        assert!(to_json(&Decimal::from("seven")).is_err());
    }

    #[test]
    fn a_new_one_travels_as_its_member_does() {
        let price = Decimal::from("12.50");
        let mut e = Encoder::new();
        e.begin_object();
        e.as_text().member("text", &price);
        e.as_text().optional("absent", &None::<Decimal>);
        e.optional("number", &Some(price.clone()));
        e.as_text().field("kept", &Field::Value(price.clone().sent_as_number()));
        e.as_text().member("list", &vec![price]);
        e.end_object();
        assert_eq!(e.finish().unwrap(), r#"{"text":"12.50","number":12.50,"kept":12.50,"list":["12.50"]}"#);
    }
}
