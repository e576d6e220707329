//! Media types: what a body or a parameter is, in one content type.

use super::encoding::{AN_ENCODING, ENCODING};
use super::example::examples;
use super::row::Version::V32;
use super::row::{Holds, Noun, Object, Row, Unit, object, row};

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
