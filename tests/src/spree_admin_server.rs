//! A small stand-in for a Spree store, and a client that talks to it: enough for the examples.
//!
//! It is no reference for the real server; it answers with the shapes that `specs/spree-admin.yaml` describes. The first
//! change of an order meets a conflict, as busy stores have it now and then.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use spree_admin::{Credentials, SpreeAdmin};

use crate::server::{Answer, Received, Server};

/// A client, and the stand-in server that it talks to (stopped when it is dropped).
pub struct Demo {
    /// Ready to use.
    pub spree: SpreeAdmin,
    /// `None` when the client talks to a real store.
    pub server: Option<Server>,
}

const KEY: &str = "sk_demo";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.e30.demo";

/// With `SPREE_API_URL` set, everything comes from the environment; otherwise a stand-in server is started.
///
/// # Errors
///
/// When the environment does not describe a client.
pub async fn client() -> Result<Demo, spree_admin::Error> {
    if std::env::var_os("SPREE_API_URL").is_some() {
        return Ok(Demo { spree: SpreeAdmin::from_env()?, server: None });
    }
    let changed = AtomicBool::new(false);
    let server = Server::start(move |request, _| reply(request, &changed)).await;
    let spree = SpreeAdmin::builder().base_url(server.url()).credentials(Credentials::api_key(KEY)).build()?;
    Ok(Demo { spree, server: Some(server) })
}

fn reply(request: &Received, changed: &AtomicBool) -> Answer {
    let path = request.path().trim_start_matches("/api/v3/admin/");
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    let known =
        request.header("x-spree-api-key") == KEY || request.header("authorization") == format!("Bearer {TOKEN}");
    match (request.method.as_str(), path) {
        ("PUT", "/upload") => return Answer::empty(204),
        ("POST", "auth/login") => return login(&body),
        _ if !known => return refused(401, "authentication_required", "Authentication required", None),
        _ => {}
    }
    match (request.method.as_str(), path) {
        ("GET", "products") => page(&[json!({ "id": "prod_1", "name": "Shirt", "status": "active" })]),
        ("GET", "orders") => page(&[order("or_1", "99.99"), order("or_2", "20.00")]),
        ("GET", "orders/or_1") => ok(&order("or_1", "99.99")),
        ("PATCH", "orders/or_1") if !changed.swap(true, Ordering::Relaxed) => {
            refused(409, "cart_already_updated", "Order was changed by another request", None)
        }
        ("PATCH", "orders/or_1") => ok(&with(order("or_1", "99.99"), "email", &body["email"])),
        ("GET", "orders/or_1/fulfillments") => page(&[json!({ "id": "ful_1", "number": "H1", "status": "ready" })]),
        ("POST", "customers") if body["email"] == "" => {
            let details = json!({ "email": ["can't be blank"] });
            refused(422, "validation_error", "Email can't be blank", Some(details))
        }
        ("POST", "customers") => Answer::json(201, json!({ "id": "cus_1", "email": body["email"] }).to_string()),
        ("DELETE", "customers/cus_orders") => refused(422, "customer_has_orders", "Customer has orders", None),
        ("DELETE", "customers/cus_1") => Answer::empty(204),
        ("GET", "exports/exp_1/download") => csv("number,total\nR1,99.99\nR2,20.00\n"),
        ("POST", "direct_uploads") => upload(request),
        ("GET", "store") => {
            let details = json!({ "required_scope": "read_settings" });
            refused(403, "access_denied", "API key lacks scope: read_settings", Some(details))
        }
        _ => refused(404, "record_not_found", "There is no such thing", None),
    }
}

fn login(body: &Value) -> Answer {
    if body["password"] == "secret123" {
        return ok(&json!({ "token": TOKEN, "user": { "id": "admin_1", "email": body["email"] } }));
    }
    refused(401, "authentication_failed", "Invalid email or password", None)
}

fn upload(request: &Received) -> Answer {
    let url = format!("http://{}/upload", request.header("host"));
    let target = json!({ "url": url, "headers": { "content-type": "image/png" } });
    Answer::json(201, json!({ "direct_upload": target, "signed_id": "signed_1" }).to_string())
}

fn order(id: &str, total: &str) -> Value {
    json!({
        "id": id, "number": id.replace("or_", "R"), "email": "alice@example.test", "status": "placed", "payment_status": "paid",
        "currency": "USD", "total": total, "created_at": "2026-01-15T10:00:00.000Z",
    })
}

fn with(mut value: Value, member: &str, to: &Value) -> Value {
    value[member] = to.clone();
    value
}

fn page(items: &[Value]) -> Answer {
    let count = items.len();
    let meta = json!({
        "page": 1, "limit": 25, "count": count, "pages": 1, "from": 1, "to": count, "in": count, "previous": null, "next": null,
    });
    ok(&json!({ "data": items, "meta": meta }))
}

fn ok(body: &Value) -> Answer {
    Answer::json(200, body.to_string())
}

fn csv(text: &str) -> Answer {
    let headers = vec![("content-type".to_owned(), "text/csv".to_owned())];
    Answer::Reply { status: 200, headers, body: text.to_owned().into() }
}

fn refused(status: u16, code: &str, message: &str, details: Option<Value>) -> Answer {
    let mut error = json!({ "code": code, "message": message });
    if let Some(details) = details {
        error["details"] = details;
    }
    Answer::json(status, json!({ "error": error }).to_string())
}
