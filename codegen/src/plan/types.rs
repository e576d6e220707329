//! Every declared type: head and docs here, content by what it is.

use super::boxing;
use super::declaration::{ConversionDecl, Definition, Signature, TypeBody, TypeDecl};
use super::index::{Declared, Index};
use super::{docs, enumeration, feature, model, share, side, signature, union};
use crate::api::{Shape, Type};

/// Plans all types.
pub(super) fn plan_types(index: &Index<'_>, features: feature::Features) -> Vec<TypeDecl> {
    let declared = || index.declared.iter().filter_map(|decl| Some((decl, index.ty(decl.id)?)));
    let mut types: Vec<TypeDecl> = declared().map(|(decl, ty)| plan_type(index, decl, ty, features)).collect();
    boxing::box_variants(&mut types);
    // Methods of its own make a type one of its own.
    let plain = |ty: &Type| ty.naming.explicit.is_none() && ty.accessors.is_empty();
    let inline: Vec<bool> = declared().map(|(_, ty)| ty.naming.component.is_none() && plain(ty)).collect();
    share::share(&mut types, &inline);
    types
}

fn plan_type(index: &Index<'_>, decl: &Declared, ty: &Type, features: feature::Features) -> TypeDecl {
    let body = match &ty.shape {
        Shape::Object(object) => TypeBody::Struct(model::plan_struct(index, decl, object)),
        Shape::Enum(values) => enumeration::plan_enum(index, decl, values),
        Shape::Union(union) => union::plan_union(index, decl, union),
        // Only declared shapes are in the index.
        _ => TypeBody::RawUnion(Vec::new()),
    };
    let mut lines = docs::lines(&ty.docs);
    if lines.is_empty() {
        lines.push(fallback(ty, decl));
    }
    let (views, conversions) = methods(&body);
    TypeDecl {
        ident: decl.ident.clone(),
        module: decl.module.clone(),
        feature: features.of(&decl.module),
        docs: lines,
        deprecated: ty.docs.deprecated,
        origin: ty.pointer.clone(),
        extra_derives: extra_derives(index, ty),
        definition: Definition::Own,
        traits: traits(&body),
        body,
        accessors: Vec::new(),
        views,
        conversions,
    }
}

/// Methods that give a type as something else, and what it is made from.
pub(crate) fn methods(body: &TypeBody) -> (Vec<Signature>, Vec<ConversionDecl>) {
    match body {
        TypeBody::Struct(_) => (Vec::new(), Vec::new()),
        TypeBody::StringEnum(_) => signature::of_texts(),
        TypeBody::IntegerEnum(_) => signature::of_numbers(),
        TypeBody::Union(union) => (Vec::new(), signature::of_variants(&union.variants)),
        TypeBody::RawUnion(variants) => signature::of_raw(variants),
    }
}

/// Open enums print themselves; what needs nothing is there by itself.
pub(crate) fn traits(body: &TypeBody) -> Vec<&'static str> {
    match body {
        TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) => vec!["Display"],
        TypeBody::Struct(body) if body.constructor.as_ref().is_some_and(|made| made.new.arguments.is_empty()) => {
            vec!["Default"]
        }
        _ => Vec::new(),
    }
}

/// One sentence for what the document says nothing about.
fn fallback(ty: &Type, decl: &Declared) -> String {
    let what = ty.naming.component.as_deref().map_or_else(|| ty.pointer.clone(), str::to_owned);
    let what = docs::code(&what);
    match decl.travel {
        side::Travel::Requests => format!("{what}, as requests send it."),
        _ => format!("{what}."),
    }
}

fn extra_derives(index: &Index<'_>, ty: &Type) -> Vec<String> {
    let all = index.target.extra_derives.get("*");
    let own = ty.naming.component.as_ref().and_then(|key| index.target.extra_derives.get(key));
    let mut derives: Vec<String> = Vec::new();
    for derive in all.into_iter().chain(own).flatten() {
        if !derives.contains(derive) {
            derives.push(derive.clone());
        }
    }
    derives
}
