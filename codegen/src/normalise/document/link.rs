//! Links: what a response says about other operations.

use super::row::{Holds, Noun, Object, object, row};
use super::server::SERVER;
use super::{ANYTHING, DESCRIPTION};

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
