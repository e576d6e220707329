//! The one error type of every client.
//!
//! Owns kinds, predicates and how a failure is printed. `raw` holds what the call loop knows; the typed body is the
//! client's own enum, read through `ApiErrorBody`.

mod rate_limit;
mod raw;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

pub use self::rate_limit::RateLimitInfo;
pub(crate) use self::raw::{ERROR_BODY, Fault, RawError, kept};
use crate::headers::content_type;
use crate::headers::{Header, typed};
use crate::text::codec::memory::GROWTH;
use crate::text::codec::{Decode, DecodeError, Decoder, EncodeError, Kind};
use crate::text::envelope::Envelope;
use crate::text::mask::OneLine;
use crate::text::values::{InvalidText, Json};

/// What sort of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client was set up wrongly, or has no credentials for this operation. Nothing was sent.
    Configuration,
    /// The call's own input was refused. Nothing was sent.
    Validation,
    /// The connection could not be established; the request was not sent.
    Connect,
    /// The request timed out.
    Timeout,
    /// The connection failed after the request was sent; the server may have processed it.
    Network,
    /// The server refused: status, code and body tell why.
    Api,
    /// The client's own limit of requests is used up. Nothing was sent; [`Error::retry_after`] tells how long.
    RateLimit,
    /// The answer is not what the document says.
    Decode,
    /// The response, or the values that it is decoded into, exceeds the size limit, or the list exceeds the page limit.
    TooLarge,
}

/// The error enum of a client: what its API answers when it refuses.
pub trait ApiErrorBody: fmt::Debug + Sized + Send + Sync + 'static {
    /// The type of error codes.
    type Code: for<'a> From<&'a str>;

    /// Reads a body by the schema that the document declares for the status. An index that the client does not know
    /// ([`ApiErrorBody::UNDECLARED`] for instance) reads the open variant.
    fn decode(schema: usize, decoder: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// The index for a status that the document does not describe.
    const UNDECLARED: usize = usize::MAX;
}

/// What went wrong in a call, with everything that is known about it. Holds no secret.
pub struct Error<A> {
    inner: Box<Inner<A>>,
}

struct Inner<A> {
    fault: Fault,
    body: Option<A>,
}

impl<A: ApiErrorBody> Error<A> {
    pub(crate) fn from_raw(raw: RawError) -> Self {
        let fault = *raw.0;
        let body = if fault.kind == ErrorKind::Api { read_body(&fault) } else { None };
        Self { inner: Box::new(Inner { fault, body }) }
    }

    /// The API's error code.
    #[must_use]
    pub fn code(&self) -> Option<A::Code> {
        self.fault().code.as_deref().map(A::Code::from)
    }
}

/// The typed body; a body that its schema does not fit is read by the open variant, and one that is no JSON is none.
fn read_body<A: ApiErrorBody>(fault: &Fault) -> Option<A> {
    let limit = ERROR_BODY.max(fault.body.len()).saturating_mul(GROWTH);
    let read = |schema| {
        let mut decoder = Decoder::from_bytes(&fault.body).ok()?.tolerant(true).max_decoded_bytes(limit);
        A::decode(schema, &mut decoder).ok()
    };
    read(fault.schema.unwrap_or(A::UNDECLARED)).or_else(|| read(A::UNDECLARED))
}

impl<A> Error<A> {
    fn fault(&self) -> &Fault {
        &self.inner.fault
    }

    /// What sort of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.fault().kind
    }

    /// The answer's status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.fault().status
    }

    /// The API's error code as text.
    #[must_use]
    pub fn code_text(&self) -> Option<&str> {
        self.fault().code.as_deref()
    }

    /// What the API says, or what the runtime says where there is no answer.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.fault().message
    }

    /// What the API says in more detail, for example one entry per faulty member, where the document names the place.
    #[must_use]
    pub fn details(&self) -> Option<&Json> {
        self.fault().details.as_ref()
    }

    /// The server's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.fault().request_id.as_deref()
    }

    /// The trace id.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.fault().trace_id.as_deref()
    }

    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.fault().retry_after
    }

    /// What the server says about its rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimitInfo> {
        self.fault().rate_limit.as_ref()
    }

    /// The headers of an answer that refuses, without its cookies; empty where the server did not refuse.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.fault().headers
    }

    /// A header that the document declares, read as its type; `None` where the server did not send it.
    pub fn header<H: Decode>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        typed::read(&self.fault().headers, header)
    }

    /// The typed body.
    #[must_use]
    pub fn body(&self) -> Option<&A> {
        self.inner.body.as_ref()
    }

    /// What the details say of each member of the input, where they are lists of texts by member.
    #[must_use]
    pub fn field_errors(&self) -> Option<BTreeMap<String, Vec<String>>> {
        let details = self.details().filter(|details| details.kind() == Kind::Object)?;
        details.members().map(|(name, messages)| Some((name.into_owned(), texts(&messages)?))).collect()
    }

    /// The text at a place of the body, a JSON pointer.
    #[must_use]
    pub fn text_at(&self, pointer: &str) -> Option<String> {
        Envelope::new(&self.fault().body).text(&[pointer])
    }

    /// The body as it came, at most 1 MiB of it.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.fault().body
    }

    /// The body as text: UTF-8, or Latin-1 where the content type says so. What is neither is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        let fault = self.fault();
        content_type::text(&fault.body, content_type::told(&fault.headers))
    }

    /// The operation, for example `pets.list`.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.fault().operation
    }

    /// Where in the answer a decoding fault is.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.fault().json_path.as_deref()
    }

    /// The call's input was refused, here or by the server (400, unless the document names other statuses).
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.kind() == ErrorKind::Validation || self.fault().refused_input
    }

    /// 401.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.is_status(401)
    }

    /// 403.
    #[must_use]
    pub fn is_authorization(&self) -> bool {
        self.is_status(403)
    }

    /// 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(404)
    }

    /// 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(409)
    }

    /// 429, or the client's own limit of requests is used up.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(429) || self.kind() == ErrorKind::RateLimit
    }

    /// 5xx.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.is_api() && self.fault().verdict_status().is_some_and(|status| status / 100 == 5)
    }

    /// The server answered and refused.
    #[must_use]
    pub fn is_api(&self) -> bool {
        self.kind() == ErrorKind::Api
    }

    /// The client is set up wrongly or lacks credentials.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// Returns whether no response arrived: no connection, a timeout, or a connection that failed.
    #[must_use]
    pub fn is_network(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Network)
    }

    /// Returns whether the connection could not be established, so that the request was not sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Returns whether the request timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The answer could not be read: [`Error::json_path`] tells where.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The response, or the values that it is decoded into, exceeds the size limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.kind() == ErrorKind::TooLarge
    }

    fn is_status(&self, status: u16) -> bool {
        self.is_api() && self.fault().verdict_status() == Some(status)
    }
}

/// For `reply.text()?`, `reply.json()?` and `response.header(…)?`: a decoding error, without the status of the response.
impl<A: ApiErrorBody> From<DecodeError> for Error<A> {
    fn from(error: DecodeError) -> Self {
        Self::from_raw(RawError::undecodable(error))
    }
}

/// For `order.created_at.timestamp()?`: a decoding error.
impl<A: ApiErrorBody> From<InvalidText> for Error<A> {
    fn from(error: InvalidText) -> Self {
        Self::from_raw(RawError::new(ErrorKind::Decode, error.to_string()).with_source(error))
    }
}

/// For `to_json(&value)?`: a validation error.
impl<A: ApiErrorBody> From<EncodeError> for Error<A> {
    fn from(error: EncodeError) -> Self {
        Self::from_raw(RawError::validation(error.to_string()).with_source(error))
    }
}

/// The items of a list of texts.
fn texts(list: &Json) -> Option<Vec<String>> {
    let list = Some(list).filter(|list| list.kind() == Kind::Array)?;
    list.items().map(|item| Some(item.as_str()?.into_owned())).collect()
}

/// One line: operation, status, code, message and request id.
impl<A> fmt::Display for Error<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = self.fault();
        if let Some(operation) = fault.operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = fault.status {
            write!(f, "{status} ")?;
        }
        if let Some(code) = &fault.code {
            write!(f, "{} ", OneLine(code))?;
        }
        write!(f, "{}", OneLine(&fault.message))?;
        if let Some(path) = &fault.json_path
            && !fault.message.contains(path.as_str())
        {
            write!(f, " at {}", OneLine(path))?;
        }
        if let Some(id) = &fault.request_id {
            write!(f, " (request {})", OneLine(id))?;
        }
        Ok(())
    }
}

/// Body and headers are not printed: they may hold what the caller sent.
impl<A> fmt::Debug for Error<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = self.fault();
        f.debug_struct("Error")
            .field("kind", &fault.kind)
            .field("operation", &fault.operation)
            .field("status", &fault.status)
            .field("code", &fault.code)
            .field("message", &fault.message)
            .field("request_id", &fault.request_id)
            .field("trace_id", &fault.trace_id)
            .field("retry_after", &fault.retry_after)
            .field("json_path", &fault.json_path)
            .field("body_bytes", &fault.body.len())
            .field("source", &fault.source)
            .finish()
    }
}

impl<A> std::error::Error for Error<A> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.fault().source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
