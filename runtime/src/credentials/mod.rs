//! Credentials.
//!
//! Owns the credentials that an application gives, and their way into a request. `source` owns where a secret comes from,
//! `bind` which scheme takes which credential, `token` and `flight` the tokens that an endpoint issues.

mod apply;
mod bind;
mod cache;
mod demand;
mod flight;
mod host;
mod round;
mod session;
mod source;
mod token;

use std::fmt;

pub(crate) use self::apply::{Asking, Authorized, authorize};
pub(crate) use self::bind::CredentialSet;
pub use self::cache::{MemoryTokenCache, TokenCache};
pub(crate) use self::demand::{CallerIds, Demand, Needs};
pub(crate) use self::host::{Host, Proof, TokenRequest};
pub use self::source::IntoSecret;
pub(crate) use self::source::Source;
pub use self::token::Token;
pub(crate) use self::token::{Settings, Wanted};
use crate::process::digest;
use crate::text::secret::Secret;

/// Credentials. `Debug` output leaves out the secrets.
#[derive(Clone)]
pub struct Credentials {
    pub(crate) kind: Kind,
    /// Only for the scheme of this name; else for every scheme that takes such credentials.
    pub(crate) scheme: Option<String>,
}

/// The sorts of credentials.
#[derive(Clone)]
pub(crate) enum Kind {
    Bearer(Source),
    ApiKey(Source),
    Basic { user: String, password: Secret },
    ClientCredentials { id: String, secret: Secret, scope: Option<String> },
    Session,
}

impl Kind {
    /// In words that follow "this API takes no".
    pub(crate) fn words(&self) -> &'static str {
        match self {
            Self::Bearer(_) => "bearer token",
            Self::ApiKey(_) => "API key",
            Self::Basic { .. } => "user and password",
            Self::ClientCredentials { .. } => "client credentials",
            Self::Session => "session",
        }
    }
}

impl Credentials {
    const fn with(kind: Kind) -> Self {
        Self { kind, scheme: None }
    }

    /// Client id and secret, which a token endpoint exchanges for tokens.
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::with(Kind::ClientCredentials { id: id.into(), secret: secret.into(), scope: None })
    }

    /// A session: somebody logs in with the client, and the client and its clones keep the token, and the cookie that
    /// renews it, until they log out.
    #[must_use]
    pub fn session() -> Self {
        Self::with(Kind::Session)
    }

    /// A bearer token. A leading `Bearer ` is taken off.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::with(Kind::Bearer(Source::Fixed(token.into())))
    }

    /// A function that is asked for a bearer token before every request.
    pub fn bearer_source<T: IntoSecret>(source: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::with(Kind::Bearer(Source::lazy(source)))
    }

    /// An `async` function that is asked for a bearer token before every request.
    pub fn bearer_source_async<F>(source: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future + Send + 'static,
        F::Output: IntoSecret,
    {
        Self::with(Kind::Bearer(Source::future(source)))
    }

    /// An API key.
    pub fn api_key(key: impl Into<Secret>) -> Self {
        Self::with(Kind::ApiKey(Source::Fixed(key.into())))
    }

    /// A function that is asked for an API key before every request.
    pub fn api_key_source<T: IntoSecret>(source: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::with(Kind::ApiKey(Source::lazy(source)))
    }

    /// An `async` function that is asked for an API key before every request.
    pub fn api_key_source_async<F>(source: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future + Send + 'static,
        F::Output: IntoSecret,
    {
        Self::with(Kind::ApiKey(Source::future(source)))
    }

    /// User and password.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::with(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// The scope that tokens are asked for, instead of what the document's operations need. Blank entries are dropped; nothing
    /// left means no scope of one's own.
    #[must_use]
    pub fn scope<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        if let Kind::ClientCredentials { scope, .. } = &mut self.kind {
            *scope = normal_scope(scopes);
        }
        self
    }

    /// Which option of these credentials is empty, if that can be seen at once: in words, and by name.
    pub(crate) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let blank = |secret: &Secret| secret.expose().trim().is_empty();
        match &self.kind {
            Kind::Bearer(Source::Fixed(token)) if source::without_scheme(token.expose()).is_empty() => {
                Err(("the bearer token", "token"))
            }
            Kind::ApiKey(Source::Fixed(key)) if blank(key) => Err(("the API key", "api_key")),
            Kind::ClientCredentials { id, .. } if id.trim().is_empty() => Err(("the client id", "client_id")),
            Kind::ClientCredentials { secret, .. } if blank(secret) => Err(("the client secret", "client_secret")),
            _ => Ok(()),
        }
    }

    /// What tells these credentials from others without giving a secret away. A function that is asked for a secret may
    /// give another one each time: it is like no other.
    pub(crate) fn identity(&self) -> Option<String> {
        let kind = self.kind.words();
        Some(match &self.kind {
            Kind::Bearer(Source::Fixed(secret)) | Kind::ApiKey(Source::Fixed(secret)) => {
                format!("{kind} {}", digest(secret))
            }
            Kind::Bearer(_) | Kind::ApiKey(_) | Kind::Session => return None,
            Kind::Basic { user, password } => format!("{kind} {user} {}", digest(password)),
            Kind::ClientCredentials { id, secret, .. } => format!("{kind} {id} {}", digest(secret)),
        })
    }

    /// Only for the security scheme of this name. Needed where a document has several schemes of one kind.
    #[must_use]
    pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
        self.scheme = Some(name.into());
        self
    }
}

/// Each entry split at whitespace and commas, blank ones dropped, joined with one space; `None` if nothing is left.
pub(crate) fn normal_scope<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Option<String> {
    let mut normal = String::new();
    for scope in scopes {
        for word in scope.as_ref().split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
            if !normal.is_empty() {
                normal.push(' ');
            }
            normal.push_str(word);
        }
    }
    (!normal.is_empty()).then_some(normal)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Credentials");
        out.field("kind", &self.kind.words());
        if let Some(scheme) = &self.scheme {
            out.field("scheme", scheme);
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_normal() {
        let check = |scopes: &[&str], expected: Option<&str>| {
            assert_eq!(normal_scope(scopes).as_deref(), expected, "{scopes:?}");
        };
        check(&["pets:read"], Some("pets:read"));
        check(&["  pets:read ,pets:write\n orders:read "], Some("pets:read pets:write orders:read"));
        check(&["pets:read", " ", "", "pets:write "], Some("pets:read pets:write"));
        check(&[" , "], None);
        check(&[], None);
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!(
            "{:?} {:?} {:?} {:?}",
            Credentials::bearer("hunter2"),
            Credentials::api_key("hunter2"),
            Credentials::basic("me", "hunter2"),
            Credentials::client_credentials("me", "hunter2").scope(["a"]).for_scheme("pets")
        );
        assert!(!shown.contains("hunter2") && shown.contains("pets"), "{shown}");
    }
}
