//! Gathers what holds at once: a schema, what its `$ref` leads to, and every member of its `allOf`, as one list of parts.
//!
//! Before: keywords are spread over references and `allOf`. After: one flat list in declaration order (inherited parts
//! first), and beside it the `oneOf`/`anyOf` lists that remain a choice. What the parts mean together is decided by the
//! modules of the single kinds.

use std::collections::BTreeSet;

use crate::normalise::model::{JsonType, Model, SchemaId, SchemaNode};
use crate::tree::Tree;

/// How many references and `allOf` members may stand inside each other; beyond that a document means harm.
const DEPTH: usize = 100;

/// One schema among those that hold at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// Which.
    pub(super) id: SchemaId,
    /// Its keywords.
    pub(super) node: &'a SchemaNode,
    /// Whether a reference led here, so that its words describe something else than the schema at hand.
    pub(super) inherited: bool,
}

/// A choice: `oneOf` or `anyOf`, without `null` and with at least two members, or one where others are to come.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The schema that holds the list.
    pub(super) owner: SchemaId,
    /// Place in the list, and the member.
    pub(super) members: Vec<(usize, SchemaId)>,
    /// Whether a reference led to the list.
    inherited: bool,
}

/// Everything that holds at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts<'a> {
    /// In declaration order, inherited ones first.
    pub(super) list: Vec<Part<'a>>,
    /// Choices that are left.
    pub(super) choices: Vec<Choice>,
    /// `anyOf` lists that consist of `required` alone.
    pub(super) any_required: Vec<Vec<Vec<String>>>,
}

/// Gathers the parts of `roots`, which hold at once. The choices of `ignored` schemas are left out.
pub(super) fn gather<'a>(model: &'a Model, tree: &Tree, roots: &[SchemaId], ignored: &[SchemaId]) -> Parts<'a> {
    let mut walk = Walk { model, tree, ignored, seen: BTreeSet::new(), parts: Parts::default() };
    for root in roots {
        walk.visit(*root, false, 0);
    }
    let Walk { seen, mut parts, .. } = walk;
    // A parent that lists its children in `oneOf` is no choice any more for a child that inherits from it.
    parts
        .choices
        .retain(|choice| !choice.inherited || !choice.members.iter().any(|(_, id)| leads_into(model, *id, &seen)));
    let alike = Alike { model, tree };
    for choice in std::mem::take(&mut parts.choices) {
        alike.add(&mut parts.choices, choice);
    }
    parts
}

/// Whether members of several choices are the same schema, referred to or written out again.
struct Alike<'a, 'b> {
    model: &'a Model,
    tree: &'b Tree,
}

impl Alike<'_, '_> {
    /// Adds a choice that must hold beside others: of two of which one lists all that the other does, and perhaps more, the
    /// shorter one says it all.
    fn add(&self, choices: &mut Vec<Choice>, choice: Choice) {
        match choices.iter_mut().find(|other| self.covers(&choice, other) || self.covers(other, &choice)) {
            Some(other) if self.covers(&choice, other) => {}
            Some(other) => *other = choice,
            None => choices.push(choice),
        }
    }

    fn covers(&self, choice: &Choice, by: &Choice) -> bool {
        by.members.iter().all(|(_, one)| choice.members.iter().any(|(_, other)| self.are_same(*one, *other)))
    }

    fn are_same(&self, one: SchemaId, other: SchemaId) -> bool {
        let (one, other) = (self.target(one), self.target(other));
        let text = |id: SchemaId| self.tree.json_text(node(self.model, id).at);
        one == other || text(one) == text(other)
    }

    fn target(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..DEPTH {
            match node(self.model, at).reference {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }
}

fn leads_into(model: &Model, member: SchemaId, seen: &BTreeSet<SchemaId>) -> bool {
    let mut at = member;
    for _ in 0..DEPTH {
        if seen.contains(&at) {
            return true;
        }
        match node(model, at).reference {
            Some(target) => at = target,
            None => return false,
        }
    }
    false
}

struct Walk<'a, 'b> {
    model: &'a Model,
    tree: &'b Tree,
    ignored: &'b [SchemaId],
    seen: BTreeSet<SchemaId>,
    parts: Parts<'a>,
}

impl<'a> Walk<'a, '_> {
    fn visit(&mut self, id: SchemaId, inherited: bool, depth: usize) {
        let node = node(self.model, id);
        if depth > DEPTH || !self.seen.insert(id) {
            return;
        }
        if let Some(target) = node.reference {
            self.visit(target, true, depth + 1);
        }
        for member in &node.all_of {
            self.visit(*member, inherited, depth + 1);
        }
        if !self.ignored.contains(&id) {
            self.choose(id, &node.one_of, inherited, depth);
            self.choose(id, &node.any_of, inherited, depth);
        }
        self.parts.list.push(Part { id, node, inherited });
    }

    /// Sorts one `oneOf` or `anyOf`: a single member holds like one of `allOf` unless others are to come, lists of `required`
    /// are a rule, a list with a member that allows everything says nothing.
    fn choose(&mut self, owner: SchemaId, list: &[SchemaId], inherited: bool, depth: usize) {
        let members = without_null(self.model, self.tree, list);
        let required = members.iter().map(|(_, id)| required_only(self.model, *id)).collect::<Option<Vec<_>>>();
        if let Some(required) = required {
            if !required.is_empty() {
                self.parts.any_required.push(required);
            }
            return;
        }
        if members.iter().any(|(_, id)| !says_shape(self.model, *id)) {
            return;
        }
        match members.as_slice() {
            [] => {}
            [(_, only)] if !expects_others(self.model, owner, *only) => self.visit(*only, inherited, depth + 1),
            _ => self.parts.choices.push(Choice { owner, members, inherited }),
        }
    }
}

/// The node of a schema.
pub(super) fn node(model: &Model, id: SchemaId) -> &SchemaNode {
    model.document.schemas.get(id)
}

/// The members of a choice but `null`, each with its place.
pub(super) fn without_null(model: &Model, tree: &Tree, list: &[SchemaId]) -> Vec<(usize, SchemaId)> {
    list.iter().copied().enumerate().filter(|(_, id)| !only_adds_null(model, tree, *id, list)).collect()
}

/// Whether a member of a choice adds `null` to the others and no other value. Generators that know `nullable` alone write
/// it as `{nullable: true}`, or as `{type: object, nullable: true}` beside the object that may be null.
fn only_adds_null(model: &Model, tree: &Tree, id: SchemaId, list: &[SchemaId]) -> bool {
    if is_null(model, tree, id) {
        return true;
    }
    let node = node(model, id);
    if composes(node) || has_own_shape(node) {
        return false;
    }
    match node.types.as_slice() {
        [] => node.nullable,
        [JsonType::Object] if !node.nullable => false,
        [JsonType::Object] | [JsonType::Object, JsonType::Null] | [JsonType::Null, JsonType::Object] => {
            list.iter().any(|other| *other != id && may_be_object(model, *other))
        }
        _ => false,
    }
}

fn may_be_object(model: &Model, id: SchemaId) -> bool {
    let mut at = id;
    for _ in 0..DEPTH {
        let node = node(model, at);
        match node.reference {
            Some(target) => at = target,
            None if node.types.is_empty() => return composes(node) || !node.properties.is_empty(),
            None => return node.types.contains(&JsonType::Object),
        }
    }
    false
}

/// Whether a schema allows `null` and nothing else.
pub(super) fn is_null(model: &Model, tree: &Tree, id: SchemaId) -> bool {
    let mut at = id;
    for _ in 0..DEPTH {
        let node = node(model, at);
        if let Some(target) = node.reference {
            at = target;
            continue;
        }
        let null = |id: &crate::tree::NodeId| tree.is_null(*id);
        return node.types.as_slice() == [JsonType::Null]
            || node.const_value.as_ref().is_some_and(null)
            || node.enum_values.as_ref().is_some_and(|values| !values.is_empty() && values.iter().all(null));
    }
    false
}

/// The names of `required`, when the schema says nothing else.
fn required_only(model: &Model, id: SchemaId) -> Option<Vec<String>> {
    let node = node(model, id);
    let bare = node.reference.is_none()
        && node.all_of.is_empty()
        && node.one_of.is_empty()
        && node.any_of.is_empty()
        && node.properties.is_empty()
        && node.additional.is_none()
        && node.pattern_properties.is_empty()
        && node.items.is_none()
        && node.bounds.is_empty()
        && node.types.iter().all(|kind| *kind == JsonType::Object);
    (bare && !node.required.is_empty()).then(|| node.required.clone())
}

/// Whether the choice of one that `owner` holds is a choice all the same: who says what tells the variants apart will add
/// some. A variant without a name has no tag to be told by.
pub(super) fn expects_others(model: &Model, owner: SchemaId, only: SchemaId) -> bool {
    let chosen = |owner: &SchemaNode| owner.one_of.contains(&only) || owner.any_of.contains(&only);
    let owner = node(model, owner);
    owner.discriminator.is_some() && chosen(owner) && node(model, only).reference.is_some()
}

/// Whether a schema narrows what a value may be; one that only describes does not.
pub(super) fn says_shape(model: &Model, id: SchemaId) -> bool {
    let node = node(model, id);
    composes(node) || !node.types.is_empty() || has_own_shape(node)
}

fn composes(node: &SchemaNode) -> bool {
    node.reference.is_some() || !node.all_of.is_empty() || !node.one_of.is_empty() || !node.any_of.is_empty()
}

/// Whether a schema narrows by keywords of its own, `type` and the composing keywords aside.
pub(super) fn has_own_shape(node: &SchemaNode) -> bool {
    node.boolean == Some(false)
        || node.enum_values.is_some()
        || node.const_value.is_some()
        || node.format.is_some()
        || node.pattern.is_some()
        || node.unique_items
        || node.items.is_some()
        || node.additional.is_some()
        || node.property_names.is_some()
        || node.content_encoding.is_some()
        || node.content_media_type.is_some()
        || node.facts.decimal
        || !(node.properties.is_empty() && node.required.is_empty() && node.pattern_properties.is_empty())
        || !(node.prefix_items.is_empty() && node.bounds.is_empty() && node.facts.messages.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn members_are_merged_inherited_first() {
        check_schemas(
            r#"
            Pet: { type: object, required: [id], properties: { id: { type: integer }, kind: { type: string } } }
            Dog:
              description: A dog.
              allOf:
                - $ref: '#/components/schemas/Pet'
                - type: object
                  required: [bark, kind]
                  properties: { bark: { type: string }, kind: { type: string, enum: [dog] } }
            "#,
            r#"
            Pet = object
              id!: integer
              kind: string
            Dog = object < Pet // A dog.
              id!: integer
              kind!: Dog.kind
              bark!: string
            Dog.kind = enum [dog]
            "#,
        );
    }

    #[test]
    fn own_members_come_after_inherited_ones() {
        check_schemas(
            r#"
            Pet: { type: object, properties: { id: { type: integer } } }
            Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }], type: object, properties: { bark: { type: string } } }
            "#,
            r#"
            Pet = object
              id: integer
            Dog = object < Pet
              id: integer
              bark: string
            "#,
        );
    }

    #[test]
    fn a_single_reference_is_that_type() {
        check_schemas(
            r#"
            Pet: { type: object, properties: { id: { type: integer } } }
            Owner:
              properties:
                pet: { description: The pet., allOf: [{ $ref: '#/components/schemas/Pet' }] }
                other: { type: [object, "null"], allOf: [{ $ref: '#/components/schemas/Pet' }, { description: Words only. }] }
            "#,
            r#"
            Pet = object
              id: integer
            Owner = object
              pet: Pet // The pet.
              other: Pet? // Words only.
            "#,
        );
    }

    #[test]
    fn checks_of_scalars_follow_each_other() {
        check_schemas(
            r#"
            NonBlank: { type: string, pattern: a, x-typewright: { messages: { pattern: must not be blank. } } }
            Key: { allOf: [{ $ref: '#/components/schemas/NonBlank' }, { type: string, maxLength: 9, pattern: '^k' }] }
            Box: { properties: { key: { $ref: '#/components/schemas/Key' } } }
            "#,
            r#"
            Box = object
              key: string</a/ 'must not be blank.', length<=9, /^k/>
            "#,
        );
    }

    #[test]
    fn siblings_of_a_reference_count() {
        check_schemas(
            r#"
            Text: { type: string, minLength: 1 }
            Pet: { type: object, properties: { id: { type: integer }, name: { type: string } } }
            Box:
              properties:
                short: { $ref: '#/components/schemas/Text', maxLength: 3, description: Short., default: a }
                named: { $ref: '#/components/schemas/Pet', required: [name] }
            "#,
            r#"
            Pet = object
              id: integer
              name: string
            Box = object
              short: string<length>=1, length<=3> = "a" // Short.
              named: Box.named
            Box.named = object
              id: integer
              name!: string
            "#,
        );
    }

    #[test]
    fn a_member_declared_twice_is_narrowed() {
        check_schemas(
            r#"
            Base: { type: object, properties: { name: { type: string, minLength: 1 }, at: { type: string }, meta: { type: object, properties: { a: { type: string } } } } }
            Item:
              allOf:
                - $ref: '#/components/schemas/Base'
                - properties:
                    name: { type: string, maxLength: 5 }
                    at: { description: When., format: date }
                    meta: { type: object, properties: { b: { type: string } } }
            "#,
            r#"
            Base = object
              name: string<length>=1>
              at: string
              meta: Base.meta
            Item = object < Base
              name: string<length>=1, length<=5>
              at: string:date // When.
              meta: Item.meta
            Base.meta = object
              a: string
            Item.meta = object
              a: string
              b: string
            "#,
        );
    }
}
