//! From a call to a request that lacks only its credentials.
//!
//! Owns validation, the order in which headers are applied (defaults, the client's own, declared parameters, the call's),
//! and the URL. Everything that can be wrong with a call is found here, before any network use.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue, Method};

use super::adjust::adjusted;
use super::prepared::{Content, Prepared, Purpose, Reading, Shown, Target};
use super::{Aim, At, Body, CallOptions, RawCall, wire};
use crate::client::Shared;
use crate::credentials::{CallerIds, Demand, Needs};
use crate::error::RawError;
use crate::event::{Event, ValidationFailedEvent};
use crate::facts::{BodyKind, IdempotencyFacts, Location, Parameter, SessionRole};
use crate::headers;
use crate::text::codec::Written;
use crate::text::invalid::Invalid;
use crate::text::style;
use crate::text::values::Json;
use crate::upload::{PartHeader, multipart};
use crate::url::page_origin;

/// Puts a call's request together.
pub(crate) fn prepare(call: &RawCall, aim: &Aim) -> Result<Prepared, RawError> {
    let shared = &*call.client.shared;
    let facts = call.facts;
    let invalid = |fault: Invalid| invalid(shared, facts.name, fault);
    let body = written(call).map_err(invalid)?;
    validate(call, body.as_ref()).map_err(|fault| refuse(shared, facts.name, &fault))?;
    let caller = caller(shared, facts.idempotency.flatten(), &call.options).map_err(invalid)?;
    let own = shared.own_base(facts).map_err(|message| RawError::configuration(message).in_operation(facts.name))?;
    assemble((call, aim), body, caller, own).map_err(invalid)
}

/// The error for input that is refused before anything is sent.
pub(crate) fn invalid(shared: &Shared, operation: &'static str, message: impl Into<String>) -> RawError {
    RawError::validation(message).in_operation(operation).with_code(shared.facts.errors.bad_input)
}

/// Input that breaks a rule is told to the handlers, wrong options are not: they are faults of the program.
fn refuse(shared: &Shared, operation: &'static str, fault: &Invalid) -> RawError {
    let message = fault.to_string();
    tracing::warn!(target: "typewright", client = shared.facts.name, operation, %message, "validation failed");
    shared.events.emit(|| {
        Event::ValidationFailed(ValidationFailedEvent {
            operation: operation.to_owned(),
            message: message.clone(),
            error_code: shared.facts.errors.bad_input.map(str::to_owned),
        })
    });
    invalid(shared, operation, message)
}

/// The body as the document wants it: put together of its members where it is flat, filled in and trimmed.
fn written(call: &RawCall) -> Result<Option<Body>, Invalid> {
    let Some(facts) = call.body_facts() else { return Ok(call.body.clone()) };
    let flat = call.facts.parameters.iter().any(|parameter| parameter.location == Location::Body);
    let json = match &call.body {
        None if flat => members(call),
        Some(Body::Json(json)) => json.clone(),
        other => return Ok(other.clone()),
    };
    if flat && facts.optional && json == "{}" {
        return Ok(None);
    }
    if facts.adjustments.is_empty() || call.fault(At::Body).is_some() {
        return Ok(Some(Body::Json(json)));
    }
    adjusted(&json, facts.adjustments, call.client.shared.maker()).map(|json| Some(Body::Json(json)))
}

/// The members of a flat body that are set, as an object.
fn members(call: &RawCall) -> String {
    let members =
        set(call, Location::Body).map(|(member, value)| (member.wire_name, Json::from_valid(value.as_json())));
    Json::object(members).as_text().to_owned()
}

/// Values in the order of the facts, then the body; the first violation is the error.
fn validate(call: &RawCall, body: Option<&Body>) -> Result<(), Invalid> {
    if let Some(fault) = call.fault(At::Call) {
        return Err(fault.clone());
    }
    let checked = call.client.shared.facts.validate_requests;
    // Of a body that has no parts, what its parts would have is not asked.
    let in_parts = call.body_facts().is_some_and(|facts| facts.kind == BodyKind::Multipart);
    for (index, parameter) in call.facts.parameters.iter().enumerate() {
        if parameter.location == Location::Part && !in_parts {
            continue;
        }
        if let Some(fault) = call.fault(At::Parameter(index)) {
            return Err(fault.clone());
        }
        match call.value(index) {
            Some(value) if checked => wire::check_parameter(parameter, value)?,
            None if parameter.location == Location::Path => {
                return Err(format!("{} is missing", parameter.wire_name).into());
            }
            _ => {}
        }
    }
    let fault = call.fault(At::Body);
    match (call.body_facts(), body) {
        (Some(facts), Some(Body::Json(json))) if checked => wire::check_body(facts, json, fault),
        _ => fault.map_or(Ok(()), |fault| Err(fault.clone())),
    }
}

/// The headers of the call's options (`keyed`: the operation's own rule about keys), checked against the reserved names.
pub(crate) fn caller(
    shared: &Shared,
    keyed: Option<IdempotencyFacts>,
    options: &CallOptions,
) -> Result<CallerIds, Invalid> {
    let facts = shared.facts;
    let mut caller = CallerIds { timeout: options.timeout, ..CallerIds::default() };
    if let Some(fault) = options.retry.as_ref().and_then(|policy| policy.fault()) {
        return Err(fault.into());
    }
    limits(options)?;
    for origin in &options.page_origins {
        page_origin(origin)?;
    }
    if !options.credentials.is_empty() {
        caller.credentials = Some(shared.credentials.with(facts, &options.credentials)?);
    }
    let key = options.idempotency_key.iter().map(|key| ("idempotency_key", key));
    for (method, value) in options.named.iter().map(|(method, value)| (*method, value)).chain(key) {
        let key = keyed.or(facts.idempotency).map(|rule| rule.header);
        let name = facts.call_header(method).or(key.filter(|_| method == "idempotency_key"));
        let name = name.ok_or_else(|| format!("this API declares no header for `{method}`"))?;
        let (name, header) = headers::header(name, value)?;
        let is_key = key.is_some_and(|key| key.eq_ignore_ascii_case(name.as_str()));
        if matches!(method, "request_id" | "trace_id") && !is_key {
            caller.id_headers.insert(name.clone(), header.clone());
        }
        caller.headers.insert(name, header);
        match method {
            "request_id" => caller.request_id = Some(value.clone()),
            "trace_id" => caller.trace_id = Some(value.clone()),
            _ => {}
        }
    }
    for (name, value) in &options.headers {
        if let Some(refusal) = headers::refusal(facts, name, "call headers") {
            return Err(refusal.into());
        }
        let (name, value) = headers::header(name, value)?;
        caller.headers.append(name, value);
    }
    Ok(caller)
}

/// The application's defaults, then what the client says of itself.
pub(crate) fn common_headers(shared: &Shared, accept: Option<&'static str>) -> HeaderMap {
    client_headers(shared, shared.default_headers.clone(), accept)
}

/// The same for what asks for a token, or opens or closes a session, at this URL. The application's defaults are no part of
/// it: they may be meant for another server, or for the calls of one end user. Those that it wants there it says so of.
pub(crate) fn token_headers(shared: &Shared, path: &str, accept: Option<&'static str>) -> HeaderMap {
    let own = if shared.is_at_base(path) { shared.token_headers.clone() } else { HeaderMap::new() };
    client_headers(shared, own, accept)
}

fn client_headers(shared: &Shared, mut headers: HeaderMap, accept: Option<&'static str>) -> HeaderMap {
    let accept = accept.unwrap_or(shared.facts.accept);
    if !accept.is_empty() {
        headers.insert(http::header::ACCEPT, HeaderValue::from_static(accept));
    }
    headers::overlay(&mut headers, &shared.constant_headers);
    headers.insert(http::header::USER_AGENT, shared.user_agent.clone());
    headers
}

/// `base`: the operation's own server, where that is asked.
fn assemble(
    (call, aim): (&RawCall, &Aim),
    body: Option<Body>,
    caller: CallerIds,
    base: Option<Arc<str>>,
) -> Result<Prepared, Invalid> {
    let (shared, facts) = (&*call.client.shared, call.facts);
    let method = Method::from_bytes(facts.method.as_bytes()).map_err(|_| format!("{} is no method", facts.method))?;
    let (path, shown) = path(call)?;
    let query = if aim.link.is_some() { String::new() } else { query(call)? };
    let own = base.as_ref().map(|base| Cow::Owned(format!("{}{path}", base.trim_end_matches('/'))));
    let path = aim.link.as_ref().map(|link| Cow::Owned(link.target.clone())).or(own).unwrap_or(path);
    let accept = aim.streamed.or(facts.accept);
    let mut headers = match facts.session {
        Some(_) => token_headers(shared, &path, accept),
        None => common_headers(shared, accept),
    };
    let content = body_of(call, body.as_ref(), &mut headers)?;
    if !content.can_be_sent() {
        return Err("the body is a stream that was sent before: make it with `Upload::repeatable`.".into());
    }
    parameter_headers(call, &mut headers)?;
    headers::overlay(&mut headers, &caller.headers);
    check_boundary(&headers)?;
    let foreign = aim.link.as_ref().is_some_and(|link| link.foreign);
    if caller.credentials.is_some() && facts.security.is_empty() {
        return Err("this operation takes no credentials".into());
    }
    let target = Target {
        base_url: base.filter(|_| !foreign),
        query,
        foreign,
        ..Target::new(facts.name, method, path, Shown { path: shown, template: facts.path.into() })
    };
    // With credentials of its own, a call neither uses nor ends the session of the client.
    let of_session = matches!(facts.session, Some(SessionRole::Renews | SessionRole::Closes));
    let session = facts.session.filter(|_| caller.credentials.is_none() || !of_session);
    let auth = Demand {
        needs: if facts.security.is_empty() || foreign { Needs::Nothing } else { Needs::OneOf(facts.security) },
        session_cookie: caller.credentials.is_none() && !foreign && of_session,
        caller,
    };
    let reading =
        Reading { answers: facts.answers, unverified: facts.unverified, streamed: aim.streamed.is_some(), session };
    let purpose = Purpose::Call { facts, options: &call.options, keyed: true };
    Prepared::new(&call.client, &purpose, target, (headers, content), (auth, reading))
}

/// Checks the time limits of a call.
pub(crate) fn limits(options: &CallOptions) -> Result<(), Invalid> {
    let zero = [options.timeout, options.total_timeout].into_iter().flatten().any(|limit| limit.is_zero());
    if zero { Err("a timeout must be longer than zero".into()) } else { Ok(()) }
}

/// The parameters that are set, with their values as JSON, in the order of the facts.
fn set(call: &RawCall, location: Location) -> impl Iterator<Item = (&'static Parameter, &Written)> {
    call.facts
        .parameters
        .iter()
        .enumerate()
        .filter(move |(_, parameter)| parameter.location == location)
        .filter_map(|(index, parameter)| Some((parameter, call.value(index)?)))
}

/// The path for the wire and the path for people, in which sensitive values are masked.
fn path(call: &RawCall) -> Result<(Cow<'static, str>, Cow<'static, str>), Invalid> {
    let template = call.facts.path;
    let (mut wire_path, mut shown) = (Cow::Borrowed(template), Cow::Borrowed(template));
    for (parameter, value) in set(call, Location::Path) {
        let placeholder = format!("{{{}}}", parameter.wire_name);
        let value = wire::path_value(parameter, value)?;
        let masked = if parameter.sensitive { "[redacted]" } else { &value };
        shown = shown.replace(&placeholder, masked).into();
        wire_path = wire_path.replace(&placeholder, &value).into();
    }
    Ok((style::path_text(wire_path), shown))
}

fn query(call: &RawCall) -> Result<String, Invalid> {
    let facts = call.client.shared.facts;
    let mut query = String::new();
    for (parameter, value) in set(call, Location::Query) {
        wire::add_query_value(&mut query, parameter, value, facts)?;
    }
    for (name, value) in &call.options.query {
        wire::separate(&mut query);
        query.push_str(&wire::query_pair(name, value, facts));
    }
    Ok(query)
}

fn parameter_headers(call: &RawCall, headers: &mut HeaderMap) -> Result<(), Invalid> {
    for (parameter, value) in set(call, Location::Header) {
        let Some(value) = wire::header_value(parameter, value)? else { continue };
        let (name, value) = headers::header(parameter.wire_name, &value)?;
        headers.insert(name, value);
    }
    // Cookies stand side by side: those that the application sends with everything, or as one text, stay.
    let before = headers.get_all(COOKIE).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let mut cookies: Vec<String> = before.filter(|text| !text.is_empty()).map(str::to_owned).collect();
    for (parameter, value) in set(call, Location::Cookie) {
        let cookie = wire::cookie_value(parameter, value)?;
        if !cookie.is_empty() {
            cookies.push(cookie);
        }
    }
    if !cookies.is_empty() {
        let (name, value) = headers::header("cookie", &cookies.join("; "))?;
        headers.insert(name, value);
    }
    Ok(())
}

/// The headers that parts of the body have, if they are sent.
fn part_headers(call: &RawCall) -> Result<Vec<PartHeader>, Invalid> {
    let mut headers = Vec::new();
    for (index, parameter) in call.facts.parameters.iter().enumerate() {
        if parameter.location != Location::Part {
            continue;
        }
        let usual = || parameter.usual.map(|json| Written::from_valid(json.to_owned()));
        let value = match call.value(index).cloned().or_else(usual) {
            Some(value) => wire::header_value(parameter, &value)?,
            None => None,
        };
        let Parameter { part, wire_name, needed, .. } = *parameter;
        headers.push(PartHeader { part, name: wire_name, value, needed });
    }
    Ok(headers)
}

/// Parts whose boundary is not told can be read by nobody.
fn check_boundary(headers: &HeaderMap) -> Result<(), Invalid> {
    let told = headers.get(http::header::CONTENT_TYPE).and_then(|told| told.to_str().ok()).unwrap_or_default();
    let told = told.to_ascii_lowercase();
    if told.starts_with("multipart/") && !told.contains("boundary=") {
        return Err(format!(
            "the body's boundary is missing: name it, for example with `.content_type(\"{told}; boundary=…\")`"
        )
        .into());
    }
    Ok(())
}

/// The body as it travels; its type goes into the headers.
fn body_of(call: &RawCall, body: Option<&Body>, headers: &mut HeaderMap) -> Result<Content, Invalid> {
    let extra = &call.options.members;
    let Some(facts) = call.body_facts() else {
        let fits = extra.is_empty() && body.is_none();
        return if fits { Ok(Content::default()) } else { Err("this operation takes no body".into()) };
    };
    let json = match body {
        None if extra.is_empty() => return Ok(Content::default()),
        None => "{}",
        Some(Body::Json(json)) => json,
        Some(Body::Upload(upload)) if extra.is_empty() => {
            let (_, value) = headers::header("content-type", upload.given_type().unwrap_or(facts.content_type))?;
            headers.insert(http::header::CONTENT_TYPE, value);
            return Ok(upload.clone().into());
        }
        Some(Body::Upload(_)) => return Err("a body of bytes has no members".into()),
    };
    let json = wire::with_members(json, extra)?;
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(facts.content_type));
    if !call.files.is_empty() && facts.kind != BodyKind::Multipart {
        return Err("a file can only travel in a multipart body".into());
    }
    match facts.kind {
        BodyKind::Json => Ok(Content::from(json)),
        BodyKind::Form => wire::form_body(facts, &json).map(Content::from),
        BodyKind::Text | BodyKind::Bytes => wire::text(&json).map(Content::from),
        BodyKind::Multipart => {
            let random = &*call.client.shared.random;
            let boundary = format!("{:016x}{:016x}", random.next(), random.next());
            let (upload, content_type) = multipart(&json, (facts.parts, &part_headers(call)?), &call.files, &boundary)?;
            let (_, value) = headers::header("content-type", &content_type)?;
            headers.insert(http::header::CONTENT_TYPE, value);
            Ok(upload.into())
        }
    }
}
