//! The document itself: its top, and its paths.

use super::components::COMPONENTS;
use super::info::INFO;
use super::path_item::{A_PATH_ITEM, PATH_ITEM};
use super::row::Version::{V31, V32};
use super::row::{Assume, Holds, Noun, Object, Others, Rule, object, row};
use super::security::security;
use super::server::servers;
use super::tag::{TAG, external_docs};

pub(crate) static DOCUMENT: Object = object(
    "the document",
    &[
        row("openapi", Holds::Text).required(),
        row("$self", Holds::Text).since(V32),
        row("info", Holds::Object(&INFO)).assumed(Assume::Info),
        row("jsonSchemaDialect", Holds::Text).since(V31),
        servers(),
        row("paths", Holds::Object(&PATHS)).vital(),
        row("webhooks", Holds::Map(&A_PATH_ITEM)).since(V31),
        row("components", Holds::Object(&COMPONENTS)).vital(),
        security(),
        row("tags", Holds::List(&A_TAG)),
        external_docs(),
    ],
)
.noun(Noun::Document)
.rules(&[Rule::Paths])
.hints(&[
    ("definitions", "schemas stand below `components.schemas` since OpenAPI 3"),
    ("host", IN_SERVERS),
    ("basePath", IN_SERVERS),
    ("schemes", "write them into the `url` of `servers`"),
    ("securityDefinitions", "they stand below `components.securitySchemes` since OpenAPI 3"),
    ("produces", PRODUCES),
    ("consumes", CONSUMES),
]);

const IN_SERVERS: &str = "write it into the `url` of `servers`";
/// What to do about `produces` of Swagger 2.0.
pub(super) const PRODUCES: &str = "write each as a key below `content` of the responses, with the schema below it";
/// What to do about `consumes` of Swagger 2.0.
pub(super) const CONSUMES: &str = "write each as a key below `content` of the request body, with the schema below it";

static PATHS: Object = Object { others: Others::Paths(Holds::Object(&PATH_ITEM)), ..object("`paths`", &[]) };
static A_TAG: Holds = Holds::Object(&TAG);
