//! How the variants of a union are told apart: a declared discriminator, or a member that is a different constant in each.

use std::collections::BTreeSet;

use crate::lower::all_of::{gather, node};
use crate::lower::enumeration::{Values, values};
use crate::lower::{Lowering, kind};
use crate::normalise::model::{Discriminator, JsonType, SchemaId};

/// How many references in a row are followed to a component.
const HOPS: usize = 8;

/// What tells the variants apart.
#[derive(Debug)]
pub(super) struct Told {
    /// The member, if there is one.
    pub(super) discriminator: Option<String>,
    /// By variant: the values that select it.
    pub(super) tags: Vec<Vec<String>>,
    /// Which variant values are that no tag selects.
    pub(super) fallback: Option<usize>,
}

impl Lowering<'_> {
    /// What tells `members` apart.
    pub(super) fn told(&self, declared: Option<&Discriminator>, members: &[SchemaId]) -> Told {
        let declared = declared.or_else(|| self.of_family(members));
        // Only text selects a variant; a number tells the variants apart by their shape.
        let text =
            |declared: &&Discriminator| members.iter().all(|member| self.may_be_text(*member, &declared.property));
        if let Some(declared) = declared.filter(text) {
            let shared = self.shared(declared, members);
            let mut taken = BTreeSet::new();
            let mut tags: Vec<Vec<String>> =
                members.iter().map(|member| self.declared_tags(declared, *member, &shared)).collect();
            for list in &mut tags {
                list.retain(|tag| taken.insert(tag.clone()));
            }
            if !taken.is_empty() {
                let default = declared.default.map(|default| self.canonical(default));
                let fallback = members.iter().position(|member| Some(self.canonical(*member)) == default);
                return Told { discriminator: Some(declared.property.clone()), tags, fallback };
            }
        }
        self.implied(members).unwrap_or_else(|| Told {
            discriminator: None,
            tags: vec![Vec::new(); members.len()],
            fallback: None,
        })
    }

    fn may_be_text(&self, member: SchemaId, property: &str) -> bool {
        let parts = gather(self.model, self.tree, &[member], &[]);
        let properties = parts.list.iter().flat_map(|part| &part.node.properties);
        let declared: Vec<SchemaId> = properties.filter(|(name, _)| name == property).map(|(_, id)| *id).collect();
        let kinds = kind::kinds(self.tree, &gather(self.model, self.tree, &declared, &[]));
        kinds.is_empty() || kinds.contains(&JsonType::String)
    }

    /// The discriminator of a parent that all members extend.
    fn of_family(&self, members: &[SchemaId]) -> Option<&Discriminator> {
        let own: Vec<SchemaId> = members.iter().map(|member| self.canonical(*member)).collect();
        let mut families = self.children.iter();
        let (parent, _) = families.find(|(_, children)| own.iter().all(|member| children.contains(member)))?;
        node(self.model, *parent).discriminator.as_ref()
    }

    /// The values that several members allow for the discriminator: variants that share one enum of all their tags are not
    /// told apart by its values.
    fn shared(&self, declared: &Discriminator, members: &[SchemaId]) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let constants = members.iter().flat_map(|member| self.constants(*member, &declared.property));
        constants.filter(|value| !seen.insert(value.clone())).collect()
    }

    /// The mapping speaks first, then the variant's own tag, then its constant, then the component's key; of a parent also those of its
    /// children.
    fn declared_tags(&self, declared: &Discriminator, member: SchemaId, shared: &BTreeSet<String>) -> Vec<String> {
        let own = self.canonical(member);
        let mut tags = self.own_tags(declared, (member, own), shared);
        for child in self.children.get(&own).into_iter().flatten() {
            tags.extend(self.own_tags(declared, (*child, *child), shared));
        }
        tags
    }

    fn own_tags(
        &self,
        declared: &Discriminator,
        (member, own): (SchemaId, SchemaId),
        shared: &BTreeSet<String>,
    ) -> Vec<String> {
        let leads_here = |target: &SchemaId| *target == member || self.canonical(*target) == own;
        let mapping = declared.mapping.iter().filter(|(_, target)| target.as_ref().is_some_and(leads_here));
        let mapped: Vec<String> = mapping.map(|(value, _)| value.clone()).collect();
        if !mapped.is_empty() {
            return mapped;
        }
        if let Some(tag) = node(self.model, own).tag.clone() {
            return vec![tag];
        }
        let key = self.component_key(member);
        let mut constants = self.constants(member, &declared.property);
        constants.retain(|value| {
            let elsewhere = declared.mapping.iter().any(|(mapped, _)| mapped == value);
            !elsewhere && (!shared.contains(value) || Some(value.as_str()) == key)
        });
        if !constants.is_empty() {
            return constants;
        }
        key.map(str::to_owned).into_iter().collect()
    }

    /// The strings that a member allows for one of its properties; of a union: those of all its variants.
    fn constants(&self, schema: SchemaId, property: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![schema];
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            let parts = gather(self.model, self.tree, &[at], &[]);
            let properties = parts.list.iter().flat_map(|part| &part.node.properties);
            let declared: Vec<SchemaId> = properties.filter(|(name, _)| name == property).map(|(_, id)| *id).collect();
            if declared.is_empty() {
                // Last in, first out: pushed backwards they come in order.
                open.extend(parts.choices.iter().flat_map(|choice| &choice.members).map(|(_, id)| *id).rev());
                continue;
            }
            let held = gather(self.model, self.tree, &declared, &[]);
            if let Values::Enum(list) = values(self.tree, &held, JsonType::String) {
                found.extend(list.values.into_iter().map(|value| value.wire));
            }
        }
        found
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
            let own = if needed { self.constants(*member, name) } else { Vec::new() };
            if own.is_empty() || !own.iter().all(|tag| taken.insert(tag.clone())) {
                return None;
            }
            tags.push(own);
        }
        Some(Told { discriminator: Some(name.to_owned()), tags, fallback: None })
    }

    /// The key of the component that a schema is or refers to.
    pub(super) fn component_key(&self, schema: SchemaId) -> Option<&str> {
        let mut at = schema;
        for _ in 0..HOPS {
            if let Some(key) = self.components.get(&at) {
                return Some(key);
            }
            let node = node(self.model, at);
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
    fn a_number_selects_nothing() {
        check_schemas(
            r#"
            Shape: { discriminator: { propertyName: sides }, oneOf: [{ $ref: '#/components/schemas/Line' }, { $ref: '#/components/schemas/Box' }] }
            Line: { type: object, required: [sides], properties: { sides: { type: integer }, length: { type: number } } }
            Box: { type: object, required: [sides], properties: { sides: { type: integer }, width: { type: number } } }
            "#,
            r#"
            Shape = union
              Line 'Line'
              Box 'Box'
            Line = object
              sides!: integer
              length: number
            Box = object
              sides!: integer
              width: number
            "#,
        );
    }

    #[test]
    fn an_enum_of_all_tags_tells_no_variant() {
        check_schemas(
            r#"
            Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
            Kind: { type: string, enum: [Cat, Dog] }
            Cat: { type: object, properties: { kind: { $ref: '#/components/schemas/Kind' } } }
            Dog: { type: object, properties: { kind: { $ref: '#/components/schemas/Kind' } } }
            "#,
            r#"
            Pet = union by kind
              Cat -> Cat 'Cat'
              Dog -> Dog 'Dog'
            Kind = enum [Cat] [Dog]
            Cat = object
              kind: Kind
            Dog = object
              kind: Kind
            "#,
        );
        check_schemas(
            r#"
            Pet: { oneOf: [{ $ref: '#/components/schemas/Any' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { dog: Dog } } }
            Any: { type: object, properties: { kind: { type: string, enum: [cat, dog] } } }
            Dog: { type: object, properties: { kind: { type: string } } }
            "#,
            r#"
            Pet = union by kind
              cat -> Any 'Any'
              dog -> Dog 'Dog'
            Any = object
              kind: Any.kind
            Dog = object
              kind: string
            Any.kind = enum [cat] [dog]
            "#,
        );
    }

    #[test]
    fn a_variant_may_say_its_tag() {
        check_schemas(
            r#"
            Pet: { type: object, discriminator: { propertyName: kind }, properties: { kind: { type: string, enum: [cat, dog] } } }
            CatPet: { allOf: [{ $ref: '#/components/schemas/Pet' }], x-ms-discriminator-value: cat }
            DogPet: { allOf: [{ $ref: '#/components/schemas/Pet' }], x-ms-discriminator-value: dog }
            "#,
            r#"
            Pet = union by kind
              cat -> CatPet 'CatPet'
              dog -> DogPet 'DogPet'
            CatPet = object < Pet
              kind: Pet.kind
            DogPet = object < Pet
              kind: Pet.kind
            Pet.kind = enum [cat] [dog]
            "#,
        );
    }

    #[test]
    fn a_default_mapping_is_what_no_tag_selects() {
        check_schemas(
            r#"
            Pet:
              oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Other' }]
              discriminator: { propertyName: kind, mapping: { cat: Cat }, defaultMapping: Other }
            Cat: { type: object, properties: { kind: { type: string } } }
            Other: { type: object, properties: { kind: { type: string }, name: { type: string } } }
            Event: { type: object, discriminator: { propertyName: type, defaultMapping: '#/components/schemas/Event' }, properties: { type: { type: string } } }
            Made: { allOf: [{ $ref: '#/components/schemas/Event' }] }
            "#,
            r#"
            Pet = union by kind
              cat -> Cat 'Cat'
              Other, else -> Other 'Other'
            Cat = object
              kind: string
            Other = object
              kind: string
              name: string
            Event = union by type
              Made -> Made 'Made'
              Event, else -> Event|Event 'Event'
            Made = object < Event
              type: string
            Event|Event = object
              type: string
            "#,
        );
    }

    #[test]
    fn siblings_are_told_apart_by_their_parent() {
        check_schemas(
            r#"
            Pet: { type: object, discriminator: { propertyName: kind }, properties: { kind: { type: string } } }
            Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
            Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
            Box: { properties: { pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] } } }
            "#,
            r#"
            Pet = union by kind
              Cat -> Cat 'Cat'
              Dog -> Dog 'Dog'
            Cat = object < Pet
              kind: string
            Dog = object < Pet
              kind: string
            Box = object
              pet: Box.pet
            Box.pet = union by kind
              Cat -> Cat 'Cat'
              Dog -> Dog 'Dog'
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
