//! Answers that are read while they arrive, in memory that does not grow with them.
//!
//! Owns the reading of a body chunk by chunk with its limit of silence, and what every kind of stream shares. `download` is
//! for bytes, `records` for JSON lines, `events` for server-sent events. What is sent, retried and refused before the
//! headers is the call's affair: a stream begins where a success has its headers.

mod disposition;
mod download;
#[cfg(feature = "sse")]
mod events;
mod records;
#[cfg(feature = "sse")]
mod sse;

use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

pub use self::download::{Download, InBytes, download};
#[cfg(feature = "sse")]
pub use self::events::{EventForm, EventStream, InEvents, ServerEvent};
pub use self::records::{InRecords, Records};
use crate::call::Pending;
use crate::call::{Opened, RawCall};
use crate::error::RawError;
use crate::time::{BoxFuture, Sleeper, poll_sleep};
use crate::transport::ResponseBody;

/// A body on its way.
pub(crate) struct Incoming {
    body: ResponseBody,
    sleeper: Arc<dyn Sleeper>,
    /// How long nothing may come.
    stall: Option<Duration>,
    /// The limit of the chunk that is waited for.
    waiting: Option<BoxFuture<()>>,
    operation: &'static str,
}

impl Incoming {
    fn new(opened: Opened, stall: Option<Duration>) -> Self {
        let sleeper = Arc::clone(&opened.client.shared.sleeper);
        Self { body: opened.body, sleeper, stall, waiting: None, operation: opened.request.target.operation }
    }

    /// The next chunk that is not empty; `None` at the end.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, RawError>>> {
        loop {
            let fault = match self.body.poll_chunk(context) {
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Ok(chunk))) => {
                    self.waiting = None;
                    if chunk.is_empty() {
                        continue;
                    }
                    return Poll::Ready(Some(Ok(chunk)));
                }
                Poll::Ready(Some(Err(error))) => RawError::transport(error),
                Poll::Pending => {
                    let Some(stall) = self.stall else { return Poll::Pending };
                    let waiting = self.waiting.get_or_insert_with(|| self.sleeper.sleep(stall));
                    match ready!(poll_sleep(&*self.sleeper, waiting, context)) {
                        Ok(()) => RawError::stalled(stall),
                        Err(fault) => fault.into(),
                    }
                }
            };
            return Poll::Ready(Some(Err(fault.in_operation(self.operation))));
        }
    }
}

/// Where a stream stands that sends its request when it is first polled.
enum Opening {
    /// Nothing was sent.
    Ready(Box<RawCall>),
    /// The headers are waited for.
    Waiting(Pending<Opened, RawError>),
    /// The request was answered, or the stream has ended.
    Over,
}

impl Opening {
    fn new(call: RawCall) -> Self {
        Self::Ready(Box::new(call))
    }

    /// The answer's headers, once; `None` when they were given already.
    fn poll(&mut self, accept: &'static str, context: &mut Context<'_>) -> Poll<Option<Result<Opened, RawError>>> {
        loop {
            match std::mem::replace(self, Self::Over) {
                Self::Over => return Poll::Ready(None),
                Self::Ready(call) => *self = Self::Waiting(call.open(accept)),
                Self::Waiting(mut opened) => match opened.as_mut().poll(context) {
                    Poll::Ready(opened) => return Poll::Ready(Some(opened)),
                    Poll::Pending => {
                        *self = Self::Waiting(opened);
                        return Poll::Pending;
                    }
                },
            }
        }
    }
}
