//! Every request of the Qredex client, byte for byte, against a real server on loopback.
//!
//! One row per case: the call, and what must go over the wire. Answers are not judged here.

use std::future::Future;
use std::pin::Pin;

use qredex::types::{
    CreateCreator, CreateLink, CreatorStatus, IssueInfluenceIntentToken, LockPurchaseIntent, RecordPaidOrder,
    RecordRefund,
};
use qredex::{Credentials, Map, Qredex};
use typewright_tests::server::{Answer, Received, Server};

const CREATOR: &str = "11111111-1111-4111-8111-111111111111";
const LINK: &str = "22222222-2222-4222-8222-222222222222";
const STORE: &str = "44444444-4444-4444-8444-444444444444";
const ORDER: &str = "55555555-5555-4555-8555-555555555555";

type Sent = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What must have gone over the wire.
struct Expected {
    method: &'static str,
    target: &'static str,
    authorization: &'static str,
    /// Beside `accept`, `authorization` and the constant header.
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
}

impl Expected {
    const fn get(target: &'static str) -> Self {
        Self { method: "GET", target, authorization: "Bearer tok", headers: &[], body: "" }
    }

    const fn post(target: &'static str, body: &'static str) -> Self {
        let headers = &[("content-type", "application/json")];
        Self { method: "POST", target, authorization: "Bearer tok", headers, body }
    }
}

/// Runs a call against a server that refuses everything, and compares the one request that it got.
async fn check(call: impl FnOnce(Qredex) -> Sent, expected: &Expected) {
    let server = Server::scripted([Answer::json(418, "{}")]).await;
    let client = Qredex::builder()
        .base_url(server.url())
        .credentials(Credentials::bearer("tok"))
        .build()
        .expect("the configuration is complete");
    call(client).await;
    compare(&server.single(), expected);
}

fn compare(request: &Received, expected: &Expected) {
    assert_eq!(request.method, expected.method);
    assert_eq!(request.target, expected.target);
    assert_eq!(request.text(), expected.body);
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("authorization"), expected.authorization);
    assert_eq!(request.header("x-qredex-sdk"), "@qredex/server");
    assert!(request.header("user-agent").starts_with("qredex-rust/"), "{}", request.header("user-agent"));
    for (name, value) in expected.headers {
        assert_eq!(request.header(name), *value, "{name}");
    }
    for name in ["content-type", "idempotency-key", "x-request-id", "x-trace-id"] {
        let declared = expected.headers.iter().any(|(declared, _)| *declared == name);
        assert_eq!(request.headers.contains_key(name), declared, "{name}");
    }
}

#[tokio::test]
async fn creators_create_minimal() {
    let expected = Expected::post("/api/v1/integrations/creators", r#"{"handle":"alice"}"#);
    check(|q| Box::pin(async move { drop(q.creators().create(&CreateCreator::new("alice")).await) }), &expected).await;
}

#[tokio::test]
async fn creators_create_full() {
    let body =
        r#"{"handle":"alice","display_name":"Alice","email":"alice@example.test","socials":{"instagram":"@alice"}}"#;
    let headers = &[
        ("content-type", "application/json"),
        ("idempotency-key", "idem-1"),
        ("x-extra", "1"),
        ("x-request-id", "req-1"),
        ("x-trace-id", "trace-1"),
    ];
    let expected = Expected { headers, ..Expected::post("/api/v1/integrations/creators", body) };
    let call = |q: Qredex| -> Sent {
        let socials = Map::from([("instagram", "@alice".to_owned())]);
        let creator = CreateCreator::new("alice").display_name("Alice").email("alice@example.test").socials(socials);
        let call = q.creators().create(&creator).idempotency_key("idem-1").request_id("req-1").trace_id("trace-1");
        Box::pin(async move { drop(call.header("x-extra", "1").await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn creators_get() {
    let expected = Expected::get("/api/v1/integrations/creators/11111111-1111-4111-8111-111111111111");
    check(|q| Box::pin(async move { drop(q.creators().get(CREATOR).await) }), &expected).await;
}

#[tokio::test]
async fn creators_list_minimal() {
    let expected = Expected::get("/api/v1/integrations/creators");
    check(|q| Box::pin(async move { drop(q.creators().list().await) }), &expected).await;
}

#[tokio::test]
async fn creators_list_full_sends_page_zero() {
    let expected = Expected::get("/api/v1/integrations/creators?page=0&size=20&status=ACTIVE");
    let call = |q: Qredex| -> Sent {
        Box::pin(async move { drop(q.creators().list().page(0).size(20).status(CreatorStatus::Active).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn links_create_minimal() {
    let body = r#"{"store_id":"44444444-4444-4444-8444-444444444444","creator_id":"11111111-1111-4111-8111-111111111111","link_name":"spring-launch","destination_path":"/products/spring-launch"}"#;
    let expected = Expected::post("/api/v1/integrations/links", body);
    let call = |q: Qredex| -> Sent {
        let link = CreateLink::new(STORE, CREATOR, "spring-launch", "/products/spring-launch");
        Box::pin(async move { drop(q.links().create(&link).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn links_get() {
    let expected = Expected::get("/api/v1/integrations/links/22222222-2222-4222-8222-222222222222");
    check(|q| Box::pin(async move { drop(q.links().get(LINK).await) }), &expected).await;
}

#[tokio::test]
async fn links_list_minimal() {
    let expected = Expected::get("/api/v1/integrations/links");
    check(|q| Box::pin(async move { drop(q.links().list().await) }), &expected).await;
}

#[tokio::test]
async fn links_list_full_sends_false_and_form_style() {
    let expected = Expected::get("/api/v1/integrations/links?page=0&size=5&destination=%2Fa+b&expired=false");
    let call = |q: Qredex| -> Sent {
        Box::pin(async move { drop(q.links().list().page(0).size(5).destination("/a b").expired(false).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn intents_issue_minimal() {
    let body = r#"{"link_id":"22222222-2222-4222-8222-222222222222"}"#;
    let expected = Expected::post("/api/v1/integrations/intents/token", body);
    let call = |q: Qredex| -> Sent {
        let visit = IssueInfluenceIntentToken::new(LINK);
        Box::pin(async move { drop(q.intents().issue_influence_intent_token(&visit).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn intents_lock_minimal() {
    let expected = Expected::post("/api/v1/integrations/intents/lock", r#"{"token":"iit-token"}"#);
    let call = |q: Qredex| -> Sent {
        let intent = LockPurchaseIntent::new("iit-token");
        Box::pin(async move { drop(q.intents().lock_purchase_intent(&intent).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn intents_lock_full() {
    let body = r#"{"token":"iit-token","source":"backend-cart","integrity_version":2}"#;
    let expected = Expected::post("/api/v1/integrations/intents/lock", body);
    let call = |q: Qredex| -> Sent {
        let intent = LockPurchaseIntent::new("iit-token").source("backend-cart").integrity_version(2);
        Box::pin(async move { drop(q.intents().lock_purchase_intent(&intent).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn orders_list_minimal() {
    let expected = Expected::get("/api/v1/integrations/orders");
    check(|q| Box::pin(async move { drop(q.orders().list().await) }), &expected).await;
}

#[tokio::test]
async fn orders_list_full() {
    let expected = Expected::get("/api/v1/integrations/orders?page=0&size=20");
    check(|q| Box::pin(async move { drop(q.orders().list().page(0).size(20).await) }), &expected).await;
}

#[tokio::test]
async fn query_members_follow_the_document_whatever_the_order_of_the_setters() {
    let expected = Expected::get("/api/v1/integrations/orders?page=1&size=20");
    check(|q| Box::pin(async move { drop(q.orders().list().size(20).page(1).await) }), &expected).await;
}

#[tokio::test]
async fn orders_details() {
    let expected = Expected::get("/api/v1/integrations/orders/55555555-5555-4555-8555-555555555555/details");
    check(|q| Box::pin(async move { drop(q.orders().get_details(ORDER).await) }), &expected).await;
}

#[tokio::test]
async fn orders_paid_minimal() {
    let body =
        r#"{"store_id":"44444444-4444-4444-8444-444444444444","external_order_id":"order-1001","currency":"USD"}"#;
    let expected = Expected::post("/api/v1/integrations/orders/paid", body);
    let call = |q: Qredex| -> Sent {
        let order = RecordPaidOrder::new(STORE, "order-1001", "USD");
        Box::pin(async move { drop(q.orders().record_paid_order(&order).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn an_explicit_null_is_sent_and_strings_are_not_trimmed() {
    let body = r#"{"store_id":"44444444-4444-4444-8444-444444444444","external_order_id":" order-1001 ","currency":"USD","order_number":null,"total_price":110.5}"#;
    let expected = Expected::post("/api/v1/integrations/orders/paid", body);
    let call = |q: Qredex| -> Sent {
        let order = RecordPaidOrder::new(STORE, " order-1001 ", "USD").order_number(None::<String>).total_price(110.5);
        Box::pin(async move { drop(q.orders().record_paid_order(&order).await) })
    };
    check(call, &expected).await;
}

#[tokio::test]
async fn refunds_record_minimal() {
    let body = r#"{"store_id":"44444444-4444-4444-8444-444444444444","external_order_id":"order-1001","external_refund_id":"refund-1"}"#;
    let expected = Expected::post("/api/v1/integrations/orders/refund", body);
    let call = |q: Qredex| -> Sent {
        let refund = RecordRefund::new(STORE, "order-1001", "refund-1");
        Box::pin(async move { drop(q.refunds().record_refund(&refund).await) })
    };
    check(call, &expected).await;
}

/// A token request without and with scopes and call headers.
async fn check_token(scope: &[&str], headers: &'static [(&'static str, &'static str)], body: &'static str) {
    let server =
        Server::scripted([Answer::json(200, r#"{"access_token":"t","token_type":"Bearer","expires_in":60}"#)]).await;
    let credentials = Credentials::client_credentials("client-123", "secret-456").scope(scope.iter().copied());
    let client = Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    let mut call = client.auth().issue_token();
    for (name, value) in headers {
        call = match *name {
            "idempotency-key" => call.idempotency_key(*value),
            "x-request-id" => call.call_header("request_id", value),
            "x-trace-id" => call.call_header("trace_id", value),
            "content-type" => call,
            other => call.header(other, *value),
        };
    }
    call.await.expect("the server issues a token");
    let expected = Expected {
        method: "POST",
        target: "/api/v1/auth/token",
        authorization: "Basic Y2xpZW50LTEyMzpzZWNyZXQtNDU2",
        headers,
        body,
    };
    compare(&server.single(), &expected);
}

#[tokio::test]
async fn auth_token_minimal() {
    let headers = &[("content-type", "application/x-www-form-urlencoded")];
    check_token(&[], headers, "grant_type=client_credentials").await;
}

#[tokio::test]
async fn auth_token_full() {
    let headers = &[
        ("content-type", "application/x-www-form-urlencoded"),
        ("idempotency-key", "idem-1"),
        ("x-extra", "1"),
        ("x-request-id", "req-1"),
        ("x-trace-id", "trace-1"),
    ];
    let body = "grant_type=client_credentials&scope=direct%3Acreators%3Awrite+direct%3Alinks%3Awrite";
    check_token(&["direct:creators:write", "direct:links:write"], headers, body).await;
}
