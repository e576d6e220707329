//! Inheritance: which components extend a component that has a `discriminator`.
//!
//! Such a parent, used as a type, means any of its children (OpenAPI 3.1, "Models with Polymorphism Support").

use std::collections::BTreeMap;

use crate::lower::Lowering;
use crate::lower::all_of::node;
use crate::lower::subject::Subject;
use crate::normalise::model::{Model, SchemaId};

/// How far references and inline `allOf` are followed.
const DEPTH: usize = 32;

/// The parents with their children, grandchildren included, in the document's order.
pub(super) fn children(model: &Model) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut families: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (_, id) in &model.document.components.schemas {
        if is_parent(model, *id) {
            families.insert(*id, Vec::new());
        }
    }
    if families.is_empty() {
        return families;
    }
    for (_, child) in &model.document.components.schemas {
        let mut ancestors = Vec::new();
        collect(model, *child, &mut ancestors, 0);
        for ancestor in ancestors {
            if let Some(children) = families.get_mut(&ancestor).filter(|_| ancestor != *child) {
                children.push(*child);
            }
        }
    }
    families.retain(|_, children| !children.is_empty());
    families
}

/// Whether a schema tells its kinds apart by a member, but does not list them.
fn is_parent(model: &Model, id: SchemaId) -> bool {
    let node = node(model, id);
    node.discriminator.is_some() && node.one_of.is_empty() && node.any_of.is_empty()
}

fn collect(model: &Model, id: SchemaId, ancestors: &mut Vec<SchemaId>, depth: usize) {
    if depth >= DEPTH {
        return;
    }
    for member in &node(model, id).all_of {
        let target = follow(model, *member);
        if !ancestors.contains(&target) {
            ancestors.push(target);
            collect(model, target, ancestors, depth + 1);
        }
    }
}

fn follow(model: &Model, id: SchemaId) -> SchemaId {
    let mut at = id;
    for _ in 0..DEPTH {
        match node(model, at).reference {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

impl Lowering<'_> {
    /// The children that a schema means when it is used as a type.
    pub(super) fn children_of(&self, subject: &Subject) -> Option<Vec<SchemaId>> {
        match subject.roots.all() {
            [only] => self.children.get(only).cloned(),
            _ => None,
        }
    }
}
