//! Parameters: what is an argument and what a setter, and how each takes its value.

use super::declaration::{ParameterDecl, RuleTree, RustType, Scalar, Take};
use super::index::Index;
use super::side::Side;
use super::{docs, rules};
use crate::api::{Location, Operation, Parameter, Shape};
use crate::name::OperationNames;

/// Plans the parameters in the order in which facts number them.
pub(super) fn plan_parameters(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> Vec<ParameterDecl> {
    let named = operation.parameters.iter().zip(&names.parameters).zip(&names.readers);
    named.map(|((parameter, ident), reader)| plan_parameter(index, parameter, (ident, reader.as_deref()))).collect()
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

fn plan_parameter(index: &Index<'_>, parameter: &Parameter, (ident, reader): (&str, Option<&str>)) -> ParameterDecl {
    let shape = index.ty(parameter.of.ty).map(|ty| &ty.shape);
    let is_member = parameter.location == Location::Body;
    let ty = if is_member { member_type(index, parameter) } else { index.bare(parameter.of.ty, Side::Request) };
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
        segments: parameter.segments,
        whole: parameter.whole.clone(),
        part: parameter.part.clone(),
        argument: parameter.required,
        take: if is_member { take_member(&ty, shape) } else { take_parameter(index, parameter, &ty) },
        reader: reader.map(str::to_owned),
        // A member is checked with the body that it stands in.
        rules: if is_member { RuleTree::default() } else { rules::plan_rules(index, parameter.of.ty, Side::Request) },
        ty,
        docs: lines,
        deprecated: parameter.docs.deprecated,
        origin: parameter.pointer.clone(),
    }
}

/// The type of a flat body's member, with what null adds.
fn member_type(index: &Index<'_>, parameter: &Parameter) -> RustType {
    let bare = index.bare(parameter.of.ty, Side::Request);
    match (parameter.of.nullable && !index.holds_null(parameter.of.ty), parameter.required) {
        (false, _) => bare,
        (true, true) => RustType::Nullable(Box::new(bare)),
        (true, false) => RustType::Field(Box::new(bare)),
    }
}

/// As the setter of a model takes a member, but nothing is taken that only has to be written.
fn take_member(ty: &RustType, shape: Option<&Shape>) -> Take {
    match ty {
        RustType::Scalar(Scalar::Json) | RustType::Field(_) => Take::Into,
        RustType::Map(_) | RustType::Nullable(_) => Take::Value,
        _ => take(ty, shape),
    }
}

/// Conditions and orders are added one by one; lists of texts come from any list.
fn take_parameter(index: &Index<'_>, parameter: &Parameter, ty: &RustType) -> Take {
    let shape = index.ty(parameter.of.ty).map(|ty| &ty.shape);
    let optional = parameter.location == Location::Query && !parameter.required;
    if let Some(filters) = index.api.facts.filters.as_ref().filter(|_| optional) {
        // A text has no room for conditions: a search term may be called as they are elsewhere in the API.
        let holds_conditions = filters.parameter == parameter.wire_name && !is_text(ty, shape);
        if parameter.filter.unwrap_or(holds_conditions) {
            return Take::Filter;
        }
        if filters.sort.as_ref() == Some(&parameter.wire_name) {
            return Take::Sort;
        }
    }
    match ty {
        RustType::List(item) if **item == RustType::Scalar(Scalar::String) => Take::Texts,
        _ => take(ty, shape),
    }
}

/// Whether the document types it as a text, one of several values included.
fn is_text(ty: &RustType, shape: Option<&Shape>) -> bool {
    match ty {
        RustType::Scalar(Scalar::String) => true,
        RustType::Declared(_) => matches!(shape, Some(Shape::Enum(_))),
        _ => false,
    }
}

/// How an argument or setter takes a value: what callers have at hand, without a copy where it may be large.
pub(super) fn take(ty: &RustType, shape: Option<&Shape>) -> Take {
    match ty {
        RustType::Scalar(Scalar::String) => Take::Text,
        RustType::Scalar(Scalar::Json) => Take::Reference,
        // Callers write these as literals.
        RustType::Scalar(Scalar::Bytes | Scalar::DateTime | Scalar::Date | Scalar::Uuid) => Take::Into,
        RustType::Scalar(Scalar::Decimal | Scalar::DecimalText | Scalar::NumberOrString) => Take::Into,
        RustType::Scalar(_) => Take::Value,
        RustType::Declared(_) if matches!(shape, Some(Shape::Enum(_))) => Take::Into,
        _ => Take::Reference,
    }
}
