//! Server-sent events: a stream of typed events that comes back when its connection breaks.
//!
//! Owns the connection's life: opening it through the call loop (credentials, retries, refusals), reading, waiting, asking
//! again with `Last-Event-ID`. What the bytes mean is `sse`'s affair.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::sse::{Parser, RawEvent};
use super::{Incoming, Opening};
use crate::call::{Opened, Prepared, RawCall, is_read, open};
use crate::call::{Operation, Pending};
use crate::client::Client;
use crate::error::{ApiErrorBody, Error, ErrorKind, RawError};
use crate::reply::RawReply;
use crate::reply::tolerance::Tolerance;
use crate::text::codec::{self, Decode, DecodeError};
use crate::text::values::Json;
use crate::time::{BoxFuture, poll_sleep, unit};

const ACCEPT: &str = "text/event-stream";
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// What some servers send as the last event of a stream whose data is JSON otherwise.
const END: &str = "[DONE]";

/// An operation whose answer is a stream of events.
pub trait InEvents: Operation {
    /// What an event carries.
    type Data: Decode + Send + 'static;
    /// How it is read.
    const FORM: EventForm;
}

/// What the document's schema describes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventForm {
    /// Its data, which is text.
    Text,
    /// Its data, which is JSON.
    Json,
    /// The event itself, as an object with `event`, `id` and `data`.
    Whole,
}

/// One event of a server.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ServerEvent<T> {
    /// The id of this event, or the last one that an event before it had.
    pub id: Option<String>,
    /// The event's name, where the server gave one.
    pub event: Option<String>,
    /// What it carries.
    pub data: T,
}

/// The events of an answer, decoded while they arrive. The request is sent when the stream is first polled; dropping the
/// stream closes the connection.
///
/// When the connection of a GET ends or breaks, the stream waits (as long as the server asked with `retry`, but 250 ms at least;
/// otherwise a second, doubled while nothing comes) and asks again with `Last-Event-ID` and fresh credentials, for ever, until the server answers
/// 204 or an error, or the call's retry policy gives up connecting. Other methods are never repeated: there the end of the
/// connection is the end of the stream. Silence is no fault.
///
/// An event whose data cannot be read is an error, and the next poll goes on behind it. Where data is JSON, `[DONE]` ends the
/// stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct EventStream<T, A> {
    raw: RawEvents,
    form: EventForm,
    kind: PhantomData<fn() -> (T, A)>,
}

struct RawEvents {
    state: State,
    connection: Option<Box<Connection>>,
    reconnects: bool,
}

enum State {
    Opening(Opening),
    Reading,
    Waiting(BoxFuture<()>),
    Asking(Pending<Opened, RawError>),
    Over,
}

/// The connection that is read, and what outlives it.
struct Connection {
    client: Client,
    request: Prepared,
    reply: RawReply,
    incoming: Incoming,
    parser: Parser,
    /// What came and was not parsed yet.
    chunk: Bytes,
    /// Connections since the last event.
    fruitless: u32,
}

impl RawEvents {
    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawEvent, RawError>>> {
        loop {
            let opened = match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Opening(opening) => ready!(opening.poll(ACCEPT, context)),
                State::Asking(opened) => Some(ready!(opened.as_mut().poll(context))),
                State::Waiting(sleep) => {
                    let Some(connection) = &self.connection else { return Poll::Ready(None) };
                    let sleeper = &*connection.client.shared.sleeper;
                    match ready!(poll_sleep(sleeper, sleep, context)) {
                        Ok(()) => self.ask(),
                        Err(error) => {
                            let operation = connection.request.target.operation;
                            self.state = State::Over;
                            return Poll::Ready(Some(Err(RawError::from(error).in_operation(operation))));
                        }
                    }
                    continue;
                }
                State::Reading => {
                    let read = ready!(self.poll_read(context));
                    if matches!(read, Some(Ok(_))) {
                        return Poll::Ready(read);
                    }
                    let broken = !matches!(&read, Some(Err(error)) if error.0.kind == ErrorKind::TooLarge);
                    self.state = State::Over;
                    if !(broken && self.wait()) {
                        return Poll::Ready(read);
                    }
                    continue;
                }
            };
            self.state = State::Over;
            if let Some(Err(error)) = opened.map(|opened| self.accept(opened?)) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Takes an answer for the stream, if it is one.
    fn accept(&mut self, opened: Opened) -> Result<(), RawError> {
        if opened.reply.status.as_u16() == 204 {
            return Ok(());
        }
        let said = opened.reply.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !said.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(ACCEPT) {
            let words = format!("the answer is no event stream: its content type is `{said}`");
            let mut error = RawError::new(ErrorKind::Decode, words).in_operation(opened.request.target.operation);
            error.0.status = Some(opened.reply.status());
            return Err(error);
        }
        let (client, request, reply) = (opened.client.clone(), opened.request.clone(), opened.reply.clone());
        let incoming = Incoming::new(opened, None);
        self.state = State::Reading;
        match &mut self.connection {
            Some(known) => {
                known.parser.restart();
                (known.chunk, known.incoming, known.reply) = (Bytes::new(), incoming, reply);
            }
            None => {
                let given = request.payload.headers.get(&LAST_EVENT_ID).and_then(|value| value.to_str().ok());
                let parser = Parser::new(client.shared.limits.body, given.unwrap_or_default().to_owned());
                let connection =
                    Connection { client, request, reply, incoming, parser, chunk: Bytes::new(), fruitless: 0 };
                self.connection = Some(Box::new(connection));
            }
        }
        Ok(())
    }

    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawEvent, RawError>>> {
        let Some(connection) = &mut self.connection else { return Poll::Ready(None) };
        connection.poll_read(context)
    }

    /// Whether the stream comes back after its connection has ended; then it waits.
    fn wait(&mut self) -> bool {
        let Some(connection) = &mut self.connection else { return false };
        let request = &connection.request;
        if !self.reconnects || !is_read(&request.target.method) || request.pace.retry.attempts() < 2 {
            return false;
        }
        connection.fruitless = connection.fruitless.saturating_add(1);
        let shared = &*connection.client.shared;
        let dice = unit(&*shared.random);
        let delay = request.pace.retry.reconnect(connection.fruitless, connection.parser.retry(), dice);
        tracing::debug!(target: "typewright", operation = request.target.operation, delay = ?delay, "the event stream comes back");
        self.state = State::Waiting(shared.sleeper.sleep(delay));
        true
    }

    fn ask(&mut self) {
        self.state = State::Over;
        let Some(connection) = &mut self.connection else { return };
        let mut request = connection.request.clone();
        request.payload.headers.remove(&LAST_EVENT_ID);
        if let Ok(id) = HeaderValue::from_bytes(connection.parser.last_id().as_bytes())
            && !id.is_empty()
        {
            request.payload.headers.insert(LAST_EVENT_ID, id);
        }
        self.state = State::Asking(open(connection.client.clone(), request));
    }
}

impl Connection {
    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<RawEvent, RawError>>> {
        loop {
            let mut rest = &self.chunk[..];
            let parsed = self.parser.take(&mut rest);
            let taken = self.chunk.len() - rest.len();
            self.chunk.advance(taken);
            match parsed {
                Ok(Some(event)) => {
                    self.fruitless = 0;
                    return Poll::Ready(Some(Ok(event)));
                }
                Ok(None) => {}
                Err(_) => {
                    let error = RawError::too_large(self.reply.status(), self.client.shared.limits.body);
                    return Poll::Ready(Some(Err(error.in_operation(self.request.target.operation))));
                }
            }
            match ready!(self.incoming.poll_chunk(context)) {
                None => return Poll::Ready(None),
                Some(Ok(chunk)) => self.chunk = chunk,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

/// Reads what an event carries.
fn decode<T: Decode>(form: EventForm, event: &RawEvent, tolerance: &Tolerance) -> Result<T, DecodeError> {
    match form {
        EventForm::Text => codec::from_json(&quoted(&event.data)),
        EventForm::Json => tolerance.decode(event.data.as_bytes()),
        EventForm::Whole => {
            let text = || codec::from_json(&whole(event, &quoted(&event.data)));
            // Data that looks like JSON may be meant as text all the same: the schema decides.
            match Json::parse(&event.data) {
                Ok(_) => {
                    tolerance.decode(whole(event, &event.data).as_bytes()).or_else(|fault| text().map_err(|_| fault))
                }
                Err(_) => text(),
            }
        }
    }
}

fn quoted(text: &str) -> String {
    codec::to_json(text).unwrap_or_default()
}

/// An event as an object.
fn whole(event: &RawEvent, data: &str) -> String {
    let mut members = Vec::new();
    for (name, value) in [("event", &event.event), ("id", &event.id)] {
        if !value.is_empty() {
            members.push(format!("\"{name}\":{}", quoted(value)));
        }
    }
    members.push(format!("\"data\":{data}"));
    format!("{{{}}}", members.join(","))
}

fn named(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl<T: Decode, A: ApiErrorBody> EventStream<T, A> {
    /// The events of this call's answer.
    pub fn new(call: RawCall, form: EventForm) -> Self {
        let raw = RawEvents { state: State::Opening(Opening::new(call)), connection: None, reconnects: true };
        Self { raw, form, kind: PhantomData }
    }

    /// Ends with its connection, and never asks again.
    pub fn once(mut self) -> Self {
        self.raw.reconnects = false;
        self
    }

    /// The next event, or `None` when the stream is over.
    pub async fn try_next(&mut self) -> Result<Option<ServerEvent<T>>, Error<A>> {
        std::future::poll_fn(|context| self.poll_event(context)).await.transpose()
    }

    /// Status and headers of the last connection; they are there when the first event is.
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        self.raw.connection.as_ref().map(|connection| &connection.reply)
    }

    /// The id with which the stream would come back. A later call continues behind it with
    /// `.header("last-event-id", id)`.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.raw.connection.as_ref().map(|connection| connection.parser.last_id()).filter(|id| !id.is_empty())
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<ServerEvent<T>, Error<A>>>> {
        let event = match ready!(self.raw.poll_event(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(Error::from_raw(error)))),
            Some(Ok(event)) => event,
        };
        if self.form != EventForm::Text && event.data == END {
            self.raw.state = State::Over;
            return Poll::Ready(None);
        }
        let Some(connection) = &self.raw.connection else { return Poll::Ready(None) };
        let data = decode(self.form, &event, &connection.reply.tolerance).map_err(|error| {
            let reply = RawReply { body: Bytes::from(event.data), ..connection.reply.clone() };
            Error::from_raw(reply.undecodable(error).in_operation(connection.request.target.operation))
        });
        Poll::Ready(Some(data.map(|data| ServerEvent { id: named(event.id), event: named(event.event), data })))
    }
}

impl<T, A> Unpin for EventStream<T, A> {}

impl<T: Decode, A: ApiErrorBody> Stream for EventStream<T, A> {
    type Item = Result<ServerEvent<T>, Error<A>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T, A> fmt::Debug for EventStream<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("open", &self.raw.connection.is_some()).finish_non_exhaustive()
    }
}
