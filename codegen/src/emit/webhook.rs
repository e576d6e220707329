//! `webhooks.rs`: messages that the API sends, as an enum of payloads, and how a delivery is read.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::facts::emit_webhook_facts;
use crate::emit::op::{emit_read, output_type};
use crate::emit::scope::Scope;
use crate::emit::token::{deprecated, doc, docs, ident, index};
use crate::plan::declaration::{OutputDecl, Plan, WebhookDecl, WebhooksDecl};

/// Items of the file.
pub(crate) fn emit_webhook_file(plan: &Plan, webhooks: &WebhooksDecl) -> Vec<TokenStream> {
    let scope = Scope::outside(plan, BTreeSet::new());
    let items = [emit_enum(&scope, webhooks), emit_parse(webhooks), emit_impl(&scope, webhooks)];
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
        /// What the API sends of its own accord: a variant for every webhook and callback of the document.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Webhook {
            #(#variants,)*
            /// Something that the document does not name, as it came.
            Unknown(rt::Json),
        }
    }
}

/// Where deliveries are signed, reading one without checking it says so in its name.
fn emit_parse(webhooks: &WebhooksDecl) -> TokenStream {
    let signed = webhooks.facts.signature.is_some();
    let (parse, parse_as) = names(webhooks);
    let unchecked = if signed { " Nobody has checked its signature: see `verifier`." } else { "" };
    let parse_doc = doc(&format!("Reads a delivery by its headers and its body.{unchecked}"));
    let parse_as_doc = doc(&format!("Reads a delivery of this name, known by where it arrived.{unchecked}"));
    let verifier = signed.then(|| {
        quote! {
            /// Checks the signatures of deliveries with these secrets, and reads what passes.
            pub fn verifier(
                secrets: impl IntoIterator<Item = impl Into<rt::Secret>>,
            ) -> rt::WebhookVerifier<Self> {
                rt::WebhookVerifier::new(secrets)
            }
        }
    });
    let (parse, parse_as) = (ident(parse), ident(parse_as));
    quote! {
        impl Webhook {
            #verifier

            #parse_doc
            pub fn #parse(headers: &rt::HeaderMap, body: &[u8]) -> Result<rt::Delivery<Self>, rt::WebhookError> {
                rt::parse_webhook(headers, body)
            }

            #parse_as_doc
            pub fn #parse_as(
                name: &str,
                headers: &rt::HeaderMap,
                body: &[u8],
            ) -> Result<rt::Delivery<Self>, rt::WebhookError> {
                rt::parse_webhook_as(name, headers, body)
            }
        }
    }
}

/// What reading a delivery is called, by its headers and by its name.
pub(crate) fn names(webhooks: &WebhooksDecl) -> (&'static str, &'static str) {
    match webhooks.facts.signature {
        Some(_) => ("parse_unverified", "parse_unverified_as"),
        None => ("parse", "parse_as"),
    }
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
