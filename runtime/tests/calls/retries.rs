//! The whole retry matrix, in memory and without waiting.

use std::time::{Duration, SystemTime};

use crate::common::{Pets, Setup, ms};
use typewright_runtime::RetryPolicy;
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;

/// A client whose document declares nothing.
struct Plain {
    client: rt::Client,
}

static PLAIN: rt::ClientFacts =
    rt::ClientFacts::new("plain", "1").environments(&[("live", "https://plain.example")], "live");

impl rt::ApiClient for Plain {
    type Error = crate::common::ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &PLAIN;
    fn from_client(client: rt::Client) -> Self {
        Self { client }
    }
}

fn fault(fault: TransportFault) -> Answer {
    Answer::fault(fault)
}

/// First the failure, then a success; how often the request was sent tells whether it was retried.
async fn undeclared(method: &str, failure: Answer) -> (usize, Vec<Duration>) {
    let setup = Setup::answers([failure, Answer::json(200, "{}")]);
    let plain: Plain = setup.bare().build().unwrap();
    let request = plain.client.request::<crate::common::ApiError>(method, "/x");
    let result = request.await;
    assert_eq!(result.is_ok(), setup.count() == 2);
    (setup.count(), setup.time.slept())
}

#[tokio::test]
async fn defaults_where_nothing_is_declared() {
    let check = async |method: &str, failure: Answer, retried: bool| {
        let shown = format!("{method} {failure:?}");
        assert_eq!(undeclared(method, failure).await.0, if retried { 2 } else { 1 }, "{shown}");
    };
    for method in ["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"] {
        check(method, fault(TransportFault::Connect), true).await;
        check(method, fault(TransportFault::Refused), false).await;
        for status in [400, 401, 403, 404, 409, 422, 501] {
            check(method, Answer::new(status), false).await;
        }
    }
    for (method, idempotent) in [("GET", true), ("PUT", true), ("DELETE", true), ("POST", false), ("PATCH", false)] {
        for status in [408, 429, 502, 503, 504] {
            check(method, Answer::new(status), idempotent).await;
        }
        check(method, fault(TransportFault::Broken), idempotent).await;
        check(method, fault(TransportFault::Timeout), idempotent).await;
        check(method, Answer::json(200, "{").breaks(), idempotent).await;
    }
    check("GET", Answer::new(500), true).await;
    check("PUT", Answer::new(500), false).await;
}

#[tokio::test]
async fn undeclared_delays() {
    let check = async |failure: Answer, expected: &[u64]| {
        let slept = undeclared("GET", failure).await.1;
        assert_eq!(slept, expected.iter().map(|delay| ms(*delay)).collect::<Vec<_>>());
    };
    // Full jitter with dice at one half; throttling starts at a second.
    check(Answer::new(502), &[50]).await;
    check(Answer::new(503), &[500]).await;
    check(Answer::new(503).header("retry-after", "3"), &[3000]).await;
    check(Answer::new(503).header("retry-after-ms", "1"), &[500]).await;
    check(Answer::new(503).header("retry-after", "61"), &[]).await;
}

#[tokio::test]
async fn three_attempts_and_the_last_error() {
    let setup = Setup::answers([Answer::new(503), Answer::new(502), Answer::json(504, r#"{"a":1}"#), Answer::new(200)]);
    let plain: Plain = setup.bare().build().unwrap();
    let error = plain.client.request::<crate::common::ApiError>("GET", "/x").await.unwrap_err();
    assert_eq!((setup.count(), error.status(), error.text().as_str()), (3, Some(504), r#"{"a":1}"#));
}

#[tokio::test]
async fn a_long_wish_is_returned_at_once_and_readable() {
    let setup = Setup::answers([Answer::new(429).header("retry-after", "120")]);
    let plain: Plain = setup.bare().build().unwrap();
    let error = plain.client.request::<crate::common::ApiError>("GET", "/x").await.unwrap_err();
    assert_eq!((error.retry_after(), setup.count()), (Some(Duration::from_secs(120)), 1));
    assert!(error.is_rate_limited());
}

#[tokio::test]
async fn none_starts_past_the_deadline() {
    let setup = Setup::answers([Answer::new(503).header("retry-after", "3"), Answer::new(200)]);
    let plain: Plain = setup.bare().total_timeout(ms(2900)).build().unwrap();
    let error = plain.client.request::<crate::common::ApiError>("GET", "/x").await.unwrap_err();
    assert_eq!((error.status(), setup.count(), setup.time.passed()), (Some(503), 1, ms(0)));
}

#[tokio::test]
async fn none_starts_a_minute_after_the_call_began() {
    let slow = || Answer::new(503).header("retry-after", "35");
    let setup = Setup::answers([slow(), slow(), Answer::new(200)]);
    let plain: Plain = setup.bare().build().unwrap();
    let error = plain.client.request::<crate::common::ApiError>("GET", "/x").await.unwrap_err();
    assert_eq!((error.status(), setup.count()), (Some(503), 2));
}

/// The pets' document: reads are off until switched on, writes never, statuses and delays declared.
async fn declared(policy: Option<RetryPolicy>, write: bool, failures: &[Answer]) -> (usize, Vec<u64>) {
    let setup = Setup::answers(failures.iter().cloned().chain([Answer::json(200, "{}")]));
    let mut builder = setup.builder();
    if let Some(policy) = policy {
        builder = builder.read_retry(policy.clone()).write_retry(policy);
    }
    let pets: Pets = builder.build().unwrap();
    let ok = if write { pets.create("Rex").await.is_ok() } else { pets.get("7").await.is_ok() };
    assert_eq!(ok, setup.count() == failures.len() + 1);
    (setup.count(), setup.time.slept().iter().map(|delay| u64::try_from(delay.as_millis()).unwrap()).collect())
}

#[tokio::test]
async fn declared_reads_are_opt_in() {
    assert_eq!(declared(None, false, &[Answer::new(503)]).await, (1, vec![]));
    assert_eq!(declared(Some(RetryPolicy::off()), false, &[Answer::new(503)]).await, (1, vec![]));
    let on = || Some(RetryPolicy::new());
    assert_eq!(declared(on(), false, &[Answer::new(503)]).await, (2, vec![250]));
    assert_eq!(declared(on(), false, &[Answer::new(500)]).await, (2, vec![250]));
    assert_eq!(declared(on(), false, &[fault(TransportFault::Broken)]).await, (2, vec![250]));
    assert_eq!(declared(on(), false, &[fault(TransportFault::Connect)]).await, (2, vec![250]));
    assert_eq!(declared(on(), false, &[Answer::new(408)]).await, (1, vec![]));
    assert_eq!(declared(on(), false, &[Answer::new(429), Answer::new(429)]).await, (2, vec![250]));
}

#[tokio::test]
async fn declared_delays_double_up_to_the_cap() {
    let failures: Vec<_> = std::iter::repeat_n(Answer::new(503), 4).collect();
    let policy = RetryPolicy::new().attempts(5);
    assert_eq!(declared(Some(policy), false, &failures).await, (5, vec![250, 500, 1000, 1000]));
    let policy = RetryPolicy::new().attempts(3).base_delay(ms(10)).max_delay(ms(15));
    assert_eq!(declared(Some(policy), false, &failures[..2]).await, (3, vec![10, 15]));
}

#[tokio::test]
async fn retry_after_is_capped_where_a_cap_is_declared() {
    let check = async |value: &str, expected: u64| {
        let failure = Answer::new(429).header("retry-after", value);
        assert_eq!(declared(Some(RetryPolicy::new()), false, &[failure]).await, (2, vec![expected]), "{value}");
    };
    check("7", 1000).await;
    check("0.5", 500).await;
    check("0", 250).await;
    check("120", 1000).await;
    check("soon", 250).await;
    // The manual calendar stands at 2030-01-01 00:00:00.
    check("Tue, 01 Jan 2030 00:00:09 GMT", 1000).await;
    check("Tue, 01 Jan 2019 00:00:00 GMT", 250).await;
}

#[tokio::test]
async fn writes_are_never_repeated_where_the_document_forbids_it() {
    for failure in [Answer::new(503), Answer::new(429), fault(TransportFault::Connect), fault(TransportFault::Broken)] {
        assert_eq!(declared(Some(RetryPolicy::new().attempts(9)), true, &[failure]).await, (1, vec![]));
    }
    let setup = Setup::answers([Answer::new(503), Answer::new(201)]);
    let call = setup
        .pets()
        .create("Rex")
        .options(|options| options.retry(RetryPolicy::new().attempts(3)).idempotency_key("key"));
    assert_eq!((call.await.unwrap_err().status(), setup.count()), (Some(503), 1));
}

#[tokio::test]
async fn a_calls_policy_wins() {
    let setup = Setup::answers([Answer::new(503), Answer::new(503), Answer::json(200, "{}")]);
    let pets = setup.pets();
    let retry = |policy: RetryPolicy| pets.get("7").options(|options| options.retry(policy));
    retry(RetryPolicy::new().attempts(3)).await.unwrap();
    assert_eq!(setup.count(), 3);
    let error = retry(RetryPolicy::new().attempts(0)).await.unwrap_err();
    assert!(error.is_validation() && error.message().contains("at least one attempt"), "{error}");
    assert!(setup.builder().read_retry(RetryPolicy::new().attempts(0)).build().unwrap_err().is_configuration());
}

#[tokio::test]
async fn an_empty_budget_means_no_retry() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::new(500));
    let pets = setup.builder().read_retry(RetryPolicy::new()).build().unwrap();
    for _ in 0..40 {
        pets.get("7").await.unwrap_err();
    }
    // 500 pay for 35 retries at 14 each.
    assert_eq!(setup.count(), 40 + 35);
}

#[tokio::test]
async fn keyed_writes_are_repeated_where_the_document_calls_them_safe() {
    static KEYED: rt::OperationFacts = rt::OperationFacts::new("pay", "POST", "/pay").repeatable_with_key();
    static PLAIN: rt::ClientFacts = rt::ClientFacts::new("plain", "1").call_headers(&[("idempotency_key", "key")]);
    struct Keyed(rt::Client);
    impl rt::ApiClient for Keyed {
        type Error = crate::common::ApiError;
        type Environment = rt::NoEnvironment;
        const FACTS: &'static rt::ClientFacts = &PLAIN;
        fn from_client(client: rt::Client) -> Self {
            Self(client)
        }
    }
    enum Pay {}
    impl rt::Operation for Pay {
        type Output = ();
        const FACTS: &'static rt::OperationFacts = &KEYED;
        fn decode(reply: &rt::RawReply) -> Result<(), rt::DecodeError> {
            reply.empty()
        }
    }
    for (key, expected) in [(None, 1), (Some("k-1"), 2)] {
        let setup = Setup::answers([Answer::new(503), Answer::new(200)]);
        let client: Keyed = setup.bare().base_url("http://plain.example").build().unwrap();
        let mut call = rt::RawCall::new(&client.0, &KEYED);
        if let Some(key) = key {
            call.options().idempotency_key(key);
        }
        let result = rt::run::<Pay, crate::common::ApiError>(call).await;
        assert_eq!((result.is_ok(), setup.count()), (expected == 2, expected));
        assert!(setup.requests().iter().all(|request| request.header("key") == key));
    }
}

#[test]
fn the_manual_calendar() {
    use typewright_runtime::time::Clock;
    let wall = Setup::new().time.wall();
    assert_eq!(wall.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs(), 1_893_456_000);
}
