//! What follows from how an attempt ended.
//!
//! Owns what a call remembers of its attempts and the verdict on each: the end, or one more, now or later. Whether a failure may
//! be repeated at all, and when, is the retry plan's to say.

use std::time::{Duration, Instant};

use super::{Prepared, trace};
use crate::client::Client;
use crate::credentials::Authorized;
use crate::error::{ErrorKind, RawError};
use crate::event::{Event, RetryReason, RetryScheduledEvent, RetrySource};
use crate::retry::{Cost, Outcome, Verdict};
use crate::time::unit;

/// The attempts of one call so far.
pub(super) struct Attempts {
    began: Instant,
    /// The number of the attempt that is made, from 1. One with a renewed token is not counted.
    number: u32,
    /// How many were sent.
    sent: u32,
    /// Cost of the last retry, as taken from the retry budget.
    cost: Cost,
    /// Why there is a repetition.
    failed: Option<RawError>,
    /// Whether a refused token was renewed, and whether the application was asked about a 401: once each.
    refreshed: bool,
    asked: bool,
}

/// How an attempt ended without a success.
pub(super) enum Ended {
    Failed(RawError, Authorized),
    /// It was not made.
    Barred(Barred),
}

/// Why an attempt is not made.
pub(super) enum Barred {
    Credentials(RawError),
    Permit(RawError),
    /// The call timed out, or this context cannot sleep.
    Waiting(RawError),
}

/// What follows.
pub(super) enum Next {
    End(RawError),
    /// One more attempt, after this time.
    Again {
        delay: Option<Duration>,
    },
}

impl Attempts {
    pub(super) fn new(began: Instant) -> Self {
        Self { began, number: 1, sent: 0, cost: Cost::default(), failed: None, refreshed: false, asked: false }
    }

    pub(super) fn began(&self) -> Instant {
        self.began
    }

    pub(super) fn sent(&self) -> u32 {
        self.sent
    }

    /// Returns the cost of a successful retry to the budget.
    pub(super) fn succeed(&self, client: &Client) {
        client.shared.budget.succeed(self.cost);
    }

    /// The verdict on an attempt without a success. Before a repetition the request gets a new key where it needs one.
    pub(super) async fn next(&mut self, client: &Client, request: &mut Prepared, ended: Ended) -> Next {
        match ended {
            Ended::Barred(barred) => self.after_none(client, request, barred).await,
            Ended::Failed(error, authorized) => {
                self.sent += 1;
                // What was taken from a stream cannot be sent again, whatever the server made of it.
                if !request.payload.content.can_be_sent() {
                    return Next::End(error);
                }
                if self.renews(client, request, &error, &authorized).await {
                    schedule(client, request, self.number, RENEWAL);
                    return self.again(client, request, error, None);
                }
                self.after_failure(client, request, error)
            }
        }
    }

    async fn after_none(&mut self, client: &Client, request: &Prepared, barred: Barred) -> Next {
        let error = match barred {
            // What should have renewed the token failed.
            Barred::Credentials(_) if self.refreshed && !self.asked && ask(client, request).await => {
                self.asked = true;
                return Next::Again { delay: None };
            }
            // Why a repetition was wanted says more than why there is none.
            Barred::Permit(refused) => self.failed.take().unwrap_or(refused),
            Barred::Credentials(error) | Barred::Waiting(error) => error,
        };
        Next::End(error)
    }

    /// Whether a 401 is followed by the same request with other credentials. A refused token means that the request was not
    /// executed: it is repeated once, and no attempt is counted.
    async fn renews(&mut self, client: &Client, request: &Prepared, error: &RawError, authorized: &Authorized) -> bool {
        let unauthorized = error.0.kind == ErrorKind::Api && error.0.verdict_status() == Some(401);
        let unauthorized = unauthorized && !keeps_unauthorized(client, request);
        let renewed = unauthorized && !self.refreshed && authorized.renew(&request.target.method).await;
        let answered = unauthorized && !renewed && !self.asked && ask(client, request).await;
        self.refreshed |= renewed;
        self.asked |= answered;
        renewed || answered
    }

    fn after_failure(&mut self, client: &Client, request: &mut Prepared, error: RawError) -> Next {
        let outcome = outcome(client, request, &error, self.number, self.began);
        let verdict = request.pace.retry.verdict(outcome);
        let taken = verdict.and_then(|verdict| client.shared.budget.take(verdict.throttled));
        let (Some(verdict), Some(cost)) = (verdict, taken) else { return Next::End(error) };
        self.cost = cost;
        schedule(client, request, self.number, verdict);
        self.number += 1;
        self.again(client, request, error, Some(verdict.delay))
    }

    fn again(&mut self, client: &Client, request: &mut Prepared, error: RawError, delay: Option<Duration>) -> Next {
        request.renew_key(client, &error);
        self.failed = Some(error);
        Next::Again { delay }
    }
}

/// Whether the document declares 401 as a response of this operation.
fn keeps_unauthorized(client: &Client, request: &Prepared) -> bool {
    client.shared.facts.keep_unauthorized.iter().any(|part| request.target.path.contains(part))
}

/// Asks the application's hook what to do about a 401: whether the whole request is made once more. What the call brought
/// itself is not the hook's to renew.
async fn ask(client: &Client, request: &Prepared) -> bool {
    let own = request.pace.source == RetrySource::Auth
        || request.reading.session.is_some()
        || request.auth.caller.credentials.is_some()
        || keeps_unauthorized(client, request);
    match client.shared.on_unauthorized.as_ref().filter(|_| !own) {
        Some(hook) => hook().await,
        None => false,
    }
}

impl Prepared {
    /// Before a repetition after this error.
    fn renew_key(&mut self, client: &Client, error: &RawError) {
        if let Some(key) = &self.payload.key {
            key.after(error, &*client.shared.random, &mut self.payload.headers);
        }
    }
}

/// A repetition with a new token.
const RENEWAL: Verdict =
    Verdict { delay: std::time::Duration::ZERO, reason: RetryReason::Unauthorized, throttled: false };

/// The time that a call has left.
pub(super) fn left(client: &Client, request: &Prepared, began: Instant) -> Option<Duration> {
    let elapsed = client.shared.clock.now().saturating_duration_since(began);
    request.pace.total.map(|limit| limit.saturating_sub(elapsed))
}

fn outcome<'a>(client: &Client, request: &Prepared, error: &'a RawError, attempt: u32, began: Instant) -> Outcome<'a> {
    let elapsed = client.shared.clock.now().saturating_duration_since(began);
    Outcome { error, attempt, elapsed, left: left(client, request, began), dice: unit(&*client.shared.random) }
}

fn schedule(client: &Client, request: &Prepared, attempt: u32, verdict: Verdict) {
    trace::retry(client, request, attempt, verdict);
    let token = request.pace.source == RetrySource::Auth;
    client.shared.events.emit(|| {
        Event::RetryScheduled(RetryScheduledEvent {
            source: request.pace.source,
            attempt,
            max_attempts: request.pace.retry.attempts(),
            delay: verdict.delay,
            reason: verdict.reason,
            path: (!token).then(|| request.target.shown.path.to_string()),
            method: (!token).then(|| request.target.method.to_string()),
        })
    });
}
