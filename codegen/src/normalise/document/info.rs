//! `info`: what the API is called, and its version.

use super::lift::{Lifter, Members};
use super::row::Version::V31;
use super::row::{Assume, Holds, Object, object, row};
use super::{DESCRIPTION, SUMMARY};
use crate::tree::NodeId;

/// What the API is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// Its node, or the document's where there is none.
    pub at: NodeId,
    /// `title`.
    pub title: String,
    /// `version`.
    pub version: String,
    /// `summary` and `description`: 3.1's summary opens the description.
    pub description: Option<String>,
}

pub(super) static INFO: Object = object(
    "`info`",
    &[
        row("title", Holds::Text).assumed(Assume::Title),
        SUMMARY.since(V31),
        DESCRIPTION,
        row("termsOfService", Holds::Text),
        row("contact", Holds::Object(&CONTACT)),
        row("license", Holds::Object(&LICENSE)),
        row("version", Holds::Text).assumed(Assume::Text("0")),
    ],
);

static CONTACT: Object =
    object("a contact", &[row("name", Holds::Text), row("url", Holds::Text), row("email", Holds::Text)]);

static LICENSE: Object = object(
    "a license",
    &[row("name", Holds::Text).or_dropped(), row("identifier", Holds::Text).since(V31), row("url", Holds::Text)],
);

impl Info {
    /// Reads it from the document's members.
    pub(super) fn lift(lifter: &Lifter<'_>, document: &Members<'_>) -> Self {
        let members = lifter.members(&INFO, document.node("info").unwrap_or(document.at));
        let parts: Vec<&str> = ["summary", "description"].into_iter().filter_map(|key| members.str(key)).collect();
        Self {
            at: members.at,
            title: members.scalar("title").unwrap_or_default(),
            version: members.scalar("version").unwrap_or_default(),
            description: (!parts.is_empty()).then(|| parts.join("\n\n")),
        }
    }
}
