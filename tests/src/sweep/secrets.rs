//! Nothing that a client logs, tells or prints holds a secret, whichever operation runs and however it ends.
//!
//! Who listens to spans and lines is decided once per process, so everything is listened to, at `TRACE`, from every crate; the
//! secrets of the sweep are spelled like nothing else.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

use super::{Provider, Setup, TOKEN};
use crate::server::{Answer, Server};

/// Every field of every span and line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

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

/// Runs every operation to every kind of end, and reads all that is printed on the way.
///
/// # Panics
///
/// When a secret is in it, or when events or log were not heard at all.
pub async fn nothing_shows_a_secret<P: Provider>() {
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
        run::<P>(answer, Values::Free).await;
    }
    for (index, answer) in P::sensitive_successes().into_iter().enumerate() {
        run::<P>(answer, Values::Sensitive(index)).await;
    }
    let text = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    check("the log", &text);
    assert!(text.contains("response error"), "the log was heard");
}

/// What a success holds.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    /// The secret stands anywhere, so that a value may print it.
    Free,
    /// The secret stands in the sensitive members that this success of the provider's has, so that no value may print it.
    Sensitive(usize),
}

async fn run<P: Provider>(answer: Answer, values: Values) {
    let end = format!("after {answer:?}").replace("s3cret", "…");
    let server = Server::start(move |request, _| P::beside(request).unwrap_or_else(|| answer.clone())).await;
    let setup = Setup::new::<P>(server.url());
    let builder = setup.client_builder::<P>();
    check(&end, &format!("{builder:?} {builder:#?}"));
    let client = builder.build().expect("the builder is complete");
    check(&end, &format!("{client:?} {client:#?}"));
    for call in P::calls(&client, &setup) {
        check(&format!("{} {end}", call.name), &call.shown);
        match (call.run.await, values) {
            (Ok(value), Values::Sensitive(index)) if P::has_members(call.name, index) => {
                check(&format!("{} {end}", call.name), &value);
            }
            (Ok(_), _) => {}
            (Err(error), _) => check(&format!("{} {end}", call.name), &error),
        }
    }
    P::flush(&client);
    let told = setup.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    check(&format!("events {end}"), &told);
    assert!(told.contains("Request"), "events were told {end}: {told}");
}

fn check(what: &str, shown: &str) {
    // The id and the secret together, as Basic has them, start so in Base64.
    for secret in ["s3cret", "czNjcmV0", "dGhlLWlkOnMz"] {
        assert!(!shown.contains(secret), "{secret} in {what}: {shown}");
    }
}
