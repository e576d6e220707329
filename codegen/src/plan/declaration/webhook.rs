//! The declarations of messages that the API sends.

use super::{OutputDecl, RustType, WebhookFunction};

/// Messages that the API sends.
#[derive(Clone, Debug)]
pub struct WebhooksDecl {
    /// Webhooks, then callbacks.
    pub variants: Vec<WebhookDecl>,
    /// What the headers that they declare become, with each header and how its text is read.
    pub headers: Option<(RustType, Vec<(String, HeaderRead)>)>,
    /// Root facts.
    pub facts: crate::facts::WebhookFacts,
    /// Names of deliveries, each with the place of its variant: the first that fits counts.
    pub events: Vec<(String, usize)>,
    /// What reads deliveries, in the order of the source.
    pub functions: Vec<WebhookFunction>,
    /// Feature that gates the module.
    pub feature: Option<String>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct WebhookDecl {
    /// Variant.
    pub ident: String,
    /// Names that its deliveries have; `*` stands for any text.
    pub events: Vec<String>,
    /// What its payload is read as.
    pub payload: OutputDecl,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

/// How the text of a header becomes JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderRead {
    /// A string.
    Text,
    /// A number or a boolean, or whatever `content` says it is.
    Json,
    /// A list with commas.
    List,
}
