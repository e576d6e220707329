//! `error.rs`: the crate's error, and what the API answers when it refuses.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::signature::emit_head;
use crate::emit::token::{doc, docs, ident, index, string};
use crate::plan::declaration::{Plan, Signature};

/// Items of the file.
pub(crate) fn emit_error_file(plan: &Plan) -> Vec<TokenStream> {
    let scope = Scope::outside(plan, BTreeSet::new());
    let items = [emit_alias(), emit_enum(&scope), emit_body(&scope)];
    let mut all = vec![quote!(
        use typewright_runtime::codegen::v1 as rt;
    )];
    if scope.uses_types() {
        all.push(quote!(
            use super::types;
        ));
    }
    all.extend(items);
    all.extend(emit_values(&scope, &plan.error.values));
    all
}

/// What errors tell beside code, message and details: methods of a trait, because the error's type is the runtime's.
fn emit_values(scope: &Scope<'_>, values: &[(Signature, String)]) -> Vec<TokenStream> {
    if values.is_empty() {
        return Vec::new();
    }
    let declared = values.iter().map(|(signature, _)| {
        let (docs, head) = (docs(&signature.docs), emit_head(scope, signature));
        quote!(#docs #head;)
    });
    let given = values.iter().map(|(signature, pointer)| {
        let (head, pointer) = (emit_head(scope, signature), string(pointer));
        quote!(#head { self.text_at(#pointer) })
    });
    vec![
        quote! {
            /// What this API's errors tell beside code, message and details. Import it to call its methods.
            pub trait ErrorValues { #(#declared)* }
        },
        quote!(impl ErrorValues for Error { #(#given)* }),
    ]
}

fn emit_alias() -> TokenStream {
    quote! {
        /// What can go wrong with a call, or with setting up a client.
        pub type Error = rt::Error<ApiError>;
    }
}

fn emit_enum(scope: &Scope<'_>) -> TokenStream {
    let variants = scope.plan.error.variants.iter().map(|(variant, ty)| {
        let (doc, variant, ty) = (doc("A body of this shape."), ident(variant), scope.ty(ty));
        quote!(#doc #variant(Box<#ty>))
    });
    quote! {
        /// What the API answers when it refuses: a variant for every schema that the document declares for refusals.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ApiError {
            #(#variants,)*
            /// A body that no schema of the document fits, as it came.
            Unknown(rt::Json),
        }
    }
}

fn emit_body(scope: &Scope<'_>) -> TokenStream {
    let error = &scope.plan.error;
    let code = error.code.as_ref().map_or_else(|| quote!(String), |code| scope.ty(code));
    let arms = error.variants.iter().enumerate().map(|(at, (variant, _))| {
        let (at, variant) = (index(at), ident(variant));
        quote!(#at => d.boxed().map(Self::#variant),)
    });
    let decode = if error.variants.is_empty() {
        quote! {
            fn decode(_: usize, d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> { d.json().map(Self::Unknown) }
        }
    } else {
        quote! {
            fn decode(schema: usize, d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> {
                match schema { #(#arms)* _ => d.json().map(Self::Unknown) }
            }
        }
    };
    quote! {
        impl rt::ApiErrorBody for ApiError {
            type Code = #code;
            #decode
        }
    }
}
