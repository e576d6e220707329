//! One call: collecting what it needs, and the loop that runs it.
//!
//! The order of a call is fixed: validate, encode, make the key; then, per attempt: deadline, credentials, permit, send, read
//! (capped), classify; then decode. Nothing in here is generic.
//!
//! Owns `RawCall`. `prepare` puts the request together, `run` repeats, `exchange` sends and reads, `classify` judges.

pub(crate) mod adjust;
mod attempts;
mod classify;
mod conflict;
mod exchange;
mod generate;
mod key;
mod operation;
mod options;
mod parent;
mod prepare;
mod prepared;
mod request;
mod run;
mod token;
pub(crate) mod trace;
pub(crate) mod wire;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

pub(crate) use self::exchange::Arrived;
pub(crate) use self::key::{Key, Keying};
pub(crate) use self::operation::read;
pub use self::operation::{Operation, Paged, Pending, run, run_with_response};
pub use self::options::CallOptions;
pub(crate) use self::options::ExtraMembers;
pub use self::parent::Parent;
pub(crate) use self::prepare::caller;
pub(crate) use self::prepared::Prepared;
#[cfg(feature = "sse")]
pub(crate) use self::prepared::is_read;
pub use self::request::RawRequest;
use self::run::execute;
pub(crate) use self::run::open;
use crate::client::Client;
use crate::error::RawError;
use crate::facts::{BodyFacts, Location, OperationFacts};
use crate::reply::RawReply;
use crate::text::codec::{self, Encode, EncodeError, Written};
use crate::text::invalid::Invalid;
use crate::text::rules::Violation;
use crate::transport::ResponseBody;
use crate::upload::{FilePart, Lines, Upload, files_of};

/// A request that has not been sent yet. Errors found while building it are reported when you await it.
#[derive(Clone)]
pub struct RawCall {
    pub(crate) client: Client,
    pub(crate) facts: &'static OperationFacts,
    /// Index of a parameter and its value.
    pub(crate) values: Vec<(usize, Written)>,
    pub(crate) body: Option<Body>,
    /// Files of the body, which its JSON has marks for.
    pub(crate) files: Vec<FilePart>,
    /// The index of the body's content type, where it is not the first.
    pub(crate) content: Option<usize>,
    pub(crate) options: CallOptions,
    /// Faults of the call, reported in the order of their places together with violated constraints.
    faults: Vec<(At, Invalid)>,
}

/// Where a call has a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// In what it was made from.
    Call,
    /// In the parameter of this index: its value could not be written.
    Parameter(usize),
    /// In the body, which could not be written as a whole.
    Body,
}

/// Options of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Aim {
    /// Where a page says that the next one is, instead of path and query.
    pub(crate) link: Option<Link>,
    /// The `accept` header of a call whose response is read as a stream.
    pub(crate) streamed: Option<&'static str>,
}

/// A link of a page to the next one.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// A whole URL.
    pub(crate) target: String,
    /// Whether it is on another origin, which gets neither credentials nor the application's headers.
    pub(crate) foreign: bool,
}

/// An answer of which only the headers were read, with what it takes to ask again.
pub(crate) struct Opened {
    pub(crate) reply: RawReply,
    pub(crate) body: ResponseBody,
    pub(crate) client: Client,
    pub(crate) request: Prepared,
}

/// A body as the call was given it.
#[derive(Clone)]
pub(crate) enum Body {
    /// JSON text, whatever it will travel as.
    Json(String),
    /// Bytes as they are, there or on their way.
    Upload(Upload),
}

impl RawCall {
    /// A call without parameters.
    #[must_use]
    pub fn new(client: &Client, facts: &'static OperationFacts) -> Self {
        Self {
            client: client.clone(),
            facts,
            values: made(client, facts),
            body: None,
            files: Vec::new(),
            content: None,
            options: CallOptions::default(),
            faults: Vec::new(),
        }
    }

    /// Sets a parameter by its index in the facts.
    pub fn parameter(&mut self, index: usize, value: &dyn Encode) -> &mut Self {
        let written = Written::of(value).map_err(|error| match self.facts.parameters.get(index) {
            Some(member) if member.location == Location::Body => Violation::from(error).below(member.wire_name).into(),
            _ => Invalid::from(error),
        });
        self.put(index, written);
        self
    }

    /// Sets a parameter, or records why it is invalid.
    pub(crate) fn put(&mut self, index: usize, value: Result<Written, Invalid>) {
        self.values.retain(|(known, _)| *known != index);
        self.clear(At::Parameter(index));
        match value {
            Ok(value) => self.values.push((index, value)),
            Err(fault) => self.faults.push((At::Parameter(index), fault)),
        }
    }

    /// The value of a parameter.
    pub(crate) fn value(&self, index: usize) -> Option<&Written> {
        self.values.iter().find(|(known, _)| *known == index).map(|(_, value)| value)
    }

    /// A fault and its place.
    pub(crate) fn fault(&self, at: At) -> Option<&Invalid> {
        self.faults.iter().find(|(place, _)| *place == at).map(|(_, fault)| fault)
    }

    /// Keeps a fault of the call itself.
    pub(crate) fn refuse(&mut self, fault: Invalid) {
        self.faults.push((At::Call, fault));
    }

    fn clear(&mut self, at: At) {
        self.faults.retain(|(place, _)| *place != at);
    }

    /// The value of a parameter as text: that of a JSON string, else its JSON; empty where it is not set.
    #[must_use]
    pub fn text(&self, index: usize) -> String {
        self.value(index).and_then(|value| value.text().ok()).map(Cow::into_owned).unwrap_or_default()
    }

    /// Sets the body.
    pub fn body(&mut self, value: &dyn Encode) -> &mut Self {
        let (json, files, fault) = codec::to_json_with_attachments(value);
        self.body = Some(Body::Json(json));
        self.body_cannot_be(fault);
        self.files = files_of(files);
        self
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, bytes: impl Into<Bytes>) -> &mut Self {
        self.upload(Upload::from(bytes.into()))
    }

    /// Sets a body of bytes that may be on their way.
    pub fn upload(&mut self, upload: Upload) -> &mut Self {
        self.body = Some(Body::Upload(upload));
        self.clear(At::Body);
        self.files = Vec::new();
        self
    }

    /// Sets a body of records, one a line. The content type is chosen before.
    pub fn lines<T>(&mut self, lines: Lines<T>) -> &mut Self {
        let sequence = self.body_facts().is_some_and(|facts| facts.content_type.contains("json-seq"));
        let (upload, fault) = lines.into_upload(sequence);
        self.upload(upload);
        self.body_cannot_be(fault);
        self
    }

    fn body_cannot_be(&mut self, fault: Option<EncodeError>) {
        self.clear(At::Body);
        self.faults.extend(fault.map(|fault| (At::Body, fault.into())));
    }

    /// The body is of another content type than the operation's first: the one with this index in the facts.
    pub fn content(&mut self, index: usize) -> &mut Self {
        self.content = Some(index);
        self
    }

    /// What the document says of the body that the call has.
    pub(crate) fn body_facts(&self) -> Option<&'static BodyFacts> {
        match self.content {
            Some(index) => self.facts.other_bodies.get(index),
            None => self.facts.body.as_ref(),
        }
    }

    /// The options.
    pub fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    /// Runs the call up to the headers of its answer. Nothing happens before the first poll.
    pub(crate) fn open(self, accept: &'static str) -> Pending<Opened, RawError> {
        let aim = Aim { streamed: Some(accept), ..Aim::default() };
        Box::pin(async move {
            let prepared = prepare::prepare(&self, &aim)?;
            open(self.client, prepared).await
        })
    }

    /// Runs the call. Nothing happens before the first poll.
    pub(crate) fn send(self) -> Pending<RawReply, RawError> {
        self.send_to(None)
    }

    /// Runs the call for the page that a link leads to.
    pub(crate) fn send_to(self, link: Option<Link>) -> Pending<RawReply, RawError> {
        Box::pin(async move {
            let prepared = prepare::prepare(&self, &Aim { link, streamed: None })?;
            execute(&self.client, prepared).await
        })
    }
}

/// The members of a flat body that the client fills in, made when the call is, so that they can be read before it is sent.
fn made(client: &Client, facts: &OperationFacts) -> Vec<(usize, Written)> {
    let adjustments = facts.body.as_ref().map(|body| body.adjustments).unwrap_or_default();
    let maker = client.shared.maker();
    let members = facts.parameters.iter().enumerate().filter(|(_, parameter)| parameter.location == Location::Body);
    let made = members.filter_map(|(index, member)| {
        let fill = adjustments.iter().find_map(|adjustment| adjustment.fills(member.wire_name))?;
        Some((index, Written::from_valid(maker.make(fill).as_text().to_owned())))
    });
    made.collect()
}

/// Values are not printed: they may be anything.
impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall").field("operation", &self.facts.name).field("options", &self.options).finish()
    }
}
