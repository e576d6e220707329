//! Strings and numbers: format, sensitivity, limits. Those with a list of values are the concern of `enumeration`.

use crate::api::{Codec, Limits, NUMBER_OR_STRING, Rule, Shape, TypeId};
use crate::lower::all_of::Parts;
use crate::lower::enumeration::Values;
use crate::lower::subject::Subject;
use crate::lower::{Lowering, enumeration, limits};
use crate::normalise::model::JsonType;
use crate::tree::Tree;

impl<'a> Lowering<'a> {
    /// A string, a number, or an enum of them.
    pub(super) fn lower_scalar(&mut self, subject: Subject, kind: JsonType, parts: &Parts<'a>) -> TypeId {
        match enumeration::values(self.tree, parts, kind) {
            Values::None => {
                let shape = scalar(parts, kind, None);
                self.intern(&subject, shape)
            }
            Values::Checked(texts, message) => {
                let shape = scalar(parts, kind, Some((Rule::OneOf(texts), message)));
                self.intern(&subject, shape)
            }
            Values::Enum(list) => self.define(&subject, Shape::Enum(list)),
        }
    }
}

/// The shape of a string or number without values of its own.
pub(super) fn scalar(parts: &Parts<'_>, kind: JsonType, one_of: Option<(Rule, Option<String>)>) -> Shape {
    let mut limits = limits::lower(parts, kind);
    if let Some((rule, message)) = one_of {
        limits::push(&mut limits, rule, message);
    }
    let format = format(parts);
    match kind {
        JsonType::Integer => Shape::Integer { format, limits },
        JsonType::Number => Shape::Number { format, limits },
        _ => {
            let sensitive =
                parts.list.iter().any(|part| part.node.facts.sensitive) || format.as_deref() == Some("password");
            Shape::String { format, limits, sensitive }
        }
    }
}

/// Whether a value is a number or a string and nothing is said about either: servers that quote their numbers now and then.
pub(super) fn is_number_or_string(tree: &Tree, parts: &Parts<'_>, kinds: &[JsonType]) -> bool {
    let both = match kinds {
        [JsonType::String, other] | [other, JsonType::String] => {
            matches!(other, JsonType::Integer | JsonType::Number)
        }
        _ => false,
    };
    let plain = |kind: &JsonType| {
        limits::lower(parts, *kind) == Limits::default()
            && matches!(enumeration::values(tree, parts, *kind), Values::None)
    };
    both && format(parts).is_none() && kinds.iter().all(plain)
}

/// The shape of such a value.
pub(super) fn number_or_string(parts: &Parts<'_>) -> Shape {
    let sensitive = parts.list.iter().any(|part| part.node.facts.sensitive);
    Shape::String { format: Some(NUMBER_OR_STRING.to_owned()), limits: Limits::default(), sensitive }
}

/// The last format that is said. A decimal that is declared so keeps its text whatever else is said.
fn format(parts: &Parts<'_>) -> Option<String> {
    if parts.list.iter().any(|part| part.node.facts.decimal) {
        return Some("decimal".to_owned());
    }
    let said = parts.list.iter().rev().find_map(|part| part.node.format.clone());
    said.or_else(|| parts.list.iter().rev().find_map(|part| encoded(part.node)))
}

/// 3.1 says with `contentEncoding` and `contentMediaType` what 3.0 says with `byte` and `binary`.
fn encoded(node: &crate::normalise::model::SchemaNode) -> Option<String> {
    match (node.content_encoding.as_deref(), node.content_media_type.as_deref()) {
        (Some("base64"), _) => Some("byte".to_owned()),
        (Some("base64url"), _) => Some("base64url".to_owned()),
        (None, Some(media_type)) if is_binary(media_type) => Some("binary".to_owned()),
        _ => None,
    }
}

/// Whether a content type is of bytes that are no text.
fn is_binary(media_type: &str) -> bool {
    let essence = super::content_type::essence(media_type);
    let text = essence.starts_with("text/") || essence.ends_with("xml") || essence.contains("javascript");
    super::content_type::codec_of(&essence) == Codec::Bytes && !text
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn formats_are_kept_and_decimals_declared() {
        check_schemas(
            r#"
            Box:
              properties:
                price: { type: number, x-typewright: { decimal: true } }
                file: { type: string, contentMediaType: application/octet-stream }
                blob: { type: string, contentEncoding: base64 }
                odd: { type: string, format: odd }
                token: { type: string, x-typewright: { sensitive: true } }
            "#,
            r#"
            Box = object
              price: number:decimal
              file: string:binary
              blob: string:byte
              odd: string:odd
              token: secret string sensitive
            "#,
        );
    }

    #[test]
    fn a_number_or_a_string_is_one_type() {
        check_schemas(
            r#"
            Box: { properties: { a: { type: [string, number] }, b: { type: [integer, string, "null"] }, c: { type: [string, integer], minLength: 1 } } }
            "#,
            r#"
            Box = object
              a: string:number-or-string
              b: string:number-or-string?
              c: Box.c
            Box.c = union
              string<length>=1>
              integer
            "#,
        );
    }

    #[test]
    fn a_missing_type_is_inferred() {
        check_schemas(
            r#"
            Box:
              properties:
                object: { properties: { a: { type: string } } }
                array: { items: { type: string } }
                string: { pattern: ^a }
                number: { minimum: 1 }
                date: { format: date }
                whole: { format: int32 }
                either: { minimum: 1, maxLength: 2 }
                free: {}
                yes: true
            "#,
            r#"
            Box = object
              object: Box.object
              array: [string]
              string: string</^a/>
              number: number<>=1>
              date: string:date
              whole: integer:int32
              either: any
              free: any
              yes: any
            Box.object = object
              a: string
            "#,
        );
    }
}
