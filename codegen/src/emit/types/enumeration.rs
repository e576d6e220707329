//! Open enums: of strings and of whole numbers. A value not known to this version is preserved when sent back.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{attributes, emit_conversion};
use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{doc, docs, ident, string};
use crate::plan::declaration::{SignatureType, TypeDecl, ValueDecl};

/// Above the variant for what is not listed.
const UNKNOWN: &str = "A value not known to this version; preserved when sent back.";

/// An enum of strings.
pub(super) fn emit_string_enum(scope: &Scope<'_>, decl: &TypeDecl, values: &[ValueDecl]) -> Vec<TokenStream> {
    let texts = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), string(&value.wire));
        quote!(Self::#variant => #wire)
    });
    let variants = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), string(&value.wire));
        quote!(#wire => Self::#variant)
    });
    let as_str = quote!(match self { #(#texts,)* Self::Unknown(value) => value.as_str() });
    let made = decl.conversions.iter().map(|conversion| {
        let value = match conversion.source() {
            Some(SignatureType::Text) => {
                let variants = variants.clone();
                quote!(match value { #(#variants,)* other => Self::Unknown(rt::UnknownValue::new(other)) })
            }
            _ => quote!(Self::from(value.as_str())),
        };
        emit_conversion(scope, decl, conversion, None, &value)
    });
    let mut items = vec![emit_enum(decl, values, &quote!(rt::UnknownValue)), emit_views(scope, decl, &as_str)];
    items.extend(made);
    items.push(emit_display(decl, &quote!(f.write_str(self.as_str()))));
    items
}

/// An enum of whole numbers.
pub(super) fn emit_integer_enum(scope: &Scope<'_>, decl: &TypeDecl, values: &[ValueDecl]) -> Vec<TokenStream> {
    let numbers = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), integer(&value.wire));
        quote!(Self::#variant => #wire)
    });
    let variants = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), integer(&value.wire));
        quote!(#wire => Self::#variant)
    });
    let as_i64 = quote!(match self { #(#numbers,)* Self::Unknown(value) => value.get() });
    let value = quote!(match value { #(#variants,)* other => Self::Unknown(rt::UnknownNumber::new(other)) });
    let made = decl.conversions.iter().map(|conversion| emit_conversion(scope, decl, conversion, None, &value));
    let mut items = vec![emit_enum(decl, values, &quote!(rt::UnknownNumber)), emit_views(scope, decl, &as_i64)];
    items.extend(made);
    items.push(emit_display(decl, &quote!(write!(f, "{}", self.as_i64()))));
    items
}

fn emit_views(scope: &Scope<'_>, decl: &TypeDecl, body: &TokenStream) -> TokenStream {
    let name = ident(&decl.ident);
    let views = decl.views.iter().map(|view| emit_function(scope, view, &TokenStream::new(), body));
    quote!(impl #name { #(#views)* })
}

fn emit_enum(decl: &TypeDecl, values: &[ValueDecl], unknown: &TokenStream) -> TokenStream {
    let (attributes, name) = (attributes(decl, &["Clone", "Debug", "PartialEq", "Eq", "Hash"]), ident(&decl.ident));
    let variants = values.iter().map(|value| {
        let (docs, variant) = (docs(&value.docs), ident(&value.ident));
        quote!(#docs #variant)
    });
    let doc = doc(UNKNOWN);
    quote! {
        #attributes #[non_exhaustive]
        pub enum #name { #(#variants,)* #doc Unknown(#unknown) }
    }
}

fn emit_display(decl: &TypeDecl, body: &TokenStream) -> TokenStream {
    let name = ident(&decl.ident);
    quote! {
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { #body }
        }
    }
}

/// Digits of the document; `plan` knows that they fit.
fn integer(wire: &str) -> Literal {
    Literal::i64_unsuffixed(wire.parse().unwrap_or_default())
}
