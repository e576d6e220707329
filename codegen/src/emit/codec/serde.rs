//! `codec/serde.rs`: both serde traits for every model, as shims over its codec.

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
    let shims = plan.types.iter().flat_map(|decl| emit_shims(decl, layout));
    imports.into_iter().chain(shims).collect()
}

fn emit_shims(decl: &TypeDecl, layout: Layout<'_>) -> [TokenStream; 2] {
    let (name, cfg) = (ident(&decl.ident), cfg(layout.feature(decl.feature.as_deref())));
    [
        quote! {
            #cfg
            impl rt::Serialize for types::#name {
                fn serialize<S: rt::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    rt::serde_serialize(self, serializer)
                }
            }
        },
        quote! {
            #cfg
            impl<'de> rt::Deserialize<'de> for types::#name {
                fn deserialize<D: rt::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    rt::serde_deserialize(deserializer)
                }
            }
        },
    ]
}
