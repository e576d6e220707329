//! Models: one slot a member, one call of the decoder that fills them, one line of the encoder for each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{emit_decode, emit_encode};
use crate::emit::token::{ident, index, string};
use crate::plan::declaration::{FieldDecl, Presence, RustType, Scalar, StructDecl, TypeDecl};

/// Both directions.
pub(super) fn emit_codec(decl: &TypeDecl, body: &StructDecl) -> [TokenStream; 2] {
    let locals = Locals::choose(body);
    let decode = emit_decode_body(body, &locals);
    [emit_decode(decl, &locals.decoder.to_string(), &decode), emit_encode(decl, &emit_encode_body(body))]
}

/// Names of the function's own variables: slots have the members' names, and a document may have a member `d`.
struct Locals {
    decoder: Ident,
    index: Ident,
    extra: Ident,
}

impl Locals {
    fn choose(body: &StructDecl) -> Self {
        Self { decoder: free(body, "d"), index: free(body, "index"), extra: ident(&body.extra_ident) }
    }
}

fn free(body: &StructDecl, name: &str) -> Ident {
    let mut free = name.to_owned();
    while free == body.extra_ident || body.fields.iter().any(|member| member.ident == free) {
        free.push('_');
    }
    ident(&free)
}

fn emit_decode_body(body: &StructDecl, locals: &Locals) -> TokenStream {
    let Locals { decoder, extra, .. } = locals;
    let names = body.fields.iter().map(|member| string(&member.wire_name));
    let empty = ident(if body.extra_type.is_some() { "Others" } else { "Extra" });
    let slots = body.fields.iter().map(emit_slot);
    let each = emit_each(body, locals);
    let required = emit_required(body, decoder);
    let values = body.fields.iter().map(|member| emit_value(member, decoder));
    quote! {
        static MEMBERS: &[&str] = &[#(#names),*];
        #(#slots)*
        let mut #extra = rt::#empty::new();
        #decoder.object(MEMBERS, &mut #extra, #each)?;
        #required
        Ok(Self { #(#values,)* #extra })
    }
}

fn emit_slot(member: &FieldDecl) -> TokenStream {
    let name = ident(&member.ident);
    match member.presence {
        Presence::OptionalNullable => quote!(let mut #name = rt::Field::Absent;),
        _ => quote!(let mut #name = None;),
    }
}

/// The closure that fills a slot. A match of one arm is none: clippy says so, and it reads better.
fn emit_each(body: &StructDecl, locals: &Locals) -> TokenStream {
    let Locals { decoder, index: number, .. } = locals;
    let calls: Vec<TokenStream> = body.fields.iter().map(|member| emit_read(member, decoder)).collect();
    match calls.split_last() {
        None => quote!(&mut |_, _| Ok(())),
        Some((only, [])) => quote!(&mut |_, #decoder| #only),
        Some((last, others)) => {
            let arms = others.iter().enumerate().map(|(at, call)| {
                let at = index(at);
                quote!(#at => #call,)
            });
            quote!(&mut |#number, #decoder| match #number { #(#arms)* _ => #last, })
        }
    }
}

fn emit_read(member: &FieldDecl, decoder: &Ident) -> TokenStream {
    let name = ident(&member.ident);
    let method = ident(match (member.presence, member.well_formed) {
        (Presence::Required | Presence::RequiredNullable, false) => "required",
        (Presence::Required | Presence::RequiredNullable, true) => "required_well_formed",
        (Presence::Optional, false) => "optional",
        (Presence::Optional, true) => "optional_well_formed",
        (Presence::OptionalNullable, false) => "field",
        (Presence::OptionalNullable, true) => "field_well_formed",
    });
    quote!(#decoder.#method(&mut #name))
}

/// Takes all required values out of their slots at once: every exit of its own would cost the compiler a fifth of a
/// millisecond.
fn emit_required(body: &StructDecl, decoder: &Ident) -> TokenStream {
    let required: Vec<&FieldDecl> = body.fields.iter().filter(|member| must_be_there(member)).collect();
    let slots: Vec<Ident> = required.iter().map(|member| ident(&member.ident)).collect();
    let names = required.iter().map(|member| string(&member.wire_name));
    let lack = quote!(return Err(#decoder.missing(&[#(#names),*])););
    match slots.as_slice() {
        [] => TokenStream::new(),
        [slot] => quote!(let Some(#slot) = #slot else { #lack };),
        slots => quote!(let (#(Some(#slots)),*) = (#(#slots),*) else { #lack };),
    }
}

fn must_be_there(member: &FieldDecl) -> bool {
    matches!(member.presence, Presence::Required | Presence::RequiredNullable) && member.default.is_none()
}

fn emit_value(member: &FieldDecl, decoder: &Ident) -> TokenStream {
    let name = ident(&member.ident);
    match (member.presence, &member.default) {
        (Presence::Required | Presence::RequiredNullable, Some(default)) => {
            let default = string(default);
            quote!(#name: #decoder.or_default(#name, #default)?)
        }
        _ => quote!(#name),
    }
}

/// Whether the document has decimals of the member as strings.
fn spells_decimals(ty: &RustType) -> bool {
    match ty {
        RustType::Scalar(scalar) => *scalar == Scalar::DecimalText,
        RustType::List(inner) | RustType::Map(inner) | RustType::Nullable(inner) => spells_decimals(inner),
        RustType::Tuple(items) => items.iter().any(spells_decimals),
        _ => false,
    }
}

fn emit_encode_body(body: &StructDecl) -> TokenStream {
    let members = body.fields.iter().map(|member| {
        let (name, wire) = (ident(&member.ident), string(&member.wire_name));
        let method = ident(match member.presence {
            Presence::Required | Presence::RequiredNullable => "member",
            Presence::Optional => "optional",
            Presence::OptionalNullable => "field",
        });
        let text = spells_decimals(&member.ty).then(|| quote!(.as_text()));
        quote!(e #text .#method(#wire, &self.#name);)
    });
    let extra = ident(&body.extra_ident);
    quote! {
        e.begin_object();
        #(#members)*
        e.extra(&self.#extra);
        e.end_object();
    }
}
