//! Every request of the Refport client, byte for byte, against a real server on loopback.
//!
//! One row per case: the call, and what must go over the wire. Answers are not judged here.

use std::future::Future;
use std::pin::Pin;

use refport::types::{CreateEmbedToken, Partner, PaymentProcessor, TrackLead, TrackSale};
use refport::{Credentials, Json, Map, Refport};
use typewright_tests::server::{Answer, Received, Server};

type Sent = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a call against a server that refuses everything, whose URL is given with `suffix`, and gives the one request.
async fn request(suffix: &str, call: impl FnOnce(Refport) -> Sent) -> Received {
    let server = Server::scripted([Answer::json(418, "{}")]).await;
    let client = Refport::builder()
        .base_url(server.url() + suffix)
        .credentials(Credentials::bearer("rk_test"))
        .build()
        .expect("the configuration is complete");
    call(client).await;
    server.single()
}

fn compare(request: &Received, path: &str, body: &str) {
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, path);
    assert_eq!(request.text(), body);
    assert_eq!(request.header("authorization"), "Bearer rk_test");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("accept"), "application/json");
    assert!(request.header("user-agent").starts_with("refport-rust/"), "{}", request.header("user-agent"));
    for name in ["idempotency-key", "x-request-id", "cookie"] {
        assert!(!request.headers.contains_key(name), "{name}");
    }
}

async fn check_token(body: CreateEmbedToken, expected: &str) {
    let call = |r: Refport| -> Sent { Box::pin(async move { drop(r.embed_tokens().create(&body).await) }) };
    compare(&request("", call).await, "/api/embed/token", expected);
}

async fn check_sale(body: TrackSale, expected: &str) {
    let call = |r: Refport| -> Sent { Box::pin(async move { drop(r.track().sale(&body).await) }) };
    compare(&request("", call).await, "/api/track/sale", expected);
}

async fn check_lead(body: TrackLead, expected: &str) {
    let call = |r: Refport| -> Sent { Box::pin(async move { drop(r.track().lead(&body).await) }) };
    compare(&request("", call).await, "/api/track/lead", expected);
}

/// What a caller writes as JSON.
fn metadata(json: &str) -> Map<Json> {
    Json::parse(json).and_then(|json| json.read()).expect("a JSON object")
}

#[tokio::test]
async fn embed_token_tenant_only() {
    check_token(CreateEmbedToken::new().tenant_id("user_123"), r#"{"tenantId":"user_123"}"#).await;
}

#[tokio::test]
async fn embed_token_enrollment_only() {
    check_token(CreateEmbedToken::new().enrollment_id("enr_1"), r#"{"enrollmentId":"enr_1"}"#).await;
}

#[tokio::test]
async fn embed_token_partner_only() {
    let body = CreateEmbedToken::new().partner(Partner::new("p@example.test"));
    check_token(body, r#"{"partner":{"email":"p@example.test"}}"#).await;
}

#[tokio::test]
async fn embed_token_everything_at_once_is_sent_as_given() {
    let body = CreateEmbedToken::new()
        .tenant_id(" user_123 ")
        .enrollment_id("enr_1")
        .partner(Partner::new("p@example.test").name("P"));
    let expected =
        r#"{"tenantId":" user_123 ","enrollmentId":"enr_1","partner":{"email":"p@example.test","name":"P"}}"#;
    check_token(body, expected).await;
}

/// The official SDK sends `//api/...` here; this client does not, on purpose.
#[tokio::test]
async fn a_slash_at_the_end_of_the_base_url_is_dropped() {
    for suffix in ["/", "//", ""] {
        let call = |r: Refport| -> Sent {
            let body = CreateEmbedToken::new().tenant_id("t");
            Box::pin(async move { drop(r.embed_tokens().create(&body).await) })
        };
        compare(&request(suffix, call).await, "/api/embed/token", r#"{"tenantId":"t"}"#);
    }
}

#[tokio::test]
async fn track_sale_minimal() {
    let expected = r#"{"clickId":"clk_1","customerExternalId":"cus_123","amount":4999}"#;
    check_sale(TrackSale::new("clk_1", "cus_123", 4999), expected).await;
}

#[tokio::test]
async fn track_sale_full() {
    let body = TrackSale::new("clk_1", "cus_123", 0)
        .currency("EUR")
        .event_name("Upgrade")
        .invoice_id("inv_1")
        .payment_processor(PaymentProcessor::RevenueCat)
        .customer_email("a@example.test")
        .customer_name("Alice")
        .customer_avatar("https://example.test/a.png")
        .metadata(metadata(r#"{"nested":{"a":{"b":true}},"plan":null,"seats":[1,2.50,null]}"#));
    let expected = r#"{"clickId":"clk_1","customerExternalId":"cus_123","amount":0,"currency":"EUR","eventName":"Upgrade","invoiceId":"inv_1","paymentProcessor":"revenuecat","customerEmail":"a@example.test","customerName":"Alice","customerAvatar":"https://example.test/a.png","metadata":{"nested":{"a":{"b":true}},"plan":null,"seats":[1,2.50,null]}}"#;
    check_sale(body, expected).await;
}

#[tokio::test]
async fn metadata_keeps_the_order_of_the_caller() {
    let given = Map::from([("plan", Json::from("pro")), ("campaign", Json::object([("z", 1), ("a", 2)]))]);
    let expected = r#"{"clickId":"clk_1","customerExternalId":"cus_123","amount":1,"metadata":{"plan":"pro","campaign":{"z":1,"a":2}}}"#;
    check_sale(TrackSale::new("clk_1", "cus_123", 1).metadata(given), expected).await;
    let mut body = TrackSale::new("clk_1", "cus_123", 1);
    body.extra.insert("zone", 1);
    body.extra.insert("area", 2);
    check_sale(body, r#"{"clickId":"clk_1","customerExternalId":"cus_123","amount":1,"zone":1,"area":2}"#).await;
}

#[tokio::test]
async fn every_payment_processor_has_its_wire_name() {
    for (processor, wire) in [
        (PaymentProcessor::Stripe, "stripe"),
        (PaymentProcessor::Shopify, "shopify"),
        (PaymentProcessor::Polar, "polar"),
        (PaymentProcessor::Paddle, "paddle"),
        (PaymentProcessor::RevenueCat, "revenuecat"),
        (PaymentProcessor::Custom, "custom"),
        (PaymentProcessor::from("brand_new"), "brand_new"),
    ] {
        assert_eq!(processor.as_str(), wire);
    }
}

#[tokio::test]
async fn track_lead_minimal() {
    let expected = r#"{"clickId":"clk_1","eventName":"signup","customerExternalId":"cus_123"}"#;
    check_lead(TrackLead::new("clk_1", "signup", "cus_123"), expected).await;
}

#[tokio::test]
async fn track_lead_full() {
    let body = TrackLead::new("clk_1", "signup", "cus_123")
        .customer_email("a@example.test")
        .customer_name("Alice")
        .customer_avatar("https://example.test/a.png")
        .metadata(metadata(r#"{"plan":"free"}"#));
    let expected = r#"{"clickId":"clk_1","eventName":"signup","customerExternalId":"cus_123","customerEmail":"a@example.test","customerName":"Alice","customerAvatar":"https://example.test/a.png","metadata":{"plan":"free"}}"#;
    check_lead(body, expected).await;
}

#[tokio::test]
async fn members_that_the_document_does_not_know_pass_through() {
    let call = |r: Refport| -> Sent {
        let body = TrackLead::new("clk_1", "signup", "cus_123");
        Box::pin(async move { drop(r.track().lead(&body).member("campaign", "spring").await) })
    };
    let expected = r#"{"clickId":"clk_1","eventName":"signup","customerExternalId":"cus_123","campaign":"spring"}"#;
    compare(&request("", call).await, "/api/track/lead", expected);
}
