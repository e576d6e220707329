//! Lists of values: `enum`, `const`, and choices between constants.

use std::collections::BTreeSet;

use crate::api::{Enum, EnumKind, EnumValue, Limits, Rule};
use crate::lower::all_of::{Part, Parts};
use crate::lower::{kind, limits};
use crate::normalise::enums;
use crate::normalise::model::{JsonType, SchemaNode};
use crate::tree::{NodeId, Tree, Value};

/// What a list of values becomes.
#[derive(Debug)]
pub(super) enum Values {
    /// There is none.
    None,
    /// A check: JSON texts, and the document's words.
    Checked(Vec<String>, Option<String>),
    /// An enum.
    Enum(Enum),
}

/// The values that the parts leave for one kind.
///
/// Strings and whole numbers are an enum, whose values are checked only where the document has words for a wrong one;
/// other numbers are checked.
pub(super) fn values(tree: &Tree, parts: &Parts<'_>, kind: JsonType) -> Values {
    let Some(list) = listed(tree, parts, kind) else { return Values::None };
    let message = parts.list.iter().rev().find_map(|part| message(part.node));
    let enum_kind = match kind {
        JsonType::String => EnumKind::String,
        JsonType::Integer if list.iter().all(|value| value.wire.parse::<i64>().is_ok()) => EnumKind::Integer,
        _ => return Values::Checked(texts(tree, &list), message),
    };
    let mut limits = Limits::default();
    if message.is_some() {
        let whole = || list.iter().map(|value| value.wire.clone()).collect();
        let listed = if enum_kind == EnumKind::Integer { whole() } else { texts(tree, &list) };
        limits::push(&mut limits, Rule::OneOf(listed), message);
    }
    Values::Enum(Enum { kind: enum_kind, values: list, limits })
}

/// JSON text of the one whole number or truth that the parts allow.
pub(super) fn only(tree: &Tree, parts: &Parts<'_>) -> Option<String> {
    let [kind @ (JsonType::Boolean | JsonType::Integer | JsonType::Number)] = kind::kinds(tree, parts)[..] else {
        return None;
    };
    match &listed(tree, parts, kind)?[..] {
        [one] => {
            Some(tree.json_text(one.origin)).filter(|text| text.parse::<i64>().is_ok() || kind == JsonType::Boolean)
        }
        _ => None,
    }
}

fn texts(tree: &Tree, list: &[EnumValue]) -> Vec<String> {
    list.iter().map(|value| tree.json_text(value.origin)).collect()
}

fn message(node: &SchemaNode) -> Option<String> {
    node.facts.messages.get("enum").or_else(|| node.facts.messages.get("const")).cloned()
}

/// The values of the last list, as far as the earlier ones allow them.
fn listed(tree: &Tree, parts: &Parts<'_>, kind: JsonType) -> Option<Vec<EnumValue>> {
    let mut left: Option<Vec<EnumValue>> = None;
    for part in &parts.list {
        let Some(own) = own_values(tree, part, kind) else { continue };
        left = Some(match left {
            Some(before) => narrow(&before, own),
            None => own,
        });
    }
    left.filter(|values| !values.is_empty())
}

fn narrow(before: &[EnumValue], own: Vec<EnumValue>) -> Vec<EnumValue> {
    let before: BTreeSet<&str> = before.iter().map(|value| value.wire.as_str()).collect();
    let allowed = |value: &EnumValue| before.contains(value.wire.as_str());
    // Lists that share nothing contradict each other; the later one overrides.
    if own.iter().any(allowed) { own.into_iter().filter(allowed).collect() } else { own }
}

/// The values of one schema that are of this kind, without `null` and duplicates.
pub(super) fn own_values(tree: &Tree, part: &Part<'_>, kind: JsonType) -> Option<Vec<EnumValue>> {
    let node = part.node;
    let single: Vec<NodeId> = node.const_value.into_iter().collect();
    let ids = if single.is_empty() { node.enum_values.as_deref()? } else { single.as_slice() };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut values: Vec<EnumValue> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let Some(wire) = wire(tree, node, *id, kind) else { continue };
        if seen.insert(wire.clone()) {
            values.push(described(node, index, wire, *id));
        }
    }
    Some(values)
}

fn wire(tree: &Tree, node: &SchemaNode, id: NodeId, kind: JsonType) -> Option<String> {
    let found = kind::kind_of(tree, id)?;
    let text_is_meant =
        kind == JsonType::String && node.types.first() == Some(&JsonType::String) && !node.types.contains(&found);
    let fits = found == kind || (kind == JsonType::Number && found == JsonType::Integer);
    match tree.value(id) {
        Value::String(text) if fits => Some(text.to_string()),
        Value::String(text) if kind == JsonType::Integer && enums::is_quoted(tree, node, id) => Some(text.to_string()),
        Value::Number(text) if fits => {
            Some(text.parse::<i64>().map_or_else(|_| text.to_string(), |number| number.to_string()))
        }
        // `type: string` with unquoted YAML numbers or booleans: the text is meant.
        Value::Number(text) if text_is_meant => Some(text.to_string()),
        Value::Bool(value) if text_is_meant || fits => Some(value.to_string()),
        _ => None,
    }
}

fn described(node: &SchemaNode, index: usize, wire: String, origin: NodeId) -> EnumValue {
    let facts = node.facts.values.get(&wire);
    let at = |list: &[String]| list.get(index).filter(|text| !text.is_empty()).cloned();
    EnumValue {
        name: facts.and_then(|facts| facts.name.clone()).or_else(|| at(&node.value_names)),
        description: facts.and_then(|facts| facts.description.clone()).or_else(|| at(&node.value_descriptions)),
        wire,
        origin,
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn strings_without_duplicates_and_null() {
        check_schemas(
            r#"
            Color: { type: [string, "null"], enum: [red, red, null, green], x-enum-varnames: [Rot, X, Y, Gruen], x-typewright: { values: { red: { description: Stop. } } } }
            "#,
            r#"
            Color = enum [red as Rot "Stop."] [green as Gruen]
            "#,
        );
    }

    #[test]
    fn whole_numbers_and_words_for_a_wrong_one() {
        check_schemas(
            r#"
            Days: { type: integer, enum: [1, 7], x-typewright: { messages: { enum: must be 1 or 7. }, values: { "1": { name: One } } } }
            "#,
            r#"
            Days = enum [1 as One] [7]<one of 1|7 'must be 1 or 7.'>
            "#,
        );
    }

    #[test]
    fn whole_numbers_in_quotes_are_numbers() {
        check_schemas(
            r#"
            Kind: { type: integer, format: int32, enum: ['0', '1', two, '-1'] }
            "#,
            r#"
            Kind = enum [0] [1] [-1]
            "#,
        );
    }

    #[test]
    fn values_that_deny_their_type_are_read_beside_it() {
        check_schemas(
            r#"
            Box:
              properties:
                change: { type: integer, enum: [created, found] }
                some: { type: integer, enum: [1, two] }
            "#,
            r#"
            Box = object
              change: Box.change
              some: Box.some only 1
            Box.change = union
              integer
              Box.change|string
            Box.some = enum [1]
            Box.change|string = enum [created] [found]
            "#,
        );
    }

    #[test]
    fn other_values_are_checked_or_told() {
        check_schemas(
            r#"
            Box:
              properties:
                rate: { type: number, enum: [0.5, 1] }
                huge: { type: integer, enum: [99999999999999999999] }
                flag: { type: boolean, const: true }
                mixed: { enum: [auto, 1] }
            "#,
            r#"
            Box = object
              rate: number<one of 0.5|1>
              huge: integer<one of 99999999999999999999>
              flag: boolean only true // One of `true` (not checked).
              mixed: Box.mixed
            Box.mixed = union
              Box.mixed|string
              Box.mixed|integer
            Box.mixed|string = enum [auto]
            Box.mixed|integer = enum [1]
            "#,
        );
    }
}
