//! When exactly the Qredex client repeats a request, and what it tells of it: time and dice are the test's own, the server
//! is real.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use qredex::event::RetryScheduledEvent;
use qredex::testing::{ManualTime, SteadyRandom};
use qredex::{Credentials, Event, EventType, Qredex, RetryPolicy};
use typewright_tests::server::{Answer, Received, Server};

const PAGE: &str = r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#;

struct Scene {
    server: Server,
    client: Qredex,
    time: ManualTime,
    events: Arc<Mutex<Vec<Event>>>,
}

impl Scene {
    /// Tokens are refused first with `token`, then given; calls are answered with these in turn, the last one for ever.
    async fn start(token: Vec<Answer>, calls: Vec<Answer>, policy: RetryPolicy, dice: f64) -> Self {
        let (tokens, answers) = (Mutex::new(token), Mutex::new(calls));
        let server = Server::start(move |request: &Received, _| {
            let given = r#"{"access_token":"t","token_type":"Bearer","expires_in":3600,"scope":"granted"}"#;
            let is_token = request.path() == "/api/v1/auth/token";
            let mut queue = if is_token { &tokens } else { &answers }.lock().expect("no panic");
            match queue.len() {
                0 => Answer::json(200, if is_token { given } else { PAGE }),
                1 if !is_token => queue[0].clone(),
                _ => queue.remove(0),
            }
        })
        .await;
        // Stopped time would hold the limits of attempts up too; jumping time would let them run out before loopback answers.
        let (time, events) = (ManualTime::stopped(), Arc::new(Mutex::new(Vec::new())));
        let sink = Arc::clone(&events);
        let client = Qredex::builder()
            .base_url(server.url())
            .credentials(Credentials::client_credentials("id", "secret").scope(["asked"]))
            .read_retry(policy)
            .sleeper(Arc::new(Jumping(time.clone())))
            .clock(Arc::new(time.clone()))
            .random(Arc::new(SteadyRandom::new(dice)))
            .on_event(move |event| sink.lock().expect("no panic").push(event.clone()))
            .build()
            .expect("complete");
        Self { server, client, time, events }
    }

    fn take(&self) -> Vec<Event> {
        self.client.events().flush();
        std::mem::take(&mut *self.events.lock().expect("no panic"))
    }

    fn retries(&self) -> Vec<RetryScheduledEvent> {
        let retry = |event| if let Event::RetryScheduled(retry) = event { Some(retry) } else { None };
        self.take().into_iter().filter_map(retry).collect()
    }
}

/// Short waits are over at once; the limits of attempts (10 s) and of stalled bodies (20 s) never are.
#[derive(Debug)]
struct Jumping(ManualTime);

impl qredex::time::Sleeper for Jumping {
    fn sleep(&self, duration: Duration) -> qredex::time::BoxFuture<()> {
        if duration >= Duration::from_secs(10) {
            return Box::pin(std::future::pending());
        }
        self.0.advance(duration);
        Box::pin(std::future::ready(()))
    }
}

async fn delays(answer: Answer, policy: RetryPolicy, dice: f64) -> Vec<u128> {
    let scene = Scene::start(vec![], vec![answer], policy, dice).await;
    scene.client.orders().list().await.expect_err("every answer is a refusal");
    let told: Vec<u128> = scene.retries().iter().map(|retry| retry.delay.as_millis()).collect();
    assert_eq!(told.iter().sum::<u128>(), scene.time.passed().as_millis(), "what is told is what is waited");
    told
}

#[tokio::test]
async fn delays_double_up_to_the_cap_and_are_spread_by_a_quarter() {
    let five = || RetryPolicy::new().attempts(5);
    for (dice, expected) in [(0.5, [250, 500, 1000, 1000]), (0.0, [188, 375, 750, 750])] {
        assert_eq!(delays(Answer::json(503, "{}"), five(), dice).await, expected);
        assert_eq!(delays(Answer::json(429, "{}"), five(), dice).await, expected);
    }
    let most = delays(Answer::Drop, five(), 0.999_999).await;
    assert_eq!(most, [312, 625, 1250, 1250], "a quarter above the cap");
    let own = five().base_delay(Duration::from_millis(10)).max_delay(Duration::from_millis(25));
    assert_eq!(delays(Answer::json(500, "{}"), own, 0.5).await, [10, 20, 25, 25]);
}

#[tokio::test]
async fn the_servers_wish_is_granted_up_to_the_cap_and_not_spread() {
    let limited = |wish: &str| Answer::json(429, "{}").with_header("retry-after", wish);
    for (wish, expected) in [("0.4", 400), ("1", 1000), ("3600", 1000), ("99999999999999999999", 188), ("0", 188)] {
        assert_eq!(delays(limited(wish), RetryPolicy::new(), 0.0).await, [expected], "{wish}");
    }
    // A date counts too; the test's calendar stands at the beginning of 2030.
    assert_eq!(delays(limited("Wed, 02 Jan 2030 00:00:00 GMT"), RetryPolicy::new(), 0.0).await, [1000]);
    assert_eq!(delays(limited("Wed, 02 Jan 2010 00:00:00 GMT"), RetryPolicy::new(), 0.0).await, [188]);
    assert_eq!(delays(limited("soon"), RetryPolicy::new(), 0.0).await, [188]);
}

#[tokio::test]
async fn reasons_are_told() {
    for (answer, reason) in
        [(Answer::json(429, "{}"), "http_429"), (Answer::json(500, "{}"), "http_5xx"), (Answer::Drop, "network_error")]
    {
        let scene = Scene::start(vec![], vec![answer], RetryPolicy::new(), 0.5).await;
        scene.client.orders().list().await.expect_err("refused");
        let retries = scene.retries();
        let [retry] = retries.as_slice() else { panic!("{retries:?}") };
        assert_eq!((retry.source.as_str(), retry.reason.as_str()), ("read", reason));
        assert_eq!((retry.attempt, retry.max_attempts, retry.delay.as_millis()), (1, 2, 250));
        assert_eq!(retry.path.as_deref(), Some("/api/v1/integrations/orders"));
    }
}

#[tokio::test]
async fn a_repeated_token_request_tells_neither_path_nor_method() {
    use EventType::*;
    let scene = Scene::start(vec![Answer::json(503, "{}"), Answer::json(200, "{")], vec![], RetryPolicy::new(), 0.5);
    let scene = scene.await;
    scene.client.orders().list().await.expect_err("the second answer is no JSON");
    let events = scene.take();
    let types: Vec<_> = events.iter().map(Event::event_type).collect();
    assert_eq!(types, [AuthCacheMiss, Request, ResponseError, RetryScheduled, Request, Response]);
    let Event::RetryScheduled(retry) = &events[3] else { panic!("{events:?}") };
    assert_eq!((retry.source.as_str(), retry.attempt, retry.max_attempts), ("auth", 1, 2));
    assert_eq!((retry.delay, retry.path.as_deref(), retry.method.as_deref()), (Duration::from_millis(250), None, None));
    let paths: Vec<_> = scene.server.received().iter().map(|one| one.target.clone()).collect();
    assert_eq!(paths, ["/api/v1/auth/token"; 2]);
}

#[tokio::test]
async fn events_of_a_retried_read_come_in_their_order() {
    use EventType::*;
    let answers = vec![Answer::json(503, "{}"), Answer::json(200, PAGE)];
    let scene = Scene::start(vec![], answers, RetryPolicy::new(), 0.5).await;
    scene.client.orders().list().await.expect("the second try");
    let events = scene.take();
    let types: Vec<_> = events.iter().map(Event::event_type).collect();
    let token = [AuthCacheMiss, Request, Response, AuthTokenIssued];
    let call = [Request, ResponseError, RetryScheduled, AuthCacheHit, Request, Response];
    assert_eq!(types, [token.as_slice(), &call].concat(), "credentials are resolved anew for every attempt");
}

#[tokio::test]
async fn events_of_tokens_tell_scope_and_end() {
    let scene = Scene::start(vec![], vec![], RetryPolicy::new(), 0.5).await;
    scene.client.orders().list().await.expect("a page");
    scene.client.orders().list().await.expect("a page");
    let end = qredex::time::Clock::wall(&scene.time) + Duration::from_secs(3600);
    let events = scene.take();
    let [Event::AuthCacheMiss(miss), .., Event::AuthCacheHit(hit), Event::Request(_), Event::Response(_)] =
        events.as_slice()
    else {
        panic!("{events:?}")
    };
    let Event::AuthTokenIssued(issued) = &events[3] else { panic!("{events:?}") };
    assert_eq!(miss.scope.as_deref(), Some("asked"), "the configured one");
    assert_eq!((issued.scope.as_deref(), issued.token_type.as_deref()), (Some("granted"), Some("Bearer")));
    assert_eq!((issued.expires_at, hit.expires_at, hit.scope.as_deref()), (end, Some(end), Some("granted")));
}
