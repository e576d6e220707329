//! Words: descriptions, deprecation, and notes on what is not checked.

use std::collections::BTreeSet;

use crate::api::{Docs, Shape, Use};
use crate::lower::all_of::{Parts, gather, node};
use crate::lower::{Lowering, array, limits};
use crate::normalise::model::{JsonType, SchemaId, SchemaNode};

impl<'a> Lowering<'a> {
    /// Words at a place where a type is used; `declared` are its schemas there, inherited ones first.
    ///
    /// Where the type has no name, the words of what is referred to are told here, since nothing else tells them.
    pub(super) fn docs_of_use(&self, declared: &[SchemaId], of: Use) -> Docs {
        let model: &'a crate::normalise::model::Model = self.model;
        let mut docs = Docs::default();
        for node in declared.iter().rev().map(|id| node(model, *id)) {
            self.describe(&mut docs, node, self.is_named(of));
        }
        if !self.is_named(of) {
            let parts = gather(self.model, self.tree, declared, &[]);
            docs.notes = self.notes(&parts);
        }
        docs
    }

    fn describe(&self, docs: &mut Docs, schema: &'a SchemaNode, named: bool) {
        for (index, node) in self.chain(schema).into_iter().enumerate() {
            let own = index == 0 || node.reference.is_none() && schema.reference.is_none();
            if own || !named {
                add(docs, node);
            }
        }
    }

    /// Whether the type tells its own words.
    pub(super) fn is_named(&self, of: Use) -> bool {
        matches!(self.types.shape(of.ty), Shape::Object(_) | Shape::Union(_) | Shape::Enum(_))
    }

    /// Words of a named type made of `schema`: its own, those of a wrapper around it, those of inline members.
    pub(super) fn docs_of_type(&self, wrappers: &[SchemaId], schema: SchemaId) -> Docs {
        let mut docs = Docs::default();
        for node in wrappers.iter().rev().chain([&schema]).map(|id| node(self.model, *id)) {
            add(&mut docs, node);
        }
        let parts = gather(self.model, self.tree, &[schema], &[]);
        for part in parts.list.iter().rev().filter(|part| !part.inherited && part.id != schema) {
            if docs.description.is_none() {
                docs.description.clone_from(&part.node.description);
            }
        }
        docs.notes = self.notes(&parts);
        docs
    }

    /// What is told and not checked.
    pub(super) fn notes(&self, parts: &Parts<'_>) -> Vec<String> {
        let mut notes = limits::notes(parts);
        for part in &parts.list {
            notes.extend(self.mixed_values(part.node));
            notes.extend(self.items(parts, part.node));
            notes.extend(patterns(part.node));
            if part.node.property_names.is_some() {
                notes.push("The names of its members are constrained (not checked).".to_owned());
            }
        }
        let missing = undeclared(parts).into_iter();
        notes.extend(missing.map(|name| format!("Needs the member `{name}`, which the document does not describe.")));
        notes.dedup();
        notes
    }

    /// Words of the items that have a schema each.
    fn items(&self, parts: &Parts<'_>, schema: &SchemaNode) -> Vec<String> {
        let items = &schema.prefix_items;
        if !items.is_empty() && array::places(self.model, parts).is_none() {
            return vec![format!("The first {} items have a meaning each (not checked).", items.len())];
        }
        let told = |(id, place): (&SchemaId, usize)| {
            let node = node(self.model, *id);
            let words = node.description.as_ref().or(node.title.as_ref())?.lines().next()?;
            Some(format!("Item {place}: {words}"))
        };
        items.iter().zip(1..).filter_map(told).collect()
    }

    /// Values that are neither strings nor numbers are told, for no enum holds them.
    fn mixed_values(&self, schema: &SchemaNode) -> Option<String> {
        let ids = schema.enum_values.as_deref().unwrap_or_default();
        let ids: Vec<_> = ids.iter().chain(schema.const_value.iter()).collect();
        let kinds: BTreeSet<JsonType> =
            ids.iter().filter_map(|id| crate::lower::kind::kind_of(self.tree, **id)).collect();
        let typed_elsewhere =
            kinds.iter().all(|kind| !matches!(kind, JsonType::Boolean | JsonType::Array | JsonType::Object));
        if kinds.is_empty() || typed_elsewhere {
            return None;
        }
        let texts: Vec<String> = ids.iter().map(|id| format!("`{}`", self.tree.json_text(**id))).collect();
        Some(format!("One of {} (not checked).", texts.join(", ")))
    }
}

fn add(docs: &mut Docs, node: &SchemaNode) {
    if docs.summary.is_none() {
        docs.summary.clone_from(&node.title);
    }
    if docs.description.is_none() {
        docs.description.clone_from(&node.description);
    }
    docs.deprecated |= node.deprecated;
}

/// Docs without a title that only spells the name again, as generated documents have it.
pub(super) fn unless_it_repeats(docs: Docs, name: &str) -> Docs {
    let letters = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let summary = docs.summary.filter(|summary| letters(summary) != letters(name));
    Docs { summary, ..docs }
}

fn patterns(schema: &SchemaNode) -> Option<String> {
    let patterns: Vec<String> =
        schema.pattern_properties.iter().map(|(pattern, _)| format!("`{}`", pattern.replace('`', "'"))).collect();
    (!patterns.is_empty()).then(|| format!("Names of its members match {} (not checked).", patterns.join(" or ")))
}

/// Names in `required` that no part describes.
pub(super) fn undeclared(parts: &Parts<'_>) -> Vec<String> {
    let described: BTreeSet<&String> =
        parts.list.iter().flat_map(|part| &part.node.properties).map(|(name, _)| name).collect();
    let required: BTreeSet<&String> = parts.list.iter().flat_map(|part| &part.node.required).collect();
    required.difference(&described).map(|name| (*name).clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn titles_that_repeat_a_name_say_nothing() {
        check_schemas(
            r#"
            PetOrder: { title: pet order, type: object, properties: { order_id: { title: Order Id, type: string }, b: { title: Other, type: string } } }
            "#,
            r#"
            PetOrder = object
              order_id: string
              b: string // Other
            "#,
        );
    }

    #[test]
    fn words_of_what_has_no_name_are_told_where_it_is_used() {
        check_schemas(
            r#"
            Key: { type: string, description: A key., deprecated: true }
            Pet: { type: object, description: A pet., properties: { a: { type: string } } }
            Box:
              properties:
                key: { $ref: '#/components/schemas/Key' }
                own: { $ref: '#/components/schemas/Key', description: Own. }
                pet: { $ref: '#/components/schemas/Pet' }
                pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
            "#,
            r#"
            Pet = object // A pet.
              a: string
            Box = object
              key: string // A key. deprecated
              own: string // Own. deprecated
              pet: Pet
              pets: [Pet]
            "#,
        );
    }
}
