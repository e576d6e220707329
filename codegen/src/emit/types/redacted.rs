//! `Debug` by hand, for models with members that must not show in logs.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::token::{ident, string};
use crate::plan::declaration::FieldDecl;

/// `Debug` that prints `[redacted]` for sensitive members. `extra` is the field of unknown members, if there is one.
pub(super) fn emit_debug(name: &str, members: &[&FieldDecl], extra: Option<&str>) -> TokenStream {
    let fields = members.iter().map(|member| {
        let (field, label) = (ident(&member.ident), string(shown(&member.ident)));
        if member.sensitive {
            quote!(.field(#label, &format_args!("[redacted]")))
        } else {
            quote!(.field(#label, &self.#field))
        }
    });
    let extra = extra.map(|extra| {
        let (field, label) = (ident(extra), string(shown(extra)));
        quote!(.field(#label, &self.#field))
    });
    let (name, label) = (ident(name), string(shown(name)));
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#label) #(#fields)* #extra .finish()
            }
        }
    }
}

fn shown(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}
