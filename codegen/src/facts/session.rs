//! What a document says about sessions: people log in, and a cookie renews their token.

use serde::Serialize;

/// `session` at the root.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SessionFacts {
    /// `scheme`: key of the security scheme whose token it is.
    pub scheme: String,
    /// `cookie`: name of the cookie that renews the token.
    pub cookie: String,
    /// `token`: pointers to the token in the answers that open and renew the session. Default `/token`.
    pub token: Vec<String>,
    /// `keep_unauthorized`: parts of paths on which a 401 is the answer, and no reason to renew the token.
    pub keep_unauthorized: Vec<String>,
}

/// `session` at an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum SessionRole {
    /// `opens`: its answer holds the token and sets the cookie.
    Opens,
    /// `renews`: the same, by the cookie.
    Renews,
    /// `closes`: it ends what the cookie names.
    Closes,
}
