//! Waiting for credentials and for the rate limit: whose limit ends it, and what becomes of the others.

use std::sync::Arc;
use std::time::Duration;

use crate::common::{ApiError, Call, CreatePet, GetPet, Setup, ms, token};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::{Credentials, ErrorKind};

#[derive(Debug)]
struct Shop(rt::Client);

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .environments(&[("live", "https://shop.example")], "live")
    .rate_limit(rt::RateLimitFacts::new(3, 60))
    .security(&[rt::SecurityScheme::client_credentials("auth", rt::TokenFacts::new("/auth/token"))]);

impl rt::ApiClient for Shop {
    type Error = ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self(client)
    }
}

impl Shop {
    fn get(&self) -> Call<GetPet> {
        Call::new(&self.0).parameter(0, &"7")
    }

    fn create(&self) -> Call<CreatePet> {
        Call::new(&self.0).body(&rt::Json::object([("name", rt::Json::from("Rex"))]))
    }
}

fn builder(setup: &Setup) -> rt::Builder<Shop> {
    setup.bare().credentials(Credentials::client_credentials("id", "secret"))
}

/// A server whose tokens take this long.
fn slow(delay: u64) -> Setup {
    let setup = Setup::new();
    setup.transport.otherwise(move |request| match request.path() {
        "/auth/token" => token("t", 3600).delayed(ms(delay)),
        _ => Answer::json(200, "{}"),
    });
    setup
}

#[tokio::test]
async fn a_hurried_leader_fails_nobody_else() {
    let setup = slow(500);
    let shop = builder(&setup).rate_limit(0).build().unwrap();
    let leader = tokio::spawn(shop.get().options(|options| options.timeout(ms(20))).into_future());
    tokio::task::yield_now().await;
    let others: Vec<_> = (0..1000).map(|_| tokio::spawn(shop.get().into_future())).collect();
    let error = leader.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.operation(), setup.time.passed()), (ErrorKind::Timeout, Some("pets.get"), ms(20)));
    assert_eq!(error.message(), "request timed out after 20ms, while it waited for credentials or for the rate limit");
    for call in others {
        call.await.unwrap().unwrap();
    }
    assert_eq!((setup.token_requests(), setup.time.passed()), (1, ms(500)));
}

#[tokio::test]
async fn a_waiters_own_limit_ends_its_waiting() {
    let check = async |set: fn(&mut rt::CallOptions) -> &mut rt::CallOptions| {
        let setup = slow(4000);
        let shop = builder(&setup).build().unwrap();
        let leader = tokio::spawn(shop.get().into_future());
        tokio::task::yield_now().await;
        let error = shop.create().options(set).await.unwrap_err();
        assert_eq!((error.kind(), setup.time.passed()), (ErrorKind::Timeout, ms(100)));
        leader.await.unwrap().unwrap();
        assert_eq!(setup.count(), 2, "a token and the leader's call");
    };
    check(|options| options.timeout(ms(100))).await;
    check(|options| options.total_timeout(ms(100))).await;
}

/// Waiting and the exchange have one limit together.
#[tokio::test]
async fn what_waiting_took_is_gone() {
    let setup = slow(80);
    setup.transport.answer(token("t", 3600).delayed(ms(80))).answer(Answer::never());
    let shop = builder(&setup).build().unwrap();
    let error = shop.create().options(|options| options.timeout(ms(100))).await.unwrap_err();
    assert_eq!((error.message(), setup.time.passed()), ("request timed out after 100ms", ms(100)));
    assert_eq!(setup.count(), 2);
}

/// The request for a token has the client's limits, whoever waits for it.
#[tokio::test]
async fn a_token_request_has_the_clients_limits() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::never());
    let build = || builder(&setup).timeout(ms(300)).token_retry(typewright_runtime::RetryPolicy::off());
    let shop = build().build().unwrap();
    let patient = shop.get().options(|options| options.timeout(Duration::from_secs(60)));
    let error = patient.await.unwrap_err();
    assert_eq!((error.operation(), error.message()), (Some("auth.issue_token"), "request timed out after 300ms"));
    assert_eq!(setup.time.passed(), ms(300));
    let shop = build().total_timeout(ms(200)).build().unwrap();
    let patient = shop.get().options(|options| options.total_timeout(Duration::from_secs(60)));
    assert_eq!(patient.await.unwrap_err().message(), "request timed out after 200ms");
}

#[tokio::test]
async fn a_call_waits_for_a_permit_as_long_as_its_own_limit() {
    let setup = slow(0);
    let shop = builder(&setup).wait_for_rate_limit(true).build().unwrap();
    shop.get().await.unwrap();
    shop.get().await.unwrap();
    assert_eq!(setup.count(), 3);
    for limit in [20, 59_999] {
        let error = shop.get().options(|options| options.timeout(ms(limit))).await.unwrap_err();
        assert_eq!((error.kind(), error.retry_after()), (ErrorKind::RateLimit, Some(ms(60_000))));
        assert_eq!(setup.time.passed(), Duration::ZERO, "it is told at once");
    }
    shop.get().options(|options| options.timeout(ms(60_001))).await.unwrap();
    assert_eq!(setup.time.passed(), ms(60_000));
}

/// A source of credentials that never answers is waited for as long as the call wants.
#[tokio::test]
async fn a_source_that_never_answers_is_given_up() {
    let setup = slow(0);
    let source = Credentials::bearer_source_async(std::future::pending::<String>);
    let shop = setup.bare::<Shop>().credentials(source).build().unwrap();
    let error = shop.get().options(|options| options.timeout(ms(100))).await.unwrap_err();
    assert_eq!((error.kind(), setup.time.passed(), setup.count()), (ErrorKind::Timeout, ms(100), 0));
}

/// A token cache of the application's that hangs is no different.
#[tokio::test]
async fn a_cache_that_never_answers_is_given_up() {
    #[derive(Debug)]
    struct Stuck;
    impl typewright_runtime::TokenCache for Stuck {
        fn get(&self) -> typewright_runtime::time::BoxFuture<Option<typewright_runtime::Token>> {
            Box::pin(std::future::pending())
        }
        fn set(&self, _: typewright_runtime::Token) -> typewright_runtime::time::BoxFuture<()> {
            Box::pin(std::future::pending())
        }
        fn clear(&self) -> typewright_runtime::time::BoxFuture<()> {
            Box::pin(std::future::pending())
        }
    }
    let setup = slow(0);
    let shop = builder(&setup).token_cache(Arc::new(Stuck)).build().unwrap();
    let error = shop.get().options(|options| options.timeout(ms(100))).await.unwrap_err();
    assert_eq!((error.kind(), setup.time.passed()), (ErrorKind::Timeout, ms(100)));
}
