//! Security schemes, and the requirements that name them.

use super::row::Version::{V30, V31, V32};
use super::row::{Assume, Holds, Noun, Object, Others, Row, Rule, Unit, Words, object, row};
use super::{A_TEXT, DEPRECATED, DESCRIPTION, TEXTS};

pub(super) static SECURITY_SCHEME: Object = object(
    "a security scheme",
    &[
        row("type", Holds::Word(&TYPES)).required(),
        DESCRIPTION,
        row("name", Holds::Text).vital(),
        row("in", Holds::Word(&PLACES)).vital(),
        row("scheme", Holds::Text).vital(),
        row("bearerFormat", Holds::Text),
        row("flows", Holds::Object(&OAUTH_FLOWS)).vital(),
        row("openIdConnectUrl", Holds::Text).vital(),
        row("oauth2MetadataUrl", Holds::Text).since(V32),
        DEPRECATED.since(V32),
    ],
)
.noun(Noun::SecurityScheme)
.unit(Unit::Component("the security scheme"))
.rules(&[
    Rule::When("type", "apiKey", "name"),
    Rule::When("type", "apiKey", "in"),
    Rule::When("type", "http", "scheme"),
    Rule::When("type", "oauth2", "flows"),
    Rule::When("type", "openIdConnect", "openIdConnectUrl"),
]);

static TYPES: Words = Words {
    known: &[("apiKey", V30), ("http", V30), ("oauth2", V30), ("openIdConnect", V30), ("mutualTLS", V31)],
    hints: &[],
};

static PLACES: Words = Words { known: &[("query", V30), ("header", V30), ("cookie", V30)], hints: &[] };

static OAUTH_FLOWS: Object = object(
    "`flows`",
    &[
        row("implicit", Holds::Object(&IMPLICIT_FLOW)),
        row("password", Holds::Object(&TOKEN_FLOW)),
        row("clientCredentials", Holds::Object(&TOKEN_FLOW)),
        row("authorizationCode", Holds::Object(&CODE_FLOW)),
        row("deviceAuthorization", Holds::Object(&DEVICE_FLOW)).since(V32),
    ],
);

const SCOPES: Row = row("scopes", Holds::Map(&A_TEXT)).assumed(Assume::EmptyObject);
const AUTHORIZATION_URL: Row = row("authorizationUrl", Holds::Text);
const TOKEN_URL: Row = row("tokenUrl", Holds::Text);
const REFRESH_URL: Row = row("refreshUrl", Holds::Text);
const EMPTY: Assume = Assume::Text("");

static IMPLICIT_FLOW: Object =
    object("an OAuth flow", &[AUTHORIZATION_URL.assumed(EMPTY), TOKEN_URL, REFRESH_URL, SCOPES]);

static TOKEN_FLOW: Object =
    object("an OAuth flow", &[AUTHORIZATION_URL, TOKEN_URL.assumed(EMPTY), REFRESH_URL, SCOPES]);

static CODE_FLOW: Object =
    object("an OAuth flow", &[AUTHORIZATION_URL.assumed(EMPTY), TOKEN_URL.assumed(EMPTY), REFRESH_URL, SCOPES]);

static DEVICE_FLOW: Object = object(
    "an OAuth flow",
    &[row("deviceAuthorizationUrl", Holds::Text).assumed(EMPTY), TOKEN_URL.assumed(EMPTY), REFRESH_URL, SCOPES],
);

static SECURITY_REQUIREMENT: Object = Object { others: Others::Map(TEXTS), ..object("a security requirement", &[]) };
static A_REQUIREMENT: Holds = Holds::Object(&SECURITY_REQUIREMENT);
pub(super) static A_SECURITY_SCHEME: Holds = Holds::OrReference(&SECURITY_SCHEME);

/// `security`, of the document or an operation.
pub(super) const fn security() -> Row {
    row("security", Holds::List(&A_REQUIREMENT)).vital()
}
