//! Parameters: what is an argument and what a setter, and how each takes its value.

use super::declaration::{ParameterDecl, RustType, Scalar, Take};
use super::index::Index;
use super::side::Side;
use super::{docs, rules};
use crate::api::{Location, Operation, Parameter, Shape};
use crate::name::OperationNames;

/// Plans the parameters in the order in which facts number them.
pub(super) fn plan_parameters(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> Vec<ParameterDecl> {
    let named = operation.parameters.iter().zip(&names.parameters);
    named.map(|(parameter, ident)| plan_parameter(index, parameter, ident)).collect()
}

/// What the resource holds comes first, in the order in which the accessors take it.
pub(super) fn held_first(parameters: Vec<ParameterDecl>, held: &[&str]) -> Vec<ParameterDecl> {
    let place = |one: &ParameterDecl| {
        let path = one.location == Location::Path;
        held.iter().position(|name| path && *name == one.wire_name).unwrap_or(held.len())
    };
    let mut sorted = parameters;
    sorted.sort_by_key(place);
    sorted
}

fn plan_parameter(index: &Index<'_>, parameter: &Parameter, ident: &str) -> ParameterDecl {
    let ty = index.bare(parameter.of.ty, Side::Request);
    let mut lines = docs::lines(&parameter.docs);
    if lines.is_empty() {
        lines.push(format!("Sets {}.", docs::code(&parameter.wire_name)));
    }
    ParameterDecl {
        ident: ident.to_owned(),
        wire_name: parameter.wire_name.clone(),
        location: parameter.location,
        style: parameter.style,
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        argument: parameter.required,
        take: take(&ty, index.ty(parameter.of.ty).map(|ty| &ty.shape)),
        rules: rules::plan_rules(index, parameter.of.ty, Side::Request),
        ty,
        docs: lines,
        deprecated: parameter.docs.deprecated,
        origin: parameter.pointer.clone(),
    }
}

/// How an argument or setter takes a value: what callers have at hand, without a copy where it may be large.
pub(super) fn take(ty: &RustType, shape: Option<&Shape>) -> Take {
    match ty {
        RustType::Scalar(Scalar::String) => Take::Text,
        RustType::Scalar(Scalar::Json) => Take::Reference,
        // Callers write these as literals.
        RustType::Scalar(Scalar::Bytes | Scalar::DateTime | Scalar::Date | Scalar::Uuid) => Take::Into,
        RustType::Scalar(_) => Take::Value,
        RustType::Declared(_) if matches!(shape, Some(Shape::Enum(_))) => Take::Into,
        _ => Take::Reference,
    }
}
