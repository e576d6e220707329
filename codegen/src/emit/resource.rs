//! The files below `resources/`: methods that start calls, and the setters of what is optional.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::example::emit_example;
use crate::emit::scope::Scope;
use crate::emit::signature::{emit_function, emit_maybe, emit_value};
use crate::emit::token::{cfg, docs, ident, index};
use crate::plan::declaration::{
    Argument, BodyDecl, BodyForm, MethodBody, MethodDecl, OperationDecl, ParameterDecl, ParameterRole, Plan,
    ResourceDecl, Signature, SignatureType,
};

/// Items of one file below `resources/`.
pub(crate) fn emit_resource_file(plan: &Plan, at: usize, layout: Layout<'_>) -> Vec<TokenStream> {
    let Some(resource) = plan.resources.get(at) else { return Vec::new() };
    let scope = Scope::in_resources(plan, &resource.ident);
    let name = ident(&resource.ident);
    let methods: Vec<TokenStream> =
        resource.operations.iter().map(|operation| emit_method(&scope, operation, Some(at), layout)).collect();
    let children = plan.resources.iter().filter(|child| child.parent == Some(at));
    let children: Vec<TokenStream> =
        children.map(|child| emit_accessor(&scope, child, Some(resource), layout)).collect();
    let setters: Vec<TokenStream> =
        resource.operations.iter().filter_map(|operation| emit_setters(&scope, operation, layout)).collect();
    let struct_docs = docs(&resource.docs);
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
    let (name, cfg) = (ident(&resource.ident), cfg(layout.feature(resource.feature.as_deref())));
    let module = match parent {
        Some(_) => quote!(super),
        None => quote!(super::resources),
    };
    let values = resource.accessor.arguments.iter().map(|argument| emit_value(scope, argument));
    let held = match parent {
        _ if resource.held == 0 && parent.is_none() => quote!(&self.client),
        _ if resource.held == 0 => quote!(self.client),
        Some(parent) if parent.held > 0 => quote!(self.parent.clone() #(.with(#values))*),
        Some(_) => quote!(rt::Parent::new(self.client) #(.with(#values))*),
        None => quote!(rt::Parent::new(&self.client) #(.with(#values))*),
    };
    emit_function(scope, &resource.accessor, &cfg, &quote!(#module::#name::new(#held)))
}

/// The methods that start an operation's calls.
pub(crate) fn emit_method(
    scope: &Scope<'_>,
    operation: &OperationDecl,
    resource: Option<usize>,
    layout: Layout<'_>,
) -> TokenStream {
    let mut signature = operation.method.signature.clone();
    if let Layout::Crate(target) = layout
        && let Some(example) = emit_example(scope.plan, operation, resource, &target.crate_name)
    {
        signature.docs.extend(["".to_owned(), "# Examples".to_owned(), "".to_owned()]);
        signature.docs.extend(example);
    }
    let cfg = cfg(layout.feature(operation.preview.as_deref()));
    let plain = emit_function(scope, &signature, &cfg, &emit_start(scope, operation, resource, &operation.method));
    let others = operation.others.iter();
    let others = others
        .map(|method| emit_function(scope, &method.signature, &cfg, &emit_start(scope, operation, resource, method)));
    quote!(#plain #(#others)*)
}

/// How a call starts: of the operation's first content type, or of another one.
fn emit_start(
    scope: &Scope<'_>,
    operation: &OperationDecl,
    resource: Option<usize>,
    method: &MethodDecl,
) -> TokenStream {
    let arguments = &method.signature.arguments;
    let values = method.parameters.iter().zip(arguments).map(|(at, argument)| {
        let (at, value) = (index(*at), emit_value(scope, argument));
        quote!(.parameter(#at, #value))
    });
    let content = match method.body {
        Some(MethodBody::Other(content)) => {
            let content = index(content);
            quote!(.with_content(#content))
        }
        _ => TokenStream::new(),
    };
    let body = operation.body_of(method).zip(arguments.last()).map(|(body, argument)| {
        let set = emit_set_body(scope, body, argument);
        quote!(.#set)
    });
    let start = match resource {
        Some(_) if operation.held > 0 => quote!(below(&self.parent)),
        Some(_) => quote!(new(self.client)),
        None => quote!(new(&self.client)),
    };
    quote!(Call::#start #(#values)* #content #body)
}

/// The call's method that takes the body, with the argument: bytes and lines travel as they are, everything else is encoded
/// first.
fn emit_set_body(scope: &Scope<'_>, body: &BodyDecl, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    match body.form {
        BodyForm::Upload => quote!(with_upload(#name.into())),
        BodyForm::Lines => quote!(with_lines(#name.into())),
        BodyForm::Value => {
            let value = emit_value(scope, argument);
            quote!(with_body(#value))
        }
    }
}

/// The setters of an operation, if it has any.
pub(crate) fn emit_setters(scope: &Scope<'_>, operation: &OperationDecl, layout: Layout<'_>) -> Option<TokenStream> {
    let parameters = || operation.parameters.iter().enumerate();
    let setters = parameters().filter_map(|(at, parameter)| match &parameter.role {
        ParameterRole::Setter(setter) => {
            let twin = operation.maybe(setter).map(|twin| emit_maybe(scope, setter, &twin));
            let set = emit_setter(scope, at, setter)?;
            Some(quote!(#set #twin))
        }
        _ => None,
    });
    let body = operation.body.as_ref().and_then(|body| emit_body_setter(scope, operation, body));
    let readers = parameters().filter_map(|(at, parameter)| emit_reader(scope, at, parameter));
    let setters: Vec<TokenStream> = setters.chain(body).chain(readers).collect();
    let marker = ident(&operation.marker_ident);
    let cfg = cfg(layout.feature(operation.preview.as_deref()));
    (!setters.is_empty()).then(|| quote!(#cfg impl Call<op::#marker> { #(#setters)* }))
}

fn emit_setter(scope: &Scope<'_>, at: usize, setter: &Signature) -> Option<TokenStream> {
    let argument = setter.arguments.first()?;
    let (at, value) = (index(at), emit_value(scope, argument));
    let set = ident(match &argument.ty {
        SignatureType::Filter => "filtered",
        ty if ty.is_sort() => "sorted",
        _ => "parameter",
    });
    Some(emit_function(scope, setter, &TokenStream::new(), &quote!(self.#set(#at, #value))))
}

/// What the call will send in a member that is made for each call.
fn emit_reader(scope: &Scope<'_>, at: usize, parameter: &ParameterDecl) -> Option<TokenStream> {
    let at = index(at);
    Some(emit_function(scope, parameter.reader.as_ref()?, &TokenStream::new(), &quote!(self.text_of(#at))))
}

fn emit_body_setter(scope: &Scope<'_>, operation: &OperationDecl, body: &BodyDecl) -> Option<TokenStream> {
    let setter = body.setter.as_ref()?;
    let set = emit_set_body(scope, body, setter.arguments.first()?);
    let twin = operation.maybe(setter).map(|twin| emit_maybe(scope, setter, &twin));
    let set = emit_function(scope, setter, &TokenStream::new(), &quote!(self.#set));
    Some(quote!(#set #twin))
}
