//! Which headers an application may set, and how the headers of a request are put together.
//!
//! Owns the reserved names and the words for a refusal. Credentials are added later, by `credentials`.

pub(crate) mod content_type;
mod cookie;
pub(crate) mod typed;

use http::header::{HeaderMap, HeaderName, HeaderValue};

pub use self::cookie::CookieId;
pub use self::typed::Header;
use crate::facts::{ClientFacts, KeyPlace, SchemeKind};
use crate::text::invalid::Invalid;

/// What the connection decides; a value of the application's could only be wrong.
const FRAMING: &[&str] =
    &["connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

/// Why a header may not be set, or `None` if it may. `place` is where it was set, for example `call headers`.
pub(crate) fn refusal(facts: &ClientFacts, name: &str, place: &str) -> Option<String> {
    let reserved = FRAMING.contains(&name)
        || name == "user-agent"
        || facts.reserved_headers.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
        || facts.headers.iter().any(|(constant, _)| constant.eq_ignore_ascii_case(name))
        || facts.signing.is_some_and(|signing| signing.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)))
        || is_credential(facts, name);
    reserved.then(|| match instead(facts, name) {
        Some(method) => format!("{place} cannot override '{name}': use `{method}` instead"),
        None => format!("{place} cannot override reserved header '{name}'"),
    })
}

/// Whether a scheme of the API travels in this header.
pub(crate) fn is_credential(facts: &ClientFacts, name: &str) -> bool {
    facts.security.iter().any(|scheme| carries(scheme.kind, name))
}

/// Whether a scheme travels in this header.
fn carries(scheme: SchemeKind, name: &str) -> bool {
    match scheme {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::ApiKey(KeyPlace::Authorization, _) => {
            name == "authorization"
        }
        SchemeKind::ClientCredentials(token) => {
            name == "authorization" || token.carriers().any(|(header, _)| header.eq_ignore_ascii_case(name))
        }
        SchemeKind::ApiKey(KeyPlace::Header, header) => header.eq_ignore_ascii_case(name),
        SchemeKind::Undeclared(header) => name == "authorization" || header.eq_ignore_ascii_case(name),
        SchemeKind::ApiKey(KeyPlace::Cookie, _) => name == "cookie",
        SchemeKind::ApiKey(KeyPlace::Query, _) | SchemeKind::MutualTls => false,
    }
}

/// The method that sets this header properly.
fn instead(facts: &ClientFacts, name: &str) -> Option<&'static str> {
    let named = facts.call_headers.iter().find(|(_, header)| header.eq_ignore_ascii_case(name));
    match name {
        "user-agent" => Some("user_agent_suffix"),
        "authorization" => Some("credentials"),
        _ => named.map(|(method, _)| *method),
    }
}

/// A header of the application's, checked. The value is not part of the error: it may be a secret.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Invalid> {
    let parsed = HeaderName::try_from(name.trim()).map_err(|_| format!("'{name}' is not a header's name"))?;
    let value = HeaderValue::try_from(value.trim())
        .or_else(|_| HeaderValue::from_bytes(value.trim().as_bytes()))
        .map_err(|_| format!("the value of header '{name}' has characters that a header cannot hold"))?;
    Ok((parsed, value))
}

/// The application's headers. `place` is where they were set, for example `default headers`.
pub(crate) fn own(facts: &ClientFacts, given: &[(String, String)], place: &str) -> Result<HeaderMap, Invalid> {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let name = name.trim().to_ascii_lowercase();
        if let Some(refusal) = refusal(facts, &name, place) {
            return Err(refusal.into());
        }
        let (name, value) = header(&name, value)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// `<product>/<version>`, and the application's suffix after a space.
pub(crate) fn user_agent(facts: &ClientFacts, suffix: Option<&str>) -> Result<HeaderValue, Invalid> {
    let mut text = format!("{}/{}", facts.product.unwrap_or(facts.name), facts.version);
    if let Some(suffix) = suffix.map(str::trim).filter(|suffix| !suffix.is_empty()) {
        text.push(' ');
        text.push_str(suffix);
    }
    header("user-agent", &text).map(|(_, value)| value)
}

/// Constant headers, read once.
pub(crate) fn constant(facts: &ClientFacts) -> Result<HeaderMap, Invalid> {
    let mut headers = HeaderMap::new();
    for (name, value) in facts.headers {
        let (name, value) = header(name, value)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Later headers replace earlier ones of the same name; equal names within `more` are kept side by side.
pub(crate) fn overlay(headers: &mut HeaderMap, more: &HeaderMap) {
    for name in more.keys() {
        headers.remove(name);
    }
    for (name, value) in more {
        headers.append(name.clone(), value.clone());
    }
}

/// The first of these headers that is present and not empty.
pub(crate) fn first_header<'h>(headers: &'h HeaderMap, names: &[&str]) -> Option<&'h str> {
    names
        .iter()
        .filter_map(|name| std::str::from_utf8(headers.get(*name)?.as_bytes()).ok())
        .map(str::trim)
        .find(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::SecurityScheme;

    static PETS: ClientFacts = ClientFacts::new("pets", "1.0.0")
        .headers(&[("x-pets-sdk", "rust")])
        .call_headers(&[("request_id", "x-request-id")])
        .reserved_headers(&["accept", "x-request-id"])
        .security(&[SecurityScheme::header_key("key", "X-Api-Key")]);

    #[test]
    fn refusals() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(refusal(&PETS, name, "call headers").as_deref(), expected, "{name}");
        };
        check("x-extra", None);
        check("authorization", None);
        check("accept", Some("call headers cannot override reserved header 'accept'"));
        check("x-pets-sdk", Some("call headers cannot override reserved header 'x-pets-sdk'"));
        check("x-api-key", Some("call headers cannot override reserved header 'x-api-key'"));
        check("x-request-id", Some("call headers cannot override 'x-request-id': use `request_id` instead"));
        check("user-agent", Some("call headers cannot override 'user-agent': use `user_agent_suffix` instead"));
        check("content-length", Some("call headers cannot override reserved header 'content-length'"));
    }

    #[test]
    fn a_bad_value_is_not_repeated() {
        let error = header("x-key", "se\ncret").unwrap_err().to_string();
        assert!(error.contains("x-key") && !error.contains("cret"), "{error}");
        assert!(header("x y", "1").is_err());
    }
}
