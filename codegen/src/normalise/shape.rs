//! Which members of an object are copied, and what each holds. What a document may say at all is in `document`.

use super::document::Noun;

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A value without references, as it stands.
    Value,
    /// One object. A schema may stand as `true` or `false`.
    One(Noun),
    /// A list of them.
    List(Noun),
    /// An object of them; `x-` keys are extensions.
    Map(Noun),
    /// An object of them; every key counts.
    Names(Noun),
}

use Holds::{List, Map, Names, One, Value as Plain};
use Noun::{
    Callback, Encoding, Example, Header, Link, MediaType, Operation, Parameter, PathItem, RequestBody, Response,
    Schema, SecurityScheme,
};

type Members = &'static [(&'static str, Holds)];

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

/// The members of an object that are copied.
pub(crate) fn members(noun: Noun) -> Members {
    match noun {
        PathItem => PATH_ITEM,
        Operation => OPERATION,
        Parameter | Header => PARAMETER,
        RequestBody => REQUEST_BODY,
        MediaType => MEDIA_TYPE,
        Encoding => ENCODING,
        Response => RESPONSE,
        SecurityScheme => SECURITY_SCHEME,
        _ => &[],
    }
}
