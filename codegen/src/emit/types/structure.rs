//! Models: the struct, its constructor and its setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::default::emit_defaults;
use super::{attributes, record, redacted};
use crate::emit::scope::Scope;
use crate::emit::signature::{emit_function, emit_held, emit_maybe};
use crate::emit::token::{deprecated, doc, docs, ident};
use crate::plan::declaration::{FieldDecl, Presence, StructDecl, TypeDecl};

/// The struct and what belongs to it.
pub(super) fn emit_struct(scope: &Scope<'_>, decl: &TypeDecl, body: &StructDecl) -> Vec<TokenStream> {
    let name = ident(&decl.ident);
    let derives: &[&str] = if body.redacted { &["Clone", "PartialEq"] } else { &["Clone", "Debug", "PartialEq"] };
    let attributes = attributes(decl, derives);
    let fields = body.fields.iter().map(|member| emit_field(scope, member));
    let extra = emit_extra_field(scope, body);
    let mut items = vec![quote! {
        #attributes #[non_exhaustive]
        pub struct #name { #(#fields,)* #extra }
    }];
    if body.redacted {
        items.push(redacted::emit_debug(&decl.ident, &body.fields.iter().collect::<Vec<_>>(), Some(&body.extra_ident)));
    }
    items.extend(emit_constructor(scope, decl, body));
    items.extend(emit_defaults(scope, decl, body));
    items
}

/// `pub name: T`, with its docs.
pub(super) fn emit_field(scope: &Scope<'_>, member: &FieldDecl) -> TokenStream {
    let (docs, deprecated) = (docs(&member.docs), deprecated(member.deprecated));
    let (name, ty) = (ident(&member.ident), scope.ty(&member.written));
    quote!(#docs #deprecated pub #name: #ty)
}

fn emit_extra_field(scope: &Scope<'_>, body: &StructDecl) -> TokenStream {
    let (docs, name) = (doc("Fields not known to this version of the crate."), ident(&body.extra_ident));
    match &body.extra_type {
        None => quote!(#docs pub #name: rt::Extra),
        Some(ty) => {
            let (docs, ty) = (doc("All other members."), scope.ty(ty));
            quote!(#docs pub #name: rt::Others<#ty>)
        }
    }
}

/// Constructor, setters, and `Default` where nothing is required.
fn emit_constructor(scope: &Scope<'_>, decl: &TypeDecl, body: &StructDecl) -> Vec<TokenStream> {
    let Some(constructor) = &body.constructor else { return Vec::new() };
    let mut items = Vec::new();
    let body_of_new = match &constructor.record {
        None => emit_positional(body),
        Some(record) => {
            items.extend(record::emit_record(scope, body, record));
            emit_new_from_record(body)
        }
    };
    let new = emit_function(scope, &constructor.new, &TokenStream::new(), &body_of_new);
    let setters = body.fields.iter().filter_map(|member| emit_setter(scope, body, member));
    let name = ident(&decl.ident);
    items.push(quote!(impl #name { #new #(#setters)* }));
    items.extend(decl.traits.iter().map(|name_of_trait| {
        let name_of_trait = scope.prelude(name_of_trait);
        quote!(impl #name_of_trait for #name { fn default() -> Self { Self::new() } })
    }));
    items
}

fn emit_positional(body: &StructDecl) -> TokenStream {
    let values = initial_values(body, &|member| constructed(member, &TokenStream::new()));
    quote!(Self { #(#values),* })
}

/// What `new` does with a record of the required members.
fn emit_new_from_record(body: &StructDecl) -> TokenStream {
    let values = initial_values(body, &|member| constructed(member, &quote!(required.)));
    quote!(Self { #(#values),* })
}

/// The value of a required member's field, out of the argument (or `source.` field) of its name.
fn constructed(member: &FieldDecl, source: &TokenStream) -> TokenStream {
    let name = ident(&member.ident);
    let value = quote!(#source #name);
    match (member.presence, member.boxed) {
        (Presence::Required, false) if source.is_empty() => emit_held(&member.taken, &value),
        (Presence::Required, true) => quote!(Box::new(#value)),
        (_, true) => quote!(#value.map(Box::new)),
        (_, false) => value,
    }
}

/// `name: value` for every field of a struct that is being made; `argument` gives those that the caller brought.
fn initial_values(body: &StructDecl, argument: &dyn Fn(&FieldDecl) -> TokenStream) -> Vec<TokenStream> {
    let values = body.fields.iter().map(|member| {
        let name = ident(&member.ident);
        let value = match member.presence {
            Presence::Required | Presence::RequiredNullable => argument(member),
            Presence::Optional => quote!(None),
            Presence::OptionalNullable => quote!(rt::Field::Absent),
        };
        if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    });
    let (extra, empty) = (ident(&body.extra_ident), if body.extra_type.is_some() { "Others" } else { "Extra" });
    let empty = ident(empty);
    values.chain([quote!(#extra: rt::#empty::new())]).collect()
}

fn emit_setter(scope: &Scope<'_>, owner: &StructDecl, member: &FieldDecl) -> Option<TokenStream> {
    let (signature, name) = (member.setter.as_ref()?, ident(&member.ident));
    let value = match (member.presence, member.boxed) {
        (Presence::OptionalNullable, _) => quote!(#name.into()),
        (_, true) => quote!(Some(Box::new(#name))),
        (_, false) => {
            let value = emit_held(&member.taken, &quote!(#name));
            quote!(Some(#value))
        }
    };
    let body = quote! {
        self.#name = #value;
        self
    };
    let set = emit_function(scope, signature, &TokenStream::new(), &body);
    let twin = owner.maybe(member).map(|twin| emit_maybe(scope, signature, &twin));
    Some(quote!(#set #twin))
}
