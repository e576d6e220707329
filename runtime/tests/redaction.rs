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

/// An error with everything that stands behind it, printed in every way.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |cause| cause.source());
    causes.map(|cause| format!("{cause} {cause:?} {cause:#?}\n")).collect()
}

#[tokio::test]
async fn what_is_set_by_hand_shows_no_secret() {
    log();
    let setup = Setup::answers([Answer::new(204), Answer::new(500)]);
    for url in [
        "https://id:s3cret-key@pets.example",
        "https://s3cret-key@pets.example/v1",
        "http://user:s3cret-key/s3cret-token@pets.example",
        "http://user:8080/s3cret-key@pets.example",
        "https://pets.example/v1?key=s3cret-query",
        "https://pets.example/#s3cret-query",
        "s3cret-key@pets.example",
        "ftp://user:s3cret-key@pets.example",
    ] {
        let builder = setup.builder().base_url(url);
        check(&format!("{builder:?} {builder:#?}"));
        check(&chain(&builder.build().expect_err(url)));
        let variables = |name: &str| (name == "PETS_BASE_URL").then(|| url.to_owned());
        if let Err(error) = setup.builder().from_variables(variables).and_then(rt::Builder::build) {
            check(&chain(&error));
        }
    }
    let pets = setup.builder().header("x-app", "s3cret-header").user_agent_suffix("tests").build().unwrap();
    let json = || Json::object([("password", "s3cret-body")]);
    let whole = "https://id:s3cret-key@files.example/up?signature=s3cret-query";
    let request = |method| pets.client.request::<ApiError>(method, "/x").json(&json()).header("x-a", "s3cret-header");
    let bytes = pets.client.request::<ApiError>("PUT", whole).anonymous().bytes("text/plain", "s3cret-body");
    let text = format!("{:?} {:#?} {bytes:?} {bytes:#?}", request("PUT"), request("PUT"));
    check(&text);
    assert!(text.contains("files.example/up") && text.contains("application/json"), "{text}");
    check(&format!("{:?}", request("PUT").await.unwrap()));
    check(&chain(&request("PUT").await.unwrap_err()));
    check(&chain(&bytes.await.unwrap_err()));
    pets.client.events().flush();
    check(&format!("{:?}", setup.events.lock().unwrap()));
    check(&log().0.lock().unwrap());
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn proxies_and_certificates_show_no_secret() {
    log();
    let builder =
        || rt::Builder::<Pets>::new().base_url("http://127.0.0.1:1").credentials(Credentials::bearer("s3cret-token"));
    for url in [
        "http://user:s3cret-key@[bad",
        "http://user:s3cret-key/s3cret-token@127.0.0.1:1",
        "http://user:s3cret-key@127.0.0.1:99999",
        "nonsense://user:s3cret-key@127.0.0.1:1",
        "socks5://user:s3cret-key@127.0.0.1:1",
        "http://user:s3cret-key@127.0.0.1:1",
        "user:s3cret-key@127.0.0.1:1",
        "http://user:s3cret-key@",
        // Taken for a scheme and a path first, and then for what follows `http://`.
        "user:s3cret-key@[bad",
        "user:s3cret-key@127.0.0.1:99999",
    ] {
        let builder = builder().proxy(url);
        check(&format!("{builder:?}"));
        match builder.build() {
            Err(error) => check(&chain(&error)),
            Ok(pets) => {
                check(&format!("{pets:?} {pets:#?}"));
                check(&chain(&pets.get("7").await.unwrap_err()));
            }
        }
    }
    for pem in ["s3cret-key", "-----BEGIN PRIVATE KEY-----\ns3cret-key\n-----END PRIVATE KEY-----"] {
        let identity = builder().client_identity(pem);
        check(&format!("{identity:?}"));
        check(&chain(&identity.build().unwrap_err()));
        check(&chain(&builder().root_certificate(pem).build().map(drop).unwrap_err()));
    }
    check(&log().0.lock().unwrap());
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
