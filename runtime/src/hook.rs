//! Hooks of an application around every attempt.
//!
//! Owns the hooks of a client and what they see. Handlers of events, which run on a thread of their own and change nothing,
//! are `event`'s.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::error::ErrorKind;
use crate::facts::ClientFacts;
use crate::headers;
use crate::text::invalid::Invalid;

/// One attempt to send a request: the first one, a retry, or a token request.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub(crate) operation: &'a str,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) template: &'a str,
    pub(crate) number: u32,
}

impl<'a> Attempt<'a> {
    /// The operation, for example `orders.list`; `request` for one that the document does not describe.
    #[must_use]
    pub fn operation(&self) -> &'a str {
        self.operation
    }

    /// The method, for example `GET`.
    #[must_use]
    pub fn method(&self) -> &'a str {
        self.method
    }

    /// The path with its values and without the query. Sensitive values are masked.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The path as the document has it, for example `/orders/{id}`, for labels of metrics. Empty where the document has none.
    #[must_use]
    pub fn template(&self) -> &'a str {
        self.template
    }

    /// The number of the attempt, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// A request that is about to be sent, as [`Builder::on_request`](crate::Builder::on_request) sees it.
#[derive(Debug)]
pub struct AttemptRequest<'a> {
    attempt: Attempt<'a>,
    facts: &'static ClientFacts,
    shown: HeaderMap,
    /// The header of the idempotency key: a key of its own for each attempt would repeat the write.
    key: Option<&'static str>,
    added: HeaderMap,
    fault: Option<Invalid>,
}

impl<'a> AttemptRequest<'a> {
    /// The attempt.
    #[must_use]
    pub fn attempt(&self) -> Attempt<'a> {
        self.attempt
    }

    /// The headers that cannot hold a secret: content type, user agent, the ids of request and trace, and the constants of
    /// the API.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.shown
    }

    /// Sets a header of this attempt, for example `traceparent`. It replaces one of the same name. It is sent to the servers
    /// of the API only, not to a token endpoint or page on another origin. A reserved name, such as `authorization`,
    /// `content-type` or the header of the idempotency key, fails the call with a validation error.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        let lower = name.trim().to_ascii_lowercase();
        let fixed = lower == "content-type" || self.key.is_some_and(|key| key.eq_ignore_ascii_case(&lower));
        let checked = match headers::refusal(self.facts, &lower, "hooks") {
            Some(refusal) => Err(refusal.into()),
            None if fixed => Err(format!("hooks cannot override reserved header '{lower}'").into()),
            None => headers::header(name, value),
        };
        match checked {
            Ok((name, value)) => drop(self.added.insert(name, value)),
            Err(fault) => drop(self.fault.get_or_insert(fault)),
        }
        self
    }
}

/// How an attempt ended, as [`Builder::on_response`](crate::Builder::on_response) sees it.
#[derive(Debug)]
pub struct AttemptResponse<'a> {
    pub(crate) attempt: Attempt<'a>,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<ErrorKind>,
    pub(crate) headers: HeaderMap,
    pub(crate) duration: Duration,
}

impl<'a> AttemptResponse<'a> {
    /// The attempt.
    #[must_use]
    pub fn attempt(&self) -> Attempt<'a> {
        self.attempt
    }

    /// The status, or `None` where no response came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Why the attempt failed, or `None` for a success.
    #[must_use]
    pub fn error(&self) -> Option<ErrorKind> {
        self.error
    }

    /// The headers of the response, without cookies, tokens, keys and URLs.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The time from sending to the end of the body, of a stream to its headers. Waiting for credentials and for the rate
    /// limit is not part of it.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}

type RequestHook = Arc<dyn Fn(&mut AttemptRequest<'_>) + Send + Sync>;
type ResponseHook = Arc<dyn Fn(&AttemptResponse<'_>) + Send + Sync>;

/// The hooks of a client, in the order in which they were set.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) request: Vec<RequestHook>,
    pub(crate) response: Vec<ResponseHook>,
}

impl Hooks {
    /// Returns the headers that the hooks add to an attempt, whose own headers and whose idempotency key's header are given.
    pub(crate) fn before(
        &self,
        facts: &'static ClientFacts,
        attempt: Attempt<'_>,
        headers: &HeaderMap,
        key: Option<&'static str>,
    ) -> Result<HeaderMap, Invalid> {
        if self.request.is_empty() {
            return Ok(HeaderMap::new());
        }
        let shown = kept(headers, |name, _| is_harmless(facts, name));
        let mut request = AttemptRequest { attempt, facts, shown, key, added: HeaderMap::new(), fault: None };
        for hook in &self.request {
            hook(&mut request);
        }
        request.fault.map_or(Ok(request.added), Err)
    }

    /// Tells the hooks how an attempt ended.
    pub(crate) fn after<'a>(&self, facts: &ClientFacts, headers: &HeaderMap, response: AttemptResponse<'a>) {
        if self.response.is_empty() {
            return;
        }
        let shown = kept(headers, |name, value| !may_be_secret(facts, name, value));
        let response = AttemptResponse { headers: shown, ..response };
        for hook in &self.response {
            hook(&response);
        }
    }
}

fn kept(headers: &HeaderMap, keep: impl Fn(&HeaderName, &HeaderValue) -> bool) -> HeaderMap {
    headers
        .iter()
        .filter(|(name, value)| keep(name, value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Whether a request header is safe to show: it comes from the client, the document, or the IDs of the call.
fn is_harmless(facts: &ClientFacts, name: &HeaderName) -> bool {
    let ids = facts.call_headers.iter().filter(|(method, _)| matches!(*method, "request_id" | "trace_id"));
    [header::ACCEPT, header::CONTENT_TYPE, header::CONTENT_LENGTH, header::USER_AGENT].contains(name)
        || facts.headers.iter().chain(ids).any(|(_, known)| known.eq_ignore_ascii_case(name.as_str()))
}

/// Words in names of headers that may hold credentials. URLs may hold a key in their query.
const SECRETIVE: &[&str] = &[
    "auth",
    "cookie",
    "credential",
    "csrf",
    "jwt",
    "key",
    "link",
    "location",
    "password",
    "refresh",
    "secret",
    "session",
    "sign",
    "token",
    "uri",
    "url",
    "xsrf",
];

fn may_be_secret(facts: &ClientFacts, name: &HeaderName, value: &HeaderValue) -> bool {
    SECRETIVE.iter().any(|word| name.as_str().contains(word))
        || headers::is_credential(facts, name.as_str())
        || value.as_bytes().windows(3).any(|three| three == b"://")
}
