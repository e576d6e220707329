//! How the variants of a union are told apart: a declared discriminator, or a member that is a different constant in each.

use std::collections::BTreeSet;

use crate::lower::Lowering;
use crate::lower::all_of::{gather, node};
use crate::lower::enumeration::{Values, values};
use crate::normalise::model::{Discriminator, JsonType, SchemaId};

/// How deep unions of unions are looked into.
const DEPTH: usize = 8;

/// What tells the variants apart.
#[derive(Debug)]
pub(super) struct Told {
    /// The member, if there is one.
    pub(super) discriminator: Option<String>,
    /// By variant: the values that select it.
    pub(super) tags: Vec<Vec<String>>,
}

impl Lowering<'_> {
    /// What tells `members` apart.
    pub(super) fn told(&self, declared: Option<&Discriminator>, members: &[SchemaId]) -> Told {
        if let Some(declared) = declared {
            let mut taken = BTreeSet::new();
            let mut tags: Vec<Vec<String>> =
                members.iter().map(|member| self.declared_tags(declared, *member)).collect();
            for list in &mut tags {
                list.retain(|tag| taken.insert(tag.clone()));
            }
            if !taken.is_empty() {
                return Told { discriminator: Some(declared.property.clone()), tags };
            }
        }
        self.implied(members).unwrap_or_else(|| Told { discriminator: None, tags: vec![Vec::new(); members.len()] })
    }

    /// The mapping speaks first, then the variant's own constant, then the component's key.
    fn declared_tags(&self, declared: &Discriminator, member: SchemaId) -> Vec<String> {
        let own = self.canonical(member);
        let leads_here = |target: &SchemaId| *target == member || self.canonical(*target) == own;
        let mapped: Vec<String> = declared
            .mapping
            .iter()
            .filter(|(_, target)| target.as_ref().is_some_and(leads_here))
            .map(|(value, _)| value.clone())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let constants = self.constants(member, &declared.property, 0);
        if !constants.is_empty() {
            return constants;
        }
        self.component_key(member).map(str::to_owned).into_iter().collect()
    }

    /// The strings that a member allows for one of its properties; of a union: those of all its variants.
    fn constants(&self, schema: SchemaId, property: &str, depth: usize) -> Vec<String> {
        if depth > DEPTH {
            return Vec::new();
        }
        let parts = gather(self.model, self.tree, &[schema], &[]);
        let declared: Vec<SchemaId> = parts
            .list
            .iter()
            .flat_map(|part| &part.node.properties)
            .filter(|(name, _)| name == property)
            .map(|(_, id)| *id)
            .collect();
        if declared.is_empty() {
            let nested = parts.choices.iter().flat_map(|choice| &choice.members);
            return nested.flat_map(|(_, id)| self.constants(*id, property, depth + 1)).collect();
        }
        let held = gather(self.model, self.tree, &declared, &[]);
        match values(self.tree, &held, JsonType::String) {
            Values::Enum(list) => list.values.into_iter().map(|value| value.wire).collect(),
            _ => Vec::new(),
        }
    }

    /// A member that every variant needs and that no two of them share a value of.
    fn implied(&self, members: &[SchemaId]) -> Option<Told> {
        let first = gather(self.model, self.tree, &[*members.first()?], &[]);
        let mut names = first.list.iter().flat_map(|part| &part.node.properties).map(|(name, _)| name);
        names.find_map(|name| self.implied_by(members, name))
    }

    fn implied_by(&self, members: &[SchemaId], name: &str) -> Option<Told> {
        let mut taken = BTreeSet::new();
        let mut tags = Vec::with_capacity(members.len());
        for member in members {
            let parts = gather(self.model, self.tree, &[*member], &[]);
            let needed = parts.list.iter().any(|part| part.node.required.iter().any(|other| other == name));
            let own = if needed { self.constants(*member, name, 0) } else { Vec::new() };
            if own.is_empty() || !own.iter().all(|tag| taken.insert(tag.clone())) {
                return None;
            }
            tags.push(own);
        }
        Some(Told { discriminator: Some(name.to_owned()), tags })
    }

    /// The key of the component that a schema is or refers to.
    pub(super) fn component_key(&self, schema: SchemaId) -> Option<&str> {
        let mut at = schema;
        for _ in 0..DEPTH {
            if let Some(key) = self.components.get(&at) {
                return Some(key);
            }
            let node = node(self.model, at)?;
            at = match (node.reference, node.all_of.as_slice()) {
                (Some(target), _) => target,
                (None, [only]) => *only,
                _ => return None,
            };
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn a_constant_in_every_variant_tells_them_apart() {
        check_schemas(
            r#"
            Event: { oneOf: [{ $ref: '#/components/schemas/Made' }, { $ref: '#/components/schemas/Gone' }] }
            Made: { type: object, required: [id, type], properties: { id: { type: string }, type: { const: made } } }
            Gone: { type: object, required: [id, type], properties: { id: { type: string }, type: { type: string, enum: [gone] } } }
            "#,
            r#"
            Event = union by type
              made -> Made 'Made'
              gone -> Gone 'Gone'
            Made = object
              id!: string
              type!: Made.type
            Gone = object
              id!: string
              type!: Gone.type
            Made.type = enum [made]
            Gone.type = enum [gone]
            "#,
        );
    }

    #[test]
    fn a_constant_counts_more_than_the_component_key() {
        check_schemas(
            r#"
            Event: { discriminator: { propertyName: type }, oneOf: [{ $ref: '#/components/schemas/Made' }, { $ref: '#/components/schemas/Gone' }] }
            Made: { type: object, properties: { type: { const: made } } }
            Gone: { type: object, properties: { type: { type: string } } }
            "#,
            r#"
            Event = union by type
              made -> Made 'Made'
              Gone -> Gone 'Gone'
            Made = object
              type: Made.type
            Gone = object
              type: string
            Made.type = enum [made]
            "#,
        );
    }
}
