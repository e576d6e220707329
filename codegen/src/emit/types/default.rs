//! Methods that give a member's default where an answer has no such member.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{ident, string};
use crate::plan::declaration::{DefaultDecl, DefaultValue, FieldDecl, Presence, StructDecl, TypeDecl};

/// `impl X { … }` with the methods of all members that have a default.
pub(super) fn emit_defaults(scope: &Scope<'_>, decl: &TypeDecl, body: &StructDecl) -> Option<TokenStream> {
    let name = ident(&decl.ident);
    let methods: Vec<TokenStream> = body
        .fields
        .iter()
        .filter_map(|member| member.or_default.as_ref().map(|method| emit_method(scope, member, method)))
        .collect();
    (!methods.is_empty()).then(|| quote!(impl #name { #(#methods)* }))
}

fn emit_method(scope: &Scope<'_>, member: &FieldDecl, method: &DefaultDecl) -> TokenStream {
    let body = match member.presence {
        Presence::OptionalNullable => emit_of_field(scope, member, method),
        _ => emit_of_option(scope, member, method),
    };
    emit_function(scope, &method.signature, &TokenStream::new(), &body)
}

fn emit_of_option(scope: &Scope<'_>, member: &FieldDecl, method: &DefaultDecl) -> TokenStream {
    let (field, value) = (ident(&member.ident), emit_value(scope, member, &method.value));
    match method.value {
        DefaultValue::Bool(_) | DefaultValue::Integer(_) | DefaultValue::Number(_) => {
            quote!(self.#field.unwrap_or(#value))
        }
        DefaultValue::Text(_) => quote!(self.#field.as_deref().unwrap_or(#value)),
        DefaultValue::NoItems => quote!(self.#field.as_deref().unwrap_or_default()),
        DefaultValue::Variant(_) => quote!(self.#field.as_ref().unwrap_or(&#value)),
    }
}

fn emit_of_field(scope: &Scope<'_>, member: &FieldDecl, method: &DefaultDecl) -> TokenStream {
    let (field, value) = (ident(&member.ident), emit_value(scope, member, &method.value));
    match method.value {
        DefaultValue::Bool(_) | DefaultValue::Integer(_) | DefaultValue::Number(_) => {
            quote!(self.#field.get_or(&#value).copied())
        }
        DefaultValue::Text(_) => quote!(self.#field.get_or(#value)),
        DefaultValue::NoItems | DefaultValue::Variant(_) => quote!(self.#field.get_or(&#value)),
    }
}

fn emit_value(scope: &Scope<'_>, member: &FieldDecl, value: &DefaultValue) -> TokenStream {
    match value {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Integer(value) => signed(*value < 0, &Literal::u128_unsuffixed(value.unsigned_abs())),
        DefaultValue::Number(value) => signed(value.is_sign_negative(), &Literal::f64_unsuffixed(value.abs())),
        DefaultValue::Text(text) => {
            let text = string(text);
            quote!(#text)
        }
        DefaultValue::Variant(variant) => {
            let (ty, variant) = (scope.ty(&member.ty), ident(variant));
            quote!(#ty::#variant)
        }
        DefaultValue::NoItems => quote!([]),
    }
}

fn signed(negative: bool, literal: &Literal) -> TokenStream {
    if negative { quote!(-#literal) } else { quote!(#literal) }
}
