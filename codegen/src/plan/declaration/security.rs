//! Credentials: the schemes, and what signs requests.

use crate::facts::{SigningFacts, TokenFacts};

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SchemeDecl {
    /// Its key.
    pub key: String,
    /// What it takes.
    pub kind: SchemeKind,
}

/// What a scheme takes, and how that travels.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// A key in this header.
    HeaderKey(String),
    /// A key in this member of the query.
    QueryKey(String),
    /// A key in this cookie.
    CookieKey(String),
    /// User and password.
    Basic,
    /// A bearer token that the caller brings.
    Bearer,
    /// A credential behind the name of this `http` scheme.
    Http(String),
    /// A client certificate.
    MutualTls,
    /// Named and not declared: a bearer token, user and password, or a key in this header.
    Undeclared(String),
    /// Client credentials, for which an endpoint issues tokens.
    Issued(IssuedDecl),
    /// A login, whose token a cookie renews.
    Session(SessionDecl),
}

/// An endpoint that issues tokens.
#[derive(Clone, Debug)]
pub struct IssuedDecl {
    /// Its URL; may be relative to the base URL.
    pub url: String,
    /// Whether it is relative to the server, not to the base URL.
    pub resolved_by_server: bool,
    /// The scopes that a token is asked for when the application says nothing.
    pub scope: Option<String>,
    /// What the document says of it; without that it is OAuth2 as it is written, and takes a bearer token too.
    pub facts: Option<TokenFacts>,
}

/// A login.
#[derive(Clone, Debug)]
pub struct SessionDecl {
    /// Path of the operation that renews it.
    pub path: String,
    /// Id of that operation.
    pub operation: String,
    /// The cookie that renews it.
    pub cookie: String,
    /// JSON pointers to the token.
    pub token: Vec<String>,
}

/// How requests are signed.
#[derive(Clone, Debug)]
pub struct SigningDecl {
    /// Index of the scheme whose credential signs.
    pub scheme: usize,
    /// The rest.
    pub facts: SigningFacts,
}
