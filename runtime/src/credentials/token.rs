//! Asking a token endpoint for a token.
//!
//! Owns the request, reading its answer, and what is configured of it. When to ask is `flight`'s decision.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use bytes::Bytes;
use http::HeaderValue;

use super::session::Session;
use super::{CallerIds, Host, Proof, TokenCache, TokenRequest};
use crate::error::RawError;
use crate::event::{AuthTokenIssuedEvent, Event};
use crate::facts::{TokenCredentials, TokenFacts};
use crate::process::digest;
use crate::reply::RawReply;
use crate::text::envelope::Envelope;
use crate::text::secret::Secret;
use crate::text::style::{Spelling, pair};
use crate::text::template::fill;
use crate::time::BoxError;
use crate::url::{BaseUrl, resolve};

/// A token that an endpoint issued.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token {
    /// The token itself.
    pub access_token: Secret,
    /// Its type, as the endpoint spells it; `Bearer` if it says nothing.
    pub token_type: String,
    /// What it allows, if the endpoint says so.
    pub scope: Option<String>,
    /// When it was asked for.
    pub issued_at: SystemTime,
    /// When it ends.
    pub expires_at: SystemTime,
}

impl Token {
    /// A token of type `Bearer`; for caches that rebuild one.
    pub fn new(access_token: impl Into<Secret>, issued_at: SystemTime, expires_at: SystemTime) -> Self {
        Self { access_token: access_token.into(), token_type: "Bearer".to_owned(), scope: None, issued_at, expires_at }
    }

    /// The lifetime in whole seconds.
    #[must_use]
    pub fn expires_in(&self) -> u64 {
        self.expires_at.duration_since(self.issued_at).unwrap_or_default().as_secs()
    }
}

/// Called with every issued token; an error fails the call that needed the token.
pub(crate) type IssuedHook = Arc<dyn Fn(&Token) -> Result<(), BoxError> + Send + Sync>;

/// What an application may set about tokens.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) margin: Option<Duration>,
    pub(crate) cache: Option<Arc<dyn TokenCache>>,
    pub(crate) hook: Option<IssuedHook>,
    /// The base URL, where tokens may be shared with other clients of the process.
    pub(crate) shared_at: Option<String>,
}

/// A token endpoint and its grant.
pub(crate) struct Issuer {
    pub(crate) facts: TokenFacts,
    grant: Grant,
    pub(crate) scope: Option<String>,
    pub(crate) settings: Settings,
}

/// How an endpoint issues tokens.
pub(crate) enum Grant {
    /// The client's own credentials.
    ClientCredentials { id: String, secret: Secret },
    /// A session that began with a login.
    Session(Session),
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("url", &self.facts.url).field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// Which token is asked for, and what the request has of whoever asks.
#[derive(Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) scope: Option<String>,
    pub(crate) caller: CallerIds,
}

/// Where the answer names no lifetime and the document none either.
const LIFETIME: u64 = 300;
/// In seconds.
const LONGEST: f64 = (1_u64 << 34) as f64;

impl Issuer {
    pub(crate) fn new(facts: TokenFacts, grant: Grant, scope: Option<String>, settings: Settings) -> Self {
        let scope = scope.or_else(|| facts.scope.map(str::to_owned));
        Self { facts, grant, scope, settings }
    }

    /// The session, where tokens come of logging in.
    pub(crate) fn session(&self) -> Option<&Session> {
        match &self.grant {
            Grant::ClientCredentials { .. } => None,
            Grant::Session(session) => Some(session),
        }
    }

    /// The id of the client that tokens are issued to; a session has none.
    pub(crate) fn client_id(&self) -> &str {
        match &self.grant {
            Grant::ClientCredentials { id, .. } => id,
            Grant::Session(_) => "",
        }
    }

    /// Why no token can be had, where that is known without asking.
    pub(crate) fn refusal(&self) -> Option<RawError> {
        let closed = self.session().is_some_and(|session| !session.is_open());
        closed.then(|| RawError::configuration("nobody is logged in: log in with this client first"))
    }

    /// The token of an answer that opens or renews the session, which keeps the cookie that came with it.
    pub(crate) fn take(&self, reply: &RawReply, now: SystemTime) -> Option<Token> {
        let token = self.read(reply, now).ok()?;
        self.keep_cookie(reply, now);
        Some(token)
    }

    fn keep_cookie(&self, reply: &RawReply, now: SystemTime) {
        if let (Some(session), Some(name)) = (self.session(), self.facts.session) {
            session.take(name, &reply.headers, &reply.target, now);
        }
    }

    /// What makes two clients share their tokens; `None` if they do not.
    pub(crate) fn shared_key(&self) -> Option<String> {
        let Grant::ClientCredentials { id, secret } = &self.grant else { return None };
        let base = self.settings.shared_at.as_ref().filter(|_| self.facts.shared_in_process)?;
        let scope = self.scope.as_deref().unwrap_or_default();
        Some([base, self.facts.url, id, &digest(secret), scope].join("\n"))
    }

    /// Where tokens come from: below the base URL, or a whole URL.
    fn endpoint(&self, base: &BaseUrl) -> Result<String, RawError> {
        let url = self.facts.url;
        if !self.facts.resolved_by_server {
            return Ok(url.to_owned());
        }
        let base = base.join("/", "").map_err(RawError::configuration)?;
        let target = resolve(&base, url).map(|target| target.to_string());
        target.ok_or_else(|| RawError::configuration(format!("the token endpoint '{url}' is no URL")))
    }

    /// Asks the endpoint. Nothing is cached here.
    pub(crate) async fn fetch(&self, host: &impl Host, wanted: &Wanted) -> Result<Token, RawError> {
        let request = self.request(host, wanted)?;
        // A lifetime counts from before the request: the server's clock began somewhere in between.
        let asked_at = host.clock().wall();
        let reply = host.request_token(request).await.inspect_err(|error| {
            // The server knows the session no more.
            if let (Some(session), Some(400..=403)) = (self.session(), error.0.status) {
                session.clear();
            }
        })?;
        let token = self.read(&reply, asked_at).map_err(|error| error.in_operation(self.facts.operation))?;
        self.keep_cookie(&reply, asked_at);
        Ok(token)
    }

    /// Tells handlers and the application's hook. Comes after caching.
    pub(crate) fn announce(&self, host: &impl Host, token: &Token) -> Result<(), RawError> {
        tracing::info!(target: "typewright", client = host.facts().name, scope = token.scope, "token issued");
        host.events().emit(|| {
            Event::AuthTokenIssued(AuthTokenIssuedEvent {
                expires_at: token.expires_at,
                token_type: Some(token.token_type.clone()),
                scope: token.scope.clone(),
            })
        });
        let Some(hook) = &self.settings.hook else { return Ok(()) };
        hook(token).map_err(|error| {
            RawError::configuration("the hook for issued tokens failed")
                .in_operation(self.facts.operation)
                .with_source(error)
        })
    }

    fn request(&self, host: &impl Host, wanted: &Wanted) -> Result<TokenRequest, RawError> {
        let proof = match &self.grant {
            Grant::Session(_) => Proof::Cookie,
            Grant::ClientCredentials { id, secret } => {
                // RFC 6749 wants id and secret percent-encoded first; the endpoints that are in use do not.
                let in_header = self.facts.credentials == TokenCredentials::Basic;
                let authorization = in_header.then(|| basic(id, secret)).transpose()?;
                Proof::Form { body: self.form((id, secret), wanted.scope.as_deref()), authorization }
            }
        };
        let url = self.endpoint(host.base())?;
        Ok(TokenRequest { operation: self.facts.operation, url, proof, caller: wanted.caller.clone() })
    }

    fn form(&self, credentials: (&str, &Secret), scope: Option<&str>) -> String {
        let spelling = if self.facts.component_form { Spelling::Component } else { Spelling::Form };
        let mut pairs = Vec::new();
        for (name, template) in self.facts.fields {
            if let Some(value) = field(template, credentials, scope) {
                pairs.push(pair(name, &value, spelling));
            }
        }
        let told = |name: &str| self.facts.fields.iter().any(|(_, template)| template.contains(name));
        if self.facts.credentials == TokenCredentials::Form && !told("{client_id}") && !told("{client_secret}") {
            pairs.push(pair("client_id", credentials.0, spelling));
            pairs.push(pair("client_secret", credentials.1.expose(), spelling));
        }
        pairs.join("&")
    }

    fn read(&self, reply: &RawReply, issued_at: SystemTime) -> Result<Token, RawError> {
        let facts = &self.facts;
        let answer = Envelope::parse(&reply.body).map_err(|error| unreadable(reply.undecodable(error)))?;
        let Some(access_token) = answer.text(facts.access_token) else {
            return Err(missing(reply, facts.access_token));
        };
        let declared = facts.default_lifetime.map(|seconds| seconds as f64);
        // Where the document knows better, a lifetime of nothing is none.
        let lifetime = answer
            .number(facts.expires_in)
            .filter(|lifetime| declared.is_none() || *lifetime > 0.0)
            .or(declared)
            // The end of a session's token shows in a 401.
            .unwrap_or(if self.session().is_some() { LONGEST } else { LIFETIME as f64 });
        // A lifetime that no calendar holds never ends; the cap is the year 2514 or so. One that is over, or is no number,
        // ends at once: the token still serves the call that asked for it.
        let lifetime = Duration::try_from_secs_f64(lifetime.clamp(0.0, LONGEST)).unwrap_or_default();
        Ok(Token {
            access_token: Secret::new(access_token),
            token_type: answer.text(facts.token_type).unwrap_or_else(|| "Bearer".to_owned()),
            scope: answer.text(&["/scope"]),
            issued_at,
            expires_at: issued_at.checked_add(lifetime).unwrap_or(issued_at),
        })
    }
}

/// A field's value; `None` if its placeholder is unset.
fn field(template: &str, (id, secret): (&str, &Secret), scope: Option<&str>) -> Option<String> {
    if template.contains("{scope}") && scope.is_none() {
        return None;
    }
    Some(fill(template, &|word| match word {
        "client_id" => Some(Cow::from(id)),
        "client_secret" => Some(Cow::from(secret.expose())),
        "scope" => Some(Cow::from(scope.unwrap_or_default())),
        _ => None,
    }))
}

/// The body of a token answer may be a token: it is not kept on the error.
fn unreadable(mut error: RawError) -> RawError {
    error.0.body = Bytes::new();
    error
}

fn missing(reply: &RawReply, pointers: &[&str]) -> RawError {
    let member = pointers.first().map_or("access_token", |pointer| pointer.trim_start_matches('/'));
    let mut error = RawError::new(crate::error::ErrorKind::Decode, format!("the answer holds no `{member}`"));
    error.0.status = Some(reply.status());
    error.0.json_path = Some(member.to_owned());
    error
}

/// `Basic base64(user:password)`, marked as sensitive. RFC 7617, section 2: the server takes the first colon for the one
/// between them, and neither has control characters.
pub(crate) fn basic(user: &str, password: &Secret) -> Result<HeaderValue, RawError> {
    if user.contains(':') || user.chars().chain(password.expose().chars()).any(char::is_control) {
        return Err(RawError::configuration(
            "a user or a client id with a colon, or control characters, cannot be sent",
        ));
    }
    let pair = Secret::new(format!("{user}:{}", password.expose()));
    let text = Secret::new(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair.expose())));
    sensitive(text.expose())
}

/// A header's value that no log shows.
pub(crate) fn sensitive(text: &str) -> Result<HeaderValue, RawError> {
    let mut value = HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| RawError::configuration("a credential has characters that a header cannot hold"))?;
    value.set_sensitive(true);
    Ok(value)
}
