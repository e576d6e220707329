//! Messages that the API sends, in the model.

use serde::Serialize;

use super::Operation;

/// A message that the API sends.
#[derive(Clone, Debug, Serialize)]
pub struct Webhook {
    /// Its key below `webhooks`, or below `callbacks` of an operation.
    pub wire_name: String,
    /// The operation that declares a callback (index into `Api::operations`); `None` for a webhook.
    pub called_by: Option<usize>,
    /// The request that the API makes: its body is the payload.
    pub request: Operation,
}
