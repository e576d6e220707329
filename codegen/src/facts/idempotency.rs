//! What a document says about keys by which the server recognises a repetition.

use serde::Serialize;

use super::{RetryPolicy, StatusFact};

/// Keys by which the server recognises a repetition.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Idempotency {
    /// The header of the key.
    pub header: String,
    /// Methods with which the server looks at it. Default: POST, PUT, PATCH, DELETE.
    pub methods: Vec<String>,
    /// How a key is made for a call that brings none: `pets-{uuid}`.
    pub value: Option<String>,
    /// Statuses of answers that the server keeps under the key, so that a repetition after them needs a new one.
    pub renew: Vec<StatusFact>,
    /// How requests with a key are repeated. Default: as writes are.
    pub retry: Option<RetryPolicy>,
    /// The server recognises a repetition while the first request is still running.
    pub marks_running: bool,
}
