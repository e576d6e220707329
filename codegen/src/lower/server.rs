//! Servers and their variables.

use crate::api::{Server, ServerVariable};
use crate::normalise::model;

/// Servers in the document's order.
pub(super) fn lower_servers(servers: &[model::Server]) -> Vec<Server> {
    servers.iter().map(lower_server).collect()
}

fn lower_server(server: &model::Server) -> Server {
    let variables = server.variables.iter().map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        values: variable.values.clone(),
    });
    Server { url: server.url.clone(), description: server.description.clone(), variables: variables.collect() }
}
