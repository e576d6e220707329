//! A small stand-in for a Medusa backend with the plugin medusa-qikink, and a client that talks to it: enough for the
//! examples.
//!
//! It is no reference for the real server; it answers with the shapes that `specs/medusa-qikink.yaml` describes.

use std::sync::{Mutex, PoisonError};

use medusa_qikink::{Credentials, MedusaQikink};
use serde_json::{Value, json};

use crate::server::{Answer, Received, Server};

/// A client, and the stand-in server that it talks to (stopped when it is dropped).
pub struct Demo {
    /// Ready to use.
    pub medusa: MedusaQikink,
    /// `None` when the client talks to a real backend.
    pub server: Option<Server>,
}

/// With `MEDUSA_BACKEND_URL` set, everything comes from the environment; otherwise a stand-in server is started.
///
/// # Errors
///
/// When the environment does not describe a client.
pub async fn client() -> Result<Demo, medusa_qikink::Error> {
    if std::env::var_os("MEDUSA_BACKEND_URL").is_some() {
        return Ok(Demo { medusa: MedusaQikink::from_env()?, server: None });
    }
    let products = Mutex::new(Vec::new());
    let server =
        Server::start(move |request, _| reply(request, &mut products.lock().unwrap_or_else(PoisonError::into_inner)))
            .await;
    let medusa = MedusaQikink::builder()
        .base_url(server.url())
        .credentials(Credentials::api_key("pk_demo").for_scheme("publishableKey"))
        .credentials(Credentials::bearer("demo-token"))
        .build()?;
    Ok(Demo { medusa, server: Some(server) })
}

fn reply(request: &Received, products: &mut Vec<Value>) -> Answer {
    let admin = request.path().starts_with("/admin/");
    if admin && request.header("authorization") != "Bearer demo-token" {
        return refused(401, "unauthorized", "Unauthorized");
    }
    if !admin && request.header("x-publishable-api-key") != "pk_demo" {
        return refused(400, "not_allowed", "Publishable API key required in the request header");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    match (request.method.as_str(), request.path()) {
        ("POST", "/store/qikink/token") => ok(json!({ "Accesstoken": "t", "expires_in": 3600, "access_token": "t" })),
        ("GET", "/store/qikink/orders") => {
            ok(json!([{ "order_id": 123_456, "status": "Live", "shipping": { "awb": "7771" } }]))
        }
        ("POST", "/store/qikink/orders") => ok(json!({ "order_id": 123_457, "status_code": "200" })),
        ("GET", "/store/qikink-order-mapping" | "/admin/qikink-order-mapping") => {
            ok(json!({ "mappings": [order()], "count": 1, "offset": 0, "limit": 20 }))
        }
        ("POST", "/admin/qikink-order-mapping/refresh") if request.raw_query().contains("order_id=") => {
            ok(json!({ "updated": 1, "mapping": order() }))
        }
        ("POST", "/admin/qikink-order-mapping/refresh") => {
            ok(json!({ "updated": 1, "processed": 1, "total_eligible": 1, "limit": 500 }))
        }
        ("GET", "/store/plugin" | "/admin/plugin") => Answer::empty(200),
        (method, path) => products_of(method, path, request, &body, products),
    }
}

fn products_of(method: &str, path: &str, request: &Received, body: &Value, products: &mut Vec<Value>) -> Answer {
    let Some(id) = path.strip_prefix("/admin/qikink-product-mapping") else { return missing(path) };
    let at = products.iter().position(|mapping| mapping["id"] == id.trim_start_matches('/'));
    match (method, at) {
        ("POST", _) if products.iter().any(|one| one["variant_id"] == body["variant_id"]) => {
            refused(409, "duplicate_error", "A Qikink mapping for this variant already exists")
        }
        ("POST", _) => {
            let mapping = json!({
                "id": format!("qpm_{}", products.len() + 1), "qikink_sku_id": body["qikink_sku_id"],
                "variant_id": body["variant_id"], "created_at": "2026-01-01T00:00:00.000Z",
            });
            products.push(mapping.clone());
            Answer::json(201, json!({ "mapping": mapping }).to_string())
        }
        ("GET", None) if id.is_empty() => {
            let offset = request.raw_query().split('&').find_map(|pair| pair.strip_prefix("offset=")?.parse().ok());
            let page: Vec<&Value> = products.iter().skip(offset.unwrap_or_default()).take(2).collect();
            ok(json!({ "mappings": page, "count": products.len(), "offset": offset.unwrap_or_default(), "limit": 2 }))
        }
        ("GET", Some(at)) => ok(json!({ "mapping": products.get(at) })),
        ("DELETE", Some(at)) => {
            let removed = products.remove(at);
            ok(json!({ "id": removed["id"], "object": "qikink_product_mapping", "deleted": true }))
        }
        _ => missing(path),
    }
}

fn order() -> Value {
    json!({ "id": "qom_1", "qikink_order_id": "123456", "medusa_order_id": "order_01", "status": "fulfilled" })
}

fn ok(body: Value) -> Answer {
    Answer::json(200, body.to_string())
}

fn missing(path: &str) -> Answer {
    refused(404, "not_found", &format!("{path} not found"))
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, json!({ "code": code, "message": message }).to_string())
}
