//! What carries a request to a server and an answer back.
//!
//! Owns the object-safe `Transport` trait, the two bodies and the transport's own error. Retries, redirects, time limits
//! and caps are the call loop's affair: a transport does one exchange, nothing else.

#[cfg(feature = "reqwest")]
pub(crate) mod http;
#[cfg(feature = "reqwest")]
pub(crate) mod tls;

#[cfg(feature = "reqwest")]
pub use self::http::ReqwestTransport;
/// reqwest 0.13, for [`Builder::http_client`](crate::Builder::http_client) and [`ReqwestTransport::new`].
#[cfg(feature = "reqwest")]
pub use ::reqwest;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

pub use crate::time::BoxError;
use crate::time::BoxFuture;

/// Settings that no transport can be made of.
#[cfg(feature = "reqwest")]
pub(crate) fn refused(message: impl Into<String>) -> TransportError {
    TransportError::new(TransportFault::Refused, message)
}

/// Carries one request and brings one answer.
///
/// An implementation follows no redirects and repeats nothing: the runtime does both by the rules of the document.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// One exchange, up to the answer's headers.
    fn send(
        &self,
        request: ::http::Request<RequestBody>,
    ) -> BoxFuture<Result<::http::Response<ResponseBody>, TransportError>>;

    /// Returns why nothing can be sent where the caller is now. A client asks before it waits for credentials or for a rate
    /// limit. The default is that sending works everywhere.
    fn check(&self) -> Result<(), TransportError> {
        Ok(())
    }
}

/// Marks a request to a server of the API itself, which may see who calls by the connection too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToOwnServer;

/// The body of a request: bytes that are there, or a stream of them. It is a `Stream` of chunks either way.
pub struct RequestBody {
    content: Content,
}

enum Content {
    Whole(Bytes),
    Chunks(OutgoingChunks, Option<u64>),
}

/// Chunks on their way up.
type OutgoingChunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send + 'static>>;

impl RequestBody {
    /// A body that is read while it is sent, and its length where that is known.
    pub fn from_stream(
        chunks: impl Stream<Item = Result<Bytes, BoxError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { content: Content::Chunks(Box::pin(chunks), length) }
    }

    /// The bytes, where all of them are there.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Chunks(..) => None,
        }
    }

    /// How many bytes it has, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.len() as u64),
            Content::Chunks(_, length) => *length,
        }
    }

    /// All bytes, read to their end.
    pub async fn collect(mut self) -> Result<Bytes, BoxError> {
        if let Content::Whole(bytes) = &mut self.content {
            return Ok(std::mem::take(bytes));
        }
        let mut all = bytes::BytesMut::new();
        while let Some(chunk) = std::future::poll_fn(|context| Pin::new(&mut self).poll_next(context)).await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.freeze())
    }
}

impl Stream for RequestBody {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.content {
            Content::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Whole(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Content::Chunks(chunks, _) => chunks.as_mut().poll_next(context),
        }
    }
}

impl Default for RequestBody {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody").field("length", &self.length()).finish_non_exhaustive()
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        Self { content: Content::Whole(bytes.into()) }
    }
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send + 'static>>;

/// The body of an answer, as it arrives.
pub struct ResponseBody {
    chunks: Chunks,
}

impl ResponseBody {
    /// A body from a stream of chunks.
    pub fn from_stream(chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self { chunks: Box::pin(chunks) }
    }

    /// The next chunk, or `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.chunks.as_mut().poll_next(context)
    }
}

impl Default for ResponseBody {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}

/// A body that is already there, in one chunk.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        Self::from_stream(Whole((!bytes.is_empty()).then_some(bytes)))
    }
}

/// How far a failed exchange got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFault {
    /// The connection could not be established; the request was not sent.
    Connect,
    /// The request timed out after the connection was established; the server may have processed it.
    Timeout,
    /// The connection failed after the request was sent; the server may have processed it.
    Broken,
    /// The server refused the request unseen and promises that it did nothing with it, as HTTP/2 allows (RFC 9113, section
    /// 8.7). Like a connection that could not be established, it can be repeated whatever it was.
    Unprocessed,
    /// The request cannot be sent as it is, or the transport is not usable here.
    Refused,
}

/// Why an exchange failed.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) fault: TransportFault,
    pub(crate) message: String,
    pub(crate) source: Option<BoxError>,
}

impl TransportError {
    /// An error with its words. They must hold no secret: they are shown to people.
    pub fn new(fault: TransportFault, message: impl Into<String>) -> Self {
        Self { fault, message: message.into(), source: None }
    }

    /// The cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// How far the exchange got.
    #[must_use]
    pub fn fault(&self) -> TransportFault {
        self.fault
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
