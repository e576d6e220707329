//! Objects with known members, and maps.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Context, Object, Property, Raw, Rule, Shape, TypeId, Use};
use crate::lower::all_of::{Parts, node, says_shape};
use crate::lower::docs::undeclared;
use crate::lower::subject::{Held, Subject};
use crate::lower::types::Source;
use crate::lower::{Lowering, limits};
use crate::normalise::model::{JsonType, SchemaId};

impl<'a> Lowering<'a> {
    /// The members of an object: properties in order, inherited ones first.
    pub(super) fn fill_object(&mut self, id: TypeId, subject: &Subject) -> Shape {
        let parts = self.parts(subject);
        let mut order: Vec<&str> = Vec::new();
        let mut declared: BTreeMap<&str, Option<Held>> = BTreeMap::new();
        for (name, schema) in parts.list.iter().flat_map(|part| &part.node.properties) {
            let schemas = declared.entry(name).or_default();
            if schemas.is_none() {
                order.push(name);
            }
            Held::add_new(schemas, *schema);
        }
        let needed: BTreeSet<&str> =
            parts.list.iter().flat_map(|part| &part.node.required).map(String::as_str).collect();
        let mut properties: Vec<Property> = Vec::with_capacity(order.len());
        for name in order {
            let Some(schemas) = declared.remove(name).flatten() else { continue };
            // `false` as a property's schema forbids it.
            if !schemas.all().iter().any(|schema| self.is_false(*schema)) {
                properties.push(self.lower_property(id, name, &schemas, needed.contains(name)));
            }
        }
        Shape::Object(Object {
            properties,
            undeclared: undeclared(&parts),
            additional: self.lower_additional(Source::Within(vec![Context::Type(id)], subject.last()), &parts),
            parents: self.lower_parents(id, subject),
            limits: limits::lower(&parts, JsonType::Object),
        })
    }

    /// What members without a name may be. `false` means "kept" too: servers add members all the same.
    fn lower_additional(&mut self, source: Source, parts: &Parts<'a>) -> Additional {
        self.values_of(&source, parts, 0).map_or(Additional::Kept, Additional::Typed)
    }

    /// An object whose members are all alike, or of which nothing is known.
    pub(super) fn lower_map(&mut self, subject: &Subject, parts: &Parts<'a>) -> TypeId {
        let values = self.values_of(&subject.source, parts, subject.depth + 1);
        let values = values.unwrap_or_else(|| {
            // Values of several types: which one it is depends on the key.
            let by_key = parts.list.iter().any(|part| !part.node.pattern_properties.is_empty());
            self.any(subject.last(), if by_key { Raw::Beyond("patternProperties") } else { Raw::Declared })
        });
        let mut limits = limits::lower(parts, JsonType::Object);
        let verbatim = parts.list.iter().any(|part| part.node.facts.verbatim);
        if verbatim {
            // The Rust type of such an object takes any JSON.
            limits::push(&mut limits, Rule::Object, None);
        }
        self.intern(subject, Shape::Map { values, limits, verbatim })
    }

    /// The one type of all members without a name, if the parts say one.
    fn values_of(&mut self, source: &Source, parts: &Parts<'a>, depth: usize) -> Option<Use> {
        let additional: Vec<SchemaId> = parts.list.iter().filter_map(|part| part.node.additional).collect();
        let last = additional.last().copied();
        if last.is_some_and(|id| !self.is_typed(id) && !self.is_false(id)) {
            return None;
        }
        let mut uses = Vec::new();
        if let Some(last) = last.filter(|id| self.is_typed(*id)) {
            let earlier = additional.into_iter().filter(|id| *id != last && self.is_typed(*id));
            let typed = earlier.chain([last]).fold(Held::of(last), |held, id| held.with(id));
            uses.push(self.lower_declared(source.step(Context::Value, last), &typed, depth));
        }
        for (_, id) in parts.list.iter().flat_map(|part| &part.node.pattern_properties) {
            if !self.is_false(*id) {
                uses.push(self.lower_at(*id, depth));
            }
        }
        let first = *uses.first()?;
        uses.iter().all(|other| *other == first).then_some(first)
    }

    fn is_typed(&self, id: SchemaId) -> bool {
        says_shape(self.model, id) && !self.is_false(id)
    }

    fn is_false(&self, id: SchemaId) -> bool {
        node(self.model, id).boolean == Some(false)
    }

    /// The types that the schema's own `allOf` refers to.
    fn lower_parents(&mut self, id: TypeId, subject: &Subject) -> Vec<TypeId> {
        let mut parents = Vec::new();
        for root in subject.roots.all() {
            self.collect_parents(*root, &mut parents, 0);
        }
        parents.retain(|parent| *parent != id);
        parents
    }

    fn collect_parents(&mut self, schema: SchemaId, parents: &mut Vec<TypeId>, depth: usize) {
        if depth >= 16 {
            return;
        }
        for member in node(self.model, schema).all_of.clone() {
            if node(self.model, member).reference.is_none() {
                self.collect_parents(member, parents, depth + 1);
                continue;
            }
            let parent = self.lower_use(member).ty;
            if matches!(self.types.shape(parent), Shape::Object(_) | Shape::Union(_)) && !parents.contains(&parent) {
                parents.push(parent);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn members_keep_their_order_and_facts() {
        check_schemas(
            r#"
            Order:
              type: object
              description: An order.
              required: [id, note]
              properties:
                id: { type: integer, format: int64, readOnly: true }
                note: { type: [string, "null"], maxLength: 5, description: Words. }
                secret: { type: string, format: password, writeOnly: true }
                size: { type: integer, default: 20, deprecated: true }
            "#,
            r#"
            Order = object // An order.
              id!: integer:int64 readOnly
              note!: string<length<=5>? // Words.
              secret: secret string:password writeOnly sensitive
              size: integer = 20 deprecated
            "#,
        );
    }

    #[test]
    fn typed_additional_members() {
        check_schemas(
            r#"
            Prices: { type: object, properties: { base: { type: number } }, additionalProperties: { type: number } }
            Closed: { type: object, properties: { base: { type: number } }, additionalProperties: false }
            Patterned: { type: object, properties: { base: { type: number } }, patternProperties: { "^x-": { type: string } } }
            "#,
            r#"
            Prices = object
              base: number
              *: number
            Closed = object
              base: number
            Patterned = object // Names of its members match `^x-` (not checked).
              base: number
              *: string
            "#,
        );
    }

    #[test]
    fn other_members_that_several_parts_declare_are_all_of_it() {
        check_schemas(
            r#"
            Names: { type: object, additionalProperties: { type: object, properties: { name: { type: string } } } }
            Pets:
              allOf:
                - $ref: '#/components/schemas/Names'
                - { type: object, additionalProperties: { type: object, properties: { age: { type: integer } } } }
            Zoo:
              allOf:
                - $ref: '#/components/schemas/Pets'
                - { type: object, properties: { city: { type: string } } }
            Open: { allOf: [{ $ref: '#/components/schemas/Names' }, { type: object, additionalProperties: true }] }
            Other: { allOf: [{ $ref: '#/components/schemas/Names' }, { type: object, additionalProperties: { type: string } }] }
            Box: { properties: { pets: { $ref: '#/components/schemas/Pets' }, open: { $ref: '#/components/schemas/Open' }, other: { $ref: '#/components/schemas/Other' } } }
            "#,
            r#"
            (Names){} = object
              name: string
            (Pets){} = object
              name: string
              age: integer
            Zoo = object
              city: string
              *: Zoo{}
            Box = object
              pets: {(Pets){}}
              open: {any}
              other: {string}
            Zoo{} = object
              name: string
              age: integer
            "#,
        );
    }

    #[test]
    fn objects_without_members_are_maps() {
        check_schemas(
            r#"
            Bag:
              properties:
                free: { type: object }
                open: { additionalProperties: true, type: object }
                typed: { type: object, additionalProperties: { type: integer }, minProperties: 1 }
                patterned: { type: object, patternProperties: { "^a": { type: boolean } }, additionalProperties: false }
                nested: { additionalProperties: { type: [object, "null"], properties: { a: { type: string } } } }
            "#,
            r#"
            Bag = object
              free: {any}
              open: {any}
              typed: {integer}<count>=1>
              patterned: {boolean} // Names of its members match `^a` (not checked).
              nested: {Bag.nested{}?}
            Bag.nested{} = object
              a: string
            "#,
        );
    }

    #[test]
    fn any_of_required_lists_is_a_rule() {
        check_schemas(
            r#"
            Contact:
              type: object
              properties: { mail: { type: string }, phone: { type: string } }
              anyOf: [{ required: [mail] }, { required: [phone] }]
            "#,
            r#"
            Contact = object<any of [["mail"], ["phone"]]>
              mail: string
              phone: string
            "#,
        );
    }

    #[test]
    fn required_members_without_a_schema_are_told() {
        check_schemas(
            r#"
            Pet: { type: object, required: [name, age], properties: { name: { type: string } } }
            "#,
            r#"
            Pet = object // Needs the member `age`, which the document does not describe.
              name!: string
            "#,
        );
    }
}
