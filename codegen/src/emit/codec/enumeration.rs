//! Open enums: read through the conversion that keeps what is not listed, written as they are on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::{emit_decode, emit_encode};
use crate::plan::declaration::TypeDecl;

/// Of strings.
pub(super) fn emit_string_codec(decl: &TypeDecl) -> [TokenStream; 2] {
    [emit_decode(decl, "d", &quote!(d.text_as())), emit_encode(decl, &quote!(e.string(self.as_str())))]
}

/// Of whole numbers.
pub(super) fn emit_integer_codec(decl: &TypeDecl) -> [TokenStream; 2] {
    [
        emit_decode(decl, "d", &quote!(<i64 as rt::Decode>::decode(d).map(Self::from))),
        emit_encode(decl, &quote!(rt::Encode::encode(&self.as_i64(), e))),
    ]
}
