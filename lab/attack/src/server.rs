//! The fault server: HTTP/1.1 by hand over raw TCP, so that it can break every rule of the protocol.
//!
//! Owns sockets, the reading of requests and the log of what came. Which fault follows which request is the script of the
//! case, named by the request's header `x-case`. Token requests carry no such header and have a script of their own.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::faults::{Fault, OK, Step};

/// The path of the token endpoint.
pub(crate) const TOKEN_PATH: &str = "/token";

/// A request as it came, and what was done to it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The name of the fault that followed.
    pub(crate) fault: &'static str,
    /// Whether the whole request was read: a server may have acted on it.
    pub(crate) whole: bool,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub(crate) fn is_token(&self) -> bool {
        self.path() == TOKEN_PATH
    }
}

/// What the token endpoint does.
#[derive(Clone, Debug)]
pub(crate) struct TokenPlan {
    pub(crate) delay: Duration,
    pub(crate) lifetime: u64,
    /// Faults of the next token requests.
    pub(crate) faults: VecDeque<&'static Fault>,
    /// Calls with one of the first so many tokens are answered 401.
    pub(crate) refused: usize,
}

impl Default for TokenPlan {
    fn default() -> Self {
        Self { delay: Duration::ZERO, lifetime: 3600, faults: VecDeque::new(), refused: 0 }
    }
}

/// An answer that a kind of attack makes by itself, in place of the scripts.
pub(crate) type Answers = Arc<dyn Fn(&Seen) -> Vec<Step> + Send + Sync>;

#[derive(Default)]
struct State {
    scripts: BTreeMap<String, VecDeque<&'static Fault>>,
    log: Vec<Seen>,
    tokens: TokenPlan,
    issued: usize,
    /// Connections to close before anything is read from them.
    close: usize,
    answers: Option<Answers>,
    /// What token requests get in place of a token.
    token_response: Option<Vec<u8>>,
}

/// A running server; it stops when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State::default()));
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(Self { address, state, task })
    }

    /// A server that answers by a function.
    pub(crate) async fn answering(
        answers: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let server = Self::start().await?;
        server.state().answers = Some(Arc::new(answers));
        Ok(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The faults of the next requests of a case, in their order; then everything is fine.
    pub(crate) fn script(&self, case: &str, faults: impl IntoIterator<Item = &'static Fault>) {
        self.state().scripts.insert(case.to_owned(), faults.into_iter().collect());
    }

    /// Closes the next so many connections before anything is read.
    pub(crate) fn close_next(&self, connections: usize) {
        self.state().close = connections;
    }

    pub(crate) fn tokens(&self, plan: TokenPlan) {
        self.state().tokens = plan;
    }

    /// Redirects token requests from now on.
    pub(crate) fn redirect_tokens(&self, status: &str, location: &str) {
        let response = crate::faults::http(status, &format!("location: {location}\r\n"), "");
        self.state().token_response = Some(response);
    }

    /// How many tokens were issued.
    pub(crate) fn issued(&self) -> usize {
        self.state().issued
    }

    /// Takes the log, and forgets the scripts.
    pub(crate) fn take(&self) -> Vec<Seen> {
        let mut state = self.state();
        state.scripts.clear();
        std::mem::take(&mut state.log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let close = {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let close = state.close > 0;
            state.close = state.close.saturating_sub(1);
            close
        };
        if !close {
            tokio::spawn(serve(stream, Arc::clone(&state)));
        }
    }
}

/// Serves one connection until a fault or the client ends it.
async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some(mut seen) = read_head(&mut stream, &mut buffer).await {
        let (fault, delay) = next_fault(&state, &seen);
        seen.fault = fault.name;
        if fault.reads_body {
            let Some(body) = read_body(&mut stream, &mut buffer, &seen).await else { return };
            (seen.body, seen.whole) = (body, true);
        }
        let steps = answer(&state, &seen, fault);
        state.lock().unwrap_or_else(PoisonError::into_inner).log.push(seen);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if !act(&mut stream, steps).await {
            return;
        }
    }
}

fn next_fault(state: &Mutex<State>, seen: &Seen) -> (&'static Fault, Duration) {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.is_token() {
        let delay = state.tokens.delay;
        return (state.tokens.faults.pop_front().unwrap_or(&OK), delay);
    }
    let case = seen.header("x-case").unwrap_or_default();
    (state.scripts.get_mut(case).and_then(VecDeque::pop_front).unwrap_or(&OK), Duration::ZERO)
}

fn answer(state: &Mutex<State>, seen: &Seen, fault: &'static Fault) -> Vec<Step> {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.is_token() {
        if let Some(response) = &state.token_response {
            return vec![Step::Write(response.clone())];
        }
        let body = if fault.name == OK.name {
            state.issued += 1;
            let (n, lifetime) = (state.issued, state.tokens.lifetime);
            format!(r#"{{"access_token":"token-{n}","token_type":"Bearer","expires_in":{lifetime}}}"#)
        } else {
            "{}".to_owned()
        };
        return (fault.steps)(&body);
    }
    if let Some(answers) = state.answers.clone() {
        return answers(seen);
    }
    let token = seen.header("authorization").and_then(|value| value.strip_prefix("Bearer token-"));
    if token.and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n <= state.tokens.refused) {
        return vec![Step::Write(crate::faults::http("401 Unauthorized", "", "{}"))];
    }
    (fault.steps)(&format!(r#"{{"id":"{}"}}"#, seen.header("x-case").unwrap_or_default()))
}

/// Whether the connection goes on.
async fn act(stream: &mut TcpStream, steps: Vec<Step>) -> bool {
    for step in steps {
        match step {
            Step::Write(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return false;
                }
            }
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Close => return false,
            Step::Reset => {
                let _ = stream.set_zero_linger();
                return false;
            }
            Step::Stall => {
                // Until the client gives up, or for longer than any limit of a call.
                let mut rest = [0; 1024];
                let wait = async { while !matches!(stream.read(&mut rest).await, Ok(0) | Err(_)) {} };
                let _ = tokio::time::timeout(Duration::from_secs(10), wait).await;
                return false;
            }
        }
    }
    true
}

async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    loop {
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            buffer.drain(..end + 4);
            return Some(parse_head(&head));
        }
        read_more(stream, buffer).await?;
    }
}

fn parse_head(head: &str) -> Seen {
    let mut lines = head.split("\r\n");
    let target = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned();
    let headers = lines
        .map(|line| line.split_once(':').unwrap_or((line, "")))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    Seen { target, headers, body: Vec::new(), fault: "", whole: false }
}

async fn read_body(stream: &mut TcpStream, buffer: &mut Vec<u8>, seen: &Seen) -> Option<Vec<u8>> {
    if seen.header("transfer-encoding").is_some() {
        return read_chunks(stream, buffer).await;
    }
    let length = seen.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    while buffer.len() < length {
        read_more(stream, buffer).await?;
    }
    Some(buffer.drain(..length).collect())
}

async fn read_chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            match find(buffer, b"\r\n") {
                Some(end) => break end,
                None => read_more(stream, buffer).await?,
            }
        };
        let size = usize::from_str_radix(String::from_utf8_lossy(&buffer[..end]).trim(), 16).ok()?;
        while buffer.len() < end + 2 + size + 2 {
            read_more(stream, buffer).await?;
        }
        body.extend_from_slice(&buffer[end + 2..end + 2 + size]);
        buffer.drain(..end + 2 + size + 2);
        if size == 0 {
            return Some(body);
        }
    }
}

async fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}
