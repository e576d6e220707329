//! Encodings: how one member of a body becomes a part or a field of a form.

use super::header::headers;
use super::row::Version::{V30, V32};
use super::row::{Holds, Noun, Object, Words, object, row};

pub(super) static ENCODING: Object = object(
    "an encoding",
    &[
        row("contentType", Holds::Text),
        headers(),
        row("style", Holds::Word(&STYLES)),
        row("explode", Holds::Bool),
        row("allowReserved", Holds::Bool),
        row("encoding", Holds::Map(&AN_ENCODING)).since(V32).unread(),
        row("prefixEncoding", Holds::List(&AN_ENCODING)).since(V32).unread(),
        row("itemEncoding", Holds::Object(&ENCODING)).since(V32).unread(),
    ],
)
.noun(Noun::Encoding);

/// Those of a query.
static STYLES: Words =
    Words { known: &[("form", V30), ("spaceDelimited", V30), ("pipeDelimited", V30), ("deepObject", V30)], hints: &[] };

pub(super) static AN_ENCODING: Holds = Holds::Object(&ENCODING);
