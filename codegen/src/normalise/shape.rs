//! Which objects an OpenAPI document is made of, as a table: for each kind its members, and what each member holds.
//!
//! One table drives the walk over references and schemas and the copy that `openapiv3` reads. It lists what means
//! something to later stages; what a document may say at all is the table of `structure`.

use super::structure::Part;
use crate::tree::{NodeId, Tree, Value};

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Example,
    Link,
    SecurityScheme,
    Schema,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A value without references, as it stands.
    Value,
    /// One object. A schema may stand as `true` or `false`.
    One(Kind),
    /// A list of them.
    List(Kind),
    /// An object of them; `x-` keys are extensions.
    Map(Kind),
    /// An object of them; every key counts.
    Names(Kind),
}

use Holds::{List, Map, Names, One, Value as Plain};
use Kind::{
    Callback, Components, Document, Encoding, Example, Header, Link, MediaType, Operation, Parameter, PathItem,
    RequestBody, Response, Schema, SecurityScheme,
};

type Members = &'static [(&'static str, Holds)];

const DOCUMENT: Members = &[("components", One(Components)), ("paths", Map(PathItem)), ("webhooks", Names(PathItem))];

const COMPONENTS: Members = &[
    ("schemas", Names(Schema)),
    ("responses", Names(Response)),
    ("parameters", Names(Parameter)),
    ("examples", Names(Example)),
    ("requestBodies", Names(RequestBody)),
    ("headers", Names(Header)),
    ("securitySchemes", Names(SecurityScheme)),
    ("links", Names(Link)),
    ("callbacks", Names(Callback)),
    ("pathItems", Names(PathItem)),
    ("mediaTypes", Names(MediaType)),
];

const PATH_ITEM: Members = &[
    ("summary", Plain),
    ("description", Plain),
    ("servers", Plain),
    ("parameters", List(Parameter)),
    ("get", One(Operation)),
    ("put", One(Operation)),
    ("post", One(Operation)),
    ("delete", One(Operation)),
    ("options", One(Operation)),
    ("head", One(Operation)),
    ("patch", One(Operation)),
    ("trace", One(Operation)),
    ("query", One(Operation)),
    ("additionalOperations", Names(Operation)),
];

const OPERATION: Members = &[
    ("tags", Plain),
    ("summary", Plain),
    ("description", Plain),
    ("operationId", Plain),
    ("deprecated", Plain),
    ("security", Plain),
    ("servers", Plain),
    ("parameters", List(Parameter)),
    ("requestBody", One(RequestBody)),
    ("responses", Map(Response)),
    ("callbacks", Names(Callback)),
];

const PARAMETER: Members = &[
    ("name", Plain),
    ("in", Plain),
    ("description", Plain),
    ("required", Plain),
    ("deprecated", Plain),
    ("allowEmptyValue", Plain),
    ("style", Plain),
    ("explode", Plain),
    ("allowReserved", Plain),
    ("schema", One(Schema)),
    ("content", Names(MediaType)),
    ("examples", Names(Example)),
];

const REQUEST_BODY: Members = &[("description", Plain), ("required", Plain), ("content", Names(MediaType))];

const MEDIA_TYPE: Members = &[
    ("schema", One(Schema)),
    ("itemSchema", One(Schema)),
    ("examples", Names(Example)),
    ("encoding", Names(Encoding)),
];

const ENCODING: Members = &[
    ("contentType", Plain),
    ("headers", Names(Header)),
    ("style", Plain),
    ("explode", Plain),
    ("allowReserved", Plain),
];

const RESPONSE: Members = &[
    ("summary", Plain),
    ("description", Plain),
    ("headers", Names(Header)),
    ("content", Names(MediaType)),
    ("links", Names(Link)),
];

const SECURITY_SCHEME: Members = &[
    ("type", Plain),
    ("description", Plain),
    ("name", Plain),
    ("in", Plain),
    ("scheme", Plain),
    ("bearerFormat", Plain),
    ("flows", Plain),
    ("openIdConnectUrl", Plain),
];

const SCHEMA: Members = &[
    ("properties", Names(Schema)),
    ("patternProperties", Names(Schema)),
    ("additionalProperties", One(Schema)),
    ("unevaluatedProperties", One(Schema)),
    ("propertyNames", One(Schema)),
    ("items", One(Schema)),
    ("unevaluatedItems", One(Schema)),
    ("prefixItems", List(Schema)),
    ("contains", One(Schema)),
    ("allOf", List(Schema)),
    ("oneOf", List(Schema)),
    ("anyOf", List(Schema)),
    ("not", One(Schema)),
    ("if", One(Schema)),
    ("then", One(Schema)),
    ("else", One(Schema)),
    ("dependentSchemas", Names(Schema)),
    ("contentSchema", One(Schema)),
    ("$defs", Names(Schema)),
    ("definitions", Names(Schema)),
];

impl Kind {
    /// Its members. A callback has none of its own: every key is an expression ([`children`] knows).
    pub(crate) fn members(self) -> Members {
        match self {
            Document => DOCUMENT,
            Components => COMPONENTS,
            PathItem => PATH_ITEM,
            Operation => OPERATION,
            Callback | Example | Link => &[],
            // A header is a parameter whose name and place are given; it has neither member.
            Parameter | Header => PARAMETER,
            RequestBody => REQUEST_BODY,
            MediaType => MEDIA_TYPE,
            Encoding => ENCODING,
            Response => RESPONSE,
            SecurityScheme => SECURITY_SCHEME,
            Schema => SCHEMA,
        }
    }

    /// The section of `components` that holds this kind; `None` where no reference may stand in its place.
    pub(crate) fn section(self) -> Option<&'static str> {
        COMPONENTS.iter().find(|(_, holds)| *holds == Names(self)).map(|(section, _)| *section)
    }

    /// As the structure check calls it.
    pub(crate) fn part(self) -> Option<Part> {
        Some(match self {
            Schema => Part::Schema,
            Parameter => Part::Parameter,
            Header => Part::Header,
            RequestBody => Part::RequestBody,
            Response => Part::Response,
            PathItem => Part::PathItem,
            SecurityScheme => Part::SecurityScheme,
            Example => Part::Example,
            Link => Part::Link,
            Callback => Part::Callback,
            MediaType => Part::MediaType,
            Document | Components | Operation | Encoding => return None,
        })
    }

    /// For messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Document => "a document",
            Components => "components",
            PathItem => "a path item",
            Operation => "an operation",
            Callback => "a callback",
            Parameter => "a parameter",
            RequestBody => "a request body",
            MediaType => "a media type",
            Encoding => "an encoding",
            Response => "a response",
            Header => "a header",
            Example => "an example",
            Link => "a link",
            SecurityScheme => "a security scheme",
            Schema => "a schema",
        }
    }
}

/// The objects directly below `node`, in the document's order, each with its kind.
pub(crate) fn children(tree: &Tree, kind: Kind, node: NodeId) -> Vec<(Kind, NodeId)> {
    let mut found = Vec::new();
    for member in tree.as_mapping(node).unwrap_or_default() {
        if kind == Callback {
            if !is_extension(&member.key) && &*member.key != "$ref" {
                found.push((PathItem, member.value));
            }
        } else if let Some((_, holds)) = kind.members().iter().find(|(key, _)| *key == &*member.key) {
            below(tree, *holds, member.value, &mut found);
        }
    }
    found
}

fn below(tree: &Tree, holds: Holds, node: NodeId, found: &mut Vec<(Kind, NodeId)>) {
    match (holds, tree.value(node)) {
        (List(kind), Value::Sequence(items)) => found.extend(items.iter().map(|item| (kind, *item))),
        (One(kind), Value::Mapping(_)) | (One(kind @ Schema), Value::Bool(_)) => found.push((kind, node)),
        (Map(kind), Value::Mapping(members)) => {
            let members = members.iter().filter(|member| !is_extension(&member.key));
            found.extend(members.map(|member| (kind, member.value)));
        }
        (Names(kind), Value::Mapping(members)) => {
            found.extend(members.iter().map(|member| (kind, member.value)));
        }
        _ => {}
    }
}

/// Whether a key is an extension's.
pub(crate) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}
