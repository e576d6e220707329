//! Bodies that go up: what an application hands over, and how it is read while it is sent.
//!
//! Owns `Upload` and the rule when one can be sent again. `part` is a file of a multipart body, `multipart` puts the parts
//! together, `lines` records, `file` reads from disk. What is sent when is the call's affair.

#[cfg(feature = "files")]
mod file;
mod lines;
mod multipart;
mod part;
mod reader;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncRead;

pub use self::lines::Lines;
pub(crate) use self::multipart::PartHeader;
pub(crate) use self::multipart::multipart;
pub use self::part::FilePart;
pub(crate) use self::part::files_of;
use self::reader::Reader;
use crate::transport::BoxError;

/// Chunks on their way up.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send + 'static>>;

/// A body of bytes, in memory or on its way.
///
/// Bytes and texts convert into one. [`Upload::stream`] and [`Upload::reader`] take what is read while it is sent, in memory
/// that does not grow with it. Such a body can be sent once: when a request with it fails after the first byte was taken, the
/// error is returned and nothing is repeated. A file ([`Upload::open`]) and [`Upload::repeatable`] can be read again.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
    content_type: Option<String>,
    /// Bytes that went up so far, of all attempts.
    sent: Arc<AtomicU64>,
}

#[derive(Clone)]
enum Source {
    Whole(Bytes),
    Once(Arc<Once>),
    Again(Arc<dyn Fn() -> Chunks + Send + Sync>),
    Parts(Arc<Vec<Upload>>),
}

/// A stream that can be read once, by whichever attempt takes the first chunk.
struct Once {
    chunks: Mutex<Chunks>,
    started: AtomicBool,
}

/// Parts that are no larger than this are joined.
const SMALL: u64 = 1024 * 1024;

impl Upload {
    fn of(source: Source, length: Option<u64>) -> Self {
        Self { source, length, content_type: None, sent: Arc::default() }
    }

    /// What a stream gives, for example another answer. Without [`Upload::length`] it is sent in chunks.
    pub fn stream<B, E>(chunks: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        let chunks: Chunks = Box::pin(Converted(Box::pin(chunks)));
        let once = Once { chunks: Mutex::new(chunks), started: AtomicBool::new(false) };
        Self::of(Source::Once(Arc::new(once)), None)
    }

    /// What a reader gives, for example a file that is open or a child's output.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(Reader::new(reader))
    }

    /// What `open` gives, which is called for each attempt: such a body can be sent again.
    pub fn repeatable<S, B, E>(open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::of(Source::Again(Arc::new(move || Box::pin(Converted(Box::pin(open()))))), None)
    }

    /// How many bytes will come. A body that ends earlier or later is an error.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if !matches!(self.source, Source::Whole(_)) {
            self.length = Some(bytes);
        }
        self
    }

    /// The content type, instead of the one that the document says.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Uploads one after the other.
    pub(crate) fn joined(parts: Vec<Self>) -> Self {
        let length = parts.iter().map(|part| part.length).try_fold(0_u64, |sum, length| sum.checked_add(length?));
        let whole: Option<Vec<&Bytes>> = parts.iter().map(Self::whole).collect();
        // Small bodies travel as one piece, as they do without parts.
        if let Some(whole) = whole.filter(|_| length.is_some_and(|length| length <= SMALL)) {
            return Self::from(whole.into_iter().flatten().copied().collect::<Vec<u8>>());
        }
        Self::of(Source::Parts(Arc::new(parts)), length)
    }

    pub(crate) fn given_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// All of it, where it is in memory.
    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Whole(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn known_length(&self) -> Option<u64> {
        self.length
    }

    /// Whether another attempt would send the same bytes.
    pub(crate) fn can_be_sent(&self) -> bool {
        match &self.source {
            Source::Whole(_) | Source::Again(_) => true,
            Source::Once(once) => !once.started.load(Ordering::Acquire),
            Source::Parts(parts) => parts.iter().all(Self::can_be_sent),
        }
    }

    /// Bytes that went up so far.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// The chunks of one attempt, held to the length.
    pub(crate) fn chunks(&self) -> Chunks {
        Box::pin(Counted { chunks: self.raw_chunks(), length: self.length, read: 0, sent: Arc::clone(&self.sent) })
    }

    fn raw_chunks(&self) -> Chunks {
        match &self.source {
            Source::Whole(bytes) => Box::pin(Ready(Some(bytes.clone()))),
            Source::Once(once) => Box::pin(Shared { once: Arc::clone(once), mine: false }),
            Source::Again(open) => open(),
            Source::Parts(parts) => Box::pin(Chain { open: None, waiting: parts.iter().cloned().collect() }),
        }
    }

    /// Whether two are the same bytes, or the same stream.
    fn is_same(&self, other: &Self) -> bool {
        let same = match (&self.source, &other.source) {
            (Source::Whole(one), Source::Whole(other)) => one == other,
            (Source::Once(one), Source::Once(other)) => Arc::ptr_eq(one, other),
            (Source::Again(one), Source::Again(other)) => Arc::ptr_eq(one, other),
            (Source::Parts(one), Source::Parts(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        same && self.length == other.length && self.content_type == other.content_type
    }
}

impl PartialEq for Upload {
    /// Streams are equal to themselves alone.
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

impl Default for Upload {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

/// What is sent is not shown.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("length", &self.length).field("content_type", &self.content_type).finish()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        let length = Some(bytes.len() as u64);
        Self::of(Source::Whole(bytes), length)
    }
}

/// What converts into bytes without a copy.
macro_rules! from_bytes {
    ($($source:ty),*) => {$(
        impl From<$source> for Upload {
            fn from(bytes: $source) -> Self {
                Self::from(Bytes::from(bytes))
            }
        }
    )*};
}
from_bytes!(Vec<u8>, &'static [u8], String, &'static str, bytes::BytesMut);

/// A stream of anything as a stream of bytes.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

/// Bytes that are there.
struct Ready(Option<Bytes>);

impl Stream for Ready {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().filter(|bytes| !bytes.is_empty()).map(Ok))
    }
}

/// One attempt's view of a stream that can be read once. The attempt that polls first has it; two would share its chunks.
struct Shared {
    once: Arc<Once>,
    mine: bool,
}

impl Stream for Shared {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.mine && self.once.started.swap(true, Ordering::AcqRel) {
            return Poll::Ready(Some(Err("the body is a stream that another request is sending".into())));
        }
        self.mine = true;
        let mut chunks = self.once.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        chunks.as_mut().poll_next(context)
    }
}

/// Several uploads, each opened when the one before it has ended.
struct Chain {
    open: Option<Chunks>,
    waiting: VecDeque<Upload>,
}

impl Stream for Chain {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(open) = &mut self.open
                && let Some(chunk) = ready!(open.as_mut().poll_next(context))
            {
                return Poll::Ready(Some(chunk));
            }
            let Some(next) = self.waiting.pop_front() else { return Poll::Ready(None) };
            self.open = Some(next.chunks());
        }
    }
}

/// Chunks that are counted and held to the length that was announced.
struct Counted {
    chunks: Chunks,
    length: Option<u64>,
    read: u64,
    sent: Arc<AtomicU64>,
}

impl Stream for Counted {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.chunks.as_mut().poll_next(context));
        if let Some(Ok(chunk)) = &chunk {
            self.read = self.read.saturating_add(chunk.len() as u64);
            self.sent.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        }
        let wrong = self.length.filter(|length| match &chunk {
            None => self.read < *length,
            Some(_) => self.read > *length,
        });
        match wrong {
            Some(length) => {
                let words = format!(
                    "the body should have {length} bytes and has {}",
                    if chunk.is_none() { self.read.to_string() } else { "more".to_owned() }
                );
                Poll::Ready(Some(Err(words.into())))
            }
            None => Poll::Ready(chunk),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    #[test]
    fn two_requests_at_once_never_share_a_stream() {
        let upload = Upload::reader(&b"bytes"[..]);
        let (mut first, mut second) = (upload.clone().chunks(), upload.clone().chunks());
        let mut context = Context::from_waker(Waker::noop());
        let mut next = |chunks: &mut Chunks| match chunks.as_mut().poll_next(&mut context) {
            Poll::Ready(chunk) => chunk.map(|chunk| chunk.map_err(|error| error.to_string())),
            Poll::Pending => panic!("bytes in memory are there"),
        };
        assert_eq!(next(&mut first), Some(Ok(Bytes::from_static(b"bytes"))));
        let error = "the body is a stream that another request is sending";
        assert_eq!(next(&mut second), Some(Err(error.to_owned())));
        assert_eq!(next(&mut first), None);
    }
}
