//! The envelope of a response: a JSON body that is asked for a code, a message, a flag or a cursor by JSON pointers.
//!
//! The body is parsed once, on first use. If several pointers are given, the first one with a value of the right kind wins. A
//! body that is not JSON has no values.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::codec::{DecodeError, Decoder, Kind, Parts, Scanner, from_json};
use super::values::Json;

/// A body that is asked for parts of it.
pub(crate) struct Envelope<'b> {
    body: &'b [u8],
    parsed: OnceCell<Option<Found<'b>>>,
}

/// A part of the body: valid JSON without white space around it.
#[derive(Clone, Copy)]
pub(crate) struct Found<'b>(&'b str);

impl<'b> Envelope<'b> {
    pub(crate) fn new(body: &'b [u8]) -> Self {
        Self { body, parsed: OnceCell::new() }
    }

    /// Parses the body, or says why it is no JSON.
    pub(crate) fn parse(body: &'b [u8]) -> Result<Self, DecodeError> {
        let root = root(body)?;
        Ok(Self { body, parsed: OnceCell::from(Some(root)) })
    }

    fn root(&self) -> Option<Found<'b>> {
        *self.parsed.get_or_init(|| root(self.body).ok())
    }

    /// Returns the value at a pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<Found<'b>> {
        self.root()?.at(pointer)
    }

    /// The parts that these pointers lead to.
    fn all<'p>(&'p self, pointers: &'p [&str]) -> impl Iterator<Item = Found<'b>> + use<'p, 'b> {
        pointers.iter().filter_map(|pointer| self.at(pointer))
    }

    /// The first string that is not empty.
    pub(crate) fn text(&self, pointers: &[&str]) -> Option<String> {
        self.all(pointers).filter_map(Found::text).find(|text| !text.is_empty()).map(Cow::into_owned)
    }

    /// The first number, or string that holds one.
    pub(crate) fn number(&self, pointers: &[&str]) -> Option<f64> {
        self.all(pointers).find_map(Found::number)
    }

    /// The first value that is not null.
    pub(crate) fn json(&self, pointers: &[&str]) -> Option<Found<'b>> {
        self.all(pointers).find(|found| !found.is_null())
    }

    /// Returns the first of these places that is absent, null or an empty text. Returns none if the body is not JSON, because
    /// decoding reports that.
    pub(crate) fn missing<'p>(&self, pointers: &[&'p str]) -> Option<&'p str> {
        let mut pointers = pointers.iter().copied();
        pointers.find(|pointer| self.root().is_some() && self.at(pointer).is_none_or(Found::is_blank))
    }

    /// A cursor as JSON text; null and an empty string are none.
    pub(crate) fn cursor(&self, pointer: &str) -> Option<&'b str> {
        Some(self.at(pointer)?).filter(|found| !found.is_blank()).map(Found::as_text)
    }

    /// Returns the value at a pointer in the last item of a list, as a cursor.
    pub(crate) fn cursor_of_last(&self, items: &str, pointer: &str) -> Option<&'b str> {
        let last = Found(Parts::items(self.at(items)?.0).last()?.text);
        last.at(pointer).filter(|found| !found.is_blank()).map(Found::as_text)
    }

    /// How many items a list has; a pointer that leads nowhere leads to an empty list.
    pub(crate) fn count(&self, pointer: &str) -> u64 {
        self.at(pointer).map_or(0, |list| Parts::items(list.0).count() as u64)
    }
}

impl<'b> Found<'b> {
    /// Returns the value at a JSON pointer from here. A name without a leading slash is a field.
    fn at(self, pointer: &str) -> Option<Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let Some(tokens) = pointer.strip_prefix('/') else { return self.member(pointer) };
        let mut found = self;
        for token in tokens.split('/') {
            found = match found.kind() {
                Kind::Array => Self(Parts::items(found.0).nth(token.parse().ok()?)?.text),
                _ if token.contains('~') => found.member(&token.replace("~1", "/").replace("~0", "~"))?,
                _ => found.member(token)?,
            };
        }
        Some(found)
    }

    /// If a name occurs twice, the last one wins.
    fn member(self, name: &str) -> Option<Self> {
        Parts::members(self.0).filter(|part| part.name == name).last().map(|part| Self(part.text))
    }

    pub(crate) fn as_text(self) -> &'b str {
        self.0
    }

    fn kind(self) -> Kind {
        Scanner::new(self.0).kind().unwrap_or(Kind::Null)
    }

    pub(crate) fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Returns whether the value is null or an empty string.
    pub(crate) fn is_blank(self) -> bool {
        self.is_null() || self.0 == "\"\""
    }

    /// The text of a string.
    pub(crate) fn text(self) -> Option<Cow<'b, str>> {
        Decoder::new(self.0).text().ok()
    }

    pub(crate) fn flag(self) -> Option<bool> {
        from_json(self.0).ok()
    }

    /// A number, or a string that holds one: some servers quote theirs.
    pub(crate) fn number(self) -> Option<f64> {
        from_json(self.0).ok().or_else(|| self.text()?.trim().parse().ok())
    }

    /// The value with an allocation of its own.
    pub(crate) fn to_json(self) -> Json {
        Json::from_valid(self.0)
    }
}

fn root(body: &[u8]) -> Result<Found<'_>, DecodeError> {
    let mut decoder = Decoder::from_bytes(body)?;
    decoder.verbatim().map(Found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"a":{"b":"x","n":7},"s":" 60 ","e":"","list":[1,2],"no":null,"yes":true}"#;

    #[test]
    fn texts() {
        let check = |pointers: &[&str], expected: Option<&str>| {
            assert_eq!(Envelope::new(BODY).text(pointers).as_deref(), expected, "{pointers:?}");
        };
        check(&["/a/b"], Some("x"));
        check(&["/e", "/a/n", "/nowhere", "s"], Some(" 60 "));
        check(&["/e"], None);
        check(&[], None);
        assert_eq!(Envelope::new(b"<html>").text(&["/a"]), None);
    }

    #[test]
    fn numbers_flags_cursors_and_counts() {
        let body = Envelope::new(BODY);
        let flag = |pointer| body.at(pointer).and_then(Found::flag);
        assert_eq!(body.number(&["/nowhere", "/a/n"]), Some(7.0));
        assert_eq!(body.number(&["s"]), Some(60.0));
        assert_eq!(body.number(&["/a/b"]), None);
        assert_eq!((flag("/yes"), flag("/s"), flag("/nowhere")), (Some(true), None, None));
        assert_eq!(body.cursor("/a/b"), Some("\"x\""));
        assert_eq!((body.cursor("/e"), body.cursor("/no"), body.cursor("/nowhere")), (None, None, None));
        assert_eq!((body.count("/list"), body.count("/nowhere"), Envelope::new(b"").count("/list")), (2, 0, 0));
        assert_eq!(body.json(&["/no", "/list"]).unwrap().as_text(), "[1,2]");
    }

    #[test]
    fn what_is_missing() {
        let check = |body: &[u8], pointers: &[&str], expected: Option<&str>| {
            assert_eq!(Envelope::new(body).missing(pointers), expected, "{pointers:?}");
        };
        check(BODY, &["/a/b", "/list"], None);
        check(BODY, &["/a/b", "/e", "/nowhere"], Some("/e"));
        check(BODY, &["/no"], Some("/no"));
        check(b"<html>", &["/a"], None);
        check(b"", &["/a"], None);
    }

    #[test]
    fn pointers() {
        let body = Envelope::new(br#" {"a/b":{"~":[0,{"c":1,"c":2}]}, "list":[1,2]} "#);
        let check = |pointer: &str, expected: Option<&str>| {
            assert_eq!(body.at(pointer).map(Found::as_text), expected, "{pointer}");
        };
        check("/a~1b/~0/1/c", Some("2"));
        check("a/b", Some(r#"{"~":[0,{"c":1,"c":2}]}"#));
        check("/list/2", None);
        check("/list/x", None);
        check("/list/0/x", None);
        check("", Some(r#"{"a/b":{"~":[0,{"c":1,"c":2}]}, "list":[1,2]}"#));
        assert_eq!(body.cursor_of_last("list", ""), Some("2"));
    }

    /// A body is parsed once, however many values are read from it.
    #[test]
    fn a_body_is_parsed_once() {
        let filler = "[".repeat(100) + &"]".repeat(100);
        let text = format!(r#"{{"code":"x","filler":{filler}}}"#);
        let body = Envelope::new(text.as_bytes());
        assert!(body.parsed.get().is_none());
        assert_eq!(body.text(&["/nowhere", "/code"]).as_deref(), Some("x"));
        let parsed = body.parsed.get().copied().flatten().map(Found::as_text);
        assert_eq!(parsed, Some(text.as_str()));
        assert!(Envelope::parse(b"{").is_err() && Envelope::new(b"{").text(&["/code"]).is_none());
    }
}
