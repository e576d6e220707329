//! The transport over reqwest, against sockets on loopback: what a transport in memory cannot show.
#![cfg(feature = "reqwest")]
#![allow(unreachable_pub, missing_docs, dead_code, reason = "the client in `common` is written as generated code is")]

#[path = "calls/common.rs"]
mod common;

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use common::{ApiError, Pets};
use typewright_runtime::Credentials;
use typewright_runtime::codegen::v1 as rt;

/// 262,146 bytes of JSON, a string of spaces, packed with gzip into 291.
fn packed() -> Vec<u8> {
    let head = [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 13, 0, 0, 0, 2, 160, 42, 206, 254, 33, 253, 205, 0, 52];
    [head.as_slice(), &[0; 254], &[167, 3, 49, 184, 205, 127, 2, 0, 4, 0]].concat()
}

/// Answers every connection with these bytes and tells what it was asked.
fn server(answer: Vec<u8>) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let asked = head(&mut stream);
            stream.write_all(&answer).ok();
            if sender.send(asked).is_err() {
                break;
            }
        }
    });
    (address, receiver)
}

fn head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 1024];
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn pets(url: &str) -> rt::Builder<Pets> {
    rt::Builder::new().base_url(url).credentials(Credentials::bearer("token-1"))
}

#[tokio::test]
async fn a_request_on_the_wire() {
    let (url, asked) = server(http("200 OK", "x-request-id: r-1\r\n", br#"{"a":1}"#));
    let reply = pets(&url).build().unwrap().get("7").with_response().await.unwrap();
    assert_eq!((reply.request_id(), reply.value().as_text()), (Some("r-1"), r#"{"a":1}"#));
    let asked = asked.recv().unwrap();
    assert!(asked.starts_with("GET /pets/7 HTTP/1.1\r\n"), "{asked}");
    for line in ["authorization: Bearer token-1", "user-agent: pets/1.2.3", "accept-encoding: gzip", "x-pets-sdk: rust"]
    {
        assert!(asked.contains(line), "{line} not in {asked}");
    }
}

#[tokio::test]
async fn the_default_transport_is_public() {
    use typewright_runtime::transport::{ReqwestTransport, reqwest};
    let (url, asked) = server(http("200 OK", "", b"{}"));
    let transport = ReqwestTransport::new(reqwest::Client::new());
    pets(&url).transport(Arc::new(transport.clone())).build().unwrap().get("7").await.unwrap();
    assert!(asked.recv().unwrap().starts_with("GET /pets/7 HTTP/1.1\r\n"));
    assert!(format!("{transport:?}").starts_with("ReqwestTransport"));
}

/// The same text, packed with brotli into 16 bytes.
const PACKED_BROTLI: [u8; 16] = [91, 1, 0, 132, 95, 10, 68, 164, 20, 185, 44, 16, 152, 123, 63, 144];

#[tokio::test]
async fn packed_answers_are_unpacked_and_capped_by_what_they_unpack_to() {
    for (encoding, packed) in [("gzip", packed()), ("br", PACKED_BROTLI.to_vec())] {
        let headers = format!("content-encoding: {encoding}\r\n");
        let (url, asked) = server(http("200 OK", &headers, &packed));
        let text = pets(&url).build().unwrap().get("7").await.unwrap();
        assert_eq!(text.as_text().len(), 262_146, "{encoding}");
        let asked = asked.recv().unwrap();
        let accepted = asked.lines().find(|line| line.starts_with("accept-encoding:")).unwrap();
        assert!(accepted.contains(encoding), "{accepted}");
        let error = pets(&url).max_response_bytes(10_000).build().unwrap().get("7").await.unwrap_err();
        assert!(error.is_too_large(), "{encoding}: {error}");
        // Cut short or not packed at all: a broken exchange, never half an answer.
        for broken in [&packed[..packed.len() - 3], b"{}".as_slice()] {
            let (url, _asked) = server(http("200 OK", &headers, broken));
            let error = pets(&url).build().unwrap().get("7").await.unwrap_err();
            assert!(error.is_network(), "{encoding}: {error}");
        }
    }
}

/// A server that wants the length of every body answers 411 without it.
#[tokio::test]
async fn no_body_is_told_where_there_could_be_one() {
    let check = async |method: &str, expected: bool| {
        let (url, asked) = server(http("200 OK", "", b"{}"));
        pets(&url).build().unwrap().client.request::<ApiError>(method, "/x").await.unwrap();
        let asked = asked.recv().unwrap();
        assert_eq!(asked.contains("\r\ncontent-length: 0\r\n"), expected, "{asked}");
    };
    for method in ["POST", "PUT", "PATCH"] {
        check(method, true).await;
    }
    for method in ["GET", "HEAD", "DELETE", "OPTIONS"] {
        check(method, false).await;
    }
}

#[tokio::test]
async fn redirects_are_left_to_the_runtime() {
    let (other, asked_other) = server(http("200 OK", "", b"{}"));
    let (url, _asked) = server(http("302 Found", &format!("location: {other}/x\r\n"), b""));
    let client = pets(&url).build().unwrap();
    client.get("7").await.unwrap();
    let asked = asked_other.recv().unwrap();
    assert!(
        asked.starts_with("GET /x") && !asked.contains("authorization") && !asked.contains("x-pets-sdk"),
        "{asked}"
    );
    assert_eq!(client.create("Rex").await.unwrap_err().status(), Some(302));
}

#[tokio::test]
async fn faults_of_the_connection() {
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let error = pets(&closed).build().unwrap().create("Rex").await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    let (url, _asked) = server(Vec::new());
    let error = pets(&url).build().unwrap().create("Rex").await.unwrap_err();
    assert!(error.is_network() && !error.is_connect(), "{error}");
    let (url, _asked) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec());
    let error = pets(&url).build().unwrap().get("7").await.unwrap_err();
    assert!(error.is_network() && !error.is_connect(), "{error}");
}

#[tokio::test]
async fn errors_show_no_query() {
    let error =
        pets("http://127.0.0.1:1").build().unwrap().get("7").options(|o| o.query("key", "hunter2")).await.unwrap_err();
    let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}"));
    assert!(!format!("{error} {error:?} {source:?}").contains("hunter2"));
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let mut call = std::pin::pin!(pets("http://127.0.0.1:1").build().unwrap().get("7").into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else { panic!("not ready") };
    assert!(error.is_configuration() && error.message().contains("Tokio runtime"), "{error}");
}

/// reqwest would panic there, or wait for ever.
#[test]
fn a_runtime_without_drivers_is_told_each_time() {
    let (timer, io) = ("this Tokio runtime has no timer", "this Tokio runtime has no IO");
    let built = |set: fn(&mut tokio::runtime::Builder) -> &mut tokio::runtime::Builder| {
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        threads.worker_threads(1);
        [tokio::runtime::Builder::new_current_thread(), threads].map(|mut builder| set(&mut builder).build().unwrap())
    };
    let cases = [
        (built(|builder| builder), timer),
        (built(|builder| builder.enable_io()), timer),
        (built(|builder| builder.enable_time()), io),
    ];
    for (runtimes, expected) in cases {
        for runtime in runtimes {
            for given in [Credentials::bearer("t"), Credentials::client_credentials("id", "secret")] {
                let builder = rt::Builder::<Pets>::new().base_url("http://127.0.0.1:1").credentials(given);
                let pets = builder.rate_limit(1).wait_for_rate_limit(true).build().unwrap();
                for _ in 0..3 {
                    let error = runtime.block_on(pets.get("7").into_future()).unwrap_err();
                    assert!(error.is_configuration() && error.message().starts_with(expected), "{error}");
                }
            }
            // A sleeper of one's own does not make reqwest's connections work.
            let time = std::sync::Arc::new(typewright_runtime::testing::ManualTime::new());
            let pets = pets("http://127.0.0.1:1").sleeper(time).build().unwrap();
            let error = runtime.block_on(pets.create("Rex").into_future()).unwrap_err();
            assert!(error.is_configuration() && error.message().starts_with(expected), "{error}");
        }
    }
}

#[test]
fn one_client_serves_several_runtimes() {
    let (url, _asked) = server(http("200 OK", "", b"{}"));
    let client = pets(&url).build().unwrap();
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { client.get("7").await.unwrap() });
    }
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn ones_own_http_client() {
    // The runtime leaves the process's provider alone, so a client of one's own needs one. Another test may have been first.
    rustls::crypto::ring::default_provider().install_default().ok();
    let (url, asked) = server(http("200 OK", "", b"{}"));
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    pets(&url).http_client(http.clone()).build().unwrap().get("7").await.unwrap();
    assert!(asked.recv().unwrap().contains("Bearer token-1"));
    let error = pets(&url).http_client(http).root_certificate(b"x".to_vec()).build().unwrap_err();
    assert!(error.is_configuration() && error.message().contains("your own"), "{error}");
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn root_certificates_are_checked() {
    for file in
        ["-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----", "-----BEGIN NOTHING-----\n-----END NOTHING-----"]
    {
        let error = pets("https://h.example").root_certificate(file).build().unwrap_err();
        assert!(error.is_configuration(), "{error}");
    }
}

#[tokio::test]
async fn a_proxy_is_asked_instead() {
    let (url, asked) = server(http("200 OK", "", b"{}"));
    pets("http://pets.example").proxy(url).build().unwrap().get("7").await.unwrap();
    assert!(asked.recv().unwrap().starts_with("GET http://pets.example/pets/7 "));
    let error = pets("http://pets.example").proxy("http://u:hunter2@[bad").build().unwrap_err();
    let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}"));
    assert!(error.is_configuration() && !format!("{error:?} {source:?}").contains("hunter2"), "{error:?} {source:?}");
}

#[tokio::test]
async fn a_slow_answer_is_cut_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let request =
        pets(&url).timeout(Duration::from_millis(20)).build().unwrap().client.request::<ApiError>("GET", "/x");
    assert_eq!(request.await.unwrap_err().message(), "request timed out after 20ms");
}

/// What is sent on a stream.
type OnStream = fn(u32) -> Vec<u8>;

/// A server of HTTP/2 as far as this goes: the answers to its requests, one after the other, whatever connections they come by.
/// Connections are left open, so that their end is not what a client sees. Tells of every request.
fn http2(answers: Vec<OnStream>) -> (String, mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    let answers = Arc::new(Mutex::new(VecDeque::from(answers)));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, sender, answers) = (stream.unwrap(), sender.clone(), Arc::clone(&answers));
            std::thread::spawn(move || {
                let mut preface = [0; 24];
                stream.read_exact(&mut preface).unwrap();
                assert!(preface.starts_with(b"PRI * HTTP/2.0"));
                stream.write_all(&frame(SETTINGS, 0, 0, &[])).unwrap();
                while let Some((kind, flags, id)) = read_frame(&mut stream) {
                    if kind == SETTINGS && flags == 0 {
                        stream.write_all(&frame(SETTINGS, 1, 0, &[])).unwrap();
                    } else if kind == HEADERS {
                        sender.send(()).ok();
                        let answer = answers.lock().unwrap().pop_front();
                        stream.write_all(&answer.map(|answer| answer(id)).unwrap_or_default()).unwrap();
                    }
                }
            });
        }
    });
    (address, receiver)
}

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Kind, flags and stream of a frame.
fn read_frame(stream: &mut TcpStream) -> Option<(u8, u8, u32)> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).ok()?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
    stream.read_exact(&mut vec![0; length]).ok()?;
    Some((head[3], head[4], u32::from_be_bytes([head[5], head[6], head[7], head[8]])))
}

/// A GOAWAY with the last stream that the server looked at, and why.
fn go_away(last: u32, reason: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat())
}

/// Facts of an API whose writes may be repeated where that is safe.
static PLAIN: rt::ClientFacts = rt::ClientFacts::new("plain", "1");
struct Plain(rt::Client);
impl rt::ApiClient for Plain {
    type Error = ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &PLAIN;
    fn from_client(client: rt::Client) -> Self {
        Self(client)
    }
}

/// reqwest wants TLS for what never speaks it, too.
#[cfg(feature = "rustls")]
fn no_roots() -> rustls::ClientConfig {
    let config = rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into());
    let config = config.with_safe_default_protocol_versions().unwrap();
    config.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

/// A write through HTTP/2 whose first request is answered so and whose second one gets 204: the error, if there is one, and how
/// many requests there were.
#[cfg(feature = "rustls")]
async fn written(first: OnStream) -> (Option<rt::Error<ApiError>>, usize) {
    // 0x89 is `:status: 204` by HPACK's static table.
    let (url, asked) = http2(vec![first, |id| frame(HEADERS, 5, id, &[0x89])]);
    let client = reqwest::Client::builder().http2_prior_knowledge().retry(reqwest::retry::never());
    let client = client.tls_backend_preconfigured(no_roots()).build().unwrap();
    let plain: Plain = rt::Builder::new().base_url(url).http_client(client).build().unwrap();
    let error = plain.0.request::<ApiError>("POST", "/orders").json(&rt::Json::from("x")).await.err();
    (error, asked.try_iter().count())
}

fn reset(stream: u32, reason: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, stream, &reason.to_be_bytes())
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_write_that_http_2_refused_unseen_is_repeated() {
    // REFUSED_STREAM, and GOAWAY in front of the stream: with NO_ERROR and with INTERNAL_ERROR.
    let refused: [OnStream; 3] = [|id| reset(id, 7), |id| go_away(id - 1, 0), |id| go_away(id - 1, 2)];
    for (at, first) in refused.into_iter().enumerate() {
        let (error, count) = written(first).await;
        assert!(error.is_none(), "{at} {error:?}");
        assert_eq!(count, 2);
    }
    // What the server looked at, or may have: INTERNAL_ERROR, CANCEL, and a GOAWAY behind which the stream breaks.
    let begun: [OnStream; 3] = [|id| reset(id, 2), |id| reset(id, 8), |id| [go_away(id, 0), reset(id, 2)].concat()];
    for (at, first) in begun.into_iter().enumerate() {
        let (error, count) = written(first).await;
        assert!(error.is_some_and(|error| error.is_network()), "{at}");
        assert_eq!(count, 1);
    }
}
