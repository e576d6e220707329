//! Redirects and links to next pages: who is followed where, and what goes along.
//!
//! Two servers on different ports are two origins, and so are two names of one host. Held: writes are never redirected, and
//! what proves the caller (token, constant headers, cookies, headers of the application) never reaches another origin.

use std::sync::Arc;

use super::{Kind, builder, on_runtime};
use crate::api::types::NewThing;
use crate::api::{Builder, Error, Target};
use crate::faults::{Step, http};
use crate::server::{Seen, Server};
use crate::{Plan, Row};

const STATUSES: [&str; 5] =
    ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"];

/// Whatever of these another origin reads is a violation.
const CANARIES: [&str; 6] = ["token-", "attack-secret", "YXR0YWNr", "canary", "x-target-sdk", "idempotency-key"];

/// Where a redirect leads: its name, and the URL for the ports of the API and of the stranger.
type Place = (&'static str, fn(u16, u16) -> String);

const PLACES: [Place; 7] = [
    ("same origin", |_, _| "/things/moved".to_owned()),
    ("another port", |_, other| format!("http://127.0.0.1:{other}/things/moved")),
    ("another name of the host", |own, _| format!("http://localhost:{own}/foreign")),
    ("without a scheme", |_, other| format!("//127.0.0.1:{other}/things/moved")),
    ("with a user in the URL", |_, other| format!("http://user:pass@127.0.0.1:{other}/things/moved")),
    ("there and back", |own, other| format!("http://127.0.0.1:{other}/back/{own}")),
    ("a port that is none", |_, _| "http://127.0.0.1:99999/x".to_owned()),
];

pub(crate) fn run(_: Plan) -> Vec<Row> {
    on_runtime(async {
        let Ok(other) = Server::answering(stranger).await else { return vec![Row::new("redirects: no server")] };
        let other = Arc::new(other);
        let mut rows = Vec::new();
        for kind in Kind::ALL {
            let mut row = Row::new(format!("redirects/{}", kind.name()));
            for status in STATUSES {
                for place in PLACES {
                    let broken = redirected(&other, kind, status, place).await.err();
                    row.case(broken.map(|broken| format!("{status}, {}: {broken}", place.0)));
                }
            }
            rows.push(row);
        }
        rows.push(next_links(&other).await);
        rows.push(token_endpoint(&other).await);
        rows
    })
}

/// The other origin sends everything back that asks for `/back/PORT`, and answers the rest.
fn stranger(seen: &Seen) -> Vec<Step> {
    let answer = match seen.path().strip_prefix("/back/") {
        Some(port) => http("302 Found", &format!("location: http://127.0.0.1:{port}/foreign\r\n"), ""),
        None => http("200 OK", "", r#"{"id":"stranger","items":[]}"#),
    };
    vec![Step::Write(answer)]
}

fn armed(url: &str) -> Builder<Target> {
    builder(url).header("x-gateway", "canary-of-the-application")
}

async fn call(client: &Target, kind: Kind) -> Result<(), Error> {
    let body = NewThing::new("n");
    let things = client.things();
    match kind {
        Kind::Read => {
            things.get("7").mark("canary-cookie").header("x-user-token", "canary-of-the-call").await.map(drop)
        }
        Kind::Replace => things.replace("7", &body).header("x-user-token", "canary-of-the-call").await.map(drop),
        Kind::Unsafe => things.create(&body).header("x-user-token", "canary-of-the-call").await.map(drop),
        Kind::Keyed => client.orders().create(&body).header("x-user-token", "canary-of-the-call").await.map(drop),
    }
}

async fn redirected(other: &Server, kind: Kind, status: &'static str, place: Place) -> Result<(), String> {
    let port = other.port();
    let own = Server::answering(move |seen| {
        let own = seen.header("host").and_then(|host| host.rsplit(':').next()).and_then(|port| port.parse().ok());
        let location = (place.1)(own.unwrap_or_default(), port);
        vec![Step::Write(match seen.path() {
            "/things/moved" | "/foreign" => http("200 OK", "", r#"{"id":"moved"}"#),
            _ => http(status, &format!("location: {location}\r\n"), ""),
        })]
    })
    .await
    .map_err(|error| error.to_string())?;
    let _ = other.take();
    let client = armed(&own.url()).build().map_err(|error| error.to_string())?;
    let end = call(&client, kind).await;
    let mut foreign = other.take();
    let calls: Vec<Seen> = own.take().into_iter().filter(|seen| !seen.is_token()).collect();
    foreign.extend(calls.iter().filter(|seen| seen.path() == "/foreign").cloned());
    if let Some(leak) = leak(&foreign) {
        return Err(leak);
    }
    match kind {
        Kind::Read => Ok(()),
        _ if !foreign.is_empty() || calls.len() != 1 => {
            Err(format!("a write was sent on: {} and {}", calls.len(), foreign.len()))
        }
        _ if end.is_ok() => Err("a write that was not executed gave a value".to_owned()),
        _ => Ok(()),
    }
}

/// What another origin has read of the caller.
fn leak(foreign: &[Seen]) -> Option<String> {
    let mut texts = foreign.iter().flat_map(|seen| {
        let headers = seen.headers.iter().map(|(name, value)| format!("{name}: {value}"));
        headers.chain([seen.target.clone(), String::from_utf8_lossy(&seen.body).into_owned()])
    });
    texts
        .find(|text| CANARIES.iter().any(|canary| text.contains(canary)))
        .map(|text| format!("told to another origin: {text}"))
}

/// A list whose next page is on another origin ends with an error, and nothing of the caller goes there.
async fn next_links(other: &Server) -> Row {
    let mut row = Row::new("redirects/next links");
    let port = other.port();
    let places: [fn(u16) -> String; 3] = [
        |port| format!("<http://127.0.0.1:{port}/things?page=2>; rel=\"next\""),
        |port| format!("<//127.0.0.1:{port}/things?page=2>; rel=next"),
        |port| format!("<https://127.0.0.1:{port}/things?page=2>; rel=next"),
    ];
    for place in places {
        let link = place(port);
        let shown = link.clone();
        let own = Server::answering(move |_| {
            vec![Step::Write(http("200 OK", &format!("link: {link}\r\n"), r#"{"items":[{"id":"1"}]}"#))]
        });
        let Ok(own) = own.await else { continue };
        let Ok(client) = armed(&own.url()).build() else { continue };
        let _ = other.take();
        let mut items = client.things().list().items();
        let mut end = Ok(());
        loop {
            match items.try_next().await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => {
                    end = Err(error);
                    break;
                }
            }
        }
        let foreign = other.take();
        row.case(match (leak(&foreign), end) {
            (Some(leak), _) => Some(format!("{shown}: {leak}")),
            (None, Ok(())) => Some(format!("{shown}: the list ended as if it were whole")),
            (None, Err(_)) => None,
        });
    }
    row
}

/// A token endpoint that redirects gets no credentials sent on.
async fn token_endpoint(other: &Server) -> Row {
    let mut row = Row::new("redirects/token endpoint");
    for status in STATUSES {
        let Ok(own) = Server::start().await else { continue };
        let location = format!("http://127.0.0.1:{}/token", other.port());
        own.redirect_tokens(status, &location);
        let _ = other.take();
        let Ok(client) = armed(&own.url()).build() else { continue };
        let end = call(&client, Kind::Read).await;
        row.case(match leak(&other.take()) {
            Some(leak) => Some(format!("{status}: {leak}")),
            None if end.is_ok() => Some(format!("{status}: a call without a token gave a value")),
            None => None,
        });
    }
    row
}
