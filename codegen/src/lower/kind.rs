//! Which JSON types the parts of a schema allow together, said or inferred.
//!
//! Owns the inference from keywords; what is made of each kind is not its concern.

use crate::lower::all_of::{Part, Parts};
use crate::normalise::enums;
use crate::normalise::model::{JsonType, SchemaId, SchemaNode};
use crate::tree::{NodeId, Tree, Value};

/// The JSON types that are allowed, `null` aside. Empty: anything, or nothing can be said.
pub(super) fn kinds(tree: &Tree, parts: &Parts<'_>) -> Vec<JsonType> {
    match narrowed(tree, parts).0 {
        Some(kinds) if is_everything(&kinds) => Vec::new(),
        Some(kinds) => kinds,
        None => inferred(parts).into_iter().collect(),
    }
}

/// The schema whose type rules out every type that was said before it.
pub(super) fn contradiction(tree: &Tree, parts: &Parts<'_>) -> Option<SchemaId> {
    narrowed(tree, parts).1
}

/// What all parts say together, and the last part that contradicts the ones before. By their words no value fits then; as
/// nobody knows which of them servers keep to, each of their types is allowed and nothing is refused.
fn narrowed(tree: &Tree, parts: &Parts<'_>) -> (Option<Vec<JsonType>>, Option<SchemaId>) {
    let mut allowed: Option<Vec<JsonType>> = None;
    let mut odd = None;
    for part in &parts.list {
        let Some(said) = said(tree, part) else { continue };
        let before = allowed.take().unwrap_or_else(|| said.clone());
        let both = intersect(&before, &said);
        if both.is_empty() {
            odd = Some(part.id);
        }
        allowed = Some(if odd.is_some() { either(before, said) } else { both });
    }
    (allowed, odd)
}

/// Whether the parts allow `null` alone.
pub(super) fn only_null(tree: &Tree, parts: &Parts<'_>) -> bool {
    parts.list.iter().any(|part| {
        part.node.types.as_slice() == [JsonType::Null] || part.node.const_value.is_some_and(|id| tree.is_null(id))
    })
}

fn said(tree: &Tree, part: &Part<'_>) -> Option<Vec<JsonType>> {
    let node = part.node;
    let mut kinds: Vec<JsonType> = Vec::new();
    for kind in node.types.iter().copied().filter(|kind| *kind != JsonType::Null) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let values = node.const_value.iter().chain(node.enum_values.iter().flatten());
    // A list of which no value has the type says the type better than `type` does, and nobody knows which one is sent.
    if kinds.is_empty() || is_denied(tree, node) {
        for kind in values.filter_map(|id| kind_of(tree, *id)) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    if kinds.contains(&JsonType::Number) {
        kinds.retain(|kind| *kind != JsonType::Integer);
    }
    (!kinds.is_empty()).then_some(kinds)
}

/// Whether a schema lists values, and its own `type` refuses all of them, so that by its words there is no value at all.
fn is_denied(tree: &Tree, node: &SchemaNode) -> bool {
    let listed = || node.enum_values.iter().flatten().chain(&node.const_value).filter(|value| !tree.is_null(**value));
    let meant = |value: &NodeId| enums::fits(tree, node, *value) || enums::is_quoted(tree, node, *value);
    listed().next().is_some() && !listed().any(meant)
}

/// The kind of a value of the document; `None` for `null`.
pub(super) fn kind_of(tree: &Tree, id: NodeId) -> Option<JsonType> {
    match tree.value(id) {
        Value::Null => None,
        Value::Bool(_) => Some(JsonType::Boolean),
        Value::Number(text) if text.parse::<i128>().is_ok() => Some(JsonType::Integer),
        Value::Number(_) => Some(JsonType::Number),
        Value::String(_) => Some(JsonType::String),
        Value::Sequence(_) => Some(JsonType::Array),
        Value::Mapping(_) => Some(JsonType::Object),
    }
}

fn intersect(left: &[JsonType], right: &[JsonType]) -> Vec<JsonType> {
    let whole = |kinds: &[JsonType]| kinds.contains(&JsonType::Number);
    let mut both: Vec<JsonType> = left.iter().copied().filter(|kind| right.contains(kind)).collect();
    let integer =
        (left.contains(&JsonType::Integer) && whole(right)) || (right.contains(&JsonType::Integer) && whole(left));
    if integer && !both.contains(&JsonType::Integer) {
        both.push(JsonType::Integer);
    }
    both
}

fn either(mut left: Vec<JsonType>, right: Vec<JsonType>) -> Vec<JsonType> {
    for kind in right {
        if !left.contains(&kind) {
            left.push(kind);
        }
    }
    if left.contains(&JsonType::Number) {
        left.retain(|kind| *kind != JsonType::Integer);
    }
    left
}

fn is_everything(kinds: &[JsonType]) -> bool {
    [JsonType::Boolean, JsonType::Number, JsonType::String, JsonType::Array, JsonType::Object]
        .iter()
        .all(|kind| kinds.contains(kind))
}

/// What the keywords of the parts speak of, when no part says a type. Members win over everything else; otherwise
/// keywords of two kinds leave it open.
fn inferred(parts: &Parts<'_>) -> Option<JsonType> {
    let found: Vec<JsonType> = parts.list.iter().flat_map(|part| inferred_of(part.node)).collect();
    if !parts.any_required.is_empty() || found.contains(&JsonType::Object) {
        return Some(JsonType::Object);
    }
    let first = *found.first()?;
    found.iter().all(|kind| *kind == first).then_some(first)
}

fn inferred_of(node: &SchemaNode) -> Vec<JsonType> {
    let mut kinds = Vec::new();
    if !node.properties.is_empty()
        || !node.required.is_empty()
        || node.additional.is_some()
        || !node.pattern_properties.is_empty()
    {
        kinds.push(JsonType::Object);
    }
    if node.items.is_some() || !node.prefix_items.is_empty() || node.unique_items {
        kinds.push(JsonType::Array);
    }
    if node.pattern.is_some() || node.content_encoding.is_some() || node.content_media_type.is_some() {
        kinds.push(JsonType::String);
    }
    if let Some(format) = &node.format {
        kinds.push(kind_of_format(format));
    }
    kinds.extend(node.bounds.iter().filter_map(|(keyword, _)| kind_of_bound(keyword)));
    kinds
}

fn kind_of_format(format: &str) -> JsonType {
    match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => JsonType::Integer,
        "float" | "double" => JsonType::Number,
        _ => JsonType::String,
    }
}

fn kind_of_bound(keyword: &str) -> Option<JsonType> {
    match keyword {
        "minLength" | "maxLength" => Some(JsonType::String),
        "minItems" | "maxItems" => Some(JsonType::Array),
        "minProperties" | "maxProperties" => Some(JsonType::Object),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Some(JsonType::Number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{check_codes, check_schemas};

    #[test]
    fn types_that_contradict_each_other_are_all_allowed() {
        let schemas = r#"
            Kind: { type: string, enum: [a, b] }
            Box:
              properties:
                a: { allOf: [{ type: string }, { type: integer }, { type: string }] }
                b: { type: number, allOf: [{ type: integer }] }
                c: { type: object, allOf: [{ $ref: '#/components/schemas/Kind' }] }
        "#;
        check_schemas(
            schemas,
            r#"
            Kind = enum [a] [b]
            Box = object
              a: string:number-or-string
              b: integer
              c: Box.c
            Box.c = union
              Box.c|string
              {any}
            Box.c|string = enum [a] [b]
            "#,
        );
        check_codes(schemas, &["TW0404", "TW0404"]);
    }
}
