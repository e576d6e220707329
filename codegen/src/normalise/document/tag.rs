//! Tags, which sort operations into groups, and links to documentation elsewhere.

use super::lift::{Lifter, Members};
use super::row::Version::V32;
use super::row::{Holds, Object, Row, object, row};
use super::{DESCRIPTION, SUMMARY};
use crate::tree::NodeId;

/// A group of operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its node.
    pub at: NodeId,
    /// `name`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
}

pub(super) static TAG: Object = object(
    "a tag",
    &[
        row("name", Holds::Text).or_dropped(),
        SUMMARY.since(V32),
        DESCRIPTION,
        external_docs(),
        row("parent", Holds::Text).since(V32),
        row("kind", Holds::Text).since(V32),
    ],
);

static EXTERNAL_DOCS: Object = object("external documentation", &[DESCRIPTION, row("url", Holds::Text).or_dropped()]);

/// `externalDocs`, which many objects have.
pub(super) const fn external_docs() -> Row {
    row("externalDocs", Holds::Object(&EXTERNAL_DOCS))
}

impl Tag {
    /// Reads `tags` of the document. One without a name is none.
    pub(super) fn lift_all(lifter: &Lifter<'_>, document: &Members<'_>) -> Vec<Self> {
        let tags = document.list("tags").iter().filter_map(|at| {
            let members = lifter.members(&TAG, *at);
            Some(Self { at: *at, name: members.text("name")?, description: members.text("description") })
        });
        tags.collect()
    }
}
