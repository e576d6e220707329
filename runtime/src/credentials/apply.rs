//! Puts credentials into a request, anew for every attempt.
//!
//! Owns the places they travel in. The request itself stays as it was prepared, so that the next attempt starts clean.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, Method};

use super::bind::{Bound, CredentialSet, describe};
use super::flight::Tokens;
use super::source::without_scheme;
use super::token::{basic, sensitive};
use super::{Demand, Host, Source, Token};
use crate::error::RawError;
use crate::facts::{ClientFacts, KeyPlace, Need, TokenFacts};
use crate::headers::overlay;
use crate::text::secret::Secret;
use crate::text::style::pair;
use crate::text::template::fill;

/// What credentials add to one attempt.
#[derive(Debug, Default)]
pub(crate) struct Authorized {
    headers: HeaderMap,
    query: Option<Secret>,
    cookie: Option<Secret>,
    /// A cached token that may be replaced if the server refuses it.
    renewable: Option<(Arc<Tokens>, Secret)>,
    /// The credential by which the request is signed.
    signing_key: Option<Secret>,
}

/// A request that asks for its credentials.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) operation: &'static str,
    /// Below the base URL, or a whole URL.
    pub(crate) path: &'a str,
    pub(crate) demand: &'a Demand,
}

/// The credentials of one attempt.
pub(crate) async fn authorize(
    host: &impl Host,
    set: &CredentialSet,
    asking: Asking<'_>,
) -> Result<Authorized, RawError> {
    let facts = host.facts();
    let credentials = asking.demand.caller.credentials.as_ref().unwrap_or(set);
    let chosen = credentials.choose(asking.demand.needs).map_err(|needs| lacking(facts, asking, needs))?;
    let mut authorized = Authorized { cookie: session_cookie(host, set, asking), ..Authorized::default() };
    for (scheme, bound) in chosen {
        let secret = match bound {
            Bound::Bearer(source, facts) => Some(authorized.bearer(source, facts.as_ref()).await?),
            Bound::Basic { user, password } => {
                authorized.headers.insert(AUTHORIZATION, basic(user, password)?);
                Some(password.clone())
            }
            Bound::Key { source, place, name } => Some(authorized.key(source, *place, name, facts).await?),
            Bound::Tokens(tokens) => {
                authorized.token(host, tokens, asking.demand).await?;
                None
            }
            Bound::Transport => None,
        };
        if facts.signing.is_some_and(|signing| signing.scheme == scheme) {
            authorized.signing_key = secret;
        }
    }
    Ok(authorized)
}

/// The cookie of the session, for what renews or ends it.
fn session_cookie(host: &impl Host, set: &CredentialSet, asking: Asking<'_>) -> Option<Secret> {
    let issuer = &set.session().filter(|_| asking.demand.session_cookie)?.issuer;
    let target = host.base().join(asking.path, "").ok()?;
    issuer.session()?.pair(issuer.facts.session?, &target, host.clock().wall())
}

/// Neither the client nor the call has credentials that this operation accepts.
fn lacking(facts: &ClientFacts, asking: Asking<'_>, alternatives: &[&[Need]]) -> RawError {
    let words = |need: &Need| {
        let scheme = facts.security.get(need.scheme).map(describe)?;
        let scopes = need.scopes.join(" ");
        Some(if scopes.is_empty() { scheme } else { format!("{scheme} with scope `{scopes}`") })
    };
    let together = |needs: &&[Need]| needs.iter().filter_map(words).collect::<Vec<_>>().join(" and ");
    let mut words: Vec<String> = alternatives.iter().map(together).collect();
    words.dedup();
    let words = words.join(" or ");
    let given = if asking.demand.caller.credentials.is_some() { "call" } else { "client" };
    let operation = asking.operation;
    RawError::configuration(format!(
        "{operation} needs credentials for {words}: none that fit were given to the {given}"
    ))
}

impl Authorized {
    /// A token that was given, in the headers of the scheme.
    async fn bearer(&mut self, source: &Source, facts: Option<&TokenFacts>) -> Result<Secret, RawError> {
        let answer = source.ask("bearer token").await?;
        let token = without_scheme(answer.expose());
        if token.is_empty() {
            return Err(RawError::configuration("the bearer token is empty"));
        }
        if let Some(facts) = facts {
            let now = std::time::SystemTime::UNIX_EPOCH;
            self.carry(facts, &Token::new(token, now, now), "")?;
            return Ok(Secret::new(token));
        }
        let value = Secret::new(format!("Bearer {token}"));
        self.headers.insert(AUTHORIZATION, sensitive(value.expose())?);
        Ok(Secret::new(token))
    }

    async fn key(
        &mut self,
        source: &Source,
        place: KeyPlace,
        name: &'static str,
        facts: &ClientFacts,
    ) -> Result<Secret, RawError> {
        let key = source.ask("API key").await?;
        if key.expose().is_empty() {
            return Err(RawError::configuration("the API key is empty"));
        }
        match place {
            KeyPlace::Header => {
                self.headers.insert(header_name(name)?, sensitive(key.expose())?);
            }
            KeyPlace::Authorization => {
                // Whoever gives the scheme's name along means the same.
                let named = key.expose().split_once(' ').is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case(name));
                let value = Secret::new(if named { String::new() } else { format!("{name} ") } + key.expose());
                self.headers.insert(AUTHORIZATION, sensitive(value.expose())?);
            }
            KeyPlace::Query => joined(&mut self.query, "&", &pair(name, key.expose(), facts.query_spelling())),
            KeyPlace::Cookie => {
                sensitive(key.expose())?;
                if key.expose().contains(';') {
                    return Err(RawError::configuration("the API key has a `;`, which would end its cookie"));
                }
                joined(&mut self.cookie, "; ", &format!("{name}={}", key.expose()));
            }
        }
        Ok(key)
    }

    async fn token(&mut self, host: &impl Host, tokens: &Arc<Tokens>, demand: &Demand) -> Result<(), RawError> {
        let got = tokens.get(host, &demand.caller).await?;
        let facts = &tokens.issuer.facts;
        self.carry(facts, &got.token, tokens.issuer.client_id())?;
        if facts.refresh_on_unauthorized && !got.fresh {
            self.renewable = Some((Arc::clone(tokens), got.token.access_token));
        }
        Ok(())
    }

    /// Puts a token into the headers that carry it.
    fn carry(&mut self, facts: &TokenFacts, token: &Token, client_id: &str) -> Result<(), RawError> {
        for (name, template) in facts.carriers() {
            let value = Secret::new(carried(template, token, client_id));
            self.headers.insert(header_name(name)?, sensitive(value.expose())?);
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

    /// What the request is signed with, if it is.
    pub(crate) fn signing_key(&self) -> Option<&Secret> {
        self.signing_key.as_ref()
    }

    /// The request's query with the credentials.
    pub(crate) fn query(&self, query: &str) -> String {
        match &self.query {
            None => query.to_owned(),
            Some(key) if query.is_empty() => key.expose().to_owned(),
            Some(key) => format!("{query}&{}", key.expose()),
        }
    }

    /// After a 401: forgets the cached token that was refused. Tells whether the request may be repeated with a new one.
    pub(crate) async fn renew(&self, method: &Method) -> bool {
        let Some((tokens, refused)) = &self.renewable else { return false };
        tokens.refuse(refused).await;
        matches!(*method, Method::GET | Method::HEAD) || !tokens.issuer.facts.repeat_reads_only
    }
}

/// Adds a further secret of the same place.
fn joined(place: &mut Option<Secret>, separator: &str, more: &str) {
    *place = Some(match place.take() {
        None => Secret::new(more),
        Some(before) => Secret::new(format!("{}{separator}{more}", before.expose())),
    });
}

fn carried(template: &str, token: &Token, client_id: &str) -> String {
    fill(template, &|word| match word {
        "access_token" => Some(Cow::from(token.access_token.expose())),
        "token_type" => Some(Cow::from(&token.token_type)),
        "client_id" => Some(Cow::from(client_id)),
        _ => None,
    })
}

fn header_name(name: &'static str) -> Result<HeaderName, RawError> {
    HeaderName::try_from(name).map_err(|_| RawError::configuration(format!("'{name}' is not a header's name")))
}
