//! The README's table of security schemes: what a client is given for each, and which scopes there are.
//!
//! Does not own how credentials travel (the facts say it), nor variables that hold them (`configuration`).

use crate::api::{Location, SecurityKind, SecurityScheme};
use crate::emit::markdown::code;
use crate::plan::declaration::ClientDecl;

/// A table of the schemes, where no variables are declared that hold them.
pub(super) fn credentials(client: &ClientDecl) -> String {
    if client.security.is_empty() || !client.variables.is_empty() {
        return String::new();
    }
    let rows = client.security.iter().map(|scheme| {
        let (given, place) = (given(client, scheme), place(client, scheme));
        // A credential goes to every scheme that takes one of its kind, unless it names one.
        let shared = client.security.iter().filter(|other| self::given(client, other) == given).count() > 1;
        let named = if shared { format!(".for_scheme({:?})", scheme.key) } else { String::new() };
        format!("| {} | {}{place} |\n", code(&scheme.key), code(&format!("{given}{named}")))
    });
    format!(
        "The builder's `credentials` takes what proves who calls; an operation that needs other ones says so before anything is\nsent.\n\n| scheme | takes |\n|---|---|\n{}\n",
        rows.collect::<String>()
    )
}

/// What tokens are asked for, where the document declares scopes.
pub(super) fn scopes(client: &ClientDecl) -> String {
    let scopes = client.scopes.as_ref().map(|scopes| scopes.values.as_slice()).unwrap_or_default();
    let Some(first) = scopes.first().filter(|_| client.has_auth) else { return String::new() };
    let another = scopes.get(1).map(|scope| format!(", Scope::{}", scope.ident)).unwrap_or_default();
    let example = format!("Credentials::client_credentials(id, secret).scope([Scope::{}{another}])", first.ident);
    format!(
        "Credentials take the scopes that tokens are asked for, from the enum `Scope` or as text:\n{}.\n\n",
        code(&example)
    )
}

fn given(client: &ClientDecl, scheme: &SecurityScheme) -> &'static str {
    match &scheme.kind {
        _ if is_session(client, scheme) => "Credentials::session()",
        _ if is_issued(client, scheme) => "Credentials::client_credentials(…)",
        SecurityKind::ApiKey { .. } | SecurityKind::Http(_) => "Credentials::api_key(…)",
        SecurityKind::Basic => "Credentials::basic(…)",
        SecurityKind::Bearer | SecurityKind::CallerToken { .. } => "Credentials::bearer(…)",
        // Named and not declared: which of the three it is, the API knows.
        SecurityKind::Undeclared { .. } => "Credentials::bearer(…)",
        SecurityKind::ClientCredentials { .. } => "Credentials::client_credentials(…)",
        SecurityKind::MutualTls => "client_identity(…)",
    }
}

/// Where it travels, in words that follow it.
fn place(client: &ClientDecl, scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        _ if is_session(client, scheme) || is_issued(client, scheme) => String::new(),
        SecurityKind::ApiKey { location: Location::Query, wire_name } => {
            format!(", in the query as {}", code(wire_name))
        }
        SecurityKind::ApiKey { location: Location::Cookie, wire_name } => {
            format!(", in the cookie {}", code(wire_name))
        }
        SecurityKind::ApiKey { wire_name, .. } => format!(", in the header {}", code(wire_name)),
        SecurityKind::Http(scheme) => format!(", in the header `authorization` behind {}", code(scheme)),
        SecurityKind::MutualTls => " of the builder itself: certificate and key".to_owned(),
        SecurityKind::Basic | SecurityKind::Bearer | SecurityKind::CallerToken { .. } => String::new(),
        SecurityKind::ClientCredentials { .. } => ", or a bearer token".to_owned(),
        SecurityKind::Undeclared { key_header } => {
            format!(
                ", {}, or {} in the header {}: the document does not say which",
                code("Credentials::basic(…)"),
                code("Credentials::api_key(…)"),
                code(key_header)
            )
        }
    }
}

/// Whether people log in to it, as the document declares.
fn is_session(client: &ClientDecl, scheme: &SecurityScheme) -> bool {
    client.facts.session.as_ref().is_some_and(|session| session.scheme == scheme.key)
}

/// Whether an endpoint issues its tokens, as the document declares.
fn is_issued(client: &ClientDecl, scheme: &SecurityScheme) -> bool {
    client.facts.token.as_ref().is_some_and(|token| token.scheme == scheme.key)
}
