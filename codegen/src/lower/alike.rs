//! Choices that are none: between strings, between numbers, between values of one enum.
//!
//! `anyOf: [string, enum]` is how documents say "an open enum"; every enum is open here anyway.

use std::collections::BTreeSet;

use crate::api::{Enum, EnumKind, EnumValue, Limits, Shape, TypeId};
use crate::lower::all_of::{Choice, Parts, node};
use crate::lower::enumeration::{Values, values};
use crate::lower::subject::Subject;
use crate::lower::union::Candidate;
use crate::lower::{Lowering, kind, scalar};
use crate::normalise::model::{JsonType, SchemaId};

/// Formats whose values are more than text: a choice between one of them and other text stays a choice.
const MORE_THAN_TEXT: [&str; 6] = ["date-time", "date", "uuid", "decimal", "byte", "binary"];

/// One member, looked at closely.
struct Alike {
    schema: SchemaId,
    values: Option<Vec<EnumValue>>,
    shape: Shape,
}

impl<'a> Lowering<'a> {
    /// The one type of a choice between alike scalars.
    pub(super) fn lower_alike(&mut self, subject: &mut Subject, choice: &Choice, parts: &Parts<'a>) -> Option<TypeId> {
        let candidates = self.candidates(subject, choice, parts);
        let mut members = Vec::with_capacity(candidates.len());
        let mut kinds = Vec::new();
        for candidate in &candidates {
            let (kind, alike) = self.look(candidate)?;
            kinds.push(kind);
            members.push(alike);
        }
        if kinds.iter().all(|kind| matches!(kind, JsonType::Integer | JsonType::Number)) {
            return self.lower_numbers(subject, &kinds, members);
        }
        kinds.iter().all(|kind| *kind == JsonType::String).then(|| self.lower_strings(subject, members)).flatten()
    }

    /// The kind of a candidate that is a string or a number.
    fn look(&self, candidate: &Candidate) -> Option<(JsonType, Alike)> {
        let alone = Subject::of(candidate.schema);
        let parts = self.parts(candidate.joined.as_ref().unwrap_or(&alone));
        let kinds = kind::kinds(self.tree, &parts);
        let [kind @ (JsonType::String | JsonType::Integer | JsonType::Number)] = kinds.as_slice() else { return None };
        if !parts.choices.is_empty() {
            return None;
        }
        let values = match values(self.tree, &parts, *kind) {
            Values::None => None,
            Values::Checked(..) => return None,
            Values::Enum(list) => Some(self.described(candidate.schema, list)),
        };
        Some((*kind, Alike { schema: candidate.schema, values, shape: scalar::scalar(&parts, *kind, None) }))
    }

    /// A single constant takes the words of its schema; a number takes its title as its name too.
    fn described(&self, schema: SchemaId, list: Enum) -> Vec<EnumValue> {
        let Enum { kind, mut values, .. } = list;
        if let [value] = values.as_mut_slice() {
            let node = node(self.model, schema);
            if kind == EnumKind::Integer && value.name.is_none() {
                value.name.clone_from(&node.title);
            }
            let words = node.description.clone().or_else(|| node.title.clone());
            value.description = value.description.take().or(words);
        }
        values
    }

    fn lower_numbers(&mut self, subject: &Subject, kinds: &[JsonType], members: Vec<Alike>) -> Option<TypeId> {
        if members.iter().all(|member| member.values.is_some()) {
            return Some(self.lower_values(subject, EnumKind::Integer, members));
        }
        if members.iter().any(|member| member.values.is_some()) {
            return None;
        }
        let whole = kinds.iter().all(|kind| *kind == JsonType::Integer);
        let shape = match common(&members) {
            Some(shape) => shape,
            None if whole => Shape::Integer { format: None, limits: Limits::default() },
            None => Shape::Number { format: None, limits: Limits::default() },
        };
        Some(self.intern(subject, shape))
    }

    fn lower_strings(&mut self, subject: &Subject, members: Vec<Alike>) -> Option<TypeId> {
        let (listed, mut plain): (Vec<Alike>, Vec<Alike>) =
            members.into_iter().partition(|member| member.values.is_some());
        if plain.is_empty() {
            return Some(self.lower_values(subject, EnumKind::String, listed));
        }
        // `""` beside a string only says that the string may be empty.
        let empty = |member: &Alike| member.values.iter().flatten().all(|value| value.wire.is_empty());
        if listed.iter().all(empty) {
            if !listed.is_empty() {
                plain.iter_mut().for_each(|member| without_limits(&mut member.shape));
            }
            let shape = common(&plain).or_else(|| text(&plain))?;
            return Some(self.intern(subject, shape));
        }
        text(&plain)?;
        match listed.as_slice() {
            [only] => Some(self.lower_use(only.schema).ty),
            _ => Some(self.lower_values(subject, EnumKind::String, listed)),
        }
    }

    fn lower_values(&mut self, subject: &Subject, kind: EnumKind, members: Vec<Alike>) -> TypeId {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let all = members.into_iter().filter_map(|member| member.values).flatten();
        let values: Vec<EnumValue> = all.filter(|value| seen.insert(value.wire.clone())).collect();
        self.define(subject, Shape::Enum(Enum { kind, values, limits: Limits::default() }))
    }
}

/// The shape that all members have.
fn common(members: &[Alike]) -> Option<Shape> {
    let (first, others) = members.split_first()?;
    others.iter().all(|other| other.shape == first.shape).then(|| first.shape.clone())
}

/// Plain text that takes all members, unless one of them is more than text.
fn text(members: &[Alike]) -> Option<Shape> {
    let mut sensitive = false;
    let mut formats = Vec::new();
    for member in members {
        let Shape::String { format, sensitive: own, .. } = &member.shape else { return None };
        sensitive |= *own;
        formats.push(format.as_deref());
    }
    let alike = formats.windows(2).all(|pair| matches!(pair, [left, right] if left == right));
    let more = formats.iter().flatten().any(|format| MORE_THAN_TEXT.contains(format));
    let format = if alike { formats.first().copied().flatten().map(str::to_owned) } else { None };
    (alike || !more).then(|| Shape::String { format, limits: Limits::default(), sensitive })
}

fn without_limits(shape: &mut Shape) {
    if let Shape::String { limits, .. } = shape {
        *limits = Limits::default();
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn a_string_beside_an_enum_is_the_enum() {
        check_schemas(
            r#"
            Color: { type: string, enum: [red, green] }
            Box:
              properties:
                open: { anyOf: [{ type: string }, { type: string, enum: [a, b] }] }
                color: { anyOf: [{ $ref: '#/components/schemas/Color' }, { type: string }] }
                both: { oneOf: [{ type: string, enum: [a] }, { type: string, enum: [a, b] }] }
            "#,
            r#"
            Color = enum [red] [green]
            Box = object
              open: Box.open
              color: Color
              both: Box.both
            Box.open = enum [a] [b]
            Box.both = enum [a] [b]
            "#,
        );
    }

    #[test]
    fn choices_between_constants_are_an_enum() {
        check_schemas(
            r#"
            Kind:
              oneOf: [{ const: cat, description: A cat. }, { const: dog, title: Dog }]
            Level:
              oneOf: [{ type: integer, const: 0, title: LOW }, { type: integer, const: 1, title: HIGH, description: Much. }]
            "#,
            r#"
            Kind = enum [cat "A cat."] [dog "Dog"]
            Level = enum [0 as LOW "LOW"] [1 as HIGH "Much."]
            "#,
        );
    }

    #[test]
    fn an_empty_string_beside_a_string_says_nothing() {
        check_schemas(
            r#"
            Box: { properties: { name: { anyOf: [{ type: string, maxLength: 5 }, { type: string, enum: [""] }] } } }
            "#,
            r#"
            Box = object
              name: string
            "#,
        );
    }

    #[test]
    fn text_formats_are_text_and_value_formats_stay_a_choice() {
        check_schemas(
            r#"
            Box: { properties: { ip: { oneOf: [{ type: string, format: ipv4 }, { type: string, format: ipv6 }] }, at: { oneOf: [{ type: string, format: date }, { type: string, format: date-time }] }, n: { anyOf: [{ type: integer }, { type: number }] } } }
            "#,
            r#"
            Box = object
              ip: string
              at: Box.at
              n: number
            Box.at = union
              string:date
              string:date-time
            "#,
        );
    }
}
