//! Choices: `oneOf`, `anyOf`, several types, and a parent that means any of its children.
//!
//! Owns which variants there are; how they are told apart on the wire is the concern of `discriminator`.

use std::collections::BTreeSet;

use crate::api::{Context, Raw, Shape, TypeId, Union, Use, Variant};
use crate::diagnostic::codes;
use crate::lower::all_of::{Choice, Parts, gather};
use crate::lower::discriminator::Told;
use crate::lower::subject::{Content, Subject};
use crate::lower::types::{Source, empty_union};
use crate::lower::{Lowering, kind};
use crate::normalise::model::{JsonType, SchemaId};

/// How many choices may stand inside each other around shared members.
const NESTED: usize = 4;

/// How many variants may be joined with what stands around their choice. Choices inside each other multiply; the largest
/// known document needs some hundreds.
const JOINED: usize = 20_000;

/// The type of a choice. A choice between alike strings or numbers is none.
pub(super) fn lower_choice<'a>(lowering: &mut Lowering<'a>, mut subject: Subject, parts: &Parts<'a>) -> TypeId {
    let [choice] = parts.choices.as_slice() else {
        return lowering.lower_odd_choices(subject, parts);
    };
    if subject.chosen.len() >= NESTED || lowering.joined >= JOINED {
        return lowering.lower_odd_choices(subject, parts);
    }
    if let Some(one) = lowering.lower_alike(&mut subject, choice, parts) {
        return one;
    }
    lowering.defer(subject, empty_union(), Content::Choice)
}

/// A member of a choice before it is lowered.
pub(super) struct Candidate {
    /// The member.
    pub(super) schema: SchemaId,
    /// What is lowered, when the member must be joined with what stands around the choice.
    pub(super) joined: Option<Subject>,
    /// Its place in the list.
    place: usize,
}

impl<'a> Lowering<'a> {
    /// Several choices that hold at once have no type: what is known without them stays typed, the rest is kept raw.
    fn lower_odd_choices(&mut self, subject: Subject, parts: &Parts<'a>) -> TypeId {
        let origin = self.origin(subject.last());
        let help = "members outside the choices are typed, all others are kept as they come";
        self.warn(&codes::OPAQUE, origin, "choices that hold at the same time are not told apart", help);
        let mut chosen = subject.chosen.clone();
        chosen.extend(parts.choices.iter().map(|choice| choice.owner));
        self.lower_subject(Subject { chosen, ..subject }).ty
    }

    /// The members of a choice, each joined with what stands around the choice unless it says as much itself.
    pub(super) fn candidates(&self, subject: &Subject, choice: &Choice, parts: &Parts<'a>) -> Vec<Candidate> {
        let candidate = |(place, schema): &(usize, SchemaId)| {
            let joined = self.must_join(parts, *schema).then(|| {
                let mut chosen = subject.chosen.clone();
                chosen.push(choice.owner);
                let roots = subject.roots.clone().and(*schema);
                Subject { roots, chosen, source: Source::Within(Vec::new(), *schema), ..subject.clone() }
            });
            Candidate { schema: *schema, joined, place: *place }
        };
        choice.members.iter().map(candidate).collect()
    }

    /// Whether the parts around a choice say something that a member lacks.
    fn must_join(&self, around: &Parts<'a>, member: SchemaId) -> bool {
        let outer_kinds = kind::kinds(self.tree, around);
        if outer_kinds.is_empty() {
            return false;
        }
        let own = gather(self.model, self.tree, &[member], &[]);
        let own_kinds = kind::kinds(self.tree, &own);
        if own_kinds.is_empty() && own.choices.is_empty() {
            return true;
        }
        let object = own_kinds.as_slice() == [JsonType::Object] || !own.choices.is_empty();
        let has: BTreeSet<&String> =
            own.list.iter().flat_map(|part| &part.node.properties).map(|(name, _)| name).collect();
        object && around.list.iter().flat_map(|part| &part.node.properties).any(|(name, _)| !has.contains(name))
    }

    /// Lowers a candidate as a variant of `union`.
    fn lower_candidate(&mut self, union: TypeId, candidate: &Candidate) -> Use {
        match &candidate.joined {
            None => self.lower_use(candidate.schema),
            Some(subject) => {
                self.joined += 1;
                let hint = self.hint_of(candidate.schema);
                let context = vec![Context::Type(union), Context::Variant(candidate.place, hint)];
                let source = Source::Within(context, candidate.schema);
                self.lower_subject(Subject { source, ..subject.clone() })
            }
        }
    }

    /// The variants of a choice of the document.
    pub(super) fn fill_choice(&mut self, id: TypeId, subject: &Subject) -> Shape {
        let parts = self.parts(subject);
        let Some(choice) = parts.choices.first().cloned() else { return Shape::Any(Raw::Declared) };
        let mut members = Vec::new();
        for candidate in self.candidates(subject, &choice, &parts) {
            let of = self.lower_candidate(id, &candidate);
            if let Shape::Any(why) = self.types.shape(of.ty) {
                return Shape::Any(*why);
            }
            members.push((candidate.schema, of));
        }
        let discriminator = parts.list.iter().rev().find_map(|part| part.node.discriminator.as_ref());
        let told = self.told(discriminator, &members.iter().map(|(schema, _)| *schema).collect::<Vec<_>>());
        self.finish_union(id, members, told)
    }

    /// The children of a parent, and the parent itself where its mapping names it.
    pub(super) fn fill_children(&mut self, id: TypeId, subject: &Subject, children: &[SchemaId]) -> Shape {
        let parent = subject.last();
        let parts = self.parts(subject);
        let discriminator = parts.list.iter().rev().find_map(|part| part.node.discriminator.as_ref());
        let mapped = discriminator.is_some_and(|found| {
            found.default == Some(parent) || found.mapping.iter().any(|(_, target)| *target == Some(parent))
        });
        let family: Vec<SchemaId> = children.iter().copied().chain(mapped.then_some(parent)).collect();
        let mut members = Vec::new();
        for (place, child) in family.iter().enumerate() {
            let of = if self.children.contains_key(child) {
                let context = vec![Context::Type(id), Context::Variant(place, self.hint_of(*child))];
                self.lower_subject(Subject {
                    itself: true,
                    source: Source::Within(context, *child),
                    ..Subject::of(*child)
                })
            } else {
                self.lower_use(*child)
            };
            members.push((*child, of));
        }
        let told = self.told(discriminator, &family);
        self.finish_union(id, members, told)
    }

    /// One variant per JSON type.
    pub(super) fn fill_kinds(&mut self, id: TypeId, subject: &Subject, kinds: &[JsonType]) -> Shape {
        let mut variants = Vec::new();
        for (place, kind) in kinds.iter().enumerate() {
            let context = vec![Context::Type(id), Context::Variant(place, Some(word(*kind).to_owned()))];
            let source = Source::Within(context, subject.last());
            let of = self.lower_subject(Subject { kind: Some(*kind), source, ..subject.clone() });
            variants.push(Variant {
                of,
                tags: Vec::new(),
                fallback: false,
                hint: None,
                origin: self.origin(subject.last()),
            });
        }
        Shape::Union(Union { variants, discriminator: None })
    }

    /// Several JSON types are a union of them.
    pub(super) fn lower_kinds(&mut self, subject: Subject, kinds: Vec<JsonType>) -> TypeId {
        self.defer(subject, empty_union(), Content::Kinds(kinds))
    }

    /// Merges equal variants. A union of one that needs no name is that one.
    fn finish_union(&mut self, id: TypeId, members: Vec<(SchemaId, Use)>, told: Told) -> Shape {
        let mut variants: Vec<Variant> = Vec::new();
        for (place, ((schema, of), tags)) in members.into_iter().zip(told.tags).enumerate() {
            if of.ty == id {
                continue;
            }
            let fallback = told.fallback == Some(place);
            match variants.iter_mut().find(|variant| variant.of.ty == of.ty) {
                Some(variant) => {
                    variant.tags.extend(tags);
                    variant.fallback |= fallback;
                }
                None => variants.push(Variant {
                    of: Use { ty: of.ty, nullable: false },
                    hint: self.hint_of(schema).or_else(|| tags.first().cloned()),
                    tags,
                    fallback,
                    origin: self.origin(schema),
                }),
            }
        }
        match variants.as_slice() {
            // All of its members are the choice itself.
            [] => Shape::Any(Raw::Beyond("oneOf")),
            [only] if told.discriminator.is_none() && !self.is_named(only.of) && !self.holds(only.of.ty, id) => {
                self.types.shape(only.of.ty).clone()
            }
            _ => Shape::Union(Union { variants, discriminator: told.discriminator }),
        }
    }

    /// Whether lists and maps alone lead from one type to another.
    fn holds(&self, from: TypeId, to: TypeId) -> bool {
        let mut at = from;
        for _ in 0..=NESTED {
            match self.types.shape(at) {
                Shape::Array { items: of, .. } | Shape::Map { values: of, .. } if of.ty == to => return true,
                Shape::Array { items: of, .. } | Shape::Map { values: of, .. } => at = of.ty,
                Shape::Tuple { places } => return places.iter().any(|of| of.ty == to),
                _ => return false,
            }
        }
        true
    }

    /// What a variant's name goes by: the component, the title, the constant, what another file calls it.
    pub(super) fn hint_of(&self, schema: SchemaId) -> Option<String> {
        let key = self.component_key(schema).map(str::to_owned);
        key.or_else(|| self.hint_of_inline(schema)).or_else(|| self.key_in_other_file(schema))
    }
}

fn word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{check_codes, check_schemas};

    #[test]
    fn a_mapping_gives_the_tags() {
        check_schemas(
            r#"
            Pet:
              oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
              discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', kitten: '#/components/schemas/Cat', dog: Dog } }
            Cat: { type: object, properties: { kind: { type: string } } }
            Dog: { type: object, properties: { kind: { type: string }, bark: { type: string } } }
            "#,
            r#"
            Pet = union by kind
              cat, kitten -> Cat 'Cat'
              dog -> Dog 'Dog'
            Cat = object
              kind: string
            Dog = object
              kind: string
              bark: string
            "#,
        );
    }

    #[test]
    fn one_variant_with_a_discriminator_is_a_union_because_others_will_come() {
        check_schemas(
            r#"
            Pet:
              oneOf: [{ $ref: '#/components/schemas/Cat' }]
              discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } }
            Any:
              anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: "null" }]
              discriminator: { propertyName: kind }
            Only: { oneOf: [{ $ref: '#/components/schemas/Cat' }] }
            Cat: { type: object, properties: { kind: { type: string } } }
            Number: { type: object, properties: { kind: { type: integer } } }
            Numbers: { oneOf: [{ $ref: '#/components/schemas/Number' }], discriminator: { propertyName: kind } }
            Box: { properties: { only: { $ref: '#/components/schemas/Only' }, numbers: { $ref: '#/components/schemas/Numbers' }, any: { $ref: '#/components/schemas/Any' } } }
            "#,
            r#"
            Pet = union by kind
              cat -> Cat 'Cat'
            Any = union by kind
              Cat -> Cat 'Cat'
            Cat = object
              kind: string
            Number = object
              kind: integer
            Numbers = union
              Number 'Number'
            Box = object
              only: Cat
              numbers: Numbers
              any: Any?
            "#,
        );
    }

    #[test]
    fn shared_members_join_every_variant() {
        check_schemas(
            r#"
            Pet:
              type: object
              properties: { id: { type: integer } }
              oneOf:
                - { title: Cat, type: object, properties: { meow: { type: string } } }
                - { type: object, properties: { bark: { type: string } } }
            "#,
            r#"
            Pet = union
              Pet|Cat 'Cat'
              Pet|1
            Pet|Cat = object // Cat
              id: integer
              meow: string
            Pet|1 = object
              id: integer
              bark: string
            "#,
        );
    }

    #[test]
    fn several_types_are_a_union() {
        check_schemas(
            r#"
            Box: { properties: { value: { type: [string, integer, "null"], minimum: 1, maxLength: 3 }, all: { type: [string, number, boolean, array, object] } } }
            "#,
            r#"
            Box = object
              value: Box.value?
              all: any
            Box.value = union
              string<length<=3>
              integer<>=1>
            "#,
        );
    }

    #[test]
    fn a_parent_with_a_discriminator_means_its_children() {
        check_schemas(
            r#"
            Pet: { type: object, required: [kind], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } }, properties: { kind: { type: string } } }
            Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { meow: { type: string } } }] }
            Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
            Box: { properties: { pet: { $ref: '#/components/schemas/Pet' } } }
            "#,
            r#"
            Pet = union by kind
              cat -> Cat 'Cat'
              Dog -> Dog 'Dog'
            Cat = object < Pet
              kind!: string
              meow: string
            Dog = object < Pet
              kind!: string
            Box = object
              pet: Pet
            "#,
        );
    }

    #[test]
    fn a_parent_that_lists_its_children_is_no_choice_for_them() {
        check_schemas(
            r#"
            Pet:
              type: object
              oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
              discriminator: { propertyName: kind }
              properties: { kind: { type: string } }
            Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { meow: { type: string } } }] }
            Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { bark: { type: string } } }] }
            "#,
            r#"
            Pet = union by kind
              Cat -> Cat 'Cat'
              Dog -> Dog 'Dog'
            Cat = object < Pet
              kind: string
              meow: string
            Dog = object < Pet
              kind: string
              bark: string
            "#,
        );
    }

    #[test]
    fn recursion_through_a_union_has_an_end() {
        check_schemas(
            r#"
            Json: { anyOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/Json' } }, { $ref: '#/components/schemas/Tree' }] }
            Tree: { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/Tree' } }, json: { $ref: '#/components/schemas/Json' } } }
            "#,
            r#"
            Json = union
              string
              [Json]
              Tree 'Tree'
            Tree = object
              children: [Tree]
              json: Json
            "#,
        );
    }

    #[test]
    fn choices_that_repeat_each_other_are_one() {
        check_schemas(
            r#"
            Cat: { type: object, required: [meow], properties: { meow: { type: string } } }
            Dog: { type: object, required: [bark], properties: { bark: { type: string } } }
            Box:
              properties:
                same:
                  oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: object, required: [a], properties: { a: { type: string } } }]
                  anyOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { $ref: '#/components/schemas/Cat' }]
                fewer:
                  anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { type: string }]
                  oneOf: [{ $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Cat' }]
            "#,
            r#"
            Cat = object
              meow!: string
            Dog = object
              bark!: string
            Box = object
              same: Box.same
              fewer: Box.fewer
            Box.same = union
              Cat 'Cat'
              Box.same|1
            Box.fewer = union
              Dog 'Dog'
              Cat 'Cat'
            Box.same|1 = object
              a!: string
            "#,
        );
    }

    #[test]
    fn choices_that_hold_at_once_leave_what_is_known() {
        check_schemas(
            r#"
            Odd:
              type: object
              properties: { id: { type: integer } }
              allOf:
                - { oneOf: [{ properties: { a: { type: string } } }, { properties: { b: { type: string } } }] }
                - { oneOf: [{ properties: { c: { type: string } } }, { properties: { d: { type: string } } }] }
            "#,
            r#"
            Odd = object
              id: integer
            "#,
        );
        check_codes(
            r#"
            Odd: { allOf: [{ oneOf: [{ type: object }, { type: string }] }, { oneOf: [{ type: object }, { type: integer }] }] }
            "#,
            &["TW0406"],
        );
    }
}
