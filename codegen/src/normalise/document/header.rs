//! Headers of responses and of parts: parameters whose name and place are given by where they stand.

use super::example::examples;
use super::lift::{Known, Lifted, Lifter, Members, Shared, Slot};
use super::media_type::content;
use super::parameter::IN_SCHEMA;
use super::row::Version::V30;
use super::row::{Holds, Noun, Object, Row, Rule, Unit, Words, object, row};
use super::{DEPRECATED, DESCRIPTION, Format};
use crate::tree::NodeId;

/// A header of a response or of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Its node.
    pub at: NodeId,
    /// Its JSON pointer.
    pub pointer: String,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `explode`.
    pub explode: bool,
    /// `schema` or `content`.
    pub format: Format,
}

pub(super) static HEADER: Object = object(
    "a header",
    &[
        DESCRIPTION,
        row("required", Holds::Bool),
        DEPRECATED,
        row("allowEmptyValue", Holds::Bool),
        row("style", Holds::Word(&STYLES)),
        row("explode", Holds::Bool),
        row("allowReserved", Holds::Bool),
        row("schema", Holds::Schema).vital(),
        row("example", Holds::Any),
        examples(),
        content(),
    ],
)
.noun(Noun::Header)
.unit(Unit::Component("the header"))
.rules(&[Rule::OneOf("schema", "content"), Rule::NotBoth("schema", "content")])
.hints(&[("type", IN_SCHEMA), ("format", IN_SCHEMA)]);

static STYLES: Words = Words { known: &[("simple", V30)], hints: &[] };

static A_HEADER: Holds = Holds::OrReference(&HEADER);

/// `headers`, of a response or a part.
pub(super) const fn headers() -> Row {
    row("headers", Holds::Map(&A_HEADER))
}

impl Lifted for Header {
    const NOUN: Noun = Noun::Header;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        Self {
            at: members.at,
            pointer: lifter.pointer(members.at),
            description: members.text("description"),
            required: members.flag("required"),
            deprecated: members.flag("deprecated"),
            explode: members.flag("explode"),
            format: Format::lift(lifter, members),
        }
    }

    fn describe(&mut self, description: String) {
        self.description = Some(description);
    }
}

impl Shared for Header {
    fn shared<'l>(lifter: &'l mut Lifter<'_>) -> &'l mut Known<Self> {
        &mut lifter.headers
    }
}

/// `headers` of an object, by name.
pub(super) fn lift_headers(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Vec<(String, Slot<Header>)> {
    lifter.map(members.entries("headers"), Lifter::slot)
}
