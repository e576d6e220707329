//! Accessors: methods that find something at one of several places. Nothing but field accesses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{ident, index};
use crate::plan::declaration::{AccessorDecl, Arm, SignatureType, Step, TypeDecl};

/// `impl X { … }` with all accessors of a type.
pub(super) fn emit_accessors(scope: &Scope<'_>, decl: &TypeDecl) -> Option<TokenStream> {
    let name = ident(&decl.ident);
    let methods = decl.accessors.iter().map(|accessor| emit_accessor(scope, accessor));
    (!decl.accessors.is_empty()).then(|| quote!(impl #name { #(#methods)* }))
}

fn emit_accessor(scope: &Scope<'_>, accessor: &AccessorDecl) -> TokenStream {
    let own = accessor.arms.iter().find(|arm| arm.variant.is_none());
    let body = match own {
        Some(arm) => emit_ways(accessor, arm, &quote!(self)),
        None => {
            let arms = accessor.arms.iter().map(|arm| {
                let variant = ident(arm.variant.as_deref().unwrap_or_default());
                let ways = emit_ways(accessor, arm, &quote!(it));
                quote!(Self::#variant(it) => #ways,)
            });
            quote!(match self { #(#arms)* _ => None })
        }
    };
    emit_function(scope, &accessor.signature, &TokenStream::new(), &body)
}

/// The ways after one another, the first that ends at something counts.
fn emit_ways(accessor: &AccessorDecl, arm: &Arm, start: &TokenStream) -> TokenStream {
    let mut ways = arm.ways.iter().map(|way| emit_way(accessor.given(), way, start));
    let first = ways.next().unwrap_or_else(|| quote!(None));
    ways.fold(first, |before, way| quote!(#before.or(#way)))
}

fn emit_way(given: Option<&SignatureType>, way: &[Step], start: &TokenStream) -> TokenStream {
    // What is surely there is a place; behind the first thing that may be absent it is an option of a reference.
    let (mut at, mut sure) = (start.clone(), true);
    let mut steps = way.iter().peekable();
    while let Some(step) = steps.next() {
        (at, sure) = match (step, sure) {
            (Step::Member(field, None), true) => (member(&at, field), true),
            (Step::Member(field, Some(get)), true) => (got(&member(&at, field), get), false),
            (Step::Member(field, None), false) => {
                let inner = member(&quote!(it), field);
                let unbox = steps.next_if(|next| matches!(next, Step::Unbox)).map(|_| quote!(*));
                (quote!(#at.map(|it| &#unbox #inner)), false)
            }
            (Step::Member(field, Some(get)), false) => {
                let inner = got(&member(&quote!(it), field), get);
                (quote!(#at.and_then(|it| #inner)), false)
            }
            // A reference to a box is taken for one to what is in it where the type is known.
            (Step::Unbox, true) => (at, true),
            (Step::Unbox, false) => (quote!(#at.map(|it| &**it)), false),
            (Step::Item(place), true) => (item(&at, *place), false),
            (Step::Item(place), false) => {
                let inner = item(&quote!(it), *place);
                (quote!(#at.and_then(|it| #inner)), false)
            }
        };
    }
    let text = matches!(given, Some(SignatureType::Text));
    if let (true, Some(text)) = (text, optional_text(way, start)) {
        return quote!(#text.as_deref().filter(|text| !text.is_empty()));
    }
    match (given, sure) {
        (Some(SignatureType::Text), true) => quote!(Some(#at.as_str()).filter(|text| !text.is_empty())),
        (Some(SignatureType::Text), false) => quote!(#at.map(String::as_str).filter(|text| !text.is_empty())),
        (Some(SignatureType::Value(_)), true) => quote!(Some(#at)),
        (Some(SignatureType::Value(_)), false) => quote!(#at.copied()),
        (_, true) if way.is_empty() => quote!(Some(#at)),
        (_, true) => quote!(Some(&#at)),
        (_, false) => at,
    }
}

/// The place of a text that is an option itself, behind nothing that may be absent.
fn optional_text(way: &[Step], start: &TokenStream) -> Option<TokenStream> {
    let (last, before) = way.split_last()?;
    let Step::Member(field, Some(get)) = last else { return None };
    let mut at = start.clone();
    for step in before {
        let Step::Member(around, None) = step else { return None };
        at = member(&at, around);
    }
    (*get == "as_ref").then(|| member(&at, field))
}

fn member(at: &TokenStream, field: &str) -> TokenStream {
    let field = ident(field);
    quote!(#at.#field)
}

fn got(at: &TokenStream, get: &str) -> TokenStream {
    let get = ident(get);
    quote!(#at.#get())
}

fn item(at: &TokenStream, place: usize) -> TokenStream {
    if place == 0 {
        return quote!(#at.first());
    }
    let place = index(place);
    quote!(#at.get(#place))
}
