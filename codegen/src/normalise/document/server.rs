//! Servers and their variables.

use super::row::Version::V32;
use super::row::{Assume, Holds, Object, Row, Rule, object, row};
use super::{DESCRIPTION, TEXTS};

pub(super) static SERVER: Object = object(
    "a server",
    &[
        row("url", Holds::Text).or_dropped(),
        DESCRIPTION,
        row("name", Holds::Text).since(V32),
        row("variables", Holds::Map(&A_VARIABLE)),
    ],
)
.rules(&[Rule::ServerUrl]);

static SERVER_VARIABLE: Object = object(
    "a server variable",
    &[row("enum", TEXTS), row("default", Holds::Text).assumed(Assume::Text("")), DESCRIPTION],
);

static A_SERVER: Holds = Holds::Object(&SERVER);
static A_VARIABLE: Holds = Holds::Object(&SERVER_VARIABLE);

/// `servers`, of the document, a path or an operation.
pub(super) const fn servers() -> Row {
    row("servers", Holds::List(&A_SERVER))
}
