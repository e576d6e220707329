//! Pass: defaults.
//!
//! Before: `default` as the document wrote it. After: the same, without those that their own schema refuses by type,
//! enum, bounds or length. What lies behind `allOf` and unions is not judged: a default that cannot be told wrong stays.

use std::cmp::Ordering;

use super::Context;
use super::document::{JsonType, SchemaId, SchemaNode, Schemas};
use crate::diagnostic::Collector;
use crate::diagnostic::codes::BAD_DEFAULT;
use crate::tree::{NodeId, Tree, Value};

/// Runs the pass.
pub(crate) fn check(context: &Context<'_>, schemas: &mut Schemas, collector: &mut Collector) {
    for id in schemas.nodes.ids() {
        let Some((default, fault)) = fault_of(context.tree, schemas, id) else { continue };
        collector
            .report(&BAD_DEFAULT, context.tree.place(default))
            .message("the default contradicts its schema")
            .label(fault)
            .help("correct the default, or the schema")
            .recovery("the default is ignored");
        schemas.nodes.get_mut(id).default = None;
    }
}

/// Judged by the schema itself, and by the one that its references lead to.
fn fault_of(tree: &Tree, schemas: &Schemas, id: SchemaId) -> Option<(NodeId, String)> {
    let schema = schemas.nodes.get(id);
    let default = schema.default?;
    let target = schema.reference.map(|target| schemas.resolve(target));
    let nullable = schema.nullable || target.is_some_and(|target| target.nullable);
    if nullable && tree.is_null(default) {
        return None;
    }
    let fault = [Some(schema), target].into_iter().flatten().find_map(|judge| contradiction(tree, judge, default))?;
    Some((default, fault))
}

fn contradiction(tree: &Tree, schema: &SchemaNode, default: NodeId) -> Option<String> {
    if schema.boolean == Some(false) {
        return Some("no value fits `false`".to_owned());
    }
    if !schema.types.is_empty() && !schema.types.iter().any(|ty| has_type(tree, *ty, default)) {
        let names: Vec<&str> = schema.types.iter().map(|ty| type_name(*ty)).collect();
        return Some(format!("the type is {}, this is {}", names.join(" or "), tree.kind_name(default)));
    }
    let value = schema.const_value.as_slice().iter().chain(schema.enum_values.as_deref().unwrap_or_default());
    let listed = schema.const_value.is_some() || schema.enum_values.is_some();
    if listed && !value.into_iter().any(|value| same(tree, *value, default)) {
        return Some("not among the values that the schema lists".to_owned());
    }
    schema.bounds.iter().find_map(|(keyword, bound)| out_of_bounds(tree, keyword, bound, default))
}

/// As a document writes it.
pub(super) fn type_name(ty: JsonType) -> &'static str {
    match ty {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// Whether a value is of the type; `1.0` is whole.
pub(super) fn has_type(tree: &Tree, ty: JsonType, node: NodeId) -> bool {
    match (ty, tree.value(node)) {
        (JsonType::Null, Value::Null)
        | (JsonType::Boolean, Value::Bool(_))
        | (JsonType::Number, Value::Number(_))
        | (JsonType::String, Value::String(_))
        | (JsonType::Array, Value::Sequence(_))
        | (JsonType::Object, Value::Mapping(_)) => true,
        (JsonType::Integer, Value::Number(text)) => text.parse::<f64>().is_ok_and(|number| number.fract() == 0.0),
        _ => false,
    }
}

fn out_of_bounds(tree: &Tree, keyword: &str, bound: &str, default: NodeId) -> Option<String> {
    let limit = bound.parse::<f64>().ok()?;
    let (size, sides): (f64, &[Ordering]) = match (keyword, tree.value(default)) {
        ("minimum", Value::Number(text)) => (text.parse().ok()?, &[Ordering::Less]),
        ("maximum", Value::Number(text)) => (text.parse().ok()?, &[Ordering::Greater]),
        ("exclusiveMinimum", Value::Number(text)) => (text.parse().ok()?, &[Ordering::Less, Ordering::Equal]),
        ("exclusiveMaximum", Value::Number(text)) => (text.parse().ok()?, &[Ordering::Greater, Ordering::Equal]),
        ("minLength", Value::String(text)) => (count(text.chars().count()), &[Ordering::Less]),
        ("maxLength", Value::String(text)) => (count(text.chars().count()), &[Ordering::Greater]),
        ("minItems", Value::Sequence(items)) => (count(items.len()), &[Ordering::Less]),
        ("maxItems", Value::Sequence(items)) => (count(items.len()), &[Ordering::Greater]),
        _ => return None,
    };
    let side = size.partial_cmp(&limit)?;
    sides.contains(&side).then(|| format!("violates `{keyword}: {bound}`"))
}

fn count(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::MAX, f64::from)
}

/// Equal as JSON: numbers by value, objects without order.
fn same(tree: &Tree, left: NodeId, right: NodeId) -> bool {
    match (tree.value(left), tree.value(right)) {
        (Value::Number(left), Value::Number(right)) => {
            left == right
                || matches!((left.parse::<f64>(), right.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
        }
        (Value::Sequence(left), Value::Sequence(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(tree, *left, *right))
        }
        (Value::Mapping(members), Value::Mapping(others)) => {
            let matches = |member: &crate::tree::Member| {
                tree.member(right, &member.key).is_some_and(|other| same(tree, member.value, other))
            };
            members.len() == others.len() && members.iter().all(matches)
        }
        (left, right) => left == right,
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[track_caller]
    fn check(schema: &str, fault: Option<&str>) {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n    E: {{enum: [a, 1.0]}}\n    A: {schema}\n"
        );
        let expected = fault.map(|place| format!("{place} TW0401 the default contradicts its schema | correct the default, or the schema | the default is ignored"));
        check_faults(&text, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn a_default_that_contradicts_its_schema_is_ignored() {
        check("{type: string, default: 5}", Some("6:32"));
        check("{type: string, default: '5'}", None);
        check("{type: integer, default: 5.0}", None);
        check("{type: integer, default: 5.5}", Some("6:33"));
        check("{type: [string, 'null'], default: null}", None);
        check("{type: string, default: null}", Some("6:32"));
        check("{type: integer, minimum: 5, default: 4}", Some("6:45"));
        check("{type: integer, exclusiveMaximum: 5, default: 5}", Some("6:54"));
        check("{type: string, maxLength: 2, default: üü}", None);
        check("{$ref: '#/components/schemas/E', default: b}", Some("6:50"));
        check("{$ref: '#/components/schemas/E', default: 1}", None);
        check("{allOf: [{type: string}], default: 5}", None);
    }
}
