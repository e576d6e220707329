//! An answer of bytes that is read while it arrives.
//!
//! Owns `Download`. The cap of buffered answers holds for `bytes()` alone; whoever reads in chunks decides for himself.

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use tokio::io::AsyncWrite;

use super::{Incoming, disposition};
use crate::call::RawCall;
use crate::call::{Operation, Pending};
use crate::error::{ApiErrorBody, Error, ErrorKind, RawError};
use crate::headers::content_type;
use crate::headers::{Header, typed};
use crate::reply::RawReply;
use crate::text::codec::{Decode, DecodeError};

/// An operation whose answer can be read as a stream of bytes.
pub trait InBytes: Operation {
    /// The `accept` header that asks for it.
    const ACCEPT: &'static str;
}

/// Runs a call to the headers of its answer.
#[must_use]
pub fn download<A: ApiErrorBody>(call: RawCall, accept: &'static str) -> Pending<Download<A>, Error<A>> {
    let opened = call.open(accept);
    Box::pin(async move {
        let opened = opened.await.map_err(Error::from_raw)?;
        let limits = opened.client.shared.limits;
        let reply = opened.reply.clone();
        Ok(Download { reply, incoming: Incoming::new(opened, limits.stall), cap: limits.body, error: PhantomData })
    })
}

/// An answer whose headers are there and whose body arrives while it is read. Dropping it ends the transfer.
///
/// It is a `Stream` of chunks. Nothing is kept: memory holds one chunk at a time. A body that stays silent for 20 seconds, or
/// what [`Builder::stall_timeout`](crate::Builder::stall_timeout) says, is an error, and so is one that breaks off: nothing
/// is repeated once the headers are there.
pub struct Download<A> {
    reply: RawReply,
    incoming: Incoming,
    cap: usize,
    error: PhantomData<fn() -> A>,
}

impl<A: ApiErrorBody> Download<A> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.reply.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// A header that the document declares, read as its type; `None` where the server did not send it.
    pub fn header<H: Decode>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        typed::read(&self.reply.headers, header)
    }

    /// The server's id of this request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.reply.first_header(self.reply.errors.request_id)
    }

    /// The content type that the server chose.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.reply.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes will come, where the server says so; what is packed on its way has no length.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.reply.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// The name of the file that the server suggests, as a base name that is safe on every system: without folders, drives,
    /// control and invisible characters, dots and spaces at its end; `_` stands in place of what a system has another use for
    /// (`:`, `?`), and before names of devices (`_NUL`).
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let value = self.reply.headers.get(CONTENT_DISPOSITION)?;
        disposition::file_name(&String::from_utf8_lossy(value.as_bytes()))
    }

    /// The next chunk, or `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error<A>> {
        self.next().await.map_err(Error::from_raw)
    }

    /// All that is left, up to the cap of buffered answers.
    pub async fn bytes(mut self) -> Result<Bytes, Error<A>> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > self.cap.saturating_sub(all.len()) {
                let error = RawError::too_large(self.status(), self.cap).in_operation(self.incoming.operation);
                return Err(Error::from_raw(error));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// All that is left as text, up to the cap of buffered answers: UTF-8, or Latin-1 where the content type says so. What is
    /// neither is replaced.
    pub async fn text(self) -> Result<String, Error<A>> {
        let reply = self.reply.clone();
        Ok(content_type::text(&self.bytes().await?, content_type::told(&reply.headers)))
    }

    /// Writes all that is left, for example into a file, and tells how many bytes it was. The writer is flushed.
    pub async fn write_to<W: AsyncWrite + Unpin + ?Sized>(mut self, writer: &mut W) -> Result<u64, Error<A>> {
        let mut written = 0_u64;
        while let Some(chunk) = self.chunk().await? {
            written = written.saturating_add(chunk.len() as u64);
            let outcome = write_all(writer, &chunk).await;
            outcome.map_err(|error| self.unwritten(error))?;
        }
        let flushed = std::future::poll_fn(|context| Pin::new(&mut *writer).poll_flush(context)).await;
        flushed.map_err(|error| self.unwritten(error))?;
        Ok(written)
    }

    fn unwritten(&self, error: io::Error) -> Error<A> {
        let raw = RawError::new(ErrorKind::Network, format!("the answer cannot be written: {error}"));
        Error::from_raw(raw.with_source(error).in_operation(self.incoming.operation))
    }
}

impl<A> Download<A> {
    async fn next(&mut self) -> Result<Option<Bytes>, RawError> {
        std::future::poll_fn(|context| self.incoming.poll_chunk(context)).await.transpose()
    }
}

async fn write_all<W: AsyncWrite + Unpin + ?Sized>(writer: &mut W, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = std::future::poll_fn(|context| Pin::new(&mut *writer).poll_write(context, bytes)).await?;
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(())
}

impl<A> Unpin for Download<A> {}

impl<A: ApiErrorBody> Stream for Download<A> {
    type Item = Result<Bytes, Error<A>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.incoming.poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map_err(Error::from_raw)))
    }
}

impl<A> fmt::Debug for Download<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("operation", &self.incoming.operation).finish_non_exhaustive()
    }
}
