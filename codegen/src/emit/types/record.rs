//! The plain struct of required members that `new` takes where there are more than a caller can keep in order.

use proc_macro2::TokenStream;
use quote::quote;

use super::redacted;
use crate::emit::scope::Scope;
use crate::emit::token::{deprecated, docs, ident};
use crate::plan::declaration::{FieldDecl, RecordDecl, StructDecl};

/// `pub struct CreateOrderRequired { … }`: not `non_exhaustive`, because callers write it.
pub(super) fn emit_record(scope: &Scope<'_>, body: &StructDecl, record: &RecordDecl) -> Vec<TokenStream> {
    let required: Vec<&FieldDecl> = body.fields.iter().filter(|member| member.is_required()).collect();
    let fields = required.iter().map(|member| {
        let (docs, deprecated, name) = (docs(&member.docs), deprecated(member.deprecated), ident(&member.ident));
        let ty = scope.ty(&member.given());
        quote!(#docs #deprecated pub #name: #ty)
    });
    let (docs, name) = (docs(&record.docs), ident(&record.ident));
    let derives = if body.redacted { quote!(Clone, PartialEq) } else { quote!(Clone, Debug, PartialEq) };
    let item = quote!(#docs #[derive(#derives)] pub struct #name { #(#fields),* });
    if body.redacted { vec![item, redacted::emit_debug(&record.ident, &required, None)] } else { vec![item] }
}
