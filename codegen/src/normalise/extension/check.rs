//! Facts against the document: whatever they name must be there.
//!
//! Owns no vocabulary; `reader` has already refused what is malformed in itself.

mod session;
mod webhooks;

use super::KEY;
use crate::diagnostic::codes::{BAD_FACT, FACT_WITHOUT_TARGET};
use crate::diagnostic::{Code, Collector, nearest};
use crate::facts::{Declared, Pagination, WELL_FORMED};
use crate::normalise::Context;
use crate::normalise::model::{Model, Place as In, Routed, SchemaNode};
use crate::source::Place;
use crate::tree::NodeId;

/// Options that `from_env` can read.
const VARIABLES: &[&str] = &[
    "api_key",
    "base_url",
    "client_id",
    "client_secret",
    "password",
    "rate_limit",
    "scope",
    "timeout_ms",
    "token",
    "username",
];

/// Headers that belong to the transport.
const TRANSPORT_HEADERS: &[&str] = &["connection", "content-length", "host", "te", "transfer-encoding", "upgrade"];

/// Keywords whose violation has words of its own.
const MESSAGES: &[&str] = &[
    "anyOf",
    "const",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "max_bytes",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "named_members",
    "oneOf",
    "pattern",
    "required",
    "reserved_keys",
    "type",
    "uniqueItems",
];

/// Predicates that clients know, by kind of attribute: all; in order; texts; flags.
const PREDICATES: &[&str] = &[
    "any_of",
    "eq",
    "is_blank",
    "is_not_null",
    "is_null",
    "is_present",
    "none_of",
    "not_eq",
    "gt",
    "gteq",
    "lt",
    "lteq",
    "contains",
    "ends_with",
    "starts_with",
    "is_false",
    "is_true",
];

/// What a client puts into the fields of a token request.
const PLACEHOLDERS: &[&str] = &["client_id", "client_secret", "scope"];

/// What a client makes for each call.
const GENERATED: &[&str] = &["hex32", "now", "uuid"];

/// What a client puts into the headers that carry a token.
const CARRIED: &[&str] = &["access_token", "client_id", "token_type"];

/// What may be signed.
const SIGNED: &[&str] = &["body_digest", "method", "path", "target", "timestamp"];

/// What the headers of a signature may say.
const SIGNATURE: &[&str] = &["signature", "timestamp"];

struct Check<'a> {
    context: &'a Context<'a>,
    model: &'a Model,
    collector: &'a mut Collector,
}

/// Runs the checks.
pub(crate) fn check(context: &Context<'_>, model: &Model, collector: &mut Collector) {
    let mut check = Check { context, model, collector };
    check.environments();
    check.variables();
    check.headers();
    check.cookies();
    check.errors();
    check.token();
    check.signing();
    check.filters();
    check.pagination();
    check.session();
    check.webhooks();
    check.events();
    check.previews();
    for schema in model.document.schemas.values() {
        check.schema(schema);
    }
}

impl Check<'_> {
    /// The node at some steps below the extension of `at`, or as near to it as there is one.
    fn place(&self, at: NodeId, steps: &[&str]) -> Place {
        let tree = self.context.tree;
        let mut node = tree.member(at, KEY).unwrap_or(at);
        for step in steps {
            node = tree.member(node, step).unwrap_or(node);
        }
        tree.place(node)
    }

    fn key_place(&self, at: NodeId, steps: &[&str], key: &str) -> Place {
        let tree = self.context.tree;
        let object = steps.iter().try_fold(tree.member(at, KEY).unwrap_or(at), |node, step| tree.member(node, step));
        object.and_then(|object| tree.entry(object, key)).map_or(tree.place(at), |member| member.key_place)
    }

    fn report(&mut self, code: &'static Code, place: Place, (message, help): (String, String)) {
        self.collector.report(code, place).message(message).label("named here").help(help);
    }

    fn environments(&mut self) {
        let model = self.model;
        let Some(environments) = &model.facts.environments else { return };
        let Some(default) = &environments.default else { return };
        let mut names = environments.values.iter().map(|(name, _)| name.as_str());
        if !names.clone().any(|name| name == default) && names.next().is_some() {
            let help = near(default, environments.values.iter().map(|(name, _)| name.as_str()));
            let place = self.place(self.context.root, &["environments", "default"]);
            let message = format!("there is no environment `{default}`");
            self.report(&FACT_WITHOUT_TARGET, place, (message, help));
        }
    }

    fn variables(&mut self) {
        for option in self.model.facts.variables.keys() {
            if let Some(("token" | "api_key", scheme)) = option.split_once('.') {
                self.scheme_of_variable(option, scheme);
            } else if !VARIABLES.contains(&option.as_str()) {
                let place = self.key_place(self.context.root, &["variables"], option);
                let message = format!("there is no option `{option}`");
                self.report(&BAD_FACT, place, (message, near(option, VARIABLES.iter().copied())));
            }
        }
    }

    fn scheme_of_variable(&mut self, option: &str, scheme: &str) {
        let model = self.model;
        let keys = model.document.components.scheme_keys();
        if !keys.clone().any(|known| known == scheme) {
            let place = self.key_place(self.context.root, &["variables"], option);
            let message = format!("there is no security scheme `{scheme}`");
            self.report(&FACT_WITHOUT_TARGET, place, (message, near(scheme, keys)));
        }
    }

    fn cookies(&mut self) {
        for name in self.model.facts.cookies.keys() {
            if !is_method_name(name) {
                let place = self.key_place(self.context.root, &["cookies"], name);
                let help = "write what the cookie carries in lower case, `click_id`".to_owned();
                self.report(&BAD_FACT, place, (format!("`{name}` makes no constant"), help));
            }
        }
    }

    fn headers(&mut self) {
        for name in self.model.facts.headers.keys() {
            if TRANSPORT_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
                let place = self.key_place(self.context.root, &["headers"], name);
                let message = format!("the header `{name}` is set by the transport");
                self.report(&BAD_FACT, place, (message, "remove it".to_owned()));
            }
        }
    }

    fn errors(&mut self) {
        let model = self.model;
        for (name, _) in &model.facts.errors.values {
            let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !plain || syn::parse_str::<syn::Ident>(name).is_err() {
                let place = self.key_place(self.context.root, &["errors", "values"], name);
                let help = "write what the error tells in lower case, `missing_scope`".to_owned();
                self.report(&BAD_FACT, place, (format!("`{name}` makes no method"), help));
            }
        }
        let Some(key) = &model.facts.errors.codes else { return };
        let keys = model.document.components.schemas.iter().map(|(key, _)| key.as_str());
        if !keys.clone().any(|known| known == key) {
            let place = self.place(self.context.root, &["errors", "codes"]);
            self.report(&FACT_WITHOUT_TARGET, place, (format!("there is no schema `{key}`"), near(key, keys)));
        }
    }

    fn token(&mut self) {
        let model = self.model;
        let Some(token) = &model.facts.token else { return };
        let keys = model.document.components.scheme_keys();
        if !token.scheme.is_empty() && !keys.clone().any(|known| known == token.scheme) {
            let place = self.place(self.context.root, &["token", "scheme"]);
            let message = format!("there is no security scheme `{}`", token.scheme);
            self.report(&FACT_WITHOUT_TARGET, place, (message, near(&token.scheme, keys)));
        }
        for (field, template) in &token.fields {
            let placeholder = template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            if let Some(name) = placeholder.filter(|name| !PLACEHOLDERS.contains(name)) {
                let place = self.place(self.context.root, &["token", "fields", field]);
                let message = format!("nothing is known as `{{{name}}}`");
                self.report(&BAD_FACT, place, (message, near(name, PLACEHOLDERS.iter().copied())));
            }
        }
        for (header, template) in &token.headers {
            let inner = template.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default());
            for name in inner.filter(|name| !CARRIED.contains(name)) {
                let place = self.place(self.context.root, &["token", "headers", header]);
                let message = format!("nothing is known as `{{{name}}}`");
                self.report(&BAD_FACT, place, (message, near(name, CARRIED.iter().copied())));
            }
        }
    }

    fn signing(&mut self) {
        let model = self.model;
        let Some(signing) = &model.facts.signing else { return };
        let keys = model.document.components.scheme_keys();
        if !signing.scheme.is_empty() && !keys.clone().any(|known| known == signing.scheme) {
            let place = self.place(self.context.root, &["signing", "scheme"]);
            let message = format!("there is no security scheme `{}`", signing.scheme);
            self.report(&FACT_WITHOUT_TARGET, place, (message, near(&signing.scheme, keys)));
        }
        let mut templates = vec![(vec!["signing", "template"], signing.template.as_str(), SIGNED)];
        let headers = signing.headers.iter();
        templates.extend(headers.map(|(name, text)| (vec!["signing", "headers", name], text.as_str(), SIGNATURE)));
        for (steps, template, known) in templates {
            for word in words(template).filter(|word| !known.contains(word)) {
                let place = self.place(self.context.root, &steps);
                let message = format!("nothing is known as `{{{word}}}`");
                self.report(&BAD_FACT, place, (message, near(word, known.iter().copied())));
            }
        }
    }

    fn filters(&mut self) {
        let model = self.model;
        let Some(filters) = &model.facts.filters else { return };
        let root = self.context.root;
        for name in
            std::iter::once(("parameter", &filters.parameter)).chain(filters.sort.iter().map(|one| ("sort", one)))
        {
            let (member, name) = name;
            if !name.is_empty() && !model.document.operations().any(|routed| has_query(model, routed, name)) {
                let place = self.place(root, &["filters", member]);
                let message = format!("no operation has the query parameter `{name}`");
                let help = "name the parameter as the operations do".to_owned();
                self.report(&FACT_WITHOUT_TARGET, place, (message, help));
            }
        }
        for (predicate, _) in &filters.predicates {
            if !PREDICATES.contains(&predicate.as_str()) {
                let place = self.key_place(root, &["filters", "predicates"], predicate);
                let message = format!("no attribute has the predicate `{predicate}`");
                self.report(&BAD_FACT, place, (message, near(predicate, PREDICATES.iter().copied())));
            }
        }
        let templates = [("key", Some(&filters.key)), ("descending", filters.descending.as_ref())];
        for (member, template) in templates {
            if template.is_some_and(|template| !template.is_empty() && !template.contains("{attribute}")) {
                let place = self.place(root, &["filters", member]);
                let message = format!("`{member}` names no attribute");
                self.report(&BAD_FACT, place, (message, "write `{attribute}` where it stands".to_owned()));
            }
        }
        for (schema, _) in &filters.attributes {
            let keys = model.document.components.schemas.iter().map(|(key, _)| key.as_str());
            if !keys.clone().any(|known| known == schema) {
                let place = self.key_place(root, &["filters", "attributes"], schema);
                self.report(
                    &FACT_WITHOUT_TARGET,
                    place,
                    (format!("there is no schema `{schema}`"), near(schema, keys)),
                );
            }
        }
    }

    fn pagination(&mut self) {
        let model = self.model;
        if let Some(pagination) = &model.facts.pagination {
            let names = parameters(pagination);
            let pages = |routed: Routed<'_>| names.iter().all(|(_, name)| has_query(model, routed, name));
            if !names.is_empty() && !model.document.operations().any(pages) {
                let place = self.place(self.context.root, &["pagination"]);
                let names: Vec<String> = names.iter().map(|(_, name)| format!("`{name}`")).collect();
                let message = format!("no operation has the query parameters {}", names.join(" and "));
                self.report(
                    &FACT_WITHOUT_TARGET,
                    place,
                    (message, "name the parameters as the operations do".to_owned()),
                );
            }
        }
        for (node, facts) in &model.operation_facts {
            let Declared::Own(pagination) = &facts.pagination else { continue };
            let Some(routed) = model.document.operations().find(|routed| routed.operation.at == *node) else {
                continue;
            };
            for (member, name) in parameters(pagination) {
                if !has_query(model, routed, name) {
                    let place = self.place(*node, &["pagination", member]);
                    let message = format!("this operation has no query parameter `{name}`");
                    self.report(&FACT_WITHOUT_TARGET, place, (message, "declare it, or correct the name".to_owned()));
                }
            }
        }
    }

    /// A preview is the name of a cargo feature.
    fn previews(&mut self) {
        for (node, facts) in &self.model.operation_facts {
            let Some(preview) = &facts.preview else { continue };
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if !preview.starts_with(|c: char| c.is_ascii_lowercase()) || !preview.chars().all(fits) {
                let place = self.place(*node, &["preview"]);
                let help = "write lower-case letters, digits and hyphens, `order-stream`".to_owned();
                self.report(&BAD_FACT, place, (format!("`{preview}` is no cargo feature"), help));
            }
        }
    }

    /// A text to fill in has words that are known.
    fn fill(&mut self, node: NodeId, schema: &SchemaNode) {
        let Some(fill) = schema.facts.fill.as_deref().filter(|fill| fill.starts_with('"')) else { return };
        for word in words(fill).filter(|word| !GENERATED.contains(word)) {
            let place = self.place(node, &["fill"]);
            let message = format!("nothing is known as `{{{word}}}`");
            self.report(&BAD_FACT, place, (message, near(word, GENERATED.iter().copied())));
        }
    }

    fn schema(&mut self, schema: &SchemaNode) {
        let node = schema.at;
        for keyword in schema.facts.messages.keys().filter(|keyword| !MESSAGES.contains(&keyword.as_str())) {
            let place = self.key_place(node, &["messages"], keyword);
            let message = format!("`{keyword}` is no keyword that a value can violate");
            self.report(&BAD_FACT, place, (message, near(keyword, MESSAGES.iter().copied())));
        }
        self.fill(node, schema);
        let checked = |format: &str| WELL_FORMED.contains(&format);
        if schema.facts.well_formed && !schema.format.as_deref().is_some_and(checked) {
            let place = self.place(node, &["well_formed"]);
            let help = format!("give the schema one of the formats that can be checked: {}", WELL_FORMED.join(", "));
            self.report(&BAD_FACT, place, ("there is no format to check".to_owned(), help));
        }
        for (name, _) in &schema.facts.accessors {
            if !is_method_name(name) {
                let place = self.key_place(node, &["accessors"], name);
                let help = "write what it finds in lower case, `tracking_link`".to_owned();
                self.report(&BAD_FACT, place, (format!("`{name}` makes no method"), help));
            }
        }
        let tree = self.context.tree;
        let values = schema.enum_values.as_deref().unwrap_or_default().iter().chain(schema.const_value.as_slice());
        let values: Vec<String> =
            values.map(|value| tree.as_str(*value).map_or_else(|| tree.json_text(*value), str::to_owned)).collect();
        for value in schema.facts.values.keys().filter(|value| !values.contains(value)) {
            let place = self.key_place(node, &["values"], value);
            let help = near(value, values.iter().map(String::as_str));
            self.report(&FACT_WITHOUT_TARGET, place, (format!("the enum has no value `{value}`"), help));
        }
    }
}

/// Lower case, digits and underscores.
fn is_method_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(fits)
}

/// The words in braces.
fn words(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word)
}

/// Members that name query parameters.
fn parameters(pagination: &Pagination) -> Vec<(&'static str, &str)> {
    match pagination {
        Pagination::Page { page, size, .. } => {
            std::iter::once(("page", page.as_str())).chain(size.as_deref().map(|size| ("size", size))).collect()
        }
        Pagination::Offset { offset, limit, .. } => vec![("offset", offset), ("limit", limit)],
        Pagination::Cursor { cursor, .. } => vec![("cursor", cursor)],
        Pagination::Link { .. } => Vec::new(),
    }
}

fn has_query(model: &Model, routed: Routed<'_>, name: &str) -> bool {
    let parameters = routed.operation.parameters.iter().chain(&routed.item.parameters);
    parameters
        .map(|parameter| parameter.get(&model.document.components.parameters).0)
        .any(|parameter| matches!(parameter.place, In::Query { .. } | In::WholeQuery { .. }) && parameter.name == name)
}

fn near<'k>(name: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
            if known.is_empty() { "declare it".to_owned() } else { format!("known are {}", known.join(", ")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_faults(&format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{text}"), expected);
    }

    #[test]
    fn what_facts_name_must_be_there() {
        check(
            "components: {schemas: {ErrorCode: {type: string}}, securitySchemes: {login: {type: http, scheme: bearer}}}\nx-typewright: {errors: {codes: ErorCode}, token: {scheme: logim, fields: {a: '{client_ident}'}}, environments: {default: lve, values: {live: https://a.example}}}",
            &[
                "4:32 TW0703 there is no schema `ErorCode` | did you mean `ErrorCode`? | ",
                "4:59 TW0703 there is no security scheme `logim` | did you mean `login`? | ",
                "4:78 TW0702 nothing is known as `{client_ident}` | did you mean `client_id`? | ",
                "4:122 TW0703 there is no environment `lve` | did you mean `live`? | ",
            ],
        );
        check(
            "x-typewright: {variables: {base_uri: A}, headers: {Host: a}, pagination: {style: offset, offset: o, limit: l, items: /items}}",
            &[
                "3:28 TW0702 there is no option `base_uri` | did you mean `base_url`? | ",
                "3:52 TW0702 the header `Host` is set by the transport | remove it | ",
                "3:74 TW0703 no operation has the query parameters `o` and `l` | name the parameters as the operations do | ",
            ],
        );
    }

    #[test]
    fn what_operations_and_schemas_name_must_be_there() {
        check(
            "paths: {/a: {get: {x-typewright: {pagination: {style: cursor, cursor: after, next: /next, items: ''}}}}}",
            &["3:71 TW0703 this operation has no query parameter `after` | declare it, or correct the name | "],
        );
        check(
            "components: {schemas: {A: {enum: [RED], x-typewright: {messages: {patern: x}, values: {REED: {name: R}}}}}}",
            &[
                "3:67 TW0702 `patern` is no keyword that a value can violate | did you mean `pattern`? | ",
                "3:88 TW0703 the enum has no value `REED` | did you mean `RED`? | ",
            ],
        );
    }

    #[test]
    fn a_preview_is_a_feature() {
        check(
            "paths: {/a: {get: {x-typewright: {preview: Order Stream}}}}",
            &[
                "3:44 TW0702 `Order Stream` is no cargo feature | write lower-case letters, digits and hyphens, `order-stream` | ",
            ],
        );
    }

    #[test]
    fn what_is_signed_is_known() {
        check(
            "components: {securitySchemes: {key: {type: apiKey, in: header, name: k}}}\nx-typewright: {signing: {scheme: kay, template: '{timestmp}', headers: {x-s: '{signatur}'}}}",
            &[
                "4:34 TW0703 there is no security scheme `kay` | did you mean `key`? | ",
                "4:49 TW0702 nothing is known as `{timestmp}` | did you mean `timestamp`? | ",
                "4:78 TW0702 nothing is known as `{signatur}` | did you mean `signature`? | ",
            ],
        );
    }

    #[test]
    fn what_is_made_for_each_call_is_known() {
        check(
            "components: {schemas: {A: {type: string, x-typewright: {fill: 'a_{uid}{now}'}}, B: {x-typewright: {fill: {a: '{b}'}}}}}",
            &["3:63 TW0702 nothing is known as `{uid}` | did you mean `uuid`? | "],
        );
    }

    #[test]
    fn variables_and_headers_of_tokens_must_be_known() {
        check(
            "components: {securitySchemes: {key: {type: apiKey, in: header, name: k}}}\nx-typewright: {variables: {api_key.key: A, token.kay: B}, token: {scheme: key, headers: {x: 'a {client_id} {acess_token}'}}}",
            &[
                "4:44 TW0703 there is no security scheme `kay` | did you mean `key`? | ",
                "4:93 TW0702 nothing is known as `{acess_token}` | did you mean `access_token`? | ",
            ],
        );
    }

    #[test]
    fn what_a_cookie_carries_makes_a_constant() {
        check(
            "x-typewright: {cookies: {click_id: _cid, Visit-Id: v}}",
            &["3:42 TW0702 `Visit-Id` makes no constant | write what the cookie carries in lower case, `click_id` | "],
        );
    }

    #[test]
    fn what_an_error_tells_makes_a_method() {
        check(
            "x-typewright: {errors: {values: {needed_scope: /scope, type: /type, Needed: /needed}}}",
            &[
                "3:56 TW0702 `type` makes no method | write what the error tells in lower case, `missing_scope` | ",
                "3:69 TW0702 `Needed` makes no method | write what the error tells in lower case, `missing_scope` | ",
            ],
        );
    }

    #[test]
    fn filters_name_what_is_there() {
        check(
            "x-typewright: {filters: {parameter: q, key: '{predicate}', sort: s, predicates: {gteg: gteq}, attributes: {Pat: {a: text}}}}\ncomponents: {schemas: {Pet: {type: object}}}",
            &[
                "3:37 TW0703 no operation has the query parameter `q` | name the parameter as the operations do | ",
                "3:45 TW0702 `key` names no attribute | write `{attribute}` where it stands | ",
                "3:66 TW0703 no operation has the query parameter `s` | name the parameter as the operations do | ",
                "3:82 TW0702 no attribute has the predicate `gteg` | did you mean `gteq`? | ",
                "3:108 TW0703 there is no schema `Pat` | did you mean `Pet`? | ",
            ],
        );
        check(
            "x-typewright: {filters: {parameter: '', key: '{attribute}', predicates: {}, attributes: {Pet: {a: txt}}}}\ncomponents: {schemas: {Pet: {type: object}}}",
            &[
                "3:99 TW0702 `a` is `txt` | write `text` or `integer` or `number` or `decimal` or `flag` or `date` or `date-time` or `none` | ",
            ],
        );
    }

    #[test]
    fn keys_differ_and_belong_to_writes() {
        check(
            "x-typewright: {idempotency: {header: idempotency-key, methods: [POST, GET], value: once}}",
            &[
                "3:64 TW0702 `GET` is no method that changes something | known are `POST`, `PUT`, `PATCH`, `DELETE` | ",
                "3:84 TW0702 every key would be the same | write `{uuid}` where the part is that differs | ",
            ],
        );
    }

    #[test]
    fn styles_of_pagination_need_their_members() {
        check(
            "x-typewright: {pagination: {style: cursor, items: /items, page: p}}",
            &[
                "3:28 TW0702 `pagination` of the style `cursor` has no `cursor` | add `cursor` | ",
                "3:28 TW0702 `pagination` of the style `cursor` has no `next` | add `next`, or `last_item` | ",
                "3:65 TW0702 `page` does not go with the style `cursor` | remove `page` | ",
            ],
        );
        check(
            "paths: {/a: {get: {parameters: [{name: p, in: query, schema: {type: string}}], responses: {}, x-typewright: {pagination: {style: cursor, items: '', cursor: p, next: /n, last_item: /id}}}}}",
            &["3:122 TW0702 `next` and `last_item` both say where the next cursor is | remove one of them | "],
        );
    }
}
