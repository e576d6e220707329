//! Pass: `x-typewright`.
//!
//! Before: the extension wherever the document has it. After: its facts, typed, and a fault for each member that is unknown,
//! mistyped, out of place, or about something that the document does not have. The vocabulary is the table in `tables`;
//! what the facts mean for a client is decided by `plan`.

mod check;
mod filters;
mod keys;
mod reader;
mod tables;

use std::collections::BTreeMap;

use self::reader::Reader;
use super::Context;
use super::document::{Noun, Schemas};
use super::references::{Reference, References};
use crate::diagnostic::Collector;
use crate::diagnostic::codes::UNKNOWN_FACT;
use crate::facts::{OperationFacts, RootFacts, SchemaFacts};
use crate::tree::{Member, NodeId};

pub(crate) use self::check::check;
pub(crate) use self::tables::pagination_members;

/// The extension's key.
pub(crate) const KEY: &str = "x-typewright";

/// Everything that was said, but for schemas, which hold their own.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) root: RootFacts,
    pub(crate) operations: Vec<(NodeId, OperationFacts)>,
    pub(crate) parameters: BTreeMap<NodeId, SchemaFacts>,
}

/// Runs the pass.
pub(crate) fn read(
    context: &Context<'_>,
    references: &References,
    schemas: &mut Schemas,
    collector: &mut Collector,
) -> Facts {
    let mut facts = Facts::default();
    let mut reader = Reader { tree: context.tree, collector };
    for (node, noun) in references.kinds() {
        let Some(member) = context.tree.entry(node, KEY) else { continue };
        let reference = references.target(node) != Reference::None;
        match noun {
            Noun::Document => facts.root = reader.object(tables::ROOT, member.value, RootFacts::default()),
            Noun::Operation => {
                let operation = reader.object(tables::OPERATION, member.value, OperationFacts::default());
                facts.operations.push((node, operation));
            }
            Noun::Schema => {
                let read = reader.object(tables::SCHEMA, member.value, SchemaFacts::default());
                if let Some(schema) = schemas.at_mut(node) {
                    schema.facts = read;
                }
            }
            Noun::Parameter | Noun::Header if !reference => {
                let read = reader.object(tables::SCHEMA, member.value, SchemaFacts::default());
                facts.parameters.insert(node, read);
            }
            _ => report_out_of_place(member, noun, reference, reader.collector),
        }
    }
    facts
}

fn report_out_of_place(member: &Member, noun: Noun, reference: bool, collector: &mut Collector) {
    let message = if reference { "a reference" } else { noun.name() };
    collector
        .report(&UNKNOWN_FACT, member.key_place)
        .message(format!("`{KEY}` says nothing about {message}"))
        .label("out of place")
        .help("it belongs to the document, an operation, a schema, a property, a parameter or a header");
}

#[cfg(test)]
mod tests {
    use crate::facts::{Declared, Environments, Jitter, Pagination, RetryPolicy, StatusFact, TokenCredentials};
    use crate::normalise::testing::{check_faults, model_of};

    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

    const EVERYTHING: &str = "\
x-typewright:
  client: Pets
  environments: {variable: PETS_ENV, default: live, values: {live: https://a.example, test: https://b.example}}
  variables: {token: PETS_TOKEN}
  headers: {x-sdk: pets}
  user_agent: pets
  call_headers: {request_id: x-request-id}
  reserved_headers: [accept]
  timeouts: {connect_ms: 1, attempt_ms: 2, total_ms: 3}
  retry:
    read: {enabled: false, attempts: 2, base_delay_ms: 250, max_delay_ms: 1000, statuses: [429, 5XX], network: true, jitter: [0.75, 1.25]}
    write: {attempts: 1}
  idempotency: {header: idem-key, methods: POST, value: 'p-{uuid}', renew: [409], retry: {attempts: 2, jitter: added}, marks_running: true}
  locking: optimistic
  errors: {code: /code, message: [/message, /error/message], details: [/d], codes: Code, request_id: x-request-id, trace_id: [x-trace-id], status: /s, in_success: [{at: /e}, {at: /ok, is: false}, {at: /s, at_least: 400}]}
  token: {scheme: login, credentials: form, fields: {grant_type: client_credentials, scope: '{scope}'}, refresh_margin: 30, headers: {x-token: '{access_token}', x-id: '{client_id}'}, repeat: reads, shared: process}
  credentials: required
  base_url: {cut: [v1], scheme: https}
  rate_limit: {requests: 30, window_s: 60, message: '{limit} {seconds}', shared: process}
  validate: requests
  pagination: {style: page, page: page, size: size, items: /items}
paths:
  /a:
    get:
      x-typewright: {resource: pets, method: list, scopes: [read], pagination: none, retry: {attempts: 5}, idempotency: none, token_endpoint: true}
      parameters:
        - {name: page, in: query, schema: {type: integer}, x-typewright: {name: number}}
        - {name: size, in: query, schema: {type: integer}}
components:
  securitySchemes: {login: {type: http, scheme: bearer}}
  schemas:
    Code:
      type: string
      enum: [A-1, B]
      x-typewright: {sensitive: true, money: true, messages: {enum: must be a code.}, values: {A-1: {name: First, description: d}}}
";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_faults(&format!("{HEAD}{text}"), expected);
    }

    #[test]
    fn unknown_members_name_the_nearest_known_one() {
        check(
            "x-typewright: {clinet: Pets, retry: {reed: {}}}",
            &[
                "3:16 TW0701 `clinet` is no member of `x-typewright` | did you mean `client`? | ",
                "3:38 TW0701 `reed` is no member of `retry` | did you mean `read`? | ",
            ],
        );
        check(
            "paths: {/a: {get: {x-typewright: {colour: red}, responses: {'200': {description: '', x-typewright: {}}}}}}",
            &[
                "3:35 TW0701 `colour` is no member of `x-typewright` | known are `answers`, `body`, `events`, `expects`, `idempotency`, `method`, `official_sdk`, `pagination`, `preview`, `projections`, `resource`, `retry`, `scopes`, `session`, `token_endpoint`, `variants` | ",
                "3:86 TW0701 `x-typewright` says nothing about a response | it belongs to the document, an operation, a schema, a property, a parameter or a header | ",
            ],
        );
    }

    #[test]
    fn mistyped_and_senseless_members_are_told_together() {
        check(
            "x-typewright: {client: 5, timeouts: {attempt_ms: -1}, validate: answers, errors: {code: [error_code]}, headers: {'a b': c}, retry: {read: {statuses: [429, 7XX], jitter: [2, 1]}}, environments: {default: a}}",
            &[
                "3:24 TW0702 `client` is a number | write a string | ",
                "3:50 TW0702 `attempt_ms` is -1 | write a whole number, not negative | ",
                "3:65 TW0702 `validate` is `answers` | write `requests` | ",
                "3:90 TW0702 `error_code` is no JSON pointer | write `/member/inner`, or an empty text for the whole body | ",
                "3:114 TW0702 `a b` is no header name | write letters, digits and hyphens | ",
                "3:156 TW0702 `7XX` is no status | write `429` for one, `5XX` for a range | ",
                "3:170 TW0702 `jitter` is no range | write two numbers, `[0.75, 1.25]`, the lesser first, or `added` | ",
                "3:194 TW0702 `environments` has no `values` | add `values` | ",
            ],
        );
    }

    #[test]
    fn everything_at_the_root_is_read() {
        let model = model_of(&format!("{HEAD}{EVERYTHING}"));
        let facts = &model.facts;
        assert_eq!(facts.client.as_deref(), Some("Pets"));
        let values = [("live", "https://a.example"), ("test", "https://b.example")];
        assert_eq!(
            facts.environments,
            Some(Environments {
                variable: Some("PETS_ENV".to_owned()),
                default: Some("live".to_owned()),
                values: values.map(|(name, url)| (name.to_owned(), url.to_owned())).to_vec(),
            })
        );
        assert_eq!(facts.variables["token"], "PETS_TOKEN");
        assert_eq!((facts.headers["x-sdk"].as_str(), facts.user_agent.as_deref()), ("pets", Some("pets")));
        assert_eq!(
            (facts.call_headers["request_id"].as_str(), &*facts.reserved_headers),
            ("x-request-id", &["accept".to_owned()][..])
        );
        assert_eq!(
            (facts.timeouts.connect_ms, facts.timeouts.attempt_ms, facts.timeouts.total_ms),
            (Some(1), Some(2), Some(3))
        );
        assert_eq!(
            facts.retry.read,
            Some(RetryPolicy {
                enabled: false,
                attempts: Some(2),
                base_delay_ms: Some(250),
                max_delay_ms: Some(1000),
                statuses: Some(vec![StatusFact::Code(429), StatusFact::Class(5)]),
                network: Some(true),
                jitter: Some(Jitter::Factor(0.75, 1.25)),
            })
        );
        assert!(facts.retry.write.as_ref().is_some_and(|write| write.enabled && write.attempts == Some(1)));
        assert_eq!(
            (&*facts.errors.code, facts.errors.message.len(), facts.errors.codes.as_deref()),
            (&["/code".to_owned()][..], 2, Some("Code"))
        );
        let token = facts.token.as_ref().unwrap();
        assert_eq!(
            (token.credentials, token.fields.len(), token.refresh_margin),
            (TokenCredentials::Form, 2, Some(30))
        );
        let keys = facts.idempotency.as_ref().unwrap();
        assert_eq!(
            (keys.header.as_str(), &*keys.methods, keys.value.as_deref()),
            ("idem-key", &["POST".to_owned()][..], Some("p-{uuid}"))
        );
        assert_eq!((&*keys.renew, keys.marks_running), (&[StatusFact::Code(409)][..], true));
        assert_eq!(keys.retry.as_ref().and_then(|retry| retry.jitter), Some(Jitter::Added));
        assert!(facts.validate_requests && facts.optimistic_locking);
        assert_eq!(token.headers[1], ("x-id".to_owned(), "{client_id}".to_owned()));
        assert!(token.repeat_reads_only && token.shared && facts.credentials_required);
        assert_eq!((&*facts.base_url.cut, facts.base_url.scheme.as_deref()), (&["v1".to_owned()][..], Some("https")));
        let limit = facts.rate_limit.as_ref().unwrap();
        assert_eq!((limit.requests, limit.window_s, limit.shared), (30, 60, true));
        assert_eq!(limit.message.as_deref(), Some("{limit} {seconds}"));
        let signs: Vec<_> = facts.errors.in_success.iter().map(|sign| (&*sign.at, sign.is, sign.at_least)).collect();
        assert_eq!(signs, [("/e", None, None), ("/ok", Some(false), None), ("/s", None, Some(400))]);
        assert!(
            matches!(&facts.pagination, Some(Pagination::Page { first: 1, size: Some(size), .. }) if size == "size")
        );
        let (_, operation) = &model.operation_facts[0];
        assert_eq!((operation.resource.as_deref(), operation.method.as_deref()), (Some("pets"), Some("list")));
        assert_eq!((&operation.pagination, operation.token_endpoint), (&Declared::Off, true));
        assert_eq!(operation.idempotency, Declared::Off);
        assert_eq!(model.parameter_facts.values().next().unwrap().name.as_deref(), Some("number"));
        let code = model.document.schemas.values().find(|schema| schema.pointer.ends_with("Code")).unwrap();
        assert!(code.facts.sensitive && code.facts.decimal);
        assert_eq!(code.facts.values["A-1"].name.as_deref(), Some("First"));
    }

    #[test]
    fn members_of_pagination_read_back_as_what_they_were_made_of() {
        for declared in [
            "style: page, items: /i, page: p, first: 0, size: s, total_pages: /t",
            "style: page, items: /i, page: p",
            "style: offset, items: /i, offset: o, limit: l, total: /t",
            "style: cursor, items: /i, cursor: c, next: /n, more: /m",
            "style: cursor, items: /i, cursor: c, last_item: /id",
            "style: link, items: /i",
            "style: link, items: /i, next: /n",
        ] {
            let query = |name: &str| format!("{{name: {name}, in: query, schema: {{type: string}}}}");
            let parameters = ["p", "s", "o", "l", "c"].map(query).join(", ");
            let text = format!(
                "{HEAD}x-typewright: {{pagination: {{{declared}}}}}\npaths: {{/a: {{get: {{parameters: [{parameters}], responses: {{}}}}}}}}\n"
            );
            let model = model_of(&text);
            let members = super::pagination_members(model.facts.pagination.as_ref().expect("pagination"));
            let members: Vec<String> = members.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            assert_eq!(members.join(", "), declared);
        }
    }
}
