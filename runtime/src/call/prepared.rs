//! A request that is complete except for its credentials.
//!
//! Owns everything known about a request before its first attempt: target, payload, required credentials, retry policy, and
//! how its response is read. Calls and token requests use the same constructor.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method};

use super::{CallOptions, Key, Keying};
use crate::client::{Client, Shared};
use crate::credentials::{Asking, Demand};
use crate::event::RetrySource;
use crate::facts::{Answer, OperationFacts, SessionRole};
use crate::redirect::{self, RedirectPolicy, Redirectable};
use crate::retry::{Repeatable, RetryPlan};
use crate::text::invalid::Invalid;
use crate::upload::Upload;

/// A request that lacks only its credentials.
///
/// Holds secrets (a token request's body, the caller's headers), so it has no `Debug`.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) target: Target,
    pub(crate) payload: Payload,
    pub(crate) auth: Demand,
    pub(crate) pace: Pace,
    pub(crate) reading: Reading,
}

/// Where a request goes.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// Below the base URL, or a whole URL.
    pub(crate) path: Cow<'static, str>,
    /// The operation's own server, where that is asked.
    pub(crate) base_url: Option<Arc<str>>,
    pub(crate) query: String,
    /// Whether it leads to another origin than the API's: then it carries neither credentials nor the application's headers.
    pub(crate) foreign: bool,
    pub(crate) redirect: RedirectPolicy,
    pub(crate) shown: Shown,
}

/// What events and spans may show of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    /// The path with its values, sensitive ones masked.
    pub(crate) path: Cow<'static, str>,
    /// The path as the document has it.
    pub(crate) template: Cow<'static, str>,
}

/// The payload of a request, without credentials.
#[derive(Clone)]
pub(crate) struct Payload {
    pub(crate) headers: HeaderMap,
    pub(crate) content: Content,
    /// The idempotency key that the runtime made for it.
    pub(crate) key: Option<Key>,
    /// The header of the key, where the server looks at one.
    pub(crate) key_header: Option<&'static str>,
}

/// A body as it travels.
#[derive(Clone)]
pub(crate) enum Content {
    /// Bytes that are there; none for no body.
    Whole(Bytes),
    /// It is read while it is sent.
    Stream(Upload),
}

/// How a request is repeated, and how long it may take.
#[derive(Clone)]
pub(crate) struct Pace {
    pub(crate) retry: RetryPlan,
    pub(crate) source: RetrySource,
    pub(crate) attempt: Option<Duration>,
    pub(crate) total: Option<Duration>,
}

/// How a response is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) answers: &'static [Answer],
    /// Whether it is read tolerantly, because the document does not describe it.
    pub(crate) unverified: bool,
    /// Whether the body of a success is left for its reader.
    pub(crate) streamed: bool,
    /// How a success changes the client's session.
    pub(crate) session: Option<SessionRole>,
}

/// The purpose of a request, which determines how it is retried.
pub(crate) enum Purpose<'a> {
    /// A call. Without `keyed` no server looks at an idempotency key.
    Call { facts: &'static OperationFacts, options: &'a CallOptions, keyed: bool },
    /// A token request. Sending it twice may invalidate the first token.
    Token { harmless: bool },
}

impl Prepared {
    /// Puts the parts together and decides what follows from them: key, repetition, time limits, redirects.
    pub(crate) fn new(
        client: &Client,
        purpose: &Purpose<'_>,
        mut target: Target,
        (headers, content): (HeaderMap, Content),
        (auth, reading): (Demand, Reading),
    ) -> Result<Self, Invalid> {
        let shared = &*client.shared;
        let mut payload = Payload { headers, content, key: None, key_header: None };
        // What is there has its own length; a declared header can only tell that of a stream.
        if payload.content.known_length().is_some() {
            payload.headers.remove(CONTENT_LENGTH);
        }
        let pace = match *purpose {
            Purpose::Call { facts, options, keyed } => {
                let keying =
                    if keyed { Keying::of(shared, facts, &target.method, &payload.headers) } else { Keying::default() };
                let retry = retry_plan(shared, facts, options, &target.method, keying);
                payload.key_header = keying.header();
                payload.key = keying.make(shared, &retry, &mut payload.headers)?;
                target.redirect = redirect_policy(shared, options, &target.method, reading);
                Pace {
                    retry,
                    source: if is_read(&target.method) { RetrySource::Read } else { RetrySource::Write },
                    attempt: options.timeout.or(shared.limits.attempt),
                    total: options.total_timeout.or(shared.limits.total),
                }
            }
            Purpose::Token { harmless } => Pace {
                retry: RetryPlan::for_tokens(shared.facts.retry_token, shared.token_retry.as_ref(), harmless),
                source: RetrySource::Auth,
                attempt: auth.caller.timeout.or(shared.limits.attempt),
                total: shared.limits.total,
            },
        };
        Ok(Self { target, payload, auth, pace, reading })
    }

    /// The credentials that it needs from the client.
    pub(crate) fn asking(&self) -> Asking<'_> {
        Asking { operation: self.target.operation, path: &self.target.path, demand: &self.auth }
    }
}

impl Target {
    /// A path below the base URL, or a whole URL. A redirect is returned.
    pub(crate) fn new(
        operation: &'static str,
        method: Method,
        path: impl Into<Cow<'static, str>>,
        shown: Shown,
    ) -> Self {
        Self {
            operation,
            method,
            path: path.into(),
            base_url: None,
            query: String::new(),
            foreign: false,
            redirect: RedirectPolicy::Return,
            shown,
        }
    }
}

impl Content {
    pub(crate) fn known_length(&self) -> Option<u64> {
        match self {
            Self::Whole(bytes) => Some(bytes.len() as u64),
            Self::Stream(upload) => upload.known_length(),
        }
    }

    /// The body, where all of it is there.
    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::Stream(_) => None,
        }
    }

    /// How many bytes of a stream went up so far.
    pub(crate) fn sent(&self) -> Option<u64> {
        match self {
            Self::Whole(_) => None,
            Self::Stream(upload) => Some(upload.sent()),
        }
    }

    /// Whether it can be sent: what was taken from a stream cannot be sent again.
    pub(crate) fn can_be_sent(&self) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Stream(upload) => upload.can_be_sent(),
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl From<Upload> for Content {
    fn from(upload: Upload) -> Self {
        match upload.whole() {
            Some(bytes) => Self::Whole(bytes.clone()),
            None => Self::Stream(upload),
        }
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Whole(text.into())
    }
}

/// Whether the method is GET or HEAD: such requests may be redirected and retried.
pub(crate) fn is_read(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

fn redirect_policy(shared: &Shared, options: &CallOptions, method: &Method, reading: Reading) -> RedirectPolicy {
    let call = Redirectable {
        read: is_read(method),
        declared: redirect::is_declared(reading.answers),
        streamed: reading.streamed,
    };
    RedirectPolicy::choose(options.redirect.or(shared.redirect), call)
}

fn retry_plan(
    shared: &Shared,
    facts: &OperationFacts,
    options: &CallOptions,
    method: &Method,
    keying: Keying,
) -> RetryPlan {
    let (declared, builder) = if is_read(method) {
        (shared.facts.retry_read, &shared.read_retry)
    } else {
        (shared.facts.retry_write, &shared.write_retry)
    };
    let keyed = keying.rule().and_then(|rule| rule.retry);
    let declared = facts.retry.or(keyed).unwrap_or(declared);
    let safe_with_key = facts.repeatable_with_key && options.idempotency_key.is_some() && !method.is_safe();
    let repeatable = match keying.repeatable(shared) {
        Some(keyed) => keyed,
        None if safe_with_key => Repeatable::Idempotent,
        None => Repeatable::of(method),
    };
    RetryPlan::new(declared, builder.as_ref(), options.retry.as_ref(), repeatable)
}
