//! Which members and variants are boxed.
//!
//! Members that hold a struct, and variants that hold a struct or a union. Then no type contains itself, a value is as large
//! as what it declares itself, so that an answer that nests deeply does not exhaust the stack, and a member that a document
//! adds somewhere changes no other member's type. Lists and maps are indirections already.

use super::declaration::{RustType, TypeBody, TypeDecl};
use super::index::Index;
use crate::api::Shape;

/// Whether a type is a struct, so that members which hold it are boxed.
pub(super) fn is_struct(index: &Index<'_>, ty: &RustType) -> bool {
    let RustType::Declared(at) = ty else { return false };
    let declared = index.declared.get(*at).and_then(|declared| index.ty(declared.id));
    declared.is_some_and(|ty| matches!(ty.shape, Shape::Object(_)))
}

/// Boxes the variants that are to be boxed.
pub(super) fn box_variants(types: &mut [TypeDecl]) {
    let (structs, unions): (Vec<bool>, Vec<bool>) = types
        .iter()
        .map(|decl| (matches!(decl.body, TypeBody::Struct(_)), matches!(decl.body, TypeBody::Union(_))))
        .unzip();
    let is = |kinds: &[bool], ty: &RustType| match ty {
        RustType::Declared(at) => kinds.get(*at).copied().unwrap_or(false),
        _ => false,
    };
    for decl in types {
        match &mut decl.body {
            TypeBody::Union(body) => body
                .variants
                .iter_mut()
                .for_each(|variant| variant.boxed = is(&structs, &variant.ty) || is(&unions, &variant.ty)),
            TypeBody::Struct(_) | TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::RawUnion(_) => {}
        }
    }
}
