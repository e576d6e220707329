//! Limits of time and size.

use std::time::Duration;

use typewright_runtime::RetryPolicy;
use typewright_runtime::testing::Answer;

use crate::common::{Setup, ms};

#[tokio::test]
async fn an_attempt_has_its_time() {
    let check = async |answer: Answer, timeout: Option<u64>, expected: &str| {
        let setup = Setup::answers([answer]);
        let pets = setup.pets();
        let call = pets.get("7").options(|options| {
            if let Some(timeout) = timeout {
                options.timeout(ms(timeout));
            }
            options
        });
        let error = call.await.unwrap_err();
        assert_eq!((error.message(), error.is_timeout(), error.is_network()), (expected, true, true));
    };
    check(Answer::never(), None, "request timed out after 10000ms").await;
    check(Answer::never(), Some(250), "request timed out after 250ms").await;
    check(Answer::json(200, "{}").delayed(ms(251)), Some(250), "request timed out after 250ms").await;
    // The time covers the body, to its last byte.
    check(Answer::json(200, "{").stalls(), Some(250), "request timed out after 250ms").await;
}

#[tokio::test]
async fn what_comes_in_time_counts() {
    let setup = Setup::answers([Answer::json(200, "{}").delayed(ms(249))]);
    setup.builder().timeout(ms(250)).build().unwrap().get("7").await.unwrap();
    assert_eq!(setup.time.passed(), ms(249));
}

#[tokio::test]
async fn every_attempt_has_its_own_time_and_the_call_one_in_all() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::never());
    let builder = || setup.builder().timeout(ms(100)).read_retry(RetryPolicy::new().attempts(3));
    let error = builder().build().unwrap().get("7").await.unwrap_err();
    assert_eq!(
        (error.message(), setup.time.passed()),
        ("request timed out after 100ms", ms(100 + 250 + 100 + 500 + 100))
    );
    let error = builder().total_timeout(ms(375)).build().unwrap().get("7").await.unwrap_err();
    assert_eq!((error.message(), setup.time.passed()), ("request timed out after 375ms", ms(1050 + 375)));
}

#[tokio::test]
async fn a_stalled_body_ends_the_attempt() {
    let setup = Setup::answers([Answer::json(200, "{").stalls()]);
    let error = setup.builder().timeout(Duration::from_secs(60)).build().unwrap().get("7").await.unwrap_err();
    assert_eq!(error.message(), "the answer stalled: nothing came for 20000ms");
    assert!(error.is_timeout());
}

#[tokio::test]
async fn answers_are_capped() {
    let check = async |answer: Answer, ok: bool| {
        let setup = Setup::answers([answer]);
        match setup.builder().max_response_bytes(10).build().unwrap().get("7").await {
            Ok(_) => assert!(ok),
            Err(error) => {
                assert!(!ok && error.is_too_large(), "{error}");
                assert_eq!((error.message(), error.status()), ("the answer is larger than 10 bytes", Some(200)));
            }
        }
    };
    check(Answer::json(200, r#"{"a":1234}"#), true).await;
    check(Answer::json(200, r#"{"a":12345}"#), false).await;
    check(Answer::json(200, r#"{"a":1"#).chunk("234}"), true).await;
    check(Answer::json(200, r#"{"a":1"#).chunk("2345}"), false).await;
    // The rest of a bomb is never asked for.
    check(Answer::json(200, "01234567890").stalls(), false).await;
}

#[tokio::test]
async fn an_errors_body_is_cut() {
    let setup = Setup::answers([Answer::new(500).chunk(vec![b'x'; 1 << 20]).chunk("more").stalls()]);
    let error = setup.pets().get("7").await.unwrap_err();
    assert_eq!((error.status(), error.raw_body().len()), (Some(500), 1 << 20));
    let setup = Setup::answers([Answer::new(500).chunk("half").breaks()]);
    let error = setup.pets().get("7").await.unwrap_err();
    assert_eq!((error.status(), error.text().as_str()), (Some(500), "half"));
}
