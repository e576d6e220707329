//! Refusals: the envelope, codes, details, kinds by status, and what is repeated.

use spree_admin::types::{ErrorCode, UpdateOrder};
use spree_admin::{ApiError, Error, ErrorValues, Map};
use typewright_tests::server::Answer;

use crate::scripted;

/// What a call fails with when the server says this.
async fn refusal(status: u16, body: &str) -> Error {
    let (_server, builder) = scripted([Answer::json(status, body).with_header("x-request-id", "req_1")]).await;
    let client = builder.build().expect("complete");
    client.orders().update("or_1", &UpdateOrder::new()).retry(no_retries()).await.expect_err("refused")
}

fn no_retries() -> spree_admin::RetryPolicy {
    spree_admin::RetryPolicy::new().attempts(1)
}

#[tokio::test]
async fn a_refused_record_tells_its_fields() {
    let body =
        r#"{"error":{"code":"validation_error","message":"Email is invalid","details":{"email":["is invalid"]}}}"#;
    let error = refusal(422, body).await;
    assert!(error.is_validation());
    assert_eq!(error.code(), Some(ErrorCode::ValidationError));
    assert_eq!((error.message(), error.request_id()), ("Email is invalid", Some("req_1")));
    let fields: Map<Vec<String>> = error.details().expect("details").read().expect("messages by field");
    assert_eq!(fields.get("email"), Some(&vec!["is invalid".to_owned()]));
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let body = r#"{"error":{"code":"access_denied","message":"API key lacks scope: write_orders","details":{"required_scope":"write_orders"}}}"#;
    let error = refusal(403, body).await;
    assert!(error.is_authorization());
    assert_eq!(error.required_scope().as_deref(), Some("write_orders"));
    assert_eq!(error.required_permission(), None);
    let Some(ApiError::ErrorEnvelope(envelope)) = error.body() else { panic!("{error:?}") };
    assert_eq!(envelope.error.as_ref().and_then(|detail| detail.code.as_ref()), Some(&ErrorCode::AccessDenied));
}

#[tokio::test]
async fn kinds_follow_the_status() {
    type Kind = fn(&Error) -> bool;
    let cases: [(u16, &str, Kind); 8] = [
        (400, "parameter_missing", |error| error.is_validation()),
        (401, "authentication_required", |error| error.is_authentication()),
        (403, "access_denied", |error| error.is_authorization()),
        (404, "order_not_found", |error| error.is_not_found()),
        (409, "cart_already_updated", |error| error.is_conflict()),
        (422, "order_cannot_complete", |error| error.is_validation()),
        (429, "rate_limit_exceeded", |error| error.is_rate_limited()),
        (500, "processing_error", |error| error.is_server_error()),
    ];
    for (status, code, is_kind) in cases {
        let error = refusal(status, &format!(r#"{{"error":{{"code":"{code}","message":"No."}}}}"#)).await;
        assert!(is_kind(&error), "{status}: {error:?}");
        assert_eq!(error.code().as_ref().map(ErrorCode::as_str), Some(code));
    }
}

#[tokio::test]
async fn codes_that_nobody_knew_and_other_bodies_are_kept() {
    let error = refusal(422, r#"{"error":{"code":"brand_new","message":"No."}}"#).await;
    assert_eq!(error.code().map(|code| code.as_str().to_owned()).as_deref(), Some("brand_new"));
    let error = refusal(502, "<html>Bad gateway</html>").await;
    assert!(error.is_server_error() && error.code().is_none(), "{error:?}");
}

#[tokio::test]
async fn a_conflict_is_tried_again_from_reading_on() {
    let order = Answer::json(200, r#"{"id":"or_1"}"#);
    let conflict = Answer::json(409, r#"{"error":{"code":"cart_already_updated","message":"Changed."}}"#);
    let (server, builder) = scripted([order.clone(), conflict, order.clone(), order]).await;
    let client = builder.build().expect("complete");
    let spree = &client;
    let change = || async move {
        let order = spree.orders().get("or_1").await?;
        spree.orders().update(order.id, &UpdateOrder::new().internal_note("x")).await
    };
    client.retry_conflict(3, change).await.expect("the second time");
    let received = server.received();
    let methods: Vec<&str> = received.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["GET", "PATCH", "GET", "PATCH"]);
    assert_ne!(received[1].header("idempotency-key"), received[3].header("idempotency-key"));
}
