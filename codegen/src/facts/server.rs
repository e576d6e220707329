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

/// What people write as a base URL, and what of it is one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BaseUrl {
    /// `cut: [v1, api]`: it ends before the first of these path segments, in whatever case.
    pub cut: Vec<String>,
    /// `scheme: https`: of a URL that is written without one.
    pub scheme: Option<String>,
}
