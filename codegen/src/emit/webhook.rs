//! `webhooks.rs`: messages that the API sends, as an enum of payloads, and how a delivery is read.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::facts::emit_webhook_facts;
use crate::emit::op::{emit_read, output_type};
use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{deprecated, docs, ident, index};
use crate::plan::declaration::{OutputDecl, Plan, WebhookDecl, WebhookDoes, WebhooksDecl};

/// Items of the file.
pub(crate) fn emit_webhook_file(plan: &Plan, webhooks: &WebhooksDecl) -> Vec<TokenStream> {
    let scope = Scope::outside(plan, BTreeSet::new());
    let items = [emit_enum(&scope, webhooks), emit_parse(&scope, webhooks), emit_impl(&scope, webhooks)];
    let mut all = vec![quote!(
        use typewright_runtime::codegen::v1 as rt;
    )];
    if scope.uses_types() {
        all.push(quote!(
            use super::types;
        ));
    }
    all.extend(items);
    all
}

/// A payload as it stands in its variant; `None` where there is none.
pub(crate) fn payload_type(scope: &Scope<'_>, webhook: &WebhookDecl) -> Option<TokenStream> {
    let ty = match &webhook.payload {
        OutputDecl::Empty => return None,
        payload => output_type(scope, payload),
    };
    Some(if webhook.is_boxed() { quote!(Box<#ty>) } else { ty })
}

fn emit_enum(scope: &Scope<'_>, webhooks: &WebhooksDecl) -> TokenStream {
    let variants = webhooks.variants.iter().map(|webhook| {
        let (docs, name) = (docs(&webhook.docs), ident(&webhook.ident));
        let deprecated = deprecated(webhook.deprecated);
        let payload = payload_type(scope, webhook).map(|ty| quote!((#ty)));
        quote!(#docs #deprecated #name #payload)
    });
    quote! {
        /// Webhooks: one variant for each webhook and callback of the document.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Webhook {
            #(#variants,)*
            /// Something that the document does not name, as it came.
            Unknown(rt::Json),
        }
    }
}

fn emit_parse(scope: &Scope<'_>, webhooks: &WebhooksDecl) -> TokenStream {
    let functions = webhooks.functions.iter().map(|function| {
        let body = match function.does {
            WebhookDoes::Verifier => quote!(rt::WebhookVerifier::new(secrets)),
            WebhookDoes::Parse => quote!(rt::parse_webhook(headers, body)),
            WebhookDoes::ParseAs => quote!(rt::parse_webhook_as(name, headers, body)),
        };
        emit_function(scope, &function.signature, &TokenStream::new(), &body)
    });
    quote!(impl Webhook { #(#functions)* })
}

fn emit_impl(scope: &Scope<'_>, webhooks: &WebhooksDecl) -> TokenStream {
    let facts = emit_webhook_facts(webhooks);
    let headers = webhooks.headers.as_ref().map_or_else(|| quote!(()), |(ty, _)| scope.ty(ty));
    let arms = webhooks.variants.iter().enumerate().map(|(at, webhook)| {
        let (at, name, read) = (index(at), ident(&webhook.ident), emit_read(&webhook.payload));
        match &webhook.payload {
            OutputDecl::Empty => quote!(#at => Ok(Self::#name),),
            _ if webhook.is_boxed() => quote!(#at => delivered.#read.map(Box::new).map(Self::#name),),
            _ => quote!(#at => delivered.#read.map(Self::#name),),
        }
    });
    quote! {
        impl rt::Webhooks for Webhook {
            type Headers = #headers;
            const FACTS: &'static rt::WebhookFacts = &#facts;
            fn decode(kind: usize, delivered: &rt::RawReply) -> Result<Self, rt::DecodeError> {
                match kind { #(#arms)* _ => delivered.json().map(Self::Unknown) }
            }
        }
    }
}
