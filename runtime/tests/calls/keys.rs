//! Idempotency keys: which requests get one, when it is made anew, and what is repeated because of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::common::{ApiError, Setup, ms};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::time::Random;
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{Credentials, RetryPolicy};

const STATUSES: &[rt::Status] = &[rt::Status::Exact(429), rt::Status::Class(5)];
const RETRY: rt::RetryFacts =
    rt::RetryFacts::new().attempts(3).base_delay_ms(300).max_delay_ms(10_000).added_jitter().statuses(STATUSES);
const KEYS: rt::IdempotencyFacts = rt::IdempotencyFacts::new("idempotency-key")
    .value("pets-{uuid}")
    .renew(&[rt::Status::Exact(401), rt::Status::Exact(409), rt::Status::Exact(429)])
    .retry(RETRY);

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .environments(&[("live", "https://shop.example")], "live")
    .security(&[rt::SecurityScheme::client_credentials("login", rt::TokenFacts::new("/token"))])
    .retry_read(RETRY.network(true))
    .retry_write(RETRY.statuses(&[rt::Status::Exact(429)]).network(false))
    .idempotency(KEYS);

/// Facts of an operation with this method.
macro_rules! operation {
    ($name:ident, $method:literal $(, $more:ident($($argument:expr),*))*) => {
        static $name: rt::OperationFacts = rt::OperationFacts::new("toys.change", $method, "/toys")
            .body(rt::BodyFacts::json("application/json"))$(.$more($($argument),*))*;
    };
}

operation!(READ, "GET");
operation!(CREATE, "POST");
operation!(CHANGE, "PATCH");
operation!(REPLACE, "PUT");
operation!(DELETE, "DELETE");
operation!(UNKEYED, "POST", no_idempotency());
operation!(SAFE, "POST", idempotency(KEYS.marks_running()));
operation!(ONLY_GIVEN, "POST", idempotency(rt::IdempotencyFacts::new("x-key").methods(&["POST"]).retry(RETRY)));
operation!(WITH_LOGIN, "POST", security(&[&[rt::Need::new(0, &[])]]));

struct Shop(rt::Client);

impl rt::ApiClient for Shop {
    type Error = ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self(client)
    }
}

enum Change {}

impl rt::Operation for Change {
    type Output = ();
    const FACTS: &'static rt::OperationFacts = &CREATE;
    fn decode(reply: &rt::RawReply) -> Result<(), rt::DecodeError> {
        reply.empty()
    }
}

/// The middle of the dice for delays, another number each time for keys.
#[derive(Debug, Default)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn next(&self) -> u64 {
        (1 << 63) | self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// What is set beside the facts.
#[derive(Clone, Copy, Default)]
struct With {
    key: Option<&'static str>,
    off: bool,
    keyed_writes: bool,
}

/// The keys with which the requests arrived, whether the call succeeded, and what was waited.
async fn keys(
    facts: &'static rt::OperationFacts,
    answers: Vec<Answer>,
    with: With,
) -> (Vec<Option<String>>, bool, Vec<Duration>) {
    let setup = Setup::answers(answers);
    let builder: rt::Builder<Shop> = setup.bare().random(Arc::new(Counting::default()));
    let builder = builder.retry_keyed_writes(with.keyed_writes).credentials(Credentials::client_credentials("id", "s"));
    let shop = if with.off { builder.write_retry(RetryPolicy::off()) } else { builder }.build().unwrap();
    let mut call = rt::RawCall::new(&shop.0, facts);
    if let Some(key) = with.key {
        call.options().idempotency_key(key);
    }
    let result = rt::run::<Change, ApiError>(call).await;
    let sent = setup.requests().into_iter().filter(|request| request.path() == "/toys");
    let header = |request: &typewright_runtime::testing::Recorded| {
        request.header("idempotency-key").or(request.header("x-key")).map(str::to_owned)
    };
    (sent.map(|request| header(&request)).collect(), result.is_ok(), setup.time.slept())
}

fn broken() -> Answer {
    Answer::fault(TransportFault::Broken)
}

#[tokio::test]
async fn every_write_has_one_key_for_all_its_attempts() {
    for facts in [&CREATE, &CHANGE, &REPLACE, &DELETE] {
        let answers = vec![Answer::new(500), Answer::fault(TransportFault::Connect), Answer::new(200)];
        let (keys, ok, slept) = keys(facts, answers, With::default()).await;
        let key = keys[0].clone().unwrap();
        assert!(ok && key.starts_with("pets-") && key.len() == "pets-".len() + 36, "{key}");
        assert_eq!(keys, [Some(key.clone()), Some(key.clone()), Some(key)]);
        assert_eq!(slept, [ms(450), ms(750)]);
    }
    let (keys, ok, _) = keys(&READ, vec![broken(), Answer::new(200)], With::default()).await;
    assert!(ok);
    assert_eq!(keys, [None, None]);
}

#[tokio::test]
async fn what_is_repeated_with_a_key() {
    let check = async |facts, failure: Answer, with: With, expected: usize| {
        let shown = format!("{failure:?} {:?} {} {}", with.key, with.off, with.keyed_writes);
        let (keys, ok, _) = keys(facts, vec![failure, Answer::new(200)], with).await;
        assert_eq!((keys.len(), ok), (expected, expected == 2), "{shown}");
    };
    let (made, own) = (With::default(), With { key: Some("own"), ..With::default() });
    let anyway = With { keyed_writes: true, ..With::default() };
    for with in [made, own] {
        for status in [429, 500, 502, 503, 504] {
            check(&CREATE, Answer::new(status), with, 2).await;
        }
        for status in [400, 401, 404, 409, 422] {
            check(&CREATE, Answer::new(status), with, 1).await;
        }
        check(&CREATE, Answer::fault(TransportFault::Connect), with, 2).await;
        // Nobody knows whether the server is still at work on it, whatever the method.
        for facts in [&CREATE, &CHANGE, &REPLACE, &DELETE] {
            check(facts, broken(), with, 1).await;
            check(facts, Answer::fault(TransportFault::Timeout), with, 1).await;
        }
    }
    for facts in [&CREATE, &DELETE] {
        check(facts, broken(), anyway, 2).await;
        check(facts, Answer::fault(TransportFault::Timeout), anyway, 2).await;
    }
    check(&SAFE, broken(), made, 2).await;
    // Without a key the rules of writes hold.
    check(&UNKEYED, Answer::new(429), made, 2).await;
    for failure in [Answer::new(502), broken(), Answer::fault(TransportFault::Connect)] {
        check(&UNKEYED, failure.clone(), made, 1).await;
        check(&UNKEYED, failure, anyway, 1).await;
    }
    for failure in [Answer::new(429), Answer::new(502), broken(), Answer::fault(TransportFault::Connect)] {
        check(&CREATE, failure, With { off: true, ..anyway }, 1).await;
    }
}

#[tokio::test]
async fn answers_that_are_kept_under_a_key_need_a_new_one() {
    let throttled = Answer::new(429).header("retry-after", "60");
    let (sent, ok, slept) = keys(&CREATE, vec![throttled, Answer::new(503), Answer::new(200)], With::default()).await;
    assert!(ok && sent[0] != sent[1] && sent[1] == sent[2], "{sent:?}");
    assert_eq!(slept, [ms(10_000), ms(750)]);
}

#[tokio::test]
async fn a_repetition_with_a_new_token_has_a_new_key() {
    let token = |token: &str| crate::common::token(token, 3600);
    let answers = [token("a"), Answer::new(200), Answer::new(401), token("b"), Answer::new(200)];
    let setup = Setup::answers(answers);
    let builder: rt::Builder<Shop> = setup.bare().random(Arc::new(Counting::default()));
    let shop = builder.credentials(Credentials::client_credentials("id", "s")).build().unwrap();
    for _ in 0..2 {
        rt::run::<Change, ApiError>(rt::RawCall::new(&shop.0, &WITH_LOGIN)).await.unwrap();
    }
    let keys = setup.requests();
    let keys: Vec<Option<&str>> = keys.iter().map(|request| request.header("idempotency-key")).collect();
    assert!(keys[0].is_none() && keys[3].is_none(), "a token request has no key: {keys:?}");
    assert!(keys[1] != keys[2] && keys[2] != keys[4] && keys[4].is_some(), "{keys:?}");
}

#[tokio::test]
async fn a_key_of_the_callers_stays() {
    let with = With { key: Some("own"), ..With::default() };
    let (sent, ok, _) = keys(&CREATE, vec![Answer::new(429), Answer::new(500), Answer::new(200)], with).await;
    assert!(ok && sent.iter().all(|key| key.as_deref() == Some("own")), "{sent:?}");
    let (sent, ..) = keys(&ONLY_GIVEN, vec![Answer::new(500), Answer::new(200)], with).await;
    assert_eq!(sent, [Some("own".to_owned()), Some("own".to_owned())]);
    let (sent, ..) = keys(&ONLY_GIVEN, vec![Answer::new(500), Answer::new(200)], With::default()).await;
    assert_eq!(sent, [None]);
}

#[tokio::test]
async fn without_retries_there_is_no_key() {
    let (sent, ok, _) = keys(&CREATE, vec![Answer::new(200)], With { off: true, ..With::default() }).await;
    assert!(ok);
    assert_eq!(sent, [None]);
    let (sent, ..) = keys(&UNKEYED, vec![Answer::new(200)], With::default()).await;
    assert_eq!(sent, [None]);
}

#[tokio::test]
async fn calls_do_not_share_keys_and_undeclared_requests_have_them_too() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::new(200));
    let shop: Shop = setup.bare().random(Arc::new(Counting::default())).build().unwrap();
    for method in ["post", "POST", "GET"] {
        shop.0.request::<ApiError>(method, "/toys").anonymous().await.unwrap();
    }
    let keys: Vec<Option<String>> =
        setup.requests().iter().map(|request| request.header("idempotency-key").map(str::to_owned)).collect();
    assert!(keys[0].is_some() && keys[1].is_some() && keys[0] != keys[1] && keys[2].is_none(), "{keys:?}");
}
