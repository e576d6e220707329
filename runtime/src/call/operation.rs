//! The traits that generated operations implement, and the few functions that run them.
//!
//! Owns everything that is generic over an operation, kept as thin as possible: it is compiled once per operation.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::call::RawCall;
use crate::error::{ApiErrorBody, Error, ErrorKind, RawError, kept};
use crate::facts::OperationFacts;
use crate::reply::{RawReply, Response};
use crate::text::codec::DecodeError;
use crate::text::envelope::Envelope;

/// A call on its way. `Send` and `'static`, whatever the operation.
pub type Pending<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'static>>;

/// An operation of an API, as a type.
pub trait Operation: 'static {
    /// What a success means.
    type Output: Send + 'static;
    /// What is known of it.
    const FACTS: &'static OperationFacts;

    /// Reads a success.
    fn decode(reply: &RawReply) -> Result<Self::Output, DecodeError>;
}

/// An operation whose answer is one page of many.
pub trait Paged: Operation {
    /// What the pages hold.
    type Item: Send + 'static;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// Runs a call to its value.
#[must_use]
pub fn run<Op: Operation, A: ApiErrorBody>(call: RawCall) -> Pending<Op::Output, Error<A>> {
    Box::pin(Finishing { reply: call.send(), finish: value::<Op, A> })
}

/// Runs a call to its value with what came around it.
#[must_use]
pub fn run_with_response<Op: Operation, A: ApiErrorBody>(call: RawCall) -> Pending<Response<Op::Output>, Error<A>> {
    Box::pin(Finishing { reply: call.send(), finish: response::<Op, A> })
}

/// A function for what comes after the loop. A state machine of an `async` block per operation costs the users' compilers
/// far more than this one type per kind of value.
struct Finishing<T, E> {
    reply: Pending<RawReply, RawError>,
    finish: fn(Result<RawReply, RawError>) -> Result<T, E>,
}

impl<T, E> Future for Finishing<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = ready!(self.reply.as_mut().poll(context));
        Poll::Ready((self.finish)(reply))
    }
}

fn value<Op: Operation, A: ApiErrorBody>(reply: Result<RawReply, RawError>) -> Result<Op::Output, Error<A>> {
    let reply = reply.map_err(Error::from_raw)?;
    read::<Op, A>(&reply)
}

fn response<Op: Operation, A: ApiErrorBody>(
    reply: Result<RawReply, RawError>,
) -> Result<Response<Op::Output>, Error<A>> {
    let reply = reply.map_err(Error::from_raw)?;
    let value = read::<Op, A>(&reply)?;
    Ok(Response::new(reply, value))
}

/// Reads a success, or says how it is not what the document says.
pub(crate) fn read<Op: Operation, A: ApiErrorBody>(reply: &RawReply) -> Result<Op::Output, Error<A>> {
    let faulty = |error: RawError| Error::from_raw(error.in_operation(Op::FACTS.name));
    let unverified = Op::FACTS.unverified.then(|| reply.unverified());
    let reply = unverified.as_ref().unwrap_or(reply);
    reply.complete(Op::FACTS).map_err(faulty)?;
    Op::decode(reply).map_err(|error| faulty(reply.undecodable(error).called(reply.other_type())))
}

impl RawReply {
    /// The error for a body that cannot be read.
    pub(crate) fn undecodable(&self, error: DecodeError) -> RawError {
        self.unusable(RawError::decode(self.status(), self.body.clone(), error))
    }

    /// Refuses a body that lacks what the operation expects in it.
    fn complete(&self, facts: &OperationFacts) -> Result<(), RawError> {
        let Some(missing) = Envelope::new(&self.body).missing(facts.expects) else { return Ok(()) };
        let mut raw = RawError::new(ErrorKind::Decode, format!("the answer has no `{}`", missing.trim_matches('/')));
        raw.0.status = Some(self.status());
        raw.0.json_path = Some(format!("${}", missing.replace('/', ".")));
        raw.0.body = kept(self.body.clone());
        Err(self.unusable(raw))
    }

    fn unusable(&self, mut raw: RawError) -> RawError {
        raw.0.code = self.errors.unreadable.map(str::to_owned);
        raw.0.request_id = self.first_header(self.errors.request_id).map(str::to_owned);
        raw.0.trace_id = self.first_header(self.errors.trace_id).map(str::to_owned);
        raw
    }
}
