//! Facts of the document as `const` builders of the runtime: what behaviour needs to know, and no behaviour.

mod client;
mod operation;
mod retry;
mod rules;
mod webhook;

pub(crate) use self::client::emit_client_facts;
pub(crate) use self::operation::emit_operation_facts;
pub(crate) use self::webhook::emit_webhook_facts;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::token::{number, string};
use crate::plan::declaration::Status;

/// `&["a", "b"]`.
fn strings<S: AsRef<str>>(values: &[S]) -> TokenStream {
    let values = values.iter().map(|value| string(value.as_ref()));
    quote!(&[#(#values),*])
}

/// `&[("a", "b")]`.
fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a String, &'a String)>) -> TokenStream {
    let pairs = pairs.into_iter().map(|(left, right)| {
        let (left, right) = (string(left), string(right));
        quote!((#left, #right))
    });
    quote!(&[#(#pairs),*])
}

/// `.name(argument)` after a builder, or nothing.
fn link(name: &str, argument: Option<TokenStream>) -> TokenStream {
    let name = crate::emit::token::ident(name);
    argument.map(|argument| quote!(.#name(#argument))).unwrap_or_default()
}

/// `.name()` after a builder where `set`, else nothing.
fn mark(name: &str, set: bool) -> TokenStream {
    link(name, set.then(TokenStream::new))
}

fn status(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = number(code.into());
            quote!(rt::Status::Exact(#code))
        }
        Status::Range(class) => {
            let class = number(class.into());
            quote!(rt::Status::Class(#class))
        }
        Status::Default => quote!(rt::Status::Default),
    }
}
