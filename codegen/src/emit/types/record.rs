//! The plain struct of required members that `new` takes where there are more than a caller can keep in order.

use proc_macro2::TokenStream;
use quote::quote;

use super::redacted;
use super::structure::{constructed, initial_values, is_argument, member_docs};
use crate::emit::scope::Scope;
use crate::emit::token::{deprecated, doc, ident};
use crate::plan::declaration::{MemberDecl, Presence, StructDecl, TypeDecl};

/// `pub struct CreateOrderRequired { … }`: not `non_exhaustive`, because callers write it.
pub(super) fn emit_record(scope: &Scope<'_>, decl: &TypeDecl, body: &StructDecl, record: &str) -> Vec<TokenStream> {
    let required: Vec<&MemberDecl> = body.members.iter().filter(|member| is_argument(member)).collect();
    let fields = required.iter().map(|member| {
        let (docs, deprecated, name) = (member_docs(member), deprecated(member.deprecated), ident(&member.ident));
        let ty = record_field_type(scope, member);
        quote!(#docs #deprecated pub #name: #ty)
    });
    let (doc, name) = (emit_doc(decl), ident(record));
    let derives = if body.redacted { quote!(Clone, PartialEq) } else { quote!(Clone, Debug, PartialEq) };
    let item = quote!(#doc #[derive(#derives)] pub struct #name { #(#fields),* });
    if body.redacted { vec![item, redacted::emit_debug(record, &required, None)] } else { vec![item] }
}

/// Docs of the record.
pub(super) fn emit_doc(decl: &TypeDecl) -> TokenStream {
    doc(&format!("What a [`{}`] cannot be without.", decl.ident))
}

/// Type of a field of the record: nothing is boxed, because it stands nowhere.
pub(crate) fn record_field_type(scope: &Scope<'_>, member: &MemberDecl) -> TokenStream {
    let (ty, option) = (scope.ty(&member.ty), scope.prelude("Option"));
    if member.presence == Presence::RequiredNullable { quote!(#option<#ty>) } else { ty }
}

/// `new` of the model itself.
pub(super) fn emit_new(body: &StructDecl, record: &str) -> TokenStream {
    let (doc, name) = (doc("With the required members."), ident(record));
    let values = initial_values(body, &|member| constructed(member, &quote!(required.)));
    quote! {
        #doc
        pub fn new(required: #name) -> Self { Self { #(#values),* } }
    }
}
