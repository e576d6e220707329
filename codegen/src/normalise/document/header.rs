//! Headers of responses and of parts: parameters whose name and place are given by where they stand.

use super::example::examples;
use super::media_type::content;
use super::parameter::IN_SCHEMA;
use super::row::Version::V30;
use super::row::{Holds, Noun, Object, Row, Rule, Unit, Words, object, row};
use super::{DEPRECATED, DESCRIPTION};

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
