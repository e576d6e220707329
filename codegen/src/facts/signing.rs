//! What a document says about signing requests.

use serde::Serialize;

/// How requests are signed. Digests are SHA-256, MACs HMAC-SHA256.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SigningFacts {
    /// Key of the security scheme whose credential signs.
    pub scheme: String,
    /// Methods that are signed; empty: all.
    pub methods: Vec<String>,
    /// What is signed, with words in braces.
    pub template: String,
    /// `encoding: base64` instead of hexadecimal digits.
    pub base64: bool,
    /// Headers that go along, with words in braces.
    pub headers: Vec<(String, String)>,
}
