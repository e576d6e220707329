//! Operations: what a client calls, and what the API calls itself.

use super::callback::A_CALLBACK;
use super::parameter::parameters;
use super::request_body::REQUEST_BODY;
use super::response::RESPONSES;
use super::root::{CONSUMES, PRODUCES};
use super::row::{Assume, Holds, Noun, Object, Unit, object, row};
use super::security::security;
use super::server::servers;
use super::tag::external_docs;
use super::{DEPRECATED, DESCRIPTION, SUMMARY, TEXTS};

pub(super) static OPERATION: Object = object(
    "an operation",
    &[
        row("tags", TEXTS),
        SUMMARY,
        DESCRIPTION,
        external_docs(),
        row("operationId", Holds::Text),
        parameters(),
        row("requestBody", Holds::OrReference(&REQUEST_BODY)).vital(),
        row("responses", Holds::Object(&RESPONSES)).vital().assumed(Assume::EmptyObject),
        row("callbacks", Holds::Map(&A_CALLBACK)),
        DEPRECATED,
        security(),
        servers(),
    ],
)
.noun(Noun::Operation)
.unit(Unit::Operation)
.hints(&[("produces", PRODUCES), ("consumes", CONSUMES)]);
