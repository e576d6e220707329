//! What a Qredex client makes of unusual successes and refusals, of packed bodies, and of tokens that applications keep.
//!
//! Where it strays from the provider's own library on purpose, a comment says so.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use qredex::time::BoxFuture;
use qredex::types::{Creator, LinkStatus};
use qredex::{Credentials, Event, Qredex, RetryPolicy, Token, TokenCache};
use typewright_tests::server::{Answer, Received, Server};

const ID: &str = "11111111-1111-4111-8111-111111111111";
const PAGE: &str = r#"{"items":[],"page":0,"size":20,"total_elements":0,"total_pages":0}"#;
const TOKEN: &str = r#"{"access_token":"t","token_type":"Bearer","expires_in":3600,"scope":"granted"}"#;

fn client(server: &Server) -> Qredex {
    Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok")).build().expect("complete")
}

async fn issuer() -> Server {
    Server::start(|request: &Received, _| {
        Answer::json(200, if request.path() == "/api/v1/auth/token" { TOKEN } else { PAGE })
    })
    .await
}

/// The provider's own library gives "no value" or the text here; a typed client cannot, so it says what came instead. The
/// write was executed: the status tells.
#[tokio::test]
async fn successes_without_the_declared_body_are_decoding_faults() {
    for (answer, status, text) in [
        (Answer::empty(204), 204, ""),
        (Answer::empty(200), 200, ""),
        (Answer::json(200, "<html>"), 200, "<html>"),
        (Answer::json(201, "[]"), 201, "[]"),
    ] {
        let server = Server::scripted([answer.with_header("x-request-id", "req-1")]).await;
        let error = client(&server).creators().get(ID).await.expect_err("no creator");
        assert!(error.is_decode() && !error.is_api() && !error.is_network(), "{error:?}");
        assert_eq!((error.status(), error.text().as_str()), (Some(status), text), "{error:?}");
        assert_eq!(error.request_id(), Some("req-1"));
        let raw =
            client(&server).request("GET", "/api/v1/integrations/creators").await.expect("a raw request takes it");
        assert_eq!(raw.text().expect("UTF-8"), text);
    }
}

#[tokio::test]
async fn retry_after_of_any_refusal_is_told_and_readable() {
    for status in [400, 403, 429, 500, 503] {
        let server = Server::scripted([Answer::json(status, "{}").with_header("retry-after", "7")]).await;
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&events);
        let q = Qredex::builder()
            .base_url(server.url())
            .credentials(Credentials::bearer("tok"))
            .on_event(move |event| sink.lock().expect("no panic").push(event.clone()))
            .build()
            .expect("complete");
        let error = q.creators().get(ID).await.expect_err("refused");
        // The provider's own library has it on the error for 429 only.
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{status}");
        q.events().flush();
        let events = events.lock().expect("no panic");
        let Some(Event::ResponseError(refusal)) = events.last() else { panic!("{events:?}") };
        assert_eq!(refusal.retry_after, Some(Duration::from_secs(7)), "{status}");
    }
}

/// A refusal without a message is told by its status's name; one that has no name, by its number.
#[tokio::test]
async fn a_status_without_a_name_is_told_by_its_number() {
    let server = Server::scripted([Answer::json(599, "")]).await;
    let error = client(&server).creators().get(ID).await.expect_err("refused");
    assert!(error.message().contains("API request failed with status 599"), "{error}");
    assert!(error.is_server_error() && error.is_api());
}

/// Hostile numbers and texts are faults or values, never a panic.
#[tokio::test]
async fn nothing_that_a_server_says_panics() {
    let page = |members: &str| format!(r#"{{"items":[],{members}}}"#);
    for body in [
        page(r#""page":-1,"size":-1,"total_elements":-1,"total_pages":-1"#),
        page(r#""page":9223372036854775807,"size":1,"total_elements":1,"total_pages":9223372036854775807"#),
        page(r#""page":1e400,"size":0,"total_elements":0,"total_pages":0"#),
        page(r#""page":18446744073709551616,"size":0,"total_elements":0,"total_pages":0"#),
        "[".repeat(100_000),
        r#""\ud800""#.to_owned(),
        "\u{0}".to_owned(),
    ] {
        let answer = Answer::json(200, body).with_header("retry-after", "1e999").with_header("traceparent", "\u{7f}");
        let server = Server::scripted([answer]).await;
        let mut items = client(&server).orders().list().page(i64::MAX).items();
        // Either outcome is fine.
        let _ = items.try_next().await;
    }
    for after in ["18446744073709551615", "99999999999999999999999", "-0", "Fri, 31 Dec 9999 23:59:59 GMT", "\u{e9}"] {
        let refusal = Answer::json(429, "[".repeat(1000)).with_header("retry-after", after);
        let server = Server::scripted([refusal]).await;
        let soon = Duration::from_millis(1);
        let policy = RetryPolicy::new().base_delay(soon).max_delay(soon);
        client(&server).orders().list().retry(policy).await.expect_err(after);
    }
}

#[tokio::test]
async fn an_unknown_value_is_sent_again_as_it_came() {
    let body = r#"{"id":"x","handle":"alice","status":"On Hold","created_at":"t","updated_at":"t","n":1.50}"#;
    let server = Server::scripted([Answer::json(200, body)]).await;
    let creator: Creator = client(&server).creators().get(ID).await.expect("a newer server is no fault");
    let server = Server::scripted([Answer::json(200, PAGE)]).await;
    let status = LinkStatus::from(creator.status.as_str());
    client(&server).links().list().status(status).await.expect("a page");
    assert_eq!(server.single().raw_query(), "status=On+Hold");
}

#[tokio::test]
async fn the_user_agent_takes_a_suffix_and_default_headers_come_first() {
    let server = issuer().await;
    let q = Qredex::builder()
        .base_url(server.url())
        .credentials(Credentials::client_credentials("id", "secret"))
        .user_agent_suffix(" shop/7 ")
        .header("X-App", "default")
        .header("x-other", "kept")
        .token_header("x-gateway", "key")
        .build()
        .expect("complete");
    q.orders().list().header("x-app", "call").await.expect("a page");
    let requests = server.received();
    // A token request has none of the headers that are meant for calls.
    for (request, expected) in requests.iter().zip([("", "", "key"), ("call", "kept", "")]) {
        let agent = request.header("user-agent").to_owned();
        assert!(agent.starts_with("qredex-rust/") && agent.ends_with(" shop/7"), "{agent}");
        let own = (request.header("x-app"), request.header("x-other"), request.header("x-gateway"));
        assert_eq!(own, expected, "{}", request.target);
    }
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_calls_time_limit_holds_for_its_token_too() {
    let server = Server::start(|_, _| Answer::After(Duration::from_secs(60), Box::new(Answer::empty(500)))).await;
    let credentials = Credentials::client_credentials("id", "secret");
    let builder = Qredex::builder().base_url(server.url()).credentials(credentials).token_retry(RetryPolicy::off());
    let q = builder.build().expect("complete");
    let error = q.orders().list().timeout(Duration::from_millis(30)).await.expect_err("slow");
    assert!(error.is_timeout() && error.message().contains("timed out after 30ms"), "{error}");
    assert_eq!(server.single().path(), "/api/v1/auth/token");
}

#[tokio::test]
async fn the_hook_sees_the_token_after_caching_and_its_error_reaches_the_caller() {
    let server = issuer().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let q = Qredex::builder()
        .base_url(server.url())
        .credentials(Credentials::client_credentials("id", "secret"))
        .on_token_issued(move |token| {
            sink.lock().expect("no panic").push((token.expires_in(), token.token_type.clone(), token.scope.clone()));
            Err("the audit log is full".into())
        })
        .build()
        .expect("complete");
    let error = q.orders().list().await.expect_err("the hook fails");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("the audit log is full"), "{error:?}");
    assert_eq!(*seen.lock().expect("no panic"), [(3600, "Bearer".to_owned(), Some("granted".to_owned()))]);
    q.orders().list().await.expect("the token was cached before");
    assert_eq!(seen.lock().expect("no panic").len(), 1);
}

/// A cache of the application's own, for example one that processes share.
#[derive(Debug, Default)]
struct Shelf(Mutex<Option<Token>>);

impl TokenCache for Shelf {
    fn get(&self) -> BoxFuture<Option<Token>> {
        let token = self.0.lock().expect("no panic").clone();
        Box::pin(async move { token })
    }
    fn set(&self, token: Token) -> BoxFuture<()> {
        *self.0.lock().expect("no panic") = Some(token);
        Box::pin(async {})
    }
    fn clear(&self) -> BoxFuture<()> {
        *self.0.lock().expect("no panic") = None;
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_cache_of_ones_own_is_shared_between_clients() {
    let (server, shelf) = (issuer().await, Arc::new(Shelf::default()));
    for _ in 0..2 {
        let credentials = Credentials::client_credentials("id", "secret");
        let builder = Qredex::builder().base_url(server.url()).credentials(credentials);
        let q = builder.token_cache(Arc::clone(&shelf) as Arc<dyn TokenCache>).build().expect("complete");
        q.orders().list().await.expect("a page");
    }
    let tokens = server.received().iter().filter(|request| request.path() == "/api/v1/auth/token").count();
    assert_eq!(tokens, 1);
}

#[test]
fn options_are_refused_with_their_names() {
    let build = |set: fn(qredex::Builder<Qredex>) -> qredex::Builder<Qredex>| {
        let builder = Qredex::builder().credentials(Credentials::bearer("tok"));
        let error = set(builder).build().expect_err("refused");
        assert!(error.is_configuration() && error.status().is_none(), "{error:?}");
        error.message().to_owned()
    };
    for (message, word) in [
        (build(|builder| builder.timeout(Duration::ZERO)), "timeout"),
        (build(|builder| builder.read_retry(RetryPolicy::new().attempts(0))), "read_retry"),
        (build(|builder| builder.token_retry(RetryPolicy::new().attempts(0))), "token_retry"),
        (build(|builder| builder.credentials(Credentials::bearer("  "))), "token"),
        (build(|builder| builder.credentials(Credentials::client_credentials(" ", "s"))), "id"),
        (build(|builder| builder.credentials(Credentials::client_credentials("i", " "))), "secret"),
        (build(|builder| builder.base_url("ftp://x")), "ftp://x"),
        (build(|builder| builder.header("x y", "1")), "x y"),
    ] {
        assert!(message.contains(word), "{word}: {message}");
    }
}
