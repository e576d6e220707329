//! Tokens of the Qredex client: modes, caching, margin, single flight, scopes, configuration from the environment.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use qredex::{Credentials, Qredex};
use typewright_tests::server::{Answer, Received, Server};

const PAGE: &str = r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#;

fn is_token(request: &Received) -> bool {
    request.path() == "/api/v1/auth/token"
}

fn token(text: &str, lifetime: u64) -> Answer {
    Answer::json(200, format!(r#"{{"access_token":"{text}","token_type":"Bearer","expires_in":{lifetime}}}"#))
}

/// A server whose n-th token is `token-n`, with this lifetime.
async fn server(lifetime: u64) -> Server {
    let issued = AtomicUsize::new(0);
    Server::start(move |request, _| {
        if is_token(request) {
            return token(&format!("token-{}", issued.fetch_add(1, Ordering::SeqCst)), lifetime);
        }
        Answer::json(200, PAGE)
    })
    .await
}

fn client(server: &Server) -> Qredex {
    let credentials = Credentials::client_credentials("id", "secret");
    Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete")
}

fn sent(server: &Server) -> (Vec<Received>, Vec<Received>) {
    server.received().into_iter().partition(is_token)
}

#[tokio::test]
async fn a_token_is_fetched_once_and_used_until_its_margin() {
    let server = server(3600).await;
    let q = client(&server);
    for _ in 0..3 {
        q.orders().list().await.expect("an empty page");
    }
    let (tokens, calls) = sent(&server);
    assert_eq!(tokens.len(), 1);
    assert!(calls.iter().all(|call| call.header("authorization") == "Bearer token-0"));
}

#[tokio::test]
async fn a_token_within_its_margin_is_not_used_again() {
    // 30 seconds of margin leave nothing of a lifetime of 30 seconds: "usable while expiry - margin > now" is strict.
    let server = server(30).await;
    let q = client(&server);
    for _ in 0..2 {
        q.orders().list().await.expect("an empty page");
    }
    assert_eq!(sent(&server).0.len(), 2);
}

#[tokio::test]
async fn the_margin_is_a_setting() {
    let server = server(30).await;
    let credentials = Credentials::client_credentials("id", "secret");
    let builder = Qredex::builder().base_url(server.url()).credentials(credentials);
    let q = builder.refresh_margin(Duration::ZERO).build().expect("complete");
    for _ in 0..2 {
        q.orders().list().await.expect("an empty page");
    }
    assert_eq!(sent(&server).0.len(), 1);
}

#[tokio::test]
async fn a_thousand_cold_calls_cause_one_token_request() {
    let server = server(3600).await;
    let q = client(&server);
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(q.orders().list().into_future())).collect();
    for call in calls {
        call.await.expect("no panic").expect("an empty page");
    }
    let (tokens, calls) = sent(&server);
    assert_eq!((tokens.len(), calls.len()), (1, 1000));
}

#[tokio::test]
async fn a_cancelled_leader_does_not_cancel_the_fetch() {
    let server = Server::start(|request, _| {
        if is_token(request) {
            return Answer::After(Duration::from_millis(50), Box::new(token("t", 3600)));
        }
        Answer::json(200, PAGE)
    })
    .await;
    let q = client(&server);
    let leader = tokio::spawn(q.orders().list().into_future());
    while sent(&server).0.is_empty() {
        tokio::task::yield_now().await;
    }
    leader.abort();
    q.orders().list().await.expect("the fetch goes on for the others");
    assert_eq!(sent(&server).0.len(), 1);
}

#[tokio::test]
async fn a_failure_is_not_cached() {
    let server = Server::start(|request, index| match (is_token(request), index) {
        (true, 0) => Answer::json(401, r#"{"error_code":"invalid_client"}"#),
        (true, _) => token("t", 3600),
        _ => Answer::json(200, PAGE),
    })
    .await;
    let q = client(&server);
    let error = q.orders().list().await.expect_err("the first token is refused");
    assert!(error.is_authentication(), "{error:?}");
    assert_eq!(error.code().map(|code| code.as_str().to_owned()).as_deref(), Some("invalid_client"));
    q.orders().list().await.expect("the second is not");
}

#[tokio::test]
async fn the_token_type_is_taken_from_the_answer() {
    for (token_type, expected) in
        [(r#""token_type":"MAC","#, "MAC t"), (r#""token_type":"","#, "Bearer t"), ("", "Bearer t")]
    {
        let body = format!(r#"{{"access_token":"t",{token_type}"expires_in":60}}"#);
        let server = Server::start(move |request, _| {
            Answer::json(200, if is_token(request) { body.clone() } else { PAGE.to_owned() })
        })
        .await;
        client(&server).orders().list().await.expect("an empty page");
        assert_eq!(sent(&server).1[0].header("authorization"), expected);
    }
}

#[tokio::test]
async fn the_token_request_carries_the_ids_of_the_call_and_nothing_else_of_it() {
    let server = server(3600).await;
    let call = client(&server)
        .orders()
        .list()
        .request_id("req-1")
        .trace_id("trace-1")
        .idempotency_key("k")
        .header("x-extra", "1");
    call.await.expect("an empty page");
    let (tokens, calls) = sent(&server);
    for (name, value, of_token) in [
        ("x-request-id", "req-1", "req-1"),
        ("x-trace-id", "trace-1", "trace-1"),
        ("x-qredex-sdk", "@qredex/server", "@qredex/server"),
        ("idempotency-key", "k", ""),
        ("x-extra", "1", ""),
    ] {
        assert_eq!((calls[0].header(name), tokens[0].header(name)), (value, of_token), "{name}");
    }
}

#[tokio::test]
async fn issue_token_always_asks_and_clear_forgets() {
    let server = server(3600).await;
    let q = client(&server);
    q.orders().list().await.expect("an empty page");
    let issued = q.auth().issue_token().await.expect("a token");
    assert_eq!(issued.expires_in(), 3600);
    q.orders().list().await.expect("an empty page");
    assert_eq!(
        sent(&server).1[1].header("authorization"),
        "Bearer token-1",
        "it is cached: the scope is the configured one"
    );
    q.auth().issue_token().scope(["other"]).await.expect("a token");
    q.orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1[2].header("authorization"), "Bearer token-1", "another scope is not cached");
    q.auth().clear().await;
    q.orders().list().await.expect("an empty page");
    assert_eq!(sent(&server).1[3].header("authorization"), "Bearer token-3");
}

#[tokio::test]
async fn a_given_token_loses_its_prefix_and_is_asked_for_every_attempt() {
    for (given, expected) in [("tok", "Bearer tok"), ("bearer  tok ", "Bearer tok"), ("BEARER tok", "Bearer tok")] {
        let server = server(3600).await;
        let builder = Qredex::builder().base_url(server.url()).credentials(Credentials::bearer(given));
        builder.build().expect("complete").orders().list().await.expect("an empty page");
        assert_eq!(server.single().header("authorization"), expected);
    }
    let server = server(3600).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let source = Credentials::bearer_source_async(move || {
        let count = Arc::clone(&count);
        async move { format!("tok-{}", count.fetch_add(1, Ordering::SeqCst)) }
    });
    let q = Qredex::builder().base_url(server.url()).credentials(source).build().expect("complete");
    for expected in ["Bearer tok-0", "Bearer tok-1"] {
        q.orders().list().await.expect("an empty page");
        assert_eq!(
            server.received().last().map(|last| last.header("authorization").to_owned()).as_deref(),
            Some(expected)
        );
    }
}

#[tokio::test]
async fn an_empty_token_is_a_configuration_error_before_any_request() {
    let server = server(3600).await;
    let source = Credentials::bearer_source(|| " Bearer  ");
    let q = Qredex::builder().base_url(server.url()).credentials(source).build().expect("complete");
    assert!(q.orders().list().await.expect_err("no token").is_configuration());
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn without_a_token_endpoint_in_use_none_can_be_issued() {
    let server = server(3600).await;
    let q = Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok")).build().expect("complete");
    assert!(q.auth().issue_token().await.expect_err("a given token").is_configuration());
    q.auth().clear().await;
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_expiring_token_under_load_fails_no_call() {
    // Every token ends one second after its margin, so that many refreshes fall into the run.
    let server = server(31).await;
    let q = client(&server);
    for _ in 0..20 {
        let calls: Vec<_> = (0..20).map(|_| tokio::spawn(q.orders().list().into_future())).collect();
        for call in calls {
            call.await.expect("no panic").expect("an empty page");
        }
    }
    assert_eq!(sent(&server).1.len(), 400);
}

/// `klíč` and `tajné` in UTF-8, as the official SDK sends them.
#[tokio::test]
async fn a_client_id_beyond_ascii_travels_in_utf_8() {
    let server = server(3600).await;
    let credentials = Credentials::client_credentials("klíč", "tajné");
    let q = Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    q.orders().list().await.expect("a page");
    assert_eq!(sent(&server).0[0].header("authorization"), "Basic a2zDrcSNOnRham7DqQ==");
}

#[tokio::test]
async fn a_client_id_with_a_colon_is_refused() {
    let server = server(3600).await;
    let credentials = Credentials::client_credentials("a:b", "secret");
    let q = Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    let error = q.orders().list().await.expect_err("the server would read another id");
    assert!(error.is_configuration(), "{error:?}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn scopes_are_asked_for_by_constants_or_text() {
    use qredex::Scope;

    let server = server(3600).await;
    let with = |credentials: Credentials| {
        Qredex::builder().base_url(server.url()).credentials(credentials).build().expect("complete")
    };
    let of = || Credentials::client_credentials("id", "secret");
    for credentials in [
        of().scope([Scope::CreatorsWrite, Scope::LinksWrite]),
        of().scope(["direct:creators:write direct:links:write"]),
        of().scope([Scope::CreatorsWrite.as_str(), " direct:links:write"]),
    ] {
        with(credentials).orders().list().await.expect("a page");
    }
    let q = with(of().scope([Scope::from("direct:new")]));
    q.auth().issue_token().scope([Scope::OrdersRead]).await.expect("a token");
    q.orders().list().await.expect("a page");
    let asked: Vec<String> = sent(&server).0.iter().map(Received::text).map(|text| text.to_string()).collect();
    let two = "grant_type=client_credentials&scope=direct%3Acreators%3Awrite+direct%3Alinks%3Awrite";
    let (orders, new) = ("direct%3Aorders%3Aread", "direct%3Anew");
    let one = |scope: &str| format!("grant_type=client_credentials&scope={scope}");
    assert_eq!(asked, [two.to_owned(), two.to_owned(), two.to_owned(), one(orders), one(new)]);
    assert_eq!(Scope::from("direct:api"), Scope::Api);
    assert_eq!(Scope::from("direct:new").to_string(), "direct:new");
}
