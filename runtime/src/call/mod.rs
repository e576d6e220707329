//! One call: collecting what it needs, and the loop that runs it.
//!
//! The order of a call is fixed: validate, encode, make the key; then, per attempt: deadline, credentials, send, read
//! (capped), classify; then decode. Nothing in here is generic.
//!
//! Owns `RawCall`. `prepare` puts the request together, `run` repeats, `exchange` sends and reads, `classify` judges.

mod classify;
mod exchange;
mod key;
mod options;
mod parent;
mod prepare;
mod run;

use std::fmt;

use bytes::Bytes;

pub(crate) use self::key::{Key, Keying};
pub use self::options::CallOptions;
pub(crate) use self::options::ExtraMembers;
pub use self::parent::Parent;
pub(crate) use self::prepare::{CallerIds, Needs, Prepared, Shown, caller, common_headers, is_read, retry_plan};
pub(crate) use self::run::execute;
use crate::client::Client;
use crate::codec::{self, Encode, EncodeError};
use crate::error::RawError;
use crate::facts::OperationFacts;
use crate::operation::Pending;
use crate::reply::RawReply;

/// A call that was not sent yet. Faults found while it is put together are kept and reported when it is awaited.
#[derive(Clone)]
pub struct RawCall {
    pub(crate) client: Client,
    pub(crate) facts: &'static OperationFacts,
    /// Index of a parameter and its value as JSON text.
    pub(crate) values: Vec<(usize, String)>,
    pub(crate) body: Option<Body>,
    pub(crate) options: CallOptions,
    pub(crate) fault: Option<String>,
    /// Why the body could not be written as a whole. It is told in the order of the members, so the rules of earlier
    /// members come first.
    pub(crate) body_fault: Option<EncodeError>,
    /// The whole URL instead of path and query, for a further page that the server names.
    pub(crate) target: Option<String>,
    /// The offset with which a walk over pages began.
    pub(crate) first_offset: Option<u64>,
}

/// A body as the call was given it.
#[derive(Clone)]
pub(crate) enum Body {
    /// JSON text, whatever it will travel as.
    Json(String),
    /// Bytes as they are.
    Bytes(Bytes),
}

impl RawCall {
    /// A call without parameters.
    #[must_use]
    pub fn new(client: &Client, facts: &'static OperationFacts) -> Self {
        Self {
            client: client.clone(),
            facts,
            values: Vec::new(),
            body: None,
            options: CallOptions::default(),
            fault: None,
            body_fault: None,
            target: None,
            first_offset: None,
        }
    }

    /// Sets a parameter by its index in the facts.
    pub fn parameter(&mut self, index: usize, value: &dyn Encode) -> &mut Self {
        match codec::to_json(value) {
            Ok(json) => {
                self.values.retain(|(known, _)| *known != index);
                self.values.push((index, json));
            }
            Err(error) => self.fault(error.to_string()),
        }
        self
    }

    /// Sets the body.
    pub fn body(&mut self, value: &dyn Encode) -> &mut Self {
        let (json, fault) = codec::to_json_anyway(value);
        self.body = Some(Body::Json(json));
        self.body_fault = fault;
        self
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, bytes: impl Into<Bytes>) -> &mut Self {
        self.body = Some(Body::Bytes(bytes.into()));
        self.body_fault = None;
        self
    }

    /// The options.
    pub fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    fn fault(&mut self, message: String) {
        self.fault.get_or_insert(message);
    }

    /// Runs the call. Nothing happens before the first poll.
    pub(crate) fn send(self) -> Pending<RawReply, RawError> {
        Box::pin(async move {
            let prepared = prepare::prepare(&self)?;
            let client = self.client;
            execute(client, prepared).await
        })
    }
}

/// Values are not printed: they may be anything.
impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall").field("operation", &self.facts.name).field("options", &self.options).finish()
    }
}
