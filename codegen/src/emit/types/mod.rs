//! The files below `types/`: what reviewers read. Definitions, constructors and setters; nothing of the wire.

mod accessor;
mod default;
mod enumeration;
mod record;
mod redacted;
mod structure;
mod union;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::scope::Scope;
use crate::emit::signature::{emit_head, emit_type as emit_taken};
use crate::emit::token::{deprecated, docs, ident};
use crate::plan::declaration::{ConversionDecl, Definition, Plan, RecordDecl, TypeBody, TypeDecl};

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
        let (docs, name) = (self::docs(&record.docs), ident(&record.ident));
        let target = scope.below_types(&target.ident);
        items.push(quote!(#docs pub type #name = #target;));
    }
    items
}

fn record_of(decl: &TypeDecl) -> Option<&RecordDecl> {
    match &decl.body {
        TypeBody::Struct(body) => body.constructor.as_ref()?.record.as_ref(),
        _ => None,
    }
}

fn emit_type(scope: &Scope<'_>, decl: &TypeDecl) -> Vec<TokenStream> {
    match &decl.body {
        TypeBody::Struct(body) => structure::emit_struct(scope, decl, body),
        TypeBody::StringEnum(values) => enumeration::emit_string_enum(scope, decl, values),
        TypeBody::IntegerEnum(values) => enumeration::emit_integer_enum(scope, decl, values),
        TypeBody::Union(union) => union::emit_union(scope, decl, union),
        TypeBody::RawUnion(_) => union::emit_raw_union(scope, decl),
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

/// `impl From<…> for …`, or `TryFrom` with the error that it gives.
fn emit_conversion(
    scope: &Scope<'_>,
    decl: &TypeDecl,
    conversion: &ConversionDecl,
    error: Option<&TokenStream>,
    value: &TokenStream,
) -> TokenStream {
    let (name, head) = (ident(&decl.ident), emit_head(scope, &conversion.signature));
    let source = conversion.source().map(|source| emit_taken(scope, source));
    let by = if conversion.may_fail() { ident("TryFrom").into_token_stream() } else { scope.prelude("From") };
    let error = error.map(|error| quote!(type Error = #error;));
    quote! {
        impl #by<#source> for #name {
            #error
            #head { #value }
        }
    }
}
