//! The client: environments, base URL, credentials, docs.

use super::declaration::{
    ClientDecl, ConstantDecl, EnvironmentDecl, OperationDecl, ScopesDecl, SignatureType, ValueDecl,
};
use super::index::Index;
use super::server::Servers;
use super::{docs, function, headers, security, signature};
use crate::facts::RootFacts;
use crate::name::Names;

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
        signing: security::plan_signing(api),
        security: security::plan_schemes(index),
        facts: api.facts.clone(),
        call_headers: call_headers(index),
        scopes: scopes(index),
        cookies: cookies(&api.facts),
        headers: headers::plan_headers(api),
        has_auth,
        operations,
    }
}

/// What the methods of a call set, and the idempotency key.
fn call_headers(index: &Index<'_>) -> Vec<(String, String)> {
    let key = index.api.facts.call_headers.get_key_value("idempotency_key");
    let key = key.map(|(name, header)| (name.clone(), header.clone()));
    index.names.call_headers.iter().cloned().chain(key).collect()
}

/// A constant for every id that a cookie carries.
fn cookies(facts: &RootFacts) -> Vec<ConstantDecl> {
    let constant = |(carries, cookie): (&String, &String)| {
        let words = carries.replace('_', " ");
        let docs = format!("Finds the {words} that a request carries in a cookie. Another cookie name: `named`.");
        ConstantDecl { ident: Names::cookie_constant(carries), wire_name: cookie.clone(), docs: vec![docs] }
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
        docs: vec![format!("{}: <{}>", docs::code(wire_name), docs::one_line(url))],
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
