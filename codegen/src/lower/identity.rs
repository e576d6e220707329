//! Which schema a schema stands for: one that only points at another, perhaps with words of its own, is that other one.
//!
//! Owns the rules of identity. That two schemas look alike never makes them one type.

use crate::lower::all_of::{expects_others, gather, has_own_shape, node, says_shape, without_null};
use crate::lower::{Lowering, kind};
use crate::normalise::model::{JsonType, SchemaId, SchemaNode};

/// How many schemas may point at each other in a row.
const HOPS: usize = 100;

impl Lowering<'_> {
    /// The schema whose type `id` is.
    pub(super) fn canonical(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..HOPS {
            match self.alias_target(at) {
                Some(target) if target != id => at = target,
                _ => break,
            }
        }
        at
    }

    /// The one schema that `id` repeats, if it adds nothing but words and `null`.
    fn alias_target(&self, id: SchemaId) -> Option<SchemaId> {
        let node = node(self.model, id);
        if has_own_shape(node) {
            return None;
        }
        let only = self.only_member(node)?;
        if expects_others(self.model, id, only) || self.narrows(node, only) || self.is_child(id, node, only) {
            return None;
        }
        Some(only)
    }

    /// The one schema that a schema is made of; the same reference twice is one.
    fn only_member(&self, node: &SchemaNode) -> Option<SchemaId> {
        let held = node.all_of.iter().copied().filter(|id| says_shape(self.model, *id));
        let choices = [&node.one_of, &node.any_of].into_iter();
        let choices = choices.flat_map(|list| without_null(self.model, self.tree, list)).map(|(_, id)| id);
        let mut members = node.reference.into_iter().chain(held).chain(choices);
        let first = members.next()?;
        let target = self.follow(first);
        members.all(|other| self.follow(other) == target).then_some(first)
    }

    /// Follows `$ref`s that have no siblings of weight.
    fn follow(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..HOPS {
            match node(self.model, at) {
                SchemaNode { reference: Some(target), all_of, .. } if all_of.is_empty() => at = *target,
                _ => break,
            }
        }
        at
    }

    /// Whether a `type` beside the reference says more than the referenced schema does.
    fn narrows(&self, schema: &SchemaNode, target: SchemaId) -> bool {
        let own: Vec<JsonType> = schema.types.iter().copied().filter(|kind| *kind != JsonType::Null).collect();
        if own.is_empty() {
            return false;
        }
        let parts = gather(self.model, self.tree, &[target], &[]);
        if !parts.choices.is_empty() {
            return false;
        }
        let kinds = kind::kinds(self.tree, &parts);
        kinds.is_empty() || !kinds.iter().all(|kind| own.contains(kind))
    }

    /// Whether a component with an `allOf` of one parent is a child of it and not another name for it: the parent has a
    /// discriminator and its other children say so, or it lists the component among its variants.
    fn is_child(&self, id: SchemaId, schema: &SchemaNode, target: SchemaId) -> bool {
        let parent = self.follow(target);
        let inherits = || self.children.get(&parent).is_some_and(|children| children.contains(&id));
        let is_variant =
            |parent: &SchemaNode| parent.one_of.iter().chain(&parent.any_of).any(|variant| self.follow(*variant) == id);
        !schema.all_of.is_empty()
            && self.components.contains_key(&id)
            && (inherits() || is_variant(node(self.model, parent)))
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn null_is_a_fact_of_the_use() {
        check_schemas(
            r#"
            Pet: { type: object, properties: { id: { type: integer } } }
            Old: { type: [object, "null"], properties: { id: { type: integer } } }
            Box:
              properties:
                one: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { type: "null" }] }
                any: { anyOf: [{ type: "null" }, { type: string }] }
                listed: { type: [string, "null"], enum: [a, null] }
                inherited: { $ref: '#/components/schemas/Old' }
                nothing: { type: "null" }
            "#,
            r#"
            Pet = object
              id: integer
            Old = object
              id: integer
            Box = object
              one: Pet?
              any: string?
              listed: Box.listed?
              inherited: Old?
              nothing: null
            Box.listed = enum [a]
            "#,
        );
    }

    #[test]
    fn nullable_alone_in_a_choice_is_null() {
        check_schemas(
            r#"
            Pet: { type: object, required: [id], properties: { id: { type: integer } } }
            Any: { nullable: true, description: Anything. }
            Box:
              properties:
                one: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { nullable: true }] }
                typed: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, nullable: true }] }
                several: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: array, items: { type: string } }, { nullable: true }] }
                listed: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { nullable: true, enum: [null] }] }
                text: { anyOf: [{ type: string }, { type: object, nullable: true }] }
                open: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, nullable: true, additionalProperties: { type: string } }] }
            "#,
            r#"
            Pet = object
              id!: integer
            Box = object
              one: Pet?
              typed: Pet?
              several: Box.several?
              listed: Pet?
              text: Box.text?
              open: Box.open?
            Box.several = union
              Pet 'Pet'
              [string]
            Box.text = union
              string
              {any}
            Box.open = union
              Pet 'Pet'
              {string}
            "#,
        );
    }

    #[test]
    fn a_variant_that_only_extends_its_union_is_a_type() {
        check_schemas(
            r#"
            Operator:
              oneOf: [{ $ref: '#/components/schemas/IsTrue' }, { $ref: '#/components/schemas/IsFalse' }]
              discriminator: { propertyName: operator, mapping: { isTrue: '#/components/schemas/IsTrue', isFalse: '#/components/schemas/IsFalse' } }
              required: [operator]
              properties: { operator: { type: string } }
            IsTrue: { allOf: [{ $ref: '#/components/schemas/Operator' }] }
            IsFalse: { allOf: [{ $ref: '#/components/schemas/Operator' }] }
            Search: { properties: { complete: { $ref: '#/components/schemas/Operator' } } }
            "#,
            r#"
            Operator = union by operator
              isTrue -> IsTrue 'IsTrue'
              isFalse -> IsFalse 'IsFalse'
            IsTrue = object < Operator
              operator!: string
            IsFalse = object < Operator
              operator!: string
            Search = object
              complete: Operator
            "#,
        );
    }

    #[test]
    fn another_name_for_a_component_is_no_type() {
        check_schemas(
            r#"
            Pet: { type: object, properties: { id: { type: integer } } }
            Animal: { $ref: '#/components/schemas/Pet' }
            Box: { properties: { pet: { $ref: '#/components/schemas/Animal' } } }
            "#,
            r#"
            Pet = object
              id: integer
            Box = object
              pet: Pet
            "#,
        );
    }
}
