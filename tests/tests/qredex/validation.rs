//! What the Qredex client refuses before it uses the network, in the order of the members, with the provider's own words.

use std::fmt::Debug;

use qredex::types::{
    AttributionWindow, CreateCreator, CreateLink, ErrorCode, IssueInfluenceIntentToken, LockPurchaseIntent,
    RecordPaidOrder, RecordRefund,
};
use qredex::{Credentials, Error, Qredex};
use typewright_tests::server::{Answer, Server};

const UUID: &str = "44444444-4444-4444-8444-444444444444";

/// A client whose server must never hear of it.
async fn start() -> (Server, Qredex) {
    let server = Server::scripted([Answer::json(500, "{}")]).await;
    let credentials = Credentials::bearer("tok");
    let client = Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    (server, client)
}

fn check<T: Debug>(result: Result<T, Error>, message: &str) {
    let error = result.expect_err(message);
    assert_eq!(error.message(), message);
    assert!(error.is_validation() && !error.is_api(), "{error:?}");
    assert_eq!((error.status(), error.code()), (None, Some(ErrorCode::SdkValidationError)));
}

#[tokio::test]
async fn creators() {
    let (server, q) = start().await;
    for blank in ["", " ", "\t\n", "\u{a0}"] {
        check(q.creators().create(&CreateCreator::new(blank)).await, "handle must be a non-empty string.");
    }
    let body = CreateCreator::new("alice").display_name(" ");
    check(q.creators().create(&body).await, "display_name must be a non-empty string.");
    let body = CreateCreator::new("alice").email("");
    check(q.creators().create(&body).await, "email must be a non-empty string.");
    check(q.creators().get("").await, "creator_id must be a non-empty string.");
    check(q.creators().get("1234").await, "creator_id must be a valid UUID.");
    check(q.creators().list().page(-1).await, "page must be an integer greater than or equal to 0.");
    check(q.creators().list().size(-1).await, "size must be an integer greater than or equal to 0.");
    assert!(server.received().is_empty(), "nothing may be sent");
}

#[tokio::test]
async fn the_first_violation_in_the_order_of_the_members_is_told() {
    let (server, q) = start().await;
    let body = CreateLink::new("", "nope", "", "no-slash");
    check(q.links().create(&body).await, "store_id must be a non-empty string.");
    let body = CreateLink::new("nope", "nope", "", "no-slash");
    check(q.links().create(&body).await, "store_id must be a valid UUID.");
    let body = CreateLink::new(UUID, UUID, "", "no-slash");
    check(q.links().create(&body).await, "link_name must be a non-empty string.");
    let body = CreateLink::new(UUID, UUID, "x", "no-slash");
    check(q.links().create(&body).await, "destination_path must start with '/'.");
    // A number that JSON cannot hold takes its place in the order too.
    let body = RecordPaidOrder::new(UUID, "", "USD").total_price(f64::NAN);
    check(q.orders().record_paid_order(&body).await, "external_order_id must be a non-empty string.");
    let body = RecordPaidOrder::new(UUID, "o", "USD").discount_total(-1.0).total_price(f64::NAN);
    check(q.orders().record_paid_order(&body).await, "discount_total must be greater than or equal to 0.");
    let body = RecordPaidOrder::new(UUID, "o", "USD").subtotal_price(f64::NAN).discount_total(-1.0).checkout_token("");
    check(q.orders().record_paid_order(&body).await, "subtotal_price must be a finite number when provided.");
    assert!(server.received().is_empty(), "nothing may be sent");
}

#[tokio::test]
async fn uuids_have_a_version_and_a_variant() {
    let (_server, q) = start().await;
    for (text, valid) in [
        ("44444444-4444-4444-8444-444444444444", true),
        ("ABCDEF01-2345-1abc-BDEF-0123456789ab", true),
        ("44444444-4444-0444-8444-444444444444", false),
        ("44444444-4444-6444-8444-444444444444", false),
        ("44444444-4444-4444-7444-444444444444", false),
        ("44444444-4444-4444-c444-444444444444", false),
        (" 44444444-4444-4444-8444-444444444444", false),
        ("44444444-4444-4444-8444-444444444444\n", false),
        ("4444444444444444844444444444444444", false),
    ] {
        let error = q.links().get(text).await.expect_err("the server answers 500");
        assert_eq!(error.is_api(), valid, "{text:?}: {error}");
    }
}

#[tokio::test]
async fn links() {
    let (server, q) = start().await;
    let link = || CreateLink::new(UUID, UUID, "x", "/x");
    check(q.links().create(&link().note("")).await, "note must be a non-empty string.");
    check(
        q.links().create(&link().attribution_window_days(AttributionWindow::from(5))).await,
        "attribution_window_days must be one of 1, 3, 7, 14, or 30.",
    );
    for text in [
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00z",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00.0123456789Z",
    ] {
        check(
            q.links().create(&link().link_expiry_at(text)).await,
            "link_expiry_at must be an ISO 8601 UTC timestamp.",
        );
    }
    check(q.links().create(&link().discount_code("\u{feff}")).await, "discount_code must be a non-empty string.");
    check(q.links().list().destination(" ").await, "destination must be a non-empty string.");
    assert!(server.received().is_empty(), "nothing may be sent");
}

#[tokio::test]
async fn timestamps_have_no_calendar_check() {
    let (server, q) = start().await;
    for text in ["2026-99-99T99:99:99Z", "2026-01-01T00:00:00.123456789Z"] {
        let link = CreateLink::new(UUID, UUID, "x", "/x").link_expiry_at(text);
        assert!(q.links().create(&link).await.expect_err("the server answers 500").is_api(), "{text}");
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn intents() {
    let (server, q) = start().await;
    let issue = |body: &IssueInfluenceIntentToken| q.intents().issue_influence_intent_token(body);
    check(issue(&IssueInfluenceIntentToken::new("x")).await, "link_id must be a valid UUID.");
    let visit = || IssueInfluenceIntentToken::new(UUID);
    check(issue(&visit().ip_hash("")).await, "ip_hash must be a non-empty string.");
    check(issue(&visit().user_agent_hash("")).await, "user_agent_hash must be a non-empty string.");
    check(issue(&visit().referrer("")).await, "referrer must be a non-empty string.");
    check(issue(&visit().landing_path("")).await, "landing_path must be a non-empty string.");
    check(issue(&visit().expires_at("tomorrow")).await, "expires_at must be an ISO 8601 UTC timestamp.");
    let lock = |body: &LockPurchaseIntent| q.intents().lock_purchase_intent(body);
    check(lock(&LockPurchaseIntent::new("  ")).await, "token must be a non-empty string.");
    check(lock(&LockPurchaseIntent::new("t").source("")).await, "source must be a non-empty string.");
    assert!(server.received().is_empty(), "nothing may be sent");
}

#[tokio::test]
async fn orders_and_refunds() {
    let (server, q) = start().await;
    let record = |body: &RecordPaidOrder| q.orders().record_paid_order(body);
    check(record(&RecordPaidOrder::new("x", "o", "USD")).await, "store_id must be a valid UUID.");
    check(record(&RecordPaidOrder::new(UUID, " ", "USD")).await, "external_order_id must be a non-empty string.");
    check(record(&RecordPaidOrder::new(UUID, "o", "")).await, "currency must be a non-empty string.");
    for currency in ["usd", "US", "USDX", "USD\n"] {
        let body = RecordPaidOrder::new(UUID, "o", currency);
        check(record(&body).await, "currency must be a 3-letter uppercase ISO code.");
    }
    let order = || RecordPaidOrder::new(UUID, "o", "USD");
    check(record(&order().order_number("")).await, "order_number must be a non-empty string.");
    check(record(&order().paid_at("")).await, "paid_at must be an ISO 8601 UTC timestamp.");
    check(record(&order().subtotal_price(-0.01)).await, "subtotal_price must be greater than or equal to 0.");
    check(record(&order().discount_total(-1.0)).await, "discount_total must be greater than or equal to 0.");
    check(record(&order().total_price(f64::NAN)).await, "total_price must be a finite number when provided.");
    check(record(&order().total_price(f64::INFINITY)).await, "total_price must be a finite number when provided.");
    check(record(&order().customer_email_hash("")).await, "customer_email_hash must be a non-empty string.");
    check(record(&order().checkout_token("")).await, "checkout_token must be a non-empty string.");
    check(record(&order().purchase_intent_token("")).await, "purchase_intent_token must be a non-empty string.");
    check(q.orders().get_details("x").await, "orderAttributionId must be a valid UUID.");
    let refund = |body: &RecordRefund| q.refunds().record_refund(body);
    check(refund(&RecordRefund::new(UUID, "o", "")).await, "external_refund_id must be a non-empty string.");
    let body = RecordRefund::new(UUID, "o", "r").refund_total(-1.0);
    check(refund(&body).await, "refund_total must be greater than or equal to 0.");
    let body = RecordRefund::new(UUID, "o", "r").refunded_at("2026");
    check(refund(&body).await, "refunded_at must be an ISO 8601 UTC timestamp.");
    assert!(server.received().is_empty(), "nothing may be sent");
}

#[tokio::test]
async fn null_is_not_checked() {
    let (server, q) = start().await;
    let order = RecordPaidOrder::new(UUID, "o", "USD").order_number(None::<String>).total_price(None::<f64>);
    assert!(q.orders().record_paid_order(&order).await.expect_err("the server answers 500").is_api());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn reserved_headers_are_refused() {
    let (server, q) = start().await;
    for name in [
        "accept",
        " Authorization ",
        "Content-Type",
        "user-agent",
        "x-request-id",
        "X-Trace-Id",
        "x-qredex-sdk",
        "Idempotency-Key",
    ] {
        let error = q.orders().list().header(name, "x").await.expect_err(name);
        assert!(error.is_validation() && !error.is_api(), "{error:?}");
        assert!(error.message().contains(&name.trim().to_ascii_lowercase()), "{error}");
        let built = Qredex::builder().credentials(Credentials::bearer("t")).header(name, "x").build();
        let error = built.expect_err(name);
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.message().contains(&name.trim().to_ascii_lowercase()), "{error}");
    }
    assert!(server.received().is_empty(), "nothing may be sent");
}
