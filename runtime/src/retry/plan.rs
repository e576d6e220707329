//! Facts, defaults and the application's wishes, merged into one plan for one call, and its verdict on a failure.
//!
//! Owns what is retried, and the defaults. Where a document declares something, the document wins.

use std::time::Duration;

use super::RetryPolicy;
use super::delay::Delays;
use crate::error::{ErrorKind, RawError};
use crate::event::RetryReason;
use crate::facts::{Jitter, RetryFacts, RetryMode, Status};

/// Where nothing is declared.
const ATTEMPTS: u32 = 3;
const BASE: Duration = Duration::from_millis(100);
const THROTTLED_BASE: Duration = Duration::from_secs(1);
const MAX: Duration = Duration::from_secs(20);
/// No stream of events comes back sooner.
#[cfg(feature = "sse")]
const SOONEST: Duration = Duration::from_millis(250);
/// No retry starts later than this after the call began, unless a cap of delays is declared.
const LATEST: Duration = Duration::from_secs(60);

/// How one call is retried.
#[derive(Clone, Debug)]
pub(crate) struct RetryPlan {
    attempts: u32,
    delays: Delays,
    base_declared: bool,
    statuses: Option<&'static [Status]>,
    network: Option<bool>,
    retry_after: Option<&'static [Status]>,
    repeatable: Repeatable,
}

/// What may be assumed when the outcome of a request is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// The method changes nothing.
    Safe,
    /// Twice is the same as once.
    Idempotent,
    /// Twice is the same as once, unless the first request is still running.
    Keyed,
    /// Twice may be twice.
    No,
}

/// One failure, and when it happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) error: &'a RawError,
    /// The number of the attempt that failed, from 1.
    pub(crate) attempt: u32,
    /// Time since the call began.
    pub(crate) elapsed: Duration,
    /// What is left of the caller's time.
    pub(crate) left: Option<Duration>,
    /// From 0 to 1.
    pub(crate) dice: f64,
}

/// Wait and try again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) delay: Duration,
    pub(crate) reason: RetryReason,
    /// Whether the server asked for fewer requests, which costs less of the budget.
    pub(crate) throttled: bool,
}

impl RetryPlan {
    /// The plan of a call: the call's policy wins over the builder's, and both over the facts.
    pub(crate) fn new(
        facts: RetryFacts,
        builder: Option<&RetryPolicy>,
        call: Option<&RetryPolicy>,
        repeatable: Repeatable,
    ) -> Self {
        let wishes = [call, builder];
        let wish = |get: fn(&RetryPolicy) -> Option<Duration>| wishes.iter().flatten().find_map(|policy| get(policy));
        let max = wish(|policy| policy.max_delay).or(facts.max_delay_ms.map(Duration::from_millis));
        let base = wish(|policy| policy.base_delay).or(facts.base_delay_ms.map(Duration::from_millis));
        let attempts = wishes.iter().flatten().find_map(|policy| policy.attempts).or(facts.attempts);
        let jitter = facts.jitter.unwrap_or(Jitter::Full);
        let on = switched_on(&facts, call.or(builder));
        Self {
            attempts: if on { attempts.unwrap_or(ATTEMPTS) } else { 1 },
            delays: Delays { base: base.unwrap_or(BASE), max: max.unwrap_or(MAX), max_declared: max.is_some(), jitter },
            base_declared: base.is_some(),
            statuses: facts.statuses,
            network: facts.network,
            retry_after: facts.retry_after,
            repeatable,
        }
    }

    /// The plan of a token request. Asking twice for a token does no harm, although it is a POST; but a cookie that renews
    /// one may be used up by the first request.
    pub(crate) fn for_tokens(facts: RetryFacts, builder: Option<&RetryPolicy>, harmless: bool) -> Self {
        Self::new(facts, builder, None, if harmless { Repeatable::Safe } else { Repeatable::No })
    }

    /// Attempts in all.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long to wait before trying for the time after `attempt`, whatever failed.
    pub(crate) fn pause(&self, attempt: u32, wish: Option<Duration>, dice: f64) -> Option<Duration> {
        self.delays.before(attempt, self.delays.base, wish, dice)
    }

    /// When a stream comes back after its connection `n`, counted from 1 since the last event. The server's wish is not cut, but
    /// never is it sooner than [`SOONEST`]: `retry: 0` and a connection that ends at once would be hundreds of requests a second.
    #[cfg(feature = "sse")]
    pub(crate) fn reconnect(&self, n: u32, wish: Option<Duration>, dice: f64) -> Duration {
        let base = if self.base_declared { self.delays.base } else { THROTTLED_BASE };
        let doubled = self.delays.before(n, base, None, dice).unwrap_or(base);
        match wish {
            // The first time the server's wish is all that counts.
            Some(wish) if n > 1 => wish.max(doubled),
            Some(wish) => wish,
            None => doubled,
        }
        .max(SOONEST)
    }

    /// Whether and when to try again.
    pub(crate) fn verdict(&self, outcome: Outcome<'_>) -> Option<Verdict> {
        if outcome.attempt >= self.attempts {
            return None;
        }
        let reason = self.reason(outcome.error)?;
        let status = outcome.error.0.verdict_status();
        let throttled = matches!(status, Some(429 | 503));
        let wish = outcome.error.0.retry_after.filter(|_| {
            let status = status.unwrap_or_default();
            self.retry_after.is_none_or(|statuses| statuses.iter().any(|one| one.matches(status)))
        });
        let base = if throttled && !self.base_declared { THROTTLED_BASE } else { self.delays.base };
        let delay = self.delays.before(outcome.attempt, base, wish, outcome.dice)?;
        let too_late = !self.delays.max_declared && outcome.elapsed.saturating_add(delay) > LATEST;
        let past_deadline = outcome.left.is_some_and(|left| delay >= left);
        (!too_late && !past_deadline).then_some(Verdict { delay, reason, throttled })
    }

    /// Why a failure may be repeated, or `None` if it may not.
    fn reason(&self, error: &RawError) -> Option<RetryReason> {
        match (error.0.kind, error.0.verdict_status()) {
            // The request was not sent, so retrying cannot repeat a write.
            _ if is_unseen(error) => self.network.unwrap_or(true).then_some(RetryReason::Network),
            // Nobody knows whether the server is still at work on it.
            (ErrorKind::Timeout | ErrorKind::Network, _) if self.repeatable == Repeatable::Keyed => None,
            (ErrorKind::Timeout | ErrorKind::Network, _) => {
                self.network.unwrap_or(self.repeatable != Repeatable::No).then_some(RetryReason::Network)
            }
            (ErrorKind::Api, Some(status)) => self.retries_status(status).then(|| RetryReason::of_status(status)),
            _ => None,
        }
    }

    fn retries_status(&self, status: u16) -> bool {
        if let Some(statuses) = self.statuses {
            return statuses.iter().any(|one| one.matches(status));
        }
        match status {
            408 | 429 | 502 | 503 | 504 => self.repeatable != Repeatable::No,
            500 => self.repeatable == Repeatable::Safe,
            _ => false,
        }
    }
}

/// Whether the server has done nothing with the request: it has not seen it, or says so.
fn is_unseen(error: &RawError) -> bool {
    error.0.kind == ErrorKind::Connect || error.0.unprocessed
}

/// A document's `never` cannot be overruled: a write that is repeated by mistake is worse than one that failed. One attempt
/// in all, declared for what is on, is another way to say never.
fn switched_on(facts: &RetryFacts, wish: Option<&RetryPolicy>) -> bool {
    match (facts.mode, wish) {
        (RetryMode::Never, _) => false,
        (RetryMode::On, _) if facts.attempts == Some(1) => false,
        (_, Some(policy)) => !policy.off,
        (RetryMode::OffByDefault, None) => false,
        (RetryMode::On | RetryMode::Undeclared, None) => true,
    }
}

impl Repeatable {
    /// RFC 9110 section 9.2.
    pub(crate) fn of(method: &http::Method) -> Self {
        if method.is_safe() {
            Self::Safe
        } else if method.is_idempotent() {
            Self::Idempotent
        } else {
            Self::No
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_forbids_stays_off() {
        let check = |facts: RetryFacts, expected: u32| {
            let wish = RetryPolicy::new().attempts(4);
            let plan = RetryPlan::new(facts, Some(&wish), Some(&wish), Repeatable::Idempotent);
            assert_eq!(plan.attempts(), expected, "{facts:?}");
        };
        check(RetryFacts::never(), 1);
        check(RetryFacts::new().attempts(1), 1);
        check(RetryFacts::new().attempts(1).off_by_default(), 4);
        check(RetryFacts::new().attempts(2), 4);
        check(RetryFacts::undeclared(), 4);
    }

    #[cfg(feature = "sse")]
    #[test]
    fn streams_come_back_after_a_moment_at_least() {
        let check = |policy: RetryPolicy, n: u32, wish: Option<u64>, expected: u64| {
            let plan = RetryPlan::new(RetryFacts::undeclared(), Some(&policy), None, Repeatable::Safe);
            let found = plan.reconnect(n, wish.map(Duration::from_millis), 0.0);
            assert_eq!(found, Duration::from_millis(expected), "{n} {wish:?}");
        };
        check(RetryPolicy::new(), 1, Some(0), 250);
        check(RetryPolicy::new(), 9, Some(0), 250);
        check(RetryPolicy::new(), 1, Some(1), 250);
        check(RetryPolicy::new(), 1, Some(1500), 1500);
        check(RetryPolicy::new(), 1, None, 250);
        check(RetryPolicy::new().base_delay(Duration::ZERO), 3, Some(0), 250);
    }

    #[test]
    fn off_is_off_and_the_call_wins() {
        let (on, off) = (RetryPolicy::new().attempts(5), RetryPolicy::off());
        let attempts = |builder: Option<&RetryPolicy>, call: Option<&RetryPolicy>| {
            RetryPlan::new(RetryFacts::undeclared(), builder, call, Repeatable::Safe).attempts()
        };
        assert_eq!(attempts(None, None), 3);
        assert_eq!(attempts(Some(&on), None), 5);
        assert_eq!(attempts(Some(&on), Some(&off)), 1);
        assert_eq!(attempts(Some(&off), Some(&RetryPolicy::new())), 3);
    }
}
