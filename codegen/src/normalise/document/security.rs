//! Security schemes, and the requirements that name them.

use super::lift::{Component, Lifter, Members, entries, scalar};
use super::row::Version::{V30, V31, V32};
use super::row::{Assume, Holds, Noun, Object, Others, Row, Rule, Unit, Words, object, row};
use super::{A_TEXT, DEPRECATED, DESCRIPTION, TEXTS};
use crate::tree::NodeId;
use openapiv3::APIKeyLocation;

/// A kind of credentials.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// Its node.
    pub at: NodeId,
    /// `description`.
    pub description: Option<String>,
    /// `type`, with what it needs.
    pub kind: SchemeKind,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// `apiKey`.
    ApiKey {
        /// `in`.
        location: APIKeyLocation,
        /// `name`.
        name: String,
    },
    /// `http`, with its `scheme`.
    Http(String),
    /// `oauth2`.
    OAuth2(Flows),
    /// `openIdConnect`.
    OpenIdConnect,
    /// `mutualTLS`.
    MutualTls,
}

/// `flows` of OAuth 2.0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows {
    /// `implicit`.
    pub implicit: Option<Flow>,
    /// `password`.
    pub password: Option<Flow>,
    /// `clientCredentials`.
    pub client_credentials: Option<Flow>,
    /// `authorizationCode`.
    pub authorization_code: Option<Flow>,
}

/// A way to get a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its node.
    pub at: NodeId,
    /// `tokenUrl`; empty where there is none.
    pub token_url: String,
    /// `scopes`, each with what it allows.
    pub scopes: Vec<(String, String)>,
}

/// Schemes that are needed together, each with its scopes. Without any, no credentials are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// Its node.
    pub at: NodeId,
    /// Key of the scheme, and scopes.
    pub needs: Vec<(String, Vec<String>)>,
}

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

impl SecurityScheme {
    /// Reads a component. What has no type that is known was told.
    pub(super) fn component(lifter: &Lifter<'_>, key: &str, node: NodeId) -> Option<Component<Self>> {
        let members = lifter.members(&SECURITY_SCHEME, lifter.target(node)?);
        let item = Self {
            at: members.at,
            description: members.text("description"),
            kind: SchemeKind::lift(lifter, &members)?,
        };
        Some(Component { key: key.to_owned(), item })
    }
}

impl SchemeKind {
    fn lift(lifter: &Lifter<'_>, members: &Members<'_>) -> Option<Self> {
        Some(match members.str("type")? {
            "apiKey" => Self::ApiKey {
                location: match members.str("in")? {
                    "query" => APIKeyLocation::Query,
                    "cookie" => APIKeyLocation::Cookie,
                    _ => APIKeyLocation::Header,
                },
                name: members.text("name")?,
            },
            "http" => Self::Http(members.text("scheme")?),
            "oauth2" => Self::OAuth2(Flows::lift(lifter, members)),
            "openIdConnect" => Self::OpenIdConnect,
            "mutualTLS" => Self::MutualTls,
            _ => return None,
        })
    }
}

impl Flows {
    fn lift(lifter: &Lifter<'_>, scheme: &Members<'_>) -> Self {
        let Some(at) = scheme.node("flows") else { return Self::default() };
        let flows = lifter.members(&OAUTH_FLOWS, at);
        let flow = |key: &str| {
            let at = flows.node(key).filter(|at| lifter.tree.as_mapping(*at).is_some())?;
            Some(Flow::lift(lifter, &lifter.members(&CODE_FLOW, at)))
        };
        Self {
            implicit: flow("implicit"),
            password: flow("password"),
            client_credentials: flow("clientCredentials"),
            authorization_code: flow("authorizationCode"),
        }
    }
}

impl Flow {
    fn lift(lifter: &Lifter<'_>, members: &Members<'_>) -> Self {
        let scopes = members.entries("scopes");
        Self {
            at: members.at,
            token_url: members.text("tokenUrl").unwrap_or_default(),
            scopes: scopes.filter_map(|(key, words)| Some((key.to_owned(), scalar(lifter.tree, words)?))).collect(),
        }
    }
}

impl SecurityRequirement {
    /// Reads `security` of an object, where it has one.
    pub(super) fn lift_all(lifter: &Lifter<'_>, around: &Members<'_>) -> Option<Vec<Self>> {
        around.node("security")?;
        let tree = lifter.tree;
        let scopes = |at: NodeId| {
            let scopes = tree.as_sequence(at).unwrap_or_default().iter();
            scopes.filter_map(|scope| tree.as_str(*scope).map(str::to_owned)).collect()
        };
        let one = |at: &NodeId| Self {
            at: *at,
            needs: entries(tree, Some(*at)).map(|(key, list)| (key.to_owned(), scopes(list))).collect(),
        };
        Some(around.list("security").iter().map(one).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::testing::model_of;

    #[test]
    fn schemes_have_what_their_type_needs() {
        let text = "\
openapi: 3.1.0
info: {title: t, version: '1'}
paths: {}
security: [{key: [], login: [read]}, {}]
components:
  securitySchemes:
    key: {type: apiKey, in: cookie, name: sid, description: A cookie.}
    basic: {type: http, scheme: basic}
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {read: Reads.}}, implicit: {scopes: {}}}}
    open: {type: openIdConnect, openIdConnectUrl: /o}
    tls: {type: mutualTLS}
    other: {$ref: '#/components/securitySchemes/basic'}
";
        let document = model_of(text).document;
        let schemes = &document.components.security_schemes;
        assert_eq!(
            document.components.scheme_keys().collect::<Vec<_>>(),
            ["key", "basic", "login", "open", "tls", "other"]
        );
        assert_eq!(
            schemes[0].item.kind,
            SchemeKind::ApiKey { location: APIKeyLocation::Cookie, name: "sid".to_owned() }
        );
        assert_eq!(schemes[0].item.description.as_deref(), Some("A cookie."));
        assert_eq!(schemes[1].item, schemes[5].item);
        let SchemeKind::OAuth2(flows) = &schemes[2].item.kind else { panic!("{:?}", schemes[2]) };
        let flow = flows.client_credentials.as_ref().unwrap();
        assert_eq!(
            (flow.token_url.as_str(), &*flow.scopes),
            ("/token", &[("read".to_owned(), "Reads.".to_owned())][..])
        );
        assert_eq!(flows.implicit.as_ref().map(|flow| flow.scopes.len()), Some(0));
        let needs: Vec<usize> = document.security.iter().flatten().map(|need| need.needs.len()).collect();
        assert_eq!(needs, [2, 0]);
    }
}
