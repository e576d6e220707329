//! Open enums: of strings and of whole numbers. A value that this version does not know is kept and sent as it came.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{attributes, docs_or};
use crate::emit::markdown::span;
use crate::emit::token::{doc, ident, string};
use crate::plan::declaration::{TypeDecl, ValueDecl};

/// Above the variant for what is not listed.
const UNKNOWN: &str = "A value that this version does not know; kept and sent as it came.";

/// An enum of strings.
pub(super) fn emit_string_enum(decl: &TypeDecl, values: &[ValueDecl]) -> Vec<TokenStream> {
    let name = ident(&decl.ident);
    let texts = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), string(&value.wire));
        quote!(Self::#variant => #wire)
    });
    let variants = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), string(&value.wire));
        quote!(#wire => Self::#variant)
    });
    let as_str_doc = doc("As it is on the wire.");
    vec![
        emit_enum(decl, values, &quote!(rt::UnknownValue)),
        quote! {
            impl #name {
                #as_str_doc
                pub fn as_str(&self) -> &str {
                    match self { #(#texts,)* Self::Unknown(value) => value.as_str() }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    match value { #(#variants,)* other => Self::Unknown(rt::UnknownValue::new(other)) }
                }
            }
        },
        quote!(impl From<String> for #name { fn from(value: String) -> Self { Self::from(value.as_str()) } }),
        emit_display(decl, &quote!(f.write_str(self.as_str()))),
    ]
}

/// An enum of whole numbers.
pub(super) fn emit_integer_enum(decl: &TypeDecl, values: &[ValueDecl]) -> Vec<TokenStream> {
    let name = ident(&decl.ident);
    let numbers = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), integer(&value.wire));
        quote!(Self::#variant => #wire)
    });
    let variants = values.iter().map(|value| {
        let (variant, wire) = (ident(&value.ident), integer(&value.wire));
        quote!(#wire => Self::#variant)
    });
    let doc = doc("As it is on the wire.");
    vec![
        emit_enum(decl, values, &quote!(rt::UnknownNumber)),
        quote! {
            impl #name {
                #doc
                pub fn as_i64(&self) -> i64 {
                    match self { #(#numbers,)* Self::Unknown(value) => value.get() }
                }
            }
        },
        quote! {
            impl From<i64> for #name {
                fn from(value: i64) -> Self {
                    match value { #(#variants,)* other => Self::Unknown(rt::UnknownNumber::new(other)) }
                }
            }
        },
        emit_display(decl, &quote!(write!(f, "{}", self.as_i64()))),
    ]
}

fn emit_enum(decl: &TypeDecl, values: &[ValueDecl], unknown: &TokenStream) -> TokenStream {
    let (attributes, name) = (attributes(decl, &["Clone", "Debug", "PartialEq", "Eq", "Hash"]), ident(&decl.ident));
    let variants = values.iter().map(|value| {
        let (docs, variant) = (docs_or(&value.docs, &span(&value.wire)), ident(&value.ident));
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
