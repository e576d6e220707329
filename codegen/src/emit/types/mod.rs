//! The files below `types/`: what reviewers read. Definitions, constructors and setters; nothing of the wire.

mod accessor;
mod default;
mod enumeration;
mod record;
mod redacted;
mod structure;
mod union;

pub(crate) use self::accessor::accessor_output;
pub(crate) use self::default::default_output;
pub(crate) use self::record::record_field_type;
pub(crate) use self::structure::{constructor_argument, field_type, is_argument, is_text, setter_argument};

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::token::{deprecated, docs, ident};
use crate::plan::declaration::{Constructor, Definition, Plan, StructDecl, TypeBody, TypeDecl};

/// Items of one file below `types/`.
pub(crate) fn emit_types_file(plan: &Plan, decls: &[&TypeDecl]) -> Vec<TokenStream> {
    let scope = Scope::in_types(plan, decls.iter().map(|decl| decl.ident.as_str()).collect::<BTreeSet<_>>());
    let mut items = Vec::new();
    if decls.iter().any(|decl| decl.is_defined()) {
        items.push(quote!(
            use typewright_runtime::codegen::v1 as rt;
        ));
    }
    for decl in decls {
        scope.name_as_defined(decl.definition == Definition::Common);
        items.extend(match decl.definition {
            Definition::Own | Definition::Common => emit_type(&scope, decl),
            Definition::Alias(of) => emit_alias(&scope, decl, of),
        });
        if !matches!(decl.definition, Definition::Alias(_)) {
            items.extend(accessor::emit_accessors(&scope, decl));
        }
    }
    items
}

/// The name of a type whose definition stands under another name, and that of the struct which its `new` takes.
fn emit_alias(scope: &Scope<'_>, decl: &TypeDecl, of: usize) -> Vec<TokenStream> {
    let Some(defined) = scope.plan.types.get(of) else { return Vec::new() };
    let (docs, deprecated, name) = (docs(&decl.docs), deprecated(decl.deprecated), ident(&decl.ident));
    let target = scope.below_types(&defined.ident);
    let mut items = vec![quote!(#docs #deprecated pub type #name = #target;)];
    if let (Some(record), Some(target)) = (record_of(decl), record_of(defined)) {
        let (docs, name) = (record::emit_doc(decl), ident(record));
        let target = scope.below_types(target);
        items.push(quote!(#docs pub type #name = #target;));
    }
    items
}

fn record_of(decl: &TypeDecl) -> Option<&str> {
    match &decl.body {
        TypeBody::Struct(StructDecl { constructor: Some(Constructor::Record(record)), .. }) => Some(record),
        _ => None,
    }
}

fn emit_type(scope: &Scope<'_>, decl: &TypeDecl) -> Vec<TokenStream> {
    match &decl.body {
        TypeBody::Struct(body) => structure::emit_struct(scope, decl, body),
        TypeBody::StringEnum(values) => enumeration::emit_string_enum(decl, values),
        TypeBody::IntegerEnum(values) => enumeration::emit_integer_enum(decl, values),
        TypeBody::Union(union) => union::emit_union(scope, decl, union),
        TypeBody::RawUnion(variants) => union::emit_raw_union(scope, decl, variants),
    }
}

/// Docs, deprecation and derives: what stands above every declared type.
fn attributes(decl: &TypeDecl, derives: &[&str]) -> TokenStream {
    let (docs, deprecated) = (docs(&decl.docs), deprecated(decl.deprecated));
    let more = decl.extra_derives.iter().map(String::as_str).filter(|derive| !derives.contains(derive));
    let derives = derives.iter().copied().chain(more).filter_map(|derive| syn::parse_str::<syn::Path>(derive).ok());
    let derives: Vec<syn::Path> = derives.collect();
    quote!(#docs #deprecated #[derive(#(#derives),*)])
}

/// The docs of a value or variant, or what it is on the wire.
fn docs_or(lines: &[String], otherwise: &str) -> TokenStream {
    if lines.is_empty() { docs(&[otherwise]) } else { docs(lines) }
}

/// `impl From<…> for …` with one expression.
fn emit_from(scope: &Scope<'_>, decl: &TypeDecl, source: &TokenStream, value: &TokenStream) -> TokenStream {
    let (name, from) = (ident(&decl.ident), scope.prelude("From"));
    quote! {
        impl #from<#source> for #name {
            fn from(value: #source) -> Self { #value }
        }
    }
}
