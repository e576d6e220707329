//! What an application's own unit tests look like: they use nothing but the client's crate, and no network.
//!
//! The code under test is the small shop below. It also shows that errors travel with `?` into any other error type.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use qredex::testing::{Answer, ManualTime, MemoryTransport};
use qredex::types::{CreateCreator, ErrorCode, OrderAttribution, RecordPaidOrder};
use qredex::{Credentials, Items, Qredex, RetryPolicy, op};

const STORE: &str = "44444444-4444-4444-8444-444444444444";

/// The application: signs people up, and takes a name that is already there for a success.
async fn sign_up(qredex: &Qredex, handle: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
    match qredex.creators().create(&CreateCreator::new(handle)).await {
        Ok(creator) => Ok(creator.id),
        Err(error) if error.is_conflict() => Ok("already there".to_owned()),
        Err(error) => Err(error)?,
    }
}

/// The application: a stream of the client's as a value that has a name.
async fn count(mut orders: Items<op::OrdersList, qredex::ApiError>) -> Result<usize, qredex::Error> {
    let mut count = 0;
    while orders.try_next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// A client whose answers come from memory and whose clock jumps.
fn qredex(answers: impl IntoIterator<Item = Answer>) -> (Qredex, MemoryTransport, ManualTime) {
    let (transport, time) = (MemoryTransport::new(), ManualTime::new());
    for answer in answers {
        transport.answer(answer);
    }
    let builder = Qredex::builder()
        .credentials(Credentials::bearer("test"))
        .read_retry(RetryPolicy::new())
        .transport(Arc::new(transport.clone()))
        .clock(Arc::new(time.clone()))
        .sleeper(Arc::new(time.clone()));
    (builder.build().expect("complete"), transport, time)
}

fn creator() -> Answer {
    Answer::json(
        201,
        r#"{"id":"c-1","handle":"alice","status":"ACTIVE","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"#,
    )
}

#[tokio::test]
async fn signing_up_twice_is_no_fault() {
    let conflict = Answer::json(409, r#"{"error_code":"REJECTED_SOURCE_POLICY","message":"There is one."}"#);
    let (qredex, transport, _) = qredex([creator(), conflict, Answer::json(403, "{}").header("x-request-id", "req-1")]);
    assert_eq!(sign_up(&qredex, "alice").await.expect("new"), "c-1");
    assert_eq!(sign_up(&qredex, "alice").await.expect("not new"), "already there");
    let error = sign_up(&qredex, "alice").await.expect_err("forbidden");
    assert_eq!(error.to_string(), "creators.create: 403 Forbidden (request req-1)");
    assert!(error.downcast_ref::<qredex::Error>().is_some_and(qredex::Error::is_authorization));
    let requests = transport.requests();
    assert_eq!(requests[0].path(), "/api/v1/integrations/creators");
    assert_eq!(requests[0].text(), r#"{"handle":"alice"}"#);
}

#[tokio::test]
async fn waiting_takes_no_time() {
    let page = Answer::json(200, r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#);
    let (qredex, transport, time) = qredex([Answer::new(429).header("retry-after", "1"), page]);
    assert_eq!(count(qredex.orders().list().items()).await.expect("the second try"), 0);
    assert_eq!(transport.requests().len(), 2);
    assert!(time.slept().contains(&Duration::from_secs(1)), "{:?}", time.slept());
}

#[tokio::test]
async fn refusals_have_codes_to_match_on() {
    let duplicate = Answer::json(409, r#"{"error_code":"REJECTED_CROSS_SOURCE_DUPLICATE"}"#);
    let (qredex, ..) = qredex([duplicate]);
    let answer: Result<OrderAttribution, qredex::Error> =
        qredex.orders().record_paid_order(&RecordPaidOrder::new(STORE, "order-1", "USD")).await;
    match answer {
        Err(error) if error.code() == Some(ErrorCode::RejectedCrossSourceDuplicate) => {}
        other => panic!("{other:?}"),
    }
}
