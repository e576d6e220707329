//! Resets and GOAWAY of an HTTP/2 server over TLS.
//!
//! Owns a server of single frames (RFC 9113): it reads no header of a request, since calls follow one another and each has
//! a script. Held: what the server says it has not executed is sent again, writes too; what it may have executed is not.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Kind, call, on_runtime};
use crate::api::{Credentials, Target};
use crate::{Plan, Row};

/// What the server does with a whole request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Answer,
    /// RST_STREAM with this code.
    Reset(u32),
    /// The headers of a response, then RST_STREAM.
    AnswerAndReset,
    /// GOAWAY that names the last stream before this one: nothing of it was executed.
    GoAwayBelow,
    /// GOAWAY that names this stream: it may have been executed.
    GoAwayAt,
    /// Closes the connection.
    Close,
}

/// RFC 9113, section 7.
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

const ACTS: [Act; 8] = [
    Act::Reset(REFUSED_STREAM),
    Act::GoAwayBelow,
    Act::Reset(INTERNAL_ERROR),
    Act::Reset(CANCEL),
    Act::Reset(ENHANCE_YOUR_CALM),
    Act::AnswerAndReset,
    Act::GoAwayAt,
    Act::Close,
];

impl Act {
    /// Whether the server says that it has not acted on the request (RFC 9113, section 8.7).
    fn is_unexecuted(self) -> bool {
        matches!(self, Self::GoAwayBelow | Self::Reset(REFUSED_STREAM))
    }
}

/// What is to be done next, and what was done.
#[derive(Default)]
struct Script {
    next: VecDeque<Act>,
    done: Vec<Act>,
}

type Shared = Arc<Mutex<Script>>;

pub(crate) fn run(plan: Plan) -> Vec<Row> {
    let rounds = (plan.calls / 2_000).clamp(1, 20);
    on_runtime(async move {
        let mut rows: Vec<Row> = Kind::ALL.iter().map(|kind| Row::new(format!("http2/{}", kind.name()))).collect();
        let (client, script) = match start() {
            Ok(started) => started,
            Err(error) => {
                rows[0].case(Some(error));
                return rows;
            }
        };
        for (kind, row) in Kind::ALL.iter().zip(&mut rows) {
            for _ in 0..rounds {
                for act in ACTS {
                    row.case(one(&client, &script, *kind, act).await.err().map(|broken| format!("{act:?}: {broken}")));
                }
            }
        }
        rows
    })
}

async fn one(client: &Target, script: &Shared, kind: Kind, act: Act) -> Result<(), String> {
    {
        let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
        (script.next, script.done) = (VecDeque::from([act]), Vec::new());
    }
    let end = call(client, kind, "case").await;
    let done = std::mem::take(&mut script.lock().unwrap_or_else(PoisonError::into_inner).done);
    let executed = done.iter().filter(|act| !act.is_unexecuted()).count();
    let is_repeated = kind != Kind::Unsafe;
    match end {
        Err(error) if act.is_unexecuted() => Err(format!("not sent again, although nothing was executed: {error}")),
        _ if !is_repeated && executed > 1 => Err(format!("executed {executed} times: {done:?}")),
        Ok(_) if !is_repeated && !act.is_unexecuted() => Err("a value without a response".to_owned()),
        _ => Ok(()),
    }
}

/// A client, and the script of the server that it talks to.
fn start() -> Result<(Target, Shared), String> {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).map_err(|e| e.to_string())?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let mut config = config
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .map_err(|error| error.to_string())?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let script = Shared::default();
    let (shared, config) = (Arc::clone(&script), Arc::new(config));
    // The thread ends with the process: a listener has no way to be told.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (shared, config) = (Arc::clone(&shared), Arc::clone(&config));
            std::thread::spawn(move || serve(stream, config, &shared));
        }
    });
    let client = Target::builder().base_url(format!("https://localhost:{port}"));
    let client = client.credentials(Credentials::bearer("token-0")).root_certificate(certified.cert.pem());
    let client = client.timeout(Duration::from_secs(20)).total_timeout(Duration::from_secs(60)).build();
    Ok((client.map_err(|error| error.to_string())?, script))
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, script: &Shared) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = StreamOwned::new(connection, stream);
    let mut preface = [0; 24];
    if stream.read_exact(&mut preface).is_err() || stream.write_all(&frame(4, 0, 0, &[])).is_err() {
        return;
    }
    while let Ok((kind, flags, id)) = read_frame(&mut stream) {
        let replies = match kind {
            4 if flags & 1 == 0 => frame(4, 1, 0, &[]),
            // HEADERS or DATA with END_STREAM: the request is whole.
            0 | 1 if flags & 1 == 1 => {
                let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
                let act = script.next.pop_front().unwrap_or(Act::Answer);
                script.done.push(act);
                replies(act, id)
            }
            _ => continue,
        };
        let closes = replies.is_empty() || replies[3] == 7;
        if stream.write_all(&replies).and_then(|()| stream.flush()).is_err() || closes {
            return;
        }
    }
}

/// Reads a frame: its type, flags and stream. What is in it does not matter.
fn read_frame(stream: &mut impl Read) -> std::io::Result<(u8, u8, u32)> {
    let mut head = [0; 9];
    stream.read_exact(&mut head)?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    std::io::copy(&mut stream.take(u64::from(length)), &mut std::io::sink())?;
    Ok((head[3], head[4], u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]])))
}

fn frame(kind: u8, flags: u8, id: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or_default().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &id.to_be_bytes()].concat();
    [head.as_slice(), payload].concat()
}

fn replies(act: Act, id: u32) -> Vec<u8> {
    // RFC 7541: `:status: 200` is entry 8 of the static table, `content-type` entry 31, here with a literal value.
    let headers = [&[0x88, 0x0f, 0x10, 16], b"application/json".as_slice()].concat();
    let headers = frame(1, 4, id, &headers);
    let go_away = |last: u32| frame(7, 0, 0, &[last.to_be_bytes(), [0; 4]].concat());
    match act {
        Act::Answer => [headers, frame(0, 1, id, br#"{"id":"case"}"#)].concat(),
        Act::Reset(code) => frame(3, 0, id, &code.to_be_bytes()),
        Act::AnswerAndReset => [headers, frame(3, 0, id, &INTERNAL_ERROR.to_be_bytes())].concat(),
        Act::GoAwayBelow => go_away(id.saturating_sub(2)),
        Act::GoAwayAt => go_away(id),
        Act::Close => Vec::new(),
    }
}
