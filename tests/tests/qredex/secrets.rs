//! Nothing that a Qredex client logs, tells or prints holds a secret, whichever operation runs and however it ends.
//!
//! A binary of its own, because who listens to spans and lines is decided once per process. Everything is listened to, at
//! `TRACE`, from every crate.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use qredex::{Credentials, Qredex, RetryPolicy};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use typewright_tests::qredex_operations::every;
use typewright_tests::server::{Answer, Received, Server};

/// What callers put into bodies, headers, queries and keys, and what servers answer with.
const MARK: &str = "s3cret-of-the-caller";
const CLIENT: &str = "s3cret-of-the-client";
const TOKEN: &str = "s3cret-of-the-server";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        write!(text, "{}={value:?} ", field.name()).expect("a string takes everything");
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing::subscriber::set_global_default(log.clone()).expect("nobody else listens");
        log
    })
}

fn check(shown: &str, what: &str) {
    // The id and the secret together, as Basic has them, start so in Base64.
    for secret in [MARK, CLIENT, TOKEN, "s3cret", "dGhlLWlkOnMz"] {
        assert!(!shown.contains(secret), "{secret} in {what}: {shown}");
    }
}

fn reply(request: &Received, then: &Answer) -> Answer {
    if request.path() == "/api/v1/auth/token" {
        return Answer::json(200, format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer","expires_in":3600}}"#));
    }
    then.clone()
}

/// Runs every operation against a server that ends each one so; gives all that is shown.
async fn run(then: Answer) -> String {
    let server = Server::start(move |request, _| reply(request, &then)).await;
    let events = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&events);
    let soon = Duration::from_millis(1);
    let policy = RetryPolicy::new().base_delay(soon).max_delay(soon);
    let builder = Qredex::builder()
        .base_url(server.url())
        .credentials(Credentials::client_credentials("the-id", CLIENT))
        .header("x-app", CLIENT)
        .read_retry(policy.clone())
        .timeout(Duration::from_secs(5))
        .on_event(move |event| sink.lock().expect("no panic").push_str(&format!("{event:?}")));
    let mut shown = format!("{builder:?}");
    let q = builder.build().expect("complete");
    write!(shown, "{q:?} {:?}", q.orders().list().header("x-mark", MARK).query("mark", MARK)).expect("a string");
    for (_, call) in every(&q, MARK, &policy) {
        if let Err(error) = call.await {
            let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}"));
            write!(shown, "{error} {error:?} {error:#?} {source:?}").expect("a string");
        }
    }
    if let Ok(token) = q.auth().issue_token().header("x-mark", MARK).await {
        write!(shown, "{token:?}").expect("a string");
    }
    q.events().flush();
    let told = events.lock().expect("no panic").clone();
    check(&told, "the events");
    shown
}

#[tokio::test]
async fn no_operation_shows_a_secret() {
    let log = log();
    let answers = [
        Answer::json(200, format!(r#"{{"items":["{TOKEN}"],"id":"{TOKEN}"}}"#)),
        Answer::json(200, format!("<{TOKEN}>")),
        Answer::json(409, format!(r#"{{"secret":"{TOKEN}"}}"#)).with_header("set-cookie", TOKEN),
        Answer::json(503, format!("<{TOKEN}>")).with_header("retry-after", "0"),
        Answer::empty(302).with_header("location", &format!("http://127.0.0.1:1/?key={TOKEN}")),
        Answer::Drop,
    ];
    for answer in answers {
        let what = format!("what is printed after {answer:?}").replace("s3cret", "…");
        check(&run(answer).await, &what);
    }
    let text = log.text();
    check(&text, "the log");
    for part in ["retry scheduled", "token issued", "response error", "url.template=\"/api/v1/integrations/creators\""]
    {
        assert!(text.contains(part), "the log was heard, but not `{part}`");
    }
}
