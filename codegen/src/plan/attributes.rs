//! What lists can be filtered and ordered by: a table of attributes for each model that such a list holds.
//!
//! The attributes are the model's own members of plain types, and what the document adds or takes away.

use std::collections::BTreeSet;

use super::declaration::{
    FieldDecl, OperationDecl, Qualifier, Receiver, RustType, Scalar, Signature, SignatureType, TypeBody, TypeDecl,
};
use super::docs;
use super::index::Index;
use crate::facts::{AttributeKind, Filters};
use crate::name::{attribute_functions, attribute_modules};

/// What lists of one model can be filtered and ordered by.
#[derive(Clone, Debug)]
pub struct AttributesDecl {
    /// File and module below `attributes/`, for example `order`.
    pub module: String,
    /// The model: index into `Plan::types`.
    pub ty: usize,
    /// Feature that gates it.
    pub feature: Option<String>,
    /// Sorted by name.
    pub attributes: Vec<AttributeDecl>,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct AttributeDecl {
    /// The function that gives it.
    pub signature: Signature,
    /// On the wire.
    pub wire_name: String,
    /// What its values are.
    pub ty: RustType,
}

/// The tables, sorted by module.
pub(super) fn plan_attributes<'o>(
    index: &Index<'_>,
    types: &[TypeDecl],
    operations: impl Iterator<Item = &'o OperationDecl>,
) -> Vec<AttributesDecl> {
    let Some(facts) = &index.api.facts.filters else { return Vec::new() };
    let models: BTreeSet<usize> = operations.filter_map(listed).collect();
    let models: Vec<(usize, &TypeDecl)> = models.into_iter().filter_map(|at| Some((at, types.get(at)?))).collect();
    let idents: Vec<&str> = models.iter().map(|(_, decl)| decl.ident.as_str()).collect();
    let modules = attribute_modules(&idents);
    let table = |((at, decl), module): (&(usize, &TypeDecl), String)| AttributesDecl {
        module,
        ty: *at,
        feature: decl.feature.clone(),
        attributes: plan_table(index, facts, types, (*at, decl)),
    };
    let mut tables: Vec<AttributesDecl> = models.iter().zip(modules).map(table).collect();
    tables.retain(|table| !table.attributes.is_empty());
    tables.sort_by(|left, right| left.module.cmp(&right.module));
    tables
}

/// The model of a list that can be filtered or ordered.
fn listed(operation: &OperationDecl) -> Option<usize> {
    match &operation.pagination.as_ref()?.item {
        RustType::Declared(at) if operation.filter_setter().is_some() || operation.sort_setter().is_some() => Some(*at),
        _ => None,
    }
}

fn plan_table(
    index: &Index<'_>,
    facts: &Filters,
    types: &[TypeDecl],
    (at, decl): (usize, &TypeDecl),
) -> Vec<AttributeDecl> {
    let TypeBody::Struct(body) = &decl.body else { return Vec::new() };
    let declared = index.declared.get(at).and_then(|declared| index.ty(declared.id));
    let key = declared.and_then(|ty| ty.naming.component.as_deref()).unwrap_or_default();
    let said: &[(String, AttributeKind)] =
        facts.attributes.iter().find(|(schema, _)| schema == key).map_or(&[], |(_, said)| said.as_slice());
    let kind_of = |wire: &str| said.iter().find(|(name, _)| name == wire).map(|(_, kind)| *kind);
    let own = body.fields.iter().filter(|member| !member.sensitive);
    let own: Vec<(&FieldDecl, RustType)> = own
        .filter_map(|member| {
            let ty = match kind_of(&member.wire_name) {
                Some(kind) => ty_of(kind)?,
                None if is_except(facts, &member.wire_name) => return None,
                None => plain(types, &member.ty)?,
            };
            Some((member, ty))
        })
        .collect();
    let is_own = |wire: &str| body.fields.iter().any(|member| member.wire_name == wire);
    let further: Vec<(&str, RustType)> = said
        .iter()
        .filter(|(wire, _)| !is_own(wire))
        .filter_map(|(wire, kind)| Some((wire.as_str(), ty_of(*kind)?)))
        .collect();
    let fields: Vec<(&str, &str)> =
        own.iter().map(|(member, _)| (member.wire_name.as_str(), member.ident.as_str())).collect();
    let idents = attribute_functions(&fields, &further.iter().map(|(wire, _)| *wire).collect::<Vec<_>>());
    let own = own.into_iter().map(|(member, ty)| (member.wire_name.clone(), ty, member.docs.first().cloned()));
    let further = further.into_iter().map(|(wire, ty)| (wire.to_owned(), ty, None));
    let mut table: Vec<AttributeDecl> = own
        .chain(further)
        .zip(idents)
        .map(|((wire_name, ty, docs), ident)| {
            let docs = vec![docs.unwrap_or_else(|| docs::code(&wire_name))];
            let plain = Signature::new(ident, Receiver::None, SignatureType::Attribute(ty.clone()), docs);
            AttributeDecl { signature: Signature { qualifier: Qualifier::Const, ..plain }, wire_name, ty }
        })
        .collect();
    table.sort_by(|left, right| left.signature.name.cmp(&right.signature.name));
    table
}

fn is_except(facts: &Filters, wire_name: &str) -> bool {
    facts.except.iter().any(|except| match except.strip_suffix('*') {
        Some(start) => wire_name.starts_with(start),
        None => wire_name == except,
    })
}

/// The type of values that can be compared; lists and objects cannot.
fn plain(types: &[TypeDecl], ty: &RustType) -> Option<RustType> {
    match ty {
        RustType::Nullable(inner) | RustType::Boxed(inner) => plain(types, inner),
        RustType::Scalar(Scalar::Json | Scalar::Bytes | Scalar::Base64) => None,
        RustType::Scalar(_) => Some(ty.clone()),
        RustType::Declared(at) => match types.get(*at).map(|decl| &decl.body) {
            Some(TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_)) => Some(ty.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn ty_of(kind: AttributeKind) -> Option<RustType> {
    Some(RustType::Scalar(match kind {
        AttributeKind::Text => Scalar::String,
        AttributeKind::Integer => Scalar::I64,
        AttributeKind::Number => Scalar::F64,
        AttributeKind::Decimal => Scalar::Decimal,
        AttributeKind::Flag => Scalar::Bool,
        AttributeKind::Date => Scalar::Date,
        AttributeKind::DateTime => Scalar::DateTime,
        AttributeKind::None => return None,
    }))
}
