//! Servers and their variables.

use crate::api::{Server, ServerVariable};

/// Servers in the document's order.
pub(super) fn lower_servers(servers: &[openapiv3::Server]) -> Vec<Server> {
    servers.iter().map(lower_server).collect()
}

fn lower_server(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten().map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
    });
    Server { url: server.url.clone(), description: server.description.clone(), variables: variables.collect() }
}
