//! The README's table of security schemes: what a client is given for each, and which scopes there are.
//!
//! Does not own how credentials travel (the facts say it), nor variables that hold them (`configuration`).

use crate::emit::markdown::code;
use crate::plan::declaration::{ClientDecl, SchemeDecl, SchemeKind};

/// A table of the schemes, where no variables are declared that hold them.
pub(super) fn credentials(client: &ClientDecl) -> String {
    if client.security.is_empty() || !client.variables.is_empty() {
        return String::new();
    }
    let rows = client.security.iter().map(|scheme| {
        let (given, place) = (given(scheme), place(scheme));
        // A credential goes to every scheme that takes one of its kind, unless it names one.
        let shared = client.security.iter().filter(|other| self::given(other) == given).count() > 1;
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

fn given(scheme: &SchemeDecl) -> &'static str {
    match &scheme.kind {
        SchemeKind::Session(_) => "Credentials::session()",
        SchemeKind::Issued(_) => "Credentials::client_credentials(…)",
        SchemeKind::HeaderKey(_) | SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) | SchemeKind::Http(_) => {
            "Credentials::api_key(…)"
        }
        SchemeKind::Basic => "Credentials::basic(…)",
        // Of the three that an undeclared one may be, the API knows which.
        SchemeKind::Bearer | SchemeKind::Undeclared(_) => "Credentials::bearer(…)",
        SchemeKind::MutualTls => "client_identity(…)",
    }
}

/// Where it travels, in words that follow it.
fn place(scheme: &SchemeDecl) -> String {
    match &scheme.kind {
        SchemeKind::QueryKey(member) => format!(", in the query as {}", code(member)),
        SchemeKind::CookieKey(cookie) => format!(", in the cookie {}", code(cookie)),
        SchemeKind::HeaderKey(header) => format!(", in the header {}", code(header)),
        SchemeKind::Http(scheme) => format!(", in the header `authorization` behind {}", code(scheme)),
        SchemeKind::MutualTls => " of the builder itself: certificate and key".to_owned(),
        SchemeKind::Issued(issued) if issued.facts.is_none() => ", or a bearer token".to_owned(),
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Issued(_) | SchemeKind::Session(_) => String::new(),
        SchemeKind::Undeclared(header) => {
            format!(
                ", {}, or {} in the header {}: the document does not say which",
                code("Credentials::basic(…)"),
                code("Credentials::api_key(…)"),
                code(header)
            )
        }
    }
}
