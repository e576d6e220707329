//! The vocabulary: one table per object, one row per member.
//!
//! `specs/x-typewright.schema.json` says the same to editors; a test holds the two together. A new fact is a row here, a
//! field in `facts` and an entry there.

mod pagination;
mod session;
mod webhooks;

use super::filters::FILTERS;
use super::keys::idempotency;
use super::reader::{Of, Reader, Row, Table, Takes};
use crate::facts::{
    BaseUrl, Declared, Environments, ErrorFacts, ErrorSign, Filters, Jitter, OfficialSdk, OperationFacts,
    ProjectionFacts, RateLimit, RateLimitHeaders, RetryFacts, RetryPolicy, RootFacts, SchemaFacts, SessionFacts,
    SigningFacts, StatusFact, Timeouts, TokenCredentials, TokenFacts, ValueFacts, VariantFacts, WebhookFacts,
};
use crate::tree::NodeId;
pub(crate) use pagination::members as pagination_members;
use pagination::pagination;

pub(super) const fn row<T>(name: &'static str, takes: Takes<T>) -> Row<T> {
    Row { name, takes, required: false }
}

pub(super) const fn needed<T>(name: &'static str, takes: Takes<T>) -> Row<T> {
    Row { name, takes, required: true }
}

/// At the root of a document.
pub(super) const ROOT: Table<RootFacts> = Table {
    name: "x-typewright",
    rows: &[
        row("client", Takes::Text(Of::Any, |facts, text| facts.client = Some(text))),
        row(
            "environments",
            Takes::Object("environments", |facts, reader, at| {
                facts.environments = Some(reader.object(ENVIRONMENTS, at, Environments::default()));
            }),
        ),
        row("variables", Takes::Pairs(Of::Any, Of::Any, |facts, pairs| facts.variables.extend(pairs))),
        row("headers", Takes::Pairs(Of::Header, Of::Any, |facts, pairs| facts.headers.extend(pairs))),
        row("user_agent", Takes::Text(Of::Any, |facts, text| facts.user_agent = Some(text))),
        row("call_headers", Takes::Pairs(Of::Any, Of::Header, |facts, pairs| facts.call_headers.extend(pairs))),
        row("reserved_headers", Takes::Texts(Of::Header, |facts, texts| facts.reserved_headers = texts)),
        row(
            "timeouts",
            Takes::Object("timeouts", |facts, reader, at| {
                facts.timeouts = reader.object(TIMEOUTS, at, Timeouts::default());
            }),
        ),
        row(
            "retry",
            Takes::Object("retry", |facts, reader, at| facts.retry = reader.object(RETRY, at, RetryFacts::default())),
        ),
        row(
            "idempotency",
            Takes::Object("idempotency", |facts, reader, at| facts.idempotency = Some(idempotency(reader, at))),
        ),
        row("locking", Takes::Choice(&["optimistic"], |facts, _| facts.optimistic_locking = true)),
        row(
            "errors",
            Takes::Object("errors", |facts, reader, at| {
                facts.errors = reader.object(ERRORS, at, ErrorFacts::default());
            }),
        ),
        row(
            "token",
            Takes::Object("token", |facts, reader, at| {
                facts.token = Some(reader.object(TOKEN, at, TokenFacts::default()));
            }),
        ),
        row("validate", Takes::Choice(&["requests"], |facts, _| facts.validate_requests = true)),
        row("query", Takes::Choice(&["form"], |facts, _| facts.form_query = true)),
        row(
            "session",
            Takes::Object("session", |facts, reader, at| {
                facts.session = Some(reader.object(session::SESSION, at, SessionFacts::default()));
            }),
        ),
        row(
            "webhooks",
            Takes::Object("webhooks", |facts, reader, at| {
                facts.webhooks = Some(reader.object(webhooks::WEBHOOKS, at, WebhookFacts::default()));
            }),
        ),
        row("cookies", Takes::Pairs(Of::Any, Of::Header, |facts, pairs| facts.cookies.extend(pairs))),
        row(
            "official_sdk",
            Takes::Object("official_sdk", |facts, reader, at| {
                facts.official_sdk = Some(reader.object(OFFICIAL_SDK, at, OfficialSdk::default()));
            }),
        ),
        row(
            "signing",
            Takes::Object("signing", |facts, reader, at| {
                facts.signing = Some(reader.object(SIGNING, at, SigningFacts::default()));
            }),
        ),
        row(
            "filters",
            Takes::Object("filters", |facts, reader, at| {
                facts.filters = Some(reader.object(FILTERS, at, Filters::default()));
            }),
        ),
        row("pagination", Takes::Object("pagination", |facts, reader, at| facts.pagination = pagination(reader, at))),
        row("credentials", Takes::Choice(&["required"], |facts, _| facts.credentials_required = true)),
        row(
            "base_url",
            Takes::Object("base_url", |facts, reader, at| {
                facts.base_url = reader.object(BASE_URL, at, BaseUrl::default());
            }),
        ),
        row(
            "rate_limit",
            Takes::Object("rate_limit", |facts, reader, at| {
                facts.rate_limit = Some(reader.object(RATE_LIMIT, at, RateLimit::default()));
            }),
        ),
    ],
};

/// `base_url`.
pub(super) const BASE_URL: Table<BaseUrl> = Table {
    name: "base_url",
    rows: &[
        row("cut", Takes::Texts(Of::Any, |facts, texts| facts.cut = texts)),
        row("scheme", Takes::Choice(&["https", "http"], |facts, text| facts.scheme = Some(text.to_owned()))),
    ],
};

/// `rate_limit`.
pub(super) const RATE_LIMIT: Table<RateLimit> = Table {
    name: "rate_limit",
    rows: &[
        needed("requests", Takes::Count(|limit, count| limit.requests = u32::try_from(count).unwrap_or(u32::MAX))),
        needed("window_s", Takes::Count(|limit, count| limit.window_s = count)),
        row("message", Takes::Text(Of::Any, |limit, text| limit.message = Some(text))),
        row("shared", Takes::Choice(&["process"], |limit, _| limit.shared = true)),
    ],
};

/// `official_sdk`.
pub(super) const OFFICIAL_SDK: Table<OfficialSdk> = Table {
    name: "official_sdk",
    rows: &[
        needed("name", Takes::Text(Of::Any, |sdk, text| sdk.name = text)),
        row("calls", Takes::Pairs(Of::Any, Of::Any, |sdk, pairs| sdk.calls = pairs)),
        row("operations", Takes::Text(Of::Any, |sdk, text| sdk.operations = Some(text))),
        row("differences", Takes::Texts(Of::Any, |sdk, texts| sdk.differences = texts)),
    ],
};

/// `environments`.
pub(super) const ENVIRONMENTS: Table<Environments> = Table {
    name: "environments",
    rows: &[
        row("variable", Takes::Text(Of::Any, |facts, text| facts.variable = Some(text))),
        row("default", Takes::Text(Of::Any, |facts, text| facts.default = Some(text))),
        needed("values", Takes::Pairs(Of::Any, Of::Any, |facts, pairs| facts.values = pairs)),
    ],
};

/// `timeouts`.
pub(super) const TIMEOUTS: Table<Timeouts> = Table {
    name: "timeouts",
    rows: &[
        row("connect_ms", Takes::Count(|facts, count| facts.connect_ms = Some(count))),
        row("attempt_ms", Takes::Count(|facts, count| facts.attempt_ms = Some(count))),
        row("total_ms", Takes::Count(|facts, count| facts.total_ms = Some(count))),
        row("stall_ms", Takes::Count(|facts, count| facts.stall_ms = Some(count))),
    ],
};

/// `retry` of the document.
pub(super) const RETRY: Table<RetryFacts> = Table {
    name: "retry",
    rows: &[
        row("read", Takes::Object("policy", |facts, reader, at| facts.read = Some(policy(reader, at)))),
        row("token", Takes::Object("policy", |facts, reader, at| facts.token = Some(policy(reader, at)))),
        row("write", Takes::Object("policy", |facts, reader, at| facts.write = Some(policy(reader, at)))),
    ],
};

/// One policy.
pub(super) const POLICY: Table<RetryPolicy> = Table {
    name: "policy",
    rows: &[
        row("enabled", Takes::Flag(|facts, flag| facts.enabled = flag)),
        row("attempts", Takes::Count(|facts, count| facts.attempts = Some(u32::try_from(count).unwrap_or(u32::MAX)))),
        row("base_delay_ms", Takes::Count(|facts, count| facts.base_delay_ms = Some(count))),
        row("max_delay_ms", Takes::Count(|facts, count| facts.max_delay_ms = Some(count))),
        row("statuses", Takes::Texts(Of::Status, |facts, texts| facts.statuses = Some(StatusFact::read_all(&texts)))),
        row("network", Takes::Flag(|facts, flag| facts.network = Some(flag))),
        row("jitter", Takes::Object("jitter", |facts, reader, at| facts.jitter = jitter(reader, at))),
    ],
};

/// `errors`.
pub(super) const ERRORS: Table<ErrorFacts> = Table {
    name: "errors",
    rows: &[
        row("code", Takes::Texts(Of::Pointer, |facts, texts| facts.code = texts)),
        row("message", Takes::Texts(Of::Pointer, |facts, texts| facts.message = texts)),
        row("details", Takes::Texts(Of::Pointer, |facts, texts| facts.details = texts)),
        row("codes", Takes::Text(Of::Any, |facts, text| facts.codes = Some(text))),
        row("request_id", Takes::Texts(Of::Header, |facts, texts| facts.request_id = texts)),
        row("trace_id", Takes::Texts(Of::Header, |facts, texts| facts.trace_id = texts)),
        row("validation", Takes::Texts(Of::Status, |facts, texts| facts.validation = StatusFact::read_all(&texts))),
        row("unreadable", Takes::Text(Of::Any, |facts, text| facts.unreadable = Some(text))),
        row("bad_input", Takes::Text(Of::Any, |facts, text| facts.bad_input = Some(text))),
        row("bad_setup", Takes::Text(Of::Any, |facts, text| facts.bad_setup = Some(text))),
        row("values", Takes::Pairs(Of::Any, Of::Pointer, |facts, pairs| facts.values = pairs)),
        row("status", Takes::Texts(Of::Pointer, |facts, texts| facts.status = texts)),
        row("in_success", Takes::Object("in_success", |facts, reader, at| facts.in_success = signs(reader, at))),
        row(
            "rate_limit",
            Takes::Object("rate_limit_headers", |facts, reader, at| {
                facts.rate_limit = Some(reader.object(RATE_LIMIT_HEADERS, at, RateLimitHeaders::default()));
            }),
        ),
    ],
};

/// One entry of `in_success`.
pub(super) const ERROR_SIGN: Table<ErrorSign> = Table {
    name: "error_sign",
    rows: &[
        needed("at", Takes::Text(Of::Pointer, |sign, text| sign.at = text)),
        row("is", Takes::Flag(|sign, flag| sign.is = Some(flag))),
        row("at_least", Takes::Count(|sign, count| sign.at_least = Some(count))),
    ],
};

/// `rate_limit` of `errors`.
pub(super) const RATE_LIMIT_HEADERS: Table<RateLimitHeaders> = Table {
    name: "rate_limit",
    rows: &[
        row("limit", Takes::Texts(Of::Header, |facts, texts| facts.limit = texts)),
        row("remaining", Takes::Texts(Of::Header, |facts, texts| facts.remaining = texts)),
        row("reset", Takes::Texts(Of::Header, |facts, texts| facts.reset = texts)),
    ],
};

/// `signing`.
pub(super) const SIGNING: Table<SigningFacts> = Table {
    name: "signing",
    rows: &[
        needed("scheme", Takes::Text(Of::Any, |facts, text| facts.scheme = text)),
        row("methods", Takes::Texts(Of::Any, |facts, texts| facts.methods = texts)),
        needed("template", Takes::Text(Of::Any, |facts, text| facts.template = text)),
        // One of each so far; the vocabulary names them so that another one is no change of meaning.
        row("digest", Takes::Choice(&["sha256"], |_, _| ())),
        row("mac", Takes::Choice(&["hmac-sha256"], |_, _| ())),
        row("encoding", Takes::Choice(&["hex", "base64"], |facts, text| facts.base64 = text == "base64")),
        needed("headers", Takes::Pairs(Of::Header, Of::Any, |facts, pairs| facts.headers = pairs)),
    ],
};

/// `token`.
pub(super) const TOKEN: Table<TokenFacts> = Table {
    name: "token",
    rows: &[
        needed("scheme", Takes::Text(Of::Any, |facts, text| facts.scheme = text)),
        row("url", Takes::Text(Of::Any, |facts, text| facts.url = Some(text))),
        row(
            "credentials",
            Takes::Choice(&["basic", "form"], |facts, text| {
                facts.credentials = if text == "form" { TokenCredentials::Form } else { TokenCredentials::Basic };
            }),
        ),
        row("fields", Takes::Pairs(Of::Any, Of::Any, |facts, pairs| facts.fields = pairs)),
        row("form", Takes::Choice(&["component"], |facts, _| facts.component_form = true)),
        row("access_token", Takes::Texts(Of::Any, |facts, texts| facts.access_token = texts)),
        row("token_type", Takes::Texts(Of::Any, |facts, texts| facts.token_type = texts)),
        row("expires_in", Takes::Texts(Of::Any, |facts, texts| facts.expires_in = texts)),
        row("default_lifetime", Takes::Count(|facts, count| facts.default_lifetime = Some(count))),
        row("refresh_margin", Takes::Count(|facts, count| facts.refresh_margin = Some(count))),
        row("keep_on_unauthorized", Takes::Flag(|facts, flag| facts.keep_on_unauthorized = flag)),
        row("repeat", Takes::Choice(&["reads"], |facts, _| facts.repeat_reads_only = true)),
        row("shared", Takes::Choice(&["process"], |facts, _| facts.shared = true)),
        row("headers", Takes::Pairs(Of::Header, Of::Any, |facts, pairs| facts.headers = pairs)),
    ],
};

/// At an operation.
pub(super) const OPERATION: Table<OperationFacts> = Table {
    name: "x-typewright",
    rows: &[
        row("resource", Takes::Text(Of::Any, |facts, text| facts.resource = Some(text))),
        row("method", Takes::Text(Of::Any, |facts, text| facts.method = Some(text))),
        row("scopes", Takes::Texts(Of::Any, |facts, texts| facts.scopes = texts)),
        row(
            "pagination",
            Takes::Object("pagination_or_none", |facts, reader, at| {
                let none = reader.tree.as_str(at) == Some("none");
                facts.pagination = match none {
                    true => Declared::Off,
                    false => pagination(reader, at).map_or(Declared::Inherit, Declared::Own),
                };
            }),
        ),
        row("retry", Takes::Object("policy", |facts, reader, at| facts.retry = Some(policy(reader, at)))),
        row(
            "idempotency",
            Takes::Object("idempotency_or_none", |facts, reader, at| {
                let none = reader.tree.as_str(at) == Some("none");
                facts.idempotency = if none { Declared::Off } else { Declared::Own(idempotency(reader, at)) };
            }),
        ),
        session::ROLE,
        row("events", Takes::Texts(Of::Any, |facts, texts| facts.events = texts)),
        row("expects", Takes::Texts(Of::Pointer, |facts, texts| facts.expects = texts)),
        row("projections", Takes::Object("projections", projections)),
        row("variants", Takes::Object("variants", variants)),
        row("preview", Takes::Text(Of::Any, |facts, text| facts.preview = Some(text))),
        row("answers", Takes::Choice(&["unverified"], |facts, _| facts.unverified = true)),
        row("body", Takes::Choice(&["flat"], |facts, _| facts.flat_body = true)),
        row("token_endpoint", Takes::Flag(|facts, flag| facts.token_endpoint = flag)),
        row(
            "official_sdk",
            Takes::Text(Of::Any, |facts, text| {
                facts.official_sdk = if text == "none" { Declared::Off } else { Declared::Own(text) }
            }),
        ),
    ],
};

/// One of `projections`.
pub(super) const PROJECTION: Table<ProjectionFacts> = Table {
    name: "projection",
    rows: &[
        needed("member", Takes::Text(Of::Pointer, |facts, text| facts.member = text)),
        row("summary", Takes::Text(Of::Any, |facts, text| facts.summary = Some(text))),
        row("description", Takes::Text(Of::Any, |facts, text| facts.description = Some(text))),
    ],
};

fn projections(facts: &mut OperationFacts, reader: &mut Reader<'_>, at: NodeId) {
    let tree = reader.tree;
    let Some(members) = tree.as_mapping(at) else { return reader.wrong(at, "projections", "an object") };
    for member in members {
        let projection = reader.object(PROJECTION, member.value, ProjectionFacts::default());
        facts.projections.push((member.key.to_string(), projection));
    }
}

/// One of `variants`.
pub(super) const VARIANT: Table<VariantFacts> = Table {
    name: "variant",
    rows: &[
        needed("fill", Takes::Object("members", |facts, reader, at| facts.fill = members(reader, at))),
        row("summary", Takes::Text(Of::Any, |facts, text| facts.summary = Some(text))),
        row("description", Takes::Text(Of::Any, |facts, text| facts.description = Some(text))),
    ],
};

fn variants(facts: &mut OperationFacts, reader: &mut Reader<'_>, at: NodeId) {
    let tree = reader.tree;
    let Some(members) = tree.as_mapping(at) else { return reader.wrong(at, "variants", "an object") };
    for member in members {
        let variant = reader.object(VARIANT, member.value, VariantFacts::default());
        facts.variants.push((member.key.to_string(), variant));
    }
}

/// Members with their values as JSON text.
fn members(reader: &mut Reader<'_>, at: NodeId) -> Vec<(String, String)> {
    let tree = reader.tree;
    let Some(members) = tree.as_mapping(at) else {
        reader.wrong(at, "fill", "an object");
        return Vec::new();
    };
    members.iter().map(|member| (member.key.to_string(), tree.json_text(member.value))).collect()
}

/// At a schema, property, parameter or header.
pub(super) const SCHEMA: Table<SchemaFacts> = Table {
    name: "x-typewright",
    rows: &[
        row("name", Takes::Text(Of::Any, |facts, text| facts.name = Some(text))),
        row("sensitive", Takes::Flag(|facts, flag| facts.sensitive = flag)),
        row("well_formed", Takes::Flag(|facts, flag| facts.well_formed = flag)),
        row("decimal", Takes::Flag(|facts, flag| facts.decimal |= flag)),
        row("money", Takes::Flag(|facts, flag| facts.decimal |= flag)),
        row("verbatim", Takes::Flag(|facts, flag| facts.verbatim = flag)),
        row("fill", Takes::Object("json", |facts, reader, at| facts.fill = Some(reader.tree.json_text(at)))),
        row("max_bytes", Takes::Count(|facts, count| facts.max_bytes = Some(count))),
        row("reserved_keys", Takes::Texts(Of::Any, |facts, texts| facts.reserved_keys = texts)),
        row("named_members", Takes::Flag(|facts, flag| facts.named_members = flag)),
        row("segments", Takes::Flag(|facts, flag| facts.segments = flag)),
        row("filter", Takes::Flag(|facts, flag| facts.filter = Some(flag))),
        row("trim", Takes::Flag(|facts, flag| facts.trim = flag)),
        row("messages", Takes::Pairs(Of::Any, Of::Any, |facts, pairs| facts.messages.extend(pairs))),
        row("values", Takes::Object("values", values)),
        row("accessors", Takes::Object("accessors", accessors)),
    ],
};

/// One value of an enum.
pub(super) const VALUE: Table<ValueFacts> = Table {
    name: "value",
    rows: &[
        row("name", Takes::Text(Of::Any, |facts, text| facts.name = Some(text))),
        row("description", Takes::Text(Of::Any, |facts, text| facts.description = Some(text))),
    ],
};

pub(super) fn policy(reader: &mut Reader<'_>, at: NodeId) -> RetryPolicy {
    reader.object(POLICY, at, RetryPolicy { enabled: true, ..RetryPolicy::default() })
}

fn jitter(reader: &mut Reader<'_>, at: NodeId) -> Option<Jitter> {
    if reader.tree.as_str(at) == Some("added") {
        return Some(Jitter::Added);
    }
    let items = reader.tree.as_sequence(at).unwrap_or_default();
    let numbers: Vec<f64> = items.iter().filter_map(|item| reader.tree.as_number(*item)?.parse().ok()).collect();
    match (items.len(), numbers.as_slice()) {
        (2, [low, high]) if (0.0..=*high).contains(low) => Some(Jitter::Factor(*low, *high)),
        _ => {
            let help = "write two numbers, `[0.75, 1.25]`, the lesser first, or `added`";
            reader.bad(at, "`jitter` is no range".to_owned(), help.to_owned());
            None
        }
    }
}

fn signs(reader: &mut Reader<'_>, at: NodeId) -> Vec<ErrorSign> {
    let tree = reader.tree;
    let Some(items) = tree.as_sequence(at) else {
        reader.wrong(at, "in_success", "a list of objects");
        return Vec::new();
    };
    let signs: Vec<ErrorSign> =
        items.iter().map(|item| reader.object(ERROR_SIGN, *item, ErrorSign::default())).collect();
    for (item, _) in items.iter().zip(&signs).filter(|(_, sign)| sign.is.is_some() && sign.at_least.is_some()) {
        reader.bad(
            *item,
            "a sign cannot be both a flag and a number".to_owned(),
            "remove `is` or `at_least`".to_owned(),
        );
    }
    signs
}

fn values(facts: &mut SchemaFacts, reader: &mut Reader<'_>, at: NodeId) {
    let tree = reader.tree;
    let Some(members) = tree.as_mapping(at) else { return reader.wrong(at, "values", "an object") };
    for member in members {
        let value = reader.object(VALUE, member.value, ValueFacts::default());
        facts.values.insert(member.key.to_string(), value);
    }
}

fn accessors(facts: &mut SchemaFacts, reader: &mut Reader<'_>, at: NodeId) {
    let tree = reader.tree;
    let Some(members) = tree.as_mapping(at) else { return reader.wrong(at, "accessors", "an object") };
    for member in members {
        let pointers = reader.texts(member.value, &member.key, Of::Pointer);
        facts.accessors.push((member.key.to_string(), pointers));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::keys::IDEMPOTENCY;
    use super::*;

    fn text(of: Of) -> Value {
        match of {
            Of::Any => json!({ "type": "string" }),
            Of::Pointer => json!({ "$ref": "#/$defs/pointer" }),
            Of::Header => json!({ "$ref": "#/$defs/header" }),
            Of::Status => json!({ "$ref": "#/$defs/status" }),
        }
    }

    fn expected<T>(takes: &Takes<T>) -> Value {
        match takes {
            Takes::Text(of, _) => text(*of),
            Takes::Flag(_) => json!({ "type": "boolean" }),
            Takes::Count(_) => json!({ "type": "integer", "minimum": 0 }),
            Takes::Texts(of, _) => json!({ "anyOf": [text(*of), { "type": "array", "items": text(*of) }] }),
            Takes::Pairs(Of::Any, of, _) => json!({ "type": "object", "additionalProperties": text(*of) }),
            Takes::Pairs(keys, of, _) => {
                json!({ "type": "object", "propertyNames": text(*keys), "additionalProperties": text(*of) })
            }
            Takes::Choice(known, _) => json!({ "enum": known }),
            Takes::Object(name, _) => json!({ "$ref": format!("#/$defs/{name}") }),
        }
    }

    /// The definition of a table says what the table says, and describes every member.
    #[track_caller]
    fn check<T>(schema: &Value, name: &str, table: Table<T>) {
        let definition = &schema["$defs"][name];
        assert_eq!(definition["additionalProperties"], json!(false), "{name}");
        let properties = definition["properties"].as_object().unwrap_or_else(|| panic!("no {name}"));
        let mut names: Vec<&str> = table.rows.iter().map(|row| row.name).collect();
        names.sort_unstable();
        let mut found: Vec<&str> = properties.keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, names, "{name}");
        let required: Vec<&str> = table.rows.iter().filter(|row| row.required).map(|row| row.name).collect();
        assert_eq!(definition.get("required").cloned().unwrap_or(json!([])), json!(required), "{name}");
        for row in table.rows {
            let mut property = properties[row.name].clone();
            let description = property.as_object_mut().unwrap().remove("description");
            let described = description.as_ref().and_then(Value::as_str).is_some_and(|text| text.ends_with('.'));
            assert!(described, "{name}.{} is not described", row.name);
            assert_eq!(property, expected(&row.takes), "{name}.{}", row.name);
        }
    }

    #[test]
    fn the_schema_for_editors_says_what_the_tables_say() {
        let schema: Value = serde_json::from_str(include_str!("../../../../specs/x-typewright.schema.json")).unwrap();
        check(&schema, "root", ROOT);
        check(&schema, "official_sdk", OFFICIAL_SDK);
        check(&schema, "environments", ENVIRONMENTS);
        check(&schema, "timeouts", TIMEOUTS);
        check(&schema, "retry", RETRY);
        check(&schema, "policy", POLICY);
        check(&schema, "filters", FILTERS);
        check(&schema, "idempotency", IDEMPOTENCY);
        check(&schema, "errors", ERRORS);
        check(&schema, "rate_limit_headers", RATE_LIMIT_HEADERS);
        check(&schema, "signing", SIGNING);
        check(&schema, "token", TOKEN);
        check(&schema, "base_url", BASE_URL);
        check(&schema, "rate_limit", RATE_LIMIT);
        check(&schema, "error_sign", ERROR_SIGN);
        check(&schema, "operation", OPERATION);
        check(&schema, "schema", SCHEMA);
        check(&schema, "projection", PROJECTION);
        check(&schema, "value", VALUE);
        check(&schema, "variant", VARIANT);
        check(&schema, "pagination", pagination::PAGINATION);
        check(&schema, "session", session::SESSION);
        check(&schema, "webhooks", webhooks::WEBHOOKS);
        check(&schema, "part", webhooks::PART);
        check(&schema, "signature", webhooks::SIGNATURE);
    }
}
