//! Servers: the document's, which is the client's, and those that operations have for themselves.
//!
//! Only the first server of a list counts. One of an operation that names no host is a path of the host that the client asks.

use super::declaration::OperationServer;
use crate::api::{Api, Server, ServerVariable};

/// Where a client goes by itself.
pub(super) struct Servers {
    /// The base URL, variables at their defaults.
    pub(super) base_url: Option<String>,
    /// The same server, where its URL has variables.
    pub(super) template: Option<Server>,
    /// Servers with variables that operations have for themselves, sorted, each once.
    pub(super) operations: Vec<Server>,
    /// The document's server without its host's name, if it names none.
    root: String,
}

impl Servers {
    pub(super) fn of(api: &Api) -> Self {
        // Where the document names its environments, a client takes one of them.
        let named = api.facts.environments.as_ref().is_some_and(|declared| !declared.values.is_empty());
        let all = || api.operations.iter().filter_map(|operation| operation.servers.first());
        let own = all().filter(|server| has_host(server));
        // Without a server of the document, the first that an operation has for itself: most then have the same.
        let base = if named { None } else { first(&api.servers).or_else(|| own.clone().next()) };
        let template = base.and_then(template);
        let root = api.servers.first().map(at_defaults).unwrap_or_default();
        let asked =
            all().filter(|server| has_host(server) || is_path(&at_defaults(server)) && at_defaults(server) != root);
        let mut operations: Vec<Server> = asked.filter_map(self::template).collect();
        operations.retain(|server| template.as_ref() != Some(server));
        operations.sort();
        operations.dedup();
        Self { base_url: base.map(at_defaults), template, operations, root }
    }

    /// What a base URL ends in where the document names no host: `/v1`, or nothing.
    pub(super) fn path(&self) -> &str {
        if self.base_url.is_none() && self.root.starts_with('/') { &self.root } else { "" }
    }

    /// Where an operation with these servers goes; `None`: where the client does.
    pub(super) fn of_operation(&self, servers: &[Server]) -> Option<OperationServer> {
        let server = servers.first()?;
        let url = at_defaults(server);
        if !has_host(server) && (!is_path(&url) || url == self.root) {
            return None;
        }
        match template(server) {
            None => Some(OperationServer::Url(if url.is_empty() { "/".to_owned() } else { url })),
            // The client's own server is in no list.
            Some(server) => self.operations.binary_search(&server).ok().map(OperationServer::Place),
        }
    }
}

fn first(servers: &[Server]) -> Option<&Server> {
    servers.first().filter(|server| has_host(server))
}

fn has_host(server: &Server) -> bool {
    at_defaults(server).contains("://")
}

/// Whether a URL without a host is a path of the host that is asked; the root's has lost its slash.
fn is_path(url: &str) -> bool {
    url.is_empty() || url.starts_with('/')
}

/// The URL with its variables at their defaults, without a slash at its end. Without a scheme a host is asked by `https`.
fn at_defaults(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    with_scheme(url.trim_end_matches('/'))
}

fn with_scheme(url: &str) -> String {
    if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() }
}

/// A server whose URL has variables, as the facts have it. Those that nobody declares have no default.
fn template(server: &Server) -> Option<Server> {
    let mut server = Server { description: None, ..server.clone() };
    server.url = with_scheme(server.url.trim_end_matches('/'));
    let names = server.url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned());
    for name in names.collect::<Vec<_>>() {
        if server.variables.iter().all(|variable| variable.name != name) {
            server.variables.push(ServerVariable { name, default: String::new(), values: Vec::new() });
        }
    }
    server.variables.retain(|variable| server.url.contains(&format!("{{{}}}", variable.name)));
    (!server.variables.is_empty()).then_some(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str, variables: &[(&str, &str)]) -> Server {
        let variable = |(name, default): &(&str, &str)| ServerVariable {
            name: (*name).to_owned(),
            default: (*default).to_owned(),
            values: Vec::new(),
        };
        Server { url: url.to_owned(), description: None, variables: variables.iter().map(variable).collect() }
    }

    #[test]
    fn variables_are_what_the_url_has_room_for() {
        let check = |url: &str, declared: &[(&str, &str)], expected: Option<&str>| {
            let found = template(&server(url, declared)).map(|server| {
                let names = server.variables.iter().map(|one| format!(" {}={}", one.name, one.default));
                format!("{}{}", server.url, names.collect::<String>())
            });
            assert_eq!(found.as_deref(), expected, "{url}");
        };
        check("https://a.example/", &[("region", "eu")], None);
        check("https://{region}.example/{v}/", &[("region", "eu")], Some("https://{region}.example/{v} region=eu v="));
        check("{server}/v1", &[("server", "https://a.example")], Some("{server}/v1 server=https://a.example"));
        check("//{region}.example/", &[("region", "eu")], Some("https://{region}.example region=eu"));
        check("/{v}/", &[], Some("/{v} v="));
    }

    #[test]
    fn a_server_without_a_host_is_a_path() {
        let check = |root: &str, base_url: Option<&str>, expected: &str| {
            let root = at_defaults(&server(root, &[]));
            let base_url = base_url.map(str::to_owned);
            let servers = Servers { base_url, template: None, operations: Vec::new(), root };
            assert_eq!(servers.path(), expected);
        };
        check("/api/v1/", None, "/api/v1");
        check("/", None, "");
        check("", None, "");
        check("/v1", Some("https://an.operations.example"), "");
        check("//a.example/v1", Some("https://a.example/v1"), "");
    }

    #[test]
    fn only_the_first_server_counts_and_only_with_a_host() {
        let check = |servers: &[Server], expected: Option<&str>| {
            assert_eq!(first(servers).map(at_defaults).as_deref(), expected);
        };
        check(&[], None);
        check(&[server("/v1", &[]), server("https://a.example", &[])], None);
        check(&[server("https://a.example//", &[])], Some("https://a.example"));
        check(&[server("{server}/v1", &[("server", "https://a.example")])], Some("https://a.example/v1"));
    }
}
