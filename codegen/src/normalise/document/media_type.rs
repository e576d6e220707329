//! Media types: what a body or a parameter is, in one content type.

use super::encoding::{AN_ENCODING, ENCODING};
use super::example::examples;
use super::lift::{Lifted, Lifter, Members};
use super::row::Version::V32;
use super::row::{Holds, Noun, Object, Row, Unit, object, row};
use super::{Encoding, SchemaId};
use crate::tree::NodeId;

/// Media types by content type, in the document's order.
pub type Content = Vec<(String, MediaType)>;

/// What a body is in one content type.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaType {
    /// Its node.
    pub at: NodeId,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `itemSchema`: one item of a stream, since 3.2.
    pub item_schema: Option<SchemaId>,
    /// `encoding`, by property.
    pub encoding: Vec<(String, Encoding)>,
}

pub(super) static MEDIA_TYPE: Object = object(
    "a media type",
    &[
        row("schema", Holds::Schema).vital(),
        row("itemSchema", Holds::Schema).vital().since(V32),
        row("example", Holds::Any),
        examples(),
        row("encoding", Holds::Map(&AN_ENCODING)),
        row("prefixEncoding", Holds::List(&AN_ENCODING)).since(V32).unread(),
        row("itemEncoding", Holds::Object(&ENCODING)).since(V32).unread(),
    ],
)
.noun(Noun::MediaType)
.unit(Unit::Component("the media type"));

pub(super) static A_MEDIA_TYPE: Holds = Holds::OrReference(&MEDIA_TYPE);

/// `content`: media types by content type.
pub(super) const fn content() -> Row {
    row("content", Holds::Map(&A_MEDIA_TYPE)).vital()
}

impl Lifted for MediaType {
    const NOUN: Noun = Noun::MediaType;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        Self {
            at: members.at,
            schema: lifter.schema(members, "schema"),
            item_schema: lifter.schema(members, "itemSchema"),
            encoding: lifter.map(members.entries("encoding"), Lifter::resolved),
        }
    }
}

/// `content` of an object.
pub(super) fn lift_content(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Content {
    lifter.map(members.entries("content"), Lifter::resolved)
}
