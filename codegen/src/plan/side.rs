//! Which types are two: `X` for answers and `XInput` for requests.
//!
//! A type splits only if it travels both ways and has members that do not, or if it holds a type that splits. What a side
//! shows is decided here; how it is declared is not.

use std::collections::BTreeSet;

use crate::api::{Additional, Api, Property, Shape, Type, TypeId};

/// Where a type stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// In answers.
    Answer,
    /// In requests.
    Request,
}

/// Which way a declaration travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Travel {
    /// Both ways, or nowhere: one declaration for all.
    Both,
    /// Answers only.
    Answers,
    /// Requests only.
    Requests,
}

impl Travel {
    /// Whether a member is part of the declaration.
    pub(super) fn shows(self, property: &Property) -> bool {
        match self {
            Self::Both => true,
            Self::Answers => !property.write_only,
            Self::Requests => !property.read_only,
        }
    }

    /// The side on which the types of its members stand.
    pub(super) fn side(self) -> Side {
        match self {
            Self::Both | Self::Answers => Side::Answer,
            Self::Requests => Side::Request,
        }
    }
}

/// How a type travels that is one declaration.
pub(super) fn travel(ty: &Type) -> Travel {
    match (ty.in_answers, ty.in_requests) {
        (true, false) => Travel::Answers,
        (false, true) => Travel::Requests,
        (true, true) | (false, false) => Travel::Both,
    }
}

/// By type: whether it splits.
pub(super) fn splits(api: &Api) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (user, ty) in api.types.iter().enumerate() {
        for used in uses(&ty.shape) {
            if let Some(users) = users.get_mut(used.0 as usize) {
                users.push(user);
            }
        }
    }
    let mut split = vec![false; api.types.len()];
    let mut open: Vec<usize> =
        api.types.iter().enumerate().filter(|(_, ty)| is_both(ty) && has_one_way_member(ty)).map(|(i, _)| i).collect();
    while let Some(index) = open.pop() {
        let Some(slot @ false) = split.get_mut(index) else { continue };
        *slot = true;
        let users = users.get(index).into_iter().flatten().copied();
        // A list or map has no declaration; it only passes on what its items are.
        let passes = |user: &usize| api.types.get(*user).is_some_and(|ty| is_both(ty) || !is_declared(ty));
        open.extend(users.filter(passes));
    }
    split
}

/// The types that a shape holds.
pub(super) fn uses(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Array { items, .. } => vec![items.ty],
        Shape::Tuple { places } => places.iter().map(|of| of.ty).collect(),
        Shape::Map { values, .. } => vec![values.ty],
        Shape::Union(union) => union.variants.iter().map(|variant| variant.of.ty).collect(),
        Shape::Object(object) => {
            let own = object.properties.iter().map(|property| property.of.ty);
            let typed = match object.additional {
                Additional::Typed(of) => Some(of.ty),
                Additional::Kept => None,
            };
            own.chain(typed).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a type becomes a declaration.
pub(super) fn is_declared(ty: &Type) -> bool {
    matches!(ty.shape, Shape::Object(_) | Shape::Enum(_) | Shape::Union(_))
}

fn is_both(ty: &Type) -> bool {
    ty.in_answers && ty.in_requests
}

fn has_one_way_member(ty: &Type) -> bool {
    match &ty.shape {
        Shape::Object(object) => object.properties.iter().any(|property| property.read_only || property.write_only),
        _ => false,
    }
}

/// All types with their ids.
pub(super) fn ids(api: &Api) -> impl Iterator<Item = (TypeId, &Type)> {
    (0_u32..).map(TypeId).zip(&api.types)
}

/// What is the body of multipart requests and nothing else.
pub(super) fn in_parts(api: &Api) -> BTreeSet<TypeId> {
    let bodies =
        || api.operations.iter().filter_map(|operation| operation.body.as_ref()).flat_map(|body| &body.contents);
    let mut found: BTreeSet<TypeId> =
        bodies().filter(|content| content.is_form_data()).map(|content| content.of.ty).collect();
    if found.is_empty() {
        return found;
    }
    let others = bodies().filter(|content| !content.is_form_data()).map(|content| content.of.ty);
    for id in others.chain(api.types.iter().flat_map(|ty| uses(&ty.shape))) {
        found.remove(&id);
    }
    found.retain(|id| api.types.get(id.0 as usize).is_some_and(|ty| !ty.in_answers));
    found
}
