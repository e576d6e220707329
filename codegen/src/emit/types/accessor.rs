//! Accessors: methods that find something at one of several places. Nothing but field accesses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::token::{docs, ident, index};
use crate::plan::declaration::{AccessorDecl, Arm, RustType, Scalar, Step, TypeDecl};

/// `impl X { … }` with all accessors of a type.
pub(super) fn emit_accessors(scope: &Scope<'_>, decl: &TypeDecl) -> Option<TokenStream> {
    let name = ident(&decl.ident);
    let methods = decl.accessors.iter().map(|accessor| emit_accessor(scope, accessor));
    (!decl.accessors.is_empty()).then(|| quote!(impl #name { #(#methods)* }))
}

fn emit_accessor(scope: &Scope<'_>, accessor: &AccessorDecl) -> TokenStream {
    let (docs, name, output) = (docs(&accessor.docs), ident(&accessor.ident), accessor_output(scope, accessor));
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
    quote!(#docs pub fn #name(&self) -> #output { #body })
}

/// `Option<…>` of what an accessor finds.
pub(crate) fn accessor_output(scope: &Scope<'_>, accessor: &AccessorDecl) -> TokenStream {
    let (option, ty) = (scope.prelude("Option"), scope.ty(&accessor.output));
    match kind(&accessor.output) {
        Kind::Text => quote!(#option<&str>),
        Kind::Copy => quote!(#option<#ty>),
        Kind::Reference => quote!(#option<&#ty>),
    }
}

/// How a found value is handed out.
enum Kind {
    Text,
    Copy,
    Reference,
}

fn kind(ty: &RustType) -> Kind {
    use Scalar::{Bool, F64, I32, I64, U32, U64};
    match ty {
        RustType::Scalar(Scalar::String) => Kind::Text,
        RustType::Scalar(Bool | I32 | I64 | U32 | U64 | F64) => Kind::Copy,
        _ => Kind::Reference,
    }
}

/// The ways after one another, the first that ends at something counts.
fn emit_ways(accessor: &AccessorDecl, arm: &Arm, start: &TokenStream) -> TokenStream {
    let mut ways = arm.ways.iter().map(|way| emit_way(&accessor.output, way, start));
    let first = ways.next().unwrap_or_else(|| quote!(None));
    ways.fold(first, |before, way| quote!(#before.or(#way)))
}

fn emit_way(output: &RustType, way: &[Step], start: &TokenStream) -> TokenStream {
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
    if let (Kind::Text, Some(text)) = (kind(output), optional_text(way, start)) {
        return quote!(#text.as_deref().filter(|text| !text.is_empty()));
    }
    match (kind(output), sure) {
        (Kind::Text, true) => quote!(Some(#at.as_str()).filter(|text| !text.is_empty())),
        (Kind::Text, false) => quote!(#at.map(String::as_str).filter(|text| !text.is_empty())),
        (Kind::Copy, true) => quote!(Some(#at)),
        (Kind::Copy, false) => quote!(#at.copied()),
        (Kind::Reference, true) if way.is_empty() => quote!(Some(#at)),
        (Kind::Reference, true) => quote!(Some(&#at)),
        (Kind::Reference, false) => at,
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
