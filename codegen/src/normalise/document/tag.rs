//! Tags, which sort operations into groups, and links to documentation elsewhere.

use super::row::Version::V32;
use super::row::{Holds, Object, Row, object, row};
use super::{DESCRIPTION, SUMMARY};

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
