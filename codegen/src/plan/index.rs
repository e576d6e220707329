//! The list of declarations: which types are declared, under which ident, in which module, at which position.
//!
//! Every later part of `plan` asks this list how a type is written; it decides nothing about what a declaration holds.

use std::collections::{BTreeMap, BTreeSet};

use super::declaration::{RustType, Scalar};
use super::module::{self, Modules};
use super::scalar::{self, JsonKind};
use super::side::{self, Side, Travel, ids};
use crate::api::{Api, Shape, Type, TypeId, Use};
use crate::name::Names;
use crate::output::Target;

/// One declaration before its content is planned.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// The type.
    pub(super) id: TypeId,
    /// Which way this declaration of it travels.
    pub(super) travel: Travel,
    /// Rust name.
    pub(super) ident: String,
    /// Module below `types`.
    pub(super) module: String,
}

/// What all parts of `plan` share.
pub(super) struct Index<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) target: &'a Target,
    /// Sorted by module and ident: positions are those of `Plan::types`.
    pub(super) declared: Vec<Declared>,
    places: BTreeMap<(TypeId, Side), usize>,
    /// Types that travel in parts and nowhere else.
    pub(super) in_parts: BTreeSet<TypeId>,
}

impl<'a> Index<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names, target: &'a Target) -> Self {
        let split = side::splits(api);
        let replaced: BTreeSet<TypeId> =
            ids(api).filter(|(_, ty)| replacement(target, ty).is_some()).map(|(id, _)| id).collect();
        let modules = module::modules(api, names, &split, &replaced);
        let unnamed = unnamed(api);
        let mut declared = Vec::new();
        for (id, ty) in ids(api) {
            if !side::is_declared(ty) || replaced.contains(&id) || unnamed.contains(&id) {
                continue;
            }
            let is_split = split.get(id.0 as usize) == Some(&true);
            declared.extend(declarations(names, &modules, (id, ty), is_split));
        }
        declared.sort_by(|left, right| (&left.module, &left.ident).cmp(&(&right.module, &right.ident)));
        let mut places = BTreeMap::new();
        for (place, decl) in declared.iter().enumerate() {
            for side in sides(decl, &split) {
                places.insert((decl.id, *side), place);
            }
        }
        Self { api, names, target, declared, places, in_parts: side::in_parts(api) }
    }

    /// A type by its id.
    pub(super) fn ty(&self, id: TypeId) -> Option<&'a Type> {
        self.api.types.get(id.0 as usize)
    }

    /// A type where it is used, `Option` included where null is a value.
    pub(super) fn value(&self, of: Use, side: Side) -> RustType {
        let bare = self.bare(of.ty, side);
        if of.nullable && !self.holds_null(of.ty) { RustType::Nullable(Box::new(bare)) } else { bare }
    }

    /// A type without what null adds.
    pub(super) fn bare(&self, id: TypeId, side: Side) -> RustType {
        self.nested(id, side, &mut Vec::new())
    }

    /// Whether null is among the values of the Rust type already.
    pub(super) fn holds_null(&self, id: TypeId) -> bool {
        self.ty(id).is_none_or(|ty| matches!(ty.shape, Shape::Any(_) | Shape::Null))
    }

    fn nested(&self, id: TypeId, side: Side, above: &mut Vec<TypeId>) -> RustType {
        let Some(ty) = self.ty(id) else { return RustType::Scalar(Scalar::Json) };
        if let Some(path) = replacement(self.target, ty) {
            return RustType::Replaced(path.clone());
        }
        match &ty.shape {
            Shape::Any(_) | Shape::Null => RustType::Scalar(Scalar::Json),
            Shape::Boolean => RustType::Scalar(Scalar::Bool),
            Shape::Integer { format, limits } => RustType::Scalar(scalar::integer(format.as_deref(), limits)),
            Shape::Number { format, .. } => RustType::Scalar(scalar::scalar(JsonKind::Number, format.as_deref())),
            Shape::String { format, .. } => RustType::Scalar(scalar::scalar(JsonKind::String, format.as_deref())),
            Shape::Array { items, .. } => RustType::List(Box::new(self.below(id, *items, side, above))),
            Shape::Tuple { places } => {
                RustType::Tuple(places.iter().map(|of| self.place(id, *of, side, above)).collect())
            }
            Shape::Map { verbatim: true, .. } => RustType::Scalar(Scalar::Json),
            Shape::Map { values, .. } => RustType::Map(Box::new(self.below(id, *values, side, above))),
            Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => match self.places.get(&(id, side)) {
                Some(place) => RustType::Declared(*place),
                None => RustType::Scalar(Scalar::Json),
            },
        }
    }

    /// An item of a tuple stands in it, so that what may hold the tuple is boxed, as members are.
    fn place(&self, id: TypeId, of: Use, side: Side, above: &mut Vec<TypeId>) -> RustType {
        let holds = self.ty(of.ty).is_some_and(|ty| matches!(ty.shape, Shape::Object(_) | Shape::Union(_)));
        let boxed = |ty: RustType| match ty {
            RustType::Declared(_) if holds => RustType::Boxed(Box::new(ty)),
            other => other,
        };
        match self.below(id, of, side, above) {
            RustType::Nullable(inner) => RustType::Nullable(Box::new(boxed(*inner))),
            other => boxed(other),
        }
    }

    /// Items or values. A list that only holds lists of itself has no Rust type: its items stay raw.
    fn below(&self, id: TypeId, of: Use, side: Side, above: &mut Vec<TypeId>) -> RustType {
        if above.contains(&id) {
            return RustType::Scalar(Scalar::Json);
        }
        above.push(id);
        let bare = self.nested(of.ty, side, above);
        above.pop();
        if of.nullable && !self.holds_null(of.ty) { RustType::Nullable(Box::new(bare)) } else { bare }
    }
}

/// Types that nothing names: those that only others are made of (`allOf`), whose members stand in these, and those of flat
/// bodies, whose members stand among the parameters.
fn unnamed(api: &Api) -> BTreeSet<TypeId> {
    let used: BTreeSet<TypeId> = api.types.iter().flat_map(|ty| side::uses(&ty.shape)).collect();
    let parents = api.types.iter().flat_map(|ty| match &ty.shape {
        Shape::Object(object) => object.parents.as_slice(),
        _ => &[],
    });
    let travels = |id: &TypeId| api.types.get(id.0 as usize).is_some_and(|ty| ty.in_answers || ty.in_requests);
    let flat = api.operations.iter().filter(|operation| operation.facts.flat_body);
    let flat = flat.flat_map(|operation| &operation.body).flat_map(|body| &body.contents).map(|content| content.of.ty);
    parents.copied().chain(flat).filter(|id| !used.contains(id) && !travels(id)).collect()
}

fn replacement<'t>(target: &'t Target, ty: &Type) -> Option<&'t String> {
    target.type_replacements.get(ty.naming.component.as_ref()?)
}

fn declarations(names: &Names, modules: &Modules, (id, ty): (TypeId, &Type), is_split: bool) -> Vec<Declared> {
    let ident = names.type_ident(id).to_owned();
    let declared = |ident: String, travel: Travel, side: Side| Declared {
        id,
        travel,
        ident,
        module: modules.of(id, side).to_owned(),
    };
    if matches!(ty.shape, Shape::Enum(_)) || !is_split {
        let travel = side::travel(ty);
        return vec![declared(ident, travel, travel.side())];
    }
    let input = names.beside(&ident, "Input");
    vec![declared(ident, Travel::Answers, Side::Answer), declared(input, Travel::Requests, Side::Request)]
}

fn sides(decl: &Declared, split: &[bool]) -> &'static [Side] {
    match (split.get(decl.id.0 as usize), decl.travel) {
        (Some(true), Travel::Answers) => &[Side::Answer],
        (Some(true), Travel::Requests) => &[Side::Request],
        _ => &[Side::Answer, Side::Request],
    }
}
