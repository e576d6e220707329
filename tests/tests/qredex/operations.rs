//! What holds of every operation of the Qredex client: none is forgotten here, and a write goes out exactly once.

use std::time::Duration;

use qredex::{Credentials, Qredex, RetryPolicy};
use typewright_tests::qredex_operations::every;
use typewright_tests::server::{Answer, Server};

/// Names and methods as the generator lists them.
fn listed() -> Vec<(String, String)> {
    let api = include_str!("../../../generated/qredex/api.txt");
    let words = api.lines().filter_map(|line| line.strip_prefix("op "));
    words
        .map(|line| {
            let mut words = line.split(' ').map(str::to_owned);
            (words.next().unwrap_or_default(), words.next().unwrap_or_default())
        })
        .collect()
}

fn eager() -> RetryPolicy {
    RetryPolicy::new().attempts(4).base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1))
}

fn client(server: &Server) -> Qredex {
    let builder = Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok"));
    builder.read_retry(eager()).write_retry(eager()).build().expect("complete")
}

#[tokio::test]
async fn every_operation_is_here() {
    let q = Qredex::builder().credentials(Credentials::bearer("tok")).build().expect("complete");
    let here: Vec<&str> = every(&q, "x", &eager()).into_iter().map(|(name, _)| name).collect();
    let listed = listed();
    assert_eq!(here, listed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_write_goes_out_once_and_a_read_as_often_as_asked() {
    for answer in [Answer::Drop, Answer::json(502, "{}"), Answer::json(429, "{}").with_header("retry-after", "0")] {
        for index in 0..listed().len() {
            let server = Server::scripted([answer.clone()]).await;
            let (name, call) = every(&client(&server), "mark", &eager()).remove(index);
            call.await.expect_err("the server never answers well");
            let method = &listed()[index].1;
            let expected = if method == "GET" { 4 } else { 1 };
            assert_eq!(server.received().len(), expected, "{name}: {answer:?}");
            assert!(server.received().iter().all(|request| request.method == *method), "{name}");
        }
    }
}

/// The stronger case: the server has taken the connection before, so that it is a reused one that breaks.
#[tokio::test]
async fn a_write_on_a_reused_connection_goes_out_once() {
    for index in 0..listed().len() {
        let server = Server::scripted([Answer::json(404, "{}"), Answer::Drop]).await;
        let q = client(&server);
        q.orders().list().await.expect_err("the first answer keeps the connection open");
        let (name, call) = every(&q, "mark", &eager()).remove(index);
        if listed()[index].1 == "GET" {
            continue;
        }
        let error = call.await.expect_err("the connection breaks");
        assert!(error.is_network(), "{name}: {error:?}");
        assert_eq!(server.received().len(), 2, "{name}");
    }
}

#[tokio::test]
async fn a_key_travels_with_every_operation() {
    for index in 0..listed().len() {
        let server = Server::scripted([Answer::json(404, "{}")]).await;
        let (name, call) = every(&client(&server), "mark", &eager()).remove(index);
        call.await.expect_err("refused");
        let request = server.single();
        for (header, value) in [
            ("idempotency-key", "mark"),
            ("x-mark", "mark"),
            ("x-qredex-sdk", "@qredex/server"),
            ("accept", "application/json"),
            ("authorization", "Bearer tok"),
        ] {
            assert_eq!(request.header(header), value, "{name}");
        }
        assert!(request.raw_query().ends_with("mark=mark"), "{name}: {}", request.target);
    }
}
