//! Examples, which are checked and read by nothing.

use super::row::Version::V32;
use super::row::{Holds, Noun, Object, Row, object, row};
use super::{DESCRIPTION, SUMMARY};

pub(super) static EXAMPLE: Object = object(
    "an example",
    &[
        SUMMARY,
        DESCRIPTION,
        row("value", Holds::Any),
        row("externalValue", Holds::Text),
        row("dataValue", Holds::Any).since(V32),
        row("serializedValue", Holds::Text).since(V32),
    ],
)
.noun(Noun::Example);

static AN_EXAMPLE: Holds = Holds::OrReference(&EXAMPLE);

/// `examples`, of a parameter, a header or a media type.
pub(super) const fn examples() -> Row {
    row("examples", Holds::Map(&AN_EXAMPLE))
}
