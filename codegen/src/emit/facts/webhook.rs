//! Facts of messages that the API sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::link;
use crate::emit::token::{index, number, string};
use crate::facts::{MacEncoding, MessagePlace, SignatureFacts};
use crate::plan::declaration::{HeaderRead, WebhooksDecl};

/// `rt::WebhookFacts::new(…)…`.
pub(crate) fn emit_webhook_facts(webhooks: &WebhooksDecl) -> TokenStream {
    let variants = index(webhooks.variants.len());
    let events = webhooks.events.iter().map(|(name, at)| {
        let (name, at) = (string(name), index(*at));
        quote!((#name, #at))
    });
    let headers = webhooks.headers.as_ref().map(|(_, headers)| {
        let headers = headers.iter().map(|(name, read)| emit_header(name, *read));
        quote!(&[#(#headers),*])
    });
    let facts = &webhooks.facts;
    let name = link("name", facts.name.as_ref().map(emit_place));
    let id = link("id", facts.id.as_ref().map(emit_place));
    let headers = link("headers", headers);
    let signature = link("signature", facts.signature.as_ref().map(emit_signature));
    quote!(rt::WebhookFacts::new(#variants, &[#(#events),*]) #name #id #headers #signature)
}

fn emit_header(name: &str, read: HeaderRead) -> TokenStream {
    let name = string(name);
    match read {
        HeaderRead::Text => quote!((#name, rt::HeaderRead::Text)),
        HeaderRead::Json => quote!((#name, rt::HeaderRead::Json)),
        HeaderRead::List => quote!((#name, rt::HeaderRead::List)),
    }
}

fn emit_place(part: &MessagePlace) -> TokenStream {
    match part {
        MessagePlace::Header(name) => {
            let name = string(name);
            quote!(rt::Part::Header(#name))
        }
        MessagePlace::Pointer(pointer) => {
            let pointer = string(pointer);
            quote!(rt::Part::Pointer(#pointer))
        }
    }
}

fn emit_signature(facts: &SignatureFacts) -> TokenStream {
    let text = |text: &String| {
        let text = string(text);
        quote!(#text)
    };
    let header = string(&facts.header);
    let timestamp = link("timestamp", facts.timestamp.as_ref().map(text));
    let message = link("message", facts.message.as_ref().map(text));
    let base64 = facts.encoding == MacEncoding::Base64;
    let encoding = link("encoding", base64.then(|| quote!(rt::MacEncoding::Base64)));
    let prefix = link("prefix", facts.prefix.as_ref().map(text));
    let tolerance = facts.tolerance.map(|seconds| {
        let seconds = number(seconds);
        quote!(#seconds)
    });
    let tolerance = link("tolerance", tolerance);
    quote!(rt::WebhookSignature::new(#header) #timestamp #message #encoding #prefix #tolerance)
}
