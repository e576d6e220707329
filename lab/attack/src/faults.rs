//! The faults of a server, as a table: what it writes, and what a call may make of it.

use std::io::Write as _;
use std::sync::OnceLock;
use std::time::Duration;

/// What a server does next on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Write(Vec<u8>),
    Wait(Duration),
    /// Ends the connection in an orderly way.
    Close,
    /// Ends the connection by a reset.
    Reset,
    /// Does nothing until the client gives up.
    Stall,
}

/// What a call whose last request met a fault may give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// The value that the server sent.
    Value,
    /// An error.
    Error,
    /// Either, because the fault is a race or harmless to a lenient reader.
    Either,
}

/// One way in which a server fails.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) outcome: Outcome,
    /// Whether the whole request is read first, so that the server may have acted on it.
    pub(crate) reads_body: bool,
    /// The steps, given the body of a sound response.
    pub(crate) steps: fn(&str) -> Vec<Step>,
}

const JSON: &str = "content-type: application/json\r\n";

/// A whole response with its length.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    framed(status, headers, body.as_bytes())
}

fn framed(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{JSON}{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn sound(body: &str) -> Vec<u8> {
    http("200 OK", "", body)
}

/// The beginning of a response whose rest a fault writes.
fn head(status: &str, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{JSON}{headers}\r\n").into_bytes()
}

fn half(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len().saturating_sub(3)].to_vec()
}

const fn fault(name: &'static str, outcome: Outcome, steps: fn(&str) -> Vec<Step>) -> Fault {
    Fault { name, outcome, reads_body: true, steps }
}

use Outcome::{Either, Error, Value};
use Step::{Close, Reset, Stall, Wait, Write};

/// No fault.
pub(crate) static OK: Fault = fault("ok", Value, |body| vec![Write(sound(body))]);

/// 401, which a client may answer with a new token once.
pub(crate) static UNAUTHORIZED: Fault =
    fault("401", Error, |_| vec![Write(http("401 Unauthorized", "", r#"{"code":"bad_token"}"#))]);

/// Faults by which a server sends a read somewhere else: one more request, and no attempt.
pub(crate) const REDIRECT: &str = "a redirect to itself";

/// Everything that can go wrong between two sound hosts, and much that cannot.
pub(crate) static FAULTS: &[Fault] = &[
    Fault { name: "closes after the head", outcome: Error, reads_body: false, steps: |_| vec![Close] },
    Fault {
        name: "answers before the body and closes",
        outcome: Either,
        reads_body: false,
        steps: |body| vec![Write(http("200 OK", "connection: close\r\n", body)), Close],
    },
    fault("closes after the request", Error, |_| vec![Close]),
    fault("resets after the request", Error, |_| vec![Reset]),
    fault("closes after the status line", Error, |_| vec![Write(b"HTTP/1.1 200 OK\r\n".to_vec()), Close]),
    fault("closes after the headers", Error, |_| vec![Write(head("200 OK", "content-length: 9\r\n")), Close]),
    fault("closes in the body", Error, |body| vec![Write(half(&sound(body))), Close]),
    fault("resets in the body", Error, |body| vec![Write(half(&sound(body))), Reset]),
    fault("stalls before the status", Error, |_| vec![Stall]),
    fault("stalls after the headers", Error, |_| vec![Write(head("200 OK", "content-length: 9\r\n")), Stall]),
    fault("stalls in the body", Error, |body| vec![Write(half(&sound(body))), Stall]),
    fault("drips slowly", Either, |body| {
        let bytes = sound(body);
        bytes.chunks(8).flat_map(|chunk| [Write(chunk.to_vec()), Wait(Duration::from_millis(1))]).collect()
    }),
    fault("sends words", Error, |_| vec![Write(b"BLAH BLAH\r\n\r\n".to_vec()), Close]),
    fault("sends noise", Error, |_| vec![Write((0..=255).cycle().take(4096).collect()), Close]),
    fault("speaks HTTP/2", Error, |_| vec![Write(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80".to_vec()), Close]),
    fault("switches protocols", Error, |_| vec![Write(head("101 Switching Protocols", "upgrade: x\r\n")), Close]),
    fault("length too short", Either, |body| {
        let short = format!("content-length: {}\r\n", body.len().saturating_sub(3));
        vec![Write([head("200 OK", &short), body.as_bytes().to_vec()].concat())]
    }),
    fault("length too long", Error, |body| {
        let long = format!("content-length: {}\r\n", body.len() + 9);
        vec![Write([head("200 OK", &long), body.as_bytes().to_vec()].concat()), Close]
    }),
    fault("two lengths", Error, |body| {
        vec![
            Write([head("200 OK", "content-length: 3\r\ncontent-length: 9\r\n"), body.as_bytes().to_vec()].concat()),
            Close,
        ]
    }),
    fault("negative length", Error, |body| {
        vec![Write([head("200 OK", "content-length: -9\r\n"), body.as_bytes().to_vec()].concat()), Close]
    }),
    fault("chunk cut off", Error, |_| vec![Write([head("200 OK", CHUNKED), b"9\r\n{\"id\"".to_vec()].concat()), Close]),
    fault("chunk size is none", Error, |_| {
        vec![Write([head("200 OK", CHUNKED), b"zz\r\n{\"id\":\"\"}\r\n0\r\n\r\n".to_vec()].concat()), Close]
    }),
    fault("chunk size overflows", Error, |_| {
        vec![Write([head("200 OK", CHUNKED), b"ffffffffffffffffff\r\n{".to_vec()].concat()), Close]
    }),
    fault("no last chunk", Error, |body| {
        vec![Write([head("200 OK", CHUNKED), format!("{:x}\r\n{body}\r\n", body.len()).into_bytes()].concat()), Close]
    }),
    fault("no length, closed", Value, |body| {
        vec![Write([head("200 OK", "connection: close\r\n"), body.as_bytes().to_vec()].concat()), Close]
    }),
    fault("a thousand 100s", Either, |body| {
        vec![Write([b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000), sound(body)].concat())]
    }),
    fault("100s without end", Error, |_| {
        vec![Write(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(2000)), Stall]
    }),
    fault("a huge header", Either, |body| {
        vec![Write(http("200 OK", &format!("x-huge: {}\r\n", "a".repeat(1 << 20)), body)), Close]
    }),
    fault("many headers", Either, |body| {
        let many: String = (0..10_000).map(|n| format!("x-{n}: 1\r\n")).collect();
        vec![Write(http("200 OK", &many, body)), Close]
    }),
    fault("NUL in a header", Either, |body| vec![Write(http("200 OK", "x-nul: a\0b\r\n", body)), Close]),
    fault("a folded header", Either, |body| vec![Write(http("200 OK", "x-fold: a\r\n b\r\n", body)), Close]),
    fault("no gzip though it says so", Error, |body| vec![Write(http("200 OK", "content-encoding: gzip\r\n", body))]),
    fault("gzip cut off", Error, |_| {
        vec![Write(framed("200 OK", "content-encoding: gzip\r\n", &half(&gzip(b"{\"id\":\"x\"}"))))]
    }),
    fault("a gzip bomb", Error, |_| vec![Write(framed("200 OK", "content-encoding: gzip\r\n", gzip_bomb()))]),
    fault("a brotli bomb", Error, |_| vec![Write(framed("200 OK", "content-encoding: br\r\n", brotli_bomb()))]),
    fault("a body above the cap", Error, |_| vec![Write(framed("200 OK", "", &vec![b' '; 2 << 20]))]),
    fault("nothing", Error, |_| vec![Write(sound(""))]),
    fault("no JSON", Error, |_| vec![Write(http("200 OK", "", "<html>"))]),
    fault("JSON of another kind", Error, |_| vec![Write(http("200 OK", "", "[1]"))]),
    fault("JSON without the member", Error, |_| vec![Write(http("200 OK", "", "{}"))]),
    fault("bad UTF-8", Error, |_| vec![Write(framed("200 OK", "", b"{\"id\":\"\xff\"}"))]),
    fault("deep JSON", Error, |_| vec![Write(http("200 OK", "", &"[".repeat(100_000)))]),
    fault("429", Error, |_| vec![Write(http("429 Too Many Requests", "retry-after: 0\r\n", "{}"))]),
    fault("429, retry in a year", Error, |_| {
        vec![Write(http("429 Too Many Requests", "retry-after: 31536000\r\n", "{}"))]
    }),
    fault("429, retry at noise", Error, |_| {
        vec![Write(http("429 Too Many Requests", "retry-after: -1e309, \x7f\r\n", "{}"))]
    }),
    fault("500", Error, |_| vec![Write(http("500 Internal Server Error", "", "{}"))]),
    fault("502", Error, |_| vec![Write(http("502 Bad Gateway", "", "<html>"))]),
    fault("503", Error, |_| vec![Write(http("503 Service Unavailable", "retry-after: 0\r\n", ""))]),
    fault("504", Error, |_| vec![Write(http("504 Gateway Timeout", "", ""))]),
    fault("404", Error, |_| vec![Write(http("404 Not Found", "", r#"{"code":"none","message":"no"}"#))]),
    fault("409", Error, |_| vec![Write(http("409 Conflict", "", "{"))]),
    fault("status 999", Error, |_| vec![Write(http("999 What", "", "{}"))]),
    fault("a redirect without a place", Error, |_| vec![Write(http("302 Found", "", ""))]),
    fault(REDIRECT, Error, |_| vec![Write(http("307 Temporary Redirect", "location: \r\n", ""))]),
    fault("ok, then closes", Value, |body| vec![Write(sound(body)), Close]),
    fault("ok, then resets", Either, |body| vec![Write(sound(body)), Reset]),
    fault("two responses", Value, |body| vec![Write([sound(body), sound(r#"{"id":"stray"}"#)].concat())]),
];

const CHUNKED: &str = "transfer-encoding: chunked\r\n";

/// 64 MiB of spaces: more than the cap of a client under attack, from some ten thousand bytes.
const BOMB: usize = 64 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn gzip_bomb() -> &'static [u8] {
    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();
    PACKED.get_or_init(|| gzip(&vec![b' '; BOMB]))
}

fn brotli_bomb() -> &'static [u8] {
    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();
    PACKED.get_or_init(|| {
        let mut packed = Vec::new();
        {
            let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 1, 22);
            let _ = writer.write_all(&vec![b' '; BOMB]);
        }
        packed
    })
}
