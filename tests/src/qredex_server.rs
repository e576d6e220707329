//! A small stand-in for the Qredex server: it issues tokens and remembers what it was told, enough for the canonical flow.
//!
//! It is no reference for the real server; it answers with the shapes that `specs/qredex.yaml` describes.

use serde_json::{Value, json};

use crate::server::{Answer, Received, Server};

/// The id that the stand-in gives a store.
pub const STORE_ID: &str = "44444444-4444-4444-8444-444444444444";
const CREATOR_ID: &str = "11111111-1111-4111-8111-111111111111";
const LINK_ID: &str = "22222222-2222-4222-8222-222222222222";
const MERCHANT_ID: &str = "33333333-3333-4333-8333-333333333333";
const ORDER_ID: &str = "55555555-5555-4555-8555-555555555555";
const NOW: &str = "2026-01-01T00:00:00Z";

/// Starts the stand-in on loopback.
pub async fn start() -> Server {
    Server::start(|request, _| reply(request)).await
}

fn reply(request: &Received) -> Answer {
    if request.path() == "/api/v1/auth/token" {
        return token(request);
    }
    if request.header("authorization") != "Bearer stand-in-token" {
        return refused(401, "invalid_credentials", "The token is not one of ours.");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    let path = request.path().strip_prefix("/api/v1/integrations").unwrap_or_default();
    match (request.method.as_str(), path) {
        ("POST", "/creators") => ok(201, creator(&body)),
        ("GET", "/creators") => page(creator(&json!({ "handle": "alice" }))),
        ("POST", "/links") => ok(201, link(&body)),
        ("GET", "/links") => page(listed_link()),
        ("POST", "/intents/token") => ok(201, influence_intent()),
        ("POST", "/intents/lock") => ok(201, purchase_intent()),
        ("POST", "/orders/paid" | "/orders/refund") => ok(201, order(&body)),
        ("GET", "/orders") => page(order(&json!({ "external_order_id": "order-1001", "currency": "USD" }))),
        ("GET", path) if path.starts_with("/creators/") => ok(200, creator(&json!({ "handle": "alice" }))),
        ("GET", path) if path.starts_with("/links/") => ok(200, link(&Value::Null)),
        ("GET", path) if path.ends_with("/details") => ok(200, details()),
        _ => refused(404, "not_found", "There is no such route."),
    }
}

fn token(request: &Received) -> Answer {
    // `demo:secret`, in Base64: the only credentials that the stand-in knows.
    if request.header("authorization") != "Basic ZGVtbzpzZWNyZXQ=" {
        return refused(401, "invalid_client", "The client id or the secret is wrong.");
    }
    ok(200, json!({ "access_token": "stand-in-token", "token_type": "Bearer", "expires_in": 3600 }))
}

fn ok(status: u16, body: Value) -> Answer {
    Answer::json(status, body.to_string()).with_header("x-request-id", "req-stand-in")
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    ok(status, json!({ "error_code": code, "message": message }))
}

fn page(item: Value) -> Answer {
    ok(200, json!({ "items": [item], "page": 0, "size": 20, "total_elements": 1, "total_pages": 1 }))
}

fn text(body: &Value, member: &str, default: &str) -> String {
    body.get(member).and_then(Value::as_str).unwrap_or(default).to_owned()
}

fn creator(body: &Value) -> Value {
    json!({
        "id": CREATOR_ID, "handle": text(body, "handle", "alice"), "status": "ACTIVE",
        "display_name": body.get("display_name"), "created_at": NOW, "updated_at": NOW,
    })
}

fn link(body: &Value) -> Value {
    json!({
        "id": LINK_ID, "merchant_id": MERCHANT_ID, "store_id": STORE_ID, "creator_id": CREATOR_ID,
        "link_name": text(body, "link_name", "spring-launch"), "link_code": "abc123",
        "public_link_url": "https://qredex.example/abc123",
        "destination_path": text(body, "destination_path", "/products/spring-launch"),
        "status": "ACTIVE", "attribution_window_days": 30, "created_at": NOW, "updated_at": NOW,
    })
}

fn listed_link() -> Value {
    let mut item = link(&Value::Null);
    item["creator_handle"] = json!("alice");
    item
}

fn influence_intent() -> Value {
    json!({
        "id": "66666666-6666-4666-8666-666666666666", "merchant_id": MERCHANT_ID, "link_id": LINK_ID,
        "token": "iit-token", "token_id": "iit-1", "issued_at": NOW, "expires_at": NOW, "status": "ACTIVE",
        "integrity_version": 2,
    })
}

fn purchase_intent() -> Value {
    json!({
        "id": "77777777-7777-4777-8777-777777777777", "merchant_id": MERCHANT_ID, "store_id": STORE_ID, "link_id": LINK_ID,
        "token": "pit-token", "token_id": "pit-1", "store_domain_snapshot": "store.example", "issued_at": NOW,
        "expires_at": NOW, "integrity_version": 2, "eligible": true,
    })
}

fn order(body: &Value) -> Value {
    json!({
        "id": ORDER_ID, "merchant_id": MERCHANT_ID, "order_source": "DIRECT_API",
        "external_order_id": text(body, "external_order_id", "order-1001"), "currency": text(body, "currency", "USD"),
        "total_price": body.get("total_price"), "purchase_intent_token": body.get("purchase_intent_token"),
        "creator_handle": "alice", "duplicate_suspect": false, "integrity_score": 100, "integrity_band": "HIGH",
        "review_required": false, "resolution_status": "ATTRIBUTED", "created_at": NOW, "updated_at": NOW,
    })
}

fn details() -> Value {
    let mut order = order(&Value::Null);
    order["timeline"] = json!([{ "event_type": "ORDER_RECORDED", "occurred_at": NOW }]);
    order["score_breakdown_json"] = json!({ "resolution_status": "ATTRIBUTED", "final_score": 100 });
    order
}
