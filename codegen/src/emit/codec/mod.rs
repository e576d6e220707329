//! The files below `codec/`: how models are read and written. Straight-line calls of the runtime's decoder and encoder;
//! ARCHITECTURE.md says what anything cleverer costs the compiler.

mod enumeration;
mod serde;
mod structure;
mod union;

pub(crate) use self::serde::emit_serde_file;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::token::ident;
use crate::plan::declaration::{TypeBody, TypeDecl};

/// Items of one file below `codec/`.
pub(crate) fn emit_codec_file(decls: &[&TypeDecl]) -> Vec<TokenStream> {
    let mut items = vec![
        quote!(
            use typewright_runtime::codegen::v1 as rt;
        ),
        quote!(
            use super::super::types;
        ),
    ];
    for decl in decls {
        items.extend(emit_codec(decl));
    }
    items
}

fn emit_codec(decl: &TypeDecl) -> [TokenStream; 2] {
    match &decl.body {
        TypeBody::Struct(body) => structure::emit_codec(decl, body),
        TypeBody::StringEnum(_) => enumeration::emit_string_codec(decl),
        TypeBody::IntegerEnum(_) => enumeration::emit_integer_codec(decl),
        TypeBody::Union(union) => union::emit_codec(decl, union),
        TypeBody::RawUnion(_) => union::emit_raw_codec(decl),
    }
}

/// `impl rt::Decode for …` with this body; `decoder` is the name that the body gives the decoder.
fn emit_decode(decl: &TypeDecl, decoder: &str, body: &TokenStream) -> TokenStream {
    let (name, decoder) = (ident(&decl.ident), ident(decoder));
    quote! {
        impl rt::Decode for types::#name {
            fn decode(#decoder: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> { #body }
        }
    }
}

/// `impl rt::Encode for …` with this body, which calls the encoder `e`.
fn emit_encode(decl: &TypeDecl, body: &TokenStream) -> TokenStream {
    let name = ident(&decl.ident);
    quote! {
        impl rt::Encode for types::#name {
            fn encode(&self, e: &mut rt::Encoder) { #body }
        }
    }
}
