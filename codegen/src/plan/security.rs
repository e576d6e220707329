//! Security schemes: what each takes, with what the document says of its tokens.

use super::declaration::{IssuedDecl, SchemeDecl, SchemeKind, SessionDecl, SigningDecl};
use super::index::Index;
use crate::api::{Api, Location, SecurityKind, SecurityScheme};
use crate::facts::{SessionRole, TokenFacts};

/// The schemes in the order in which facts number them.
pub(super) fn plan_schemes(index: &Index<'_>) -> Vec<SchemeDecl> {
    let schemes = index.api.security_schemes.iter().enumerate();
    schemes.map(|(at, scheme)| SchemeDecl { key: scheme.key.clone(), kind: kind(index, at, scheme) }).collect()
}

/// A scheme that is not there was reported.
pub(super) fn plan_signing(api: &Api) -> Option<SigningDecl> {
    let facts = api.facts.signing.clone()?;
    let scheme = api.security_schemes.iter().position(|scheme| scheme.key == facts.scheme)?;
    Some(SigningDecl { scheme, facts })
}

fn kind(index: &Index<'_>, at: usize, scheme: &SecurityScheme) -> SchemeKind {
    if let Some(session) = session(index, scheme) {
        return SchemeKind::Session(session);
    }
    let facts = index.api.facts.token.as_ref().filter(|token| token.scheme == scheme.key);
    match (&scheme.kind, facts) {
        (SecurityKind::ClientCredentials { token_url, .. }, Some(facts)) => declared(facts, token_url),
        (_, Some(facts)) => declared(facts, ""),
        (SecurityKind::ClientCredentials { token_url, .. }, None) => SchemeKind::Issued(IssuedDecl {
            url: token_url.clone(),
            resolved_by_server: !token_url.contains("://"),
            scope: asked_scopes(index.api, at),
            facts: None,
        }),
        (SecurityKind::ApiKey { location: Location::Query, wire_name }, None) => {
            SchemeKind::QueryKey(wire_name.clone())
        }
        (SecurityKind::ApiKey { location: Location::Cookie, wire_name }, None) => {
            SchemeKind::CookieKey(wire_name.clone())
        }
        (SecurityKind::ApiKey { wire_name, .. }, None) => SchemeKind::HeaderKey(wire_name.clone()),
        (SecurityKind::Basic, None) => SchemeKind::Basic,
        (SecurityKind::Http(name), None) => SchemeKind::Http(name.clone()),
        (SecurityKind::Undeclared { key_header }, None) => SchemeKind::Undeclared(key_header.clone()),
        (SecurityKind::MutualTls, None) => SchemeKind::MutualTls,
        (SecurityKind::Bearer | SecurityKind::CallerToken { .. }, None) => SchemeKind::Bearer,
    }
}

fn declared(facts: &TokenFacts, scheme_url: &str) -> SchemeKind {
    SchemeKind::Issued(IssuedDecl {
        url: facts.url.as_deref().unwrap_or(scheme_url).to_owned(),
        resolved_by_server: false,
        scope: None,
        facts: Some(facts.clone()),
    })
}

/// The scopes that operations name, sorted: they are what a client asks for when the application says nothing.
fn asked_scopes(api: &Api, scheme: usize) -> Option<String> {
    let uses = api.operations.iter().flat_map(|operation| operation.security.iter().flatten());
    let mut named: Vec<&str> =
        uses.filter(|need| need.scheme == scheme).flat_map(|need| &need.scopes).map(String::as_str).collect();
    named.sort_unstable();
    named.dedup();
    (!named.is_empty()).then(|| named.join(" "))
}

/// The session whose token is that of the scheme, where an operation renews it.
fn session(index: &Index<'_>, scheme: &SecurityScheme) -> Option<SessionDecl> {
    let facts = index.api.facts.session.as_ref().filter(|session| session.scheme == scheme.key)?;
    let mut all = index.api.operations.iter().zip(&index.names.operations);
    let (operation, names) = all.find(|(operation, _)| operation.facts.session == Some(SessionRole::Renews))?;
    let token = if facts.token.is_empty() { vec!["/token".to_owned()] } else { facts.token.clone() };
    Some(SessionDecl { path: operation.path.clone(), operation: names.id.clone(), cookie: facts.cookie.clone(), token })
}
