//! What an answer means.
//!
//! Owns the verdict by status and by what the body shows, and the error made of a refusal: code and message from the places that the document names,
//! ids from its headers.

use http::StatusCode;
use http::header::SET_COOKIE;

use super::Prepared;
use super::exchange::Answered;
use crate::client::Shared;
use crate::error::{ERROR_BODY, ErrorKind, RateLimitInfo, RawError, kept};
use crate::facts::{Answer, Status};
use crate::headers::first_header;
use crate::redirect::{RedirectPolicy, is_redirect};
use crate::retry::retry_after;
use crate::text::envelope::{Envelope, Found};

/// Whether a status is a success of this request: any 2xx, and what the document declares as one.
fn is_success(answers: &'static [Answer], status: StatusCode) -> bool {
    match Answer::find(answers, status.as_u16()) {
        // `default` says what other answers look like, not that they are successes.
        Some(answer) if answer.status == Status::Default => status.is_success(),
        Some(answer) if answer.error.is_some() => false,
        Some(_) => true,
        None => status.is_success(),
    }
}

/// Whether a status is a success of this request, with what it makes of redirects: one that it does not return is none, also
/// where it would follow and the server does not say where.
pub(crate) fn succeeds(request: &Prepared, status: StatusCode) -> bool {
    is_success(request.reading.answers, status)
        && (!is_redirect(status) || request.target.redirect == RedirectPolicy::Return)
}

/// Whether an answer is the success that its status says.
pub(crate) fn is_refused(shared: &Shared, request: &Prepared, status: StatusCode, body: &Envelope<'_>) -> bool {
    !succeeds(request, status) || shared.facts.errors.in_success.iter().any(|sign| sign.shows_in(body))
}

/// The error of a refusal.
pub(crate) fn refusal(shared: &Shared, request: &Prepared, answered: &Answered, body: &Envelope<'_>) -> RawError {
    let (facts, status, headers) = (&shared.facts.errors, answered.status, &answered.headers);
    let message = body.text(facts.message).unwrap_or_else(|| reason(shared.facts.name, status));
    let told = body.number(facts.status).filter(|told| told.fract() == 0.0 && (100.0..1000.0).contains(told));
    let mut error = RawError::new(ErrorKind::Api, message).in_operation(request.target.operation);
    let fault = &mut *error.0;
    fault.status = Some(status.as_u16());
    fault.told_status = told.map(|told| told as u16).filter(|_| status.is_success());
    fault.code = body.text(facts.code);
    // A part of a document would keep the whole of it in memory.
    let details = body.json(facts.details).filter(|found| found.as_text().len() <= ERROR_BODY);
    fault.details = details.map(Found::to_json);
    fault.request_id = first_header(headers, facts.request_id).map(str::to_owned);
    fault.trace_id = first_header(headers, facts.trace_id).map(str::to_owned);
    fault.retry_after = retry_after(headers, shared.clock.wall());
    fault.rate_limit = RateLimitInfo::read(facts, headers);
    let verdict = fault.verdict_status().unwrap_or(status.as_u16());
    fault.refused_input = facts.validation.iter().any(|refused| refused.matches(verdict));
    fault.schema = Answer::find(request.reading.answers, status.as_u16()).and_then(|answer| answer.error);
    fault.headers = headers.clone();
    fault.headers.remove(SET_COOKIE);
    fault.body = kept(answered.body.clone());
    error
}

fn reason(client: &str, status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(_) if status.is_success() => "the answer says that it is an error, and no more".to_owned(),
        Some(reason) => reason.to_owned(),
        None => format!("{client} API request failed with status {}", status.as_u16()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successes() {
        static NONE: &[Answer] = &[];
        static PETS: &[Answer] = &[
            Answer::success(201),
            Answer::success(304),
            Answer::error(Status::Exact(206), 1),
            Answer::error(Status::Default, 0),
        ];
        static DEFAULT_ONLY: &[Answer] = &[Answer::successes(Status::Default)];
        let check = |answers: &'static [Answer], status: u16, expected: bool| {
            assert_eq!(is_success(answers, StatusCode::from_u16(status).unwrap()), expected, "{status}");
        };
        check(NONE, 204, true);
        check(NONE, 302, false);
        check(NONE, 500, false);
        check(PETS, 200, true);
        check(PETS, 201, true);
        check(PETS, 206, false);
        check(PETS, 304, true);
        check(PETS, 404, false);
        check(DEFAULT_ONLY, 200, true);
        check(DEFAULT_ONLY, 404, false);
    }
}
