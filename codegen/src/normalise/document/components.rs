//! `components`: what the document shares by reference.

use super::callback::A_CALLBACK;
use super::example::examples;
use super::header::headers;
use super::link::A_LINK;
use super::media_type::A_MEDIA_TYPE;
use super::parameter::A_PARAMETER;
use super::path_item::A_PATH_ITEM;
use super::request_body::A_REQUEST_BODY;
use super::response::A_RESPONSE;
use super::row::Version::{V31, V32};
use super::row::{Holds, Noun, Object, object, row};
use super::schema::A_SCHEMA;
use super::security::A_SECURITY_SCHEME;

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
