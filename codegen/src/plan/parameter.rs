//! Parameters: what is an argument and what a setter, and how each takes its value.

use super::declaration::{
    ParameterDecl, ParameterPlace, ParameterRole, PartHeaderDecl, Receiver, RuleTree, RustType, Scalar, Signature,
    SignatureType, StyleDecl,
};
use super::index::Index;
use super::side::Side;
use super::{boxing, docs, encoding, rules, signature};
use crate::api::{Location, Operation, Parameter, Shape, Style};
use crate::name::OperationNames;

/// Plans the parameters in the order in which facts number them.
pub(super) fn plan_parameters(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> Vec<ParameterDecl> {
    let named = operation.parameters.iter().zip(&names.parameters).zip(&names.readers);
    named.map(|((parameter, ident), reader)| plan_parameter(index, parameter, (ident, reader.as_deref()))).collect()
}

/// What the resource holds comes first, in the order in which the accessors take it.
pub(super) fn held_first(parameters: Vec<ParameterDecl>, held: &[&str]) -> Vec<ParameterDecl> {
    let place = |one: &ParameterDecl| {
        let path = one.place == ParameterPlace::Path;
        held.iter().position(|name| path && *name == one.wire_name).unwrap_or(held.len())
    };
    let mut sorted = parameters;
    sorted.sort_by_key(place);
    sorted.iter_mut().take(held.len()).for_each(|parameter| parameter.role = ParameterRole::Held);
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
    let given = match (is_member, parameter.required) {
        (true, true) => take_member(&ty, shape),
        (false, true) => take_parameter(index, parameter, &ty),
        (_, false) => set(index, parameter, &ty, is_member),
    };
    let deprecated = parameter.docs.deprecated;
    let role = match parameter.required {
        true => ParameterRole::Argument,
        false => ParameterRole::Setter(Signature { deprecated, ..setter(ident, given.clone(), lines.clone()) }),
    };
    ParameterDecl {
        ident: ident.to_owned(),
        wire_name: parameter.wire_name.clone(),
        place: place(parameter),
        style: style(parameter),
        role,
        given,
        reader: reader.map(|name| plan_reader(name, &parameter.wire_name)),
        // A member is checked with the body that it stands in.
        rules: if is_member { RuleTree::default() } else { rules::plan_rules(index, parameter.of.ty, Side::Request) },
        ty,
        docs: lines,
        deprecated,
        origin: parameter.pointer.clone(),
    }
}

fn place(parameter: &Parameter) -> ParameterPlace {
    match (parameter.location, &parameter.part) {
        (Location::Path, _) => ParameterPlace::Path,
        (Location::Query, _) => ParameterPlace::Query(parameter.whole.as_ref().map(encoding::whole_query)),
        (Location::Header, _) => ParameterPlace::Header,
        (Location::Cookie, _) => ParameterPlace::Cookie,
        (Location::Body, _) => ParameterPlace::Body,
        (Location::Part, part) => ParameterPlace::Part(PartHeaderDecl {
            part: part.as_ref().map_or_else(String::new, |part| part.part.clone()),
            usual: part.as_ref().and_then(|part| part.usual.clone()),
            // What is an argument is always there.
            needed: part.as_ref().is_some_and(|part| part.needed) && !parameter.required,
        }),
    }
}

/// The default of each place need not be said.
fn style(parameter: &Parameter) -> Option<StyleDecl> {
    let usual = match parameter.location {
        Location::Path | Location::Header | Location::Part => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
        Location::Body => (Style::Json, false),
    };
    let Parameter { style, explode, allow_reserved, segments, .. } = *parameter;
    let said = (style, explode) != usual || allow_reserved || segments;
    said.then_some(StyleDecl { style, explode, allow_reserved, segments })
}

/// A setter of a call.
pub(crate) fn setter(name: &str, given: SignatureType, docs: Vec<String>) -> Signature {
    Signature::new(name, Receiver::Value, SignatureType::Fixed("Self"), docs).taking(name, given)
}

/// What the call will send in a member that is made for each call.
fn plan_reader(name: &str, wire_name: &str) -> Signature {
    let docs = vec![format!("What this call sends as {}.", docs::code(wire_name))];
    Signature::new(name, Receiver::Reference, SignatureType::Value(RustType::Scalar(Scalar::String)), docs)
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

/// What a setter takes: whatever converts, as in models.
fn set(index: &Index<'_>, parameter: &Parameter, ty: &RustType, is_member: bool) -> SignatureType {
    let shape = index.ty(parameter.of.ty).map(|ty| &ty.shape);
    let plain = if is_member { take_member(ty, shape) } else { take_parameter(index, parameter, ty) };
    match (&plain, ty) {
        // What has to be written only is not moved.
        (SignatureType::Reference(_), RustType::Declared(_)) if boxing::is_struct(index, ty) => plain,
        (SignatureType::Reference(_) | SignatureType::Slice(_) | SignatureType::Value(_), _) => {
            signature::taken(ty, &|ty| boxing::is_struct(index, ty))
        }
        _ => plain,
    }
}

/// As the setter of a model takes a member, but nothing is taken that only has to be written.
fn take_member(ty: &RustType, shape: Option<&Shape>) -> SignatureType {
    match ty {
        RustType::Scalar(Scalar::Json) | RustType::Field(_) => SignatureType::into(ty.clone()),
        RustType::Map(_) | RustType::Nullable(_) => SignatureType::Value(ty.clone()),
        _ => take(ty, shape),
    }
}

/// Conditions and orders are added one by one; lists of texts come from any list.
fn take_parameter(index: &Index<'_>, parameter: &Parameter, ty: &RustType) -> SignatureType {
    let shape = index.ty(parameter.of.ty).map(|ty| &ty.shape);
    let optional = parameter.location == Location::Query && !parameter.required;
    if let Some(filters) = index.api.facts.filters.as_ref().filter(|_| optional) {
        // A text has no room for conditions: a search term may be called as they are elsewhere in the API.
        let holds_conditions = filters.parameter == parameter.wire_name && !is_text(ty, shape);
        if parameter.filter.unwrap_or(holds_conditions) {
            return SignatureType::Filter;
        }
        if filters.sort.as_ref() == Some(&parameter.wire_name) {
            return SignatureType::Into(Box::new(SignatureType::Sort));
        }
    }
    match ty {
        RustType::List(item) if **item == RustType::Scalar(Scalar::String) => SignatureType::AsTexts,
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
pub(super) fn take(ty: &RustType, shape: Option<&Shape>) -> SignatureType {
    match ty {
        RustType::Scalar(Scalar::String) => SignatureType::AsText,
        RustType::Scalar(Scalar::Json) => SignatureType::Reference(ty.clone()),
        // Callers write these as literals.
        RustType::Scalar(Scalar::Bytes | Scalar::DateTime | Scalar::Date | Scalar::Uuid) => {
            SignatureType::into(ty.clone())
        }
        RustType::Scalar(Scalar::Decimal | Scalar::DecimalText | Scalar::NumberOrString) => {
            SignatureType::into(ty.clone())
        }
        RustType::Scalar(_) => SignatureType::Value(ty.clone()),
        RustType::Declared(_) if matches!(shape, Some(Shape::Enum(_))) => SignatureType::into(ty.clone()),
        RustType::List(item) => SignatureType::Slice((**item).clone()),
        _ => SignatureType::Reference(ty.clone()),
    }
}
