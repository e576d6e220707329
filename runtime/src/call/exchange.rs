//! One attempt: sending, following redirects, reading up to the cap.
//!
//! Owns what happens on the wire once, with its events and its span. Does not repeat: that is `run`.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, Uri};
use tracing::Instrument;

use super::Prepared;
use super::classify::{is_refused, refusal, succeeds};
use super::prepared::{Content, Payload, Target};
use crate::call::trace;
use crate::client::Client;
use crate::credentials::Authorized;
use crate::error::{ErrorKind, RawError};
use crate::event::{Event, NetworkErrorEvent, RequestEvent, ResponseErrorEvent, ResponseEvent, RetrySource};
use crate::headers::{self, first_header};
use crate::hook::{Attempt, AttemptResponse};
use crate::redirect::{RedirectPolicy, is_redirect, location};
use crate::reply::RawReply;
use crate::reply::tolerance::Tolerance;
use crate::signing::{Signable, sign};
use crate::text::envelope::Envelope;
use crate::time::within;
use crate::transport::{RequestBody, ResponseBody, ToOwnServer};
use crate::url::same_origin;

/// Maximum number of redirects to follow.
const MAX_REDIRECTS: usize = 10;

/// An answer before it is judged.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    rest: Option<ResponseBody>,
    target: Uri,
}

/// A success: its answer, and of a streamed one the body, of which nothing was read.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub(crate) reply: RawReply,
    pub(crate) rest: Option<ResponseBody>,
}

/// One attempt. `resend` counts the attempts before it, `spent` is what waiting took of its time.
pub(crate) async fn attempt(
    client: &Client,
    request: &Prepared,
    authorized: &Authorized,
    resend: u32,
    spent: Duration,
) -> Result<Arrived, RawError> {
    let span = trace::span(client, request, resend);
    let shared = &*client.shared;
    let seen = seen(request, resend);
    let Payload { headers, key_header, .. } = &request.payload;
    let added = shared.hooks.before(shared.facts, seen, headers, *key_header).map_err(RawError::validation)?;
    let started = shared.clock.now();
    announce(client, request);
    let exchange = exchange(client, request, authorized, &added).instrument(span.clone());
    let answered = in_time(client, request, spent, exchange).await;
    let result = answered.and_then(|answered| judge(client, request, answered));
    let duration = shared.clock.now().saturating_duration_since(started);
    trace::outcome(&span, client, request, duration, &result);
    report(client, request, duration, &result);
    let (status, error, headers) = match &result {
        Ok(arrived) => (Some(arrived.reply.status()), None, &arrived.reply.headers),
        Err(error) => (error.0.status, Some(error.0.kind), &error.0.headers),
    };
    let response = AttemptResponse { attempt: seen, status, error, headers: HeaderMap::new(), duration };
    shared.hooks.after(shared.facts, headers, response);
    result
}

/// What hooks know of an attempt.
fn seen(request: &Prepared, resend: u32) -> Attempt<'_> {
    Attempt {
        operation: request.target.operation,
        method: request.target.method.as_str(),
        path: &request.target.shown.path,
        template: &request.target.shown.template,
        number: resend + 1,
    }
}

/// Holds an attempt to its time. Where the body is read while it is sent, time begins anew as long as bytes go up.
async fn in_time(
    client: &Client,
    request: &Prepared,
    mut spent: Duration,
    exchange: impl Future<Output = Result<Answered, RawError>>,
) -> Result<Answered, RawError> {
    let (sleeper, limit) = (&*client.shared.sleeper, request.pace.attempt);
    let sent = || request.payload.content.sent();
    let mut exchange = pin!(exchange);
    loop {
        let before = sent();
        let left = limit.map(|limit| limit.saturating_sub(std::mem::take(&mut spent)));
        match within(sleeper, left, exchange.as_mut()).await? {
            Some(answered) => return answered,
            None if sent() == before => return Err(RawError::timeout(limit.unwrap_or_default())),
            None => {}
        }
    }
}

fn announce(client: &Client, request: &Prepared) {
    client.shared.events.emit(|| {
        Event::Request(RequestEvent {
            method: request.target.method.to_string(),
            path: request.target.shown.path.to_string(),
            request_id: request.auth.caller.request_id.clone(),
            trace_id: request.auth.caller.trace_id.clone(),
            timeout: request.pace.attempt.unwrap_or_default(),
        })
    });
}

fn judge(client: &Client, request: &Prepared, answered: Answered) -> Result<Arrived, RawError> {
    let shared = &*client.shared;
    let envelope = Envelope::new(&answered.body);
    if is_refused(shared, request, answered.status, &envelope) {
        return Err(refusal(shared, request, &answered, &envelope));
    }
    let Answered { status, headers, body, rest, target } = answered;
    let Target { method, shown, .. } = &request.target;
    let tolerance = if shared.tolerant || request.reading.unverified {
        Tolerance::new(shared.tolerant, &shared.events, method, &shown.path)
    } else {
        Tolerance::silent(false)
    };
    let tolerance = tolerance.max_decoded_bytes(shared.limits.decoded);
    let reply = RawReply { status, headers, body, tolerance, target, errors: &shared.facts.errors };
    Ok(Arrived { reply, rest })
}

/// Tells handlers how an attempt ended.
fn report(client: &Client, request: &Prepared, duration: Duration, result: &Result<Arrived, RawError>) {
    client.shared.events.emit(|| match result {
        Ok(Arrived { reply, .. }) => Event::Response(ResponseEvent {
            method: request.target.method.to_string(),
            path: request.target.shown.path.to_string(),
            status: reply.status(),
            duration,
            request_id: first_header(&reply.headers, reply.errors.request_id).map(str::to_owned),
            trace_id: first_header(&reply.headers, reply.errors.trace_id).map(str::to_owned),
        }),
        Err(error) => failure(request, duration, error),
    });
}

fn failure(request: &Prepared, duration: Duration, error: &RawError) -> Event {
    let fault = &*error.0;
    let (method, path) = (request.target.method.to_string(), request.target.shown.path.to_string());
    match fault.status {
        Some(status) => Event::ResponseError(ResponseErrorEvent {
            method,
            path,
            status,
            duration,
            error_code: fault.code.clone(),
            message: Some(fault.message.clone()),
            request_id: fault.request_id.clone(),
            trace_id: fault.trace_id.clone(),
            retry_after: fault.retry_after,
        }),
        None => Event::NetworkError(NetworkErrorEvent { method, path, message: Some(fault.message.clone()) }),
    }
}

/// Sends, follows redirects of reads, and reads the answer. `added` are the headers of hooks, which are signed along.
async fn exchange(
    client: &Client,
    request: &Prepared,
    authorized: &Authorized,
    added: &HeaderMap,
) -> Result<Answered, RawError> {
    let shared = &*client.shared;
    let query = authorized.query(&request.target.query);
    let mut target = shared.base.join(&request.target.path, &query).map_err(RawError::validation)?;
    let at_api = !request.target.foreign && (request.target.base_url.is_some() || is_at_base(client, &target));
    // Made anew for each request, so that none has to be kept for a redirect that seldom comes.
    let headers = |left: bool| {
        let headers = if at_api && !added.is_empty() {
            let mut own = request.payload.headers.clone();
            headers::overlay(&mut own, added);
            authorized.headers(&own)
        } else {
            authorized.headers(&request.payload.headers)
        };
        if left || request.target.foreign { stripped(&headers) } else { headers }
    };
    let mut own = is_own(client, request, &target);
    let (mut last, mut left) = (None, false);
    for _ in 0..=MAX_REDIRECTS {
        let key = authorized.signing_key().filter(|_| !left && !request.target.foreign);
        let mut headers = headers(left);
        let signable = Signable {
            method: &request.target.method,
            base: shared.base_of(request.target.base_url.as_deref()),
            target: &target,
            body: request.payload.content.whole().map(|bytes| &**bytes),
            clock: &*shared.clock,
        };
        sign(shared.facts.signing.as_ref(), key, &signable, &mut headers)?;
        let sent = send(client, request, (&target, own), headers).await;
        let response = sent.map_err(|error| match last {
            Some(status) => unfollowed(error, status),
            None => error,
        })?;
        let Some(next) = redirect(request, &target, &response) else {
            return read(client, request, response, target).await;
        };
        last = Some(response.status());
        if !same_origin(&target, &next) {
            (left, own) = (true, false);
        }
        target = next;
    }
    // The server's answers, and not a broken connection: asking again would go the same way.
    let mut error = RawError::new(ErrorKind::Api, format!("more than {MAX_REDIRECTS} redirects"));
    error.0.status = last.map(|status| status.as_u16());
    Err(error)
}

/// Something was sent before a redirect led to a URL that cannot be requested: it is the server's fault, not the set-up's.
fn unfollowed(mut error: RawError, status: StatusCode) -> RawError {
    if error.0.kind == ErrorKind::Configuration {
        error.0.kind = ErrorKind::Api;
        error.0.status = Some(status.as_u16());
        error.0.message = format!("the redirect leads to a URL that cannot be requested: {}", error.0.message);
    }
    error
}

/// Whether the target is a server of the API: where the client's base URL leads, where the document sends this operation, or
/// where tokens come from.
fn is_own(client: &Client, request: &Prepared, target: &Uri) -> bool {
    request.target.base_url.is_some() || request.pace.source == RetrySource::Auth || is_at_base(client, target)
}

fn is_at_base(client: &Client, target: &Uri) -> bool {
    client.shared.base.is_origin_of(target)
}

async fn send(
    client: &Client,
    request: &Prepared,
    (target, own): (&Uri, bool),
    headers: HeaderMap,
) -> Result<http::Response<ResponseBody>, RawError> {
    let body = match &request.payload.content {
        Content::Whole(bytes) => RequestBody::from(bytes.clone()),
        Content::Stream(upload) => RequestBody::from_stream(upload.chunks(), upload.known_length()),
    };
    let mut sent = http::Request::new(body);
    *sent.method_mut() = request.target.method.clone();
    *sent.uri_mut() = target.clone();
    *sent.headers_mut() = headers;
    if own {
        sent.extensions_mut().insert(ToOwnServer);
    }
    client.shared.transport.send(sent).await.map_err(RawError::transport)
}

/// Where to go on, if this is a redirect that is followed.
fn redirect(request: &Prepared, target: &Uri, response: &http::Response<ResponseBody>) -> Option<Uri> {
    let follows = request.target.redirect == RedirectPolicy::Follow && is_redirect(response.status());
    if follows { location(target, response.headers()) } else { None }
}

/// What another origin may see: what to answer with, and who asks. No credentials, no constant headers, no cookies, none
/// of the application's headers.
fn stripped(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in [http::header::ACCEPT, http::header::USER_AGENT] {
        if let Some(value) = headers.get(&name) {
            kept.insert(name, value.clone());
        }
    }
    kept
}

/// Reads the body: of a success up to the cap, of a refusal as much as the cap allows. A success that the call streams is
/// left for its reader.
async fn read(
    client: &Client,
    request: &Prepared,
    response: http::Response<ResponseBody>,
    target: Uri,
) -> Result<Answered, RawError> {
    let limits = client.shared.limits;
    let (parts, mut body) = response.into_parts();
    let success = succeeds(request, parts.status);
    if success && request.reading.streamed {
        let (status, headers) = (parts.status, parts.headers);
        return Ok(Answered { status, headers, body: Bytes::new(), rest: Some(body), target });
    }
    let cap = if success { limits.body } else { limits.error_body };
    let mut received = Received::default();
    loop {
        let chunk = match within(&*client.shared.sleeper, limits.stall, body.chunk()).await? {
            Some(Some(Ok(chunk))) => chunk,
            Some(None) => break,
            // The status of a refusal says more than a body that breaks off.
            Some(Some(Err(_))) | None if !success => break,
            Some(Some(Err(error))) => return Err(RawError::transport(error)),
            None => return Err(RawError::stalled(limits.stall.unwrap_or_default())),
        };
        let room = cap.saturating_sub(received.len());
        if chunk.len() <= room {
            received.add(chunk);
        } else if success {
            return Err(RawError::too_large(parts.status.as_u16(), cap));
        } else {
            received.add(chunk.slice(..room));
            break;
        }
    }
    Ok(Answered { status: parts.status, headers: parts.headers, body: received.whole(), rest: None, target })
}

/// A body so far. One that comes as one chunk, as small ones do, is not copied.
#[derive(Default)]
struct Received {
    first: Bytes,
    all: BytesMut,
}

impl Received {
    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    fn add(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        let first = std::mem::take(&mut self.first);
        self.all.extend_from_slice(&first);
        self.all.extend_from_slice(&chunk);
    }

    fn whole(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}
