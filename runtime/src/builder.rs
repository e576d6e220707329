//! Setting up a client.
//!
//! Owns the builder that all clients share, its checks, and the runtime's defaults for limits. What the variables hold is
//! read by `env`; the settings of the HTTP client are in `transport`, those of redirects and of pages elsewhere in `led`.

pub(crate) mod env;
mod hooks;
mod led;
pub(crate) mod server;
#[cfg(feature = "reqwest")]
mod transport;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use self::env::known;
use crate::client::{ApiClient, Client, EnvironmentName, Limits, Shared, UnauthorizedHook};
use crate::credentials::{CredentialSet, Credentials, Settings, Token, TokenCache};
use crate::error::{ERROR_BODY, Error, RawError};
use crate::event::{Event, EventHub};
use crate::facts::{ClientFacts, SchemeKind, SecurityScheme};
use crate::headers;
use crate::hook::Hooks;
use crate::limit::{Limit, SENT};
use crate::redirect::RedirectPolicy;
use crate::retry::{Budget, RetryPolicy};
use crate::text::codec::memory::GROWTH;
use crate::text::invalid::Invalid;
use crate::time::{Clock, Random, Sleeper, SystemClock, SystemRandom, TokioSleeper};
use crate::transport::{BoxError, Transport};
use crate::url::{BaseUrl, page_origin, without_secrets};

/// Where nothing is declared.
const CONNECT: Duration = Duration::from_millis(3100);
const ATTEMPT: Duration = Duration::from_secs(30);
const STALL: Duration = Duration::from_secs(20);
const BODY: usize = 32 << 20;

/// Sets up a client.
pub struct Builder<C> {
    plan: Plan,
    client: PhantomData<fn() -> C>,
}

/// Puts a transport of the application's around another one.
type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// What was set so far. Not generic, so that it is compiled once.
#[derive(Default)]
struct Plan {
    environment: Option<String>,
    base_url: Option<String>,
    server_variables: Vec<(String, String)>,
    credentials: Vec<Credentials>,
    /// From the variables; what the application gives itself wins.
    env: env::FromEnv,
    headers: Vec<(String, String)>,
    token_headers: Vec<(String, String)>,
    user_agent_suffix: Option<String>,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    stall_timeout: Option<Duration>,
    max_response_bytes: Option<usize>,
    max_decoded_bytes: Option<usize>,
    read_retry: Option<RetryPolicy>,
    write_retry: Option<RetryPolicy>,
    token_retry: Option<RetryPolicy>,
    retry_keyed_writes: bool,
    tokens: Settings,
    rate_limit: Option<u32>,
    waits_for_rate_limit: bool,
    isolated: bool,
    tolerant: bool,
    page_origins: Vec<String>,
    redirect: Option<RedirectPolicy>,
    on_unauthorized: Option<UnauthorizedHook>,
    hooks: Hooks,
    events: EventHub,
    transport: Option<Arc<dyn Transport>>,
    wrappers: Vec<Wrap>,
    clock: Option<Arc<dyn Clock>>,
    sleeper: Option<Arc<dyn Sleeper>>,
    random: Option<Arc<dyn Random>>,
    #[cfg(feature = "reqwest")]
    http: crate::transport::http::Options,
}

#[allow(clippy::wrong_self_convention, reason = "`Pets::builder().from_env()?` is how people say it")]
impl<C: ApiClient> Builder<C> {
    /// Nothing set: the document's and the runtime's defaults.
    #[must_use]
    pub fn new() -> Self {
        Self { plan: Plan::default(), client: PhantomData }
    }

    /// Reads the variables that the document names. What is set on the builder, before or after, wins over them.
    pub fn from_env(self) -> Result<Self, Error<C::Error>> {
        self.from_variables(|name| std::env::var(name).ok())
    }

    /// Reads the same variables from somewhere else, for example from a configuration file or in a test.
    pub fn from_variables(mut self, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error<C::Error>> {
        self.plan.env = env::read(C::FACTS, &lookup).map_err(configuration)?;
        Ok(self)
    }

    /// A named server.
    #[must_use]
    pub fn environment(mut self, environment: C::Environment) -> Self {
        self.plan.environment = Some(environment.name().to_owned());
        self
    }

    /// Another server. A path is kept as a prefix, slashes at the end are not.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.plan.base_url = Some(url.into());
        self
    }

    /// A variable of a server's URL, in the document's server and in those that operations have for themselves.
    #[must_use]
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plan.server_variables.push((name.into(), value.into()));
        self
    }

    /// Sets the credentials. Call it once per security scheme if the document has several.
    #[must_use]
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.plan.credentials.push(credentials.into());
        self
    }

    /// Sets the maximum time for one attempt, including reading the body. Token requests have it for themselves.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.plan.timeout = Some(timeout);
        self
    }

    /// Time to establish a connection. Has no effect on a transport or HTTP client of your own.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.plan.connect_timeout = Some(timeout);
        self
    }

    /// Time of a call with all its attempts.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.plan.total_timeout = Some(timeout);
        self
    }

    /// Sets the maximum time to wait for the next chunk of a response body.
    #[must_use]
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.plan.stall_timeout = Some(timeout);
        self
    }

    /// The largest answer that is read into memory, counted after decompression.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.plan.max_response_bytes = Some(bytes);
        self
    }

    /// Maximum memory for the values that one response body, record or event is decoded into. Defaults to eight times
    /// `max_response_bytes`, which is 256 MiB, and to at least 1 MiB. A response that would take more fails with an error that names the place: see
    /// [`Error::is_too_large`].
    #[must_use]
    pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.plan.max_decoded_bytes = Some(bytes);
        self
    }

    /// Sets a header of every call. Token requests, and calls that log in, renew a session or log out, do not carry it: see
    /// [`Builder::token_header`].
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plan.headers.push((name.into(), value.into()));
        self
    }

    /// Sets a header of token requests, and of calls that log in, renew a session or log out, for example the key of a
    /// gateway. It is sent only to the origin of the base URL, never to a token endpoint elsewhere. Other calls do not carry
    /// it: see [`Builder::header`].
    #[must_use]
    pub fn token_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plan.token_headers.push((name.into(), value.into()));
        self
    }

    /// Follows the client's own user agent, after a space.
    #[must_use]
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.plan.user_agent_suffix = Some(suffix.into());
        self
    }

    /// How GET and HEAD are retried.
    #[must_use]
    pub fn read_retry(mut self, policy: RetryPolicy) -> Self {
        self.plan.read_retry = Some(policy);
        self
    }

    /// How everything else is retried, unless the document forbids it.
    #[must_use]
    pub fn write_retry(mut self, policy: RetryPolicy) -> Self {
        self.plan.write_retry = Some(policy);
        self
    }

    /// Whether a write with an idempotency key is repeated too when its connection broke or it timed out. Where the document
    /// does not say that the server recognises a repetition while the first request is still running, both may be carried
    /// out, so this is off until you switch it on.
    #[must_use]
    pub fn retry_keyed_writes(mut self, retry: bool) -> Self {
        self.plan.retry_keyed_writes = retry;
        self
    }

    /// How token requests are retried.
    #[must_use]
    pub fn token_retry(mut self, policy: RetryPolicy) -> Self {
        self.plan.token_retry = Some(policy);
        self
    }

    /// How long before its end a token is no longer used.
    #[must_use]
    pub fn refresh_margin(mut self, margin: Duration) -> Self {
        self.plan.tokens.margin = Some(margin);
        self
    }

    /// Where issued tokens are kept.
    #[must_use]
    pub fn token_cache(mut self, cache: Arc<dyn TokenCache>) -> Self {
        self.plan.tokens.cache = Some(cache);
        self
    }

    /// Called with every issued token, after it was cached. An error fails the call that needed the token.
    #[must_use]
    pub fn on_token_issued(mut self, hook: impl Fn(&Token) -> Result<(), BoxError> + Send + Sync + 'static) -> Self {
        self.plan.tokens.hook = Some(Arc::new(hook));
        self
    }

    /// At most so many requests in the window of the document's rate limit, or in 60 seconds where it declares none. Token
    /// requests and repetitions count. 0 is no limit.
    #[must_use]
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.plan.rate_limit = Some(requests);
        self
    }

    /// Calls wait for their turn when the rate limit is used up, as far as their time limit allows. Without it they fail at
    /// once, and the error tells how long to wait.
    #[must_use]
    pub fn wait_for_rate_limit(mut self, wait: bool) -> Self {
        self.plan.waits_for_rate_limit = wait;
        self
    }

    /// Gives this client its own token cache and rate limiter instead of the process-wide ones. Only clients of
    /// APIs that declare shared tokens or limits have process-wide ones.
    #[must_use]
    pub fn isolated(mut self, isolated: bool) -> Self {
        self.plan.isolated = isolated;
        self
    }

    /// Called with every event, before all other handlers, on a thread of its own.
    #[must_use]
    pub fn on_event(self, handler: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.plan.events.add_option(handler);
        self
    }

    /// Reads answers that stray from the document where nothing needed is lost: see the crate's documentation. A member
    /// that does not fit is kept raw with the members that the type does not name, and [`Event::Drift`] tells of it.
    #[must_use]
    pub fn tolerant(mut self, tolerant: bool) -> Self {
        self.plan.tolerant = tolerant;
        self
    }

    /// Carries the requests: a transport of your own, or the one for tests.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.plan.transport = Some(transport);
        self
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.plan.clock = Some(clock);
        self
    }

    /// Sets how the client sleeps between retries.
    #[must_use]
    pub fn sleeper(mut self, sleeper: Arc<dyn Sleeper>) -> Self {
        self.plan.sleeper = Some(sleeper);
        self
    }

    /// Sets the source of randomness for jitter and idempotency keys.
    #[must_use]
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.plan.random = Some(random);
        self
    }

    /// The client.
    pub fn build(self) -> Result<C, Error<C::Error>> {
        let refused = |error: RawError| Error::from_raw(error.with_code(C::FACTS.errors.bad_setup));
        let shared = self.plan.build(C::FACTS).map_err(refused)?;
        Ok(C::from_client(Client { shared: Arc::new(shared) }))
    }
}

impl<C: ApiClient> Builder<C> {
    /// Asked after a 401 that renewing a token has not settled: `true` makes the whole request once more, with whatever
    /// credentials the client's sources then give. Not asked for what opens, renews or closes the session itself.
    #[must_use]
    pub fn on_unauthorized<F>(mut self, hook: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = bool> + Send + 'static,
    {
        self.plan.on_unauthorized = Some(Arc::new(move || Box::pin(hook())));
        self
    }
}

impl<C: ApiClient> Default for Builder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("environment", &self.plan.environment)
            .field("base_url", &self.plan.base_url.as_deref().map(without_secrets))
            .field("credentials", &self.plan.credentials)
            .finish_non_exhaustive()
    }
}

fn configuration<A: crate::error::ApiErrorBody>(message: impl Into<String>) -> Error<A> {
    Error::from_raw(RawError::configuration(message))
}

impl Plan {
    fn build(self, facts: &'static ClientFacts) -> Result<Shared, RawError> {
        let base = self.base(facts).map_err(RawError::configuration)?;
        let base_is_chosen = self.base_is_chosen();
        let server = |server| crate::builder::server::url(server, &self.server_variables).map(Arc::from);
        let operation_servers = facts.operation_servers.iter().map(server).collect();
        self.check().map_err(RawError::configuration)?;
        let limits = self.limits(facts);
        let own_headers = |given, place| headers::own(facts, given, place).map_err(RawError::configuration);
        let default_headers = own_headers(&self.headers, "default headers")?;
        let token_headers = own_headers(&self.token_headers, "token headers")?;
        let constant_headers = headers::constant(facts).map_err(RawError::configuration)?;
        let user_agent =
            headers::user_agent(facts, self.user_agent_suffix.as_deref()).map_err(RawError::configuration)?;
        let credentials = self.bound(facts, &base).map_err(RawError::configuration)?;
        let rate_limit = self.rate_limit(facts, &base);
        let page_origins = self.page_origins.iter().map(|origin| page_origin(origin)).collect::<Result<_, _>>();
        let page_origins = page_origins.map_err(RawError::configuration)?;
        let connect = limit(self.connect_timeout, facts.connect_timeout_ms, Some(CONNECT));
        let transport = match self.transport {
            #[cfg(feature = "reqwest")]
            Some(_) if self.http.identity.is_some() => {
                return Err(RawError::transport(crate::transport::http::not_ours()));
            }
            Some(transport) => transport,
            #[cfg(feature = "reqwest")]
            None => self.http.transport(connect).map_err(RawError::transport)?,
            #[cfg(not(feature = "reqwest"))]
            None => return Err(no_transport(connect)),
        };
        let transport = self.wrappers.into_iter().fold(transport, |inner, wrap| wrap(inner));
        Ok(Shared {
            facts,
            base,
            base_is_chosen,
            operation_servers,
            default_headers,
            token_headers,
            constant_headers,
            user_agent,
            limits,
            read_retry: self.read_retry,
            write_retry: self.write_retry,
            token_retry: self.token_retry,
            retry_keyed_writes: self.retry_keyed_writes,
            credentials,
            transport,
            clock: self.clock.unwrap_or_else(|| Arc::new(SystemClock)),
            sleeper: self.sleeper.unwrap_or_else(|| Arc::new(TokioSleeper)),
            random: self.random.unwrap_or_else(|| Arc::new(SystemRandom::default())),
            events: self.events,
            budget: Budget::new(),
            limit: rate_limit,
            tolerant: self.tolerant,
            page_origins,
            redirect: self.redirect,
            on_unauthorized: self.on_unauthorized,
            hooks: self.hooks,
        })
    }

    /// The application's URL or environment, else the variables', else the document's default.
    fn base(&self, facts: &ClientFacts) -> Result<BaseUrl, Invalid> {
        if !self.base_is_chosen() {
            crate::builder::server::check(facts, &self.server_variables)?;
        }
        let template = match facts.server.filter(|_| !self.is_elsewhere()) {
            Some(server) => Some(crate::builder::server::url(&server, &self.server_variables)?),
            None => None,
        };
        let url = match (&self.base_url, &self.environment, &self.env.base_url, &self.env.environment) {
            (Some(url), ..) => url.as_str(),
            (None, Some(name), ..) => known(facts, name)?,
            (None, None, Some(url), _) => url.as_str(),
            (None, None, None, Some(name)) => known(facts, name)?,
            (None, None, None, None) if template.is_some() => template.as_deref().unwrap_or_default(),
            (None, None, None, None) if facts.default_environment.is_empty() => {
                return Err(crate::builder::server::missing(facts).into());
            }
            (None, None, None, None) => known(facts, facts.default_environment)?,
        };
        BaseUrl::of(url, facts).map_err(|fault| format!("the base URL '{}' {fault}", without_secrets(url)).into())
    }

    /// Whether a URL was chosen, which goes before an operation's own server too.
    fn base_is_chosen(&self) -> bool {
        self.base_url.is_some() || self.env.base_url.is_some()
    }

    /// Whether another server was chosen than the document's own.
    fn is_elsewhere(&self) -> bool {
        let env = &self.env;
        [&self.base_url, &self.environment, &env.base_url, &env.environment].into_iter().any(Option::is_some)
    }

    fn check(&self) -> Result<(), Invalid> {
        let times = [
            ("timeout", self.timeout),
            ("connect_timeout", self.connect_timeout),
            ("total_timeout", self.total_timeout),
            ("stall_timeout", self.stall_timeout),
        ];
        if let Some((name, _)) = times.iter().find(|(_, time)| time.is_some_and(|time| time.is_zero())) {
            return Err(format!("`{name}` must be longer than zero").into());
        }
        let policies =
            [("read_retry", &self.read_retry), ("write_retry", &self.write_retry), ("token_retry", &self.token_retry)];
        for (name, policy) in policies {
            if let Some(fault) = policy.as_ref().and_then(RetryPolicy::fault) {
                return Err(format!("`{name}`: {fault}").into());
            }
        }
        Ok(())
    }

    fn limits(&self, facts: &ClientFacts) -> Limits {
        let timeout = self.timeout.or(self.env.timeout_ms.map(Duration::from_millis));
        let body = self.max_response_bytes.unwrap_or(BODY);
        Limits {
            attempt: limit(timeout, facts.attempt_timeout_ms, Some(ATTEMPT)),
            total: limit(self.total_timeout, facts.total_timeout_ms, None),
            stall: limit(self.stall_timeout, facts.stall_timeout_ms, Some(STALL)),
            body,
            decoded: self.max_decoded_bytes.unwrap_or(decoded(body)),
            error_body: ERROR_BODY,
        }
    }

    /// Without credentials of any kind, a variable that was looked for and not found is the likely reason.
    fn bound(&self, facts: &'static ClientFacts, base: &BaseUrl) -> Result<CredentialSet, Invalid> {
        let given = self.given();
        for credentials in given {
            credentials.check().map_err(|(words, option)| match facts.variable(option) {
                Some(variable) => format!("{words} is empty (`{option}`, variable {variable})"),
                None => format!("{words} is empty"),
            })?;
        }
        match &self.env.missing {
            Some(missing) if given.is_empty() => {
                Err(format!("{missing}: set it, or give the client its credentials with `.credentials(…)`").into())
            }
            None if given.is_empty() && facts.credentials_required && !self.is_certified(facts) => {
                Err(no_credentials(facts).into())
            }
            _ => {
                let shared_at = (!self.isolated).then(|| base.as_str().to_owned());
                let settings = Settings { shared_at, ..self.tokens.clone() };
                CredentialSet::new(facts, given, &settings, self.connection_proves())
            }
        }
    }

    /// The application's credentials, else the variables'.
    fn given(&self) -> &[Credentials] {
        if self.credentials.is_empty() { &self.env.credentials } else { &self.credentials }
    }

    /// Whether the connection may prove who calls: by the certificate that was given, or by whatever a transport or an HTTP
    /// client of one's own presents.
    fn connection_proves(&self) -> bool {
        #[cfg(feature = "reqwest")]
        if self.http.client.is_some() || self.http.identity.is_some() {
            return true;
        }
        self.transport.is_some()
    }

    /// Whether no other credentials are needed, because a scheme takes what the connection proves.
    fn is_certified(&self, facts: &ClientFacts) -> bool {
        let mutual = |scheme: &SecurityScheme| matches!(scheme.kind, SchemeKind::MutualTls);
        self.connection_proves() && facts.security.iter().any(mutual)
    }

    /// The limit of requests, which clients of one server and of the same credentials may have in common.
    fn rate_limit(&self, facts: &ClientFacts, base: &BaseUrl) -> Option<Limit> {
        let declared = facts.rate_limit.as_ref();
        let shared = declared.is_some_and(|limit| limit.shared_in_process) && !self.isolated;
        let identities = self.given().iter().map(Credentials::identity).collect::<Option<Vec<_>>>();
        let sent = match identities.filter(|_| shared) {
            Some(identities) => SENT.of(format!("{}\n{}", base.as_str(), identities.join("\n"))),
            None => Arc::default(),
        };
        Limit::new(declared, self.rate_limit.or(self.env.rate_limit), self.waits_for_rate_limit, sent)
    }
}

fn no_credentials(facts: &ClientFacts) -> String {
    let options = ["client_id", "client_secret", "token", "api_key", "username", "password"];
    let known = options.iter().filter_map(|option| Some(format!("{} (`{option}`)", facts.variable(option)?)));
    let known: Vec<String> = known.collect();
    let variables =
        if known.is_empty() { String::new() } else { format!(", or set {} and use `from_env`", known.join(", ")) };
    format!("the client has no credentials: give them with `.credentials(…)`{variables}")
}

/// The application's limit, else the document's, else the runtime's. A declared 0 is none.
fn limit(set: Option<Duration>, declared: Option<u64>, default: Option<Duration>) -> Option<Duration> {
    match (set, declared) {
        (Some(limit), _) => Some(limit),
        (None, Some(0)) => None,
        (None, Some(milliseconds)) => Some(Duration::from_millis(milliseconds)),
        (None, None) => default,
    }
}

/// A small multiple of the body's limit, and never so little that a small body does not fit.
fn decoded(body: usize) -> usize {
    body.saturating_mul(GROWTH).max(1 << 20)
}

#[cfg(not(feature = "reqwest"))]
fn no_transport(_: Option<Duration>) -> RawError {
    RawError::configuration(
        "there is no transport: enable the feature `rustls` or `native-tls` of the client's crate, or give one with `.transport(…)`",
    )
}
