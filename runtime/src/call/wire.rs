//! The transport's view of the codec: values as JSON text, checked and written where they belong.
//!
//! Owns the few places where a request meets the codec, so that the rest of the call knows only texts and bytes.

use crate::call::ExtraMembers;
use crate::error::ERROR_BODY;
use crate::facts::{BodyFacts, BodyKind, ClientFacts, ErrorSign, Meaning, Parameter};
use crate::text::codec::memory::GROWTH;
use crate::text::codec::{Decode, DecodeError, Decoder, EncodeError};
use crate::text::rules::{self, Violation};
use crate::text::style::{self, Spelling};
use crate::text::values::Json;

/// Reads a whole body.
fn decode<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    Decoder::from_bytes(body)?.document()
}

/// Reads the body of an error by a function.
pub(crate) fn decode_with<T>(
    body: &[u8],
    tolerant: bool,
    read: &mut dyn FnMut(&mut Decoder<'_>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let limit = ERROR_BODY.max(body.len()).saturating_mul(GROWTH);
    let mut decoder = Decoder::from_bytes(body)?.tolerant(tolerant).max_decoded_bytes(limit);
    read(&mut decoder).map_err(|error| decoder.located(error))
}

/// Whether a body is JSON.
pub(crate) fn check_json(body: &[u8]) -> Result<(), DecodeError> {
    decode::<Json>(body).map(drop)
}

/// The first of these members that is a string and not blank.
pub(crate) fn text_at(body: &[u8], pointers: &[&str]) -> Option<String> {
    if pointers.is_empty() {
        return None;
    }
    let json: Json = decode(body).ok()?;
    let mut found = pointers.iter().filter_map(|pointer| Some(at(&json, pointer)?.as_str()?.into_owned()));
    found.find(|text| !text.is_empty())
}

/// The first of these members that is there and not null.
pub(crate) fn json_at(body: &[u8], pointers: &[&str]) -> Option<Json> {
    if pointers.is_empty() {
        return None;
    }
    let json: Json = decode(body).ok()?;
    pointers.iter().filter_map(|pointer| at(&json, pointer)).find(|found| !found.is_null())
}

/// The first of these places where there is nothing: no member, null, or an empty text. A body that is no JSON is left to
/// who reads it.
pub(crate) fn missing_at<'p>(body: &[u8], pointers: &[&'p str]) -> Option<&'p str> {
    if pointers.is_empty() {
        return None;
    }
    let json: Json = decode(body).ok()?;
    let there = |found: Json| !found.is_null() && found.as_str().is_none_or(|text| !text.is_empty());
    pointers.iter().copied().find(|pointer| !at(&json, pointer).is_some_and(there))
}

/// Whether a body shows one of these signs. A body that is no JSON shows none.
pub(crate) fn shows(body: &[u8], signs: &[ErrorSign]) -> bool {
    if signs.is_empty() {
        return false;
    }
    let Ok(json) = decode::<Json>(body) else { return false };
    signs.iter().any(|sign| {
        let Some(found) = at(&json, sign.pointer) else { return false };
        match sign.means {
            Meaning::Something => {
                !found.is_null() && found.as_bool() != Some(false) && found.as_str().is_none_or(|text| !text.is_empty())
            }
            Meaning::Flag(value) => found.as_bool() == Some(value),
            Meaning::AtLeast(least) => as_number(&found).is_some_and(|number| number >= least as f64),
        }
    })
}

fn as_number(found: &Json) -> Option<f64> {
    found.as_f64().or_else(|| found.as_str()?.trim().parse().ok())
}

/// The first of these members that is a number, or a string that holds one: some servers quote theirs.
pub(crate) fn number_at(body: &[u8], pointers: &[&str]) -> Option<f64> {
    let json: Json = decode(body).ok()?;
    let number = |found: Json| as_number(&found);
    pointers.iter().find_map(|pointer| number(at(&json, pointer)?))
}

/// What a JSON pointer leads to. A name without a slash in front is a member.
fn at(json: &Json, pointer: &str) -> Option<Json> {
    if pointer.is_empty() || pointer.starts_with('/') { json.pointer(pointer) } else { json.get(pointer) }
}

/// A member that is true or false.
pub(crate) fn flag_at(body: &[u8], pointer: Option<&str>) -> Option<bool> {
    let json: Json = decode(body).ok()?;
    at(&json, pointer?)?.as_bool()
}

/// A cursor as JSON text; null and an empty string are none.
pub(crate) fn cursor_at(body: &[u8], pointer: &str) -> Option<String> {
    let json: Json = decode(body).ok()?;
    let cursor = at(&json, pointer)?;
    let blank = cursor.is_null() || cursor.as_str().is_some_and(|text| text.is_empty());
    (!blank).then(|| cursor.as_text().to_owned())
}

/// What the last item of a list holds at a pointer, as a cursor.
pub(crate) fn cursor_of_last(body: &[u8], items: &str, pointer: &str) -> Option<String> {
    let json: Json = decode(body).ok()?;
    let last = at(&json, items)?.items().last()?.as_text().to_owned();
    cursor_at(last.as_bytes(), pointer)
}

/// How many items a list has; a pointer that leads nowhere leads to an empty list.
pub(crate) fn count_at(body: &[u8], pointer: &str) -> u64 {
    let json: Option<Json> = decode(body).ok();
    json.and_then(|json| at(&json, pointer)).map_or(0, |list| list.items().count() as u64)
}

/// A name and a value as a form writes them.
pub(crate) fn form_pair(name: &str, value: &str) -> String {
    style::pair(name, value, Spelling::Form)
}

/// The same as JavaScript's `encodeURIComponent` spells it.
pub(crate) fn component_pair(name: &str, value: &str) -> String {
    style::pair(name, value, Spelling::Component)
}

/// A name and a value as queries of this API are spelled.
pub(crate) fn query_pair(name: &str, value: &str, facts: &ClientFacts) -> String {
    style::pair(name, value, if facts.form_query { Spelling::Form } else { Spelling::Query })
}

/// The first rule that a parameter's value breaks.
pub(crate) fn check_parameter(parameter: &Parameter, json: &str) -> Result<(), String> {
    rules::check(json, parameter.rules, parameter.members).map_err(|fault| fault.below(parameter.wire_name).to_string())
}

/// The first rule that a body breaks, or what kept it from being written, whichever comes first in the body.
pub(crate) fn check_body(body: &BodyFacts, json: &str, fault: Option<&EncodeError>) -> Result<(), String> {
    let named = |fault: Violation| {
        if fault.path().is_empty() && !fault.is_sentence() { format!("the body {fault}") } else { fault.to_string() }
    };
    let checked = rules::check(json, body.own_rules, body.rules);
    match (checked, fault) {
        (Err(broken), Some(fault)) if rules::comes_first(json, broken.path(), fault.path()) => Err(named(broken)),
        (_, Some(fault)) => Err(fault.to_string()),
        (checked, None) => checked.map_err(named),
    }
}

/// A value as a segment of the path.
pub(crate) fn path_value(parameter: &Parameter, json: &str) -> Result<String, String> {
    style::path_value(parameter.wire_name, json, &parameter.style).map_err(words)
}

/// A value as one or several members of the query; an empty text where there is nothing to send.
pub(crate) fn query_value(parameter: &Parameter, json: &str, facts: &ClientFacts) -> Result<String, String> {
    if let Some(kind) = parameter.whole {
        return whole_query(parameter, kind, json);
    }
    let style = if facts.form_query { parameter.style.plus_for_space() } else { parameter.style };
    style::query_pairs(parameter.wire_name, json, &style).map(|pairs| joined(&pairs, "&")).map_err(words)
}

/// A value as the whole query.
fn whole_query(parameter: &Parameter, kind: BodyKind, json: &str) -> Result<String, String> {
    match kind {
        _ if json == "null" => Ok(String::new()),
        BodyKind::Form => style::form_text(parameter.wire_name, json, parameter.fields).map_err(words),
        BodyKind::Json => Ok(style::query_text(json)),
        _ => text(json).map(|text| style::query_text(&text)),
    }
}

/// A value as a header; `None` where there is nothing to send.
pub(crate) fn header_value(parameter: &Parameter, json: &str) -> Result<Option<String>, String> {
    style::header_value(parameter.wire_name, json, &parameter.style).map_err(words)
}

/// A value as one or several cookies.
pub(crate) fn cookie_value(parameter: &Parameter, json: &str) -> Result<String, String> {
    style::cookie_pairs(parameter.wire_name, json, &parameter.style).map(|pairs| joined(&pairs, "; ")).map_err(words)
}

/// A body as a form.
pub(crate) fn form_body(facts: &BodyFacts, json: &str) -> Result<String, String> {
    style::form_text("body", json, facts.fields).map_err(words)
}

fn joined(pairs: &[(String, String)], separator: &str) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(separator)
}

fn words(fault: Violation) -> String {
    fault.to_string()
}

/// A body with the call's extra members.
pub(crate) fn with_members(json: &str, extra: &ExtraMembers) -> Result<String, String> {
    if extra.is_empty() {
        return Ok(json.to_owned());
    }
    let mut body = Json::parse(json).map_err(|error| error.to_string())?;
    for (name, value) in extra {
        body = body.with_member(name, value.clone());
    }
    Ok(body.as_text().to_owned())
}

/// Texts of any list, as calls keep them.
pub fn texts(values: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    values.into_iter().map(|value| value.as_ref().to_owned()).collect()
}

/// A JSON string's text; any other value is its JSON.
pub(crate) fn text(json: &str) -> Result<String, String> {
    let json = Json::parse(json).map_err(|error| error.to_string())?;
    Ok(json.as_str().map_or_else(|| json.as_text().to_owned(), std::borrow::Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"a":{"b":"x","n":7},"s":" 60 ","e":"","list":[1,2],"no":null,"yes":true}"#;

    #[test]
    fn texts() {
        let check = |pointers: &[&str], expected: Option<&str>| {
            assert_eq!(text_at(BODY, pointers).as_deref(), expected, "{pointers:?}");
        };
        check(&["/a/b"], Some("x"));
        check(&["/e", "/a/n", "/nowhere", "s"], Some(" 60 "));
        check(&["/e"], None);
        check(&[], None);
        assert_eq!(text_at(b"<html>", &["/a"]), None);
    }

    #[test]
    fn numbers_flags_cursors_and_counts() {
        assert_eq!(number_at(BODY, &["/nowhere", "/a/n"]), Some(7.0));
        assert_eq!(number_at(BODY, &["s"]), Some(60.0));
        assert_eq!(number_at(BODY, &["/a/b"]), None);
        assert_eq!(
            (flag_at(BODY, Some("/yes")), flag_at(BODY, Some("/s")), flag_at(BODY, None)),
            (Some(true), None, None)
        );
        assert_eq!(cursor_at(BODY, "/a/b").as_deref(), Some("\"x\""));
        assert_eq!((cursor_at(BODY, "/e"), cursor_at(BODY, "/no"), cursor_at(BODY, "/nowhere")), (None, None, None));
        assert_eq!((count_at(BODY, "/list"), count_at(BODY, "/nowhere"), count_at(b"", "/list")), (2, 0, 0));
        assert_eq!(json_at(BODY, &["/no", "/list"]).unwrap().as_text(), "[1,2]");
    }

    #[test]
    fn forms_and_members() {
        assert_eq!(form_pair("a b", "\u{fc}&=~*"), "a+b=%C3%BC%26%3D%7E*");
        assert_eq!(component_pair("a b", "\u{fc}&=~*!'()"), "a%20b=%C3%BC%26%3D~*!'()");
        assert_eq!(with_members(r#"{"a":1}"#, &vec![("b".to_owned(), Json::from(2))]).unwrap(), r#"{"a":1,"b":2}"#);
        assert_eq!((text("\"a\\n\"").unwrap(), text("7").unwrap()), ("a\n".to_owned(), "7".to_owned()));
    }
}
