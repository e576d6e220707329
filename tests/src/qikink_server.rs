//! A small stand-in for the Qikink server, and a client that talks to it: enough for the examples.
//!
//! It is no reference for the real server; it answers with the shapes that `specs/qikink.yaml` describes.

use std::sync::{Mutex, PoisonError};

use qikink::{Credentials, Qikink};
use serde_json::{Value, json};

use crate::server::{Answer, Received, Server};

/// A client, and the stand-in server that it talks to (stopped when it is dropped).
pub struct Demo {
    /// Ready to use.
    pub qikink: Qikink,
    /// `None` when the client talks to the real API.
    pub server: Option<Server>,
}

/// With `QIKINK_CLIENT_ID` set, everything comes from the environment; otherwise a stand-in server is started.
///
/// # Errors
///
/// When the environment does not describe a client.
pub async fn client() -> Result<Demo, qikink::Error> {
    if std::env::var_os("QIKINK_CLIENT_ID").is_some() {
        return Ok(Demo { qikink: Qikink::from_env()?, server: None });
    }
    let orders = Mutex::new(Vec::new());
    let server =
        Server::start(move |request, _| reply(request, &mut orders.lock().unwrap_or_else(PoisonError::into_inner)))
            .await;
    let credentials = Credentials::client_credentials("100000000000001", "demo-secret");
    let qikink = Qikink::builder().base_url(server.url()).credentials(credentials).build()?;
    Ok(Demo { qikink, server: Some(server) })
}

/// The newest order comes first.
fn reply(request: &Received, orders: &mut Vec<Value>) -> Answer {
    if (request.method.as_str(), request.path()) == ("POST", "/api/token") {
        return ok(json!({ "Accesstoken": "demo-token", "expires_in": 3600 }));
    }
    if request.header("accesstoken") != "demo-token" || request.header("clientid").is_empty() {
        return Answer::json(401, json!({ "error": "Invalid AccessToken or Client Id" }).to_string());
    }
    match (request.method.as_str(), request.path()) {
        ("POST", "/api/order/create") => create(&serde_json::from_slice(&request.body).unwrap_or(Value::Null), orders),
        ("GET", "/api/order") => find(request.raw_query(), orders),
        _ => Answer::json(404, json!({ "error": "There is no such route." }).to_string()),
    }
}

fn create(body: &Value, orders: &mut Vec<Value>) -> Answer {
    let number = format!("100000000000001_{}", body["order_number"].as_str().unwrap_or_default());
    if orders.iter().any(|order| order["number"] == number.as_str()) {
        // As the real server does it: the status says success.
        return ok(json!({ "error": true, "message": "Order number is used already", "status_code": "400" }));
    }
    let id = 123_456 + orders.len();
    let link = format!("https://track.example.test/{id}");
    orders.insert(
        0,
        json!({
            "order_id": id, "number": number, "status": "In-Transit", "total_order_value": body["total_order_value"],
            "shipping": { "city": body["shipping_address"]["city"], "awb": format!("7771{id}"), "tracking_link": link },
            "line_items": body["line_items"],
        }),
    );
    ok(json!({ "message": "Order created successfully", "order_id": id, "status_code": "200" }))
}

fn find(query: &str, orders: &[Value]) -> Answer {
    let parameter = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    if let Some(id) = parameter("id") {
        let found = orders.iter().filter(|order| order["order_id"].as_u64() == id.parse().ok());
        return ok(found.cloned().collect::<Vec<_>>().into());
    }
    let page = parameter("page_no").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1);
    ok(orders.iter().skip(page.saturating_sub(1) * 10).take(10).cloned().collect::<Vec<_>>().into())
}

fn ok(body: Value) -> Answer {
    Answer::json(200, body.to_string())
}
