//! Unions: how the variants are told apart, and what each looks like.
//!
//! By tag where the document has a discriminator. Otherwise by shape, if every two variants can be told apart: other kinds
//! of JSON values; lists of strings that share none; objects of which one requires a member that the other does not know,
//! or that both have a member with constants (text, whole numbers or truths), none in common. All other unions keep the raw value and offer views of it.

use super::declaration::{Choice, RustType, TypeBody, UnionDecl, VariantDecl, VariantShape};
use super::docs;
use super::index::{Declared, Index};
use super::side::Travel;
use crate::api::{Api, EnumKind, NUMBER_OR_STRING, Object, Shape, Type, Union, Variant};

/// Plans a union.
pub(super) fn plan_union(index: &Index<'_>, decl: &Declared, union: &Union) -> TypeBody {
    let idents = index.names.type_names(decl.id).map(|names| names.members.as_slice()).unwrap_or_default();
    let planned = union.variants.iter().zip(idents).filter_map(|(variant, ident)| {
        let ty = index.ty(variant.of.ty)?;
        // Null alone is what makes the use nullable.
        if matches!(ty.shape, Shape::Null) {
            return None;
        }
        Some(plan_variant(index, decl, (variant, ty), ident))
    });
    let mut variants: Vec<VariantDecl> = planned.collect();
    mark_from(&mut variants);
    let choice = match &union.discriminator {
        Some(member) if variants.iter().any(|variant| !variant.tags.is_empty()) => Choice::Tag(member.clone()),
        _ if is_decidable(&variants) => Choice::Shape,
        _ => {
            say_something(&mut variants, "Reads the value as this variant.");
            return TypeBody::RawUnion(variants);
        }
    };
    say_something(&mut variants, "One of the variants.");
    TypeBody::Union(UnionDecl { variants, choice })
}

fn plan_variant(index: &Index<'_>, decl: &Declared, (variant, ty): (&Variant, &Type), ident: &str) -> VariantDecl {
    VariantDecl {
        ident: ident.to_owned(),
        ty: index.bare(variant.of.ty, decl.travel.side()),
        boxed: false,
        tags: variant.tags.clone(),
        fallback: variant.fallback,
        shape: shape(index.api, ty, decl.travel),
        from: false,
        docs: match docs::lines(&ty.docs).into_iter().next() {
            Some(first) => vec![first],
            None => variant.tags.first().map(|tag| docs::code(tag)).into_iter().collect(),
        },
    }
}

/// Variants of which the document says nothing are told in these words.
fn say_something(variants: &mut [VariantDecl], words: &str) {
    for variant in variants.iter_mut().filter(|variant| variant.docs.is_empty()) {
        variant.docs.push(words.to_owned());
    }
}

/// `From<T>` is offered where only one variant holds a `T`.
fn mark_from(variants: &mut [VariantDecl]) {
    let types: Vec<RustType> = variants.iter().map(|variant| variant.ty.clone()).collect();
    for variant in variants {
        let alone = types.iter().filter(|ty| **ty == variant.ty).count() == 1;
        // A type of the user's own may be one of the others.
        variant.from = alone && !types.iter().any(|ty| matches!(ty, RustType::Replaced(_)));
    }
}

fn shape(api: &Api, ty: &Type, travel: Travel) -> VariantShape {
    match &ty.shape {
        Shape::Any(_) | Shape::Null | Shape::Union(_) => VariantShape::Any,
        Shape::Boolean => VariantShape::Boolean,
        Shape::Integer { .. } => VariantShape::Integer,
        Shape::Number { .. } => VariantShape::Number,
        Shape::String { format: Some(format), .. } if format == NUMBER_OR_STRING => VariantShape::Any,
        Shape::String { .. } => VariantShape::String,
        Shape::Enum(values) => match values.kind {
            EnumKind::String => VariantShape::Strings(values.values.iter().map(|value| value.wire.clone()).collect()),
            EnumKind::Integer => VariantShape::Integer,
        },
        Shape::Array { .. } | Shape::Tuple { .. } => VariantShape::Array,
        Shape::Map { .. } => object_of_members(),
        Shape::Object(object) => object_shape(api, object, travel),
    }
}

fn object_shape(api: &Api, object: &Object, travel: Travel) -> VariantShape {
    let shown = || object.properties.iter().filter(|property| travel.shows(property));
    let constants = shown().filter_map(|property| {
        match api.types.get(property.of.ty.0 as usize).map(|ty| &ty.shape) {
            // Only a single value marks a type; a list of values may grow on the server.
            Some(Shape::Enum(values)) if values.kind == EnumKind::String && values.values.len() == 1 => {
                let values = values.values.iter().map(|value| value.wire.clone()).collect();
                Some((property.wire_name.clone(), values))
            }
            _ => None,
        }
    });
    VariantShape::Object {
        required: shown().filter(|property| property.required).map(|property| property.wire_name.clone()).collect(),
        known: shown().map(|property| &property.wire_name).chain(&object.undeclared).cloned().collect(),
        constants: constants.collect(),
        literals: shown().filter_map(|property| Some((property.wire_name.clone(), property.only.clone()?))).collect(),
    }
}

/// What a map looks like: any members at all.
fn object_of_members() -> VariantShape {
    VariantShape::Object { required: Vec::new(), known: Vec::new(), constants: Vec::new(), literals: Vec::new() }
}

fn is_decidable(variants: &[VariantDecl]) -> bool {
    alike(variants).is_none()
}

/// The first two variants that nothing tells apart.
pub(super) fn alike(variants: &[VariantDecl]) -> Option<(&VariantDecl, &VariantDecl)> {
    let others = |place: usize| variants.iter().skip(place + 1);
    let pair = |(place, left)| others(place).find(|right| !differ(left, right)).map(|right| (left, right));
    variants.iter().enumerate().find_map(pair)
}

fn differ(left: &VariantDecl, right: &VariantDecl) -> bool {
    // What a type of the user's own looks like is not known here, and neither is what a union inside a union holds.
    let opaque =
        |variant: &VariantDecl| matches!(variant.ty, RustType::Replaced(_)) || (variant.shape == VariantShape::Any);
    if opaque(left) || opaque(right) {
        return false;
    }
    match (&left.shape, &right.shape) {
        (VariantShape::Object { .. }, VariantShape::Object { .. }) => objects_differ(&left.shape, &right.shape),
        (VariantShape::Strings(left), VariantShape::Strings(right)) => !left.iter().any(|value| right.contains(value)),
        (left, right) => left != right,
    }
}

fn objects_differ(left: &VariantShape, right: &VariantShape) -> bool {
    let (
        VariantShape::Object { required: left_required, known: left_known, .. },
        VariantShape::Object { required: right_required, known: right_known, .. },
    ) = (left, right)
    else {
        return true;
    };
    let has_own = |required: &[String], known: &[String]| required.iter().any(|name| !known.contains(name));
    let others = fixed(right);
    let by_constant = fixed(left).iter().any(|(name, values)| {
        let told = left_required.contains(name) || right_required.contains(name);
        let other = others.iter().find(|(other, _)| other == name);
        told && other.is_some_and(|(_, others)| !values.iter().any(|value| others.contains(value)))
    });
    by_constant || has_own(left_required, right_known) || has_own(right_required, left_known)
}

/// The members of an object that have a fixed set of values, each of which is text or else JSON.
fn fixed(shape: &VariantShape) -> Vec<(&String, Vec<(bool, &String)>)> {
    let VariantShape::Object { constants, literals, .. } = shape else { return Vec::new() };
    let texts = constants.iter().map(|(name, values)| (name, values.iter().map(|value| (true, value)).collect()));
    texts.chain(literals.iter().map(|(name, value)| (name, vec![(false, value)]))).collect()
}
