//! The events of the Qredex client: which, in which order, with what in them, and that nothing secret is.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use qredex::types::CreateCreator;
use qredex::{Credentials, Event, EventType, Qredex, RetryPolicy};
use typewright_tests::server::{Answer, Received, Server};

const CREATOR: &str = "11111111-1111-4111-8111-111111111111";
const PAGE: &str = r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#;

fn reply(request: &Received, index: usize) -> Answer {
    if request.path() == "/api/v1/auth/token" {
        let body =
            r#"{"access_token":"very-secret-token","token_type":"Bearer","expires_in":3600,"scope":"direct:api"}"#;
        return Answer::json(200, body).with_header("x-request-id", "req-token");
    }
    if request.method == "POST" || (index > 0 && request.raw_query().contains("fail")) {
        let body = r#"{"error_code":"validation_error","message":"No."}"#;
        return Answer::json(429, body).with_header("x-request-id", "req-bad").with_header("retry-after", "2");
    }
    Answer::json(200, PAGE).with_header("x-request-id", "req-good").with_header("x-trace-id", "trace-good")
}

struct Recording {
    server: Server,
    client: Qredex,
    events: Arc<Mutex<Vec<Event>>>,
}

impl Recording {
    async fn start() -> Self {
        let server = Server::start(reply).await;
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&events);
        let client = Qredex::builder()
            .base_url(server.url())
            .credentials(Credentials::client_credentials("the-id", "very-secret-secret").scope(["direct:api"]))
            .read_retry(RetryPolicy::new().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(1)))
            .on_event(move |event| sink.lock().expect("no panic").push(event.clone()))
            .build()
            .expect("complete");
        Self { server, client, events }
    }

    fn take(&self) -> Vec<Event> {
        self.client.events().flush();
        std::mem::take(&mut *self.events.lock().expect("no panic"))
    }
}

fn types(events: &[Event]) -> Vec<EventType> {
    events.iter().map(Event::event_type).collect()
}

#[tokio::test]
async fn cold_and_warm_cache() {
    use EventType::*;
    let recording = Recording::start().await;
    recording.client.orders().list().await.expect("a page");
    let cold = [AuthCacheMiss, Request, Response, AuthTokenIssued, Request, Response];
    assert_eq!(types(&recording.take()), cold);
    recording.client.orders().list().await.expect("a page");
    assert_eq!(types(&recording.take()), [AuthCacheHit, Request, Response]);
}

#[tokio::test]
async fn a_response_tells_path_status_and_the_servers_ids() {
    let recording = Recording::start().await;
    recording.client.orders().list().size(3).request_id("mine").await.expect("a page");
    let events = recording.take();
    let Event::Request(request) = &events[4] else { panic!("{events:?}") };
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/v1/integrations/orders"));
    assert_eq!((request.request_id.as_deref(), request.timeout), (Some("mine"), Duration::from_secs(10)));
    let Event::Response(response) = &events[5] else { panic!("{events:?}") };
    assert_eq!((response.status, response.request_id.as_deref()), (200, Some("req-good")));
    assert_eq!(response.trace_id.as_deref(), Some("trace-good"));
}

#[tokio::test]
async fn a_refusal_tells_code_message_and_delay() {
    let recording = Recording::start().await;
    recording.client.creators().create(&CreateCreator::new("alice")).await.expect_err("refused");
    let events = recording.take();
    let Some(Event::ResponseError(refusal)) = events.last() else { panic!("{events:?}") };
    assert_eq!((refusal.method.as_str(), refusal.status), ("POST", 429));
    assert_eq!(refusal.error_code.as_deref(), Some("validation_error"));
    assert_eq!(refusal.message.as_deref(), Some("No."));
    assert_eq!(refusal.request_id.as_deref(), Some("req-bad"));
    assert_eq!(refusal.retry_after, Some(Duration::from_secs(2)));
}

#[tokio::test]
async fn a_retry_tells_why_and_how_long() {
    let recording = Recording::start().await;
    recording.client.orders().list().query("fail", "1").await.expect_err("refused twice");
    let events = recording.take();
    let retry = events.iter().find_map(|event| match event {
        Event::RetryScheduled(retry) => Some(retry),
        _ => None,
    });
    let retry = retry.expect("one retry");
    assert_eq!((retry.source.as_str(), retry.reason.as_str()), ("read", "http_429"));
    assert_eq!((retry.attempt, retry.max_attempts), (1, 2));
    assert_eq!((retry.method.as_deref(), retry.path.as_deref()), (Some("GET"), Some("/api/v1/integrations/orders")));
}

#[tokio::test]
async fn a_refused_input_tells_operation_and_words() {
    let recording = Recording::start().await;
    recording.client.creators().get("nope").await.expect_err("no UUID");
    let events = recording.take();
    let [Event::ValidationFailed(failed)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(
        (failed.operation.as_str(), failed.message.as_str()),
        ("creators.get", "creator_id must be a valid UUID.")
    );
    assert_eq!(failed.error_code.as_deref(), Some("sdk_validation_error"));
}

#[tokio::test]
async fn a_lost_connection_is_told() {
    let server = Server::scripted([Answer::Drop]).await;
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    let builder = Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok"));
    let q =
        builder.on_event(move |event| sink.lock().expect("no panic").push(event.clone())).build().expect("complete");
    q.creators().get(CREATOR).await.expect_err("dropped");
    q.events().flush();
    assert_eq!(types(&events.lock().expect("no panic")), [EventType::Request, EventType::NetworkError]);
}

#[tokio::test]
async fn handlers_come_and_go_and_may_panic() {
    let recording = Recording::start().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let all = recording.client.events().subscribe(|_| panic!("a handler's fault is its own"));
    let some = recording
        .client
        .events()
        .on(EventType::Response, move |event| sink.lock().expect("no panic").push(event.event_type()));
    recording.client.orders().list().await.expect("a page");
    recording.client.events().flush();
    assert_eq!(*seen.lock().expect("no panic"), [EventType::Response, EventType::Response]);
    drop((all, some));
    recording.client.orders().list().await.expect("a page");
    recording.client.events().flush();
    assert_eq!(seen.lock().expect("no panic").len(), 2, "a dropped subscription hears nothing");
    assert_eq!(recording.take().len(), 9);
}

#[tokio::test]
async fn nothing_secret_is_told() {
    let recording = Recording::start().await;
    recording.client.orders().list().query("q", "very-secret-query").await.expect("a page");
    recording.client.creators().create(&CreateCreator::new("very-secret-handle")).await.expect_err("refused");
    let told = format!("{:?} {:?}", recording.take(), recording.client);
    assert!(!told.contains("very-secret"), "{told}");
    assert!(!told.contains("127.0.0.1") || !recording.server.url().is_empty());
}
