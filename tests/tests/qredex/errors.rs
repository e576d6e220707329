//! What a refusal of the Qredex API becomes: kind, status, code, message, ids, delay, body; and what a broken answer becomes.

use std::time::Duration;

use qredex::types::ErrorCode;
use qredex::{ApiError, Credentials, Error, Qredex};
use typewright_tests::server::{Answer, Server};

const CREATOR: &str = "11111111-1111-4111-8111-111111111111";

fn client(server: &Server) -> Qredex {
    Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok")).build().expect("complete")
}

async fn refusal(answer: Answer) -> Error {
    let server = Server::scripted([answer]).await;
    client(&server).creators().get(CREATOR).await.expect_err("the server refuses")
}

/// Which predicates hold: validation, authentication, authorization, not found, conflict, rate limited, server error.
fn kinds(error: &Error) -> [bool; 7] {
    [
        error.is_validation(),
        error.is_authentication(),
        error.is_authorization(),
        error.is_not_found(),
        error.is_conflict(),
        error.is_rate_limited(),
        error.is_server_error(),
    ]
}

#[tokio::test]
async fn every_status_has_its_kind_and_default_message() {
    const NONE: [bool; 7] = [false; 7];
    let only = |index: usize| {
        let mut kinds = NONE;
        kinds[index] = true;
        kinds
    };
    for (status, expected, message) in [
        (400, only(0), "Bad Request"),
        (401, only(1), "Unauthorized"),
        (403, only(2), "Forbidden"),
        (404, only(3), "Not Found"),
        (409, only(4), "Conflict"),
        (418, NONE, "I'm a teapot"),
        (422, NONE, "Unprocessable Entity"),
        (429, only(5), "Too Many Requests"),
        (500, only(6), "Internal Server Error"),
        (502, only(6), "Bad Gateway"),
        (503, only(6), "Service Unavailable"),
        (504, only(6), "Gateway Timeout"),
    ] {
        let error = refusal(Answer::json(status, "{}")).await;
        assert!(error.is_api(), "{status}");
        assert_eq!(error.status(), Some(status));
        assert_eq!(kinds(&error), expected, "{status}");
        assert_eq!(error.message(), message, "{status}");
        assert_eq!(error.code(), None, "{status}");
    }
}

#[tokio::test]
async fn the_envelope_gives_code_and_message() {
    let body = r#"{"error_code":"REJECTED_CROSS_SOURCE_DUPLICATE","message":"Recorded by another source.","extra":1}"#;
    let error = refusal(Answer::json(409, body)).await;
    assert_eq!(error.code(), Some(ErrorCode::RejectedCrossSourceDuplicate));
    assert_eq!(error.message(), "Recorded by another source.");
    assert_eq!(error.text(), body);
    let Some(ApiError::ErrorEnvelope(envelope)) = error.body() else { panic!("{error:?}") };
    assert_eq!(envelope.extra.get("extra").and_then(|value| value.as_i64()), Some(1));
}

#[tokio::test]
async fn an_unknown_code_stays_readable() {
    let error = refusal(Answer::json(400, r#"{"error_code":"brand_new"}"#)).await;
    assert_eq!(error.code().as_ref().map(ErrorCode::as_str), Some("brand_new"));
}

#[tokio::test]
async fn members_of_the_envelope_that_are_no_strings_are_ignored() {
    let error = refusal(Answer::json(400, r#"{"error_code":7,"message":["a"]}"#)).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.message(), "Bad Request");
    assert_eq!(error.text(), r#"{"error_code":7,"message":["a"]}"#);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_kept_as_text() {
    let error = refusal(Answer::json(502, "<html>Bad Gateway</html>")).await;
    assert!(error.is_server_error());
    assert_eq!(error.text(), "<html>Bad Gateway</html>");
}

#[tokio::test]
async fn ids_come_from_the_first_header_that_is_there_and_not_empty() {
    for (headers, request_id, trace_id) in [
        (vec![("x-request-id", "a"), ("request-id", "b"), ("x-correlation-id", "c")], Some("a"), None),
        (vec![("x-request-id", ""), ("request-id", "b"), ("x-trace-id", "t")], Some("b"), Some("t")),
        (vec![("x-correlation-id", "c"), ("trace-id", "u")], Some("c"), Some("u")),
        (vec![("traceparent", "00-1-2-01")], None, Some("00-1-2-01")),
        (vec![], None, None),
    ] {
        let answer =
            headers.iter().fold(Answer::json(500, "{}"), |answer, (name, value)| answer.with_header(name, value));
        let error = refusal(answer).await;
        assert_eq!(error.request_id(), request_id, "{headers:?}");
        assert_eq!(error.trace_id(), trace_id, "{headers:?}");
    }
}

#[tokio::test]
async fn retry_after_is_readable() {
    for (value, expected) in
        [("7", Some(Duration::from_secs(7))), ("1.5", Some(Duration::from_millis(1500))), ("soon", None), ("-1", None)]
    {
        let error = refusal(Answer::json(429, "{}").with_header("retry-after", value)).await;
        assert_eq!(error.retry_after(), expected, "{value}");
    }
}

#[tokio::test]
async fn display_is_one_line_with_operation_status_code_message_and_request_id() {
    let body = r#"{"error_code":"order_not_found","message":"No such\norder."}"#;
    let error = refusal(Answer::json(404, body).with_header("x-request-id", "req-9")).await;
    let line = error.to_string();
    assert!(!line.contains('\n'), "{line}");
    for part in ["creators.get", "404", "order_not_found", "No such", "req-9"] {
        assert!(line.contains(part), "{part} is missing in {line}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_its_type_names_the_json_path() {
    let body = r#"{"id":"x","handle":7,"status":"ACTIVE","created_at":"t","updated_at":"t"}"#;
    let error = refusal(Answer::json(200, body)).await;
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.json_path(), Some("$.handle"));
    assert_eq!(error.status(), Some(200));
}

#[tokio::test]
async fn an_answer_without_a_required_member_names_it() {
    let body = r#"{"items":[{"id":"x","status":"ACTIVE","created_at":"t","updated_at":"t"}],"page":0,"size":1,"total_elements":1,"total_pages":1}"#;
    let server = Server::scripted([Answer::json(200, body)]).await;
    let error = client(&server).creators().list().await.expect_err("a member is missing");
    assert_eq!(error.json_path(), Some("$.items[0].handle"));
}

#[tokio::test]
async fn a_connection_that_nobody_accepts_is_a_network_error() {
    let server = Server::scripted([Answer::Drop]).await;
    let error = client(&server).creators().get(CREATOR).await.expect_err("the connection is dropped");
    assert!(error.is_network(), "{error:?}");
    assert!(!error.is_timeout() && !error.is_api());
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_a_timeout() {
    let slow = Answer::After(Duration::from_secs(5), Box::new(Answer::json(200, "{}")));
    let server = Server::scripted([slow]).await;
    let call = client(&server).creators().get(CREATOR).timeout(Duration::from_millis(40));
    let error = call.await.expect_err("the server is slow");
    assert!(error.is_timeout() && error.is_network(), "{error:?}");
    assert!(error.message().contains("timed out after 40ms"), "{}", error.message());
}

#[tokio::test]
async fn unknown_values_and_members_survive() {
    let body = r#"{"id":"x","handle":"alice","status":"PAUSED","created_at":"2026-01-01T00:00:00Z","updated_at":"t","new":[1]}"#;
    let server = Server::scripted([Answer::json(200, body)]).await;
    let creator = client(&server).creators().get(CREATOR).await.expect("a newer server is no fault");
    assert_eq!(creator.status.as_str(), "PAUSED");
    assert_eq!(creator.extra.get("new").map(ToString::to_string), Some("[1]".to_owned()));
}

#[tokio::test]
async fn any_success_status_is_a_success() {
    let body = r#"{"id":"x","handle":"alice","status":"ACTIVE","created_at":"t","updated_at":"t"}"#;
    for status in [200, 201, 202, 299] {
        let server = Server::scripted([Answer::json(status, body)]).await;
        let reply = client(&server).creators().get(CREATOR).with_response().await.expect("2xx");
        assert_eq!(reply.status(), status);
    }
}
