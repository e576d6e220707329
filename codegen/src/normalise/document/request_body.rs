//! Request bodies.

use super::lift::{Known, Lifted, Lifter, Members, Shared};
use super::media_type::content;
use super::media_type::lift_content;
use super::response::BELOW_CONTENT;
use super::row::{Assume, Holds, Noun, Object, Unit, object, row};
use super::{Content, DESCRIPTION, MediaType};
use crate::tree::NodeId;

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Its node.
    pub at: NodeId,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `content`.
    pub content: Content,
}

pub(super) static REQUEST_BODY: Object =
    object("a request body", &[DESCRIPTION, content().assumed(Assume::EmptyObject), row("required", Holds::Bool)])
        .noun(Noun::RequestBody)
        .unit(Unit::Component("the body"))
        .hints(&[("schema", BELOW_CONTENT)]);

pub(super) static A_REQUEST_BODY: Holds = Holds::OrReference(&REQUEST_BODY);

impl RequestBody {
    /// Any JSON, in the place of a body that nothing describes.
    pub(super) fn any(lifter: &mut Lifter<'_>, at: NodeId) -> Self {
        let schema = Some(lifter.any_schema(at));
        let json = MediaType { at, schema, item_schema: None, encoding: Vec::new() };
        Self { at, description: None, required: false, content: vec![("application/json".to_owned(), json)] }
    }
}

impl Lifted for RequestBody {
    const NOUN: Noun = Noun::RequestBody;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        Self {
            at: members.at,
            description: members.text("description"),
            required: members.flag("required"),
            content: lift_content(lifter, members),
        }
    }

    fn describe(&mut self, description: String) {
        self.description = Some(description);
    }
}

impl Shared for RequestBody {
    fn shared<'l>(lifter: &'l mut Lifter<'_>) -> &'l mut Known<Self> {
        &mut lifter.request_bodies
    }
}
