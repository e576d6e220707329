//! What the answers of the Refport API become: values, nothing, and errors with the server's own status and code.

use refport::types::{CreateEmbedToken, ErrorCode, TrackLead, TrackSale};
use refport::{Credentials, Error, Refport};
use typewright_tests::server::{Answer, Server};

const LEAD: &str = r#"{"eventName":"signup","click":{"id":"clk_1"},"link":{"id":"l","domain":"d.test","key":"k","url":"https://d.test/k","programId":null},"customer":{"externalId":"cus","email":"a@example.test","name":null}}"#;
const SALE: &str = r#"{"eventName":"Purchase","customer":{"externalId":"cus","email":"a@example.test","name":"A"},"sale":{"id":"s","amount":4999,"currency":"usd","commissionAmount":499,"status":"settled","invoiceId":null,"paymentProcessor":"custom"}}"#;

fn client(server: &Server) -> Refport {
    Refport::builder().base_url(server.url()).credentials(Credentials::bearer("rk_test")).build().expect("complete")
}

async fn token(answer: Answer) -> Error {
    let server = Server::scripted([answer]).await;
    let error = client(&server).embed_tokens().create(&CreateEmbedToken::new().tenant_id("t")).await;
    assert_eq!(server.received().len(), 1, "nothing is repeated");
    error.expect_err("no token")
}

async fn sale(answer: Answer) -> Error {
    let server = Server::scripted([answer]).await;
    let error = client(&server).track().sale(&TrackSale::new("clk", "cus", 1)).await;
    assert_eq!(server.received().len(), 1, "nothing is repeated");
    error.expect_err("no sale")
}

fn refused(status: u16, code: &str) -> Answer {
    Answer::json(status, format!(r#"{{"error":{{"code":"{code}","message":"No."}}}}"#))
}

/// Which predicates hold: authentication, not found, validation, rate limited.
fn kinds(error: &Error) -> [bool; 4] {
    [error.is_authentication(), error.is_not_found(), error.is_validation(), error.is_rate_limited()]
}

#[tokio::test]
async fn every_status_has_its_kind_and_keeps_the_code_of_the_wire() {
    for (status, code, typed, expected) in [
        (400, "INVALID_CLICK_ID", ErrorCode::InvalidClickId, [false, false, true, false]),
        (400, "VALIDATION_ERROR", ErrorCode::ValidationError, [false, false, true, false]),
        (401, "UNAUTHORIZED", ErrorCode::Unauthorized, [true, false, false, false]),
        (404, "NOT_FOUND", ErrorCode::NotFound, [false, true, false, false]),
        (422, "VALIDATION_ERROR", ErrorCode::ValidationError, [false, false, true, false]),
        (429, "RATE_LIMIT_EXCEEDED", ErrorCode::RateLimitExceeded, [false, false, false, true]),
        (403, "BRAND_NEW", ErrorCode::from("BRAND_NEW"), [false; 4]),
        (500, "BRAND_NEW", ErrorCode::from("BRAND_NEW"), [false; 4]),
    ] {
        for error in [token(refused(status, code)).await, sale(refused(status, code)).await] {
            assert_eq!(error.status(), Some(status));
            assert_eq!((error.code_text(), error.code()), (Some(code), Some(typed.clone())), "{status}");
            assert_eq!(error.message(), "No.");
            assert_eq!(kinds(&error), expected, "{status}");
            assert!(error.is_api());
        }
    }
}

#[tokio::test]
async fn refusals_without_an_envelope_keep_status_and_body() {
    for body in ["", "null", "{}", r#"{"error":{}}"#, "<html>busy</html>", r#"{"error":"busy"}"#] {
        let error = sale(Answer::json(502, body)).await;
        assert!(error.is_api() && error.is_server_error(), "{body}: {error:?}");
        assert_eq!((error.status(), error.code(), error.message()), (Some(502), None, "Bad Gateway"), "{body}");
        assert_eq!(error.text(), body);
    }
    let error = sale(refused(429, "RATE_LIMIT_EXCEEDED").with_header("retry-after", "7")).await;
    assert_eq!(error.retry_after().map(|delay| delay.as_secs()), Some(7));
}

#[tokio::test]
async fn a_token_without_token_or_expiry_is_an_invalid_response() {
    for (body, path) in [
        (r#"{"expires":"2026-01-01T00:00:00Z"}"#, "$.publicToken"),
        (r#"{"publicToken":"","expires":"2026-01-01T00:00:00Z"}"#, "$.publicToken"),
        (r#"{"publicToken":null,"expires":"2026-01-01T00:00:00Z"}"#, "$.publicToken"),
        (r#"{"publicToken":"pt_1"}"#, "$.expires"),
        (r#"{"publicToken":"pt_1","expires":""}"#, "$.expires"),
        (r#"{"publicToken":"pt_1","expires":7}"#, "$.expires"),
        (r#"{"publicToken":"pt_1","expires":"soon"}"#, "$.expires"),
        (r#"{"publicToken":"pt_1","expires":"2026-02-30T00:00:00Z"}"#, "$.expires"),
        ("{}", "$.publicToken"),
        ("null", "$.publicToken"),
    ] {
        let error = token(Answer::json(201, body)).await;
        assert!(error.is_decode(), "{body}: {error:?}");
        assert_eq!((error.status(), error.code()), (Some(201), Some(ErrorCode::InvalidResponse)), "{body}");
        assert_eq!(error.json_path(), Some(path), "{body}");
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_an_invalid_response() {
    for answer in [Answer::empty(204), Answer::json(200, "<html>"), Answer::json(200, "null"), Answer::json(200, "{}")]
    {
        for error in [token(answer.clone()).await, sale(answer).await] {
            assert!(error.is_decode(), "{error:?}");
            assert_eq!(error.code_text(), Some("INVALID_RESPONSE"));
        }
    }
}

#[tokio::test]
async fn a_token_and_a_sale_are_read() {
    let body = r#"{"publicToken":"pt_secret","expires":"2026-01-01T00:00:00.000Z","new":1}"#;
    let server = Server::scripted([Answer::json(200, body), Answer::json(200, SALE)]).await;
    let r = client(&server);
    let token = r.embed_tokens().create(&CreateEmbedToken::new().tenant_id("t")).await.expect("a token");
    assert_eq!(token.public_token, "pt_secret");
    assert_eq!(token.expires.to_string(), "2026-01-01T00:00:00.000Z");
    assert!(token.extra.get("new").is_some());
    assert!(!format!("{token:?}").contains("pt_secret"), "{token:?}");
    let sale = r.track().sale(&TrackSale::new("clk", "cus", 4999)).await.expect("a sale");
    assert_eq!((sale.sale.amount, sale.sale.commission_amount, sale.sale.invoice_id), (4999, 499, None));
    assert_eq!(sale.sale.status.as_str(), "settled");
}

#[tokio::test]
async fn a_lead_of_a_click_without_a_link_is_none() {
    for (answer, expected) in [
        (Answer::json(200, "null"), false),
        (Answer::json(200, " null\n"), false),
        (Answer::empty(200), false),
        (Answer::empty(204), false),
        (Answer::json(200, LEAD), true),
    ] {
        let server = Server::scripted([answer]).await;
        let lead = client(&server).track().lead(&TrackLead::new("clk", "signup", "cus")).await.expect("a success");
        assert_eq!(lead.is_some(), expected);
    }
}

#[tokio::test]
async fn a_dropped_connection_is_seen_once() {
    let error = sale(Answer::Drop).await;
    assert!(error.is_network() && !error.is_api(), "{error:?}");
}

#[tokio::test]
async fn the_key_shows_nowhere() {
    for answer in [refused(401, "UNAUTHORIZED"), Answer::Drop, Answer::json(200, "{}")] {
        let error = token(answer).await;
        assert!(!format!("{error} {error:?}").contains("rk_test"), "{error:?}");
    }
}
