//! Security in the model: which schemes there are, and which of them an operation needs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Location, Origin};

/// A scheme that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SecurityUse {
    /// Index into [`super::Api::security_schemes`].
    pub scheme: usize,
    /// OAuth scopes or roles.
    pub scopes: Vec<String>,
}

/// One security scheme.
#[derive(Clone, Debug, Serialize)]
pub struct SecurityScheme {
    /// Its key.
    pub key: String,
    /// Markdown.
    pub description: Option<String>,
    /// What it is.
    pub kind: SecurityKind,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// What a scheme is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum SecurityKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where.
        location: Location,
        /// Name of the header, member or cookie.
        wire_name: String,
    },
    /// `http` with `basic`.
    Basic,
    /// `http` with `bearer`.
    Bearer,
    /// Another `http` scheme, sent as `<scheme> <credential>`.
    Http(String),
    /// OAuth2 with a client-credentials flow; other flows are bearer tokens that the caller brings.
    ClientCredentials {
        /// May be relative to the server.
        token_url: String,
        /// Scopes with their descriptions.
        scopes: BTreeMap<String, String>,
    },
    /// `openIdConnect`, or OAuth2 without client credentials: a bearer token that the caller brings.
    CallerToken {
        /// Scopes with their descriptions.
        scopes: BTreeMap<String, String>,
    },
    /// `mutualTLS`: the caller's own transport.
    MutualTls,
    /// `security` names it, and nothing declares it: a bearer token, a user and password, or a key in this header.
    Undeclared {
        /// Name of the header that carries a key.
        key_header: String,
    },
}
