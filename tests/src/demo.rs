//! The client that the examples use: your own account when the environment names one, else a stand-in server on loopback.

use qredex::{Credentials, Qredex};

use crate::qredex_server;
use crate::server::Server;

/// A client, and the stand-in server that it talks to (stopped when it is dropped).
pub struct Demo {
    /// Ready to use.
    pub qredex: Qredex,
    /// `None` when the client talks to the real API.
    pub server: Option<Server>,
}

/// With `QREDEX_CLIENT_ID` set, everything comes from the environment; otherwise a stand-in server is started.
///
/// # Errors
///
/// When the environment names an account but not all of it.
pub async fn client() -> Result<Demo, qredex::Error> {
    if std::env::var_os("QREDEX_CLIENT_ID").is_some() {
        return Ok(Demo { qredex: Qredex::from_env()?, server: None });
    }
    let server = qredex_server::start().await;
    let credentials = Credentials::client_credentials("demo", "secret");
    let qredex = Qredex::builder().base_url(server.url()).credentials(credentials).build()?;
    Ok(Demo { qredex, server: Some(server) })
}
