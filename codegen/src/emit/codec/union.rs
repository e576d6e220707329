//! Unions: the variant is chosen by a tag or by shape, and what no variant fits is kept.

use proc_macro2::TokenStream;
use quote::quote;

use super::{emit_decode, emit_encode};
use crate::emit::token::{ident, index, string};
use crate::plan::declaration::{Choice, TypeDecl, UnionDecl, VariantDecl, VariantShape};

/// Both directions of an enum over types.
pub(super) fn emit_codec(decl: &TypeDecl, union: &UnionDecl) -> [TokenStream; 2] {
    let body = match &union.choice {
        Choice::Tag(member) => emit_by_tag(union, member),
        Choice::Shape => emit_by_shape(union),
    };
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.ident);
        quote!(Self::#name(value) => rt::Encode::encode(value, e))
    });
    let encode = quote!(match self { #(#arms,)* Self::Unknown(value) => rt::Encode::encode(value, e) });
    [emit_decode(decl, "d", &body), emit_encode(decl, &encode)]
}

fn emit_by_tag(union: &UnionDecl, member: &str) -> TokenStream {
    let member = string(member);
    let arms = union.variants.iter().filter(|variant| !variant.tags.is_empty()).map(|variant| {
        let tags = variant.tags.iter().map(|tag| string(tag));
        let read = emit_read(variant);
        quote!(Some(#(#tags)|*) => #read,)
    });
    let fallback = union.variants.iter().find(|variant| variant.fallback).map(|variant| {
        let read = emit_read(variant);
        quote!(_ if d.kind()? == rt::Kind::Object => #read,)
    });
    quote! {
        match d.tag(#member)?.as_deref() { #(#arms)* #fallback _ => d.json().map(Self::Unknown) }
    }
}

fn emit_by_shape(union: &UnionDecl) -> TokenStream {
    let shapes = union.variants.iter().map(|variant| emit_shape(&variant.shape));
    let arms = union.variants.iter().enumerate().map(|(at, variant)| {
        let (at, read) = (index(at), emit_read(variant));
        quote!(Some(#at) => #read,)
    });
    quote! {
        static SHAPES: &[rt::ShapeFacts] = &[#(#shapes),*];
        match d.shape(SHAPES)? { #(#arms)* _ => d.json().map(Self::Unknown) }
    }
}

fn emit_read(variant: &VariantDecl) -> TokenStream {
    let name = ident(&variant.ident);
    if variant.boxed { quote!(d.boxed().map(Self::#name)) } else { quote!(rt::Decode::decode(d).map(Self::#name)) }
}

fn emit_shape(shape: &VariantShape) -> TokenStream {
    match shape {
        VariantShape::Object { required, known, constants, literals } => {
            let (required, known) = (strings(required), strings(known));
            let constants = constants.iter().map(|(name, values)| {
                let (name, values) = (string(name), strings(values));
                quote!((#name, #values))
            });
            let constants = call_unless_empty("constants", constants.collect());
            let literals = literals.iter().map(|(name, value)| {
                let (name, value) = (string(name), string(value));
                quote!((#name, #value))
            });
            let literals = call_unless_empty("literals", literals.collect());
            quote!(rt::ShapeFacts::object(#required, #known) #constants #literals)
        }
        VariantShape::Strings(values) => {
            let values = strings(values);
            quote!(rt::ShapeFacts::strings(#values))
        }
        VariantShape::Array => quote!(rt::ShapeFacts::array()),
        VariantShape::String => quote!(rt::ShapeFacts::string()),
        VariantShape::Integer => quote!(rt::ShapeFacts::integer()),
        VariantShape::Number => quote!(rt::ShapeFacts::number()),
        VariantShape::Boolean => quote!(rt::ShapeFacts::boolean()),
        VariantShape::Any => quote!(rt::ShapeFacts::any()),
    }
}

fn call_unless_empty(function: &str, items: Vec<TokenStream>) -> Option<TokenStream> {
    let function = ident(function);
    (!items.is_empty()).then(|| quote!(.#function(&[#(#items),*])))
}

fn strings(values: &[String]) -> TokenStream {
    let values = values.iter().map(|value| string(value));
    quote!(&[#(#values),*])
}

/// A raw value goes both ways as it is.
pub(super) fn emit_raw_codec(decl: &TypeDecl) -> [TokenStream; 2] {
    [
        emit_decode(decl, "d", &quote!(d.json().map(Self::from))),
        emit_encode(decl, &quote!(rt::Encode::encode(self.json(), e))),
    ]
}
