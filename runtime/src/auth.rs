//! The application's hand on issued tokens.
//!
//! Owns `Auth`; caching and sharing are `credentials::flight`'s.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use crate::call::CallOptions;
use crate::call::Pending;
use crate::client::Client;
use crate::credentials::{Token, Wanted, normal_scope};
use crate::error::{ApiErrorBody, Error, RawError};

impl Client {
    /// The tokens of this client and its clones.
    #[must_use]
    pub fn auth<A: ApiErrorBody>(&self) -> Auth<'_, A> {
        Auth::new(self)
    }
}

/// The tokens of a client.
#[derive(Debug)]
pub struct Auth<'a, A> {
    client: &'a Client,
    error: PhantomData<fn() -> A>,
}

impl<'a, A: ApiErrorBody> Auth<'a, A> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client, error: PhantomData }
    }

    /// Asks the token endpoint for a token, whatever is cached. The token replaces the cached one if it has the scope that
    /// the client is configured with.
    pub fn issue_token(&self) -> IssueToken<A> {
        IssueToken { client: self.client.clone(), scope: None, options: CallOptions::default(), error: PhantomData }
    }

    /// Forgets the cached token and the request for one that is under way. Without a token endpoint there is nothing to
    /// forget.
    pub async fn clear(&self) {
        if let Some(tokens) = self.client.shared.credentials.tokens() {
            tokens.clear().await;
        }
    }
}

/// A token request, not yet sent.
#[must_use = "a token request does nothing until it is awaited"]
#[derive(Debug)]
pub struct IssueToken<A> {
    client: Client,
    scope: Option<Option<String>>,
    options: CallOptions,
    error: PhantomData<fn() -> A>,
}

impl<A: ApiErrorBody> IssueToken<A> {
    /// Another scope than the configured one.
    pub fn scope<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scope = Some(normal_scope(scopes));
        self
    }

    /// Time of one attempt.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout(timeout);
        self
    }

    /// A further header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.header(name.as_ref(), value.as_ref());
        self
    }

    /// A header that the API knows by name, for example `request_id`.
    pub fn call_header(mut self, method: &'static str, value: impl AsRef<str>) -> Self {
        self.options.call_header(method, value.as_ref());
        self
    }

    /// The idempotency key.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.options.idempotency_key(key);
        self
    }

    async fn run(self) -> Result<Token, RawError> {
        let shared = &*self.client.shared;
        let Some(tokens) = shared.credentials.tokens() else {
            return Err(RawError::configuration("a client without client credentials has no tokens to issue"));
        };
        let invalid = |message| RawError::validation(message).with_code(shared.facts.errors.bad_input);
        let caller = crate::call::caller(shared, None, &self.options).map_err(invalid)?;
        let scope = self.scope.unwrap_or_else(|| tokens.issuer.scope.clone());
        tokens.issue(&self.client, &Wanted { scope, caller }).await
    }
}

impl<A: ApiErrorBody> IntoFuture for IssueToken<A> {
    type Output = Result<Token, Error<A>>;
    type IntoFuture = Pending<Token, Error<A>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run().await.map_err(Error::from_raw) })
    }
}
