//! What carries a request to a server and an answer back.
//!
//! Owns the object-safe `Transport` trait, the two bodies and the transport's own error. Retries, redirects, time limits
//! and caps are the call loop's affair: a transport does one exchange, nothing else.

#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
#[cfg(feature = "reqwest")]
pub(crate) mod tls;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::time::BoxFuture;

/// Carries one request and brings one answer.
///
/// An implementation follows no redirects and repeats nothing: the runtime does both by the rules of the document.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// One exchange, up to the answer's headers.
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<Result<http::Response<ResponseBody>, TransportError>>;
}

/// The body of a request.
#[derive(Clone, Default)]
pub struct RequestBody {
    bytes: Bytes,
}

impl RequestBody {
    /// The bytes, all of them.
    #[must_use]
    pub fn as_bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The bytes.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBody({} bytes)", self.bytes.len())
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        Self { bytes: bytes.into() }
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
    /// No connection: the server has seen nothing of the request.
    Connect,
    /// The time was over after the connection stood: the outcome is unknown.
    Timeout,
    /// The exchange broke: the outcome is unknown.
    Broken,
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

/// A cause of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;

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
