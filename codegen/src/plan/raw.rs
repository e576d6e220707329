//! Which places of a crate are raw JSON, and why. Lists, maps and tuples of raw JSON are such places as
//! well.
//!
//! `lower` decided the reason ([`Raw`]); here it is only found again where its type is used.

use std::collections::BTreeSet;

use super::declaration::RawPlace;
use super::index::Index;
use crate::api::{Additional, Operation, Origin, Raw, Shape, Type, TypeId, Use};
use crate::output::Site;

/// How many lists, maps and tuples are looked into; `lower` ends them long before.
const DEPTH: usize = 100;

/// Every place, in the order of the types and operations of the API.
pub(super) fn find(index: &Index<'_>) -> Vec<RawPlace> {
    let mut found = RawPlaces { index, places: Vec::new() };
    let declared: BTreeSet<TypeId> = index.declared.iter().map(|declared| declared.id).collect();
    for id in declared {
        if let Some(ty) = index.ty(id) {
            found.look_at_type(id, ty);
        }
    }
    for (operation, names) in index.api.operations.iter().zip(&index.names.operations) {
        found.look_at_operation(operation, &names.id);
    }
    for (webhook, ident) in index.api.webhooks.iter().zip(&index.names.webhooks) {
        found.look_at_operation(&webhook.request, ident);
    }
    found.places
}

struct RawPlaces<'i, 'a> {
    index: &'i Index<'a>,
    places: Vec<RawPlace>,
}

impl RawPlaces<'_, '_> {
    fn look_at_type(&mut self, id: TypeId, ty: &Type) {
        let Some(names) = self.index.names.type_names(id) else { return };
        let member = |place: usize| names.members.get(place).map_or("", String::as_str);
        match &ty.shape {
            Shape::Object(object) => {
                for (place, property) in object.properties.iter().enumerate() {
                    self.add(Site::Field, property.of, property.origin, &format!("{}.{}", names.ident, member(place)));
                }
                if let Additional::Typed(of) = object.additional {
                    self.add(Site::Entries, of, ty.origin, &names.ident);
                }
            }
            Shape::Union(union) => {
                for (place, variant) in union.variants.iter().enumerate() {
                    self.add(Site::Variant, variant.of, variant.origin, &format!("{}::{}", names.ident, member(place)));
                }
            }
            _ => {}
        }
    }

    fn look_at_operation(&mut self, operation: &Operation, id: &str) {
        for parameter in &operation.parameters {
            self.add(Site::Parameter, parameter.of, parameter.origin, &format!("{id} {}", parameter.wire_name));
        }
        if let Some(body) = &operation.body {
            for content in &body.contents {
                self.add(Site::Body, content.of, body.origin, id);
            }
        }
        for answer in &operation.answers {
            for content in &answer.contents {
                self.add(Site::Response, content.of, answer.origin, id);
            }
            for header in &answer.headers {
                self.add(Site::Header, header.of, header.origin, &format!("{id} {}", header.wire_name));
            }
        }
    }

    fn add(&mut self, site: Site, of: Use, origin: Origin, item: &str) {
        if let Some(why) = self.why(of, 0) {
            let place = RawPlace { site, item: item.to_owned(), why, origin };
            // Several content types of one body.
            if self.places.last() != Some(&place) {
                self.places.push(place);
            }
        }
    }

    /// The reason, where values are raw or lists, maps and tuples of what is.
    fn why(&self, of: Use, depth: usize) -> Option<Raw> {
        if depth > DEPTH {
            return None;
        }
        match &self.index.ty(of.ty)?.shape {
            Shape::Any(why) => Some(*why),
            // `null` alone has no type of its own; an object that travels as it is written is declared to be raw.
            Shape::Null | Shape::Map { verbatim: true, .. } => Some(Raw::Declared),
            Shape::Array { items: of, .. } | Shape::Map { values: of, .. } => self.why(*of, depth + 1),
            Shape::Tuple { places } => places.iter().find_map(|of| self.why(*of, depth + 1)),
            _ => None,
        }
    }
}
