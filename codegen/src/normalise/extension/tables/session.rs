//! The vocabulary of sessions.

use super::{needed, row};
use crate::facts::{OperationFacts, SessionFacts, SessionRole};
use crate::normalise::extension::reader::{Of, Row, Table, Takes};

/// `session` of the document.
pub(super) const SESSION: Table<SessionFacts> = Table {
    name: "session",
    rows: &[
        needed("scheme", Takes::Text(Of::Any, |facts, text| facts.scheme = text)),
        needed("cookie", Takes::Text(Of::Header, |facts, text| facts.cookie = text)),
        row("token", Takes::Texts(Of::Pointer, |facts, texts| facts.token = texts)),
        row("keep_unauthorized", Takes::Texts(Of::Any, |facts, texts| facts.keep_unauthorized = texts)),
    ],
};

/// `session` of an operation.
pub(super) const ROLE: Row<OperationFacts> = row(
    "session",
    Takes::Choice(&["opens", "renews", "closes"], |facts, text| {
        facts.session = Some(match text {
            "opens" => SessionRole::Opens,
            "renews" => SessionRole::Renews,
            _ => SessionRole::Closes,
        });
    }),
);
