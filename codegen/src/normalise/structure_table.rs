//! Every object of OpenAPI 3.0, 3.1 and 3.2 as a table: members, their types, whether they must be there, since when.
//!
//! Data only; `structure` walks a document along it. A row's default is optional, of every version, and of a kind that
//! the document can do without: then a mistyped value is left out in the lenient profile.

pub(super) mod hints;
mod row;
mod schema;

use super::structure::Version;
use crate::tree::{Member, Tree};
use Version::{V30, V31, V32};

pub(super) use self::row::{Assume, Kind, Need, Object, Others, Row, Rule, Unit, plain};
use self::row::{object, row};
pub(super) use self::schema::SCHEMA;

// Kinds of items and entries, as statics because a constant may not borrow what mentions a static.
static A_TEXT: Kind = Kind::Text;
static A_SERVER: Kind = Kind::Object(&SERVER);
static ANY_PARAMETER: Kind = Kind::OrReference(&PARAMETER);
static ANY_MEDIA_TYPE: Kind = Kind::OrReference(&MEDIA_TYPE);
static ANY_EXAMPLE: Kind = Kind::OrReference(&EXAMPLE);
static ANY_HEADER: Kind = Kind::OrReference(&HEADER);
static A_SECURITY_REQUIREMENT: Kind = Kind::Object(&SECURITY_REQUIREMENT);
static A_PATH_ITEM: Kind = Kind::Object(&PATH_ITEM);
static A_TAG: Kind = Kind::Object(&TAG);
static A_SERVER_VARIABLE: Kind = Kind::Object(&SERVER_VARIABLE);
static A_SCHEMA: Kind = Kind::Schema;
static ANY_RESPONSE: Kind = Kind::OrReference(&RESPONSE);
static ANY_REQUEST_BODY: Kind = Kind::OrReference(&REQUEST_BODY);
static ANY_SECURITY_SCHEME: Kind = Kind::OrReference(&SECURITY_SCHEME);
static ANY_LINK: Kind = Kind::OrReference(&LINK);
static ANY_CALLBACK: Kind = Kind::OrReference(&CALLBACK);
static A_ENCODING: Kind = Kind::Object(&ENCODING);
static ANYTHING: Kind = Kind::Any;
static A_BOOL: Kind = Kind::Bool;
static SOME_TEXTS: Kind = TEXTS;

const TEXTS: Kind = Kind::List(&A_TEXT);
const fn linked_docs() -> Row {
    row("externalDocs", Kind::Object(&EXTERNAL_DOCS))
}

const SUMMARY: Row = row("summary", Kind::Text);
const DESCRIPTION: Row = row("description", Kind::Text);
const DEPRECATED: Row = row("deprecated", Kind::Bool);
const fn servers() -> Row {
    row("servers", Kind::List(&A_SERVER))
}

const fn parameters() -> Row {
    row("parameters", Kind::List(&ANY_PARAMETER)).vital()
}

const fn content() -> Row {
    row("content", Kind::Map(&ANY_MEDIA_TYPE)).vital()
}

const fn examples() -> Row {
    row("examples", Kind::Map(&ANY_EXAMPLE))
}

const fn headers() -> Row {
    row("headers", Kind::Map(&ANY_HEADER))
}

const fn security() -> Row {
    row("security", Kind::List(&A_SECURITY_REQUIREMENT)).vital()
}

impl Object {
    const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }
}

pub(super) static OPENAPI: Object = Object {
    rules: &[Rule::Paths],
    ..object(
        "the document",
        &[
            row("openapi", Kind::Text).required(),
            row("$self", Kind::Text).since(V32),
            row("info", Kind::Object(&INFO)).assumed(Assume::Info),
            row("jsonSchemaDialect", Kind::Text).since(V31),
            servers(),
            row("paths", Kind::Object(&PATHS)).vital(),
            row("webhooks", Kind::Map(&A_PATH_ITEM)).since(V31),
            row("components", Kind::Object(&COMPONENTS)).vital(),
            security(),
            row("tags", Kind::List(&A_TAG)),
            linked_docs(),
        ],
    )
};

static INFO: Object = object(
    "`info`",
    &[
        row("title", Kind::Text).assumed(Assume::Title),
        SUMMARY.since(V31),
        DESCRIPTION,
        row("termsOfService", Kind::Text),
        row("contact", Kind::Object(&CONTACT)),
        row("license", Kind::Object(&LICENSE)),
        row("version", Kind::Text).assumed(Assume::Text("0")),
    ],
);

static CONTACT: Object =
    object("a contact", &[row("name", Kind::Text), row("url", Kind::Text), row("email", Kind::Text)]);

static LICENSE: Object = object(
    "a license",
    &[row("name", Kind::Text).or_dropped(), row("identifier", Kind::Text).since(V31), row("url", Kind::Text)],
);

static EXTERNAL_DOCS: Object = object("external documentation", &[DESCRIPTION, row("url", Kind::Text).or_dropped()]);

static SERVER: Object = Object {
    rules: &[Rule::ServerUrl],
    ..object(
        "a server",
        &[
            row("url", Kind::Text).or_dropped(),
            DESCRIPTION,
            row("name", Kind::Text).since(V32),
            row("variables", Kind::Map(&A_SERVER_VARIABLE)),
        ],
    )
};

static SERVER_VARIABLE: Object = object(
    "a server variable",
    &[row("enum", TEXTS), row("default", Kind::Text).assumed(Assume::Text("")), DESCRIPTION],
);

static COMPONENTS: Object = object(
    "`components`",
    &[
        row("schemas", Kind::Map(&A_SCHEMA)).vital(),
        row("responses", Kind::Map(&ANY_RESPONSE)).vital(),
        row("parameters", Kind::Map(&ANY_PARAMETER)).vital(),
        examples(),
        row("requestBodies", Kind::Map(&ANY_REQUEST_BODY)).vital(),
        headers(),
        row("securitySchemes", Kind::Map(&ANY_SECURITY_SCHEME)).vital(),
        row("links", Kind::Map(&ANY_LINK)),
        row("callbacks", Kind::Map(&ANY_CALLBACK)),
        row("pathItems", Kind::Map(&A_PATH_ITEM)).since(V31),
        row("mediaTypes", Kind::Map(&ANY_MEDIA_TYPE)).since(V32),
    ],
);

static PATHS: Object = Object { others: Others::Paths(Kind::Object(&PATH_ITEM)), ..object("`paths`", &[]) };

static AN_OPERATION: Kind = Kind::Object(&OPERATION);

/// How many of a path item's members are operations that were not left out.
pub(super) fn operations(tree: &Tree, members: &[Member]) -> usize {
    let is_one = |row: &Row| matches!(row.kind, Kind::Object(object) if object.unit == Some(Unit::Operation));
    let known = |key: &str| PATH_ITEM.members.iter().any(|row| row.key == key && is_one(row));
    members.iter().filter(|member| known(&member.key) && !tree.is_null(member.value)).count()
}

pub(super) static PATH_ITEM: Object = object(
    "a path item",
    &[
        row("$ref", Kind::StrictText).vital(),
        SUMMARY,
        DESCRIPTION,
        row("get", Kind::Object(&OPERATION)).vital(),
        row("put", Kind::Object(&OPERATION)).vital(),
        row("post", Kind::Object(&OPERATION)).vital(),
        row("delete", Kind::Object(&OPERATION)).vital(),
        row("options", Kind::Object(&OPERATION)).vital(),
        row("head", Kind::Object(&OPERATION)).vital(),
        row("patch", Kind::Object(&OPERATION)).vital(),
        row("trace", Kind::Object(&OPERATION)).vital(),
        row("query", Kind::Object(&OPERATION)).vital().since(V32),
        row("additionalOperations", Kind::Map(&AN_OPERATION)).vital().since(V32),
        servers(),
        parameters(),
    ],
)
.unit(Unit::Path);

static OPERATION: Object = object(
    "an operation",
    &[
        row("tags", TEXTS),
        SUMMARY,
        DESCRIPTION,
        linked_docs(),
        row("operationId", Kind::Text),
        parameters(),
        row("requestBody", Kind::OrReference(&REQUEST_BODY)).vital(),
        row("responses", Kind::Object(&RESPONSES)).vital().assumed(Assume::EmptyObject),
        row("callbacks", Kind::Map(&ANY_CALLBACK)),
        DEPRECATED,
        security(),
        servers(),
    ],
)
.unit(Unit::Operation);

const STYLES: Kind = Kind::Word(&[
    ("matrix", V30),
    ("label", V30),
    ("form", V30),
    ("simple", V30),
    ("spaceDelimited", V30),
    ("pipeDelimited", V30),
    ("deepObject", V30),
    ("cookie", V32),
]);

/// Those of a query, which parts of a body have too.
const QUERY_STYLES: Kind =
    Kind::Word(&[("form", V30), ("spaceDelimited", V30), ("pipeDelimited", V30), ("deepObject", V30)]);

/// The styles that each place of a parameter has; the first is its default.
pub(super) static STYLES_OF_PLACES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
    ("querystring", &[]),
];

pub(super) static PARAMETER: Object = Object {
    unit: Some(Unit::Component("the parameter")),
    rules: &[
        Rule::WholeQueryHasName,
        Rule::PathParameterIsRequired,
        Rule::OneOf("schema", "content"),
        Rule::NotBoth("schema", "content"),
        Rule::StyleOfPlace,
    ],
    ..object(
        "a parameter",
        &[
            row("name", Kind::Text).required(),
            row(
                "in",
                Kind::Word(&[("query", V30), ("header", V30), ("path", V30), ("cookie", V30), ("querystring", V32)]),
            )
            .required(),
            DESCRIPTION,
            row("required", Kind::Bool),
            DEPRECATED,
            row("allowEmptyValue", Kind::Bool),
            row("style", STYLES),
            row("explode", Kind::Bool),
            row("allowReserved", Kind::Bool),
            row("schema", Kind::Schema).vital(),
            row("example", Kind::Any),
            examples(),
            content(),
        ],
    )
};

pub(super) static HEADER: Object = Object {
    unit: Some(Unit::Component("the header")),
    rules: &[Rule::OneOf("schema", "content"), Rule::NotBoth("schema", "content")],
    ..object(
        "a header",
        &[
            DESCRIPTION,
            row("required", Kind::Bool),
            DEPRECATED,
            row("allowEmptyValue", Kind::Bool),
            row("style", Kind::Word(&[("simple", V30)])),
            row("explode", Kind::Bool),
            row("allowReserved", Kind::Bool),
            row("schema", Kind::Schema).vital(),
            row("example", Kind::Any),
            examples(),
            content(),
        ],
    )
};

pub(super) static REQUEST_BODY: Object =
    object("a request body", &[DESCRIPTION, content().assumed(Assume::EmptyObject), row("required", Kind::Bool)])
        .unit(Unit::Component("the body"));

pub(super) static MEDIA_TYPE: Object = object(
    "a media type",
    &[
        row("schema", Kind::Schema).vital(),
        row("itemSchema", Kind::Schema).vital().since(V32),
        row("example", Kind::Any),
        examples(),
        row("encoding", Kind::Map(&A_ENCODING)),
        row("prefixEncoding", Kind::List(&A_ENCODING)).since(V32),
        row("itemEncoding", Kind::Object(&ENCODING)).since(V32),
    ],
)
.unit(Unit::Component("the media type"));

static ENCODING: Object = object(
    "an encoding",
    &[
        row("contentType", Kind::Text),
        headers(),
        row("style", QUERY_STYLES),
        row("explode", Kind::Bool),
        row("allowReserved", Kind::Bool),
        row("encoding", Kind::Map(&A_ENCODING)).since(V32),
        row("prefixEncoding", Kind::List(&A_ENCODING)).since(V32),
        row("itemEncoding", Kind::Object(&ENCODING)).since(V32),
    ],
);

static RESPONSES: Object =
    Object { others: Others::Statuses(Kind::OrReference(&RESPONSE)), ..object("`responses`", &[]) };

pub(super) static RESPONSE: Object = object(
    "a response",
    &[
        SUMMARY.since(V32),
        DESCRIPTION.assumed(Assume::Text("")),
        headers(),
        content(),
        row("links", Kind::Map(&ANY_LINK)),
    ],
)
.unit(Unit::Component("the response"));

pub(super) static CALLBACK: Object =
    Object { unit: Some(Unit::Callback), others: Others::Map(Kind::Object(&PATH_ITEM)), ..object("a callback", &[]) };

pub(super) static EXAMPLE: Object = object(
    "an example",
    &[
        SUMMARY,
        DESCRIPTION,
        row("value", Kind::Any),
        row("externalValue", Kind::Text),
        row("dataValue", Kind::Any).since(V32),
        row("serializedValue", Kind::Text).since(V32),
    ],
);

pub(super) static LINK: Object = object(
    "a link",
    &[
        row("operationRef", Kind::Text),
        row("operationId", Kind::Text),
        row("parameters", Kind::Map(&ANYTHING)),
        row("requestBody", Kind::Any),
        DESCRIPTION,
        row("server", Kind::Object(&SERVER)),
    ],
);

static TAG: Object = object(
    "a tag",
    &[
        row("name", Kind::Text).or_dropped(),
        SUMMARY.since(V32),
        DESCRIPTION,
        linked_docs(),
        row("parent", Kind::Text).since(V32),
        row("kind", Kind::Text).since(V32),
    ],
);

pub(super) static REFERENCE: Object =
    object("a reference", &[row("$ref", Kind::StrictText).required(), SUMMARY, DESCRIPTION]);

pub(super) static SECURITY_SCHEME: Object = Object {
    unit: Some(Unit::Component("the security scheme")),
    rules: &[
        Rule::When("type", "apiKey", "name"),
        Rule::When("type", "apiKey", "in"),
        Rule::When("type", "http", "scheme"),
        Rule::When("type", "oauth2", "flows"),
        Rule::When("type", "openIdConnect", "openIdConnectUrl"),
    ],
    ..object(
        "a security scheme",
        &[
            row(
                "type",
                Kind::Word(&[
                    ("apiKey", V30),
                    ("http", V30),
                    ("oauth2", V30),
                    ("openIdConnect", V30),
                    ("mutualTLS", V31),
                ]),
            )
            .required(),
            DESCRIPTION,
            row("name", Kind::Text).vital(),
            row("in", Kind::Word(&[("query", V30), ("header", V30), ("cookie", V30)])).vital(),
            row("scheme", Kind::Text).vital(),
            row("bearerFormat", Kind::Text),
            row("flows", Kind::Object(&OAUTH_FLOWS)).vital(),
            row("openIdConnectUrl", Kind::Text).vital(),
            row("oauth2MetadataUrl", Kind::Text).since(V32),
            DEPRECATED.since(V32),
        ],
    )
};

static OAUTH_FLOWS: Object = object(
    "`flows`",
    &[
        row("implicit", Kind::Object(&IMPLICIT_FLOW)),
        row("password", Kind::Object(&TOKEN_FLOW)),
        row("clientCredentials", Kind::Object(&TOKEN_FLOW)),
        row("authorizationCode", Kind::Object(&CODE_FLOW)),
        row("deviceAuthorization", Kind::Object(&DEVICE_FLOW)).since(V32),
    ],
);

const SCOPES: Row = row("scopes", Kind::Map(&A_TEXT)).assumed(Assume::EmptyObject);
const AUTHORIZATION_URL: Row = row("authorizationUrl", Kind::Text);
const TOKEN_URL: Row = row("tokenUrl", Kind::Text);
const REFRESH_URL: Row = row("refreshUrl", Kind::Text);
const EMPTY: Assume = Assume::Text("");

static IMPLICIT_FLOW: Object =
    object("an OAuth flow", &[AUTHORIZATION_URL.assumed(EMPTY), TOKEN_URL, REFRESH_URL, SCOPES]);

static TOKEN_FLOW: Object =
    object("an OAuth flow", &[AUTHORIZATION_URL, TOKEN_URL.assumed(EMPTY), REFRESH_URL, SCOPES]);

static CODE_FLOW: Object =
    object("an OAuth flow", &[AUTHORIZATION_URL.assumed(EMPTY), TOKEN_URL.assumed(EMPTY), REFRESH_URL, SCOPES]);

static DEVICE_FLOW: Object = object(
    "an OAuth flow",
    &[row("deviceAuthorizationUrl", Kind::Text).assumed(EMPTY), TOKEN_URL.assumed(EMPTY), REFRESH_URL, SCOPES],
);

static SECURITY_REQUIREMENT: Object = Object { others: Others::Map(TEXTS), ..object("a security requirement", &[]) };
