//! No secret is printed: not by Debug or Display of anything, not in an event, not in a span or a line of the log.
//!
//! A binary of its own, because who listens to spans and lines is decided once per process.
#![allow(unreachable_pub, missing_docs, dead_code, reason = "the client in `common` is written as generated code is")]

#[path = "calls/common.rs"]
mod common;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{Credentials, Json, RetryPolicy};

use crate::common::{ApiError, Pets, Setup, token};

const SECRETS: [&str; 8] = [
    "s3cret-client",
    "s3cret-token",
    "s3cret-header",
    "s3cret-query",
    "s3cret-body",
    "s3cret-key",
    "s3cret-answer",
    "czNjcmV0",
];

/// Writes down every field of every span and line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), "{}={value:?} ", field.name()).unwrap();
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

/// The one log of this process, which must listen before anything is written.
fn log() -> &'static Log {
    static LOG: std::sync::OnceLock<Log> = std::sync::OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing::subscriber::set_global_default(log.clone()).unwrap();
        log
    })
}

fn check(shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in: {shown}");
    }
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let log = log();
    let answers = [
        token("s3cret-token", 3600),
        Answer::json(503, r#"{"note":"s3cret-answer"}"#).header("set-cookie", "s3cret-header"),
        Answer::json(200, r#"{"note":"s3cret-answer"}"#),
        Answer::fault(TransportFault::Broken),
        Answer::json(200, r#"{"note":"s3cret-answer""#),
        Answer::json(409, r#"{"note":"s3cret-answer"}"#),
    ];
    let setup = Setup::answers(answers);
    let credentials = Credentials::client_credentials("id", "s3cret-client");
    let mut shown = format!("{credentials:?}");
    let builder = setup.bare::<Pets>().credentials(credentials).header("x-app", "s3cret-header");
    write!(shown, "{builder:?}").unwrap();
    let pets = builder.read_retry(RetryPolicy::new().attempts(2)).build().unwrap();
    let call = || {
        pets.get("7").options(|options| {
            options.header("x-a", "s3cret-header").query("q", "s3cret-query").idempotency_key("s3cret-key")
        })
    };
    write!(shown, "{:?} {pets:?}", call()).unwrap();
    write!(shown, "{:?}", call().with_response().await.unwrap().into_inner().as_text().len()).unwrap();
    for _ in 0..2 {
        let error = call().await.unwrap_err();
        write!(shown, "{error} {error:?} {error:#?}").unwrap();
        let source = std::error::Error::source(&error);
        write!(shown, "{source:?}").unwrap();
    }
    let member = pets.create("s3cret-body").options(|options| options.member("x", Json::from("s3cret-body")));
    write!(shown, "{member:?}").unwrap();
    let error = pets.create("Rex").options(|options| options.member("x", Json::from("s3cret-body"))).await.unwrap_err();
    write!(shown, "{error} {error:?} {:?}", setup.transport).unwrap();
    let raw = pets.client.request::<ApiError>("GET", "/x").header("x-a", "s3cret-header").query("a", "s3cret-query");
    write!(shown, "{raw:?} {:?}", pets.auth().issue_token().header("x-a", "s3cret-header")).unwrap();
    pets.client.events().flush();
    write!(shown, "{:?}", setup.events.lock().unwrap()).unwrap();
    let log = log.0.lock().unwrap().clone();
    check(&shown);
    check(&log);
    // The log is there, and names what it may name.
    for part in [
        "http.request.method",
        "url.template=\"/pets/{id}\"",
        "server.address=\"api.pets.example\"",
        "http.response.status_code=503",
        "error.type=\"503\"",
        "retry scheduled",
        "token issued",
        "GET /pets/{id}",
    ] {
        assert!(log.contains(part), "{part} not in: {log}");
    }
}

#[tokio::test]
async fn sensitive_parameters_are_masked() {
    static FACTS: rt::OperationFacts = rt::OperationFacts::new("redeem", "POST", "/codes/{code}/use/{id}")
        .parameters(&[rt::Parameter::path("code").sensitive(), rt::Parameter::path("id")]);
    log();
    enum Redeem {}
    impl rt::Operation for Redeem {
        type Output = ();
        const FACTS: &'static rt::OperationFacts = &FACTS;
        fn decode(reply: &rt::RawReply) -> Result<(), rt::DecodeError> {
            reply.empty()
        }
    }
    let setup = Setup::answers([Answer::new(204)]);
    let pets = setup.pets();
    let mut call = rt::RawCall::new(&pets.client, &FACTS);
    call.parameter(0, &"s3cret-key").parameter(1, &"7");
    rt::run::<Redeem, ApiError>(call).await.unwrap();
    assert_eq!(setup.requests()[0].path(), "/codes/s3cret-key/use/7");
    pets.client.events().flush();
    let shown = format!("{:?}", setup.events.lock().unwrap());
    check(&shown);
    assert!(shown.contains("/codes/[redacted]/use/7"), "{shown}");
}
