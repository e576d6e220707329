//! The keywords of a schema, each into its place.
//!
//! Owns what each keyword of each version means in the one shape. A keyword of the wrong type is skipped: the structure
//! check reported it.

use super::lift::Lift;
use super::{Discriminator, JsonType, SchemaId, SchemaNode, notes};
use crate::diagnostic::codes::DISCRIMINATOR_TARGET;
use crate::diagnostic::nearest;
use crate::normalise::references::mapping_target;
use crate::tree::{Member, NodeId, Tree, Value};

/// Bounds and counts, as 3.1 spells them.
const BOUNDS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
];

/// Reads the members of the schema at `node`.
pub(super) fn read(lift: &mut Lift<'_>, node: NodeId, schema: &mut SchemaNode) {
    let context = lift.context;
    for member in context.tree.as_mapping(node).unwrap_or_default() {
        annotation(context.tree, member, schema);
        constraint(context.tree, member, schema);
        applicator(lift, member, schema);
    }
    exclusive_bounds(context.tree, node, schema);
    nullability(context.tree, node, schema);
    contents(schema);
    schema.noted = notes::read(context.tree, node);
}

/// What describes a value.
fn annotation(tree: &Tree, member: &Member, schema: &mut SchemaNode) {
    let text = || tree.as_str(member.value).map(str::to_owned);
    let flag = || tree.as_bool(member.value) == Some(true);
    match &*member.key {
        "title" => schema.title = text(),
        "description" => schema.description = text(),
        "format" => schema.format = text(),
        "contentEncoding" => schema.content_encoding = text(),
        "contentMediaType" => schema.content_media_type = text(),
        "deprecated" => schema.deprecated = flag(),
        "readOnly" => schema.read_only = flag(),
        "writeOnly" => schema.write_only = flag(),
        "default" => schema.default = Some(member.value),
        "x-enum-varnames" | "x-enumNames" | "x-enum-names" => schema.value_names = strings(tree, member.value),
        "x-enum-descriptions" | "x-enumDescriptions" => schema.value_descriptions = strings(tree, member.value),
        "x-ms-discriminator-value" => schema.tag = text(),
        _ => {}
    }
}

/// What limits a value.
fn constraint(tree: &Tree, member: &Member, schema: &mut SchemaNode) {
    match &*member.key {
        "type" => schema.types = types(tree, member.value),
        "enum" => schema.enum_values = tree.as_sequence(member.value).map(<[NodeId]>::to_vec),
        // A `const` is an enum of one value, however many versions it took to say so. Where both stand, both hold.
        "const" => schema.const_value = Some(member.value),
        "required" => schema.required = strings(tree, member.value),
        "uniqueItems" => schema.unique_items = tree.as_bool(member.value) == Some(true),
        "pattern" => schema.pattern = tree.as_str(member.value).map(|text| (text.to_owned(), member.value)),
        key => {
            let keyword = BOUNDS.iter().find(|keyword| **keyword == key);
            if let (Some(keyword), Some(number)) = (keyword, tree.as_number(member.value)) {
                schema.bounds.push((keyword, number.to_owned()));
            }
        }
    }
}

/// What holds other schemas.
fn applicator(lift: &mut Lift<'_>, member: &Member, schema: &mut SchemaNode) {
    let at = member.value;
    match &*member.key {
        "properties" => schema.properties = named(lift, at),
        "patternProperties" => schema.pattern_properties = named(lift, at),
        "additionalProperties" => schema.additional = lift.id(at),
        "unevaluatedProperties" if notes::types_the_rest(lift.tree(), schema.at) => {
            schema.additional = schema.additional.or(lift.id(at));
        }
        "propertyNames" => schema.property_names = lift.id(at),
        "items" => schema.items = lift.id(at),
        "contentSchema" => schema.content_schema = lift.id(at),
        "prefixItems" => schema.prefix_items = listed(lift, at),
        "allOf" => schema.all_of = listed(lift, at),
        "oneOf" => schema.one_of = listed(lift, at),
        "anyOf" => schema.any_of = listed(lift, at),
        "discriminator" => schema.discriminator = discriminator(lift, at),
        _ => {}
    }
}

fn named(lift: &Lift<'_>, at: NodeId) -> Vec<(String, SchemaId)> {
    let members = lift.tree().as_mapping(at).unwrap_or_default();
    members.iter().filter_map(|member| Some((member.key.to_string(), lift.id(member.value)?))).collect()
}

fn listed(lift: &Lift<'_>, at: NodeId) -> Vec<SchemaId> {
    let items = lift.tree().as_sequence(at).unwrap_or_default();
    items.iter().filter_map(|item| lift.id(*item)).collect()
}

fn strings(tree: &Tree, at: NodeId) -> Vec<String> {
    let items = tree.as_sequence(at).unwrap_or_default();
    items.iter().filter_map(|item| tree.as_str(*item).map(str::to_owned)).collect()
}

fn types(tree: &Tree, at: NodeId) -> Vec<JsonType> {
    let one = |text: &str| {
        Some(match text {
            "null" => JsonType::Null,
            "boolean" => JsonType::Boolean,
            "integer" => JsonType::Integer,
            "number" => JsonType::Number,
            "string" => JsonType::String,
            "array" => JsonType::Array,
            "object" => JsonType::Object,
            _ => return None,
        })
    };
    match tree.value(at) {
        Value::String(text) => one(text).into_iter().collect(),
        Value::Sequence(items) => items.iter().filter_map(|item| one(tree.as_str(*item)?)).collect(),
        _ => Vec::new(),
    }
}

/// 3.0 says `exclusiveMinimum: true` beside a `minimum`.
fn exclusive_bounds(tree: &Tree, node: NodeId, schema: &mut SchemaNode) {
    for (flag, plain) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if tree.member_bool(node, flag) == Some(true) {
            let exclusive = BOUNDS.iter().find(|keyword| **keyword == flag);
            let bound = schema.bounds.iter_mut().find(|(keyword, _)| *keyword == plain);
            if let (Some(exclusive), Some((keyword, _))) = (exclusive, bound) {
                *keyword = exclusive;
            }
        }
    }
    schema.bounds.sort_by_key(|(keyword, _)| BOUNDS.iter().position(|known| known == keyword));
}

/// 3.0 says `nullable: true`; `x-nullable` is its habit from before.
fn nullability(tree: &Tree, node: NodeId, schema: &mut SchemaNode) {
    let said = ["nullable", "x-nullable"].iter().any(|key| tree.member_bool(node, key) == Some(true));
    if !said {
        return;
    }
    if schema.types.is_empty() {
        schema.nullable = true;
    } else if !schema.types.contains(&JsonType::Null) {
        schema.types.push(JsonType::Null);
    }
}

/// 3.1 says the content of a string by its encoding and media type where 3.0 had two formats.
fn contents(schema: &mut SchemaNode) {
    if schema.format.is_some() {
        return;
    }
    match (schema.content_encoding.as_deref(), schema.content_media_type.as_deref()) {
        (Some("base64"), _) => schema.format = Some("byte".to_owned()),
        (Some("base64url"), _) => schema.format = Some("base64url".to_owned()),
        (None, Some("application/octet-stream")) => {
            schema.format = Some("binary".to_owned());
            schema.content_media_type = None;
        }
        _ => return,
    }
    schema.content_encoding = None;
}

fn discriminator(lift: &mut Lift<'_>, at: NodeId) -> Option<Discriminator> {
    let context = lift.context;
    let property = context.tree.member_str(at, "propertyName")?.to_owned();
    let mapping = context.tree.member(at, "mapping").and_then(|mapping| context.tree.as_mapping(mapping));
    let mut found = Vec::new();
    for member in mapping.unwrap_or_default() {
        let Some(text) = context.tree.as_str(member.value) else { continue };
        let target = mapping_target(context, at, text).and_then(|target| lift.id(target));
        if target.is_none() {
            let recovery = format!("values with `{property}` = `{}` are kept raw", member.key);
            report_target(lift, member.value, text, recovery);
        }
        found.push((member.key.to_string(), target));
    }
    let default = default_mapping(lift, at, &property);
    Some(Discriminator { property, mapping: found, default, at })
}

fn default_mapping(lift: &mut Lift<'_>, at: NodeId, property: &str) -> Option<SchemaId> {
    let context = lift.context;
    let named = context.tree.member(at, "defaultMapping")?;
    let text = context.tree.as_str(named)?;
    let target = mapping_target(context, at, text).and_then(|target| lift.id(target));
    if target.is_none() {
        report_target(lift, named, text, format!("values without a known `{property}` are kept raw"));
    }
    target
}

fn report_target(lift: &mut Lift<'_>, named: NodeId, text: &str, recovery: String) {
    let tree = lift.context.tree;
    let schemas = tree.member(lift.context.root, "components").and_then(|at| tree.member(at, "schemas"));
    let keys = schemas.and_then(|at| tree.as_mapping(at)).unwrap_or_default().iter().map(|member| &*member.key);
    let help = match nearest(text.rsplit('/').next().unwrap_or_default(), keys) {
        Some(near) => format!("did you mean `#/components/schemas/{near}`?"),
        None => "name a component, or write a reference to a schema".to_owned(),
    };
    lift.collector
        .report(&DISCRIMINATOR_TARGET, tree.place(named))
        .message(format!("`{text}` leads nowhere"))
        .label("there is no such schema")
        .help(help)
        .recovery(recovery);
}
