//! The client: environments, base URL, credentials, docs.

use super::declaration::{
    ClientDecl, ConstantDecl, EnvironmentDecl, OperationDecl, ScopesDecl, SignatureType, ValueDecl,
};
use super::index::Index;
use super::server::Servers;
use super::{docs, function, headers, signature};
use crate::api::{Api, SecurityKind, SecurityScheme};
use crate::facts::{RootFacts, SessionRole};

/// Plans the client with the operations that it has itself.
pub(super) fn plan_client(index: &Index<'_>, servers: Servers, operations: Vec<OperationDecl>) -> ClientDecl {
    let api = index.api;
    let environments = environments(index);
    let declared = api.facts.environments.as_ref();
    let default = declared.and_then(|declared| {
        environments.iter().position(|own| declared.default.as_ref().is_some_and(|default| own.wire_name == *default))
    });
    let (variables, has_auth) = (variables(&api.facts), api.issues_tokens());
    ClientDecl {
        ident: index.names.client.clone(),
        docs: client_docs(index),
        default_environment: default,
        server_path: servers.path().to_owned(),
        server: servers.template,
        operation_servers: servers.operations,
        base_url: servers.base_url.unwrap_or_default(),
        environments,
        functions: function::of_client(&variables, &api.facts, has_auth),
        variables,
        security: schemes(api),
        facts: api.facts.clone(),
        renewal: renewal(index),
        call_headers: index.names.call_headers.clone(),
        scopes: scopes(index),
        cookies: cookies(&api.facts),
        headers: headers::plan_headers(api),
        has_auth,
        operations,
    }
}

/// The security schemes. Of the scopes that a token endpoint knows, those stay which operations name: they are what a client
/// asks for when the application says nothing.
fn schemes(api: &Api) -> Vec<SecurityScheme> {
    let mut schemes = api.security_schemes.clone();
    for (place, scheme) in schemes.iter_mut().enumerate() {
        let SecurityKind::ClientCredentials { scopes, .. } = &mut scheme.kind else { continue };
        let uses = api.operations.iter().flat_map(|operation| operation.security.iter().flatten());
        let named = uses.filter(|need| need.scheme == place).flat_map(|need| need.scopes.clone());
        *scopes = named.map(|scope| (scope, String::new())).collect();
    }
    schemes
}

/// A constant for every id that a cookie carries.
fn cookies(facts: &RootFacts) -> Vec<ConstantDecl> {
    let constant = |(carries, cookie): (&String, &String)| {
        let words = carries.replace('_', " ");
        let docs = format!("Finds the {words} that a request carries in a cookie. Another cookie name: `named`.");
        ConstantDecl { ident: carries.to_ascii_uppercase(), wire_name: cookie.clone(), docs: vec![docs] }
    };
    facts.cookies.iter().map(constant).collect()
}

fn scopes(index: &Index<'_>) -> Option<ScopesDecl> {
    let value = |((wire, description), ident): ((&str, &str), &String)| {
        let mut lines = vec![docs::code(wire)];
        docs::extend(&mut lines, docs::clean(description));
        ValueDecl { ident: ident.clone(), wire: wire.to_owned(), docs: lines }
    };
    let values: Vec<ValueDecl> = index.api.scopes().into_iter().zip(&index.names.scopes).map(value).collect();
    (!values.is_empty()).then(|| ScopesDecl { values, view: signature::as_wire("as_str", SignatureType::Text) })
}

/// The operation that renews the session.
fn renewal(index: &Index<'_>) -> Option<(String, String)> {
    index.api.facts.session.as_ref()?;
    let mut all = index.api.operations.iter().zip(&index.names.operations);
    let (operation, names) = all.find(|(operation, _)| operation.facts.session == Some(SessionRole::Renews))?;
    Some((operation.path.clone(), names.id.clone()))
}

/// What `from_env` reads: the variable that selects an environment, then the others.
fn variables(facts: &RootFacts) -> Vec<(String, String)> {
    let selects = facts.environments.iter().filter_map(|environments| environments.variable.clone());
    let selects = selects.map(|variable| ("environment".to_owned(), variable));
    selects.chain(facts.variables.iter().map(|(option, variable)| (option.clone(), variable.clone()))).collect()
}

fn environments(index: &Index<'_>) -> Vec<EnvironmentDecl> {
    let declared = index.api.facts.environments.iter().flat_map(|environments| &environments.values);
    let environment = |((wire_name, url), ident): (&(String, String), &String)| EnvironmentDecl {
        ident: ident.clone(),
        wire_name: wire_name.clone(),
        url: url.clone(),
    };
    declared.zip(&index.names.environments).map(environment).collect()
}

fn client_docs(index: &Index<'_>) -> Vec<String> {
    let info = &index.api.info;
    let title = info.title.trim();
    let mut lines = match title.is_empty() {
        true => vec!["The client.".to_owned()],
        false => docs::clean(&docs::sentence(&format!("Client of the {title}"))),
    };
    docs::extend(&mut lines, docs::clean(info.description.as_deref().unwrap_or_default()));
    lines
}
