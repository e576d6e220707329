//! Puts credentials into a request, anew for every attempt.
//!
//! Owns the places they travel in. The request itself stays as it was prepared, so that the next attempt starts clean.

use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName};

use super::bind::{Bound, describe};
use super::flight::Tokens;
use super::source::without_scheme;
use super::token::{Wanted, basic, sensitive};
use super::{Source, Token};
use crate::call::Prepared;
use crate::client::Client;
use crate::error::RawError;
use crate::facts::{KeyPlace, Need};
use crate::headers::overlay;
use crate::secret::Secret;
use crate::wire;

/// What credentials add to one attempt.
#[derive(Debug, Default)]
pub(crate) struct Authorized {
    headers: HeaderMap,
    query: Option<Secret>,
    cookie: Option<Secret>,
    /// A cached token that may be replaced if the server refuses it.
    renewable: Option<(Arc<Tokens>, Secret)>,
}

/// The credentials of one attempt.
pub(crate) async fn authorize(client: &Client, request: &Prepared) -> Result<Authorized, RawError> {
    let shared = &*client.shared;
    let chosen =
        shared.credentials.choose(request.needs).map_err(|needs| lacking(client, request.operation, &needs))?;
    let mut authorized = Authorized::default();
    for bound in chosen {
        match bound {
            Bound::Bearer(source) => authorized.bearer(source).await?,
            Bound::Basic { user, password } => {
                authorized.headers.insert(AUTHORIZATION, basic(user, password)?);
            }
            Bound::Key { source, place, name } => authorized.key(source, *place, name).await?,
            Bound::Tokens(tokens) => authorized.token(client, request, tokens).await?,
            Bound::Transport => {}
        }
    }
    Ok(authorized)
}

/// Nothing that was given to the client fits this operation.
fn lacking(client: &Client, operation: &str, needs: &[Need]) -> RawError {
    let words = |need: &Need| {
        let scheme = client.shared.facts.security.get(need.scheme).map(describe)?;
        let scopes = need.scopes.join(" ");
        Some(if scopes.is_empty() { scheme } else { format!("{scheme} with scope `{scopes}`") })
    };
    let mut words: Vec<String> = needs.iter().filter_map(words).collect();
    words.dedup();
    let words = words.join(" or ");
    RawError::configuration(format!(
        "{operation} needs credentials for {words}: none that fit were given to the client"
    ))
}

impl Authorized {
    async fn bearer(&mut self, source: &Source) -> Result<(), RawError> {
        let answer = source.ask("bearer token").await?;
        let token = without_scheme(answer.expose());
        if token.is_empty() {
            return Err(RawError::configuration("the bearer token is empty"));
        }
        let value = Secret::new(format!("Bearer {token}"));
        self.headers.insert(AUTHORIZATION, sensitive(value.expose())?);
        Ok(())
    }

    async fn key(&mut self, source: &Source, place: KeyPlace, name: &'static str) -> Result<(), RawError> {
        let key = source.ask("API key").await?;
        if key.expose().is_empty() {
            return Err(RawError::configuration("the API key is empty"));
        }
        match place {
            KeyPlace::Header => {
                self.headers.insert(header_name(name)?, sensitive(key.expose())?);
            }
            KeyPlace::Query => self.query = Some(Secret::new(wire::form_pair(name, key.expose()))),
            KeyPlace::Cookie => {
                sensitive(key.expose())?;
                self.cookie = Some(Secret::new(format!("{name}={}", key.expose())));
            }
        }
        Ok(())
    }

    async fn token(&mut self, client: &Client, request: &Prepared, tokens: &Arc<Tokens>) -> Result<(), RawError> {
        let wanted = Wanted { scope: tokens.issuer.scope.clone(), caller: request.caller.clone() };
        let got = tokens.get(client, &wanted).await?;
        let facts = &tokens.issuer.facts;
        let value = Secret::new(fill(facts.header.1, &got.token));
        self.headers.insert(header_name(facts.header.0)?, sensitive(value.expose())?);
        if facts.refresh_on_unauthorized && !got.fresh {
            self.renewable = Some((Arc::clone(tokens), got.token.access_token));
        }
        Ok(())
    }

    /// The request's headers with the credentials.
    pub(crate) fn headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut all = headers.clone();
        overlay(&mut all, &self.headers);
        if let Some(cookie) = &self.cookie {
            let before = all.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let joined = if before.is_empty() { String::new() } else { format!("{before}; ") };
            // What no header can hold was refused when the key was read.
            if let Ok(value) = sensitive(&format!("{joined}{}", cookie.expose())) {
                all.insert(COOKIE, value);
            }
        }
        all
    }

    /// The request's query with the credentials.
    pub(crate) fn query(&self, query: &str) -> String {
        match &self.query {
            None => query.to_owned(),
            Some(key) if query.is_empty() => key.expose().to_owned(),
            Some(key) => format!("{query}&{}", key.expose()),
        }
    }

    /// After a 401: forgets the cached token that was refused. `false` if there is nothing to renew.
    pub(crate) async fn renew(&self) -> bool {
        let Some((tokens, refused)) = &self.renewable else { return false };
        tokens.refuse(refused).await;
        true
    }
}

fn fill(template: &str, token: &Token) -> String {
    // The type first: a token that happens to hold a placeholder stays what it is.
    template
        .split("{access_token}")
        .map(|part| part.replace("{token_type}", &token.token_type))
        .collect::<Vec<_>>()
        .join(token.access_token.expose())
}

fn header_name(name: &'static str) -> Result<HeaderName, RawError> {
    HeaderName::try_from(name).map_err(|_| RawError::configuration(format!("'{name}' is not a header's name")))
}
