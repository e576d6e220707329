//! A server on loopback that records requests byte for byte and answers bytes as they are told, whole or cut.
//!
//! Knows no HTTP but where a request ends. One connection at a time, one request a connection.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A running server; it stops when it is dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// `answer` gets each request and how many came before it, and gives what is written before the connection is closed.
    pub(crate) async fn start(answer: impl Fn(&str, usize) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&received);
        let task = tokio::spawn(async move {
            for count in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                all.lock().unwrap().push(request.clone());
                // A client that has gone is no fault of the test.
                let _ = stream.write_all(&answer(&request, count)).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { url, received, task }
    }

    /// A server that answers 204 to everything.
    pub(crate) async fn silent() -> Self {
        Self::start(|_, _| b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec()).await
    }

    /// The last request, as it came.
    pub(crate) fn last(&self) -> String {
        self.received.lock().unwrap().last().cloned().unwrap_or_default()
    }

    /// All requests, as they came.
    pub(crate) fn all(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    /// The target of the last request.
    pub(crate) fn target(&self) -> String {
        self.last().split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// The header of the last request with this name, which is in lower case; empty where it has none.
    pub(crate) fn header(&self, name: &str) -> String {
        let request = self.last();
        let value = request.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        value.unwrap_or_default().to_owned()
    }

    /// The body of the last request.
    pub(crate) fn body(&self) -> String {
        self.last().split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.received.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A request to its end: that of the length it announces, or of its last chunk.
async fn read(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            let chunked = head.contains("transfer-encoding: chunked");
            if length.unwrap_or(0) <= body.len() && (!chunked || body.ends_with("0\r\n\r\n")) {
                return text;
            }
        }
        match stream.read(&mut piece).await {
            Ok(count) if count > 0 => all.extend_from_slice(&piece[..count]),
            _ => return text,
        }
    }
}
