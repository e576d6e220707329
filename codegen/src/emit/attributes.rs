//! The files below `attributes/`: what the lists of a model can be filtered and ordered by.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{cfg, doc, ident, module_path, string};
use crate::plan::declaration::{AttributesDecl, Plan};

/// Items of one file.
pub(crate) fn emit_attributes_file(plan: &Plan, table: &AttributesDecl) -> Vec<TokenStream> {
    let scope = Scope::outside(plan, BTreeSet::new());
    let functions = table.attributes.iter().map(|one| {
        let wire = string(&one.wire_name);
        emit_function(&scope, &one.signature, &TokenStream::new(), &quote!(rt::Attribute::new(#wire)))
    });
    // One item to the printer, so that the table stays together.
    let functions: TokenStream = functions.collect();
    let mut items = vec![quote!(
        use typewright_runtime::codegen::v1 as rt;
    )];
    if scope.uses_types() {
        items.push(quote!(
            use super::super::types;
        ));
    }
    items.push(functions);
    items
}

/// Items of `attributes/mod.rs`.
pub(crate) fn emit_attributes_list(plan: &Plan, layout: Layout<'_>) -> Vec<TokenStream> {
    let modules = plan.attributes.iter().map(|table| {
        let ty = plan.types.get(table.ty).map_or("", |decl| decl.ident.as_str());
        let doc = doc(&format!("What lists of [`{ty}`](super::types::{ty}) can be filtered and ordered by."));
        let (path, cfg) = (module_path(&table.module), cfg(layout.feature(table.feature.as_deref())));
        let name = ident(&table.module);
        quote!(#doc #cfg #path pub mod #name;)
    });
    modules.collect()
}
