//! Responses by status.

use super::header::headers;
use super::header::lift_headers;
use super::lift::{Known, Lifted, Lifter, Members, Shared, Slot, own_entries};
use super::link::A_LINK;
use super::media_type::content;
use super::media_type::lift_content;
use super::row::Version::V32;
use super::row::{Assume, Holds, Noun, Object, Others, Unit, object, row};
use super::{Content, DESCRIPTION, Header, Link, SUMMARY};
use crate::tree::NodeId;
use openapiv3::StatusCode;

/// What an operation answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Responses {
    /// Those with a status, in the document's order.
    pub by_status: Vec<(StatusCode, Slot<Response>)>,
    /// `default`.
    pub default: Option<Slot<Response>>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Its node.
    pub at: NodeId,
    /// `description`.
    pub description: String,
    /// `headers`, by name.
    pub headers: Vec<(String, Slot<Header>)>,
    /// `content`.
    pub content: Content,
    /// `links`, by name.
    pub links: Vec<(String, Link)>,
}

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

impl Lifted for Response {
    const NOUN: Noun = Noun::Response;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        Self {
            at: members.at,
            description: members.text("description").unwrap_or_default(),
            headers: lift_headers(lifter, members),
            content: lift_content(lifter, members),
            links: lifter.map(members.entries("links"), |lifter, at| Some(lifter.object(at))),
        }
    }

    fn describe(&mut self, description: String) {
        self.description = description;
    }
}

impl Shared for Response {
    fn shared<'l>(lifter: &'l mut Lifter<'_>) -> &'l mut Known<Self> {
        &mut lifter.responses
    }
}

impl Responses {
    /// Reads `responses` of an operation.
    pub(super) fn lift(lifter: &mut Lifter<'_>, operation: &Members<'_>) -> Self {
        let mut responses = Self::default();
        for (key, at) in own_entries(lifter.tree, operation.node("responses")) {
            let Some(response) = lifter.slot(at) else { continue };
            match status(key) {
                None if key == "default" => responses.default = Some(response),
                None => {}
                // `4xx` and `4XX` are the same.
                Some(status) => match responses.by_status.iter_mut().find(|(known, _)| *known == status) {
                    Some(known) => known.1 = response,
                    None => responses.by_status.push((status, response)),
                },
            }
        }
        responses
    }

    /// Every response, `default` last.
    pub fn all(&self) -> impl Iterator<Item = &Slot<Response>> {
        self.by_status.iter().map(|(_, response)| response).chain(&self.default)
    }
}

/// `200` or `2XX`.
fn status(key: &str) -> Option<StatusCode> {
    match key.strip_suffix("XX") {
        Some(class) => class.parse().ok().map(StatusCode::Range),
        None => key.parse().ok().map(StatusCode::Code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::testing::model_of;

    #[test]
    fn responses_stand_by_their_status() {
        let text = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses:
        default: {description: other}
        '404': {description: none, links: {more: {operationRef: '#/a'}, next: {operationId: b}}}
        4xx: {description: small}
        4XX: {description: large}
        x-own: {description: an extension}
";
        let document = model_of(text).document;
        let responses = &document.operations().next().unwrap().operation.responses;
        let described = |slot: &Slot<Response>| slot.get(&document.components.responses).0.description.clone();
        let found: Vec<(StatusCode, String)> =
            responses.by_status.iter().map(|(status, slot)| (status.clone(), described(slot))).collect();
        let expected = [(StatusCode::Code(404), "none".to_owned()), (StatusCode::Range(4), "large".to_owned())];
        assert_eq!(found, expected);
        assert_eq!(responses.all().map(described).last().as_deref(), Some("other"));
        let links = &responses.by_status[0].1.get(&document.components.responses).0.links;
        let targets: Vec<Option<&str>> = links.iter().map(|(_, link)| link.operation.as_deref()).collect();
        assert_eq!(targets, [Some("#/a"), Some("b")]);
    }
}
