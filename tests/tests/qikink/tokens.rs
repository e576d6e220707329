//! Tokens of the Qikink client: spellings, caching, one fetch for many, and what a refused one causes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use qikink::testing::ManualTime;
use qikink::{Credentials, Qikink};
use typewright_tests::server::{Answer, Server};

use crate::support::{builder, client, is_token, order, sent, token};

/// A server whose n-th token is `token-n`; it takes the newest alone, as the real one does.
async fn strict() -> Server {
    let issued = AtomicUsize::new(0);
    Server::start(move |request, _| {
        if is_token(request) {
            return token(&format!("token-{}", issued.fetch_add(1, Ordering::SeqCst) + 1));
        }
        let newest = format!("token-{}", issued.load(Ordering::SeqCst));
        if request.header("accesstoken") == newest {
            return Answer::json(200, if request.method == "GET" { "[]" } else { r#"{"order_id":1}"# });
        }
        Answer::json(401, r#"{"error":"Invalid AccessToken or Client Id"}"#)
    })
    .await
}

#[tokio::test]
async fn every_spelling_of_a_token_is_read() {
    for (body, expected) in [
        (r#"{"Accesstoken":"a"}"#, "a"),
        (r#"{"AccessToken":"a"}"#, "a"),
        (r#"{"accessToken":"a"}"#, "a"),
        (r#"{"access_token":"a"}"#, "a"),
        (r#"{"token":"a"}"#, "a"),
        (r#"{"data":{"access_token":"a"}}"#, "a"),
        (r#"{"result":{"access_token":"a"}}"#, "a"),
        (r#"{"access_token":null,"Accesstoken":"b","token":"c"}"#, "b"),
        (r#""a""#, "a"),
    ] {
        let answer = Answer::json(200, body);
        let server =
            Server::start(move |request, _| if is_token(request) { answer.clone() } else { Answer::json(200, "[]") });
        let server = server.await;
        // Tokens belong to an address: a port that another test had before may still have one.
        let client = builder(&server).isolated(true).build().expect("complete");
        client.orders().list().await.expect(body);
        assert_eq!(sent(&server).0[0].header("accesstoken"), expected, "{body}");
    }
    for body in ["{}", "[]", "7", r#"{"Accesstoken":""}"#, r#"{"data":{}}"#] {
        let server = Server::scripted([Answer::json(200, body)]).await;
        let error = client(&server).orders().list().await.expect_err(body);
        assert!(error.is_decode(), "{body}: {error:?}");
        assert_eq!(server.received().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn a_token_is_used_up_to_thirty_seconds_before_its_end() {
    for (answer, lifetime) in [
        (r#"{"Accesstoken":"a","expires_in":100}"#, 100),
        (r#"{"Accesstoken":"a"}"#, 3600),
        (r#"{"Accesstoken":"a","expires_in":0}"#, 3600),
        (r#"{"Accesstoken":"a","expires_in":-5}"#, 3600),
    ] {
        let answer = Answer::json(200, answer);
        let server =
            Server::start(move |request, _| if is_token(request) { answer.clone() } else { Answer::json(200, "[]") });
        let (server, time) = (server.await, ManualTime::stopped());
        let q = builder(&server).clock(Arc::new(time.clone())).build().expect("complete");
        for (advance, expected) in [(0, 1), (lifetime - 31, 1), (1, 2)] {
            time.advance(Duration::from_secs(advance));
            q.orders().list().await.expect("an empty page");
            assert_eq!(sent(&server).1.len(), expected, "{lifetime}");
        }
    }
}

#[tokio::test]
async fn one_fetch_serves_many_clients() {
    let server = strict().await;
    let one = || builder(&server).build().expect("complete");
    let calls: Vec<_> = (0..25).map(|_| tokio::spawn(one().orders().list().into_future())).collect();
    for call in calls {
        call.await.expect("no panic").expect("an empty page");
    }
    assert_eq!((sent(&server).0.len(), sent(&server).1.len()), (25, 1));
}

#[tokio::test]
async fn an_isolated_client_has_its_own_token() {
    let server = strict().await;
    let shared = builder(&server).build().expect("complete");
    shared.orders().list().await.expect("an empty page");
    let isolated = builder(&server).isolated(true).build().expect("complete");
    isolated.orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1.len(), 2);
    // Its token ended the other's, which a read mends by itself.
    shared.orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1.len(), 3);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_for_reads_and_never_for_orders() {
    let server = strict().await;
    let (one, other) = (client(&server), builder(&server).isolated(true).build().expect("complete"));
    one.orders().list().await.expect("an empty page");
    other.orders().list().await.expect("an empty page");
    let error = one.orders().create(&order("1", "1", "1", "1")).await.expect_err("its token has ended");
    assert!(error.is_authentication(), "{error:?}");
    let orders = |server: &Server| sent(server).0.iter().filter(|request| request.method == "POST").count();
    assert_eq!((orders(&server), sent(&server).1.len()), (1, 2), "the order was sent once, and no token was fetched");
    one.orders().create(&order("1", "1", "1", "1")).await.expect("the refused token was forgotten");
    assert_eq!((orders(&server), sent(&server).1.len()), (2, 3));
    let server =
        Server::start(|request, _| if is_token(request) { token("t") } else { Answer::json(401, r#"{"error":"no"}"#) })
            .await;
    let q = client(&server);
    for tokens in [1, 2, 3] {
        assert!(q.orders().list().await.expect_err("never taken").is_authentication());
        assert!(sent(&server).1.len() <= tokens + 1, "a token is replaced at most once");
    }
}

#[tokio::test]
async fn a_token_can_be_asked_for_and_forgotten() {
    let server = strict().await;
    let q = client(&server);
    let issued = q.auth().issue_token().await.expect("a token");
    assert_eq!((issued.access_token.expose(), issued.expires_in()), ("token-1", 3600));
    q.orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1.len(), 1, "it is the one that calls use");
    q.auth().clear().await;
    q.orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1.len(), 2);
}

#[tokio::test]
async fn another_secret_is_another_account() {
    let server = strict().await;
    let of = |secret: &str| {
        let credentials = Credentials::client_credentials("id", secret);
        Qikink::builder().base_url(server.url()).credentials(credentials).build().expect("complete")
    };
    of("a").orders().list().await.expect("an empty page");
    of("b").orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1.len(), 2);
}
