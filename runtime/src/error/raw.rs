//! The non-generic error of the call loop.
//!
//! Owns what is known about a failure before the client's error enum is applied to the body. Of the
//! request it never holds a header, a body, a query or a token.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use super::{ErrorKind, RateLimitInfo};
use crate::text::codec::DecodeError;
use crate::text::values::Json;
use crate::time::CannotWait;
use crate::transport::{BoxError, TransportError, TransportFault};

/// The bytes of a body that an error keeps, and that are read of a refusal.
pub(crate) const ERROR_BODY: usize = 1 << 20;

/// A failure, as the call loop hands it over. Boxed, so that results stay small.
#[derive(Clone, Debug)]
pub(crate) struct RawError(pub(crate) Box<Fault>);

/// What is known about a failure.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<&'static str>,
    pub(crate) status: Option<u16>,
    /// The status that the body tells, where the document names a place for one.
    pub(crate) told_status: Option<u16>,
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) details: Option<Json>,
    pub(crate) request_id: Option<String>,
    pub(crate) trace_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) rate_limit: Option<RateLimitInfo>,
    /// Whether the status says, by the document, that the input was refused.
    pub(crate) refused_input: bool,
    /// Whether the exchange broke and the server promises that it did nothing with the request.
    pub(crate) unprocessed: bool,
    /// The answer's headers but for its cookies, which are secrets; empty where there is no answer.
    pub(crate) headers: HeaderMap,
    /// The body's bytes, at most the cap.
    pub(crate) body: Bytes,
    /// Which schema of the client's error enum describes the body.
    pub(crate) schema: Option<usize>,
    pub(crate) json_path: Option<String>,
    /// Shared, because one failed token request fails every call that waits for it.
    pub(crate) source: Option<Arc<dyn std::error::Error + Send + Sync + 'static>>,
}

/// What an error keeps of a body. A copy where it is cut, because a slice would keep all of it in memory.
pub(crate) fn kept(body: Bytes) -> Bytes {
    if body.len() <= ERROR_BODY { body } else { body.iter().copied().take(ERROR_BODY).collect() }
}

impl Fault {
    /// The status that says what sort of refusal it is: of an answer with status 200 the one in its body.
    pub(crate) fn verdict_status(&self) -> Option<u16> {
        self.told_status.or(self.status)
    }
}

impl RawError {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Fault {
            kind,
            operation: None,
            status: None,
            told_status: None,
            code: None,
            message: message.into(),
            details: None,
            request_id: None,
            trace_id: None,
            retry_after: None,
            rate_limit: None,
            refused_input: false,
            unprocessed: false,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            schema: None,
            json_path: None,
            source: None,
        }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Validation, message)
    }

    /// The code that the document gives to a fault which no server told.
    pub(crate) fn with_code(mut self, code: Option<&'static str>) -> Self {
        self.0.code = code.map(str::to_owned);
        self
    }

    pub(crate) fn timeout(limit: Duration) -> Self {
        Self::new(ErrorKind::Timeout, format!("request timed out after {}ms", limit.as_millis()))
    }

    /// The request timed out before the attempt was sent.
    pub(crate) fn still_waiting(limit: Duration) -> Self {
        let limit = limit.as_millis();
        let words = format!("request timed out after {limit}ms, while it waited for credentials or for the rate limit");
        Self::new(ErrorKind::Timeout, words)
    }

    pub(crate) fn stalled(limit: Duration) -> Self {
        Self::new(ErrorKind::Timeout, format!("the answer stalled: nothing came for {}ms", limit.as_millis()))
    }

    pub(crate) fn too_large(status: u16, cap: usize) -> Self {
        let mut error = Self::new(ErrorKind::TooLarge, format!("the answer is larger than {cap} bytes"));
        error.0.status = Some(status);
        error
    }

    pub(crate) fn transport(mut error: TransportError) -> Self {
        let kind = match error.fault {
            TransportFault::Connect => ErrorKind::Connect,
            TransportFault::Timeout => ErrorKind::Timeout,
            TransportFault::Broken | TransportFault::Unprocessed => ErrorKind::Network,
            TransportFault::Refused => ErrorKind::Configuration,
        };
        let mut raw = Self::new(kind, std::mem::take(&mut error.message));
        raw.0.unprocessed = error.fault == TransportFault::Unprocessed;
        raw.0.source = error.source.map(Arc::from);
        raw
    }

    pub(crate) fn decode(status: u16, body: Bytes, error: DecodeError) -> Self {
        let mut raw = Self::undecodable(error);
        raw.0.status = Some(status);
        raw.0.body = kept(body);
        raw
    }

    /// A text that cannot be read, wherever it is from.
    pub(crate) fn undecodable(error: DecodeError) -> Self {
        let kind = if error.is_too_large() { ErrorKind::TooLarge } else { ErrorKind::Decode };
        let mut raw = Self::new(kind, error.to_string());
        raw.0.json_path = Some(error.path().to_owned());
        raw.0.source = Some(Arc::new(error));
        raw
    }

    /// What the server calls a body that is read as JSON and is none.
    pub(crate) fn called(mut self, content_type: Option<&str>) -> Self {
        if let Some(content_type) = content_type {
            self.0.message = format!("{}; the server calls it `{content_type}`", self.0.message);
        }
        self
    }

    pub(crate) fn in_operation(mut self, operation: &'static str) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }
}

/// A configuration error: this context cannot sleep, so nothing is sent.
impl From<CannotWait> for RawError {
    fn from(CannotWait(words): CannotWait) -> Self {
        Self::configuration(words)
    }
}
