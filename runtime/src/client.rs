//! The client: everything that its calls share.
//!
//! Owns the shared state and the traits that generated clients implement. How it is set up is the builder's affair, what a
//! call does with it is `call`'s.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::credentials::CredentialSet;
use crate::error::ApiErrorBody;
use crate::event::{EventHub, Events};
use crate::facts::{ClientFacts, OperationFacts};
use crate::hook::Hooks;
use crate::limit::Limit;
use crate::redirect::RedirectPolicy;
use crate::retry::{Budget, RetryPolicy};
use crate::text::invalid::Invalid;
use crate::time::{BoxFuture, Clock, Random, Sleeper};
use crate::transport::Transport;
use crate::url::BaseUrl;

/// A client that typewright generated.
pub trait ApiClient: Sized {
    /// The error enum.
    type Error: ApiErrorBody;
    /// The named servers.
    type Environment: EnvironmentName;
    /// What holds for every call.
    const FACTS: &'static ClientFacts;

    /// Wraps the client that the builder made.
    fn from_client(client: Client) -> Self;
}

/// A named server of an API.
pub trait EnvironmentName {
    /// The name, as the client's facts spell it.
    fn name(&self) -> &str;
}

/// For an API without named servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEnvironment {}

impl EnvironmentName for NoEnvironment {
    fn name(&self) -> &str {
        match *self {}
    }
}

/// What the calls of one client share. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) facts: &'static ClientFacts,
    pub(crate) base: BaseUrl,
    /// Whether the application or the environment chose it, so that it goes before an operation's own server.
    pub(crate) base_is_chosen: bool,
    /// URLs of the servers with variables that operations have for themselves, or why one cannot be asked.
    pub(crate) operation_servers: Vec<Result<Arc<str>, Invalid>>,
    /// The application's own headers of every call.
    pub(crate) default_headers: HeaderMap,
    /// Those of token requests, for the origin of the base URL only.
    pub(crate) token_headers: HeaderMap,
    /// Constant headers of the document.
    pub(crate) constant_headers: HeaderMap,
    pub(crate) user_agent: http::HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) read_retry: Option<RetryPolicy>,
    pub(crate) write_retry: Option<RetryPolicy>,
    pub(crate) token_retry: Option<RetryPolicy>,
    pub(crate) retry_keyed_writes: bool,
    pub(crate) credentials: CredentialSet,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sleeper: Arc<dyn Sleeper>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) events: EventHub,
    pub(crate) budget: Budget,
    pub(crate) limit: Option<Limit>,
    pub(crate) tolerant: bool,
    /// Further origins to which links to pages may lead.
    pub(crate) page_origins: Vec<BaseUrl>,
    pub(crate) redirect: Option<RedirectPolicy>,
    pub(crate) on_unauthorized: Option<UnauthorizedHook>,
    pub(crate) hooks: Hooks,
}

/// What the application does about a 401; tells whether the request is made once more.
pub(crate) type UnauthorizedHook = Arc<dyn Fn() -> BoxFuture<bool> + Send + Sync>;

/// Limits of time and size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) attempt: Option<Duration>,
    pub(crate) total: Option<Duration>,
    pub(crate) stall: Option<Duration>,
    pub(crate) body: usize,
    /// Memory of the values that one body, record or event becomes.
    pub(crate) decoded: usize,
    pub(crate) error_body: usize,
}

impl Shared {
    /// Whether a path, or a whole URL, leads to the origin of the base URL.
    pub(crate) fn is_at_base(&self, path: &str) -> bool {
        self.base.join(path, "").is_ok_and(|target| self.base.is_origin_of(&target))
    }

    /// The URL that the path of a request is below.
    pub(crate) fn base_of<'a>(&'a self, own: Option<&'a str>) -> &'a str {
        own.unwrap_or_else(|| self.base.as_str())
    }

    /// The operation's own server, where that is the one to ask, or why it cannot be asked.
    pub(crate) fn own_base(&self, facts: &OperationFacts) -> Result<Option<Arc<str>>, Invalid> {
        let templated = facts.server.and_then(|index| {
            Some((self.facts.operation_servers.get(index)?.template, self.operation_servers.get(index)?))
        });
        let path = match templated {
            Some((template, server)) if template.starts_with('/') => Some(server.as_deref().map_err(Invalid::clone)?),
            _ => facts.base_url.filter(|url| url.starts_with('/')),
        };
        if let Some(path) = path {
            return Ok(Some(format!("{}{path}", self.base.origin()).into()));
        }
        if self.base_is_chosen {
            return Ok(None);
        }
        match templated {
            Some((_, server)) => server.clone().map(Some),
            None => Ok(facts.base_url.map(Arc::from)),
        }
    }
}

impl Client {
    /// The events of this client and its clones.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events::new(&self.shared.events)
    }

    /// The base URL, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.base.as_str()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("name", &self.shared.facts.name)
            .field("base_url", &self.shared.base.as_str())
            .field("credentials", &self.shared.credentials)
            .field("limits", &self.shared.limits)
            .finish_non_exhaustive()
    }
}
