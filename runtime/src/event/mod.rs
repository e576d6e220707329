//! What a client tells about its calls while they run.
//!
//! Owns the ten events and the handle for subscribing. Events are sanitised by construction: no header, body, query,
//! host, token or secret is ever put into one. Delivery is `channel`'s affair.

mod channel;

use std::time::{Duration, SystemTime};

pub(crate) use self::channel::EventHub;
pub use self::channel::{Events, Subscription};

/// Something that happened in a client.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A request is about to be sent.
    Request(RequestEvent),
    /// A success came back.
    Response(ResponseEvent),
    /// The server refused.
    ResponseError(ResponseErrorEvent),
    /// There was no answer.
    NetworkError(NetworkErrorEvent),
    /// A token endpoint issued a token.
    AuthTokenIssued(AuthTokenIssuedEvent),
    /// A token was at hand.
    AuthCacheHit(AuthCacheHitEvent),
    /// No usable token was at hand.
    AuthCacheMiss(AuthCacheMissEvent),
    /// A failed request will be repeated.
    RetryScheduled(RetryScheduledEvent),
    /// A call's input was refused before anything was sent.
    ValidationFailed(ValidationFailedEvent),
    /// An answer strays from the document, and was read all the same.
    Drift(DriftEvent),
}

/// The type of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EventType {
    /// [`Event::Request`]
    Request,
    /// [`Event::Response`]
    Response,
    /// [`Event::ResponseError`]
    ResponseError,
    /// [`Event::NetworkError`]
    NetworkError,
    /// [`Event::AuthTokenIssued`]
    AuthTokenIssued,
    /// [`Event::AuthCacheHit`]
    AuthCacheHit,
    /// [`Event::AuthCacheMiss`]
    AuthCacheMiss,
    /// [`Event::RetryScheduled`]
    RetryScheduled,
    /// [`Event::ValidationFailed`]
    ValidationFailed,
    /// [`Event::Drift`]
    Drift,
}

impl EventType {
    /// The type's name, for example `retry_scheduled`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::ResponseError => "response_error",
            Self::NetworkError => "network_error",
            Self::AuthTokenIssued => "auth_token_issued",
            Self::AuthCacheHit => "auth_cache_hit",
            Self::AuthCacheMiss => "auth_cache_miss",
            Self::RetryScheduled => "retry_scheduled",
            Self::ValidationFailed => "validation_failed",
            Self::Drift => "drift",
        }
    }
}

impl Event {
    /// The type.
    #[must_use]
    pub const fn event_type(&self) -> EventType {
        match self {
            Self::Request(_) => EventType::Request,
            Self::Response(_) => EventType::Response,
            Self::ResponseError(_) => EventType::ResponseError,
            Self::NetworkError(_) => EventType::NetworkError,
            Self::AuthTokenIssued(_) => EventType::AuthTokenIssued,
            Self::AuthCacheHit(_) => EventType::AuthCacheHit,
            Self::AuthCacheMiss(_) => EventType::AuthCacheMiss,
            Self::RetryScheduled(_) => EventType::RetryScheduled,
            Self::ValidationFailed(_) => EventType::ValidationFailed,
            Self::Drift(_) => EventType::Drift,
        }
    }
}

/// A request is about to be sent. Ids are the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestEvent {
    /// The method.
    pub method: String,
    /// The path without host and query; sensitive parameters are masked.
    pub path: String,
    /// The caller's request id.
    pub request_id: Option<String>,
    /// The caller's trace id.
    pub trace_id: Option<String>,
    /// Time limit of the attempt; zero where there is none.
    pub timeout: Duration,
}

/// A success came back. Ids are the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseEvent {
    /// The method.
    pub method: String,
    /// The path without host and query.
    pub path: String,
    /// The status.
    pub status: u16,
    /// From sending to the last byte.
    pub duration: Duration,
    /// The server's request id.
    pub request_id: Option<String>,
    /// The server's trace id.
    pub trace_id: Option<String>,
}

/// The server refused. Ids, code and message are the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseErrorEvent {
    /// The method.
    pub method: String,
    /// The path without host and query.
    pub path: String,
    /// The status.
    pub status: u16,
    /// From sending to the last byte.
    pub duration: Duration,
    /// The error code.
    pub error_code: Option<String>,
    /// The server's text.
    pub message: Option<String>,
    /// The server's request id.
    pub request_id: Option<String>,
    /// The server's trace id.
    pub trace_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
}

/// There was no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NetworkErrorEvent {
    /// The method.
    pub method: String,
    /// The path without host and query.
    pub path: String,
    /// What happened.
    pub message: Option<String>,
}

/// One place at which an answer strays from the document, where the client is tolerant of it: an optional member that reads
/// as absent, or an item or entry that was left out. No values are told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DriftEvent {
    /// The method.
    pub method: String,
    /// The path of the request, without host and query.
    pub path: String,
    /// Where in the answer, for example `$.items[3].price`.
    pub json_path: String,
    /// What was expected and what was found.
    pub message: String,
}

/// A token endpoint issued a token, which is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthTokenIssuedEvent {
    /// When it ends.
    pub expires_at: SystemTime,
    /// Its type.
    pub token_type: Option<String>,
    /// What it allows.
    pub scope: Option<String>,
}

/// A token was at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthCacheHitEvent {
    /// When it ends.
    pub expires_at: Option<SystemTime>,
    /// What it allows.
    pub scope: Option<String>,
}

/// No usable token was at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthCacheMissEvent {
    /// The configured scope.
    pub scope: Option<String>,
}

/// What is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetrySource {
    /// A token request.
    Auth,
    /// GET or HEAD.
    Read,
    /// Any other request.
    Write,
}

impl RetrySource {
    /// `auth`, `read` or `write`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// Why a request is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryReason {
    /// 429.
    RateLimited,
    /// 5xx.
    ServerError,
    /// There was no answer.
    Network,
    /// 401: the token is replaced.
    Unauthorized,
    /// Another status that the document declares.
    OtherStatus,
}

impl RetryReason {
    pub(crate) const fn of_status(status: u16) -> Self {
        match status {
            429 => Self::RateLimited,
            500..=599 => Self::ServerError,
            _ => Self::OtherStatus,
        }
    }

    /// `http_429`, `http_5xx`, `network_error`, `http_401` or `http_other`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RateLimited => "http_429",
            Self::ServerError => "http_5xx",
            Self::Network => "network_error",
            Self::Unauthorized => "http_401",
            Self::OtherStatus => "http_other",
        }
    }
}

/// A failed request will be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryScheduledEvent {
    /// What is repeated.
    pub source: RetrySource,
    /// The attempt that failed, from 1.
    pub attempt: u32,
    /// Attempts in all.
    pub max_attempts: u32,
    /// The wait before the next one.
    pub delay: Duration,
    /// Why.
    pub reason: RetryReason,
    /// The path, except for token requests.
    pub path: Option<String>,
    /// The method, except for token requests.
    pub method: Option<String>,
}

/// A call's input was refused before anything was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationFailedEvent {
    /// The operation, for example `pets.create`.
    pub operation: String,
    /// What is wrong.
    pub message: String,
    /// The error code, where there is one.
    pub error_code: Option<String>,
}
