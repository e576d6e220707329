//! Accessors: methods that find something at one of several places of a value.
//!
//! Decides the way to each place over the planned types, so that what is written is nothing but field accesses.

use super::declaration::{AccessorDecl, Arm, Presence, RustType, Scalar, Step, TypeBody, TypeDecl};
use super::index::Index;
use super::{docs, signature};
use crate::api::{Accessor, Type};
use crate::diagnostic::{Code, Collector, codes};
use crate::tree::Tree;

/// Plans the accessors of all types; `types` are in the order of the index.
pub(super) fn plan_accessors(index: &Index<'_>, types: &mut [TypeDecl], (tree, collector): (&Tree, &mut Collector)) {
    let mut planned = Vec::new();
    for (decl, declared) in types.iter().zip(&index.declared) {
        let Some(ty) = index.ty(declared.id) else { continue };
        let mut own = Vec::new();
        for accessor in &ty.accessors {
            match plan_accessor(types, decl, accessor) {
                Ok(accessor) => own.push(accessor),
                Err(misfit) => report(ty, accessor, misfit, tree, collector),
            }
        }
        planned.push(own);
    }
    for (decl, own) in types.iter_mut().zip(planned) {
        decl.accessors = own;
    }
}

/// Why there is no such method: the code, and words that follow its name.
type Misfit = (&'static Code, String);

fn report(ty: &Type, accessor: &Accessor, (code, words): Misfit, tree: &Tree, collector: &mut Collector) {
    collector
        .report(code, tree.place(ty.origin))
        .message(format!("the accessor `{}` {words}", accessor.name))
        .label("declared here")
        .help("write JSON pointers into this schema that lead to values of one type, under a name of its own");
}

fn plan_accessor(types: &[TypeDecl], decl: &TypeDecl, accessor: &Accessor) -> Result<AccessorDecl, Misfit> {
    if is_taken(decl, &accessor.name) {
        return Err((&codes::BAD_FACT, "has the name of another method".to_owned()));
    }
    let starts: Vec<(Option<&str>, &RustType)> = match &decl.body {
        TypeBody::Struct(_) => Vec::new(),
        TypeBody::Union(union) => {
            union.variants.iter().map(|variant| (Some(variant.ident.as_str()), &variant.ty)).collect()
        }
        _ => return Err((&codes::BAD_FACT, "stands at what has no places to look at".to_owned())),
    };
    let mut arms: Vec<Arm> = Vec::new();
    let mut output: Option<RustType> = None;
    for pointer in &accessor.pointers {
        let steps: Vec<String> =
            pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        let found: Vec<(Option<&str>, Way)> = match &decl.body {
            TypeBody::Struct(_) => members(types, decl, &steps).map(|way| (None, way)).into_iter().collect(),
            _ => starts.iter().filter_map(|(variant, ty)| Some((*variant, walk(types, ty, &steps)?))).collect(),
        };
        if found.is_empty() {
            return Err((
                &codes::FACT_WITHOUT_TARGET,
                format!("looks at {}, which leads nowhere", docs::code(pointer)),
            ));
        }
        for (variant, (steps, ty)) in found {
            if *output.get_or_insert_with(|| ty.clone()) != ty {
                return Err((&codes::BAD_FACT, format!("finds something of another type at {}", docs::code(pointer))));
            }
            match arms.iter_mut().find(|arm| arm.variant.as_deref() == variant) {
                Some(arm) => arm.ways.push(steps),
                None => arms.push(Arm { variant: variant.map(str::to_owned), ways: vec![steps] }),
            }
        }
    }
    let Some(output) = output else { return Err((&codes::BAD_FACT, "looks nowhere".to_owned())) };
    let signature = signature::accessor(&accessor.name, &output, words(accessor, &output));
    Ok(AccessorDecl { signature, output, arms })
}

fn words(accessor: &Accessor, output: &RustType) -> Vec<String> {
    let places: Vec<String> = accessor.pointers.iter().map(|pointer| docs::code(pointer)).collect();
    let blank = if *output == RustType::Scalar(Scalar::String) { " and not empty" } else { "" };
    vec![format!("The first of these that is there{blank}: {}.", places.join(", "))]
}

/// Setters, `new` and the methods of defaults have their names already.
fn is_taken(decl: &TypeDecl, name: &str) -> bool {
    let TypeBody::Struct(body) = &decl.body else { return false };
    if body.fields.iter().flat_map(|member| &member.or_default).any(|method| method.signature.name == name) {
        return true;
    }
    body.constructor.is_some() && (name == "new" || body.fields.iter().any(|member| member.ident == name))
}

/// The steps to a place, and the type there.
type Way = (Vec<Step>, RustType);

fn walk(types: &[TypeDecl], from: &RustType, steps: &[String]) -> Option<Way> {
    let Some((first, rest)) = steps.split_first() else { return Some((Vec::new(), from.clone())) };
    match from {
        RustType::Declared(index) => members(types, types.get(*index)?, steps),
        RustType::List(item) => {
            let (mut way, ty) = walk(types, item, rest)?;
            way.insert(0, Step::Item(first.parse().ok()?));
            Some((way, ty))
        }
        _ => None,
    }
}

fn members(types: &[TypeDecl], decl: &TypeDecl, steps: &[String]) -> Option<Way> {
    let (first, rest) = steps.split_first()?;
    let TypeBody::Struct(body) = &decl.body else { return None };
    let member = body.fields.iter().find(|member| member.wire_name == *first)?;
    let (mut way, ty) = walk(types, &member.ty, rest)?;
    let is_found = member.boxed && rest.is_empty();
    let maybe = match member.presence {
        Presence::RequiredNullable | Presence::Optional if is_found => Some("as_deref"),
        Presence::Required => None,
        Presence::RequiredNullable | Presence::Optional => Some("as_ref"),
        Presence::OptionalNullable => Some("get"),
    };
    if is_found && maybe != Some("as_deref") {
        way.insert(0, Step::Unbox);
    }
    way.insert(0, Step::Member(member.ident.clone(), maybe));
    Some((way, ty))
}
