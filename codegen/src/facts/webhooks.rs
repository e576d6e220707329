//! What a document says about messages that the API sends: where they tell what they are, and how they are signed.

use serde::Serialize;

/// `webhooks` at the root: what all deliveries have in common.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct WebhookFacts {
    /// `name`: where a delivery says which webhook it is.
    pub name: Option<MessagePlace>,
    /// `id`: where a delivery says which one it is; the same when it is sent again.
    pub id: Option<MessagePlace>,
    /// `signature`.
    pub signature: Option<SignatureFacts>,
}

/// A place in a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum MessagePlace {
    /// `header: x-event`.
    Header(String),
    /// `pointer: /event`: JSON pointer into the body.
    Pointer(String),
}

/// How deliveries are signed, with a secret that both sides know.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SignatureFacts {
    /// `header`: what holds the signature.
    pub header: String,
    /// `timestamp`: header that holds the time of the signature in Unix seconds.
    pub timestamp: Option<String>,
    /// `message`: template of what is signed, of `{body}`, `{timestamp}` and `{id}`. Default `{body}`.
    pub message: Option<String>,
    /// `encoding`: how the signature is written.
    pub encoding: MacEncoding,
    /// `prefix`: stands before the signature in its header, for example `sha256=`.
    pub prefix: Option<String>,
    /// `tolerance`: seconds that the time of the signature may differ, before and after.
    pub tolerance: Option<u64>,
}

/// How bytes of a signature are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum MacEncoding {
    /// Lower-case hexadecimal digits.
    #[default]
    Hex,
    /// Base64 with padding.
    Base64,
}
