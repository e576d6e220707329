//! Unions: open enums over types, and raw values with views where nothing tells the variants apart.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, emit_conversion};
use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{doc, docs, ident};
use crate::plan::declaration::{SignatureType, TypeDecl, UnionDecl};

/// An enum over types.
pub(super) fn emit_union(scope: &Scope<'_>, decl: &TypeDecl, union: &UnionDecl) -> Vec<TokenStream> {
    let (attributes, name) = (attributes(decl, &["Clone", "Debug", "PartialEq"]), ident(&decl.ident));
    let variants = union.variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), ident(&variant.ident));
        let ty = scope.ty(&variant.held());
        quote!(#docs #name(#ty))
    });
    let doc = doc("A value that no variant fits; kept and sent as it came.");
    let mut items = vec![quote! {
        #attributes #[non_exhaustive]
        pub enum #name { #(#variants,)* #doc Unknown(rt::Json) }
    }];
    items.extend(decl.conversions.iter().filter_map(|conversion| {
        let variant = union.variants.get(conversion.variant?)?;
        let name = ident(&variant.ident);
        let value = if variant.boxed { quote!(Self::#name(Box::new(value))) } else { quote!(Self::#name(value)) };
        Some(emit_conversion(scope, decl, conversion, None, &value))
    }));
    items
}

/// A raw value with a view for every variant.
pub(super) fn emit_raw_union(scope: &Scope<'_>, decl: &TypeDecl) -> Vec<TokenStream> {
    let (attributes, name) = (attributes(decl, &["Clone", "Debug", "PartialEq"]), ident(&decl.ident));
    let views = decl.views.iter().map(|view| {
        let value = match view.output {
            SignatureType::Fallible(..) => quote!(self.0.read()),
            _ => quote!(&self.0),
        };
        emit_function(scope, view, &TokenStream::new(), &value)
    });
    let mut items = vec![quote!(#attributes pub struct #name(rt::Json);), quote!(impl #name { #(#views)* })];
    items.extend(decl.conversions.iter().map(|conversion| match conversion.may_fail() {
        false => emit_conversion(scope, decl, conversion, None, &quote!(Self(value))),
        true => {
            let value = quote!(rt::Json::of(value).map(Self));
            emit_conversion(scope, decl, conversion, Some(&quote!(rt::EncodeError)), &value)
        }
    }));
    items
}
