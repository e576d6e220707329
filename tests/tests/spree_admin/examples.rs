//! Documented examples: responses are read, request bodies are taken, and both are written again without a loss; calls of the
//! SDK go out with the query that it would send.
//!
//! A selection stands in `examples.json`. The collection of all documented examples is no part of the repository; its test
//! says so where the file is missing.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde_json::Value;
use spree_admin::types::TaggableType;
use spree_admin::{Filter, Json, SpreeAdmin};
use typewright_runtime::{Decode, DecodeError, Decoder, Encode, to_json};
use typewright_tests::document;
use typewright_tests::server::{Answer, Received, Server};

use crate::client::builder;

/// Examples of each sort, written for this test: one array of `method`, `path`, `status`, `kind`, `version` and `body`.
const SELECTION: &str = include_str!("examples.json");
/// All documented examples, in the same form, beside the repository.
const COLLECTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/providers/spree-5.6-examples.json");
const SPEC: &str = include_str!("../../../specs/spree-admin.yaml");

/// Requests of the collection that are refused on purpose: the sample of `split` names no variant, and the servers answer
/// such a request with 404.
const REFUSED: [(&str, &str); 1] =
    [("/api/v3/admin/orders/{order_id}/fulfillments/{id}/split", "variant_id: a required member is missing")];

type Reader = fn(&str) -> Result<String, DecodeError>;

fn read<T: Decode + Encode + Debug>(text: &str) -> Result<String, DecodeError> {
    let value = Decoder::new(text).document::<T>()?;
    Ok(to_json(&value).unwrap_or_else(|error| format!("\"not written: {error}\"")))
}

/// A reader of each type by name.
const TYPES: &[(&str, Reader)] =
    typewright_api_program::types!("../generated/spree-admin/api.txt", "::spree_admin::types::", "read");

#[derive(Default)]
struct Outcome {
    responses: usize,
    requests: usize,
    calls: usize,
    refused: usize,
    faults: Vec<String>,
}

async fn judge(examples: &Value) -> Outcome {
    let document = document::parse(SPEC);
    let mut outcome = Outcome::default();
    for example in examples.as_array().expect("an array") {
        let path = text(example, "path");
        let name = format!("{} {} {} {}", example["version"], example["kind"], text(example, "method"), path);
        let fault = if example["kind"] == "response" {
            outcome.responses += 1;
            same(&document, response(&document, example), &example["body"])
        } else if example["sdk_args"].is_array() {
            outcome.calls += 1;
            sent_as_by_the_sdk(path, &example["sdk_args"]).await
        } else {
            outcome.requests += 1;
            let operation = operation(&document, example);
            same(&document, &operation["requestBody"]["content"]["application/json"]["schema"], &example["body"])
        };
        let expected = REFUSED.iter().find(|(refused, _)| *refused == path && example["kind"] == "request");
        match (fault, expected) {
            (Ok(()), None) => {}
            (Err(fault), Some((_, why))) if fault.contains(why) => outcome.refused += 1,
            (Ok(()), Some(_)) => outcome.faults.push(format!("{name}: taken, although it is known to be faulty")),
            (Err(fault), _) => outcome.faults.push(format!("{name}: {fault}")),
        }
    }
    outcome
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_else(|| panic!("`{member}` is a text: {value}"))
}

fn operation<'a>(document: &'a Value, example: &Value) -> &'a Value {
    &document["paths"][text(example, "path")][text(example, "method").to_lowercase()]
}

/// The schema of the answer that is declared for the example's status.
fn response<'a>(document: &'a Value, example: &Value) -> &'a Value {
    let responses = &operation(document, example)["responses"];
    let status = example["status"].to_string();
    let declared = responses.get(&status).unwrap_or(&responses["default"]);
    &resolved(document, declared)["content"]["application/json"]["schema"]
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|target| document.pointer(target.trim_start_matches('#')));
    target.unwrap_or(value)
}

/// Whether the type of this schema reads the value and writes it as it was.
fn same(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let Some(name) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) else {
        return Err(format!("no schema of its own: {schema}"));
    };
    let unknown = unknown_members(document, schema, value, "");
    if !unknown.is_empty() {
        return Err(format!("{name} has no {}", unknown.join(", ")));
    }
    let (_, read) = TYPES.iter().find(|(known, _)| *known == name).ok_or_else(|| format!("no type {name}"))?;
    let written = read(&value.to_string()).map_err(|error| format!("{name}: {error}"))?;
    // Numbers are compared by their value: `0.0` may become `0`.
    match (Json::parse(&written), Json::parse(&value.to_string())) {
        (Ok(again), Ok(wanted)) if again == wanted => Ok(()),
        _ => Err(format!("{name} became {written}")),
    }
}

/// Members that the schema does not declare. Nothing is lost of them, but nobody is told of them either.
fn unknown_members(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut parts = Vec::new();
    gather(document, schema, &mut parts);
    match value {
        Value::Array(items) => {
            let of = parts.iter().find_map(|part| part.get("items"));
            of.map_or_else(Vec::new, |of| {
                items.iter().flat_map(|item| unknown_members(document, of, item, at)).collect()
            })
        }
        Value::Object(members) if parts.iter().any(|part| part.get("properties").is_some()) => {
            let declared = |name: &str| parts.iter().find_map(|part| part["properties"].get(name));
            let other = parts.iter().find_map(|part| part.get("additionalProperties"));
            let unknown = members.iter().map(|(name, member)| match declared(name).or(other) {
                Some(of) => unknown_members(document, of, member, &format!("{at}.{name}")),
                None => vec![format!("{at}.{name}")],
            });
            unknown.flatten().collect()
        }
        _ => Vec::new(),
    }
}

fn gather<'a>(document: &'a Value, schema: &'a Value, parts: &mut Vec<&'a Value>) {
    let schema = resolved(document, schema);
    parts.push(schema);
    for list in ["allOf", "oneOf", "anyOf"] {
        for part in schema[list].as_array().into_iter().flatten() {
            gather(document, part, parts);
        }
    }
}

/// Whether a call with these arguments of the SDK asks for the path and the query that the SDK asks for.
async fn sent_as_by_the_sdk(path: &str, arguments: &Value) -> Result<(), String> {
    let server = Server::start(|_: &Received, _| Answer::json(418, "{}")).await;
    let client = builder(&server).build().expect("complete");
    let (ids, parameters) = split(arguments);
    let route = path.trim_start_matches("/api/v3/admin/");
    if !call(&client, route, &ids, &parameters).await {
        return Err("this test has no call for it".to_owned());
    }
    let request = server.single();
    let mut left = ids.iter();
    let segments = route.split('/').map(|one| if one.starts_with('{') { left.next().expect("an id") } else { one });
    let wanted = format!("/api/v3/admin/{}", segments.collect::<Vec<_>>().join("/"));
    if request.path() != wanted {
        return Err(format!("{} instead of {wanted}", request.path()));
    }
    let pairs = pairs_of(request.raw_query());
    let wanted = query_of_the_sdk(route, &parameters);
    if pairs == wanted { Ok(()) } else { Err(format!("{pairs:?} instead of {wanted:?}")) }
}

/// The pairs of a query that is written as a form.
fn pairs_of(query: &str) -> BTreeSet<(String, String)> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (plain(name), plain(value))).collect()
}

fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, after) = match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low].map(char::from).iter().collect::<String>();
                (u8::from_str_radix(&digits, 16).expect("two hexadecimal digits"), after)
            }
            (b'+', after) => (b' ', after),
            (byte, after) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// The ids, and the object behind them.
fn split(arguments: &Value) -> (Vec<&str>, Vec<(&str, &Value)>) {
    let arguments = arguments.as_array().expect("an array");
    let ids = arguments.iter().filter_map(Value::as_str).collect();
    let parameters = arguments.iter().filter_map(Value::as_object).flatten();
    let mut flat = Vec::new();
    for (name, value) in parameters {
        // One sample nests its conditions below `q`, which the SDK would send as `[object Object]`: what it means counts.
        match value.as_object().filter(|_| name == "q") {
            Some(nested) => flat.extend(nested.iter().map(|(name, value)| (name.as_str(), value))),
            None => flat.push((name.as_str(), value)),
        }
    }
    (ids, flat)
}

/// The SDK's rules for flat parameters: some pass through, with lists joined by commas; all others are conditions.
fn query_of_the_sdk(route: &str, parameters: &[(&str, &Value)]) -> BTreeSet<(String, String)> {
    let passes = |name: &str| route == "tags" || ["page", "limit", "sort", "expand", "fields"].contains(&name);
    let pair = |(name, value): &(&str, &Value)| {
        let name = if passes(name) { (*name).to_owned() } else { format!("q[{name}]") };
        (name, joined(value))
    };
    parameters.iter().map(pair).collect()
}

fn joined(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(joined).collect::<Vec<_>>().join(","),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn list(parameters: &[(&str, &Value)], name: &str) -> Vec<String> {
    let value = parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| joined(value));
    value.iter().flat_map(|value| value.split(',')).map(str::to_owned).collect()
}

/// One call, with everything that a GET of one thing takes.
macro_rules! one {
    ($call:expr, $parameters:expr) => {{
        let mut call = $call;
        let expand = list($parameters, "expand");
        if !expand.is_empty() {
            call = call.expand(expand);
        }
        call.await.is_err()
    }};
}

/// One call, with everything that a list takes.
macro_rules! many {
    ($call:expr, $parameters:expr) => {{
        let mut call = $call;
        for (name, value) in $parameters.iter().copied() {
            call = match name {
                "page" => call.page(value.as_i64().expect("a number")),
                "limit" => call.limit(value.as_i64().expect("a number")),
                "sort" => call.sort(joined(value).as_str()),
                "expand" => call,
                name => call.filter(Filter::raw(name, joined(value))),
            };
        }
        one!(call, $parameters)
    }};
}

/// Sends what the SDK's method of this route sends; `false` if there is none here.
async fn call(s: &SpreeAdmin, route: &str, ids: &[&str], p: &[(&str, &Value)]) -> bool {
    let id = |at: usize| ids[at];
    match route {
        "admin_users/{id}" => one!(s.admin_users().get(id(0)), p),
        "allowed_origins/{id}" => one!(s.allowed_origins().get(id(0)), p),
        "api_keys/{id}" => one!(s.api_keys().get(id(0)), p),
        "channels/{id}" => one!(s.channels().get(id(0)), p),
        "channels/{channel_id}/order_routing_rules" => many!(s.channels().order_routing_rules(id(0)).list(), p),
        "custom_field_definitions" => many!(s.custom_field_definitions().list(), p),
        "custom_field_definitions/{id}" => one!(s.custom_field_definitions().get(id(0)), p),
        "customer_groups" => many!(s.customer_groups().list(), p),
        "customer_groups/{id}" => one!(s.customer_groups().get(id(0)), p),
        "customers" => many!(s.customers().list(), p),
        "customers/{id}" => one!(s.customers().get(id(0)), p),
        "customers/{customer_id}/addresses" => many!(s.customers().addresses(id(0)).list(), p),
        "customers/{customer_id}/credit_cards" => many!(s.customers().credit_cards(id(0)).list(), p),
        "customers/{customer_id}/credit_cards/{id}" => one!(s.customers().credit_cards(id(0)).get(id(1)), p),
        "customers/{customer_id}/store_credits" => many!(s.customers().store_credits(id(0)).list(), p),
        "exports/{id}" => one!(s.exports().get(id(0)), p),
        "gift_card_batches" => many!(s.gift_card_batches().list(), p),
        "gift_card_batches/{id}" => one!(s.gift_card_batches().get(id(0)), p),
        "gift_cards" => many!(s.gift_cards().list(), p),
        "gift_cards/{id}" => one!(s.gift_cards().get(id(0)), p),
        "markets/{id}" => one!(s.markets().get(id(0)), p),
        "option_types/{id}" => one!(s.option_types().get(id(0)), p),
        "payment_methods/{id}" => one!(s.payment_methods().get(id(0)), p),
        "price_lists/{id}" => one!(s.price_lists().get(id(0)), p),
        "prices" => many!(s.prices().list(), p),
        "prices/{id}" => one!(s.prices().get(id(0)), p),
        "stock_locations/{id}" => one!(s.stock_locations().get(id(0)), p),
        "store_credit_categories/{id}" => one!(s.store_credit_categories().get(id(0)), p),
        "tags" => {
            s.tags().list(TaggableType::from(list(p, "taggable_type")[0].as_str())).q(&list(p, "q")[0]).await.is_err()
        }
        "webhook_endpoints/{id}" => one!(s.webhook_endpoints().get(id(0)), p),
        _ => call_of_the_shop(s, route, ids, p).await,
    }
}

async fn call_of_the_shop(s: &SpreeAdmin, route: &str, ids: &[&str], p: &[(&str, &Value)]) -> bool {
    let id = |at: usize| ids[at];
    match route {
        "orders" => many!(s.orders().list(), p),
        "orders/{id}" => one!(s.orders().get(id(0)), p),
        "orders/{order_id}/fulfillments" => many!(s.orders().fulfillments(id(0)).list(), p),
        "orders/{order_id}/fulfillments/{id}" => one!(s.orders().fulfillments(id(0)).get(id(1)), p),
        "orders/{order_id}/items" => many!(s.orders().items(id(0)).list(), p),
        "orders/{order_id}/items/{id}" => one!(s.orders().items(id(0)).get(id(1)), p),
        "orders/{order_id}/payments" => many!(s.orders().payments(id(0)).list(), p),
        "orders/{order_id}/payments/{id}" => one!(s.orders().payments(id(0)).get(id(1)), p),
        "orders/{order_id}/refunds" => many!(s.orders().refunds(id(0)).list(), p),
        "products" => many!(s.products().list(), p),
        "products/{id}" => one!(s.products().get(id(0)), p),
        "products/{product_id}/custom_fields" => many!(s.products().custom_fields(id(0)).list(), p),
        "products/{product_id}/custom_fields/{id}" => one!(s.products().custom_fields(id(0)).get(id(1)), p),
        "products/{product_id}/variants" => many!(s.products().variants(id(0)).list(), p),
        "products/{product_id}/variants/{id}" => one!(s.products().variants(id(0)).get(id(1)), p),
        "promotions/{id}" => one!(s.promotions().get(id(0)), p),
        "promotions/{promotion_id}/coupon_codes" => many!(s.promotions().coupon_codes(id(0)).list(), p),
        "promotions/{promotion_id}/promotion_actions" => many!(s.promotions().actions(id(0)).list(), p),
        "promotions/{promotion_id}/promotion_rules" => many!(s.promotions().rules(id(0)).list(), p),
        "webhook_endpoints/{webhook_endpoint_id}/deliveries" => {
            many!(s.webhook_endpoints().deliveries(id(0)).list(), p)
        }
        "webhook_endpoints/{webhook_endpoint_id}/deliveries/{id}" => {
            one!(s.webhook_endpoints().deliveries(id(0)).get(id(1)), p)
        }
        _ => false,
    }
}

#[tokio::test]
async fn a_selection_is_read_and_written_without_a_loss() {
    let outcome = judge(&serde_json::from_str(SELECTION).expect("JSON")).await;
    assert!(outcome.faults.is_empty(), "{}", outcome.faults.join("\n"));
    assert!(outcome.responses > 7 && outcome.requests > 5 && outcome.calls > 2, "examples of each sort");
}

/// 478 responses, 158 bodies and 101 calls of 5.5.4 and 5.6.1.
#[tokio::test]
async fn every_documented_example_is_read_and_written_without_a_loss() {
    let Ok(text) = std::fs::read_to_string(COLLECTION) else {
        println!("the collection of documented examples is not here: {COLLECTION}");
        return;
    };
    let outcome = judge(&serde_json::from_str(&text).expect("JSON")).await;
    assert!(outcome.faults.is_empty(), "{} faults:\n{}", outcome.faults.len(), outcome.faults.join("\n"));
    assert_eq!((outcome.responses, outcome.requests, outcome.calls, outcome.refused), (478, 158, 101, 2));
}
