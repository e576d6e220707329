//! The transport's view of the codec: values as JSON text, checked and written where they belong.
//!
//! Owns the few places where a request meets the codec, so that the rest of the call knows only texts and bytes.

use crate::call::ExtraMembers;
use crate::facts::{BodyFacts, BodyKind, ClientFacts, Parameter};
use crate::text::codec::Written;
use crate::text::invalid::Invalid;
use crate::text::rules::{self, Violation};
use crate::text::style;
pub(crate) use crate::text::style::separate;
use crate::text::values::Json;

/// A name and a value as queries of this API are spelled.
pub(crate) fn query_pair(name: &str, value: &str, facts: &ClientFacts) -> String {
    style::pair(name, value, facts.query_spelling())
}

/// The first rule that a parameter's value breaks.
pub(crate) fn check_parameter(parameter: &Parameter, value: &Written) -> Result<(), Invalid> {
    let checked = rules::check_written(value, parameter.rules, parameter.members);
    checked.map_err(|fault| fault.below(parameter.wire_name).into())
}

/// The first rule that a body breaks, or what kept it from being written, whichever comes first in the body.
pub(crate) fn check_body(body: &BodyFacts, json: &str, fault: Option<&Invalid>) -> Result<(), Invalid> {
    let named = |fault: Violation| {
        let bare = fault.path().is_empty() && !fault.is_sentence();
        if bare { Invalid::Value(Violation::new("", format!("the body {fault}"))) } else { fault.into() }
    };
    let checked = rules::check(json, body.own_rules, body.rules);
    let is_first = |broken: &Violation, fault: &Invalid| {
        let path = fault.violation().map_or("", Violation::path);
        rules::comes_first(json, broken.path(), path)
    };
    match (checked, fault) {
        (Err(broken), Some(fault)) if is_first(&broken, fault) => Err(named(broken)),
        (_, Some(fault)) => Err(fault.clone()),
        (checked, None) => checked.map_err(named),
    }
}

/// A value as a segment of the path.
pub(crate) fn path_value(parameter: &Parameter, value: &Written) -> Result<String, Invalid> {
    style::path_value(parameter.wire_name, value, &parameter.style).map_err(Invalid::from)
}

/// Adds a value to the query as one or more parameters, or nothing if the value is absent.
pub(crate) fn add_query_value(
    query: &mut String,
    parameter: &Parameter,
    value: &Written,
    facts: &ClientFacts,
) -> Result<(), Invalid> {
    if let Some(kind) = parameter.whole {
        let whole = whole_query(parameter, kind, value)?;
        if !whole.is_empty() {
            separate(query);
            query.push_str(&whole);
        }
        return Ok(());
    }
    let style = if facts.form_query { parameter.style.plus_for_space() } else { parameter.style };
    style::add_to_query(query, parameter.wire_name, value, &style).map_err(Invalid::from)
}

/// A value as the whole query.
fn whole_query(parameter: &Parameter, kind: BodyKind, value: &Written) -> Result<String, Invalid> {
    let json = value.as_json();
    match kind {
        _ if json == "null" => Ok(String::new()),
        BodyKind::Form => style::form_text(parameter.wire_name, json, parameter.fields).map_err(Invalid::from),
        BodyKind::Json => Ok(style::query_text(json)),
        _ => Ok(style::query_text(&value.text()?)),
    }
}

/// Returns a value as a header, or `None` if the value is absent.
pub(crate) fn header_value(parameter: &Parameter, value: &Written) -> Result<Option<String>, Invalid> {
    style::header_value(parameter.wire_name, value, &parameter.style).map_err(Invalid::from)
}

/// A value as one or several cookies.
pub(crate) fn cookie_value(parameter: &Parameter, value: &Written) -> Result<String, Invalid> {
    style::cookie_pairs(parameter.wire_name, value, &parameter.style)
        .map(|pairs| joined(&pairs, "; "))
        .map_err(Invalid::from)
}

/// A body as a form.
pub(crate) fn form_body(facts: &BodyFacts, json: &str) -> Result<String, Invalid> {
    style::form_text("body", json, facts.fields).map_err(Invalid::from)
}

fn joined(pairs: &[(String, String)], separator: &str) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(separator)
}

/// A body with the call's extra members.
pub(crate) fn with_members(json: &str, extra: &ExtraMembers) -> Result<String, Invalid> {
    if extra.is_empty() {
        return Ok(json.to_owned());
    }
    let mut body = Json::parse(json)?;
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
pub(crate) fn text(json: &str) -> Result<String, Invalid> {
    let json = Json::parse(json)?;
    Ok(json.as_str().map_or_else(|| json.as_text().to_owned(), std::borrow::Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_texts() {
        assert_eq!(with_members(r#"{"a":1}"#, &vec![("b".to_owned(), Json::from(2))]).unwrap(), r#"{"a":1,"b":2}"#);
        assert_eq!((text("\"a\\n\"").unwrap(), text("7").unwrap()), ("a\n".to_owned(), "7".to_owned()));
    }
}
