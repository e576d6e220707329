//! Request bodies.

use super::DESCRIPTION;
use super::media_type::content;
use super::response::BELOW_CONTENT;
use super::row::{Assume, Holds, Noun, Object, Unit, object, row};

pub(super) static REQUEST_BODY: Object =
    object("a request body", &[DESCRIPTION, content().assumed(Assume::EmptyObject), row("required", Holds::Bool)])
        .noun(Noun::RequestBody)
        .unit(Unit::Component("the body"))
        .hints(&[("schema", BELOW_CONTENT)]);

pub(super) static A_REQUEST_BODY: Holds = Holds::OrReference(&REQUEST_BODY);
