//! The client: environments, servers, credentials, constants.

use super::{ClientFunction, OperationDecl, SchemeDecl, Signature, SigningDecl, ValueDecl};
use crate::api;

/// The client's type.
#[derive(Clone, Debug, Default)]
pub struct ClientDecl {
    /// For example `Petstore`.
    pub ident: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// Environments: ident, wire name, base URL. `default_environment` is the index of the default.
    pub environments: Vec<EnvironmentDecl>,
    /// Index into `environments`; without one something has to be said.
    pub default_environment: Option<usize>,
    /// Base URL when there are no environments (the first server, variables at their defaults; may be empty).
    pub base_url: String,
    /// The path of a server whose host the document does not name, for example `/api/v1`; else empty.
    pub server_path: String,
    /// That server, where its URL has variables.
    pub server: Option<api::Server>,
    /// Servers with variables that operations have for themselves.
    pub operation_servers: Vec<api::Server>,
    /// Variable that selects an environment, and the others: option to variable.
    pub variables: Vec<(String, String)>,
    /// Security schemes in the order in which facts number them.
    pub security: Vec<SchemeDecl>,
    /// How requests are signed.
    pub signing: Option<SigningDecl>,
    /// Root facts, written into the client's facts.
    pub facts: crate::facts::RootFacts,
    /// Headers that a call sets by name: those that become methods of a call, and the idempotency key, which is the
    /// runtime's own.
    pub call_headers: Vec<(String, String)>,
    /// Scopes that OAuth2 schemes declare, as an enum at the crate's root.
    pub scopes: Option<ScopesDecl>,
    /// Cookies that carry an id, as constants.
    pub cookies: Vec<ConstantDecl>,
    /// Names of headers that the document gives a meaning, as constants.
    pub headers: Vec<ConstantDecl>,
    /// What the client can do beside its resources, in the order of the source.
    pub functions: Vec<ClientFunction>,
    /// Whether there is a token endpoint, so that the client has `auth()`.
    pub has_auth: bool,
    /// Methods on the client itself (operations whose resource is the client).
    pub operations: Vec<OperationDecl>,
}

/// The scopes of an API: an open enum.
#[derive(Clone, Debug)]
pub struct ScopesDecl {
    /// The scopes, at least one.
    pub values: Vec<ValueDecl>,
    /// `as_str(&self)`.
    pub view: Signature,
}

/// The name of a header or cookie as a constant.
#[derive(Clone, Debug)]
pub struct ConstantDecl {
    /// For example `HEADER_X_REQUEST_ID`.
    pub ident: String,
    /// For example `x-request-id`.
    pub wire_name: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}

/// A named base URL.
#[derive(Clone, Debug)]
pub struct EnvironmentDecl {
    /// Variant, for example `Staging`.
    pub ident: String,
    /// For example `staging`.
    pub wire_name: String,
    /// For example `https://staging.example.com`.
    pub url: String,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}
