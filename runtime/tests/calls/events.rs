//! Events: their order, their fields, and that no handler can harm a call.

use std::sync::{Arc, Mutex, mpsc};

use typewright_runtime::RetryPolicy;
use typewright_runtime::event::{Event, EventType, RetryReason, RetrySource};
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;

use crate::common::{Setup, ms, token};

#[tokio::test]
async fn order_on_a_cold_and_a_warm_cache() {
    let setup = Setup::new();
    setup.issues(3600);
    let pets = setup.issuing();
    pets.get("7").await.unwrap();
    pets.get("7").await.unwrap();
    assert_eq!(
        setup.event_names(&pets),
        ["auth_cache_miss", "request", "response", "auth_token_issued", "request", "response"]
            .into_iter()
            .chain(["auth_cache_hit", "request", "response"])
            .collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn fields() {
    let refused = Answer::json(429, r#"{"error_code":"slow","message":"Slow down."}"#)
        .header("x-request-id", "srv-1")
        .header("x-trace-id", "trc-1")
        .header("retry-after", "2")
        .delayed(ms(7));
    let ok = Answer::json(200, "{}").header("x-request-id", "srv-2").delayed(ms(3));
    let setup = Setup::answers([refused, ok]);
    let pets = setup.builder().read_retry(RetryPolicy::new()).build().unwrap();
    pets.get("7").options(|options| options.call_header("request_id", "mine").query("secret", "1")).await.unwrap();
    pets.client.events().flush();
    let events = setup.events.lock().unwrap().clone();
    let Event::Request(request) = &events[0] else { panic!("{events:?}") };
    assert_eq!((request.method.as_str(), request.path.as_str(), request.timeout), ("GET", "/pets/7", ms(10_000)));
    assert_eq!((request.request_id.as_deref(), request.trace_id.as_deref()), (Some("mine"), None));
    let Event::ResponseError(error) = &events[1] else { panic!("{events:?}") };
    assert_eq!((error.status, error.duration, error.path.as_str()), (429, ms(7), "/pets/7"));
    assert_eq!((error.error_code.as_deref(), error.message.as_deref()), (Some("slow"), Some("Slow down.")));
    assert_eq!((error.request_id.as_deref(), error.trace_id.as_deref()), (Some("srv-1"), Some("trc-1")));
    assert_eq!(error.retry_after, Some(ms(2000)));
    let Event::RetryScheduled(retry) = &events[2] else { panic!("{events:?}") };
    assert_eq!((retry.source, retry.reason, retry.delay), (RetrySource::Read, RetryReason::RateLimited, ms(1000)));
    assert_eq!((retry.attempt, retry.max_attempts), (1, 2));
    assert_eq!((retry.path.as_deref(), retry.method.as_deref()), (Some("/pets/7"), Some("GET")));
    let Event::Response(response) = &events[4] else { panic!("{events:?}") };
    assert_eq!((response.status, response.duration), (200, ms(3)));
    assert_eq!(response.request_id.as_deref(), Some("srv-2"));
    assert_eq!(events.len(), 5);
}

#[tokio::test]
async fn events_of_tokens_and_faults() {
    let setup = Setup::answers([Answer::new(503), token("t", 3600), Answer::fault(TransportFault::Broken)]);
    let pets = setup.issuing();
    pets.get("7").await.unwrap_err();
    pets.create(" ").await.unwrap_err();
    pets.list().options(|options| options.header("accept", "x")).await.unwrap_err();
    assert_eq!(
        setup.event_names(&pets),
        [
            "auth_cache_miss",
            "request",
            "response_error",
            "retry_scheduled",
            "request",
            "response",
            "auth_token_issued",
            "request",
            "network_error",
            // Wrong input is told, wrong options are not.
            "validation_failed",
        ]
    );
    let events = setup.events.lock().unwrap().clone();
    let Event::AuthCacheMiss(miss) = &events[0] else { panic!("{events:?}") };
    assert_eq!(miss.scope.as_deref(), Some("a b"));
    let Event::RetryScheduled(retry) = &events[3] else { panic!("{events:?}") };
    assert_eq!((retry.source, retry.reason), (RetrySource::Auth, RetryReason::ServerError));
    assert_eq!((&retry.path, &retry.method), (&None, &None));
    let Event::AuthTokenIssued(issued) = &events[6] else { panic!("{events:?}") };
    assert_eq!((issued.token_type.as_deref(), issued.scope.as_deref()), (Some("Bearer"), Some("a b")));
    let Event::NetworkError(error) = &events[8] else { panic!("{events:?}") };
    assert_eq!((error.path.as_str(), error.message.as_deref()), ("/pets/7", Some("connection reset")));
    let Event::ValidationFailed(failed) = &events[9] else { panic!("{events:?}") };
    assert_eq!(
        (failed.operation.as_str(), failed.message.as_str()),
        ("pets.create", "name must be a non-empty string.")
    );
}

#[tokio::test]
async fn handlers_are_called_in_order_and_until_they_leave() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::json(200, "{}"));
    let heard: Arc<Mutex<Vec<&'static str>>> = Arc::default();
    let hear = |name: &'static str| {
        let heard = Arc::clone(&heard);
        move |_: &Event| heard.lock().unwrap().push(name)
    };
    let pets = setup.builder().on_event(hear("option")).build().unwrap();
    let events = pets.client.events();
    let typed = events.on(EventType::Response, hear("typed"));
    let all = events.subscribe(hear("all"));
    pets.get("7").await.unwrap();
    events.flush();
    assert_eq!(*heard.lock().unwrap(), ["option", "all", "option", "all", "typed"]);
    heard.lock().unwrap().clear();
    all.unsubscribe();
    drop(typed);
    pets.get("7").await.unwrap();
    events.flush();
    assert_eq!(*heard.lock().unwrap(), ["option", "option"]);
}

#[tokio::test]
async fn a_panicking_handler_harms_nobody() {
    let setup = Setup::answers([Answer::json(200, "{}")]);
    let pets = setup.pets();
    let _bad = pets.client.events().subscribe(|_| panic!("handler"));
    let heard: Arc<Mutex<u32>> = Arc::default();
    let count = Arc::clone(&heard);
    let _good = pets.client.events().subscribe(move |_| *count.lock().unwrap() += 1);
    pets.get("7").await.unwrap();
    pets.client.events().flush();
    assert_eq!(*heard.lock().unwrap(), 2);
}

#[tokio::test]
async fn a_blocked_handler_holds_no_call_up() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::json(200, "{}"));
    let pets = setup.pets();
    let (open, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let _slow = pets.client.events().subscribe(move |_| {
        gate.lock().unwrap().recv().ok();
    });
    for _ in 0..1000 {
        pets.get("7").await.unwrap();
    }
    let dropped = pets.client.events().dropped();
    // 2,000 events; 1,024 wait in the channel and one or none is being handled.
    assert!((2000 - 1024 - 1..=2000 - 1024).contains(&dropped), "{dropped}");
    drop(open);
    pets.client.events().flush();
    assert_eq!(pets.client.events().dropped(), dropped);
}

#[tokio::test]
async fn what_is_queued_outlives_the_client() {
    let setup = Setup::answers([Answer::json(200, "{}")]);
    let (sender, receiver) = mpsc::channel();
    let pets = setup.builder().on_event(move |event| sender.send(event.event_type()).unwrap()).build().unwrap();
    pets.get("7").await.unwrap();
    drop(pets);
    assert_eq!(receiver.iter().collect::<Vec<_>>(), [EventType::Request, EventType::Response]);
}

/// A handler that waited for all handlers would wait for itself.
#[tokio::test]
async fn flushing_in_a_handler_returns() {
    let setup = Setup::answers([Answer::json(200, "{}")]);
    let pets = Arc::new(setup.builder().build().unwrap());
    let (sender, flushed) = mpsc::channel();
    let inside = Arc::downgrade(&pets);
    pets.client
        .events()
        .subscribe(move |_| {
            if let Some(pets) = inside.upgrade() {
                pets.client.events().flush();
                let _ = sender.send(());
            }
        })
        .forever();
    pets.get("7").await.unwrap();
    pets.client.events().flush();
    assert_eq!(flushed.try_iter().count(), 2, "request and response");
}
