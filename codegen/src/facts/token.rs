//! What a document says about a token endpoint.

use serde::Serialize;

/// A token endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TokenFacts {
    /// Key of the security scheme that it serves.
    pub scheme: String,
    /// Path below the base URL, or a whole URL; default: the scheme's `tokenUrl`.
    pub url: Option<String>,
    /// How the credentials travel: `basic` or `form`.
    pub credentials: TokenCredentials,
    /// Form fields of the request in order: name to value; a value may be `{client_id}`, `{client_secret}`, `{scope}`, and a
    /// field whose placeholder is unset is left out. Default: `grant_type: client_credentials`, `scope: "{scope}"`.
    pub fields: Vec<(String, String)>,
    /// `form: component`: fields are percent-encoded as JavaScript's `encodeURIComponent` does it, a space as `%20`.
    pub component_form: bool,
    /// Members of the answer that hold the token, first hit wins. Default `access_token`.
    pub access_token: Vec<String>,
    /// Default `token_type`.
    pub token_type: Vec<String>,
    /// Default `expires_in`.
    pub expires_in: Vec<String>,
    /// Lifetime in seconds when the answer names none.
    pub default_lifetime: Option<u64>,
    /// Seconds before its end at which a token is no longer used; settable in the builder.
    pub refresh_margin: Option<u64>,
    /// `keep_on_unauthorized: true`: a 401 is the answer; the token is neither forgotten nor fetched anew because of it.
    pub keep_on_unauthorized: bool,
    /// `repeat: reads`: after a 401 only GET and HEAD are repeated with a new token; else the 401 is the answer.
    pub repeat_reads_only: bool,
    /// `shared: process`: a new token ends the one before, so clients of one process share theirs.
    pub shared: bool,
    /// Headers that carry the token and their templates over `{token_type}`, `{access_token}` and `{client_id}`, default
    /// `authorization: "{token_type} {access_token}"`.
    pub headers: Vec<(String, String)>,
}

/// How client credentials travel to a token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum TokenCredentials {
    /// `authorization: Basic`.
    #[default]
    Basic,
    /// As form fields.
    Form,
}
