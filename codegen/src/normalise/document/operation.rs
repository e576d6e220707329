//! Operations: what a client calls, and what the API calls itself.

use super::callback::A_CALLBACK;
use super::lift::{Lifted, Lifter, Members, Slot};
use super::parameter::parameters;
use super::request_body::REQUEST_BODY;
use super::response::RESPONSES;
use super::root::{CONSUMES, PRODUCES};
use super::row::{Assume, Holds, Noun, Object, Unit, object, row};
use super::security::security;
use super::server::servers;
use super::tag::external_docs;
use super::{
    DEPRECATED, DESCRIPTION, Parameter, RequestBody, Responses, SUMMARY, SecurityRequirement, Server, TEXTS, callback,
};
use crate::tree::NodeId;

/// A request that a client sends, or that the API sends itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its node.
    pub at: NodeId,
    /// Its JSON pointer.
    pub pointer: String,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `parameters`.
    pub parameters: Vec<Slot<Parameter>>,
    /// `requestBody`.
    pub request_body: Option<Slot<RequestBody>>,
    /// `responses`.
    pub responses: Responses,
    /// `security`; `None` where the document's own counts.
    pub security: Option<Vec<SecurityRequirement>>,
    /// `servers`.
    pub servers: Vec<Server>,
}

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

impl Lifted for Operation {
    const NOUN: Noun = Noun::Operation;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        callback::note(lifter, members);
        Self {
            at: members.at,
            pointer: lifter.pointer(members.at),
            operation_id: members.text("operationId"),
            tags: members.texts("tags"),
            summary: members.text("summary"),
            description: members.text("description"),
            deprecated: members.flag("deprecated"),
            parameters: lifter.slots(members.list("parameters")),
            request_body: members.node("requestBody").map(|at| {
                // The operation can still be called where the reference to its body leads nowhere.
                lifter.slot(at).unwrap_or_else(|| Slot::Own(RequestBody::any(lifter, at)))
            }),
            responses: Responses::lift(lifter, members),
            security: SecurityRequirement::lift_all(lifter, members),
            servers: Server::lift_all(lifter, members),
        }
    }
}
