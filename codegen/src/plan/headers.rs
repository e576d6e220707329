//! Names of headers that the document gives a meaning, as constants of the client.
//!
//! Owns what each is for, in a sentence. Typed headers of answers are `header`'s concern.

use std::collections::BTreeMap;

use super::declaration::ConstantDecl;
use super::docs;
use crate::api::{Api, Location, SecurityKind};
use crate::facts::MessagePlace;
use crate::name::Names;

/// Every named header, sorted by its name in lower case.
pub(super) fn plan_headers(api: &Api) -> Vec<ConstantDecl> {
    let mut found = Purposes::default();
    requests(api, &mut found);
    answers(api, &mut found);
    messages(api, &mut found);
    let idents = Names::header_constants(found.by_header.keys().map(String::as_str));
    let decl = |((wire_name, purposes), ident): ((String, Vec<String>), String)| ConstantDecl {
        ident,
        wire_name,
        docs: docs::clean(&purposes.join("\n\n")),
    };
    found.by_header.into_iter().zip(idents).map(decl).collect()
}

#[derive(Default)]
struct Purposes {
    by_header: BTreeMap<String, Vec<String>>,
}

impl Purposes {
    fn add(&mut self, header: &str, purpose: &str) {
        let purposes = self.by_header.entry(header.to_ascii_lowercase()).or_default();
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

fn requests(api: &Api, found: &mut Purposes) {
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

fn answers(api: &Api, found: &mut Purposes) {
    let errors = &api.facts.errors;
    found.all(&errors.request_id, "Response header: the request ID, also `request_id()` of responses and errors.");
    found.all(&errors.trace_id, "Response header: the trace ID, also `trace_id()` of responses and errors.");
    let limits = errors.rate_limit.iter();
    let limits = limits.flat_map(|limits| limits.limit.iter().chain(&limits.remaining).chain(&limits.reset));
    found.all(limits, "Response header: the rate limit, also `rate_limit()` of errors.");
}

fn messages(api: &Api, found: &mut Purposes) {
    let Some(webhooks) = &api.facts.webhooks else { return };
    let header = |place: &Option<MessagePlace>| match place {
        Some(MessagePlace::Header(header)) => Some(header.clone()),
        _ => None,
    };
    found.all(header(&webhooks.name).iter(), "Webhook header: the name of the webhook.");
    found.all(header(&webhooks.id).iter(), "Webhook header: the ID of the delivery.");
    if let Some(signature) = &webhooks.signature {
        found.add(&signature.header, "Webhook header: the signature.");
        found.all(signature.timestamp.iter(), "Webhook header: the time of the signature.");
    }
}
