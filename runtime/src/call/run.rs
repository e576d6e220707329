//! The loop of attempts.
//!
//! Owns repeating: deadline, credentials, permit, attempt, verdict, wait. What an attempt is, `exchange` knows; whether to repeat,
//! the retry plan.

use std::time::{Duration, Instant};

use super::exchange::{self, Arrived};
use super::{Opened, Prepared};
use crate::call::trace;
use crate::client::Client;
use crate::credentials::{Authorized, authorize};
use crate::error::{ErrorKind, RawError};
use crate::event::{Event, RetryReason, RetryScheduledEvent, RetrySource};
use crate::reply::RawReply;
use crate::retry::{Cost, Outcome, Verdict};
use crate::time::{BoxFuture, can_sleep, pause, unit, within};

/// Runs a prepared request to its answer.
pub(crate) async fn execute(client: &Client, mut request: Prepared) -> Result<RawReply, RawError> {
    run(client, &mut request).await.map(|arrived| arrived.reply)
}

/// Runs a prepared request to the headers of its answer.
pub(crate) fn open(client: Client, mut request: Prepared) -> BoxFuture<Result<Opened, RawError>> {
    Box::pin(async move {
        let Arrived { reply, rest } = run(&client, &mut request).await?;
        Ok(Opened { reply, body: rest.unwrap_or_default(), client, request })
    })
}

async fn run(client: &Client, request: &mut Prepared) -> Result<Arrived, RawError> {
    let operation = request.target.operation;
    let arrived = in_all(client, request).await.map_err(|error| error.in_operation(operation))?;
    if let (Some(role), Some(tokens)) = (request.reading.session, client.shared.credentials.session()) {
        tokens.settle(client, role, &arrived.reply).await;
    }
    Ok(arrived)
}

/// All attempts, within the time limit of the call.
async fn in_all(client: &Client, request: &mut Prepared) -> Result<Arrived, RawError> {
    let sleeper = &*client.shared.sleeper;
    // Asked first, so that no call waits for its turn, or is sent, where it cannot go on.
    can_sleep(sleeper)?;
    client.shared.transport.check().map_err(RawError::transport)?;
    let limit = request.pace.total;
    match within(sleeper, limit, attempts(client, request)).await? {
        Some(result) => result,
        None => Err(RawError::timeout(limit.unwrap_or_default())),
    }
}

async fn attempts(client: &Client, request: &mut Prepared) -> Result<Arrived, RawError> {
    let shared = &*client.shared;
    let began = shared.clock.now();
    let (mut attempt, mut sent, mut cost, mut failed) = (1, 0, Cost::default(), None);
    let (mut refreshed, mut asked) = (false, false);
    loop {
        let since = Since { call: began, attempt: shared.clock.now() };
        let authorized = match admitted(client, request, since).await {
            Ok(authorized) => authorized,
            // What should have renewed the token failed.
            Err(Barred::Credentials(_)) if refreshed && !asked && ask(client, request).await => {
                asked = true;
                continue;
            }
            // Why a repetition was wanted says more than why there is none.
            Err(Barred::Permit(refused)) => return Err(failed.unwrap_or(refused)),
            Err(Barred::Credentials(error) | Barred::Waiting(error)) => return Err(error),
        };
        let spent = request.auth.caller.timeout.map_or(Duration::ZERO, |_| since.attempt(client));
        let error = match exchange::attempt(client, request, &authorized, sent, spent).await {
            Ok(arrived) => {
                shared.budget.succeed(cost);
                return Ok(arrived);
            }
            Err(error) => error,
        };
        sent += 1;
        // What was taken from a stream cannot be sent again, whatever the server made of it.
        if !request.payload.content.can_be_sent() {
            return Err(error);
        }
        // A refused token means that the request was not executed: it is repeated once, and no attempt is counted.
        let unauthorized = error.0.kind == ErrorKind::Api && error.0.verdict_status() == Some(401);
        let unauthorized = unauthorized && !keeps_unauthorized(client, request);
        let renewed = unauthorized && !refreshed && authorized.renew(&request.target.method).await;
        let answered = unauthorized && !renewed && !asked && ask(client, request).await;
        if renewed || answered {
            refreshed |= renewed;
            asked |= answered;
            schedule(client, request, attempt, RENEWAL);
            request.renew_key(client, &error);
            failed = Some(error);
            continue;
        }
        let Some(verdict) = request.pace.retry.verdict(outcome(client, request, &error, attempt, began)) else {
            return Err(error);
        };
        let Some(taken) = shared.budget.take(verdict.throttled) else { return Err(error) };
        cost = taken;
        schedule(client, request, attempt, verdict);
        pause(&*shared.sleeper, verdict.delay).await?;
        request.renew_key(client, &error);
        attempt += 1;
        failed = Some(error);
    }
}

/// When a call and its attempt began.
#[derive(Clone, Copy)]
struct Since {
    call: Instant,
    attempt: Instant,
}

impl Since {
    /// The time of the attempt so far.
    fn attempt(self, client: &Client) -> Duration {
        client.shared.clock.now().saturating_duration_since(self.attempt)
    }
}

/// Why an attempt is not made.
enum Barred {
    Credentials(RawError),
    Permit(RawError),
    /// The time was over, or nobody can wait here.
    Waiting(RawError),
}

/// Credentials and a permit for one attempt, within the time that the call itself gives an attempt. The client's general
/// limit is for the exchange: what there is to wait for has limits of its own.
async fn admitted(client: &Client, request: &Prepared, since: Since) -> Result<Authorized, Barred> {
    let limit = request.auth.caller.timeout;
    match within(&*client.shared.sleeper, limit, admit(client, request, since)).await {
        Ok(Some(admitted)) => admitted,
        Ok(None) => Err(Barred::Waiting(RawError::still_waiting(limit.unwrap_or_default()))),
        Err(error) => Err(Barred::Waiting(error.into())),
    }
}

async fn admit(client: &Client, request: &Prepared, since: Since) -> Result<Authorized, Barred> {
    let shared = &*client.shared;
    loop {
        let authorized = authorize(client, &shared.credentials, request.asking()).await.map_err(Barred::Credentials)?;
        let Err(refused) = permit(client) else { return Ok(authorized) };
        let own = request.auth.caller.timeout.map(|limit| limit.saturating_sub(since.attempt(client)));
        let left = [own, left(client, request, since.call)].into_iter().flatten().min();
        let Some(wait) = shared.limit.as_ref().and_then(|limit| limit.wait(&refused, left)) else {
            return Err(Barred::Permit(refused));
        };
        // The token may have ended meanwhile: it is looked at again.
        pause(&*shared.sleeper, wait).await.map_err(|error| Barred::Waiting(error.into()))?;
    }
}

/// Whether a 401 is the answer, by the document.
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

/// A place in the client's own limit for one request. Nothing is awaited between this and sending, so that a caller that
/// goes away meanwhile takes no place from others.
fn permit(client: &Client) -> Result<(), RawError> {
    let shared = &*client.shared;
    shared.limit.as_ref().map_or(Ok(()), |limit| limit.take(shared.clock.now()))
}

/// The time that a call has left.
fn left(client: &Client, request: &Prepared, began: Instant) -> Option<Duration> {
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
            path: (!token).then(|| request.target.shown.path.clone()),
            method: (!token).then(|| request.target.method.to_string()),
        })
    });
}
