//! The customer stream, a preview: events of a server on loopback, over connections that break.

use perkamo::{Credentials, Perkamo};
use typewright_tests::server::{Answer, Server};

fn events(body: &'static str) -> Answer {
    let headers = vec![("content-type".to_owned(), "text/event-stream".to_owned())];
    Answer::Reply { status: 200, headers, body: body.into() }
}

fn client(server: &Server) -> Perkamo {
    Perkamo::builder().base_url(server.url()).credentials(Credentials::bearer("st_1")).build().expect("complete")
}

#[tokio::test]
async fn a_stream_comes_back_behind_the_last_event() {
    let server = Server::scripted([
        events("retry: 1\nid: 7\nevent: customer\ndata: {\"user_id\":\"c\",\ndata: \"wallets\":{\"points\":1}}\n\n"),
        events(": still there\n\nid: 8\ndata: {\"user_id\":\"c\",\"wallets\":{\"points\":2}}\n\n"),
        Answer::empty(204),
    ])
    .await;
    let mut stream = client(&server).subscribe_customer("/v1/client/stream").query("user_id", "c").events();
    for points in [1.0, 2.0] {
        let event = stream.try_next().await.expect("a stream").expect("an event");
        assert_eq!(event.data.wallets.and_then(|wallets| wallets.get("points").copied()), Some(points));
    }
    assert!(stream.try_next().await.expect("a stream").is_none(), "204 ends it");
    let sent = server.received();
    let last = |at: usize| sent[at].header("last-event-id").to_owned();
    assert_eq!((sent.len(), last(0), last(1), last(2)), (3, String::new(), "7".to_owned(), "8".to_owned()));
    for request in &sent {
        assert_eq!(request.target, "/v1/client/stream?user_id=c");
        assert_eq!(request.header("authorization"), "Bearer st_1");
        assert_eq!(request.header("accept"), "text/event-stream");
        assert!(
            !request.headers.contains_key("x-perkamo-api-key") && !request.headers.contains_key("x-perkamo-signature")
        );
    }
}

#[tokio::test]
async fn a_refused_token_is_an_error() {
    let server = Server::scripted([Answer::json(401, r#"{"message":"The token is over."}"#)]).await;
    let error = client(&server).subscribe_customer("stream").events().try_next().await.expect_err("refused");
    assert_eq!((error.is_authentication(), error.message()), (true, "The token is over."));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_path_stays_below_the_base_url() {
    let server = Server::scripted([Answer::json(500, "{}")]).await;
    for path in ["", "/", "a/../b", ".."] {
        let error = client(&server).subscribe_customer(path).await.expect_err("refused");
        assert!(error.is_validation(), "{path}: {error:?}");
    }
    assert!(server.received().is_empty());
}
