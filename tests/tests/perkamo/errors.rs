//! What refusals of the Perkamo API become.

use std::time::Duration;

use perkamo::{ApiError, Credentials, Error, Perkamo};
use typewright_tests::server::{Answer, Server};

async fn refused(answer: Answer) -> Error {
    let server = Server::scripted([answer]).await;
    let credentials = Credentials::api_key("sk_test");
    let perkamo = Perkamo::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    let error = perkamo.emit("customer_123", "app.opened").await.expect_err("refused");
    assert_eq!(server.received().len(), 1, "nothing is repeated");
    error
}

#[tokio::test]
async fn status_message_and_body() {
    let error = refused(Answer::json(422, r#"{"message":"Unknown event.","field":"event"}"#)).await;
    assert_eq!((error.status(), error.message(), error.operation()), (Some(422), "Unknown event.", Some("emit")));
    let Some(ApiError::Refusal(body)) = error.body() else { panic!("{error:?}") };
    assert_eq!(body.message.as_deref(), Some("Unknown event."));
    assert_eq!(body.extra.get("field").map(|field| field.as_text()), Some(r#""event""#));

    let error = refused(Answer::json(500, "oops")).await;
    assert_eq!((error.message(), error.text().as_str()), ("Internal Server Error", "oops"));
    assert!(error.body().is_none() && error.is_server_error());
    let error = refused(Answer::json(401, "[1]")).await;
    assert!(error.is_authentication() && matches!(error.body(), Some(ApiError::Unknown(_))), "{error:?}");
}

#[tokio::test]
async fn request_ids_by_both_names() {
    let check = async |headers: &[(&str, &str)], expected: Option<&str>| {
        let answer = Answer::json(400, "{}");
        let answer = headers.iter().fold(answer, |answer, (name, value)| answer.with_header(name, value));
        assert_eq!(refused(answer).await.request_id(), expected, "{headers:?}");
    };
    check(&[], None).await;
    check(&[("x-request-id", "b")], Some("b")).await;
    check(&[("x-request-id", "b"), ("x-perkamo-request-id", "a")], Some("a")).await;
    check(&[("x-request-id", "b"), ("x-perkamo-request-id", " ")], Some("b")).await;
}

#[tokio::test]
async fn rate_limits_in_both_spellings() {
    for prefix in ["", "x-"] {
        let answer = Answer::json(429, r#"{"message":"Slow down."}"#)
            .with_header("retry-after", "7")
            .with_header(&format!("{prefix}ratelimit-limit"), "100")
            .with_header(&format!("{prefix}ratelimit-remaining"), "0")
            .with_header(&format!("{prefix}ratelimit-reset"), "2026-06-01T10:00:00Z");
        let error = refused(answer).await;
        assert!(error.is_rate_limited());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        let limit = error.rate_limit().expect("declared");
        assert_eq!(
            (limit.limit(), limit.remaining(), limit.reset()),
            (Some(100), Some(0), Some("2026-06-01T10:00:00Z"))
        );
    }
    let error = refused(Answer::json(429, "{}").with_header("ratelimit-limit", "10, 10;w=1")).await;
    assert_eq!(error.rate_limit().and_then(|limit| limit.limit()), None);
    assert!(refused(Answer::json(400, "{}")).await.rate_limit().is_none());
}

/// A server that never answers is waited for; a time limit of the caller's ends that.
#[tokio::test]
async fn no_time_limit_but_the_caller_s() {
    use perkamo::testing::{Answer, ManualTime, MemoryTransport};
    use std::sync::Arc;

    let time = ManualTime::new();
    let transport = MemoryTransport::new().sleeper(Arc::new(time.clone()));
    transport.answer(Answer::json(200, "{}").delayed(Duration::from_secs(100_000))).answer(Answer::never());
    let perkamo = Perkamo::builder()
        .credentials(Credentials::api_key("sk_test"))
        .transport(Arc::new(transport))
        .clock(Arc::new(time.clone()))
        .sleeper(Arc::new(time.clone()))
        .build()
        .expect("complete");
    perkamo.program().await.expect("an answer, however late");
    assert!(time.passed() >= Duration::from_secs(100_000));
    assert!(perkamo.program().timeout(Duration::from_secs(3)).await.expect_err("too late").is_timeout());
}
