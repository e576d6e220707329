//! `tracing` spans and lines.
//!
//! Owns their names, which are OpenTelemetry's for HTTP clients. One span per request on the wire. Nothing that could hold
//! a secret is recorded: no header, body or query, and paths only as the document has them.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use crate::call::{Arrived, Prepared};
use crate::client::Client;
use crate::error::{ErrorKind, RawError};
use crate::retry::Verdict;
use crate::text::mask::OneLine;

/// The span of one request on the wire.
pub(crate) fn span(client: &Client, request: &Prepared, resend: u32) -> Span {
    let shared = &*client.shared;
    let span = tracing::info_span!(
        target: "typewright",
        "http.client.request",
        otel.kind = "client",
        otel.name = Empty,
        client = shared.facts.name,
        operation = request.target.operation,
        http.request.method = request.target.method.as_str(),
        http.request.resend_count = Empty,
        url.template = &*request.target.shown.template,
        server.address = shared.base.host(),
        server.port = shared.base.port(),
        http.response.status_code = Empty,
        error.type = Empty,
        request_id = Empty,
    );
    if !span.is_disabled() {
        span.record("otel.name", format!("{} {}", request.target.method, request.target.shown.template).trim_end());
        if resend > 0 {
            span.record("http.request.resend_count", resend);
        }
    }
    span
}

/// Records how an attempt ended and writes a line about it.
pub(crate) fn outcome(
    span: &Span,
    client: &Client,
    request: &Prepared,
    duration: Duration,
    result: &Result<Arrived, RawError>,
) {
    let client = client.shared.facts.name;
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let _entered = span.enter();
    match result {
        Ok(Arrived { reply, .. }) => {
            span.record("http.response.status_code", reply.status());
            tracing::info!(target: "typewright", client, operation = request.target.operation, status = reply.status(), duration_ms, "response");
        }
        Err(error) => {
            span.record("error.type", error_type(error));
            if let Some(status) = error.0.status {
                span.record("http.response.status_code", status);
            }
            failure(client, request, duration_ms, error);
        }
    }
}

fn failure(client: &str, request: &Prepared, duration_ms: u64, error: &RawError) {
    let fault = &*error.0;
    let operation = request.target.operation;
    match fault.status {
        Some(status) => {
            let (code, id) = (fault.code.as_deref(), fault.request_id.as_deref());
            tracing::warn!(target: "typewright", client, operation, status, code, request_id = id, duration_ms, "response error");
        }
        None => {
            tracing::error!(target: "typewright", client, operation, message = %OneLine(&fault.message), duration_ms, "network error");
        }
    }
}

/// The status of a refusal, else the kind of fault: few distinct values, as OpenTelemetry asks.
fn error_type(error: &RawError) -> String {
    match (error.0.kind, error.0.status) {
        (ErrorKind::Api, Some(status)) => status.to_string(),
        (ErrorKind::Configuration, _) => "configuration".to_owned(),
        (ErrorKind::Validation, _) => "validation".to_owned(),
        (ErrorKind::Connect, _) => "connect".to_owned(),
        (ErrorKind::Timeout, _) => "timeout".to_owned(),
        (ErrorKind::RateLimit, _) => "rate_limit".to_owned(),
        (ErrorKind::TooLarge, _) => "too_large".to_owned(),
        (ErrorKind::Decode, _) => "decode".to_owned(),
        (ErrorKind::Network | ErrorKind::Api, _) => "network".to_owned(),
    }
}

/// A line about a request that will be repeated.
pub(crate) fn retry(client: &Client, request: &Prepared, attempt: u32, verdict: Verdict) {
    let delay_ms = u64::try_from(verdict.delay.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        target: "typewright",
        client = client.shared.facts.name,
        operation = request.target.operation,
        attempt,
        delay_ms,
        reason = verdict.reason.as_str(),
        "retry scheduled"
    );
}
