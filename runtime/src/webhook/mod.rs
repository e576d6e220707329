//! Messages that an API sends: a delivery's headers and body to typed values.
//!
//! Owns reading. Whether a delivery comes from who it says is the business of `verify`; receiving it is the application's.

mod error;
#[cfg(feature = "signing")]
mod verify;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

pub use self::error::WebhookError;
#[cfg(feature = "signing")]
pub use self::verify::WebhookVerifier;
use crate::facts::{ErrorFacts, HeaderRead, Part, WebhookFacts};
use crate::headers::first_header;
use crate::reply::RawReply;
use crate::reply::tolerance::Tolerance;
use crate::text::codec::{Decode, DecodeError};
use crate::text::envelope::Envelope;
use crate::text::values::Json;

/// The messages that an API sends, as an enum of payloads.
pub trait Webhooks: Sized {
    /// The headers that the document declares.
    type Headers: Decode;
    /// What is known of them.
    const FACTS: &'static WebhookFacts;

    /// Reads a payload of this kind; of a kind that does not exist as what nobody knows.
    fn decode(kind: usize, delivered: &RawReply) -> Result<Self, DecodeError>;
}

/// A message that the API sent.
#[non_exhaustive]
pub struct Delivery<W: Webhooks> {
    /// What the API calls it, where the document says where that stands.
    pub name: Option<String>,
    /// Which one it is, where the document says where that stands: the same when the API sends it again.
    pub id: Option<String>,
    /// The headers that the document declares.
    pub headers: W::Headers,
    /// The payload.
    pub payload: W,
}

impl<W: Webhooks + fmt::Debug> fmt::Debug for Delivery<W> {
    /// Headers may hold a signature: they are not printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printed = f.debug_struct("Delivery");
        printed.field("name", &self.name).field("id", &self.id).field("payload", &self.payload).finish_non_exhaustive()
    }
}

/// Reads a delivery that says itself what it is, or whose API sends one kind only.
pub fn parse_webhook<W: Webhooks>(headers: &HeaderMap, body: &[u8]) -> Result<Delivery<W>, WebhookError> {
    let facts = W::FACTS;
    let name = facts.name.and_then(|part| part.find(headers, body));
    let kind = match &name {
        // Deliveries of a single kind need no name.
        None if facts.variants == 1 => 0,
        None if facts.name.is_some() => return Err(WebhookError::NoName),
        None => return Err(WebhookError::Ambiguous),
        Some(name) => kind(facts, name),
    };
    read(name, kind, headers, body)
}

/// Reads a delivery that is known by where it arrived.
pub fn parse_webhook_as<W: Webhooks>(
    name: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Delivery<W>, WebhookError> {
    let kind = kind(W::FACTS, name);
    let told = W::FACTS.name.and_then(|part| part.find(headers, body));
    read(told.or_else(|| Some(name.to_owned())), kind, headers, body)
}

fn read<W: Webhooks>(
    name: Option<String>,
    kind: usize,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Delivery<W>, WebhookError> {
    static ERRORS: ErrorFacts = ErrorFacts::new();
    let delivered = RawReply {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body),
        tolerance: Tolerance::silent(false),
        target: Uri::default(),
        errors: &ERRORS,
    };
    let payload = W::decode(kind, &delivered).map_err(WebhookError::Body)?;
    let declared = declared(W::FACTS, headers);
    // A header that is not what the document says is no reason to refuse a payload.
    let headers_read = Tolerance::silent(true).decode(declared.as_text().as_bytes()).map_err(WebhookError::Headers)?;
    let id = W::FACTS.id.and_then(|part| part.find(headers, body));
    Ok(Delivery { name, id, headers: headers_read, payload })
}

/// The kind of deliveries of this name; one behind the last for a name that the document does not have.
fn kind(facts: &WebhookFacts, name: &str) -> usize {
    let found = facts.events.iter().find(|(pattern, _)| fits(pattern, name));
    found.map_or(facts.variants, |(_, kind)| *kind)
}

/// Whether a name fits a pattern, in which `*` stands for any text.
fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

/// The declared headers as one JSON object.
fn declared(facts: &WebhookFacts, headers: &HeaderMap) -> Json {
    let members = facts.headers.iter().filter_map(|(name, read)| {
        let text = first_header(headers, &[name])?;
        let value = match read {
            HeaderRead::Text => Json::from(text),
            HeaderRead::Json => Json::parse(text).unwrap_or_else(|_| Json::from(text)),
            HeaderRead::List => Json::array(text.split(',').map(str::trim)),
        };
        Some((*name, value))
    });
    Json::object(members)
}

impl Part {
    /// The part's text, if the message has it.
    pub(crate) fn find(self, headers: &HeaderMap, body: &[u8]) -> Option<String> {
        match self {
            Self::Header(name) => first_header(headers, &[name]).map(str::to_owned),
            Self::Pointer(pointer) => {
                let envelope = Envelope::new(body);
                let found = envelope.json(&[pointer])?;
                let text = found.text().map_or_else(|| found.as_text().to_owned(), Cow::into_owned);
                (!text.is_empty()).then_some(text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns() {
        for (pattern, name, expected) in [
            ("pet.born", "pet.born", true),
            ("pet.born", "pet.born.again", false),
            ("*", "", true),
            ("*", "anything", true),
            ("pet.*", "pet.born", true),
            ("pet.*", "pet", false),
            ("*.born", "pet.born", true),
            ("*.born", "born", false),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
