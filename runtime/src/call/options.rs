//! What one call sets beside its parameters and its body.
//!
//! Owns collecting; what is collected is checked when the call is awaited (`prepare`).

use std::time::Duration;

use crate::retry::RetryPolicy;
use crate::values::Json;

/// The options of one call.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) headers: Vec<(String, Private)>,
    pub(crate) named: Vec<(&'static str, Private)>,
    pub(crate) query: Vec<(String, Private)>,
    pub(crate) members: ExtraMembers,
    pub(crate) idempotency_key: Option<Private>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// Members that a call adds to its body.
pub(crate) type ExtraMembers = Vec<(String, Json)>;

/// A header's or query member's value. Not printed: it may be anything.
#[derive(Clone)]
pub(crate) struct Private(pub(crate) String);

impl std::fmt::Debug for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl CallOptions {
    /// Time of one attempt, up to the last byte of its answer.
    pub fn timeout(&mut self, timeout: Duration) -> &mut Self {
        self.timeout = Some(timeout);
        self
    }

    /// Time of the call with all its attempts.
    pub fn total_timeout(&mut self, timeout: Duration) -> &mut Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// A further header.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        self.headers.push((name.trim().to_ascii_lowercase(), Private(value.to_owned())));
        self
    }

    /// A header that the client's facts know by a method's name, for example `request_id`.
    pub fn call_header(&mut self, method: &'static str, value: &str) -> &mut Self {
        self.named.retain(|(known, _)| *known != method);
        self.named.push((method, Private(value.to_owned())));
        self
    }

    /// A further query member, after the declared ones.
    pub fn query(&mut self, name: &str, value: &str) -> &mut Self {
        self.query.push((name.to_owned(), Private(value.to_owned())));
        self
    }

    /// A further member of a JSON or form body. One that the body already has is replaced.
    pub fn member(&mut self, name: &str, value: Json) -> &mut Self {
        self.members.retain(|(known, _)| known != name);
        self.members.push((name.to_owned(), value));
        self
    }

    /// The idempotency key.
    pub fn idempotency_key(&mut self, key: impl Into<String>) -> &mut Self {
        self.idempotency_key = Some(Private(key.into()));
        self
    }

    /// A retry policy of its own.
    pub fn retry(&mut self, policy: RetryPolicy) -> &mut Self {
        self.retry = Some(policy);
        self
    }
}
