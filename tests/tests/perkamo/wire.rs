//! Every request of the Perkamo client, byte for byte, against a real server on loopback.
//!
//! One row per case: the call, and what must go over the wire, its signature included. Answers are not judged here.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use perkamo::testing::ManualTime;
use perkamo::types::Event;
use perkamo::{Credentials, Json, Perkamo};
use typewright_tests::server::{Answer, Received, Server};

type Sent = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a call at 2026-01-01T00:00:00Z against a server that refuses everything, and gives the one request.
async fn request(suffix: &str, call: impl FnOnce(Perkamo) -> Sent) -> Received {
    let server = Server::scripted([Answer::json(418, "{}")]).await;
    let client = Perkamo::builder()
        .base_url(server.url() + suffix)
        .credentials(Credentials::api_key("sk_test_secret"))
        .clock(Arc::new(ManualTime::at(UNIX_EPOCH + Duration::from_secs(1_767_225_600))))
        .build()
        .expect("the configuration is complete");
    call(client).await;
    server.single()
}

fn common(request: &Received, method: &str, target: &str) {
    assert_eq!((request.method.as_str(), request.target.as_str()), (method, target));
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("x-perkamo-api-key"), "sk_test_secret");
    assert!(request.header("user-agent").starts_with("perkamo-rust/"), "{}", request.header("user-agent"));
    for name in ["authorization", "cookie", "idempotency-key"] {
        assert!(!request.headers.contains_key(name), "{name}");
    }
}

async fn check_write(path: &str, call: impl FnOnce(Perkamo) -> Sent, body: &str, signature: &str) {
    let request = request("", call).await;
    common(&request, "POST", path);
    assert_eq!(request.text(), body);
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("x-perkamo-timestamp"), "1767225600");
    assert_eq!(request.header("x-perkamo-signature"), signature);
}

async fn check_read(path: &str, call: impl FnOnce(Perkamo) -> Sent) {
    let request = request("", call).await;
    common(&request, "GET", path);
    assert!(request.body.is_empty());
    for name in ["x-perkamo-timestamp", "x-perkamo-signature", "content-type"] {
        assert!(!request.headers.contains_key(name), "{name}");
    }
}

const TIME: &str = "2026-06-01T10:00:00.000Z";

fn json(text: &str) -> Json {
    Json::parse(text).expect("JSON")
}

#[tokio::test]
async fn emit_full() {
    check_write(
        "/v1/events",
        |p| {
            let context =
                Json::object([("order_id", Json::from("order_1092")), ("amount", 12900.into()), ("currency", "CZK".into())]);
            let call = p.emit("customer_123", "purchase.completed").context(context).tx_id("order_1092").occurred_at(TIME);
            Box::pin(async move { drop(call.await) })
        },
        r#"{"user_id":"customer_123","event":"purchase.completed","transaction_id":"order_1092","context":{"order_id":"order_1092","amount":12900,"currency":"CZK"},"occurred_at":"2026-06-01T10:00:00.000Z"}"#,
        "v1=0aa852c9255985fe8528a2473e29c91d6a3cbf22dbfc84bf201a8e652c51bbbf",
    )
    .await;
}

#[tokio::test]
async fn emit_empty_context() {
    check_write(
        "/v1/events",
        |p| {
            let call = p.emit("customer_123", "app.opened").tx_id("tx_fixed").occurred_at(TIME);
            Box::pin(async move { drop(call.await) })
        },
        r#"{"user_id":"customer_123","event":"app.opened","transaction_id":"tx_fixed","context":{},"occurred_at":"2026-06-01T10:00:00.000Z"}"#,
        "v1=44bf7309160b5f0eee05b6a184e77ed258f63c385faebd0726a50cfc4923bf69",
    )
    .await;
}

#[tokio::test]
async fn emit_makes_an_id_and_a_time() {
    let sent = request("", |p| {
        let call = p.emit("customer_123", "app.opened");
        let (id, at) = (call.transaction_id(), call.occurred_at_value());
        assert!(id.len() == 35 && id.starts_with("tx_"), "{id}");
        assert!(id.chars().skip(3).all(|digit| matches!(digit, '0'..='9' | 'a'..='f')), "{id}");
        assert_eq!(at, "2026-01-01T00:00:00.000Z");
        assert_ne!(id, p.emit("customer_123", "app.opened").transaction_id());
        // What was read is what is sent: the test finds it in the body.
        Box::pin(async move { drop(call.member("read", id).await) })
    })
    .await;
    let body: serde_json::Value = serde_json::from_slice(&sent.body).expect("JSON");
    assert_eq!(body["transaction_id"], body["read"]);
    assert_eq!(body["occurred_at"], "2026-01-01T00:00:00.000Z");
}

/// Strings of an event are not trimmed, a time is sent as given, and a batch fills in what its events lack.
#[tokio::test]
async fn batch() {
    let sent = request("", |p| {
        let events = [
            Event::new(" customer_123 ", "app.opened", "open_1"),
            Event::new("customer_123", "purchase.completed", "order_1")
                .context(json(r#"{"z":1,"a":{"xp":2}}"#))
                .occurred_at("2026-06-01T12:00:00+02:00"),
        ];
        let call = p.batch(&events);
        Box::pin(async move { drop(call.await) })
    })
    .await;
    common(&sent, "POST", "/v1/events:batch");
    let expected = r#"{"events":[{"user_id":" customer_123 ","event":"app.opened","transaction_id":"open_1","context":{},"occurred_at":"2026-01-01T00:00:00.000Z"},{"user_id":"customer_123","event":"purchase.completed","transaction_id":"order_1","context":{"z":1,"a":{"xp":2}},"occurred_at":"2026-06-01T12:00:00+02:00"}]}"#;
    assert_eq!(sent.text(), expected);
    assert!(sent.header("x-perkamo-signature").starts_with("v1="));
}

#[tokio::test]
async fn identify_full() {
    check_write(
        "/v1/identify",
        |p| {
            let traits =
                r#"{"email":"customer@example.test","name":"Customer Test","crm_id":"crm_123","vip":true,"x":null}"#;
            let call = p.identify("customer_123").traits(json(traits));
            Box::pin(async move { drop(call.await) })
        },
        r#"{"user_id":"customer_123","traits":{"email":"customer@example.test","name":"Customer Test","crm_id":"crm_123","vip":true,"x":null}}"#,
        "v1=aefe41d5e3e4729972c67cebc7516429ebf5b8c2007f40c9ce5ff139db83139b",
    )
    .await;
}

#[tokio::test]
async fn identify_minimal() {
    check_write(
        "/v1/identify",
        |p| Box::pin(async move { drop(p.identify(" customer_123 ").await) }),
        r#"{"user_id":"customer_123","traits":{}}"#,
        "v1=64513f67384cbebe791fa918b7f4796e90db56a39a1e736519040625f1a2dbc8",
    )
    .await;
}

#[tokio::test]
async fn customer() {
    check_read("/v1/customer/customer_123", |p| Box::pin(async move { drop(p.customer("customer_123").await) })).await;
    check_read("/v1/customer/a%2Fb%20%C5%BE-._~", |p| Box::pin(async move { drop(p.customer("a/b ž-._~").await) }))
        .await;
}

#[tokio::test]
async fn program_and_event_catalog() {
    check_read("/v1/program", |p| Box::pin(async move { drop(p.program().await) })).await;
    check_read("/v1/program", |p| Box::pin(async move { drop(p.event_catalog().await) })).await;
}

#[tokio::test]
async fn browser_token_minimal() {
    check_write(
        "/v1/browser-tokens",
        |p| Box::pin(async move { drop(p.create_browser_token(" pk_1 ", "customer_123").await) }),
        r#"{"browser_key":"pk_1","user_id":"customer_123"}"#,
        "v1=712f05449673e3b6f8bacc8388b1019acbe9e77d73341e517df8a41785da978d",
    )
    .await;
}

#[tokio::test]
async fn browser_token_full() {
    check_write(
        "/v1/browser-tokens",
        |p| Box::pin(async move { drop(p.create_browser_token("pk_1", "customer_123").ttl_seconds(600).await) }),
        r#"{"browser_key":"pk_1","user_id":"customer_123","ttl_seconds":600}"#,
        "v1=f24c7bfc5b04850676816220ee3cf4c2041085a88f7a528e3d37032795b1e139",
    )
    .await;
}

#[tokio::test]
async fn browser_stream_tokens_have_a_purpose_and_two_minutes() {
    for (ttl, expected) in [(None, 120), (Some(30), 30)] {
        let sent = request("", move |p| {
            let call = p.create_browser_stream_token("pk_1", " customer_123 ");
            let call = if let Some(seconds) = ttl { call.ttl_seconds(seconds) } else { call };
            Box::pin(async move { drop(call.await) })
        })
        .await;
        common(&sent, "POST", "/v1/browser-tokens");
        let body =
            format!(r#"{{"browser_key":"pk_1","user_id":"customer_123","purpose":"stream","ttl_seconds":{expected}}}"#);
        assert_eq!(sent.text(), body);
    }
}

#[tokio::test]
async fn a_path_of_the_base_url_is_kept_and_not_signed() {
    let call =
        |p: Perkamo| -> Sent { Box::pin(async move { drop(p.create_browser_token("pk_1", "customer_123").await) }) };
    for (suffix, target) in
        [("/proxy/", "/proxy/v1/browser-tokens"), ("/v1", "/v1/v1/browser-tokens"), ("//", "/v1/browser-tokens")]
    {
        let sent = request(suffix, call).await;
        common(&sent, "POST", target);
        let signature = "v1=712f05449673e3b6f8bacc8388b1019acbe9e77d73341e517df8a41785da978d";
        assert_eq!(sent.header("x-perkamo-signature"), signature, "{suffix}");
    }
}
