//! Objects with known members, and maps.

use std::collections::BTreeMap;

use crate::api::{Additional, Object, Property, Shape, TypeId, Use};
use crate::lower::all_of::{Parts, node, says_shape};
use crate::lower::schema::Subject;
use crate::lower::{Lowering, limits};
use crate::normalise::model::{JsonType, SchemaId};

impl<'a> Lowering<'a> {
    /// The members of an object: properties in order, inherited ones first.
    pub(super) fn fill_object(&mut self, id: TypeId, subject: &Subject) -> Shape {
        let parts = self.parts(subject);
        let mut order: Vec<&str> = Vec::new();
        let mut declared: BTreeMap<&str, Vec<SchemaId>> = BTreeMap::new();
        for (name, schema) in parts.list.iter().flat_map(|part| &part.node.properties) {
            let schemas = declared.entry(name).or_default();
            if schemas.is_empty() {
                order.push(name);
            }
            if !schemas.contains(schema) {
                schemas.push(*schema);
            }
        }
        let mut properties: Vec<Property> = Vec::with_capacity(order.len());
        for name in order {
            let schemas = declared.remove(name).unwrap_or_default();
            // `false` as a property's schema forbids it.
            if !schemas.iter().any(|schema| node(self.model, *schema).is_some_and(|node| node.boolean == Some(false))) {
                let required = parts.list.iter().any(|part| part.node.required.iter().any(|other| other == name));
                properties.push(self.lower_property(id, name, &schemas, required));
            }
        }
        Shape::Object(Object {
            properties,
            additional: self.lower_additional(&parts),
            parents: self.lower_parents(id, subject),
            limits: limits::lower(&parts, JsonType::Object),
        })
    }

    /// What members without a name may be. `false` means "kept" too: servers add members all the same.
    fn lower_additional(&mut self, parts: &Parts<'a>) -> Additional {
        self.values_of(parts, 0).map_or(Additional::Kept, Additional::Typed)
    }

    /// An object whose members are all alike, or of which nothing is known.
    pub(super) fn lower_map(&mut self, subject: &Subject, parts: &Parts<'a>) -> TypeId {
        let values = self.values_of(parts, subject.depth + 1).unwrap_or_else(|| self.any(subject.last()));
        let limits = limits::lower(parts, JsonType::Object);
        self.intern(subject, Shape::Map { values, limits })
    }

    /// The one type of all members without a name, if the parts say one.
    fn values_of(&mut self, parts: &Parts<'a>, depth: usize) -> Option<Use> {
        let additional = parts.list.iter().rev().find_map(|part| part.node.additional);
        let mut said: Vec<SchemaId> = additional.into_iter().filter(|id| self.is_typed(*id)).collect();
        let open = additional.is_some_and(|id| !self.is_typed(id) && !self.is_false(id));
        let patterns = parts.list.iter().flat_map(|part| &part.node.pattern_properties).map(|(_, id)| *id);
        said.extend(patterns.filter(|id| !self.is_false(*id)));
        let mut uses = said.into_iter().map(|id| self.lower_at(id, depth)).collect::<Vec<_>>().into_iter();
        let first = uses.next()?;
        (!open && uses.all(|other| other == first)).then_some(first)
    }

    fn is_typed(&self, id: SchemaId) -> bool {
        says_shape(self.model, id) && !self.is_false(id)
    }

    fn is_false(&self, id: SchemaId) -> bool {
        node(self.model, id).is_some_and(|node| node.boolean == Some(false))
    }

    /// The types that the schema's own `allOf` refers to.
    fn lower_parents(&mut self, id: TypeId, subject: &Subject) -> Vec<TypeId> {
        let mut parents = Vec::new();
        for root in subject.roots.clone() {
            self.collect_parents(root, &mut parents, 0);
        }
        parents.retain(|parent| *parent != id);
        parents
    }

    fn collect_parents(&mut self, schema: SchemaId, parents: &mut Vec<TypeId>, depth: usize) {
        let Some(schema) = node(self.model, schema).filter(|_| depth < 16) else { return };
        for member in schema.all_of.clone() {
            if node(self.model, member).is_some_and(|member| member.reference.is_none()) {
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
