//! A small stand-in for the Perkamo server, and a client that talks to it: enough for the examples.
//!
//! It is no reference for the real server; it answers with the shapes that `specs/perkamo.yaml` describes. It remembers
//! nothing but transaction ids, and of signatures it only looks whether they are there.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use perkamo::{Credentials, Perkamo};
use serde_json::{Value, json};

use crate::server::{Answer, Received, Server};

/// A client, and the stand-in server that it talks to (stopped when it is dropped).
pub struct Demo {
    /// Ready to use.
    pub perkamo: Perkamo,
    /// `None` when the client talks to the real API.
    pub server: Option<Server>,
}

/// With `PERKAMO_SECRET_KEY` set, everything comes from the environment; otherwise a stand-in server is started.
///
/// # Errors
///
/// When the environment does not describe a client.
pub async fn client() -> Result<Demo, perkamo::Error> {
    if std::env::var_os("PERKAMO_SECRET_KEY").is_some() {
        return Ok(Demo { perkamo: Perkamo::from_env()?, server: None });
    }
    let seen = Mutex::new(BTreeSet::new());
    let server = Server::start(move |request, _| reply(request, &seen)).await;
    let perkamo = Perkamo::builder().base_url(server.url()).credentials(Credentials::api_key("sk_demo")).build()?;
    Ok(Demo { perkamo, server: Some(server) })
}

fn reply(request: &Received, seen: &Mutex<BTreeSet<String>>) -> Answer {
    if request.path() == "/stream" && request.header("authorization") == "Bearer eyJ.demo" {
        return stream(request);
    }
    if request.header("x-perkamo-api-key") != "sk_demo" {
        return refused(401, "The key is not one of ours.");
    }
    if request.method == "POST" && !request.header("x-perkamo-signature").starts_with("v1=") {
        return refused(401, "The signature is missing.");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    match (request.method.as_str(), request.path()) {
        ("POST", "/v1/identify") => ok(json!({ "user_id": body["user_id"], "traits": body["traits"] })),
        ("POST", "/v1/events") if body["event"] == "unknown.event" => refused(422, "Nobody knows this event."),
        ("POST", "/v1/events") => ok(counted(&body, &mut seen)),
        ("POST", "/v1/events:batch") => {
            let events = body["events"].as_array().cloned().unwrap_or_default();
            ok(json!({ "results": events.iter().map(|event| counted(event, &mut seen)).collect::<Vec<_>>() }))
        }
        ("POST", "/v1/browser-tokens") => ok(json!({
            "token": "eyJ.demo", "token_type": "Bearer", "expires_at": "2026-06-01T10:10:00.000Z",
            "expires_in": body.get("ttl_seconds").unwrap_or(&json!(600)),
        })),
        ("GET", "/v1/program") => ok(json!({ "blueprint": { "earningRules": [
            { "event": "purchase.completed", "label": "Purchase" }, { "event": "app.opened", "label": "Visit" },
        ] } })),
        ("GET", path) if path.starts_with("/v1/customer/") => ok(json!({
            "user_id": path.trim_start_matches("/v1/customer/"), "traits": { "name": "Customer Test" },
            "wallets": { "points": 129 }, "level": level(), "perks": [{ "key": "vip", "name": "VIP" }],
        })),
        _ => refused(404, "There is no such route."),
    }
}

/// One event, and behind it the end.
fn stream(request: &Received) -> Answer {
    if !request.header("last-event-id").is_empty() {
        return Answer::empty(204);
    }
    let body =
        "retry: 1\nid: 1\nevent: customer\ndata: {\"user_id\":\"customer_123\",\"wallets\":{\"points\":258}}\n\n";
    let headers = vec![("content-type".to_owned(), "text/event-stream".to_owned())];
    Answer::Reply { status: 200, headers, body: body.into() }
}

fn counted(event: &Value, seen: &mut BTreeSet<String>) -> Value {
    let fresh = seen.insert(event["transaction_id"].to_string());
    let delta = if fresh { json!([{ "wallet": "points", "amount": 129 }]) } else { json!([]) };
    json!({
        "applied": fresh, "duplicate": !fresh, "delta": delta, "leveled_up": false, "unlocked": [],
        "wallet_state": { "points": 129 }, "level": level(),
    })
}

fn level() -> Value {
    json!({ "wallet": "points", "level": 2, "current": 129, "currentLevelAt": 100, "nextLevelAt": 500, "progress": 0.07 })
}

fn ok(body: Value) -> Answer {
    Answer::json(200, body.to_string())
}

fn refused(status: u16, message: &str) -> Answer {
    Answer::json(status, json!({ "message": message }).to_string()).with_header("x-perkamo-request-id", "req_demo")
}
