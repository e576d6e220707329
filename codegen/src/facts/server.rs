//! What a document says about its servers: named base URLs, and how people write one.

use serde::Serialize;

/// Named base URLs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Environments {
    /// Selects one in `from_env`.
    pub variable: Option<String>,
    /// Used when nothing is said; without it something has to be said.
    pub default: Option<String>,
    /// Name to base URL, in the document's order.
    pub values: Vec<(String, String)>,
}

/// How to clean up a base URL as users write it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BaseUrl {
    /// Path segments at which the URL is cut off, compared without case, for example `[v1, api]`.
    pub cut: Vec<String>,
    /// Scheme of a URL that is written without one, for example `https`.
    pub scheme: Option<String>,
}
