//! A transport that answers from memory.
//!
//! Owns scripted answers and the record of what was asked. It can be slow, break off and fail like a network, but knows
//! nothing of one.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use crate::time::{BoxFuture, Sleeper, TokioSleeper};
use crate::transport::{RequestBody, ResponseBody, Transport, TransportError, TransportFault};

/// Answers from memory and remembers what it was asked. Clones share both.
#[derive(Clone)]
pub struct MemoryTransport {
    shared: Arc<Mutex<Shared>>,
}

type Script = Arc<dyn Fn(&Recorded) -> Answer + Send + Sync>;

struct Shared {
    answers: VecDeque<Answer>,
    otherwise: Option<Script>,
    requests: Vec<Recorded>,
    sleeper: Arc<dyn Sleeper>,
}

impl MemoryTransport {
    /// Nothing to answer yet: a request would fail.
    #[must_use]
    pub fn new() -> Self {
        let sleeper: Arc<dyn Sleeper> = Arc::new(TokioSleeper);
        let shared = Shared { answers: VecDeque::new(), otherwise: None, requests: Vec::new(), sleeper };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    /// Delays of answers pass on this sleeper, for example a [`ManualTime`](super::ManualTime).
    #[must_use]
    pub fn sleeper(self, sleeper: Arc<dyn Sleeper>) -> Self {
        self.shared().sleeper = sleeper;
        self
    }

    /// One more answer; they are given in this order.
    pub fn answer(&self, answer: Answer) -> &Self {
        self.shared().answers.push_back(answer);
        self
    }

    /// What is answered when no answer is left.
    pub fn otherwise(&self, script: impl Fn(&Recorded) -> Answer + Send + Sync + 'static) -> &Self {
        self.shared().otherwise = Some(Arc::new(script));
        self
    }

    /// Everything that was asked so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared().requests.clone()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request and finds its answer. The script runs without the lock: it may look at the transport.
    fn take(&self, request: Recorded) -> (Option<Answer>, Arc<dyn Sleeper>) {
        let mut shared = self.shared();
        shared.requests.push(request.clone());
        let (queued, script) = (shared.answers.pop_front(), shared.otherwise.clone());
        let sleeper = Arc::clone(&shared.sleeper);
        drop(shared);
        (queued.or_else(|| script.map(|script| script(&request))), sleeper)
    }
}

impl Default for MemoryTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTransport").field("requests", &self.shared().requests.len()).finish_non_exhaustive()
    }
}

impl Transport for MemoryTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<Result<http::Response<ResponseBody>, TransportError>> {
        let (parts, body) = request.into_parts();
        let (method, uri) = (parts.method.clone(), parts.uri.clone());
        let recorded = |body: Bytes| Recorded { method: parts.method, uri: parts.uri, headers: parts.headers, body };
        if let Some(bytes) = body.as_bytes() {
            return answered(self.take(recorded(bytes.clone())), method, uri);
        }
        // What is read while it is sent is recorded when all of it is there.
        let this = self.clone();
        Box::pin(async move {
            let body = body.collect().await;
            let body = body.map_err(|error| {
                TransportError::new(TransportFault::Broken, format!("the body broke off: {error}")).with_source(error)
            })?;
            answered(this.take(recorded(body)), method, uri).await
        })
    }
}

/// What a request gets.
fn answered(
    (answer, sleeper): (Option<Answer>, Arc<dyn Sleeper>),
    method: Method,
    uri: Uri,
) -> BoxFuture<Result<http::Response<ResponseBody>, TransportError>> {
    Box::pin(async move {
        let Some(answer) = answer else {
            let message = format!("no answer is left for {method} {}", uri.path());
            return Err(TransportError::new(TransportFault::Refused, message));
        };
        if let Some(delay) = answer.delay {
            sleeper.sleep(delay).await;
        }
        answer.respond().await
    })
}

/// A request as it went out.
#[derive(Clone)]
pub struct Recorded {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Recorded {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The whole URL.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The path, as it was encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query, as it was encoded; empty where there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Headers may hold credentials, bodies anything: a failed assertion must not print them into a log.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.uri.path())
    }
}

/// One scripted answer.
#[derive(Clone, Debug)]
pub struct Answer {
    kind: Kind,
    delay: Option<Duration>,
}

#[derive(Clone, Debug)]
enum Kind {
    Reply { status: StatusCode, headers: HeaderMap, chunks: Vec<Bytes>, end: End },
    Fault(TransportFault),
    Never,
}

/// What comes after the last chunk.
#[derive(Clone, Copy, Debug)]
enum End {
    Complete,
    Stalls,
    Breaks,
}

impl Answer {
    /// A status without a body. One that does not exist is answered as 500.
    #[must_use]
    pub fn new(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::of(Kind::Reply { status, headers: HeaderMap::new(), chunks: Vec::new(), end: End::Complete })
    }

    /// A status with a JSON body.
    #[must_use]
    pub fn json(status: u16, json: impl Into<String>) -> Self {
        Self::new(status).header("content-type", "application/json").chunk(json.into())
    }

    /// A request that fails.
    #[must_use]
    pub fn fault(fault: TransportFault) -> Self {
        Self::of(Kind::Fault(fault))
    }

    /// A request that is never answered.
    #[must_use]
    pub fn never() -> Self {
        Self::of(Kind::Never)
    }

    const fn of(kind: Kind) -> Self {
        Self { kind, delay: None }
    }

    /// A header more. One that cannot be a header is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Kind::Reply { headers, .. }, Ok(name), Ok(value)) =
            (&mut self.kind, HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            headers.append(name, value);
        }
        self
    }

    /// A part more of the body.
    #[must_use]
    pub fn chunk(mut self, chunk: impl Into<Bytes>) -> Self {
        if let Kind::Reply { chunks, .. } = &mut self.kind {
            chunks.push(chunk.into());
        }
        self
    }

    /// The body never ends.
    #[must_use]
    pub fn stalls(self) -> Self {
        self.ends(End::Stalls)
    }

    /// The connection breaks instead of the body's end.
    #[must_use]
    pub fn breaks(self) -> Self {
        self.ends(End::Breaks)
    }

    fn ends(mut self, how: End) -> Self {
        if let Kind::Reply { end, .. } = &mut self.kind {
            *end = how;
        }
        self
    }

    /// Comes after a while.
    #[must_use]
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    async fn respond(self) -> Result<http::Response<ResponseBody>, TransportError> {
        match self.kind {
            Kind::Never => std::future::pending().await,
            Kind::Fault(fault) => Err(failure(fault)),
            Kind::Reply { status, headers, chunks, end } => {
                let body = ResponseBody::from_stream(Chunks { chunks: chunks.into(), end });
                let mut response = http::Response::new(body);
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
        }
    }
}

fn failure(fault: TransportFault) -> TransportError {
    let words = match fault {
        TransportFault::Connect => "connection refused",
        TransportFault::Timeout => "operation timed out",
        TransportFault::Broken => "connection reset",
        TransportFault::Refused => "request refused",
        TransportFault::Unprocessed => "request refused unseen",
    };
    TransportError::new(fault, words)
}

/// The chunks of a scripted body.
struct Chunks {
    chunks: VecDeque<Bytes>,
    end: End,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(chunk) = self.chunks.pop_front() {
            return Poll::Ready(Some(Ok(chunk)));
        }
        match self.end {
            End::Complete => Poll::Ready(None),
            End::Stalls => Poll::Pending,
            End::Breaks => Poll::Ready(Some(Err(failure(TransportFault::Broken)))),
        }
    }
}
