//! What the client changes in a body before it is checked and sent, by place: members that are filled in, texts that are
//! trimmed.

use super::declaration::{AdjustmentDecl, Change};
use super::index::Index;
use super::side::Travel;
use crate::api::{Additional, Property, Shape, TypeId};

/// Deeper places are left alone, as deeper rules are: the list repeats a type wherever it is used.
const MAX_DEPTH: usize = 12;

/// Name of items and of members without a name.
const EACH: &str = "*";

/// The changes to a body of this type: what the operation itself fills in, then in the order of its members.
pub(super) fn plan_adjustments(index: &Index<'_>, ty: TypeId, fill: &[(String, String)]) -> Vec<AdjustmentDecl> {
    let own = |(member, json): &(String, String)| AdjustmentDecl {
        path: vec![member.clone()],
        change: Change::Fill(json.clone()),
    };
    let found = fill.iter().map(own).collect();
    let mut walk = Walk { index, above: Vec::new(), path: Vec::new(), found };
    walk.below(ty);
    walk.found
}

struct Walk<'a> {
    index: &'a Index<'a>,
    above: Vec<TypeId>,
    path: Vec<String>,
    found: Vec<AdjustmentDecl>,
}

impl Walk<'_> {
    fn below(&mut self, id: TypeId) {
        if self.above.contains(&id) || self.above.len() >= MAX_DEPTH {
            return;
        }
        self.above.push(id);
        match self.index.ty(id).map(|ty| &ty.shape) {
            Some(Shape::Array { items: of, .. } | Shape::Map { values: of, verbatim: false, .. }) => {
                self.at(EACH, |walk| walk.below(of.ty));
            }
            Some(Shape::Object(object)) => {
                let sent = object.properties.iter().filter(|property| Travel::Requests.shows(property));
                sent.for_each(|property| self.at(&property.wire_name, |walk| walk.member(property)));
                if let Additional::Typed(of) = object.additional {
                    self.at(EACH, |walk| walk.below(of.ty));
                }
            }
            _ => {}
        }
        self.above.pop();
    }

    fn at(&mut self, step: &str, within: impl FnOnce(&mut Self)) {
        self.path.push(step.to_owned());
        within(self);
        self.path.pop();
    }

    fn member(&mut self, property: &Property) {
        let fill = property.fill.clone().map(Change::Fill);
        for change in fill.into_iter().chain(property.trim.then_some(Change::Trim)) {
            self.found.push(AdjustmentDecl { path: self.path.clone(), change });
        }
        self.below(property.of.ty);
    }
}
