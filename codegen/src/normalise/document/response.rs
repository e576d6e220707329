//! Responses by status.

use super::header::headers;
use super::link::A_LINK;
use super::media_type::content;
use super::row::Version::V32;
use super::row::{Assume, Holds, Noun, Object, Others, Unit, object, row};
use super::{DESCRIPTION, SUMMARY};

pub(super) static RESPONSES: Object =
    Object { others: Others::Statuses(Holds::OrReference(&RESPONSE)), ..object("`responses`", &[]) };

pub(super) static RESPONSE: Object = object(
    "a response",
    &[
        SUMMARY.since(V32),
        DESCRIPTION.assumed(Assume::Text("")),
        headers(),
        content(),
        row("links", Holds::Map(&A_LINK)),
    ],
)
.noun(Noun::Response)
.unit(Unit::Component("the response"))
.hints(&[("schema", BELOW_CONTENT)]);

/// What to do about a body's schema of Swagger 2.0.
pub(super) const BELOW_CONTENT: &str = "write it below a content type: `content: { application/json: { schema: … } }`";

pub(super) static A_RESPONSE: Holds = Holds::OrReference(&RESPONSE);
