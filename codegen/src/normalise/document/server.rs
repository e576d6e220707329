//! Servers and their variables.

use super::lift::{Lifter, Members, scalar};
use super::row::Version::V32;
use super::row::{Assume, Holds, Object, Row, Rule, object, row};
use super::{DESCRIPTION, TEXTS};
use crate::tree::NodeId;

/// A URL that an API has.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its node.
    pub at: NodeId,
    /// `url`, with its variables in braces.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `variables`, by name.
    pub variables: Vec<(String, ServerVariable)>,
}

/// A part of a server's URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// Its node.
    pub at: NodeId,
    /// `enum`.
    pub values: Vec<String>,
    /// `default`.
    pub default: String,
}

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

impl Server {
    /// Reads `servers` of an object.
    pub(super) fn lift_all(lifter: &Lifter<'_>, around: &Members<'_>) -> Vec<Self> {
        let servers = around.list("servers").iter().filter(|at| lifter.tree.as_mapping(**at).is_some());
        servers.map(|at| Self::lift(lifter, &lifter.members(&SERVER, *at))).collect()
    }

    fn lift(lifter: &Lifter<'_>, members: &Members<'_>) -> Self {
        let variables = members.entries("variables").map(|(name, at)| {
            let variable = ServerVariable::lift(lifter, &lifter.members(&SERVER_VARIABLE, at));
            (name.to_owned(), variable)
        });
        Self {
            at: members.at,
            url: members.text("url").unwrap_or_else(|| "/".to_owned()),
            description: members.text("description"),
            variables: variables.collect(),
        }
    }
}

impl ServerVariable {
    fn lift(lifter: &Lifter<'_>, members: &Members<'_>) -> Self {
        Self {
            at: members.at,
            values: members.list("enum").iter().filter_map(|value| scalar(lifter.tree, *value)).collect(),
            default: members.scalar("default").unwrap_or_default(),
        }
    }
}
