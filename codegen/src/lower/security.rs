//! Security schemes, and which of them an operation needs.

use std::collections::BTreeMap;

use openapiv3::APIKeyLocation;

use crate::api::{Location, SecurityKind, SecurityScheme, SecurityUse};
use crate::normalise::model::{self, Component, Flow, Flows, Model, SchemeKind, SecurityRequirement};

/// Every scheme, in the document's order, those that it only names behind the others.
pub(super) fn lower_schemes(model: &Model) -> Vec<SecurityScheme> {
    let declared = model.document.components.security_schemes.iter().map(lower_scheme);
    let undeclared = model.undeclared_schemes.iter().map(|(key, node)| SecurityScheme {
        key: key.clone(),
        description: None,
        kind: SecurityKind::Undeclared { key_header: key_header(key) },
        origin: *node,
    });
    declared.chain(undeclared).collect()
}

/// Where a key goes whose scheme is not declared: into the header that it is called after, as in `X-Api-Key`, if that can be one.
fn key_header(key: &str) -> String {
    let names_header = key.contains('-') && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if names_header { key.to_ascii_lowercase() } else { "authorization".to_owned() }
}

fn lower_scheme(scheme: &Component<model::SecurityScheme>) -> SecurityScheme {
    let Component { key, item } = scheme;
    let kind = match &item.kind {
        SchemeKind::ApiKey { location, name } => {
            SecurityKind::ApiKey { location: location_of(location), wire_name: name.clone() }
        }
        SchemeKind::Http(scheme) => http(scheme),
        SchemeKind::OAuth2(flows) => oauth(flows),
        SchemeKind::OpenIdConnect => SecurityKind::CallerToken { scopes: BTreeMap::new() },
        SchemeKind::MutualTls => SecurityKind::MutualTls,
    };
    SecurityScheme { key: key.clone(), description: item.description.clone(), kind, origin: item.at }
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
        // 3.0 has no type for it, and documents of it say so here.
        "mutualtls" => SecurityKind::MutualTls,
        _ => SecurityKind::Http(scheme.to_owned()),
    }
}

fn oauth(flows: &Flows) -> SecurityKind {
    let own = |flow: &Flow| flow.scopes.clone();
    if let Some(flow) = &flows.client_credentials {
        return SecurityKind::ClientCredentials {
            token_url: flow.token_url.clone(),
            scopes: own(flow).into_iter().collect(),
        };
    }
    let mut scopes = BTreeMap::new();
    scopes.extend(flows.authorization_code.iter().flat_map(own));
    scopes.extend(flows.implicit.iter().flat_map(own));
    scopes.extend(flows.password.iter().flat_map(own));
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
    let needs = requirement.needs.iter().map(|(key, scopes)| {
        let scheme = schemes.iter().position(|scheme| scheme.key == *key)?;
        Some(SecurityUse { scheme, scopes: scopes.clone() })
    });
    needs.collect()
}
