//! The vocabulary of idempotency keys, a part of the tables.

use super::reader::{Of, Reader, Table, Takes};
use super::tables::{needed, policy, row};
use crate::facts::{Idempotency, StatusFact};
use crate::tree::NodeId;

/// Methods that change something.
const METHODS: &[&str] = &["POST", "PUT", "PATCH", "DELETE"];

/// `idempotency`.
pub(super) const IDEMPOTENCY: Table<Idempotency> = Table {
    name: "idempotency",
    rows: &[
        needed("header", Takes::Text(Of::Header, |facts, text| facts.header = text)),
        row("methods", Takes::Texts(Of::Any, |facts, texts| facts.methods = texts)),
        row("value", Takes::Text(Of::Any, |facts, text| facts.value = Some(text))),
        row("renew", Takes::Texts(Of::Status, |facts, texts| facts.renew = StatusFact::read_all(&texts))),
        row("retry", Takes::Object("policy", |facts, reader, at| facts.retry = Some(policy(reader, at)))),
        row("marks_running", Takes::Flag(|facts, flag| facts.marks_running = flag)),
    ],
};

pub(super) fn idempotency(reader: &mut Reader<'_>, at: NodeId) -> Idempotency {
    let facts = reader.object(IDEMPOTENCY, at, Idempotency::default());
    if let Some(method) = facts.methods.iter().find(|method| !METHODS.contains(&method.as_str())) {
        let at = reader.tree.member(at, "methods").unwrap_or(at);
        let known: Vec<String> = METHODS.iter().map(|method| format!("`{method}`")).collect();
        reader.bad(
            at,
            format!("`{method}` is no method that changes something"),
            format!("known are {}", known.join(", ")),
        );
    }
    if facts.value.as_deref().is_some_and(|value| !value.contains("{uuid}")) {
        let at = reader.tree.member(at, "value").unwrap_or(at);
        reader.bad(
            at,
            "every key would be the same".to_owned(),
            "write `{uuid}` where the part is that differs".to_owned(),
        );
    }
    facts
}
