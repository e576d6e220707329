//! Security schemes, and which of them an operation needs.

use std::collections::BTreeMap;

use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityRequirement};

use crate::api::{Location, SecurityKind, SecurityScheme, SecurityUse};
use crate::normalise::model::{Extensions, Model, origin};
use crate::tree::NodeId;

/// Every scheme, in the document's order, those that it only names behind the others.
pub(super) fn lower_schemes(model: &Model) -> Vec<SecurityScheme> {
    let schemes = model.openapi.components.iter().flat_map(|components| &components.security_schemes);
    let items = schemes.filter_map(|(key, scheme)| match scheme {
        ReferenceOr::Item(scheme) => Some((key, scheme)),
        ReferenceOr::Reference { .. } => None,
    });
    let undeclared = model.undeclared_schemes.iter().map(|(key, node)| SecurityScheme {
        key: key.clone(),
        description: None,
        kind: SecurityKind::Undeclared { key_header: key_header(key) },
        origin: *node,
    });
    items.map(|(key, scheme)| lower_scheme(key, scheme)).chain(undeclared).collect()
}

/// Where a key goes whose scheme is not declared: into the header that it is called after, as in `X-Api-Key`, if that can be one.
fn key_header(key: &str) -> String {
    let names_header = key.contains('-') && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if names_header { key.to_ascii_lowercase() } else { "authorization".to_owned() }
}

fn lower_scheme(key: &str, scheme: &openapiv3::SecurityScheme) -> SecurityScheme {
    use openapiv3::SecurityScheme as Scheme;
    let (kind, description, extensions) = match scheme {
        Scheme::APIKey { location, name, description, extensions } => {
            let kind = SecurityKind::ApiKey { location: location_of(location), wire_name: name.clone() };
            (kind, description, extensions)
        }
        Scheme::HTTP { scheme, description, extensions, .. } => (http(scheme), description, extensions),
        Scheme::OAuth2 { flows, description, extensions } => (oauth(flows), description, extensions),
        Scheme::OpenIDConnect { description, extensions, .. } => {
            (SecurityKind::CallerToken { scopes: BTreeMap::new() }, description, extensions)
        }
    };
    SecurityScheme { key: key.to_owned(), description: description.clone(), kind, origin: place(extensions) }
}

fn place(extensions: &Extensions) -> NodeId {
    origin(extensions).unwrap_or(NodeId(0))
}

fn location_of(location: &APIKeyLocation) -> Location {
    match location {
        APIKeyLocation::Query => Location::Query,
        APIKeyLocation::Header => Location::Header,
        APIKeyLocation::Cookie => Location::Cookie,
    }
}

/// Scheme names do not distinguish case (RFC 9110, 11.1).
fn http(scheme: &str) -> SecurityKind {
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => SecurityKind::Basic,
        "bearer" => SecurityKind::Bearer,
        // `normalise` reads the scheme of this type so.
        "mutualtls" => SecurityKind::MutualTls,
        _ => SecurityKind::Http(scheme.to_owned()),
    }
}

fn oauth(flows: &OAuth2Flows) -> SecurityKind {
    let own = |scopes: &indexmap::IndexMap<String, String>| {
        scopes.iter().map(|(scope, words)| (scope.clone(), words.clone())).collect::<BTreeMap<_, _>>()
    };
    if let Some(flow) = &flows.client_credentials {
        return SecurityKind::ClientCredentials { token_url: flow.token_url.clone(), scopes: own(&flow.scopes) };
    }
    let mut scopes = BTreeMap::new();
    scopes.extend(flows.authorization_code.iter().flat_map(|flow| own(&flow.scopes)));
    scopes.extend(flows.implicit.iter().flat_map(|flow| own(&flow.scopes)));
    scopes.extend(flows.password.iter().flat_map(|flow| own(&flow.scopes)));
    SecurityKind::CallerToken { scopes }
}

/// The alternatives of an operation: its own, else the document's. A requirement with an unknown scheme is none.
pub(super) fn lower_requirements(
    own: Option<&Vec<SecurityRequirement>>,
    root: Option<&Vec<SecurityRequirement>>,
    schemes: &[SecurityScheme],
) -> Vec<Vec<SecurityUse>> {
    let alternatives = own.or(root).map(Vec::as_slice).unwrap_or_default();
    alternatives.iter().filter_map(|requirement| lower_requirement(requirement, schemes)).collect()
}

fn lower_requirement(requirement: &SecurityRequirement, schemes: &[SecurityScheme]) -> Option<Vec<SecurityUse>> {
    let needs = requirement.iter().map(|(key, scopes)| {
        let scheme = schemes.iter().position(|scheme| scheme.key == *key)?;
        Some(SecurityUse { scheme, scopes: scopes.clone() })
    });
    needs.collect()
}
