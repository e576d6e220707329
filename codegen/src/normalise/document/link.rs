//! Links: what a response says about other operations.

use super::lift::{Lifted, Lifter, Members};
use super::row::{Holds, Noun, Object, object, row};
use super::server::SERVER;
use super::{ANYTHING, DESCRIPTION};
use crate::tree::NodeId;

/// Another operation that a response leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its node. References are not followed: what a link is called says enough, and nothing calls it.
    pub at: NodeId,
    /// `operationId`, else `operationRef`.
    pub operation: Option<String>,
}

pub(super) static LINK: Object = object(
    "a link",
    &[
        row("operationRef", Holds::Text),
        row("operationId", Holds::Text),
        row("parameters", Holds::Map(&ANYTHING)),
        row("requestBody", Holds::Any),
        DESCRIPTION,
        row("server", Holds::Object(&SERVER)),
    ],
)
.noun(Noun::Link);

pub(super) static A_LINK: Holds = Holds::OrReference(&LINK);

impl Lifted for Link {
    const NOUN: Noun = Noun::Link;

    fn lift(_: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        Self { at: members.at, operation: members.text("operationId").or_else(|| members.text("operationRef")) }
    }
}
