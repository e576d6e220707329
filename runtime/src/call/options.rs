//! What one call sets beside its parameters and its body.
//!
//! Owns collecting; what is collected is checked when the call is awaited (`prepare`).

use std::fmt;
use std::time::Duration;

use crate::credentials::Credentials;
use crate::redirect::RedirectPolicy;
use crate::retry::RetryPolicy;
use crate::text::values::Json;

/// The options of one call.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) credentials: Vec<Credentials>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) named: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) members: ExtraMembers,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) page_origins: Vec<String>,
    pub(crate) redirect: Option<RedirectPolicy>,
}

/// Members that a call adds to its body.
pub(crate) type ExtraMembers = Vec<(String, Json)>;

/// Values may be anything, secrets too: only names are printed.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn names<T>(pairs: &[(String, T)]) -> Vec<&str> {
            pairs.iter().map(|(name, _)| name.as_str()).collect()
        }
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("credentials", &self.credentials)
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .field("members", &names(&self.members))
            .field("retry", &self.retry)
            .field("page_origins", &self.page_origins)
            .field("redirect", &self.redirect)
            .finish_non_exhaustive()
    }
}

impl CallOptions {
    /// Sets the maximum time for one attempt, including waiting for credentials and for the rate limit and reading the body.
    /// A token request that the call waits for goes on for others.
    pub fn timeout(&mut self, timeout: Duration) -> &mut Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the maximum time for the call with all its attempts and the waiting between them.
    pub fn total_timeout(&mut self, timeout: Duration) -> &mut Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets a bearer token, an API key, or a user and password for this call. They replace the client's for the same security
    /// scheme, and the call uses an alternative of its operation that takes them. Several can be set.
    pub fn credentials(&mut self, credentials: Credentials) -> &mut Self {
        self.credentials.push(credentials);
        self
    }

    /// A further header.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        self.headers.push((name.trim().to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// A header that the client's facts know by a method's name, for example `request_id`.
    pub fn call_header(&mut self, method: &'static str, value: &str) -> &mut Self {
        self.named.retain(|(known, _)| *known != method);
        self.named.push((method, value.to_owned()));
        self
    }

    /// A further query member, after the declared ones.
    pub fn query(&mut self, name: &str, value: &str) -> &mut Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A further member of a JSON or form body. One that the body already has is replaced.
    pub fn member(&mut self, name: &str, value: Json) -> &mut Self {
        self.members.retain(|(known, _)| known != name);
        self.members.push((name.to_owned(), value));
        self
    }

    /// The idempotency key.
    pub fn idempotency_key(&mut self, key: impl Into<String>) -> &mut Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Allows links to further pages that lead to this origin, for example `https://archive.pets.example`. It is asked without
    /// credentials and without headers of the application. Of a whole URL the origin counts.
    pub fn page_origin(&mut self, origin: impl Into<String>) -> &mut Self {
        self.page_origins.push(origin.into());
        self
    }

    /// What becomes of redirects.
    pub fn redirect(&mut self, policy: RedirectPolicy) -> &mut Self {
        self.redirect = Some(policy);
        self
    }

    /// A retry policy of its own.
    pub fn retry(&mut self, policy: RetryPolicy) -> &mut Self {
        self.retry = Some(policy);
        self
    }
}
