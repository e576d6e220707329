//! Retry policies, and the keys that make repeating safe.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{link, mark, strings};
use crate::emit::token::{number, string};
use crate::facts::{Idempotency, Jitter, RetryPolicy, StatusFact};

/// `rt::RetryFacts::new()…`.
pub(super) fn emit_retry(policy: &RetryPolicy) -> TokenStream {
    // A policy that is off and says nothing else can never be switched to anything of its own.
    if *policy == (RetryPolicy { enabled: false, ..RetryPolicy::default() }) {
        return quote!(rt::RetryFacts::never());
    }
    let off = mark("off_by_default", !policy.enabled);
    let attempts = link("attempts", policy.attempts.map(|attempts| literal(attempts.into())));
    let base = link("base_delay_ms", policy.base_delay_ms.map(literal));
    let max = link("max_delay_ms", policy.max_delay_ms.map(literal));
    // None at all is said too: then no answer is repeated.
    let statuses = link("statuses", policy.statuses.as_deref().map(list_statuses));
    let network = link("network", policy.network.map(|network| quote!(#network)));
    let jitter = match policy.jitter {
        None => TokenStream::new(),
        Some(Jitter::Added) => mark("added_jitter", true),
        Some(Jitter::Factor(from, to)) => {
            let (from, to) = (float(from), float(to));
            quote!(.jitter(#from, #to))
        }
    };
    quote!(rt::RetryFacts::new() #off #attempts #base #max #statuses #network #jitter)
}

/// `rt::IdempotencyFacts::new(…)…`.
pub(super) fn emit_idempotency(facts: &Idempotency) -> TokenStream {
    let header = string(&facts.header);
    let methods = link("methods", (!facts.methods.is_empty()).then(|| strings(&facts.methods)));
    let value = link(
        "value",
        facts.value.as_deref().map(|value| {
            let value = string(value);
            quote!(#value)
        }),
    );
    let renew = link("renew", emit_statuses(&facts.renew));
    let retry = link("retry", facts.retry.as_ref().map(emit_retry));
    let running = mark("marks_running", facts.marks_running);
    quote!(rt::IdempotencyFacts::new(#header) #methods #value #renew #retry #running)
}

/// A list of statuses, or nothing.
pub(super) fn emit_statuses(statuses: &[StatusFact]) -> Option<TokenStream> {
    (!statuses.is_empty()).then(|| list_statuses(statuses))
}

fn list_statuses(statuses: &[StatusFact]) -> TokenStream {
    let statuses = statuses.iter().map(|status| match status {
        StatusFact::Code(code) => {
            let code = number((*code).into());
            quote!(rt::Status::Exact(#code))
        }
        StatusFact::Class(class) => {
            let class = number((*class).into());
            quote!(rt::Status::Class(#class))
        }
    });
    quote!(&[#(#statuses),*])
}

fn literal(value: u64) -> TokenStream {
    let value = number(value);
    quote!(#value)
}

/// Literals panic on what is not finite; the reader of facts lets only numbers pass.
fn float(value: f64) -> Literal {
    Literal::f64_unsuffixed(if value.is_finite() { value } else { 1.0 })
}
