//! Names of headers that the document gives a meaning, as constants of the client.
//!
//! Owns what each is for, in a sentence. Typed headers of answers are `header`'s concern.

use std::collections::BTreeMap;

use super::declaration::ConstantDecl;
use super::docs;
use crate::api::{Api, Location, SecurityKind};
use crate::facts::Part;
use crate::name::Names;

/// Every named header, sorted by its name in lower case.
pub(super) fn plan_headers(api: &Api) -> Vec<ConstantDecl> {
    let mut found = Found::default();
    requests(api, &mut found);
    answers(api, &mut found);
    messages(api, &mut found);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let decl = |(wire_name, purposes): (String, Vec<String>)| {
        let plain = format!("HEADER_{}", Names::constant(&wire_name));
        let count = taken.entry(plain.clone()).or_default();
        *count += 1;
        // Names that only characters without a word tell apart, `x-id` and `x_id`, are spelled out.
        let spelled = || wire_name.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
        let ident = if *count == 1 { plain } else { format!("{plain}_{}", spelled()) };
        ConstantDecl { ident, wire_name, docs: docs::clean(&purposes.join("\n\n")) }
    };
    found.purposes.into_iter().map(decl).collect()
}

#[derive(Default)]
struct Found {
    purposes: BTreeMap<String, Vec<String>>,
}

impl Found {
    fn add(&mut self, header: &str, purpose: &str) {
        let purposes = self.purposes.entry(header.to_ascii_lowercase()).or_default();
        if !purposes.iter().any(|known| known == purpose) {
            purposes.push(purpose.to_owned());
        }
    }

    fn all<'h>(&mut self, headers: impl IntoIterator<Item = &'h String>, purpose: &str) {
        for header in headers {
            self.add(header, purpose);
        }
    }
}

fn requests(api: &Api, found: &mut Found) {
    let facts = &api.facts;
    found.all(facts.headers.keys(), "Sent with every request.");
    for (name, header) in &facts.call_headers {
        found.add(header, &format!("Set by a call's `{name}`."));
    }
    for scheme in &api.security_schemes {
        if let SecurityKind::ApiKey { location: Location::Header, wire_name } = &scheme.kind {
            found.add(wire_name, "Carries the credentials.");
        }
    }
    found.all(
        facts.token.iter().flat_map(|token| token.headers.iter().map(|(name, _)| name)),
        "Carries the credentials.",
    );
    found.all(
        facts.signing.iter().flat_map(|signing| signing.headers.iter().map(|(name, _)| name)),
        "Carries the signature.",
    );
    found.all(facts.idempotency.iter().map(|keys| &keys.header), "Carries the idempotency key of a write.");
    found.all(&facts.reserved_headers, "Set by the client, and refused in headers that an application adds.");
}

fn answers(api: &Api, found: &mut Found) {
    let errors = &api.facts.errors;
    found.all(&errors.request_id, "Response header: the request ID, also `request_id()` of responses and errors.");
    found.all(&errors.trace_id, "Response header: the trace ID, also `trace_id()` of responses and errors.");
    let limits = errors.rate_limit.iter();
    let limits = limits.flat_map(|limits| limits.limit.iter().chain(&limits.remaining).chain(&limits.reset));
    found.all(limits, "Response header: the rate limit, also `rate_limit()` of errors.");
}

fn messages(api: &Api, found: &mut Found) {
    let Some(webhooks) = &api.facts.webhooks else { return };
    let header = |part: &Option<Part>| match part {
        Some(Part::Header(header)) => Some(header.clone()),
        _ => None,
    };
    found.all(header(&webhooks.name).iter(), "Webhook header: the name of the webhook.");
    found.all(header(&webhooks.id).iter(), "Webhook header: the ID of the delivery.");
    if let Some(signature) = &webhooks.signature {
        found.add(&signature.header, "Webhook header: the signature.");
        found.all(signature.timestamp.iter(), "Webhook header: the time of the signature.");
    }
}
