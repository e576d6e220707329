//! A small stand-in for the Refport server, and a client that talks to it: enough for the examples.
//!
//! It is no reference for the real server; it answers with the shapes that `specs/refport.yaml` describes.

use refport::{Credentials, Refport};
use serde_json::{Value, json};

use crate::server::{Answer, Received, Server};

/// A client, and the stand-in server that it talks to (stopped when it is dropped).
pub struct Demo {
    /// Ready to use.
    pub refport: Refport,
    /// `None` when the client talks to the real API.
    pub server: Option<Server>,
}

/// With `REFPORT_API_KEY` set, everything comes from the environment; otherwise a stand-in server is started.
///
/// # Errors
///
/// When the environment does not describe a client.
pub async fn client() -> Result<Demo, refport::Error> {
    if std::env::var_os("REFPORT_API_KEY").is_some() {
        return Ok(Demo { refport: Refport::from_env()?, server: None });
    }
    let server = Server::start(|request, _| reply(request)).await;
    let refport = Refport::builder().base_url(server.url()).credentials(Credentials::bearer("rk_demo")).build()?;
    Ok(Demo { refport, server: Some(server) })
}

fn reply(request: &Received) -> Answer {
    if request.header("authorization") != "Bearer rk_demo" {
        return refused(401, "UNAUTHORIZED", "The key is not one of ours.");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    match (request.method.as_str(), request.path()) {
        ("POST", "/api/embed/token") => ok(json!({ "publicToken": "pt_demo", "expires": "2026-01-01T01:00:00.000Z" })),
        ("POST", "/api/track/sale") => sale(&body),
        ("POST", "/api/track/lead") if body["clickId"] == "clk_unlinked" => ok(Value::Null),
        ("POST", "/api/track/lead") => ok(json!({
            "eventName": body["eventName"], "click": { "id": body["clickId"] }, "customer": customer(&body),
            "link": { "id": "lnk_1", "domain": "go.example", "key": "alice", "url": "https://go.example/alice", "programId": "prg_1" },
        })),
        _ => refused(404, "NOT_FOUND", "There is no such route."),
    }
}

fn sale(body: &Value) -> Answer {
    if body["clickId"] == "clk_unknown" {
        return refused(400, "INVALID_CLICK_ID", "Nobody knows this click.");
    }
    let amount = body["amount"].as_i64().unwrap_or_default();
    ok(json!({
        "eventName": body.get("eventName").unwrap_or(&json!("Purchase")), "customer": customer(body),
        "sale": {
            "id": "sal_1", "amount": amount, "currency": body.get("currency").unwrap_or(&json!("usd")),
            "commissionAmount": amount / 10, "status": "pending", "invoiceId": body.get("invoiceId"), "paymentProcessor": "custom",
        },
    }))
}

fn customer(body: &Value) -> Value {
    json!({ "externalId": body["customerExternalId"], "email": body.get("customerEmail"), "name": body.get("customerName") })
}

fn ok(body: Value) -> Answer {
    Answer::json(200, body.to_string())
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, json!({ "error": { "code": code, "message": message } }).to_string())
}
