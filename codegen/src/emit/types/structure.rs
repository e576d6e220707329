//! Models: the struct, its constructor and its setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::default::emit_defaults;
use super::{attributes, record, redacted};
use crate::emit::markdown::span;
use crate::emit::scope::Scope;
use crate::emit::token::{deprecated, doc, docs, ident};
use crate::plan::declaration::{Constructor, MemberDecl, Presence, RustType, Scalar, StructDecl, TypeDecl};

/// The struct and what belongs to it.
pub(super) fn emit_struct(scope: &Scope<'_>, decl: &TypeDecl, body: &StructDecl) -> Vec<TokenStream> {
    let name = ident(&decl.ident);
    let derives: &[&str] = if body.redacted { &["Clone", "PartialEq"] } else { &["Clone", "Debug", "PartialEq"] };
    let attributes = attributes(decl, derives);
    let fields = body.members.iter().map(|member| emit_field(scope, member));
    let extra = emit_extra_field(scope, body);
    let mut items = vec![quote! {
        #attributes #[non_exhaustive]
        pub struct #name { #(#fields,)* #extra }
    }];
    if body.redacted {
        items.push(redacted::emit_debug(
            &decl.ident,
            &body.members.iter().collect::<Vec<_>>(),
            Some(&body.extra_ident),
        ));
    }
    items.extend(emit_constructor(scope, decl, body));
    items.extend(emit_defaults(scope, decl, body));
    items
}

/// `pub name: T`, with its docs.
pub(super) fn emit_field(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    let (docs, deprecated) = (member_docs(member), deprecated(member.deprecated));
    let (name, ty) = (ident(&member.ident), field_type(scope, member));
    quote!(#docs #deprecated pub #name: #ty)
}

/// Docs of a member; without words in the document, its name on the wire.
pub(super) fn member_docs(member: &MemberDecl) -> TokenStream {
    if member.docs.is_empty() { doc(&span(&member.wire_name)) } else { docs(&member.docs) }
}

/// Type of a member's field.
pub(crate) fn field_type(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    let value = value_type(scope, member);
    match member.presence {
        Presence::Required => value,
        Presence::RequiredNullable | Presence::Optional => {
            let option = scope.prelude("Option");
            quote!(#option<#value>)
        }
        Presence::OptionalNullable => quote!(rt::Field<#value>),
    }
}

fn value_type(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    let ty = scope.ty(&member.ty);
    if member.boxed {
        let boxed = scope.prelude("Box");
        return quote!(#boxed<#ty>);
    }
    ty
}

fn emit_extra_field(scope: &Scope<'_>, body: &StructDecl) -> TokenStream {
    let (docs, name) = (doc("Members that this version does not know."), ident(&body.extra_ident));
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
    let required: Vec<&MemberDecl> = body.members.iter().filter(|member| is_argument(member)).collect();
    let mut items = Vec::new();
    let new = match constructor {
        Constructor::Positional => emit_positional(scope, body, &required),
        Constructor::Record(record) => {
            items.extend(record::emit_record(scope, decl, body, record));
            record::emit_new(body, record)
        }
    };
    let setters = body.members.iter().filter(|member| !is_argument(member)).map(|member| emit_setter(scope, member));
    let name = ident(&decl.ident);
    items.push(quote!(impl #name { #new #(#setters)* }));
    if required.is_empty() {
        let default = scope.prelude("Default");
        items.push(quote!(impl #default for #name { fn default() -> Self { Self::new() } }));
    }
    items
}

/// Whether a constructor asks for the member.
pub(crate) fn is_argument(member: &MemberDecl) -> bool {
    matches!(member.presence, Presence::Required | Presence::RequiredNullable)
}

fn emit_positional(scope: &Scope<'_>, body: &StructDecl, required: &[&MemberDecl]) -> TokenStream {
    let arguments = required.iter().map(|member| {
        let (name, ty) = (ident(&member.ident), constructor_argument(scope, member));
        quote!(#name: #ty)
    });
    let values = initial_values(body, &|member| constructed(member, &TokenStream::new()));
    let doc = doc(if required.is_empty() { "Without any member set." } else { "With the required members." });
    quote! {
        #doc
        pub fn new(#(#arguments),*) -> Self { Self { #(#values),* } }
    }
}

/// How a constructor takes a required member.
pub(crate) fn constructor_argument(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    match (member.presence, &member.ty) {
        (Presence::Required, ty) if is_text(ty) => into(scope, ty),
        (Presence::RequiredNullable, ty) => {
            let (option, ty) = (scope.prelude("Option"), scope.ty(ty));
            quote!(#option<#ty>)
        }
        (_, ty) => scope.ty(ty),
    }
}

fn into(scope: &Scope<'_>, ty: &RustType) -> TokenStream {
    let (into, ty) = (scope.prelude("Into"), scope.ty(ty));
    quote!(impl #into<#ty>)
}

/// Whether a type is a text in disguise: callers write a literal, and whatever it stands for takes it. A file is one too.
pub(crate) fn is_text(ty: &RustType) -> bool {
    let RustType::Scalar(scalar) = ty else { return false };
    let decimal = matches!(scalar, Scalar::Decimal | Scalar::DecimalText | Scalar::NumberOrString);
    decimal || matches!(scalar, Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Uuid | Scalar::File)
}

/// The value of a required member's field, out of the argument (or `source.` field) of its name.
pub(super) fn constructed(member: &MemberDecl, source: &TokenStream) -> TokenStream {
    let name = ident(&member.ident);
    let value = quote!(#source #name);
    match (member.presence, member.boxed, &member.ty) {
        (Presence::Required, false, ty) if source.is_empty() && is_text(ty) => quote!(#value.into()),
        (Presence::Required, true, _) => quote!(Box::new(#value)),
        (_, true, _) => quote!(#value.map(Box::new)),
        (_, false, _) => value,
    }
}

/// `name: value` for every field of a struct that is being made; `argument` gives those that the caller brought.
pub(super) fn initial_values(body: &StructDecl, argument: &dyn Fn(&MemberDecl) -> TokenStream) -> Vec<TokenStream> {
    let values = body.members.iter().map(|member| {
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

fn emit_setter(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    let (docs, deprecated, name) = (member_docs(member), deprecated(member.deprecated), ident(&member.ident));
    let argument = setter_argument(scope, member);
    let value = match (member.presence, member.boxed, &member.ty) {
        (Presence::OptionalNullable, _, _) => quote!(#name.into()),
        (_, true, _) => quote!(Some(Box::new(#name))),
        (_, false, ty) if is_text(ty) => quote!(Some(#name.into())),
        (_, false, _) => quote!(Some(#name)),
    };
    quote! {
        #docs #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// How a setter takes an optional member.
pub(crate) fn setter_argument(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    match (member.presence, &member.ty) {
        (Presence::OptionalNullable, _) => {
            let (into, value) = (scope.prelude("Into"), value_type(scope, member));
            quote!(impl #into<rt::Field<#value>>)
        }
        (_, ty) if is_text(ty) => into(scope, ty),
        (_, ty) => scope.ty(ty),
    }
}
