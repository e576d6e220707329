//! One token request for everybody who waits.
//!
//! Owns the decision between the cached token and a new one, and which running request callers join. The request has the
//! client's limits, whoever begins it: a caller that is in a hurry gives up waiting, and the request goes on for the others.
//! How it is driven, and what happens when its runtime ends or stands still, is in `round`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::cache::MemoryTokenCache;
use super::round::{Answer, Round, Waited};
use super::token::{Issuer, Wanted};
use super::{CallerIds, Host, Token, TokenCache};
use crate::error::{ErrorKind, RawError};
use crate::event::{AuthCacheHitEvent, AuthCacheMissEvent, Event};
use crate::facts::SessionRole;
use crate::process::Shared;
use crate::reply::RawReply;
use crate::text::secret::Secret;
use crate::time::{pause, unit};

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

/// Those of the clients of this process that are alike, where the document says that they share them.
static TOKENS: Shared<TokenStore> = Shared::new();

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
    round: Option<Arc<Round>>,
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
            (None, Some(key)) => TOKENS.of(key),
            (None, None) => Arc::default(),
        };
        Self { issuer, store }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.store.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token that is good now, with the configured scope. A request for one has ids of this caller.
    pub(crate) async fn get(self: &Arc<Self>, host: &impl Host, caller: &CallerIds) -> Result<Got, RawError> {
        let mut missed = false;
        for _ in 0..ROUNDS {
            let seen = self.state().generation;
            if let Some(token) = self.store.cache.get().await
                && self.is_good(host, &token)
            {
                hit(host, &token);
                return Ok(Got { token, fresh: false });
            }
            if let Some(refusal) = self.issuer.refusal() {
                return Err(refusal);
            }
            let Some(round) = self.join(seen, host, caller) else { continue };
            if !std::mem::replace(&mut missed, true) {
                self.miss(host);
            }
            match round.wait(host.sleeper()).await? {
                Waited::Answered(answer) => return answer.map(|token| Got { token, fresh: true }),
                Waited::Lost => {}
                Waited::Lifeless => self.give_up(host, &round),
            }
        }
        Err(RawError::new(ErrorKind::Network, "the token request was given up again and again"))
    }

    fn miss(&self, host: &impl Host) {
        let scope = || self.issuer.scope.clone();
        host.events().emit(|| Event::AuthCacheMiss(AuthCacheMissEvent { scope: scope() }));
    }

    /// Whether a token ends late enough.
    fn is_good(&self, host: &impl Host, token: &Token) -> bool {
        let margin = self.margin(host, token);
        let last = host.clock().wall().checked_add(margin);
        last.is_some_and(|last| token.expires_at > last)
    }

    fn margin(&self, host: &impl Host, token: &Token) -> Duration {
        let declared = self.issuer.facts.refresh_margin.map(Duration::from_secs);
        self.issuer.settings.margin.or(declared).unwrap_or_else(|| {
            let lifetime = token.expires_at.duration_since(token.issued_at).unwrap_or_default();
            let margin = MARGIN.min(lifetime.mul_f64(MARGIN_PART));
            // Processes that started together should not all refresh in the same second.
            margin.mul_f64(1.0 - 0.25 * unit(host.random()))
        })
    }

    /// Joins the running round or starts one. `None` if the cache must be read again first.
    fn join(self: &Arc<Self>, seen: u64, host: &impl Host, caller: &CallerIds) -> Option<Arc<Round>> {
        let mut state = self.state();
        if let Some(round) = state.round.as_ref().filter(|round| !round.is_over()) {
            return Some(Arc::clone(round));
        }
        if state.generation != seen {
            return None;
        }
        let round = Round::new();
        state.round = Some(Arc::clone(&round));
        let pause = self.pause(host, &state);
        drop(state);
        let wanted = Wanted { scope: self.issuer.scope.clone(), caller: caller.of_token_request() };
        let request = Arc::clone(self).round(Arc::clone(&round), host.clone(), wanted, pause);
        round.start(Box::pin(request));
        Some(round)
    }

    async fn round(
        self: Arc<Self>,
        mine: Arc<Round>,
        host: impl Host,
        wanted: Wanted,
        wait: Option<Duration>,
    ) -> Answer {
        if let Some(wait) = wait {
            pause(host.sleeper(), wait).await?;
        }
        let began = host.clock().now();
        let answer = self.fetch(&host, &wanted, &mine).await;
        // What the client itself refused was never sent, so no server needs a rest from it.
        let kind = answer.as_ref().err().map(|error| error.0.kind);
        let refused = kind.is_some_and(|kind| !matches!(kind, ErrorKind::RateLimit | ErrorKind::Configuration));
        self.close(&mine, refused.then_some(began));
        answer
    }

    /// Gives up a round that nobody drives. If it was answered after all, this does nothing.
    fn give_up(&self, host: &impl Host, round: &Arc<Round>) {
        let name = host.facts().name;
        tracing::warn!(target: "typewright", client = name, "a token request stands still with its runtime: starting over");
        let mut state = self.state();
        if state.round.as_ref().is_some_and(|current| Arc::ptr_eq(current, round)) {
            state.round = None;
        }
        drop(state);
        round.lose();
    }

    /// How long a new round must wait because the last one failed. A document that declares how token requests are retried
    /// has said all there is to say.
    fn pause(&self, host: &impl Host, state: &State) -> Option<Duration> {
        let undeclared = host.facts().retry_token.mode == crate::facts::RetryMode::Undeclared;
        let since = host.clock().now().saturating_duration_since(state.failed?);
        undeclared.then(|| PACE.saturating_sub(since)).filter(|pause| !pause.is_zero())
    }

    async fn fetch(&self, host: &impl Host, wanted: &Wanted, mine: &Arc<Round>) -> Answer {
        let token = self.issuer.fetch(host, wanted).await?;
        if self.is_current(mine) {
            self.store.cache.set(token.clone()).await;
            // Whoever cleared meanwhile wanted this token gone too.
            if !self.is_current(mine) {
                self.forget(&token.access_token).await;
            }
        }
        // Nobody waits for a round that another one replaced.
        if !mine.is_over() {
            self.issuer.announce(host, &token)?;
        }
        Ok(token)
    }

    fn is_current(&self, mine: &Arc<Round>) -> bool {
        self.state().round.as_ref().is_some_and(|round| Arc::ptr_eq(round, mine))
    }

    /// A round that was replaced changes nothing.
    fn close(&self, mine: &Arc<Round>, failed: Option<Instant>) {
        let mut state = self.state();
        if state.round.as_ref().is_some_and(|round| Arc::ptr_eq(round, mine)) {
            state.generation += 1;
            state.failed = failed;
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
        if self.forget(refused).await {
            self.state().generation += 1;
        }
    }

    /// Takes a token out of the cache if it is the one there.
    async fn forget(&self, unwanted: &Secret) -> bool {
        let is_there = self.store.cache.get().await.is_some_and(|token| token.access_token == *unwanted);
        if is_there {
            self.store.cache.clear().await;
        }
        is_there
    }

    /// What an answer of an operation does to the session.
    pub(crate) async fn settle(&self, host: &impl Host, role: SessionRole, reply: &RawReply) {
        if role == SessionRole::Closes {
            if let Some(session) = self.issuer.session() {
                session.clear();
            }
            return self.clear().await;
        }
        // An answer without a token, a second question perhaps, changes nothing.
        if let Some(token) = self.issuer.take(reply, host.clock().wall()) {
            self.leave();
            self.store.cache.set(token).await;
        }
    }

    /// Asks the endpoint without looking into the cache; keeps the token if it is the one that calls would ask for.
    pub(crate) async fn issue(&self, host: &impl Host, wanted: &Wanted) -> Answer {
        let token = self.issuer.fetch(host, wanted).await?;
        if wanted.scope == self.issuer.scope {
            self.store.cache.set(token.clone()).await;
            self.state().generation += 1;
        }
        self.issuer.announce(host, &token)?;
        Ok(token)
    }
}

fn hit(host: &impl Host, token: &Token) {
    host.events().emit(|| {
        Event::AuthCacheHit(AuthCacheHitEvent { expires_at: Some(token.expires_at), scope: token.scope.clone() })
    });
}
