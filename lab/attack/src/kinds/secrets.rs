//! Secrets in everything that is printed: errors and their causes, clients, builders, events, and spans at `TRACE`.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

use super::{Kind, builder, call};
use crate::api::{Credentials, Error, Target};
use crate::faults::FAULTS;
use crate::server::{Server, TokenPlan};
use crate::{Plan, Row};

/// What nothing may print: the secret, its Basic form, tokens, and what applications put into URLs and headers.
const CANARIES: [&str; 5] = ["attack-secret", "YXR0YWNrOmF0dGFjay1zZWNyZXQ", "token-1", "canary", "c4nary"];

/// Everything that spans and lines of this thread say.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn push(&self, text: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
    }
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.push(&format!("{}={value:?}\n", field.name()));
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

pub(crate) fn run(plan: Plan) -> Vec<Row> {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    // One thread, so that the subscriber of this thread hears everything.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let mut rows = match runtime {
        Ok(runtime) => runtime.block_on(calls(&log, plan)),
        Err(error) => vec![Row { violations: vec![error.to_string()], ..Row::new("secrets") }],
    };
    drop(guard);
    let mut heard = Row::new("secrets/spans and events");
    let text = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    heard.case(found(&text));
    heard.case((text.len() < 1000).then(|| "hardly anything was heard".to_owned()));
    heard.figures = format!("{} bytes heard", text.len());
    rows.push(heard);
    rows.push(set_up());
    rows
}

async fn calls(log: &Log, plan: Plan) -> Vec<Row> {
    let mut row = Row::new("secrets/errors, clients, events");
    let Ok(server) = Server::start().await else { return vec![row] };
    let events = log.clone();
    let client = builder(&server.url()).header("x-gateway", "canary-of-the-application");
    let client = client.on_event(move |event| events.push(&format!("{event:?}\n"))).build();
    let Ok(client) = client else { return vec![row] };
    // A tenth of the faults is enough for a small run.
    let step = if plan.calls < 10_000 { 10 } else { 1 };
    for fault in FAULTS.iter().step_by(step) {
        for kind in Kind::ALL {
            server.script("canary-case", [fault; 4]);
            server.tokens(TokenPlan::default());
            let end = call(&client, kind, "canary-case").await;
            let shown = end.as_ref().err().map(printed).unwrap_or_default();
            // The case's own name is in the path, which a not found may name; it is no secret.
            let shown = shown.replace("canary-case", "case");
            row.case(found(&shown).map(|found| format!("{} of {}: {found}", fault.name, kind.name())));
            let _ = server.take();
        }
    }
    row.case(found(&format!("{client:?} {client:#?}")));
    client.events().flush();
    vec![row]
}

/// Everything that an error prints, its causes included.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, " {error} {error:?}");
        cause = error.source();
    }
    text
}

fn found(text: &str) -> Option<String> {
    let text = text.replace("canary-case", "case");
    let canary = CANARIES.iter().find(|canary| text.contains(**canary))?;
    let at = text.find(canary).unwrap_or_default();
    let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    Some(format!("`{canary}` behind `{around}`"))
}

/// Set-ups with a secret where applications put one: URLs with users, proxies, wrong settings.
fn set_up() -> Row {
    let mut row = Row::new("secrets/set-up");
    let urls = [
        "http://user:c4nary@127.0.0.1:9",
        "http://user:c4nary/x@127.0.0.1:9",
        "http://user:c4nary@[::1",
        "user:c4nary@host",
        "ftp://user:c4nary@host",
        "http://127.0.0.1:9/?key=c4nary",
    ];
    for url in urls {
        let builder = Target::builder().base_url(url).credentials(Credentials::bearer("canary-token"));
        row.case(found(&format!("{builder:?} {builder:#?}")).map(|found| format!("builder of {url}: {found}")));
        let text = match builder.build() {
            Ok(client) => format!("{client:?} {} ", client.base_url()),
            Err(error) => printed(&error),
        };
        row.case(found(&text).map(|found| format!("{url}: {found}")));
        let builder = builder_with_proxy(url);
        row.case(found(&format!("{builder:?}")).map(|found| format!("builder with proxy {url}: {found}")));
        let text = match builder.build() {
            Ok(client) => proxied(&client),
            Err(error) => printed(&error),
        };
        row.case(found(&text).map(|found| format!("proxy {url}: {found}")));
    }
    row
}

fn builder_with_proxy(url: &str) -> crate::api::Builder<Target> {
    builder("http://target.example").proxy(url)
}

/// What a call through a proxy that is not there prints.
fn proxied(client: &Target) -> String {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return String::new() };
    let end = runtime.block_on(call(client, Kind::Unsafe, "case"));
    end.as_ref().err().map(printed).unwrap_or_default() + &format!("{client:?}")
}
