//! One token request for everybody who waits.
//!
//! Owns the decision between the cached token and a new one, and the sharing of a running request. The request runs as a
//! task of the Tokio runtime that its first caller is on, so it goes on when that caller is cancelled. If that runtime ends
//! first, or if there is no Tokio runtime (with a transport of one's own), the next waiter starts over.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tracing::Instrument;

use super::cache::MemoryTokenCache;
use super::token::{Issuer, Wanted};
use super::{Token, TokenCache};
use crate::client::Client;
use crate::error::{ErrorKind, RawError};
use crate::event::{AuthCacheHitEvent, AuthCacheMissEvent, Event};
use crate::facts::SessionRole;
use crate::process;
use crate::reply::RawReply;
use crate::secret::Secret;
use crate::time::{BoxFuture, unit};

type Answer = Result<Token, RawError>;
type Round = watch::Receiver<Option<Answer>>;

/// A waiter whose rounds are abandoned this often gives up.
const ROUNDS: u32 = 32;
/// Where nothing is declared: this long before its end, or this part of its lifetime, a token is no longer used.
const MARGIN: Duration = Duration::from_secs(60);
const MARGIN_PART: f64 = 0.2;
/// Where nothing is declared, a round that follows a failed one starts this long after it.
const PACE: Duration = Duration::from_secs(1);

/// The tokens of one scheme.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) issuer: Issuer,
    store: Arc<TokenStore>,
}

/// A token and the request for one. Clients that are alike may have one in common.
#[derive(Debug)]
pub(crate) struct TokenStore {
    cache: Arc<dyn TokenCache>,
    state: Mutex<State>,
}

impl TokenStore {
    fn new(cache: Arc<dyn TokenCache>) -> Self {
        Self { cache, state: Mutex::default() }
    }
}

impl Default for TokenStore {
    fn default() -> Self {
        Self::new(Arc::new(MemoryTokenCache::default()))
    }
}

#[derive(Debug, Default)]
struct State {
    /// Counts finished rounds and clearings: what was read from the cache before the count changed may be outdated.
    generation: u64,
    round: Option<Round>,
    /// When the last round began, if it failed.
    failed: Option<Instant>,
}

/// A token, and whether it came for this call.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) token: Token,
    pub(crate) fresh: bool,
}

impl Tokens {
    pub(crate) fn new(issuer: Issuer) -> Self {
        let store = match (&issuer.settings.cache, issuer.shared_key()) {
            // Whoever brings a cache has decided who shares it.
            (Some(cache), _) => Arc::new(TokenStore::new(Arc::clone(cache))),
            (None, Some(key)) => process::TOKENS.of(key),
            (None, None) => Arc::default(),
        };
        Self { issuer, store }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.store.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token that is good now.
    pub(crate) async fn get(self: &Arc<Self>, client: &Client, wanted: &Wanted) -> Result<Got, RawError> {
        let mut missed = false;
        for _ in 0..ROUNDS {
            let seen = self.state().generation;
            if let Some(token) = self.store.cache.get().await
                && self.is_good(client, &token)
            {
                hit(client, &token);
                return Ok(Got { token, fresh: false });
            }
            if let Some(refusal) = self.issuer.refusal() {
                return Err(refusal);
            }
            let Some((round, task)) = self.join(seen, client, wanted) else { continue };
            if !std::mem::replace(&mut missed, true) {
                self.miss(client);
            }
            if let Some(task) = task {
                task.await;
            }
            if let Some(answer) = finish(round).await {
                return answer.map(|token| Got { token, fresh: true });
            }
        }
        Err(RawError::new(ErrorKind::Network, "the token request was given up again and again"))
    }

    fn miss(&self, client: &Client) {
        let scope = || self.issuer.scope.clone();
        client.shared.events.emit(|| Event::AuthCacheMiss(AuthCacheMissEvent { scope: scope() }));
    }

    /// Whether a token ends late enough.
    fn is_good(&self, client: &Client, token: &Token) -> bool {
        let margin = self.margin(client, token);
        let last = client.shared.clock.wall().checked_add(margin);
        last.is_some_and(|last| token.expires_at > last)
    }

    fn margin(&self, client: &Client, token: &Token) -> Duration {
        let declared = self.issuer.facts.refresh_margin.map(Duration::from_secs);
        self.issuer.settings.margin.or(declared).unwrap_or_else(|| {
            let lifetime = token.expires_at.duration_since(token.issued_at).unwrap_or_default();
            let margin = MARGIN.min(lifetime.mul_f64(MARGIN_PART));
            // Processes that started together should not all refresh in the same second.
            margin.mul_f64(1.0 - 0.25 * unit(&*client.shared.random))
        })
    }

    /// Joins the running round or starts one, which the caller has to drive where a task is returned too. `None` if the
    /// cache must be read again first.
    fn join(self: &Arc<Self>, seen: u64, client: &Client, wanted: &Wanted) -> Option<(Round, Option<BoxFuture<()>>)> {
        let mut state = self.state();
        // A round whose task is gone without an answer was abandoned; a finished one is never left here.
        if let Some(round) = state.round.as_ref().filter(|round| round.has_changed().is_ok()) {
            return Some((round.clone(), None));
        }
        if state.generation != seen {
            return None;
        }
        let (sender, round) = watch::channel(None);
        state.round = Some(round.clone());
        let pause = self.pause(client, &state);
        drop(state);
        let task = Arc::clone(self).round(sender, client.clone(), wanted.clone(), pause);
        Some((round, start(task)))
    }

    async fn round(
        self: Arc<Self>,
        sender: watch::Sender<Option<Answer>>,
        client: Client,
        wanted: Wanted,
        pause: Option<Duration>,
    ) {
        if let Some(pause) = pause {
            client.shared.sleeper.sleep(pause).await;
        }
        let began = client.shared.clock.now();
        let mine = sender.subscribe();
        let answer = self.fetch(&client, &wanted, &mine).await;
        // What the client's own limit refused was never sent, so no server needs a rest from it.
        let refused = answer.as_ref().is_err_and(|error| error.0.kind != ErrorKind::RateLimit);
        self.close(&mine, refused.then_some(began));
        sender.send_replace(Some(answer));
    }

    /// How long a new round must wait because the last one failed. A document that declares how token requests are retried
    /// has said all there is to say.
    fn pause(&self, client: &Client, state: &State) -> Option<Duration> {
        let undeclared = client.shared.facts.retry_token.mode == crate::facts::RetryMode::Undeclared;
        let since = client.shared.clock.now().saturating_duration_since(state.failed?);
        undeclared.then(|| PACE.saturating_sub(since)).filter(|pause| !pause.is_zero())
    }

    async fn fetch(&self, client: &Client, wanted: &Wanted, mine: &Round) -> Answer {
        let token = self.issuer.fetch(client, wanted).await?;
        if self.is_current(mine) {
            self.store.cache.set(token.clone()).await;
            // Whoever cleared meanwhile wanted this token gone too.
            if !self.is_current(mine) {
                self.store.cache.clear().await;
            }
        }
        self.issuer.announce(client, &token)?;
        Ok(token)
    }

    fn is_current(&self, mine: &Round) -> bool {
        self.state().round.as_ref().is_some_and(|round| round.same_channel(mine))
    }

    fn close(&self, mine: &Round, failed: Option<Instant>) {
        let mut state = self.state();
        state.generation += 1;
        state.failed = failed;
        if state.round.as_ref().is_some_and(|round| round.same_channel(mine)) {
            state.round = None;
        }
    }

    /// Forgets the token and the running round.
    pub(crate) async fn clear(&self) {
        self.leave();
        self.store.cache.clear().await;
    }

    fn leave(&self) {
        let mut state = self.state();
        state.generation += 1;
        state.round = None;
    }

    /// Forgets a token that the server refused, unless it was replaced meanwhile.
    pub(crate) async fn refuse(&self, refused: &Secret) {
        if self.store.cache.get().await.is_some_and(|token| token.access_token == *refused) {
            self.store.cache.clear().await;
            self.state().generation += 1;
        }
    }

    /// What an answer of an operation does to the session.
    pub(crate) async fn settle(&self, client: &Client, role: SessionRole, reply: &RawReply) {
        if role == SessionRole::Closes {
            self.issuer.session.clear();
            return self.clear().await;
        }
        // An answer without a token, a second question perhaps, changes nothing.
        if let Some(token) = self.issuer.take(reply, client.shared.clock.wall()) {
            self.leave();
            self.store.cache.set(token).await;
        }
    }

    /// Asks the endpoint without looking into the cache; keeps the token if it is the one that calls would ask for.
    pub(crate) async fn issue(&self, client: &Client, wanted: &Wanted) -> Answer {
        let token = self.issuer.fetch(client, wanted).await?;
        if wanted.scope == self.issuer.scope {
            self.store.cache.set(token.clone()).await;
            self.state().generation += 1;
        }
        self.issuer.announce(client, &token)?;
        Ok(token)
    }
}

/// On a Tokio runtime the request is a task of its own and survives its caller. Elsewhere the caller must drive it.
fn start(task: impl Future<Output = ()> + Send + 'static) -> Option<BoxFuture<()>> {
    let task = task.instrument(tracing::Span::current());
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => {
            drop(runtime.spawn(task));
            None
        }
        Err(_) => Some(Box::pin(task)),
    }
}

/// The round's answer, or `None` if it was abandoned.
async fn finish(mut round: Round) -> Option<Answer> {
    let answer = round.wait_for(Option::is_some).await.ok()?;
    answer.clone()
}

fn hit(client: &Client, token: &Token) {
    client.shared.events.emit(|| {
        Event::AuthCacheHit(AuthCacheHitEvent { expires_at: Some(token.expires_at), scope: token.scope.clone() })
    });
}
