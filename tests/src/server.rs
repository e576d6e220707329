//! A real HTTP/1.1 server on loopback that records every request byte for byte and answers from a function.
//!
//! Owns sockets and recording. Knows no provider: what to answer is the caller's function.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// For example `GET`.
    pub method: String,
    /// Path and query, not decoded.
    pub target: String,
    /// Every header.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub body: Bytes,
}

impl Received {
    /// The part of the target before `?`.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The part of the target after `?`, as it came.
    pub fn raw_query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// A header's value, or an empty string.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Sends this.
    Reply {
        /// Status.
        status: u16,
        /// Headers.
        headers: Vec<(String, String)>,
        /// Body.
        body: Bytes,
    },
    /// Reads the request and closes the connection without a word.
    Drop,
    /// Waits, then sends the answer.
    After(Duration, Box<Answer>),
}

impl Answer {
    /// A JSON answer.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self::Reply { status, headers, body: Bytes::from(body.into()) }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::Reply { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(self, name: &str, value: &str) -> Self {
        match self {
            Self::Reply { status, mut headers, body } => {
                headers.push((name.to_owned(), value.to_owned()));
                Self::Reply { status, headers, body }
            }
            Self::After(delay, answer) => Self::After(delay, Box::new(answer.with_header(name, value))),
            Self::Drop => Self::Drop,
        }
    }
}

type Handler = dyn Fn(&Received, usize) -> Answer + Send + Sync;

/// A running server; it stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    task: tokio::task::JoinHandle<()>,
}

/// Listens at an address that no server of this process had before. The system gives ports again, and clients of some APIs share
/// tokens and rate limits per process and address: a test would meet those of another.
async fn listen() -> (TcpListener, SocketAddr) {
    static GIVEN: Mutex<BTreeSet<SocketAddr>> = Mutex::new(BTreeSet::new());
    // Held until there is a new one, so that the system cannot give them again.
    let mut old = Vec::new();
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        if GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(address) {
            return (listener, address);
        }
        old.push(listener);
    }
}

impl Server {
    /// Starts a server; `handler` gets every request and how many came before it.
    pub async fn start(handler: impl Fn(&Received, usize) -> Answer + Send + Sync + 'static) -> Self {
        let (listener, address) = listen().await;
        let received = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(accept(listener, Arc::new(handler), Arc::clone(&received)));
        Self { address, received, task }
    }

    /// Starts a server that gives these answers in turn, the last one for ever.
    pub async fn scripted(answers: impl Into<Vec<Answer>>) -> Self {
        let answers: Vec<Answer> = answers.into();
        Self::start(move |_, index| {
            answers.get(index).or(answers.last()).cloned().unwrap_or_else(|| Answer::empty(500))
        })
        .await
    }

    /// For example `http://127.0.0.1:4711`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that was received so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The only request; more or fewer fail the test.
    pub fn single(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "one request was expected: {received:#?}");
        received.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, handler: Arc<Handler>, received: Arc<Mutex<Vec<Received>>>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let (handler, received) = (Arc::clone(&handler), Arc::clone(&received));
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, Arc::clone(&handler), Arc::clone(&received)));
            // A client that goes away, and a request that is to be dropped, both end the connection with an error.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    handler: Arc<Handler>,
    received: Arc<Mutex<Vec<Received>>>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Dropped)?.to_bytes();
    let target = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let one = Received { method: parts.method.to_string(), target, headers: parts.headers, body };
    let index = {
        let mut all = received.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(one.clone());
        all.len() - 1
    };
    let mut reply = handler(&one, index);
    while let Answer::After(delay, next) = reply {
        tokio::time::sleep(delay).await;
        reply = *next;
    }
    let Answer::Reply { status, headers, body } = reply else { return Err(Dropped) };
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(body)).expect("the test's own answer is well formed"))
}

/// Ends a connection without an answer.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

impl From<Infallible> for Dropped {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many servers of the system's choice would have several addresses twice.
    #[tokio::test]
    async fn no_address_comes_back() {
        let mut addresses = BTreeSet::new();
        for _ in 0..1_000 {
            let server = Server::scripted([Answer::empty(204)]).await;
            assert!(addresses.insert(server.url()), "{}", server.url());
        }
    }
}
