//! Paths: operations by method, and what they share.

use super::operation::OPERATION;
use super::parameter::parameters;
use super::row::Version::V32;
use super::row::{Holds, Noun, Object, Unit, object, row};
use super::server::servers;
use super::{DESCRIPTION, SUMMARY};
use crate::tree::{Member, Tree};

pub(super) static PATH_ITEM: Object = object(
    "a path item",
    &[
        row("$ref", Holds::StrictText).vital(),
        SUMMARY,
        DESCRIPTION,
        row("get", Holds::Object(&OPERATION)).vital(),
        row("put", Holds::Object(&OPERATION)).vital(),
        row("post", Holds::Object(&OPERATION)).vital(),
        row("delete", Holds::Object(&OPERATION)).vital(),
        row("options", Holds::Object(&OPERATION)).vital(),
        row("head", Holds::Object(&OPERATION)).vital(),
        row("patch", Holds::Object(&OPERATION)).vital(),
        row("trace", Holds::Object(&OPERATION)).vital(),
        row("query", Holds::Object(&OPERATION)).vital().since(V32),
        row("additionalOperations", Holds::Map(&AN_OPERATION)).vital().since(V32),
        servers(),
        parameters(),
    ],
)
.noun(Noun::PathItem)
.unit(Unit::Path);

static AN_OPERATION: Holds = Holds::Object(&OPERATION);
pub(super) static A_PATH_ITEM: Holds = Holds::Object(&PATH_ITEM);

/// How many of a path item's members are operations that were not left out.
pub(crate) fn operations(tree: &Tree, members: &[Member]) -> usize {
    let is_one = |key: &str| {
        let row = PATH_ITEM.row(key);
        row.is_some_and(|row| matches!(row.holds, Holds::Object(object) if object.noun == Some(Noun::Operation)))
    };
    members.iter().filter(|member| is_one(&member.key) && !tree.is_null(member.value)).count()
}
