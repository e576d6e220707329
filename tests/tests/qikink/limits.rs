//! The limit that the client keeps by itself: 30 requests in any 60 seconds, or what is set.

use std::sync::Arc;
use std::time::Duration;

use qikink::testing::ManualTime;
use qikink::{Builder, Credentials, Error, ErrorKind, Qikink};
use typewright_tests::server::{Answer, Server};

use crate::support::{answering, builder, client, sent};

async fn server() -> Server {
    answering(Answer::json(200, "[]")).await
}

/// A builder on time that is moved by hand.
fn timed(server: &Server) -> (Builder<Qikink>, ManualTime) {
    let time = ManualTime::stopped();
    (builder(server).clock(Arc::new(time.clone())).sleeper(Arc::new(time.clone())), time)
}

fn refused(error: &Error, limit: u32, seconds: u32) {
    assert_eq!(error.kind(), ErrorKind::RateLimit, "{error:?}");
    assert!(error.is_rate_limited() && !error.is_api() && error.status().is_none(), "{error:?}");
    assert_eq!(
        error.message(),
        format!(
            "Rate limit exceeded. Try again later. You can access api {limit} times per minute. Please try again after {seconds} seconds."
        )
    );
}

#[tokio::test]
async fn thirty_requests_a_minute_the_token_included() {
    let server = server().await;
    let (builder, time) = timed(&server);
    let q = builder.build().expect("complete");
    for _ in 0..29 {
        q.orders().list().await.expect("an empty page");
    }
    time.advance(Duration::from_millis(18_500));
    let error = q.clone().orders().list().await.expect_err("the 31st request");
    refused(&error, 30, 42);
    assert_eq!(error.retry_after(), Some(Duration::from_millis(41_500)));
    assert_eq!(server.received().len(), 30);
    time.advance(Duration::from_millis(41_400));
    refused(&q.orders().list().await.expect_err("too early"), 30, 1);
    time.advance(Duration::from_millis(100));
    for _ in 0..30 {
        q.orders().list().await.expect("the window has moved on, and what was refused is not in it");
    }
    refused(&q.orders().list().await.expect_err("full again"), 30, 60);
}

#[tokio::test]
async fn the_number_is_set_in_the_builder_or_by_the_variable() {
    for (variable, set, expected) in [
        (None, Some(2), Some(2)),
        (Some("3"), None, Some(3)),
        (Some(" 3.9 "), None, Some(3)),
        (Some("3"), Some(2), Some(2)),
        (Some("soon"), None, Some(30)),
        (Some(" "), None, Some(30)),
        (Some("-1"), None, None),
        (Some("0"), None, None),
        (Some("3"), Some(0), None),
    ] {
        let server = server().await;
        let (builder, _) = timed(&server);
        let read = |name: &str| variable.filter(|_| name == "QIKINK_RATE_LIMIT_REQUESTS_PER_MINUTE").map(str::to_owned);
        let mut builder = builder.from_variables(read).expect("no variable is wrong");
        if let Some(set) = set {
            builder = builder.rate_limit(set);
        }
        let q = builder.build().expect("complete");
        let allowed: u32 = expected.unwrap_or(40);
        for _ in 1..allowed {
            q.orders().list().await.expect("below the limit");
        }
        let last = q.orders().list().await;
        match expected {
            Some(limit) => refused(&last.expect_err("full"), limit, 60),
            None => assert!(last.is_ok(), "{variable:?} {set:?}"),
        }
    }
}

#[tokio::test]
async fn a_call_can_wait_for_its_turn() {
    let server = server().await;
    let time = ManualTime::new();
    let q = builder(&server).rate_limit(3).wait_for_rate_limit(true);
    let q = q.clock(Arc::new(time.clone())).sleeper(Arc::new(time.clone())).build().expect("complete");
    for _ in 0..5 {
        q.orders().list().await.expect("in its turn");
    }
    assert_eq!((server.received().len(), time.passed()), (6, Duration::from_secs(60)));
}

#[tokio::test]
async fn clients_of_one_account_share_the_limit() {
    let server = server().await;
    let of = |id: &str, secret: &str| {
        let credentials = Credentials::client_credentials(id, secret);
        Qikink::builder().base_url(server.url()).credentials(credentials).rate_limit(3)
    };
    let q = of("1", "s").build().expect("complete");
    q.orders().list().await.expect("a token and a call");
    of("1", "s").build().expect("complete").orders().list().await.expect("a call");
    assert!(of("1", "s").build().expect("complete").orders().list().await.expect_err("full").is_rate_limited());
    of("2", "s").build().expect("complete").orders().list().await.expect("another account");
    of("1", "t").build().expect("complete").orders().list().await.expect("another secret");
    of("1", "s").isolated(true).build().expect("complete").orders().list().await.expect("its own limit");
}

#[tokio::test]
async fn a_refused_token_request_leaves_the_call_unsent() {
    let server = server().await;
    let (builder, time) = timed(&server);
    let q = builder.rate_limit(1).build().expect("complete");
    refused(&q.orders().list().await.expect_err("the token was the one"), 1, 60);
    assert_eq!((sent(&server).0.len(), sent(&server).1.len()), (0, 1));
    time.advance(Duration::from_secs(60));
    q.orders().list().await.expect("the token is there");
}

#[tokio::test]
async fn callers_that_go_away_take_no_place_along() {
    let server = server().await;
    let q = client(&server);
    q.orders().list().await.expect("a token and a call");
    for _ in 0..100 {
        // Never polled, so never sent.
        drop(q.orders().list().into_future());
    }
    for _ in 0..28 {
        q.orders().list().await.expect("still room");
    }
    assert!(q.orders().list().await.expect_err("full").is_rate_limited());
}

/// Every attempt takes one of the permits, so no answer is asked for again; a broken connection is.
#[tokio::test]
async fn answers_are_not_repeated_and_broken_connections_are() {
    for status in [408, 429, 500, 502, 503, 504] {
        let server = answering(Answer::json(status, r#"{"error":"busy"}"#)).await;
        client(&server).orders().list().await.expect_err("a refusal");
        assert_eq!(sent(&server).0.len(), 1, "{status}");
    }
    let server = answering(Answer::Drop).await;
    let time = ManualTime::new();
    let q = builder(&server).isolated(true).rate_limit(4);
    let q = q.clock(Arc::new(time.clone())).sleeper(Arc::new(time.clone())).build().expect("complete");
    assert!(q.orders().list().await.expect_err("broken").is_network());
    assert_eq!((sent(&server).0.len(), sent(&server).1.len()), (3, 1));
    assert!(q.orders().list().await.expect_err("full").is_rate_limited());
    let server = Server::start(|_, _| Answer::json(503, r#"{"error":"busy"}"#)).await;
    client(&server).orders().list().await.expect_err("no token");
    assert_eq!(server.received().len(), 1, "a token is not asked for again either");
    let server = Server::start(|_, _| Answer::Drop).await;
    let time = ManualTime::new();
    let q = builder(&server).isolated(true).clock(Arc::new(time.clone())).sleeper(Arc::new(time.clone()));
    q.build().expect("complete").orders().list().await.expect_err("no token");
    assert_eq!(server.received().len(), 3, "but over a broken connection it is");
}
