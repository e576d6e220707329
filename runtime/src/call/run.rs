//! The loop of attempts.
//!
//! Owns running: deadline, credentials, permit, attempt, wait. What an attempt is, `exchange` knows; what follows from how one
//! ended, `attempts`.

use std::time::{Duration, Instant};

use super::attempts::{Attempts, Barred, Ended, Next, left};
use super::exchange::{self, Arrived};
use super::{Opened, Prepared};
use crate::client::Client;
use crate::credentials::{Authorized, authorize};
use crate::error::RawError;
use crate::reply::RawReply;
use crate::time::{BoxFuture, can_sleep, pause, within};

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
    match within(sleeper, limit, repeated(client, request)).await? {
        Some(result) => result,
        None => Err(RawError::timeout(limit.unwrap_or_default())),
    }
}

/// Attempts, until one is the last.
async fn repeated(client: &Client, request: &mut Prepared) -> Result<Arrived, RawError> {
    let mut attempts = Attempts::new(client.shared.clock.now());
    loop {
        let ended = match attempted(client, request, &attempts).await {
            Ok(arrived) => {
                attempts.succeed(client);
                return Ok(arrived);
            }
            Err(ended) => ended,
        };
        match attempts.next(client, request, ended).await {
            Next::End(error) => return Err(error),
            Next::Again { delay: None } => {}
            Next::Again { delay: Some(delay) } => pause(&*client.shared.sleeper, delay).await?,
        }
    }
}

/// One attempt, including waiting for credentials and a permit.
async fn attempted(client: &Client, request: &Prepared, attempts: &Attempts) -> Result<Arrived, Ended> {
    let since = Since { call: attempts.began(), attempt: client.shared.clock.now() };
    let authorized = match admitted(client, request, since).await {
        Ok(authorized) => authorized,
        Err(barred) => return Err(Ended::Barred(barred)),
    };
    let spent = request.auth.caller.timeout.map_or(Duration::ZERO, |_| since.attempt(client));
    let arrived = exchange::attempt(client, request, &authorized, attempts.sent(), spent).await;
    arrived.map_err(|error| Ended::Failed(error, authorized))
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

/// A place in the client's own limit for one request. Nothing is awaited between this and sending, so that a caller that
/// goes away meanwhile takes no place from others.
fn permit(client: &Client) -> Result<(), RawError> {
    let shared = &*client.shared;
    shared.limit.as_ref().map_or(Ok(()), |limit| limit.take(shared.clock.now()))
}
