//! The client: environments, base URL, credentials, docs.

use super::declaration::{ClientDecl, EnvironmentDecl, OperationDecl};
use super::docs;
use super::index::Index;
use crate::api::{Api, SecurityKind, SecurityScheme, Server, ServerVariable};
use crate::normalise::facts::{RootFacts, SessionRole};

/// Plans the client with the operations that it has itself.
pub(super) fn plan_client(index: &Index<'_>, operations: Vec<OperationDecl>) -> ClientDecl {
    let api = index.api;
    let environments = environments(index);
    let declared = api.facts.environments.as_ref();
    let default = declared.and_then(|declared| {
        environments.iter().position(|own| declared.default.as_ref().is_some_and(|default| own.wire_name == *default))
    });
    ClientDecl {
        ident: index.names.client.clone(),
        docs: client_docs(index),
        default_environment: default,
        server: if environments.is_empty() { template(api) } else { None },
        base_url: if environments.is_empty() { any_base_url(api).unwrap_or_default() } else { String::new() },
        environments,
        variables: variables(&api.facts),
        security: schemes(api),
        facts: api.facts.clone(),
        renewal: renewal(index),
        call_headers: index.names.call_headers.clone(),
        has_auth: api.issues_tokens(),
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

/// The document's server, or the first that an operation has for itself: most then have the same.
fn any_base_url(api: &Api) -> Option<String> {
    let own = || api.operations.iter().find_map(|operation| base_url(&operation.servers));
    base_url(&api.servers).or_else(own)
}

/// The document's server, where its URL has variables. Those that nobody declares have no default.
fn template(api: &Api) -> Option<Server> {
    let mut server = api.servers.first().filter(|server| server.url.contains("://"))?.clone();
    server.url = server.url.trim_end_matches('/').to_owned();
    let names = server.url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned());
    for name in names.collect::<Vec<_>>() {
        if server.variables.iter().all(|variable| variable.name != name) {
            server.variables.push(ServerVariable { name, default: String::new(), values: Vec::new() });
        }
    }
    server.variables.retain(|variable| server.url.contains(&format!("{{{}}}", variable.name)));
    (!server.variables.is_empty()).then_some(server)
}

/// The first server with its variables at their defaults; `None` where there is none that names a host.
pub(super) fn base_url(servers: &[Server]) -> Option<String> {
    let server = servers.first()?;
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    let url = url.trim_end_matches('/');
    url.contains("://").then(|| url.to_owned())
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
