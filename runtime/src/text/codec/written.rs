//! A value as its type wrote it.

use std::borrow::Cow;

use super::error::{DecodeError, EncodeError};
use super::tree::Tree;
use super::{Encode, Encoder};

/// The JSON text of one value. Scalars are extracted without parsing, because the encoder's output is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    json: String,
    /// Whether a string in it may not stand for itself.
    escaped: bool,
}

impl Written {
    /// Writes a value.
    pub(crate) fn of(value: &(impl Encode + ?Sized)) -> Result<Self, EncodeError> {
        let mut encoder = Encoder::small();
        value.encode(&mut encoder);
        let escaped = encoder.has_escapes();
        encoder.finish().map(|json| Self { json, escaped })
    }

    /// A text that is one JSON value without white space around it.
    pub(crate) fn from_valid(json: String) -> Self {
        let escaped = json.contains('\\');
        Self { json, escaped }
    }

    pub(crate) fn as_json(&self) -> &str {
        &self.json
    }

    /// The value, for rules and styles.
    pub(crate) fn tree(&self) -> Result<Tree<'_>, DecodeError> {
        let json = self.json.as_str();
        Ok(match json.as_bytes() {
            [b'"', .., b'"'] if !self.escaped => {
                Tree::String(Cow::Borrowed(json.get(1..json.len() - 1).unwrap_or_default()))
            }
            b"null" => Tree::Null,
            b"true" => Tree::Boolean(true),
            b"false" => Tree::Boolean(false),
            [b'-' | b'0'..=b'9', ..] => Tree::Number(json),
            _ => Tree::parse(json)?,
        })
    }

    /// A string's text; any other value is its JSON.
    pub(crate) fn text(&self) -> Result<Cow<'_, str>, DecodeError> {
        Ok(match self.tree()? {
            Tree::String(text) => text,
            _ => Cow::Borrowed(&self.json),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::values::Json;

    /// Extraction gives the same as parsing.
    #[test]
    fn scalars_are_not_read_again() {
        let check = |value: &dyn Encode| {
            let written = Written::of(value).unwrap();
            let (found, read) = (written.tree().unwrap(), Tree::parse(written.as_json()).unwrap());
            assert_eq!(format!("{found:?}"), format!("{read:?}"));
        };
        check(&"plain");
        check(&"");
        check(&"\"");
        check(&"a\"\\\n\u{1}\u{fc}");
        check(&-7);
        check(&1.5e300);
        check(&true);
        check(&false);
        check(&None::<i64>);
        check(&vec!["a"]);
        for json in [r#""a\u00fcb""#, r#""""#, "1e5", r#"{"a":"b"}"#, "null"] {
            check(&Json::parse(json).unwrap());
        }
        assert!(Written::from_valid("{".to_owned()).tree().is_err());
        assert_eq!(Written::of(&"a\n").unwrap().text().unwrap(), "a\n");
        assert_eq!(Written::of(&7).unwrap().text().unwrap(), "7");
    }
}
