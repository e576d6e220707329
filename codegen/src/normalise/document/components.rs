//! `components`: what the document shares by reference.

use super::callback::A_CALLBACK;
use super::example::examples;
use super::header::headers;
use super::lift::{Component, Lifter, Members, Shared};
use super::link::A_LINK;
use super::media_type::A_MEDIA_TYPE;
use super::parameter::A_PARAMETER;
use super::path_item::A_PATH_ITEM;
use super::request_body::A_REQUEST_BODY;
use super::response::A_RESPONSE;
use super::row::Version::{V31, V32};
use super::row::{Holds, Noun, Object, object, row};
use super::schema::A_SCHEMA;
use super::security::{A_SECURITY_SCHEME, SecurityScheme};
use super::{Header, Parameter, RequestBody, Response, SchemaId};
use crate::arena::{Arena, Reserved};
use crate::tree::NodeId;

/// What the document shares, by key and in its order.
#[derive(Clone, Debug, Default)]
pub struct Components {
    /// `schemas`.
    pub schemas: Vec<(String, SchemaId)>,
    /// `responses`.
    pub responses: Arena<Component<Response>>,
    /// `parameters`.
    pub parameters: Arena<Component<Parameter>>,
    /// `requestBodies`.
    pub request_bodies: Arena<Component<RequestBody>>,
    /// `headers`.
    pub headers: Arena<Component<Header>>,
    /// `securitySchemes`.
    pub security_schemes: Vec<Component<SecurityScheme>>,
}

pub(super) static COMPONENTS: Object = object(
    "`components`",
    &[
        row("schemas", Holds::Map(&A_SCHEMA)).vital(),
        row("responses", Holds::Map(&A_RESPONSE)).vital(),
        row("parameters", Holds::Map(&A_PARAMETER)).vital(),
        examples(),
        row("requestBodies", Holds::Map(&A_REQUEST_BODY)).vital(),
        headers(),
        row("securitySchemes", Holds::Map(&A_SECURITY_SCHEME)).vital(),
        row("links", Holds::Map(&A_LINK)),
        row("callbacks", Holds::Map(&A_CALLBACK)),
        row("pathItems", Holds::Map(&A_PATH_ITEM)).since(V31),
        row("mediaTypes", Holds::Map(&A_MEDIA_TYPE)).since(V32),
    ],
)
.noun(Noun::Components);

impl Components {
    /// Reads them from the document's members. Components may refer to each other, so all are known before one is lifted.
    pub(super) fn lift(lifter: &mut Lifter<'_>, document: &Members<'_>) -> Self {
        let Some(at) = document.node("components") else { return Self::default() };
        let members = lifter.members(&COMPONENTS, at);
        let responses = announce(lifter, members.entries("responses"));
        let parameters = announce(lifter, members.entries("parameters"));
        let request_bodies = announce(lifter, members.entries("requestBodies"));
        let headers = announce(lifter, members.entries("headers"));
        let schemes = members.entries("securitySchemes");
        Self {
            schemas: lifter.map(members.entries("schemas"), |lifter, at| lifter.schemas.id(at)),
            responses: lift_all(lifter, responses),
            parameters: lift_all(lifter, parameters),
            request_bodies: lift_all(lifter, request_bodies),
            headers: lift_all(lifter, headers),
            security_schemes: schemes.filter_map(|(key, at)| SecurityScheme::component(lifter, key, at)).collect(),
        }
    }

    /// Keys of the security schemes.
    pub fn scheme_keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.security_schemes.iter().map(|scheme| scheme.key.as_str())
    }
}

/// Gives each component its id.
fn announce<'a, T: Shared>(
    lifter: &mut Lifter<'_>,
    entries: impl Iterator<Item = (&'a str, NodeId)>,
) -> Reserved<Component<T>, (&'a str, NodeId, NodeId)> {
    let sound = entries.filter_map(|(key, at)| Some((key, at, lifter.target(at)?)));
    let reserved = Arena::reserve(sound.collect());
    for (id, (_, at, target)) in reserved.iter() {
        // A key that refers to another component is no second name for it: references mean the one that stands there.
        if at == target {
            T::shared(lifter).entry(*target).or_insert(id);
        }
    }
    reserved
}

fn lift_all<T: Shared>(
    lifter: &mut Lifter<'_>,
    reserved: Reserved<Component<T>, (&str, NodeId, NodeId)>,
) -> Arena<Component<T>> {
    reserved.fill(|(key, _, target)| Component { key: key.to_owned(), item: lifter.object(target) })
}
