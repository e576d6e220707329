//! Keys of writes on the wire, and what a server sees of a write that fails.

use std::collections::BTreeSet;

use spree_admin::types::CreateRefund;
use spree_admin::{RetryPolicy, SpreeAdmin};
use typewright_tests::server::{Answer, Server};

use crate::client::{builder, client};

const ORDER: &str = r#"{"id":"or_1"}"#;

/// A POST, a PATCH and a DELETE.
async fn writes(spree: &SpreeAdmin) -> [bool; 3] {
    let refund = CreateRefund::new("py_1", "5.00");
    [
        spree.orders().refunds("or_1").create(&refund).await.is_ok(),
        spree.orders().complete("or_1").await.is_ok(),
        spree.orders().items("or_1").delete("li_1").await.is_ok(),
    ]
}

/// The keys in their order, each as often as it arrived.
fn keys(server: &Server) -> Vec<String> {
    server.received().iter().map(|request| request.header("idempotency-key").to_owned()).collect()
}

#[tokio::test]
async fn a_write_whose_connection_breaks_arrives_once() {
    let server = Server::scripted([Answer::Drop]).await;
    assert_eq!(writes(&client(&server)).await, [false; 3]);
    let keys = keys(&server);
    assert_eq!(keys.len(), 3);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 3);
}

#[tokio::test]
async fn the_application_may_ask_for_more() {
    let server = Server::scripted([Answer::Drop]).await;
    let spree = builder(&server).retry_keyed_writes(true).build().expect("complete");
    assert_eq!(writes(&spree).await, [false; 3]);
    assert_three_each(&keys(&server));
}

#[tokio::test]
async fn server_faults_are_repeated_under_the_same_key() {
    for status in [500, 502, 503, 504] {
        let server = Server::scripted([Answer::json(status, "{}")]).await;
        assert_eq!(writes(&client(&server)).await, [false; 3]);
        assert_three_each(&keys(&server));
    }
}

/// Three calls, each of them three times with one key.
fn assert_three_each(keys: &[String]) {
    assert_eq!(keys.len(), 9, "{keys:?}");
    for call in keys.chunks(3) {
        assert!(call[0].starts_with("spree-rust-") && call.iter().all(|key| *key == call[0]), "{keys:?}");
    }
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 3);
}

#[tokio::test]
async fn a_refusal_that_the_server_keeps_needs_a_new_key() {
    let throttled = Answer::json(429, "{}").with_header("retry-after", "60");
    let server = Server::scripted([throttled, Answer::json(503, "{}"), Answer::json(200, ORDER)]).await;
    client(&server).orders().complete("or_1").await.expect("the third attempt");
    let keys = keys(&server);
    assert!(keys[0] != keys[1] && keys[1] == keys[2], "{keys:?}");
}

#[tokio::test]
async fn a_key_of_ones_own_stays_and_without_retries_there_is_none() {
    let server = Server::scripted([Answer::json(429, "{}"), Answer::json(200, ORDER)]).await;
    client(&server).orders().complete("or_1").idempotency_key("mine").await.expect("the second attempt");
    assert_eq!(keys(&server), ["mine", "mine"]);

    let server = Server::scripted([Answer::json(503, "{}")]).await;
    let spree = builder(&server).write_retry(RetryPolicy::off()).build().expect("complete");
    assert_eq!(writes(&spree).await, [false; 3]);
    assert_eq!(keys(&server), ["", "", ""]);
}

#[tokio::test]
async fn reads_have_no_key() {
    let server = Server::scripted([Answer::Drop, Answer::json(200, ORDER)]).await;
    client(&server).orders().get("or_1").await.expect("the second attempt");
    assert_eq!(keys(&server), ["", ""]);
}

#[tokio::test]
async fn a_conflict_is_tried_again_from_the_start() {
    let conflict = Answer::json(409, r#"{"error":{"code":"cart_already_updated","message":"Try again."}}"#);
    let order = || Answer::json(200, ORDER);
    let server = Server::scripted([order(), conflict, order(), order()]).await;
    let spree = client(&server);
    let complete = || async {
        let order = spree.orders().get("or_1").await?;
        spree.orders().complete(order.id).await
    };
    spree.retry_conflict(3, complete).await.expect("the second run");
    let received = server.received();
    let methods: Vec<&str> = received.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["GET", "PATCH", "GET", "PATCH"]);
    assert_ne!(received[1].header("idempotency-key"), received[3].header("idempotency-key"));
}
