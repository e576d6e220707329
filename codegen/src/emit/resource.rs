//! The files below `resources/`: methods that start calls, and the setters of what is optional.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::example::emit_example;
use crate::emit::markdown::span;
use crate::emit::scope::Scope;
use crate::emit::token::{cfg, deprecated, doc, docs, ident, index};
use crate::plan::declaration::{BodyDecl, OperationDecl, ParameterDecl, Plan, ResourceDecl, RustType, Scalar, Take};

/// Items of one file below `resources/`.
pub(crate) fn emit_resource_file(plan: &Plan, at: usize, layout: Layout<'_>) -> Vec<TokenStream> {
    let Some(resource) = plan.resources.get(at) else { return Vec::new() };
    let scope = Scope::outside(plan, BTreeSet::from([resource.ident.as_str()]));
    let name = ident(&resource.ident);
    let methods: Vec<TokenStream> =
        resource.operations.iter().map(|operation| emit_method(&scope, operation, Some(at), layout)).collect();
    let children = plan.resources.iter().filter(|child| child.parent == Some(at));
    let children: Vec<TokenStream> =
        children.map(|child| emit_accessor(&scope, child, Some(resource), layout)).collect();
    let setters: Vec<TokenStream> =
        resource.operations.iter().filter_map(|operation| emit_setters(&scope, operation, layout)).collect();
    let struct_docs = if resource.docs.is_empty() {
        doc(&format!("The operations below `{}`.", resource.accessor))
    } else {
        docs(&resource.docs)
    };
    // A resource below others holds their path parameters beside the client.
    let (derives, field, ty) = match resource.held {
        0 => (quote!(Clone, Copy, Debug), quote!(client), quote!(&'a rt::Client)),
        _ => (quote!(Clone, Debug), quote!(parent), quote!(rt::Parent<'a>)),
    };
    let mut items = emit_imports(&scope, &resource.operations);
    items.push(quote!(#struct_docs #[derive(#derives)] pub struct #name<'a> { #field: #ty }));
    items.push(quote! {
        impl<'a> #name<'a> {
            pub(in super::super) fn new(#field: #ty) -> Self { Self { #field } }
            #(#children)*
            #(#methods)*
        }
    });
    items.extend(setters);
    items
}

fn emit_imports(scope: &Scope<'_>, operations: &[OperationDecl]) -> Vec<TokenStream> {
    let mut items = vec![quote!(
        use typewright_runtime::codegen::v1 as rt;
    )];
    if !operations.is_empty() {
        items.push(quote!(
            use super::super::call::Call;
        ));
        items.push(quote!(
            use super::super::op;
        ));
    }
    if scope.uses_types() {
        items.push(quote!(
            use super::super::types;
        ));
    }
    items
}

/// The method of a client or of a resource (`parent`) that gives a resource.
pub(crate) fn emit_accessor(
    scope: &Scope<'_>,
    resource: &ResourceDecl,
    parent: Option<&ResourceDecl>,
    layout: Layout<'_>,
) -> TokenStream {
    let (accessor, name) = (ident(&resource.accessor), ident(&resource.ident));
    let cfg = cfg(layout.feature(resource.feature.as_deref()));
    let docs = docs(&accessor_docs(resource));
    let (module, lifetime) = match parent {
        Some(_) => (quote!(super), quote!('a)),
        None => (quote!(super::resources), quote!('_)),
    };
    let arguments = resource.arguments.iter().map(|parameter| emit_argument(scope, parameter));
    let values = resource.arguments.iter().map(emit_value);
    let held = match parent {
        _ if resource.held == 0 && parent.is_none() => quote!(&self.client),
        _ if resource.held == 0 => quote!(self.client),
        Some(parent) if parent.held > 0 => quote!(self.parent.clone() #(.with(#values))*),
        Some(_) => quote!(rt::Parent::new(self.client) #(.with(#values))*),
        None => quote!(rt::Parent::new(&self.client) #(.with(#values))*),
    };
    quote! {
        #docs #cfg
        pub fn #accessor(&self, #(#arguments),*) -> #module::#name<#lifetime> { #module::#name::new(#held) }
    }
}

/// The first line of the resource's docs, and what the arguments are.
fn accessor_docs(resource: &ResourceDecl) -> Vec<String> {
    let first = resource.docs.first().cloned();
    let mut lines = vec![first.unwrap_or_else(|| format!("The operations below `{}`.", resource.accessor))];
    let told = resource.arguments.iter().filter(|parameter| !parameter.docs.is_empty());
    let mut told: Vec<String> =
        told.map(|one| format!("- {}: {}", span(&one.ident), one.docs.first().map_or("", String::as_str))).collect();
    if !told.is_empty() {
        lines.push(String::new());
        lines.append(&mut told);
    }
    lines
}

/// The method that starts a call.
pub(crate) fn emit_method(
    scope: &Scope<'_>,
    operation: &OperationDecl,
    resource: Option<usize>,
    layout: Layout<'_>,
) -> TokenStream {
    let method = &operation.method_ident;
    let mut lines = operation.docs.clone();
    if let Layout::Crate(target) = layout
        && let Some(example) = emit_example(scope.plan, operation, resource, &target.crate_name)
    {
        lines.extend(["".to_owned(), "# Examples".to_owned(), "".to_owned()]);
        lines.extend(example);
    }
    let (told, deprecated) = (docs(&lines), deprecated(operation.deprecated));
    let body = operation.given_body();
    let cfg = cfg(layout.feature(operation.preview.as_deref()));
    let plain = emit_start(scope, operation, resource, &operation.method_ident, (None, body));
    let others = operation.other_bodies.iter().enumerate().map(|(at, (other, body))| {
        let docs = docs(&other_docs(operation, method, body));
        let start = emit_start(scope, operation, resource, other, (Some(at), Some(body)));
        quote!(#docs #cfg #deprecated #start)
    });
    quote!(#told #cfg #deprecated #plain #(#others)*)
}

/// What a method with another content type takes beside its body is told where the first one's does not take it too.
fn other_docs(operation: &OperationDecl, method: &str, body: &BodyDecl) -> Vec<String> {
    let words = format!("[`Self::{method}`] with a body of {}.", span(&body.media_type));
    let mut lines = vec![words.replace("r#", "")];
    let known =
        |one: &ParameterDecl| operation.taken(operation.given_body()).any(|(_, known)| known.ident == one.ident);
    let more = operation.taken(Some(body)).filter(|(_, parameter)| !known(parameter));
    let mut more: Vec<String> = more
        .map(|(_, one)| format!("- {}: {}", span(&one.ident), one.docs.first().map_or("", String::as_str)))
        .collect();
    if !more.is_empty() {
        lines.push(String::new());
        lines.append(&mut more);
    }
    lines
}

/// A method that starts a call with a body of the operation's first content type, or of another one.
fn emit_start(
    scope: &Scope<'_>,
    operation: &OperationDecl,
    resource: Option<usize>,
    method: &str,
    (content, body): (Option<usize>, Option<&BodyDecl>),
) -> TokenStream {
    let (method, marker) = (ident(method), ident(&operation.marker_ident));
    let given: Vec<(usize, &ParameterDecl)> = operation.taken(body).collect();
    let arguments = given.iter().map(|(_, parameter)| emit_argument(scope, parameter));
    let values = given.iter().map(|(at, parameter)| {
        let (at, value) = (index(*at), emit_value(parameter));
        quote!(.parameter(#at, #value))
    });
    let content = content.map(|content| {
        let content = index(content);
        quote!(.with_content(#content))
    });
    let body_argument = body.map(|body| emit_body_argument(scope, body));
    let body_value = body.map(|body| {
        let (method, value) = emit_body_value(body);
        let method = ident(&format!("with_{method}"));
        quote!(.#method(#value))
    });
    let start = match resource {
        Some(_) if operation.held > 0 => quote!(below(&self.parent)),
        Some(_) => quote!(new(self.client)),
        None => quote!(new(&self.client)),
    };
    let arguments = arguments.chain(body_argument);
    quote! {
        pub fn #method(&self, #(#arguments),*) -> Call<op::#marker> {
            Call::#start #(#values)* #content #body_value
        }
    }
}

fn emit_argument(scope: &Scope<'_>, parameter: &ParameterDecl) -> TokenStream {
    let (name, ty) = (ident(&parameter.ident), argument_type(scope, &parameter.ty, parameter.take));
    quote!(#name: #ty)
}

/// How an argument or setter takes a value.
pub(crate) fn argument_type(scope: &Scope<'_>, ty: &RustType, take: Take) -> TokenStream {
    match take {
        Take::Value => scope.ty(ty),
        Take::Reference => match ty {
            RustType::List(item) => {
                let item = scope.ty(item);
                quote!(&[#item])
            }
            RustType::Scalar(Scalar::String) => quote!(&str),
            other => {
                let ty = scope.ty(other);
                quote!(&#ty)
            }
        },
        Take::Text => {
            let as_ref = scope.prelude("AsRef");
            quote!(impl #as_ref<str>)
        }
        Take::Texts => {
            let (iterator, as_ref) = (scope.prelude("IntoIterator"), scope.prelude("AsRef"));
            quote!(impl #iterator<Item = impl #as_ref<str>>)
        }
        Take::Filter => quote!(rt::Filter),
        Take::Sort => {
            let into = scope.prelude("Into");
            quote!(impl #into<rt::Sort>)
        }
        Take::Into => {
            let (into, ty) = (scope.prelude("Into"), scope.ty(ty));
            quote!(impl #into<#ty>)
        }
    }
}

/// A parameter's value as the runtime takes it.
fn emit_value(parameter: &ParameterDecl) -> TokenStream {
    value_of(&parameter.ident, &parameter.ty, parameter.take)
}

fn value_of(name: &str, ty: &RustType, take: Take) -> TokenStream {
    let name = ident(name);
    match take {
        // A slice or `str` is no value by itself, a reference to one is.
        Take::Reference if matches!(ty, RustType::List(_) | RustType::Scalar(Scalar::String)) => quote!(&#name),
        Take::Value => quote!(&#name),
        Take::Text => quote!(&#name.as_ref()),
        Take::Into => quote!(&#name.into()),
        Take::Texts => quote!(&rt::texts(#name)),
        Take::Reference | Take::Filter => quote!(#name),
        Take::Sort => quote!(&#name.into()),
    }
}

/// Bytes and lines travel as they are; everything else is encoded first.
fn is_raw(body: &BodyDecl) -> bool {
    matches!(body.ty, RustType::Scalar(Scalar::Upload) | RustType::Lines(_))
}

fn emit_body_argument(scope: &Scope<'_>, body: &BodyDecl) -> TokenStream {
    let (name, ty) = (ident(&body.ident), body_argument_type(scope, body));
    quote!(#name: #ty)
}

/// How the body's argument or setter takes it.
pub(crate) fn body_argument_type(scope: &Scope<'_>, body: &BodyDecl) -> TokenStream {
    argument_type(scope, &body.ty, body_take(body))
}

/// How the body's argument takes it: bytes are converted, whatever else is true.
pub(crate) fn body_take(body: &BodyDecl) -> Take {
    if is_raw(body) { Take::Into } else { body.take }
}

/// The runtime's method that takes the body, and what it is given.
fn emit_body_value(body: &BodyDecl) -> (&'static str, TokenStream) {
    if is_raw(body) {
        let name = ident(&body.ident);
        let method = if matches!(body.ty, RustType::Lines(_)) { "lines" } else { "upload" };
        return (method, quote!(#name.into()));
    }
    ("body", value_of(&body.ident, &body.ty, body.take))
}

/// The setters of an operation, if it has any.
pub(crate) fn emit_setters(scope: &Scope<'_>, operation: &OperationDecl, layout: Layout<'_>) -> Option<TokenStream> {
    let optional = operation.parameters.iter().enumerate().filter(|(_, parameter)| !parameter.argument);
    let setters = optional.map(|(at, parameter)| emit_setter(scope, at, parameter));
    let body = operation.body.as_ref().filter(|body| !body.required && !body.flat);
    let readers =
        operation.parameters.iter().enumerate().filter_map(|(at, parameter)| emit_reader(scope, at, parameter));
    let setters = setters.chain(body.map(|body| emit_body_setter(scope, body)));
    let setters: Vec<TokenStream> = setters.chain(readers).collect();
    let marker = ident(&operation.marker_ident);
    let cfg = cfg(layout.feature(operation.preview.as_deref()));
    (!setters.is_empty()).then(|| quote!(#cfg impl Call<op::#marker> { #(#setters)* }))
}

fn emit_setter(scope: &Scope<'_>, at: usize, parameter: &ParameterDecl) -> TokenStream {
    let docs = match parameter.docs.as_slice() {
        [] => doc(&span(&parameter.wire_name)),
        lines => docs(lines),
    };
    let (deprecated, name) = (deprecated(parameter.deprecated), ident(&parameter.ident));
    let (argument, at, value) = (emit_argument(scope, parameter), index(at), emit_value(parameter));
    let set = ident(match parameter.take {
        Take::Filter => "filtered",
        Take::Sort => "sorted",
        _ => "parameter",
    });
    quote!(#docs #deprecated pub fn #name(self, #argument) -> Self { self.#set(#at, #value) })
}

/// What the call will send in a member that is made for each call.
fn emit_reader(scope: &Scope<'_>, at: usize, parameter: &ParameterDecl) -> Option<TokenStream> {
    let name = ident(parameter.reader.as_ref()?);
    let doc = doc(&format!("What this call sends as {}.", span(&parameter.wire_name)));
    let (string, at) = (scope.prelude("String"), index(at));
    Some(quote!(#doc pub fn #name(&self) -> #string { self.text_of(#at) }))
}

fn emit_body_setter(scope: &Scope<'_>, body: &BodyDecl) -> TokenStream {
    let (doc, name, argument) = (doc("The body."), ident(&body.ident), emit_body_argument(scope, body));
    let (method, value) = emit_body_value(body);
    let method = ident(&format!("with_{method}"));
    quote!(#doc pub fn #name(self, #argument) -> Self { self.#method(#value) })
}
