//! Values that try to be more than a value: in paths, queries, headers, cookies, bodies, names of parts.
//!
//! Held: the server reads exactly what the caller gave, in the place where it was given, or the call is refused before
//! anything is sent; one call is one request.

use super::{builder, on_runtime};
use crate::api::types::{NewThing, SendFileBody};
use crate::api::{Error, FilePart, Target};
use crate::server::{Seen, Server};
use crate::{Plan, Row};

/// Texts that end something somewhere.
const VALUES: &[&str] = &[
    "a\r\nx-injected: 1",
    "a\nx-injected: 1\r\n\r\nGET /evil HTTP/1.1",
    "a\0b",
    "../../admin",
    "..",
    ".",
    "%2e%2e%2fadmin",
    "a/b",
    "a?x=1&y=2",
    "a#fragment",
    "a;b=c",
    "a, b",
    "\"quoted\"; filename=\"evil",
    "a\\b",
    "a b+c%20d",
    "{id}",
    "ä€😀",
    "a\u{202e}b\u{200b}c",
    "--boundary--\r\ncontent-disposition: form-data; name=\"evil\"",
    "\u{7f}\u{1}",
    " ",
    "",
];

/// Where a value is put.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Path,
    Query,
    Header,
    Cookie,
    Body,
    ExtraHeader,
    ExtraHeaderName,
    ExtraQuery,
    RawPath,
    FileName,
    Part,
    Key,
}

const PLACES: [Place; 12] = [
    Place::Path,
    Place::Query,
    Place::Header,
    Place::Cookie,
    Place::Body,
    Place::ExtraHeader,
    Place::ExtraHeaderName,
    Place::ExtraQuery,
    Place::RawPath,
    Place::FileName,
    Place::Part,
    Place::Key,
];

pub(crate) fn run(_: Plan) -> Vec<Row> {
    on_runtime(async {
        let Ok(server) = Server::start().await else { return vec![Row::new("injections: no server")] };
        let Ok(client) = builder(&server.url()).build() else { return vec![Row::new("injections: no client")] };
        let mut rows = Vec::new();
        for place in PLACES {
            let mut row = Row::new(format!("injections/{place:?}").to_lowercase());
            let mut refused = 0;
            for value in VALUES {
                let _ = server.take();
                let end = send(&client, place, value).await;
                let seen: Vec<Seen> = server.take().into_iter().filter(|seen| !seen.is_token()).collect();
                refused += usize::from(seen.is_empty());
                row.case(judge(place, value, &end, &seen).map(|broken| format!("{value:?}: {broken}")));
            }
            row.figures = format!("{refused} refused");
            rows.push(row);
        }
        rows
    })
}

async fn send(client: &Target, place: Place, value: &str) -> Result<(), Error> {
    let things = client.things();
    match place {
        Place::Path => things.get(value).await.map(drop),
        Place::Query => things.get("7").q(value).await.map(drop),
        Place::Header => things.get("7").x_note(value).await.map(drop),
        Place::Cookie => things.get("7").mark(value).await.map(drop),
        Place::Body => things.create(&NewThing::new(value)).await.map(drop),
        Place::ExtraHeader => things.get("7").header("x-extra", value).await.map(drop),
        Place::ExtraHeaderName => things.get("7").header(value, "1").await.map(drop),
        Place::ExtraQuery => things.get("7").query("extra", value).await.map(drop),
        Place::RawPath => client.request("GET", &format!("/raw/{value}")).await.map(drop),
        Place::FileName => {
            let file = FilePart::new("content").file_name(value);
            client.files().send(&SendFileBody::new(file)).await.map(drop)
        }
        Place::Part => client.files().send(&SendFileBody::new(FilePart::new("c")).note(value)).await.map(drop),
        Place::Key => client.orders().create(&NewThing::new("n")).idempotency_key(value).await.map(drop),
    }
}

fn judge(place: Place, value: &str, end: &Result<(), Error>, seen: &[Seen]) -> Option<String> {
    let one = match seen {
        [] if end.is_err() => return None,
        [one] => one,
        _ => return Some(format!("{} requests for one call, which gave {end:?}", seen.len())),
    };
    if one.header("x-injected").is_some() || one.target.contains("evil") && !value.contains("evil") {
        return Some("it broke out".to_owned());
    }
    let path = one.path().to_owned();
    let read = match place {
        Place::Path => path.strip_prefix("/things/").filter(|id| !id.contains('/')).map(percent_decoded),
        Place::Query => query(one, "q"),
        Place::ExtraQuery => query(one, "extra"),
        Place::Header => one.header("x-note").map(str::to_owned),
        Place::ExtraHeader => one.header("x-extra").map(str::to_owned),
        Place::Key => one.header("idempotency-key").map(str::to_owned),
        // How these are escaped is their format's affair; that they stay where they are is judged below.
        Place::Cookie | Place::Body | Place::FileName | Place::Part | Place::ExtraHeaderName | Place::RawPath => None,
    };
    match (place, read) {
        (Place::Path | Place::Query | Place::ExtraQuery, read) if read.as_deref() != Some(value) => {
            Some(format!("read as {read:?}"))
        }
        // RFC 9110, section 5.5: blanks around a value are none of it.
        (Place::Header | Place::ExtraHeader | Place::Key, read) if read.as_deref() != Some(value.trim()) => {
            Some(format!("read as {read:?}"))
        }
        (Place::RawPath, _) if !path.starts_with("/raw/") => Some(format!("the path is {path}")),
        (Place::FileName | Place::Part, _) => parts(one),
        (Place::Cookie, _) => one.header("cookie").filter(|cookie| cookie.contains(';')).map(|c| format!("cookie {c}")),
        _ => None,
    }
}

/// A multipart body must have the parts that the call gave, and no other.
fn parts(seen: &Seen) -> Option<String> {
    let text = String::from_utf8_lossy(&seen.body);
    let boundary = seen.header("content-type")?.split("boundary=").nth(1)?.trim_matches('"').to_owned();
    let delimiter = format!("--{boundary}\r\n");
    let evil = text
        .split(&delimiter)
        .skip(1)
        .filter_map(|part| part.split("\r\n\r\n").next())
        .any(|head| head.lines().any(|line| line.contains("name=\"evil\"")));
    evil.then(|| format!("a part broke out: {text}"))
}

fn query(seen: &Seen, name: &str) -> Option<String> {
    let query = seen.target.split_once('?')?.1;
    let mut found = query.split('&').filter_map(|pair| pair.split_once('=')).filter(|(key, _)| *key == name);
    let value = found.next()?.1;
    found.next().is_none().then(|| percent_decoded(value))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
