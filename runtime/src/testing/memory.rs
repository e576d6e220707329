//! A transport that answers from memory.
//!
//! Owns scripted responses, by route and by order, and the record of requests. A response can be slow, break off or fail like
//! one of a network, but nothing here opens a socket.

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
    routes: Vec<Route>,
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
        let shared =
            Shared { routes: Vec::new(), answers: VecDeque::new(), otherwise: None, requests: Vec::new(), sleeper };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    /// Delays of answers pass on this sleeper, for example a [`ManualTime`](super::ManualTime).
    #[must_use]
    pub fn sleeper(self, sleeper: Arc<dyn Sleeper>) -> Self {
        self.shared().sleeper = sleeper;
        self
    }

    /// Sets the response to requests with this method and route, for example `on("GET", "/pets/{id}", answer)`. A name in braces
    /// stands for one segment of the path, or for a part of it. The route is the whole path, including that of the base URL,
    /// without the query.
    ///
    /// Calling it again for the same route adds a response. Responses are given in this order, and the last one repeats. If
    /// several routes match, the one with the fewest braces wins. Routes go before [`answer`](Self::answer) and
    /// [`otherwise`](Self::otherwise).
    pub fn on(&self, method: &str, route: &str, answer: Answer) -> &Self {
        let mut shared = self.shared();
        let known =
            shared.routes.iter_mut().find(|known| known.method.eq_ignore_ascii_case(method) && known.path == route);
        match known {
            Some(known) => known.answers.push_back(answer),
            None => shared.routes.push(Route {
                method: method.to_owned(),
                path: route.to_owned(),
                answers: VecDeque::from([answer]),
            }),
        }
        drop(shared);
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
    fn take(&self, request: Recorded) -> (Result<Answer, TransportError>, Arc<dyn Sleeper>) {
        let mut shared = self.shared();
        shared.requests.push(request.clone());
        let queued = shared.routed(&request).or_else(|| shared.answers.pop_front());
        let (script, sleeper) = (shared.otherwise.clone(), Arc::clone(&shared.sleeper));
        let unexpected = shared.unexpected(&request);
        drop(shared);
        let answer = queued.or_else(|| script.map(|script| script(&request)));
        (answer.ok_or_else(|| TransportError::new(TransportFault::Refused, unexpected)), sleeper)
    }
}

impl Shared {
    /// Returns the response of the best matching route.
    fn routed(&mut self, request: &Recorded) -> Option<Answer> {
        let fitting = self.routes.iter_mut().filter(|route| route.fits(request));
        let route = fitting.min_by_key(|route| route.path.matches('{').count())?;
        match route.answers.len() {
            1 => route.answers.front().cloned(),
            _ => route.answers.pop_front(),
        }
    }

    /// The message for a request that has no response. The query is left out: it may hold a secret.
    fn unexpected(&self, request: &Recorded) -> String {
        let routes: Vec<String> = self.routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
        let known = if routes.is_empty() { String::new() } else { format!("; routes: {}", routes.join(", ")) };
        format!("no answer is left for {} {}{known}", request.method, request.path())
    }
}

/// What requests to one route get.
struct Route {
    method: String,
    /// For example `/pets/{id}`.
    path: String,
    /// Never empty: the last one stays.
    answers: VecDeque<Answer>,
}

impl Route {
    fn fits(&self, request: &Recorded) -> bool {
        let (route, path) = (self.path.split('/'), request.path().split('/'));
        self.method.eq_ignore_ascii_case(request.method())
            && route.clone().count() == path.clone().count()
            && route.zip(path).all(|(pattern, segment)| fits(pattern, segment))
    }
}

/// Returns whether a segment matches a pattern such as `{name}.json`. If a segment has several names, only the text before the
/// first and after the last one is compared.
fn fits(pattern: &str, segment: &str) -> bool {
    let named = pattern.split_once('{').and_then(|(before, rest)| Some((before, rest.rsplit_once('}')?.1)));
    let Some((before, after)) = named else {
        return pattern == segment;
    };
    if pattern.find('{') > pattern.rfind('}') {
        return pattern == segment;
    }
    segment.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(|name| !name.is_empty())
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
        let recorded = |body: Bytes| Recorded { method: parts.method, uri: parts.uri, headers: parts.headers, body };
        if let Some(bytes) = body.as_bytes() {
            return answered(self.take(recorded(bytes.clone())));
        }
        // What is read while it is sent is recorded when all of it is there.
        let this = self.clone();
        Box::pin(async move {
            let body = body.collect().await;
            let body = body.map_err(|error| {
                TransportError::new(TransportFault::Broken, format!("the body broke off: {error}")).with_source(error)
            })?;
            answered(this.take(recorded(body))).await
        })
    }
}

/// What a request gets.
fn answered(
    (answer, sleeper): (Result<Answer, TransportError>, Arc<dyn Sleeper>),
) -> BoxFuture<Result<http::Response<ResponseBody>, TransportError>> {
    Box::pin(async move {
        let answer = answer?;
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

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn segments() {
        let check = |pattern, segment, expected| assert_eq!(fits(pattern, segment), expected, "{pattern} {segment}");
        check("pets", "pets", true);
        check("pets", "toys", false);
        check("{id}", "7", true);
        check("{id}", "", false);
        check("{id}.json", "7.json", true);
        check("{id}.json", ".json", false);
        check("events:{verb}", "events:batch", true);
        check("{left}-{right}", "a-b", true);
        check("}{", "}{", true);
    }
}
