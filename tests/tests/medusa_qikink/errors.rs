//! Errors of the Medusa plugin: duplicates, what is missing, and what Qikink itself refuses.

use medusa_qikink::types::{CreateProductMapping, ErrorCode};
use medusa_qikink::{Credentials, Error, MedusaQikink};
use typewright_tests::server::{Answer, Server};

async fn create(answer: Answer) -> Error {
    let server = Server::scripted([answer]).await;
    let credentials = Credentials::bearer("jwt");
    let m = MedusaQikink::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    let error = m.admin().product_mappings().create(&CreateProductMapping::new("S", "v")).await;
    assert_eq!(server.received().len(), 1, "a mapping is sent once");
    error.expect_err("a refusal")
}

/// Which predicates hold: validation, authentication, not found, conflict, rate limited.
fn kinds(error: &Error) -> [bool; 5] {
    [
        error.is_validation(),
        error.is_authentication(),
        error.is_not_found(),
        error.is_conflict(),
        error.is_rate_limited(),
    ]
}

#[tokio::test]
async fn every_status_has_its_kind() {
    for (status, code, expected) in [
        (400, "invalid_data", [true, false, false, false, false]),
        (401, "unauthorized", [false, true, false, false, false]),
        (404, "not_found", [false, false, true, false, false]),
        (409, "duplicate_error", [false, false, false, true, false]),
        (429, "brand_new", [false, false, false, false, true]),
        (502, "unknown_error", [false; 5]),
    ] {
        for member in ["code", "type"] {
            let body = format!(r#"{{"message":"A mapping already exists","{member}":"{code}"}}"#);
            let error = create(Answer::json(status, body)).await;
            assert_eq!((error.status(), error.message()), (Some(status), "A mapping already exists"));
            assert_eq!(error.code(), Some(ErrorCode::from(code)));
            assert_eq!(kinds(&error), expected, "{status}");
        }
    }
}

#[tokio::test]
async fn a_refusal_without_a_code_keeps_its_words_and_its_details() {
    let body = r#"{"message":"Invalid request","errors":[{"path":["variant_id"],"message":"Required"}]}"#;
    let error = create(Answer::json(400, body)).await;
    assert_eq!((error.message(), error.code()), ("Invalid request", None));
    let details = error.details().and_then(|details| details.pointer("/0/path/0"));
    assert_eq!(details.as_ref().and_then(|member| member.as_str()).as_deref(), Some("variant_id"));
    let error = create(Answer::Drop).await;
    assert!(error.is_network(), "{error:?}");
}

#[tokio::test]
async fn what_qikink_refuses_with_status_200_is_an_error_here_too() {
    let server = Server::scripted([Answer::json(200, r#"{"error":"Invalid AccessToken or Client Id"}"#)]).await;
    let m = MedusaQikink::builder().base_url(server.url()).build().expect("complete");
    let error = m.store().qikink().orders().await.expect_err("a refusal");
    assert_eq!((error.status(), error.message()), (Some(200), "Invalid AccessToken or Client Id"));
}
