//! `codec/serde.rs`: both serde traits for every model, by way of its codec.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::token::{cfg, ident};
use crate::plan::declaration::{Plan, TypeDecl};

/// Items of the file.
pub(crate) fn emit_serde_file(plan: &Plan, layout: Layout<'_>) -> Vec<TokenStream> {
    let imports = [
        quote!(
            use typewright_runtime::codegen::v1 as rt;
        ),
        quote!(
            use super::super::types;
        ),
    ];
    let traits = plan.types.iter().filter(|decl| decl.is_defined()).map(|decl| emit_traits(decl, layout));
    imports.into_iter().chain(traits).collect()
}

/// One line: the two impls are the same for every type, so the runtime has them as a macro.
fn emit_traits(decl: &TypeDecl, layout: Layout<'_>) -> TokenStream {
    let (name, cfg) = (ident(&decl.ident), cfg(layout.feature(decl.file().1)));
    quote!(#cfg rt::serde_traits!(types::#name);)
}
