//! What a document says about the provider's own SDK.

use serde::Serialize;

/// The provider's own SDK, for the README.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OfficialSdk {
    /// Its name and version.
    pub name: String,
    /// What is written with it, and what is written with the client.
    pub calls: Vec<(String, String)>,
    /// `operations: "client.{operation_id}"`: its counterpart of every operation, over the operation's id.
    pub operations: Option<String>,
    /// What the client does differently, on purpose.
    pub differences: Vec<String>,
}
