//! When the Qredex client repeats a request: tokens by default, reads if asked, writes never.

use std::time::{Duration, Instant};

use qredex::types::{CreateCreator, RecordPaidOrder, RecordRefund};
use qredex::{Credentials, Error, Qredex, RetryPolicy};
use typewright_tests::server::{Answer, Received, Server};

const PAGE: &str = r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#;
const STORE: &str = "44444444-4444-4444-8444-444444444444";
const SOON: Duration = Duration::from_millis(1);

fn quick() -> RetryPolicy {
    RetryPolicy::new().base_delay(SOON).max_delay(SOON)
}

fn is_token(request: &Received) -> bool {
    request.path() == "/api/v1/auth/token"
}

fn reader(server: &Server, policy: Option<RetryPolicy>) -> Qredex {
    let mut builder = Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok"));
    if let Some(policy) = policy {
        builder = builder.read_retry(policy);
    }
    builder.build().expect("complete")
}

/// Lists orders against these answers; gives the outcome and how many requests there were.
async fn read(answers: Vec<Answer>, policy: Option<RetryPolicy>) -> (Result<(), Error>, usize) {
    let server = Server::scripted(answers).await;
    let outcome = reader(&server, policy).orders().list().await.map(drop);
    (outcome, server.received().len())
}

#[tokio::test]
async fn reads_are_not_repeated_unless_asked() {
    let (outcome, requests) = read(vec![Answer::json(503, "{}"), Answer::json(200, PAGE)], None).await;
    assert!(outcome.is_err());
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn asked_for_reads_are_tried_twice() {
    let policy = Some(quick());
    for first in [Answer::json(429, "{}"), Answer::json(500, "{}"), Answer::json(599, "{}"), Answer::Drop] {
        let (outcome, requests) = read(vec![first.clone(), Answer::json(200, PAGE)], policy.clone()).await;
        outcome.unwrap_or_else(|error| panic!("{first:?}: {error}"));
        assert_eq!(requests, 2, "{first:?}");
    }
    let (outcome, requests) = read(vec![Answer::json(503, "{}")], policy).await;
    assert!(outcome.is_err());
    assert_eq!(requests, 2, "two attempts in all");
}

#[tokio::test]
async fn other_statuses_are_not_repeated() {
    for status in [400, 401, 403, 404, 408, 409, 422] {
        let (outcome, requests) = read(vec![Answer::json(status, "{}")], Some(quick().attempts(5))).await;
        assert_eq!(outcome.expect_err("refused").status(), Some(status));
        assert_eq!(requests, 1, "{status}");
    }
}

#[tokio::test]
async fn attempts_are_counted_with_the_first() {
    for attempts in [1, 3, 5] {
        let (_, requests) = read(vec![Answer::json(503, "{}")], Some(quick().attempts(attempts))).await;
        assert_eq!(requests, attempts as usize);
    }
}

#[tokio::test]
async fn one_call_can_ask_for_itself() {
    let server = Server::scripted([Answer::json(503, "{}"), Answer::json(200, PAGE)]).await;
    reader(&server, None).orders().list().retry(quick()).await.expect("the second try");
    let server = Server::scripted([Answer::json(503, "{}"), Answer::json(200, PAGE)]).await;
    reader(&server, Some(quick())).orders().list().retry(RetryPolicy::off()).await.expect_err("one try");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn retry_after_is_kept_within_the_declared_cap() {
    let limited = Answer::json(429, "{}").with_header("retry-after", "3600");
    let started = Instant::now();
    let policy = RetryPolicy::new().base_delay(SOON).max_delay(Duration::from_millis(30));
    let (outcome, requests) = read(vec![limited, Answer::json(200, PAGE)], Some(policy)).await;
    outcome.expect("the second try");
    assert_eq!(requests, 2);
    assert!(started.elapsed() >= Duration::from_millis(30), "the cap is waited for");
}

#[tokio::test]
async fn writes_are_never_repeated() {
    let policy = quick().attempts(5);
    for answer in [Answer::json(429, "{}"), Answer::json(500, "{}"), Answer::json(502, "{}"), Answer::Drop] {
        let server = Server::scripted([answer.clone()]).await;
        let q = reader(&server, Some(policy.clone()));
        q.creators().create(&CreateCreator::new("alice")).await.expect_err("refused");
        assert_eq!(server.received().len(), 1, "{answer:?}");
        q.orders().record_paid_order(&RecordPaidOrder::new(STORE, "o", "USD")).await.expect_err("refused");
        assert_eq!(server.received().len(), 2, "{answer:?}");
        let refund = RecordRefund::new(STORE, "o", "r");
        q.refunds().record_refund(&refund).idempotency_key("k").retry(policy.clone()).await.expect_err("refused");
        assert_eq!(server.received().len(), 3, "{answer:?}");
    }
}

#[tokio::test]
async fn tokens_are_asked_for_twice() {
    for first in [Answer::json(429, "{}"), Answer::json(500, "{}"), Answer::Drop] {
        let answers = [
            first,
            Answer::json(200, r#"{"access_token":"t","token_type":"Bearer","expires_in":60}"#),
            Answer::json(200, PAGE),
        ];
        let server = Server::scripted(answers).await;
        let credentials = Credentials::client_credentials("id", "secret");
        let builder = Qredex::builder().base_url(server.url()).credentials(credentials).token_retry(quick());
        builder.build().expect("complete").orders().list().await.expect("the second token request succeeds");
        assert_eq!(server.received().iter().filter(|request| is_token(request)).count(), 2);
    }
    let server = Server::scripted([Answer::json(401, "{}")]).await;
    let credentials = Credentials::client_credentials("id", "secret");
    let q = Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    assert!(q.orders().list().await.expect_err("refused").is_authentication());
    assert_eq!(server.received().len(), 1, "a refusal is not repeated");
}

#[tokio::test]
async fn a_policy_without_attempts_is_refused() {
    let builder = Qredex::builder().credentials(Credentials::bearer("tok")).read_retry(RetryPolicy::new().attempts(0));
    assert!(builder.build().expect_err("no attempts").is_configuration());
}

#[tokio::test]
async fn a_redirect_of_a_read_is_followed_without_credentials_to_another_origin() {
    let other = Server::scripted([Answer::json(200, PAGE)]).await;
    let target = format!("{}/elsewhere", other.url());
    let server = Server::scripted([Answer::empty(302).with_header("location", &target)]).await;
    reader(&server, None).orders().list().header("x-extra", "1").await.expect("the other server answers");
    let request = other.single();
    assert_eq!(request.target, "/elsewhere");
    for name in ["authorization", "x-qredex-sdk", "cookie"] {
        assert_eq!(request.header(name), "", "{name} may not cross origins");
    }
}

#[tokio::test]
async fn a_redirect_within_the_origin_keeps_the_credentials() {
    let server = Server::start(|request, _| match request.path() {
        "/moved" => Answer::json(200, PAGE),
        _ => Answer::empty(307).with_header("location", "/moved"),
    })
    .await;
    reader(&server, None).orders().list().await.expect("the same server answers");
    assert_eq!(
        server.received().last().map(|last| last.header("authorization").to_owned()).as_deref(),
        Some("Bearer tok")
    );
}

#[tokio::test]
async fn a_redirect_of_a_write_is_an_error() {
    let server = Server::scripted([Answer::empty(307).with_header("location", "/moved")]).await;
    let call = reader(&server, None);
    let error = call.creators().create(&CreateCreator::new("alice")).await.expect_err("a write is not sent twice");
    assert_eq!(error.status(), Some(307));
    assert_eq!(server.received().len(), 1);
}
