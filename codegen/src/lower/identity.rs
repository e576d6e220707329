//! Which schema a schema stands for: one that only points at another, perhaps with words of its own, is that other one.
//!
//! Owns the rules of identity and of `null`. That two schemas look alike never makes them one type.

use std::collections::BTreeMap;

use crate::lower::all_of::{gather, has_own_shape, is_null, node, says_shape, without_null};
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
        let node = node(self.model, id)?;
        if has_own_shape(node) {
            return None;
        }
        let members: Vec<SchemaId> = self.members(node);
        let [only] = members.as_slice() else { return None };
        if self.narrows(node, *only) || self.is_child(id, node, *only) {
            return None;
        }
        Some(*only)
    }

    fn members(&self, node: &SchemaNode) -> Vec<SchemaId> {
        let mut members: Vec<SchemaId> = node.reference.into_iter().collect();
        members.extend(node.all_of.iter().copied().filter(|id| says_shape(self.model, *id)));
        for list in [&node.one_of, &node.any_of] {
            members.extend(without_null(self.model, self.tree, list).into_iter().map(|(_, id)| id));
        }
        // The same reference twice is one.
        members.dedup_by_key(|id| self.follow(*id));
        members
    }

    /// Follows `$ref`s that have no siblings of weight.
    fn follow(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..HOPS {
            match node(self.model, at) {
                Some(SchemaNode { reference: Some(target), all_of, .. }) if all_of.is_empty() => at = *target,
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

    /// Whether a component with an `allOf` of one parent is a child of it and not another name for it.
    fn is_child(&self, id: SchemaId, schema: &SchemaNode, target: SchemaId) -> bool {
        !schema.all_of.is_empty()
            && self.components.contains_key(&id)
            && self.children.get(&self.follow(target)).is_some_and(|children| children.contains(&id))
    }

    /// Whether `null` is a value of the schema.
    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        self.nullable_at(id, &mut BTreeMap::new(), 0)
    }

    /// What is known already is not looked at again: choices of choices would cost a power of their depth.
    fn nullable_at(&self, id: SchemaId, known: &mut BTreeMap<SchemaId, bool>, depth: usize) -> bool {
        if let Some(known) = known.get(&id) {
            return *known;
        }
        let Some(node) = node(self.model, id).filter(|_| depth < HOPS) else { return false };
        known.insert(id, false);
        let nullable = self.says_null(node) || (!says_kind(node) && self.members_nullable(node, known, depth));
        known.insert(id, nullable);
        nullable
    }

    /// Whether all that a schema is made of takes `null`; a choice does if one of its members does.
    fn members_nullable(&self, node: &SchemaNode, known: &mut BTreeMap<SchemaId, bool>, depth: usize) -> bool {
        let members = node.all_of.iter().copied().filter(|id| says_shape(self.model, *id));
        let held: Vec<SchemaId> = node.reference.into_iter().chain(members).collect();
        let mut lists = [&node.one_of, &node.any_of].into_iter().filter(|list| !list.is_empty()).peekable();
        if held.is_empty() && lists.peek().is_none() {
            return false;
        }
        held.iter().all(|id| self.nullable_at(*id, known, depth + 1))
            && lists.all(|list| {
                list.iter().any(|id| is_null(self.model, self.tree, *id) || self.nullable_at(*id, known, depth + 1))
            })
    }

    fn says_null(&self, schema: &SchemaNode) -> bool {
        let null = |id: &crate::tree::NodeId| self.tree.is_null(*id);
        schema.nullable
            || schema.types.contains(&JsonType::Null)
            || schema.const_value.as_ref().is_some_and(null)
            || schema.enum_values.as_ref().is_some_and(|values| values.iter().any(null))
    }
}

/// Whether a schema says by itself which values there are, so that silence about `null` excludes it.
fn says_kind(node: &SchemaNode) -> bool {
    !(node.types.is_empty() && node.properties.is_empty()) || node.enum_values.is_some() || node.const_value.is_some()
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
