//! JSON lines and JSON text sequences, item by item.
//!
//! Owns cutting a body into records of bounded length and decoding each. Newlines separate JSON lines, the record separator
//! of RFC 7464 does so in `application/json-seq`; blank records are passed over.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::{Incoming, Opening};
use crate::call::Operation;
use crate::call::RawCall;
use crate::error::{ApiErrorBody, Error, RawError};
use crate::reply::RawReply;
use crate::text::codec::Decode;

/// An operation whose answer is a sequence of JSON values.
pub trait InRecords: Operation {
    /// One value.
    type Record: Decode + Send + 'static;
    /// The `accept` header that asks for it.
    const ACCEPT: &'static str;
}

/// The record separator of RFC 7464.
const SEPARATOR: u8 = 0x1e;

/// The values of an answer, decoded while they arrive. The request is sent when the stream is first polled.
///
/// Memory holds one value at a time, which may be as large as a whole answer that is not streamed. One that cannot be read is
/// an error, and the next poll goes on behind it; what breaks the connection ends the stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct Records<T, A> {
    raw: RawRecords,
    kind: PhantomData<fn() -> (T, A)>,
}

struct RawRecords {
    opening: Opening,
    accept: &'static str,
    /// Boxed: a stream is moved before it is opened.
    open: Option<Box<Open>>,
}

struct Open {
    reply: RawReply,
    incoming: Incoming,
    cut: Cut,
    ended: bool,
}

/// What has come and was not given out yet.
struct Cut {
    buffer: BytesMut,
    /// How much of the buffer holds no separator.
    searched: usize,
    separator: u8,
    cap: usize,
}

impl Cut {
    /// The next whole record; at the body's end also one without a separator.
    fn next(&mut self, ended: bool) -> Option<Bytes> {
        loop {
            let found = self.buffer.iter().skip(self.searched).position(|byte| *byte == self.separator);
            let record = match found {
                Some(at) => {
                    let mut record = self.buffer.split_to((self.searched + at + 1).min(self.buffer.len()));
                    record.truncate(record.len().saturating_sub(1));
                    record
                }
                None if ended && !self.buffer.is_empty() => self.buffer.split(),
                None => {
                    self.searched = self.buffer.len();
                    return None;
                }
            };
            self.searched = 0;
            if !record.trim_ascii().is_empty() {
                return Some(record.freeze());
            }
        }
    }
}

impl RawRecords {
    fn poll_record(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, RawError>>> {
        if let Some(opened) = ready!(self.opening.poll(self.accept, context)) {
            let opened = match opened {
                Ok(opened) => opened,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            let limits = opened.client.shared.limits;
            let separator = if is_sequence(&opened.reply, self.accept) { SEPARATOR } else { b'\n' };
            let cut = Cut { buffer: BytesMut::new(), searched: 0, separator, cap: limits.body };
            let reply = opened.reply.clone();
            let incoming = Incoming::new(opened, limits.stall);
            self.open = Some(Box::new(Open { reply, incoming, cut, ended: false }));
        }
        let Some(open) = &mut self.open else { return Poll::Ready(None) };
        let found = ready!(open.poll_record(context));
        Poll::Ready(found)
    }
}

impl Open {
    fn poll_record(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, RawError>>> {
        loop {
            if let Some(record) = self.cut.next(self.ended) {
                return Poll::Ready(Some(Ok(record)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            if self.cut.buffer.len() > self.cut.cap {
                let error = RawError::too_large(self.reply.status(), self.cut.cap);
                return Poll::Ready(Some(Err(self.fail(error.in_operation(self.incoming.operation)))));
            }
            match ready!(self.incoming.poll_chunk(context)) {
                None => self.ended = true,
                Some(Ok(chunk)) => self.cut.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.fail(error)))),
            }
        }
    }

    /// What came of a record that broke off is not a record.
    fn fail(&mut self, error: RawError) -> RawError {
        self.cut.buffer.clear();
        self.cut.searched = 0;
        self.ended = true;
        error
    }
}

/// Whether the answer is a JSON text sequence: the server says it, or the document where the server says nothing.
fn is_sequence(reply: &RawReply, accept: &str) -> bool {
    let said = reply.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or(accept);
    said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().ends_with("json-seq")
}

impl<T: Decode, A: ApiErrorBody> Records<T, A> {
    /// The values of this call's answer.
    pub fn new(call: RawCall, accept: &'static str) -> Self {
        let raw = RawRecords { opening: Opening::new(call), accept, open: None };
        Self { raw, kind: PhantomData }
    }

    /// The next value, or `None` after the last one.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<A>> {
        std::future::poll_fn(|context| self.poll_value(context)).await.transpose()
    }

    /// Status and headers of the answer; they are there when the first value is.
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        self.raw.open.as_ref().map(|open| &open.reply)
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<A>>>> {
        let record = match ready!(self.raw.poll_record(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(Error::from_raw(error)))),
            Some(Ok(record)) => record,
        };
        let Some(open) = &self.raw.open else { return Poll::Ready(None) };
        let value = open.reply.tolerance.decode(&record).map_err(|error| {
            let reply = RawReply { body: record, ..open.reply.clone() };
            Error::from_raw(reply.undecodable(error).in_operation(open.incoming.operation))
        });
        Poll::Ready(Some(value))
    }
}

impl<T, A> Unpin for Records<T, A> {}

impl<T: Decode, A: ApiErrorBody> Stream for Records<T, A> {
    type Item = Result<T, Error<A>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_value(context)
    }
}

impl<T, A> fmt::Debug for Records<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("open", &self.raw.open.is_some()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However the chunks are cut, the records are the same.
    #[test]
    fn records_do_not_depend_on_chunks() {
        let check = |separator: u8, text: &str, expected: &[&str]| {
            for size in 1..=text.len() {
                let mut cut = Cut { buffer: BytesMut::new(), searched: 0, separator, cap: 100 };
                let mut found = Vec::new();
                for chunk in text.as_bytes().chunks(size) {
                    cut.buffer.extend_from_slice(chunk);
                    found.extend(std::iter::from_fn(|| cut.next(false)));
                    // No byte is looked at twice, however small the chunks are.
                    assert_eq!(cut.searched, cut.buffer.len());
                }
                found.extend(std::iter::from_fn(|| cut.next(true)));
                let found: Vec<_> = found.iter().map(|one| std::str::from_utf8(one.trim_ascii()).unwrap()).collect();
                assert_eq!(found, expected, "{size} {text:?}");
            }
        };
        check(b'\n', "{\"a\":1}\n\r\n  \n{\"a\":2}\r\n{\"a\":3}", &["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"]);
        check(SEPARATOR, "\u{1e}{\n\"a\":1}\n\u{1e}\u{1e}7\n\u{1e}[]\n", &["{\n\"a\":1}", "7", "[]"]);
        check(b'\n', "\n", &[]);
    }
}
