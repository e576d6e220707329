//! The root of the module tree: `mod.rs`, which a build script may `include!`, and the `lib.rs` of a crate above it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::token::{cfg, doc, ident, module_path, string};
use crate::plan::declaration::{OutputDecl, Plan, StreamDecl, TypeBody};

/// What the runtime brings that callers name. Re-exported, so that an application needs no second dependency.
const RUNTIME_NAMES: &[&str] = &[
    "Auth",
    "Base64",
    "Builder",
    "Bytes",
    "Credentials",
    "Date",
    "DateTime",
    "Decimal",
    "DecodeError",
    "ErrorKind",
    "Event",
    "EventType",
    "Events",
    "Extra",
    "Field",
    "IssueToken",
    "Items",
    "Json",
    "Map",
    "MemoryTokenCache",
    "NumberOrString",
    "Operation",
    "Others",
    "Paged",
    "Pages",
    "Pending",
    "RateLimitInfo",
    "RawReply",
    "RawRequest",
    "RedirectPolicy",
    "Response",
    "RetryPolicy",
    "Secret",
    "Subscription",
    "Token",
    "TokenCache",
    "UnknownNumber",
    "UnknownValue",
    "Uuid",
    "event",
    "hook",
    "testing",
    "time",
    "transport",
];

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

/// What the root re-exports of the runtime, in the order of the source.
pub(crate) fn runtime_names(plan: &Plan) -> Vec<&'static str> {
    let cookies = (!plan.client.facts.cookies.is_empty()).then_some("CookieId");
    let filters: &[&str] = if plan.client.facts.filters.is_some() { &["Attribute", "Filter", "Sort"] } else { &[] };
    let sent = plan.webhooks.iter().flat_map(|_| ["Delivery", "HeaderMap", "WebhookError"]);
    let signed = plan.webhooks.as_ref().is_some_and(|webhooks| webhooks.facts.signature.is_some());
    let signed = signed.then_some("WebhookVerifier");
    let mut names: Vec<&str> = RUNTIME_NAMES
        .iter()
        .copied()
        .chain(cookies)
        .chain(filters.iter().copied())
        .chain(sent)
        .chain(signed)
        .chain(streams(plan))
        .collect();
    names.sort_unstable_by_key(|name| (name.starts_with(char::is_lowercase), *name));
    names
}

/// Items of `mod.rs`.
pub(crate) fn emit_mod_file(plan: &Plan, layout: Layout<'_>) -> Vec<TokenStream> {
    let client = ident(&plan.client.ident);
    let runtime = runtime_names(plan).into_iter().map(ident);
    let allow = emit_allow(layout);
    let webhooks = plan.webhooks.as_ref().map(|webhooks| {
        let cfg = cfg(layout.feature(webhooks.feature.as_deref()));
        let allow = quote!(#cfg #allow);
        emit_module("webhooks", &allow, Some("Messages that the API sends of its own accord."))
    });
    let environment = (!plan.client.environments.is_empty()).then(|| quote!(, Environment));
    let scope = (!plan.client.scopes.is_empty()).then(|| quote!(, Scope));
    let values = (!plan.client.facts.errors.values.is_empty()).then(|| quote!(, ErrorValues));
    let attributes = Some("What lists can be filtered and ordered by.");
    let attributes = if plan.attributes.is_empty() { quote!() } else { emit_module("attributes", &allow, attributes) };
    let mut items = vec![
        attributes,
        emit_module("call", &allow, None),
        emit_module("client", &allow, None),
        emit_module("codec", &allow, None),
        emit_module("error", &allow, None),
        emit_module("op", &allow, Some("Operations as types: what a [`Call`] is a call of.")),
        emit_module("resources", &allow, Some("Operations by what they are about.")),
        emit_module("types", &allow, Some("What goes into calls and comes out of them.")),
        quote!(#allow pub use self::call::Call;),
        quote!(#allow pub use self::client::{#client #environment #scope};),
        quote!(#allow pub use self::error::{ApiError, Error #values};),
        quote!(#allow pub use typewright_runtime::codegen::v1::{#(#runtime),*};),
    ];
    items.extend(webhooks);
    items
}

/// What streams and uploads need, in crates that have them.
fn streams(plan: &Plan) -> BTreeSet<&'static str> {
    let names = plan.streams().map(|stream| match stream {
        StreamDecl::Bytes { .. } => ["Download"].as_slice(),
        StreamDecl::Records { .. } => &["Records"],
        StreamDecl::Events { .. } => &["EventStream", "ServerEvent"],
    });
    let headers = plan.operations().any(|operation| !operation.headers.is_empty()).then_some("Header");
    let redirected =
        plan.operations().any(|operation| operation.output == OutputDecl::Redirect).then_some("RedirectTarget");
    names.flatten().copied().chain(plan.uploads()).chain(headers).chain(redirected).collect()
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
                || matches!(&decl.body, TypeBody::Struct(body) if body.members.iter().any(|member| member.deprecated))
        })
}

#[cfg(test)]
mod tests {
    use super::RUNTIME_NAMES;

    /// A client named like something that its root re-exports would not compile.
    #[test]
    fn what_is_re_exported_is_reserved() {
        let reserved = include_str!("../name/reserved.rs");
        let types = RUNTIME_NAMES.iter().filter(|name| name.starts_with(char::is_uppercase));
        let missing: Vec<_> = types.filter(|name| !reserved.contains(&format!("    \"{name}\",\n"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
