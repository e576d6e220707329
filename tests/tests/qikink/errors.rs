//! Errors of the Qikink API, those that travel with status 200 included.

use qikink::{Error, Qikink};
use typewright_tests::server::{Answer, Server};

use crate::support::{answering, builder, client, is_token, order, sent};

async fn create(answer: Answer) -> Error {
    let server = answering(answer).await;
    let error = client(&server).orders().create(&order("1", "1", "1", "1")).await.expect_err("a refusal");
    assert_eq!(sent(&server).0.len(), 1, "an order is sent once");
    error
}

#[tokio::test]
async fn the_text_is_found_wherever_it_stands() {
    for (body, message) in [
        (r#"{"error":"Invalid AccessToken or Client Id"}"#, "Invalid AccessToken or Client Id"),
        (r#"{"error":true,"message":"Order no. cannot exceed 15 chars"}"#, "Order no. cannot exceed 15 chars"),
        (r#"{"success":false,"Message":"no"}"#, "no"),
        (r#"{"success":false,"errors":"no"}"#, "no"),
    ] {
        for status in [200, 400] {
            let error = create(Answer::json(status, body)).await;
            assert!(error.is_api(), "{body}: {error:?}");
            assert_eq!((error.status(), error.message(), error.text().as_str()), (Some(status), message, body));
            assert!(error.body().is_some(), "{body}");
        }
    }
    let error = create(Answer::json(400, r#"{"errors":{"sku":"unknown"},"message":"no"}"#)).await;
    assert_eq!(error.details().map(|details| details.as_text()), Some(r#"{"sku":"unknown"}"#));
}

#[tokio::test]
async fn the_status_of_the_body_says_what_sort_of_refusal_it_is() {
    let kinds = |error: &Error| {
        [error.is_validation(), error.is_authentication(), error.is_not_found(), error.is_rate_limited()]
    };
    for (code, expected) in [
        ("400", [true, false, false, false]),
        ("\"401\"", [false, true, false, false]),
        ("404", [false, false, true, false]),
        ("429", [false, false, false, true]),
        ("\"500\"", [false, false, false, false]),
    ] {
        let error = create(Answer::json(200, format!(r#"{{"status_code":{code},"message":"no"}}"#))).await;
        assert_eq!((error.status(), error.message()), (Some(200), "no"), "{code}");
        assert_eq!(kinds(&error), expected, "{code}");
    }
}

#[tokio::test]
async fn what_is_no_error_is_none() {
    for body in [r#"[{"error":"a member of an order"}]"#, "[]", r#"{"status":"Live","error":null,"status_code":"200"}"#]
    {
        let server = answering(Answer::json(200, body)).await;
        client(&server).orders().get("1").await.expect(body);
    }
}

#[tokio::test]
async fn a_list_that_is_an_error_says_so() {
    let server = answering(Answer::json(200, r#"{"error":"Invalid parameter: limit"}"#)).await;
    let error = client(&server).orders().list().query("limit", "5").await.expect_err("a refusal");
    assert_eq!((error.is_api(), error.message()), (true, "Invalid parameter: limit"));
    let mut orders = client(&server).orders().list().items();
    assert!(orders.try_next().await.expect_err("a refusal").is_api());
}

#[tokio::test]
async fn a_success_that_is_no_json_is_a_decoding_error() {
    for body in ["<html>busy</html>", "", "\u{0}"] {
        let error = create(Answer::json(200, body)).await;
        assert!(error.is_decode(), "{body}: {error:?}");
        assert_eq!((error.status(), error.text().as_str()), (Some(200), body));
    }
}

#[tokio::test]
async fn a_refusal_without_a_text_has_that_of_its_status() {
    let error = create(Answer::json(503, "<html>")).await;
    assert_eq!((error.status(), error.message()), (Some(503), "Service Unavailable"));
    let error = create(Answer::json(200, r#"{"success":false}"#)).await;
    assert_eq!(error.message(), "the answer says that it is an error, and no more");
}

#[tokio::test]
async fn an_order_is_sent_once_whatever_happens() {
    for answer in [Answer::Drop, Answer::json(502, "{}"), Answer::json(401, r#"{"error":"Invalid AccessToken"}"#)] {
        create(answer).await;
    }
}

#[tokio::test]
async fn refused_credentials_are_told_as_they_are() {
    for status in [401, 200] {
        let server = Server::start(move |request, _| {
            assert!(is_token(request));
            Answer::json(status, r#"{"error":true,"message":"Invalid client_id or client_secret","status_code":401}"#)
        })
        .await;
        let q: Qikink = builder(&server).build().expect("complete");
        let error = q.orders().list().await.expect_err("no token");
        assert!(error.is_authentication(), "{error:?}");
        assert_eq!(error.message(), "Invalid client_id or client_secret");
        assert!(!format!("{error} {error:?}").contains("s p+"), "{error:?}");
    }
}
