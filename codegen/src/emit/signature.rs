//! Functions as `plan` decided them: the one place that spells a signature.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::token::{deprecated, docs, ident};
use crate::plan::declaration::{Argument, Qualifier, Receiver, Signature, SignatureType};

/// A public function with this body; `cfg` gates it.
pub(crate) fn emit_function(
    scope: &Scope<'_>,
    signature: &Signature,
    cfg: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let (docs, deprecated, head) =
        (docs(&signature.docs), deprecated(signature.deprecated), emit_head(scope, signature));
    let must_use = signature.must_use.then(|| quote!(#[must_use]));
    let qualifier = emit_qualifier(signature.qualifier);
    quote!(#docs #cfg #deprecated #must_use pub #qualifier #head { #body })
}

/// A function without attributes and visibility: `fn name(&self, id: &str) -> Type`.
pub(crate) fn emit_head(scope: &Scope<'_>, signature: &Signature) -> TokenStream {
    let name = ident(&signature.name);
    let (generics, bounds) = (emit_generics(signature), emit_bounds(signature));
    let (arguments, output) = (emit_arguments(scope, signature), emit_type(scope, &signature.output));
    quote!(fn #name #generics(#arguments) -> #output #bounds)
}

pub(crate) fn emit_qualifier(qualifier: Qualifier) -> Option<TokenStream> {
    match qualifier {
        Qualifier::None => None,
        Qualifier::Const => Some(quote!(const)),
        Qualifier::Async => Some(quote!(async)),
    }
}

pub(crate) fn emit_generics(signature: &Signature) -> Option<TokenStream> {
    let names = signature.generics.iter().map(|generic| ident(generic.name));
    (!signature.generics.is_empty()).then(|| quote!(<#(#names),*>))
}

pub(crate) fn emit_bounds(signature: &Signature) -> Option<TokenStream> {
    let bounds: Vec<TokenStream> = signature
        .generics
        .iter()
        .filter_map(|generic| {
            let (name, bound) = (ident(generic.name), fixed(generic.bound?));
            Some(quote!(#name: #bound))
        })
        .collect();
    (!bounds.is_empty()).then(|| quote!(where #(#bounds),*))
}

/// `&self, id: &str`.
pub(crate) fn emit_arguments(scope: &Scope<'_>, signature: &Signature) -> TokenStream {
    let receiver = match signature.receiver {
        Receiver::None => None,
        Receiver::Value => Some(quote!(self)),
        Receiver::Changed => Some(quote!(mut self)),
        Receiver::Reference => Some(quote!(&self)),
    };
    let arguments = signature.arguments.iter().map(|argument| emit_argument(scope, argument));
    let all = receiver.into_iter().chain(arguments);
    quote!(#(#all),*)
}

fn emit_argument(scope: &Scope<'_>, argument: &Argument) -> TokenStream {
    let (name, ty) = (ident(&argument.name), emit_type(scope, &argument.ty));
    quote!(#name: #ty)
}

/// A type where a function takes or gives it.
pub(crate) fn emit_type(scope: &Scope<'_>, ty: &SignatureType) -> TokenStream {
    match ty {
        SignatureType::Value(ty) => scope.ty(ty),
        SignatureType::Reference(ty) => {
            let ty = scope.ty(ty);
            quote!(&#ty)
        }
        SignatureType::Text => quote!(&str),
        SignatureType::Slice(item) => {
            let item = scope.ty(item);
            quote!(&[#item])
        }
        SignatureType::Into(ty) => {
            let (into, ty) = (scope.prelude("Into"), emit_type(scope, ty));
            quote!(impl #into<#ty>)
        }
        SignatureType::Filter => quote!(rt::Filter),
        SignatureType::Sort => quote!(rt::Sort),
        SignatureType::AsText => {
            let as_ref = scope.prelude("AsRef");
            quote!(impl #as_ref<str>)
        }
        SignatureType::AsTexts => {
            let (iterator, as_ref) = (scope.prelude("IntoIterator"), scope.prelude("AsRef"));
            quote!(impl #iterator<Item = impl #as_ref<str>>)
        }
        SignatureType::Items(item) => {
            let (iterator, item) = (scope.prelude("IntoIterator"), emit_type(scope, item));
            quote!(impl #iterator<Item = #item>)
        }
        SignatureType::Pairs(value) => {
            let (iterator, into, value) =
                (scope.prelude("IntoIterator"), scope.prelude("Into"), emit_type(scope, value));
            let string = scope.prelude("String");
            quote!(impl #iterator<Item = (impl #into<#string>, #value)>)
        }
        SignatureType::Optional(value) => {
            let (option, value) = (scope.prelude("Option"), emit_type(scope, value));
            quote!(#option<#value>)
        }
        SignatureType::Fallible(value, error) => {
            let (result, value, error) = (scope.prelude("Result"), emit_type(scope, value), fixed(error));
            quote!(#result<#value, #error>)
        }
        SignatureType::Call(marker) => {
            let marker = ident(marker);
            quote!(Call<op::#marker>)
        }
        SignatureType::Attribute(ty) => {
            let ty = scope.ty(ty);
            quote!(rt::Attribute<#ty>)
        }
        SignatureType::Resource(resource) => scope.resource(resource),
        SignatureType::Record(record) => scope.record(record),
        SignatureType::Fixed(text) => fixed(text),
    }
}

/// An argument's value as the runtime takes it: a reference to something that can be encoded.
pub(crate) fn emit_value(scope: &Scope<'_>, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    match &argument.ty {
        SignatureType::Reference(_) | SignatureType::Filter => quote!(#name),
        SignatureType::AsText => quote!(&#name.as_ref()),
        SignatureType::Into(_) => quote!(&#name.into()),
        SignatureType::AsTexts => quote!(&rt::texts(#name)),
        SignatureType::Items(item) => {
            let item = emit_converted(scope, item);
            quote!(&rt::list::<#item>(#name))
        }
        SignatureType::Pairs(value) => {
            let value = emit_converted(scope, value);
            quote!(&rt::pairs::<#value>(#name))
        }
        // A slice or `str` is no value by itself, a reference to one is.
        _ => quote!(&#name),
    }
}

/// What an argument is converted into.
fn emit_converted(scope: &Scope<'_>, ty: &SignatureType) -> TokenStream {
    match ty {
        SignatureType::Into(ty) => emit_type(scope, ty),
        other => emit_type(scope, other),
    }
}

/// An argument's value as a field holds it.
pub(crate) fn emit_held(ty: &SignatureType, name: &TokenStream) -> TokenStream {
    match ty {
        SignatureType::Into(_) => quote!(#name.into()),
        SignatureType::Items(_) => quote!(rt::list(#name)),
        SignatureType::Pairs(_) => quote!(rt::pairs(#name)),
        _ => quote!(#name),
    }
}

/// The twin of a setter that takes an `Option`.
pub(crate) fn emit_maybe(scope: &Scope<'_>, setter: &Signature, twin: &Signature) -> TokenStream {
    let (set, name) = (ident(&setter.name), twin.arguments.first().map(|argument| ident(&argument.name)));
    emit_function(scope, twin, &TokenStream::new(), &quote!(rt::maybe(self, #name, Self::#set)))
}

/// The tokens of a text of ours; a test of `plan` parses each.
pub(crate) fn fixed(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}
