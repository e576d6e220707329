//! The root of the module tree: `mod.rs`, which a build script may `include!`, and the `lib.rs` of a crate above it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::token::{cfg, doc, ident, module_path, string};
use crate::plan::declaration::{Plan, TypeBody};

/// Lints that names and shapes of a document can break; nobody here chose them.
const LINTS: &[&str] = &[
    "clippy::approx_constant",
    "clippy::enum_variant_names",
    "clippy::large_enum_variant",
    "clippy::module_inception",
    "clippy::should_implement_trait",
    "clippy::too_many_arguments",
    "clippy::type_complexity",
    "clippy::wrong_self_convention",
];

/// The text of `lib.rs` after its header.
pub(crate) fn lib_text(plan: &Plan) -> String {
    let mut lints: Vec<&str> = LINTS.to_vec();
    if has_deprecated(plan) {
        lints.push("deprecated");
    }
    let lints = lints.join(", ");
    format!(
        "\n#![doc = include_str!(\"../README.md\")]\n#![forbid(unsafe_code)]\n\
         #![allow({lints}, reason = \"names, shapes and values are the document's\")]\n\ninclude!(\"mod.rs\");\n"
    )
}

/// Items of `mod.rs`.
pub(crate) fn emit_mod_file(plan: &Plan, layout: Layout<'_>) -> Vec<TokenStream> {
    let client = ident(&plan.client.ident);
    let runtime = plan.exports.iter().map(|name| ident(name));
    let allow = emit_allow(layout);
    let webhooks = plan.webhooks.as_ref().map(|webhooks| {
        let cfg = cfg(layout.feature(webhooks.feature.as_deref()));
        let allow = quote!(#cfg #allow);
        emit_module("webhooks", &allow, Some("Webhooks."))
    });
    let environment = (!plan.client.environments.is_empty()).then(|| quote!(, Environment));
    let scope = plan.client.scopes.as_ref().map(|_| quote!(, Scope));
    let values = (!plan.error.values.is_empty()).then(|| quote!(, ErrorValues));
    let attributes = Some("Filters and sort keys.");
    let attributes = if plan.attributes.is_empty() { quote!() } else { emit_module("attributes", &allow, attributes) };
    let mut items = vec![
        attributes,
        emit_module("call", &allow, None),
        emit_module("client", &allow, None),
        emit_module("codec", &allow, None),
        emit_module("error", &allow, None),
        emit_module("op", &allow, Some("Operations as types: what a [`Call`] is a call of.")),
        emit_module("resources", &allow, Some("Resource clients.")),
        emit_module("types", &allow, Some("Request and response types.")),
        quote!(#allow pub use self::call::Call;),
        quote!(#allow pub use self::client::{#client #environment #scope};),
        quote!(#allow pub use self::error::{ApiError, Error #values};),
        quote!(#allow pub use typewright_runtime::codegen::v1::{#(#runtime),*};),
    ];
    items.extend(webhooks);
    items
}

/// Inside somebody else's crate the allowances stand at the items, because `mod.rs` may not have inner attributes there,
/// and not everything is used.
fn emit_allow(layout: Layout<'_>) -> TokenStream {
    match layout {
        Layout::Crate(_) => TokenStream::new(),
        Layout::Modules(_) => quote! {
            #[allow(clippy::all, dead_code, deprecated, unreachable_pub, unused_imports, reason = "generated")]
        },
    }
}

fn emit_module(name: &str, allow: &TokenStream, public: Option<&str>) -> TokenStream {
    let name = ident(name);
    match public {
        Some(line) => {
            let doc = doc(line);
            quote!(#doc #allow pub mod #name;)
        }
        None => quote!(#allow mod #name;),
    }
}

/// Items of a `mod.rs` further down: a module per file, and its items under one roof where they are public.
pub(crate) fn emit_file_list(
    files: &BTreeMap<String, Option<String>>,
    layout: Layout<'_>,
    re_export: bool,
) -> Vec<TokenStream> {
    let cfgs = |feature: &Option<String>| cfg(layout.feature(feature.as_deref()));
    let modules = files.iter().map(|(file, feature)| {
        let (path, cfg) = (module_path(file), cfgs(feature));
        let file = ident(file);
        quote!(#cfg #path mod #file;)
    });
    let uses = files.iter().filter(|_| re_export).map(|(file, feature)| {
        let (file, cfg) = (ident(file), cfgs(feature));
        quote!(#cfg pub use self::#file::*;)
    });
    modules.chain(uses).collect()
}

/// `#[cfg(feature = "serde")] mod serde;`, below `codec/`.
pub(crate) fn emit_serde_module(layout: Layout<'_>) -> TokenStream {
    match layout {
        Layout::Crate(_) => {
            let serde = string("serde");
            quote!(
                #[cfg(feature = #serde)]
                mod serde;
            )
        }
        Layout::Modules(_) => quote!(
            mod serde;
        ),
    }
}

fn has_deprecated(plan: &Plan) -> bool {
    plan.operations().any(|operation| operation.deprecated || operation.parameters.iter().any(|one| one.deprecated))
        || plan.webhooks.iter().flat_map(|webhooks| &webhooks.variants).any(|webhook| webhook.deprecated)
        || plan.types.iter().any(|decl| {
            decl.deprecated
                || matches!(&decl.body, TypeBody::Struct(body) if body.fields.iter().any(|member| member.deprecated))
        })
}
