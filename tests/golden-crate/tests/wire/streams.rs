//! Streams over a real connection that breaks where it hurts.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use typewright_golden::{streams, uploads};
use typewright_runtime::time::{BoxFuture, Sleeper};
use typewright_runtime::{Builder, RetryPolicy};

use crate::server::Server;

const HEAD: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 100000\r\nconnection: close\r\n\r\n";
const EVENTS: [&str; 3] = [
    "id: 1\r\nretry: 1\r\ndata: caf\u{e9}\r\n\r\n",
    ": still here\rid: 2\rdata: b\rdata: c\r\r",
    "id: 3\nevent: x\ndata: d\n\n",
];

/// What a server sends that is asked to go on behind `last`.
fn rest(last: usize) -> String {
    EVENTS[last..].concat()
}

/// Lets streams come back at once; limits of time stay as they are.
#[derive(Debug)]
struct Impatient;

impl Sleeper for Impatient {
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let moment = Duration::from_millis(1);
        Box::pin(tokio::time::sleep(if duration < Duration::from_secs(1) { moment } else { duration }))
    }
}

/// The connection breaks after each byte of the answer in turn: head, comment, in the middle of a character, between the two
/// halves of a line's end. Each event arrives once.
#[tokio::test]
async fn events_survive_a_break_at_any_byte() {
    let whole = format!("{HEAD}{}", rest(0));
    for at in 0..=whole.len() {
        let cut = whole.as_bytes()[..at].to_vec();
        let server = Server::start(move |request, count| {
            let last = request.split("last-event-id: ").nth(1).map_or(0, |rest| rest[..1].parse().unwrap());
            match (count, last) {
                (0, _) => cut.clone(),
                (_, 3) => b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec(),
                (_, last) => format!("{HEAD}{}", rest(last)).into_bytes(),
            }
        })
        .await;
        let shelter: streams::Shelter = Builder::new()
            .base_url(&server.url)
            .sleeper(Arc::new(Impatient))
            .read_retry(RetryPolicy::new().attempts(3).base_delay(Duration::from_millis(1)))
            .build()
            .unwrap_or_else(|_| panic!());
        let mut notices = shelter.pets().notices().events();
        let mut found = Vec::new();
        while let Some(event) = notices.try_next().await.unwrap_or_else(|error| panic!("{at}: {error}")) {
            found.push(event.data);
        }
        assert_eq!(found, ["caf\u{e9}", "b\nc", "d"], "{at}");
    }
}

/// A length that is known is announced; what has none travels in chunks.
#[tokio::test]
async fn bodies_that_are_read_while_they_are_sent() {
    let server = Server::silent().await;
    let shelter: uploads::Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let reader = || uploads::Upload::reader(std::io::Cursor::new(b"twelve bytes".to_vec()));
    shelter.pets().restore(reader()).await.unwrap();
    let request = server.last();
    assert!(
        request.contains("transfer-encoding: chunked\r\n")
            && request.ends_with("\r\n\r\nC\r\ntwelve bytes\r\n0\r\n\r\n")
    );
    shelter.pets().restore(reader().length(12)).await.unwrap();
    let request = server.last();
    assert!(request.contains("content-length: 12\r\n") && request.ends_with("\r\n\r\ntwelve bytes"), "{request}");
    shelter.pets().restore("in memory").await.unwrap();
    assert!(server.last().contains("content-length: 9\r\n"));
    // A declared `Content-Length` is the length of a stream that has none, and never that of bytes which are there.
    shelter.pets().restore("in memory").content_length(12).await.unwrap();
    assert!(server.last().contains("content-length: 9\r\n") && !server.last().contains("length: 12"));
    shelter.pets().restore(reader()).content_length(12).await.unwrap();
    let request = server.last();
    assert!(request.contains("content-length: 12\r\n") && request.ends_with("\r\n\r\ntwelve bytes"), "{request}");
    let error = shelter.pets().restore(reader().length(13)).await.unwrap_err();
    assert!(error.message().contains("should have 13 bytes and has 12"), "{error}");
}

/// What has come is there before the rest, so that no more than a piece of an answer is ever held.
#[tokio::test]
async fn a_download_is_read_while_it_arrives() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: 100000\r\nconnection: close\r\n\r\n";
    let server = Server::start(move |_, _| format!("{head}first").into_bytes()).await;
    let shelter: streams::Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let mut download = shelter.pets().export().stream().await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "first");
    assert!(download.chunk().await.unwrap_err().is_network());
}

/// Chunks without end, and how many were taken.
struct Chunks(Arc<AtomicUsize>);

impl futures_core::Stream for Chunks {
    type Item = Result<&'static [u8], std::io::Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(Ok(&[b'x'; CHUNK])))
    }
}

const CHUNK: usize = 65_536;

/// The server takes the head and goes: what was taken by then is what a connection holds on its way.
#[tokio::test]
async fn an_upload_is_taken_as_fast_as_it_goes_out() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut piece = [0; 4096];
        tokio::io::AsyncReadExt::read(&mut stream, &mut piece).await.unwrap()
    });
    let taken = Arc::new(AtomicUsize::new(0));
    let shelter: uploads::Shelter = Builder::new().base_url(&url).build().unwrap_or_else(|_| panic!());
    let error = shelter.pets().restore(uploads::Upload::stream(Chunks(Arc::clone(&taken)))).await.unwrap_err();
    assert!(error.is_network() && server.await.unwrap() > 0, "{error}");
    let taken = taken.load(Ordering::Relaxed) * CHUNK;
    assert!(taken > 0 && taken < 64 * 1_048_576, "{taken} bytes");
}
