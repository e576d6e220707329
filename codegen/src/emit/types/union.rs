//! Unions: open enums over types, and raw values with views where nothing tells the variants apart.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, docs_or, emit_from};
use crate::emit::markdown::span;
use crate::emit::scope::Scope;
use crate::emit::token::{doc, ident};
use crate::plan::declaration::{TypeDecl, UnionDecl, VariantDecl};

/// An enum over types.
pub(super) fn emit_union(scope: &Scope<'_>, decl: &TypeDecl, union: &UnionDecl) -> Vec<TokenStream> {
    let (attributes, name) = (attributes(decl, &["Clone", "Debug", "PartialEq"]), ident(&decl.ident));
    let variants = union.variants.iter().map(|variant| {
        let (docs, name) = (docs_or(&variant.docs, &variant_doc(variant)), ident(&variant.ident));
        let ty = variant_type(scope, variant);
        quote!(#docs #name(#ty))
    });
    let doc = doc("A value that no variant fits; kept and sent as it came.");
    let mut items = vec![quote! {
        #attributes #[non_exhaustive]
        pub enum #name { #(#variants,)* #doc Unknown(rt::Json) }
    }];
    items.extend(union.variants.iter().filter(|variant| variant.from).map(|variant| {
        let name = ident(&variant.ident);
        let value = if variant.boxed { quote!(Self::#name(Box::new(value))) } else { quote!(Self::#name(value)) };
        emit_from(scope, decl, &scope.ty(&variant.ty), &value)
    }));
    items
}

fn variant_doc(variant: &VariantDecl) -> String {
    match variant.tags.as_slice() {
        [] => "One of the variants.".to_owned(),
        tags => tags.iter().map(|tag| span(tag)).collect::<Vec<_>>().join(", "),
    }
}

fn variant_type(scope: &Scope<'_>, variant: &VariantDecl) -> TokenStream {
    let ty = scope.ty(&variant.ty);
    if variant.boxed {
        let boxed = scope.prelude("Box");
        return quote!(#boxed<#ty>);
    }
    ty
}

/// A raw value with a view for every variant.
pub(super) fn emit_raw_union(scope: &Scope<'_>, decl: &TypeDecl, variants: &[VariantDecl]) -> Vec<TokenStream> {
    let (attributes, name) = (attributes(decl, &["Clone", "Debug", "PartialEq"]), ident(&decl.ident));
    let views = variants.iter().map(|variant| {
        let (docs, view) = (docs_or(&variant.docs, "Reads the value as this variant."), ident(&variant.view));
        let (ty, result) = (scope.ty(&variant.ty), scope.prelude("Result"));
        quote! {
            #docs
            pub fn #view(&self) -> #result<#ty, rt::DecodeError> { self.0.read() }
        }
    });
    let doc = doc("The value as it came.");
    let mut items = vec![
        quote!(#attributes pub struct #name(rt::Json);),
        quote!(impl #name { #doc pub fn json(&self) -> &rt::Json { &self.0 } #(#views)* }),
        emit_from(scope, decl, &quote!(rt::Json), &quote!(Self(value))),
    ];
    items.extend(variants.iter().filter(|variant| variant.from).map(|variant| {
        let (name, ty, result) = (ident(&decl.ident), scope.ty(&variant.ty), scope.prelude("Result"));
        quote! {
            impl TryFrom<&#ty> for #name {
                type Error = rt::EncodeError;
                fn try_from(value: &#ty) -> #result<Self, Self::Error> { rt::Json::of(value).map(Self) }
            }
        }
    }));
    items
}
