//! Tokens: what is asked for, when it is cached, who waits for whom.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::common::{Pets, Setup, ms, token};
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{Credentials, MemoryTokenCache, Token, TokenCache};

#[tokio::test]
async fn the_token_request() {
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let pets = setup.bare::<Pets>().credentials(Credentials::client_credentials("client-1", "s:e/c"));
    let pets = pets.header("x-app", "shop").build().unwrap();
    pets.get("7")
        .options(|options| {
            options.call_header("request_id", "r-1").call_header("trace_id", "t-1").header("x-extra", "1")
        })
        .await
        .unwrap();
    let requests = setup.requests();
    let asked = &requests[0];
    assert_eq!(
        (asked.method(), asked.path(), asked.text().as_str()),
        ("POST", "/auth/token", "grant_type=client_credentials")
    );
    for (name, value) in [
        ("authorization", "Basic Y2xpZW50LTE6czplL2M="),
        ("content-type", "application/x-www-form-urlencoded"),
        ("accept", "application/json"),
        ("user-agent", "pets/1.2.3"),
        ("x-pets-sdk", "rust"),
        ("x-request-id", "r-1"),
        ("x-trace-id", "t-1"),
    ] {
        assert_eq!(asked.header(name), Some(value), "{name}");
    }
    for name in ["x-app", "x-extra"] {
        assert_eq!((asked.header(name), requests[1].header(name).is_some()), (None, true), "{name}");
    }
    assert_eq!(requests[1].header("authorization"), Some("Bearer t"));
    assert_eq!(requests[1].header("x-request-id"), Some("r-1"));
}

#[tokio::test]
async fn scope_and_type_travel_as_they_are() {
    let answer = r#"{"access_token":"t","token_type":"bEaReR","expires_in":60}"#;
    let setup = Setup::answers([Answer::json(200, answer), Answer::json(200, "{}")]);
    setup.issuing().get("7").await.unwrap();
    assert_eq!(setup.requests()[0].text(), "grant_type=client_credentials&scope=a+b");
    assert_eq!(setup.requests()[1].header("authorization"), Some("bEaReR t"));
    let setup = Setup::answers([
        Answer::json(200, r#"{"access_token":"t","token_type":"","expires_in":60}"#),
        Answer::json(200, "{}"),
    ]);
    setup.issuing().get("7").await.unwrap();
    assert_eq!(setup.requests()[1].header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn a_token_is_used_until_its_margin() {
    let setup = Setup::new();
    setup.issues(100);
    let pets = setup.issuing();
    let check = async |advance: u64, expected: usize| {
        setup.time.advance(ms(advance));
        pets.get("7").await.unwrap();
        assert_eq!(setup.token_requests(), expected);
    };
    check(0, 1).await;
    check(69_999, 1).await;
    // Exactly the margin of 30 s is left: no longer good.
    check(1, 2).await;
    check(1, 2).await;
}

#[tokio::test]
async fn a_thousand_calls_cause_one_token_request() {
    let setup = Setup::new();
    let slow = token("t", 3600).delayed(ms(50));
    setup.transport.otherwise(move |request| match request.path() {
        "/auth/token" => slow.clone(),
        _ => Answer::json(200, "{}"),
    });
    let pets = setup.issuing();
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(pets.get("7").into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((setup.token_requests(), setup.count()), (1, 1001));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_on_several_threads_cause_one_token_request() {
    let setup = Setup::new();
    setup.issues(3600);
    let pets = setup.issuing();
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(pets.get("7").into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(setup.token_requests(), 1);
}

/// Polls a call so often and drops it; whoever comes next must not cause a second token request.
async fn cancelled_after(polls: u32) -> usize {
    let setup = Setup::new();
    let slow = token("t", 3600).delayed(ms(5));
    setup.transport.otherwise(move |request| match request.path() {
        "/auth/token" => slow.clone(),
        _ => Answer::json(200, "{}").delayed(ms(5)),
    });
    let pets = setup.issuing();
    let mut leader = pets.get("7").into_future();
    for _ in 0..polls {
        if poll_once(&mut leader).is_ready() {
            break;
        }
        tokio::task::yield_now().await;
    }
    drop(leader);
    let calls: Vec<_> = (0..10).map(|_| tokio::spawn(pets.get("7").into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    setup.token_requests()
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    std::pin::Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn a_cancelled_leader_leaves_the_request_running() {
    for polls in 0..40 {
        assert_eq!(cancelled_after(polls).await, 1, "{polls} polls");
    }
    for polls in [100, 200, 300, 600, 1000, 2000] {
        assert_eq!(cancelled_after(polls).await, 1, "{polls} polls");
    }
}

#[test]
fn a_leader_whose_runtime_ends_is_replaced() {
    let setup = Setup::new();
    let count = AtomicUsize::new(0);
    setup.transport.otherwise(move |request| match request.path() {
        "/auth/token" if count.fetch_add(1, Ordering::Relaxed) == 0 => Answer::never(),
        "/auth/token" => token("t", 3600),
        _ => Answer::json(200, "{}"),
    });
    let pets = setup.issuing();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    first.block_on(async {
        let mut leader = pets.get("7").into_future();
        assert!(poll_once(&mut leader).is_pending());
        tokio::task::yield_now().await;
    });
    drop(first);
    runtime().block_on(async { pets.get("7").await.unwrap() });
    assert_eq!(setup.token_requests(), 2);
}

#[test]
fn without_a_tokio_runtime_the_caller_drives_the_request() {
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let mut call = setup.issuing().get("7").into_future();
    assert!(matches!(poll_once(&mut call), Poll::Ready(Ok(_))));
}

#[tokio::test]
async fn a_token_that_ends_under_load_fails_no_call() {
    let setup = Setup::new();
    setup.issues(31);
    let pets = setup.issuing();
    let mut calls = Vec::new();
    for round in 0..300 {
        calls.push(tokio::spawn(pets.get("7").into_future()));
        if round % 3 == 0 {
            tokio::task::yield_now().await;
            setup.time.advance(ms(400));
        }
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert!(setup.token_requests() > 1);
}

#[tokio::test]
async fn a_token_shorter_than_its_margin_serves_its_waiters() {
    let setup = Setup::new();
    setup.issues(5);
    let pets = setup.issuing();
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(pets.get("7").into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    pets.get("7").await.unwrap();
    assert!((2..=21).contains(&setup.token_requests()));
}

#[tokio::test]
async fn failures_are_shared_but_not_cached() {
    let setup = Setup::new();
    let denied = || Answer::json(401, r#"{"error_code":"invalid_client","message":"No."}"#);
    setup.transport.answer(denied().delayed(ms(1)));
    let pets = setup.issuing();
    let calls: Vec<_> = (0..3).map(|_| tokio::spawn(pets.get("7").into_future())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(
            (error.operation(), error.status(), error.code_text()),
            (Some("auth.issue_token"), Some(401), Some("invalid_client"))
        );
    }
    assert_eq!(setup.count(), 1);
    setup.issues(60);
    pets.get("7").await.unwrap();
    assert_eq!(setup.token_requests(), 2);
}

#[tokio::test]
async fn token_requests_are_retried_by_their_own_policy() {
    for failure in [Answer::new(503), Answer::new(429), Answer::fault(TransportFault::Broken)] {
        let setup = Setup::answers([failure, token("t", 60), Answer::json(200, "{}")]);
        setup.issuing().get("7").await.unwrap();
        assert_eq!(setup.time.slept(), [ms(250)]);
    }
    let setup = Setup::answers([Answer::new(503), Answer::new(503)]);
    assert_eq!(setup.issuing().create("Rex").await.unwrap_err().status(), Some(503));
    assert_eq!(setup.count(), 2);
}

#[tokio::test]
async fn unreadable_token_answers() {
    let check = async |answer: Answer, path: &str| {
        let setup = Setup::answers([answer]);
        let error = setup.issuing().get("7").await.unwrap_err();
        assert!(error.is_decode() && error.raw_body().is_empty(), "{error:?}");
        assert_eq!(error.json_path(), Some(path));
    };
    check(Answer::json(200, r#"{"token_type":"Bearer"}"#), "access_token").await;
    check(Answer::json(200, r#"{"access_token":""}"#), "access_token").await;
    check(Answer::json(200, r#"{"access_token":7}"#), "access_token").await;
}

/// A lifetime can be any number that a server thinks of.
#[tokio::test]
async fn lifetimes_of_all_sizes() {
    let check = async |lifetime: &str, expected: usize| {
        let body = format!(r#"{{"access_token":"t","token_type":"Bearer","expires_in":{lifetime}}}"#);
        let setup = Setup::new();
        setup.transport.otherwise(move |request| match request.path() {
            "/auth/token" => Answer::json(200, body.clone()),
            _ => Answer::json(200, "{}"),
        });
        let pets = setup.issuing();
        for _ in 0..2 {
            pets.get("7").await.unwrap();
        }
        assert_eq!(setup.token_requests(), expected, "{lifetime}");
    };
    for long in ["3600.9", "1e12", "1e300", "18446744073709551616", r#""3600""#, r#""inf""#, "null"] {
        check(long, 1).await;
    }
    for over in ["0", "-1", "-1e300", r#""NaN""#] {
        check(over, 2).await;
    }
}

#[tokio::test]
async fn issue_token_asks_always_and_caches_the_configured_scope_only() {
    let setup = Setup::new();
    setup.issues(3600);
    let pets = setup.issuing();
    let other = pets.auth().issue_token().scope(["b"]).await.unwrap();
    assert_eq!((other.access_token.expose(), other.expires_in()), ("issued-1", 3600));
    assert_eq!(setup.requests()[0].text(), "grant_type=client_credentials&scope=b");
    pets.get("7").await.unwrap();
    assert_eq!(setup.token_requests(), 2);
    pets.auth().issue_token().scope([" a,b "]).await.unwrap();
    pets.auth().issue_token().call_header("request_id", "r").idempotency_key("k").header("x-a", "1").await.unwrap();
    assert_eq!(setup.requests().last().unwrap().header("idempotency-key"), Some("k"));
    pets.get("7").await.unwrap();
    assert_eq!(setup.requests().last().unwrap().header("authorization"), Some("Bearer issued-4"));
    assert_eq!(setup.token_requests(), 4);
}

#[tokio::test]
async fn clear_forgets_the_token() {
    let setup = Setup::new();
    setup.issues(3600);
    let pets = setup.issuing();
    pets.get("7").await.unwrap();
    pets.auth().clear().await;
    pets.get("7").await.unwrap();
    assert_eq!(setup.token_requests(), 2);
    let fixed = setup.pets();
    fixed.auth().clear().await;
    assert!(fixed.auth().issue_token().await.unwrap_err().is_configuration());
}

#[tokio::test]
async fn clear_forgets_the_request_under_way() {
    let setup = Setup::answers([token("old", 3600).delayed(ms(5)), token("new", 3600)]);
    setup.transport.otherwise(|_| Answer::json(200, "{}"));
    let pets = setup.issuing();
    let first = tokio::spawn(pets.get("7").into_future());
    tokio::task::yield_now().await;
    tokio::task::yield_now().await;
    pets.auth().clear().await;
    pets.get("8").await.unwrap();
    first.await.unwrap().unwrap();
    pets.get("9").await.unwrap();
    let last = setup.requests().pop().unwrap();
    assert_eq!((last.path(), last.header("authorization")), ("/pets/9", Some("Bearer new")));
}

#[tokio::test]
async fn the_hook_comes_after_caching_and_its_error_fails_the_call() {
    let setup = Setup::new();
    setup.issues(3600);
    let pets = setup
        .bare::<Pets>()
        .credentials(Credentials::client_credentials("id", "secret"))
        .on_token_issued(|token: &Token| if token.expires_in() == 3600 { Err("no room".into()) } else { Ok(()) })
        .build()
        .unwrap();
    let error = pets.get("7").await.unwrap_err();
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no room");
    pets.get("7").await.unwrap();
    assert_eq!(setup.token_requests(), 1);
}

#[tokio::test]
async fn a_cache_is_shared_between_clients() {
    let setup = Setup::new();
    setup.issues(3600);
    let cache: Arc<dyn TokenCache> = Arc::new(MemoryTokenCache::default());
    for _ in 0..3 {
        let credentials = Credentials::client_credentials("id", "secret");
        let pets = setup.bare::<Pets>().credentials(credentials).token_cache(Arc::clone(&cache)).build().unwrap();
        pets.get("7").await.unwrap();
    }
    assert_eq!(setup.token_requests(), 1);
}

/// A document that says nothing of tokens but the endpoint.
mod undeclared {
    use super::*;
    use typewright_runtime::codegen::v1 as rt;

    static CLIENT: rt::ClientFacts = rt::ClientFacts::new("plain", "1")
        .environments(&[("live", "https://plain.example")], "live")
        .security(&[rt::SecurityScheme::client_credentials("auth", rt::TokenFacts::new("/auth/token").form())]);

    struct Plain(rt::Client);
    impl rt::ApiClient for Plain {
        type Error = crate::common::ApiError;
        type Environment = rt::NoEnvironment;
        const FACTS: &'static rt::ClientFacts = &CLIENT;
        fn from_client(client: rt::Client) -> Self {
            Self(client)
        }
    }

    fn client(setup: &Setup) -> rt::Client {
        let builder = setup.bare::<Plain>().credentials(Credentials::client_credentials("id", "s e"));
        builder.build().unwrap().0
    }

    async fn get(client: &rt::Client) -> Result<rt::RawReply, crate::common::Error> {
        client.request::<crate::common::ApiError>("POST", "/x").await
    }

    #[tokio::test]
    async fn form_credentials() {
        let setup = Setup::new();
        setup.issues(3600);
        get(&client(&setup)).await.unwrap();
        let asked = &setup.requests()[0];
        assert_eq!(asked.text(), "grant_type=client_credentials&client_id=id&client_secret=s+e");
        assert_eq!(asked.header("authorization"), None);
    }

    #[tokio::test]
    async fn a_refused_cached_token_is_replaced_once() {
        let setup = Setup::new();
        setup.issues(3600);
        let client = client(&setup);
        get(&client).await.unwrap();
        setup.transport.answer(Answer::new(401));
        get(&client).await.unwrap();
        assert_eq!(setup.token_requests(), 2);
        // Twice in a row is the answer.
        setup.transport.answer(Answer::new(401)).answer(token("t", 60)).answer(Answer::new(401));
        assert!(get(&client).await.unwrap_err().is_authentication());
    }

    #[tokio::test]
    async fn many_refusals_replace_the_token_once() {
        let setup = Setup::new();
        let refused = "issued-1";
        let count = AtomicUsize::new(0);
        setup.transport.otherwise(move |request| {
            if request.path() == "/auth/token" {
                return token(&format!("issued-{}", count.fetch_add(1, Ordering::Relaxed) + 1), 3600);
            }
            let bad = request.header("authorization") == Some(&format!("Bearer {refused}"));
            Answer::json(if bad { 401 } else { 200 }, "{}").delayed(ms(1))
        });
        let client = client(&setup);
        // The first call has a fresh token, so its refusal is an answer.
        assert!(get(&client).await.unwrap_err().is_authentication());
        let spawn = |_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        };
        let calls: Vec<_> = (0..50).map(spawn).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(setup.token_requests(), 2);
    }

    #[tokio::test]
    async fn a_failed_round_is_followed_by_a_pause() {
        let setup = Setup::answers([Answer::new(400)]);
        let client = client(&setup);
        get(&client).await.unwrap_err();
        setup.issues(3600);
        get(&client).await.unwrap();
        assert_eq!(setup.time.slept(), [Duration::from_secs(1)]);
    }

    #[tokio::test]
    async fn the_margin_is_a_part_of_the_lifetime() {
        let setup = Setup::new();
        setup.issues(100);
        let client = client(&setup);
        get(&client).await.unwrap();
        // A fifth of the lifetime, less an eighth of that by the dice: 17.5 s.
        setup.time.advance(ms(82_499));
        get(&client).await.unwrap();
        assert_eq!(setup.token_requests(), 1);
        setup.time.advance(ms(2));
        get(&client).await.unwrap();
        assert_eq!(setup.token_requests(), 2);
    }
}
