//! What the crate's root re-exports of the runtime, so that an application needs no second dependency.

use std::collections::BTreeSet;

use super::declaration::{OutputDecl, Plan, StreamDecl};

/// What callers name in every crate.
const RUNTIME_NAMES: &[&str] = &[
    "Auth",
    "Base64",
    "Builder",
    "Bytes",
    "Credentials",
    "Date",
    "DateTime",
    "Decimal",
    "DecodeError",
    "ErrorKind",
    "Event",
    "EventType",
    "Events",
    "Extra",
    "Field",
    "IssueToken",
    "Items",
    "Json",
    "Map",
    "MemoryTokenCache",
    "NumberOrString",
    "Operation",
    "Others",
    "Paged",
    "Pages",
    "Pending",
    "RateLimitInfo",
    "RawReply",
    "RawRequest",
    "RedirectPolicy",
    "Response",
    "RetryPolicy",
    "Secret",
    "Subscription",
    "Token",
    "TokenCache",
    "UnknownNumber",
    "UnknownValue",
    "Uuid",
    "event",
    "hook",
    "testing",
    "time",
    "transport",
];

/// The names, in the order of the source.
pub(super) fn plan_exports(plan: &Plan) -> Vec<&'static str> {
    let cookies = (!plan.client.facts.cookies.is_empty()).then_some("CookieId");
    let filters: &[&str] = if plan.client.facts.filters.is_some() { &["Attribute", "Filter", "Sort"] } else { &[] };
    let sent = plan.webhooks.iter().flat_map(|_| ["Delivery", "HeaderMap", "WebhookError"]);
    let signed = plan.webhooks.as_ref().is_some_and(|webhooks| webhooks.facts.signature.is_some());
    let signed = signed.then_some("WebhookVerifier");
    let always = RUNTIME_NAMES.iter().chain(filters).copied();
    let mut names: Vec<&str> = always.chain(cookies).chain(sent).chain(signed).chain(streams(plan)).collect();
    names.sort_unstable_by_key(|name| (name.starts_with(char::is_lowercase), *name));
    names
}

/// What streams and uploads need, in crates that have them.
fn streams(plan: &Plan) -> BTreeSet<&'static str> {
    let names = plan.streams().map(|stream| match stream {
        StreamDecl::Bytes { .. } => ["Download"].as_slice(),
        StreamDecl::Records { .. } => &["Records"],
        StreamDecl::Events { .. } => &["EventStream", "ServerEvent"],
    });
    let headers = plan.operations().any(|operation| !operation.headers.is_empty()).then_some("Header");
    let redirected =
        plan.operations().any(|operation| operation.output == OutputDecl::Redirect).then_some("RedirectTarget");
    names.flatten().copied().chain(plan.uploads()).chain(headers).chain(redirected).collect()
}

#[cfg(test)]
mod tests {
    use super::RUNTIME_NAMES;

    /// A client named like something that its root re-exports would not compile.
    #[test]
    fn what_is_re_exported_is_reserved() {
        let reserved = include_str!("../name/reserved.rs");
        let types = RUNTIME_NAMES.iter().filter(|name| name.starts_with(char::is_uppercase));
        let missing: Vec<_> = types.filter(|name| !reserved.contains(&format!("    \"{name}\",\n"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
