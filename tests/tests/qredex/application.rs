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

/// Every item of a list, whatever it lists.
async fn all<Op: qredex::Paged>(call: qredex::Call<Op>) -> Result<Vec<Op::Item>, qredex::Error> {
    let mut items = call.items();
    let mut all = Vec::new();
    while let Some(item) = items.try_next().await? {
        all.push(item);
    }
    Ok(all)
}

/// A call that is kept, and sent until it succeeds.
async fn insist<Op: qredex::Operation>(call: qredex::Call<Op>) -> Op::Output {
    loop {
        if let Ok(output) = call.clone().await {
            return output;
        }
    }
}

#[tokio::test]
async fn helpers_are_generic_over_operations_and_calls_are_kept() {
    let page = r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#;
    let (qredex, transport, _) = qredex([]);
    transport.on("GET", "/api/v1/integrations/orders", Answer::json(200, page));
    transport.on("GET", "/api/v1/integrations/links", Answer::json(200, page));
    let creators = "/api/v1/integrations/creators";
    transport.on("GET", creators, Answer::new(404)).on("GET", creators, Answer::json(200, page));
    assert_eq!(all(qredex.links().list()).await.expect("links").len(), 0);
    assert_eq!(all(qredex.orders().list().page(0)).await.expect("orders").len(), 0);
    assert_eq!(insist(qredex.creators().list().size(7)).await.items.len(), 0);
    let requests = transport.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[2].uri(), requests[3].uri(), "the clone is the same call");
}

#[tokio::test]
async fn error_handling_is_tested_without_a_server() {
    use qredex::testing::ErrorBuilder;
    let advice = |error: &qredex::Error| match error.code() {
        Some(ErrorCode::RejectedCrossSourceDuplicate) => "skip",
        _ if error.is_timeout() => "again",
        _ => "give up",
    };
    let envelope = r#"{"error_code":"REJECTED_CROSS_SOURCE_DUPLICATE","message":"twice"}"#;
    let duplicate = ErrorBuilder::new(409).code("REJECTED_CROSS_SOURCE_DUPLICATE").body(envelope);
    let duplicate: qredex::Error = duplicate.operation::<qredex::op::OrdersRecordPaidOrder>().build();
    assert_eq!((advice(&duplicate), duplicate.operation()), ("skip", Some("orders.record_paid_order")));
    assert!(matches!(duplicate.body(), Some(qredex::ApiError::ErrorEnvelope(_))));
    assert_eq!(advice(&ErrorBuilder::of_kind(qredex::ErrorKind::Timeout).build()), "again");
    assert_eq!(advice(&ErrorBuilder::new(500).build()), "give up");
}
