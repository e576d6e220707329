//! `client.rs`: the client, its environments and its facts.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::facts::emit_client_facts;
use crate::emit::resource::{emit_accessor, emit_method, emit_setters};
use crate::emit::scope::Scope;
use crate::emit::signature::emit_function;
use crate::emit::token::{doc, docs, ident, string};
use crate::plan::declaration::{ClientDecl, ClientDoes, EnvironmentDecl, Plan, ScopesDecl};

/// Items of the file.
pub(crate) fn emit_client_file(plan: &Plan, layout: Layout<'_>) -> Vec<TokenStream> {
    let scope = Scope::in_client(plan);
    let client = &plan.client;
    let (struct_docs, name) = (docs(&client.docs), ident(&client.ident));
    let start = emit_start(&scope);
    let resources = plan.resources.iter().filter(|resource| resource.parent.is_none());
    let resources: Vec<TokenStream> = resources.map(|resource| emit_accessor(&scope, resource, None, layout)).collect();
    let methods: Vec<TokenStream> =
        client.operations.iter().map(|operation| emit_method(&scope, operation, None, layout)).collect();
    let setters: Vec<TokenStream> =
        client.operations.iter().filter_map(|operation| emit_setters(&scope, operation, layout)).collect();
    let mut items = emit_imports(&scope, client);
    items.push(quote!(#struct_docs #[derive(Clone, Debug)] pub struct #name { client: rt::Client }));
    items.push(quote!(impl #name { #start #(#resources)* #(#methods)* }));
    items.extend(setters);
    items.push(emit_api_client(client, &layout.target().crate_name));
    if !client.environments.is_empty() {
        items.extend(emit_environments(&client.environments));
    }
    if let Some(scopes) = &client.scopes {
        items.extend(emit_scopes(&scope, scopes));
    }
    items
}

fn emit_imports(scope: &Scope<'_>, client: &ClientDecl) -> Vec<TokenStream> {
    let mut items = vec![
        quote!(
            use typewright_runtime::codegen::v1 as rt;
        ),
        quote!(
            use super::error::{ApiError, Error};
        ),
    ];
    if !client.operations.is_empty() {
        items.push(quote!(
            use super::call::Call;
        ));
        items.push(quote!(
            use super::op;
        ));
    }
    if scope.uses_types() {
        items.push(quote!(
            use super::types;
        ));
    }
    items
}

/// How a client is made, and what it offers beside its resources.
fn emit_start(scope: &Scope<'_>) -> TokenStream {
    let client = &scope.plan.client;
    let cookies = client.cookies.iter().map(|cookie| {
        let (name, wire, docs) = (ident(&cookie.ident), string(&cookie.wire_name), docs(&cookie.docs));
        quote!(#docs pub const #name: rt::CookieId<'static> = rt::CookieId::new(#wire);)
    });
    let headers = client.headers.iter().map(|header| {
        let (name, wire, docs) = (ident(&header.ident), string(&header.wire_name), docs(&header.docs));
        quote!(#docs pub const #name: &'static str = #wire;)
    });
    let functions = client.functions.iter().map(|function| {
        let body = match function.does {
            ClientDoes::FromEnv => quote!(Self::builder().from_env()?.build()),
            ClientDoes::Builder => quote!(rt::Builder::new()),
            ClientDoes::Auth => quote!(self.client.auth()),
            ClientDoes::Request => quote!(self.client.request(method, path)),
            ClientDoes::BaseUrl => quote!(self.client.base_url()),
            ClientDoes::Events => quote!(self.client.events()),
            ClientDoes::RetryConflict => quote!(self.client.retry_conflict(attempts, change).await),
        };
        emit_function(scope, &function.signature, &TokenStream::new(), &body)
    });
    quote!(#(#cookies)* #(#headers)* #(#functions)*)
}

fn emit_api_client(client: &ClientDecl, crate_name: &str) -> TokenStream {
    let (name, facts) = (ident(&client.ident), emit_client_facts(client, crate_name));
    let environment = if client.environments.is_empty() { quote!(rt::NoEnvironment) } else { quote!(Environment) };
    quote! {
        impl rt::ApiClient for #name {
            type Error = ApiError;
            type Environment = #environment;
            const FACTS: &'static rt::ClientFacts = &#facts;

            fn from_client(client: rt::Client) -> Self { Self { client } }
        }
    }
}

fn emit_environments(environments: &[EnvironmentDecl]) -> [TokenStream; 2] {
    let variants = environments.iter().map(|one| {
        let (docs, name) = (docs(&one.docs), ident(&one.ident));
        quote!(#docs #name)
    });
    let names = environments.iter().map(|one| {
        let (name, wire) = (ident(&one.ident), string(&one.wire_name));
        quote!(Self::#name => #wire)
    });
    [
        quote! {
            /// Where requests go.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum Environment { #(#variants),* }
        },
        quote! {
            impl rt::EnvironmentName for Environment {
                fn name(&self) -> &str { match self { #(#names),* } }
            }
        },
    ]
}

/// An open enum: what `Credentials::scope` takes beside any text.
fn emit_scopes(scope: &Scope<'_>, scopes: &ScopesDecl) -> Vec<TokenStream> {
    let ScopesDecl { values: scopes, view } = scopes;
    let variants = scopes.iter().map(|scope| {
        let (docs, name) = (docs(&scope.docs), ident(&scope.ident));
        quote!(#docs #name)
    });
    let texts = scopes.iter().map(|scope| {
        let (name, wire) = (ident(&scope.ident), string(&scope.wire));
        quote!(Self::#name => #wire)
    });
    let names = scopes.iter().map(|scope| {
        let (name, wire) = (ident(&scope.ident), string(&scope.wire));
        quote!(#wire => Self::#name)
    });
    let unknown = doc("A scope not known to this version; sent as given.");
    let intro = doc("Scopes that the API declares. `Credentials::scope` takes them, and any other text.");
    let as_str = quote!(match self { #(#texts,)* Self::Unknown(value) => value.as_str() });
    let as_str = emit_function(scope, view, &TokenStream::new(), &as_str);
    vec![
        quote! {
            #intro
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Scope { #(#variants,)* #unknown Unknown(rt::UnknownValue) }
        },
        quote!(impl Scope { #as_str }),
        quote! {
            impl From<&str> for Scope {
                fn from(value: &str) -> Self {
                    match value { #(#names,)* other => Self::Unknown(rt::UnknownValue::new(other)) }
                }
            }
        },
        quote!(impl From<String> for Scope { fn from(value: String) -> Self { Self::from(value.as_str()) } }),
        quote!(impl AsRef<str> for Scope { fn as_ref(&self) -> &str { self.as_str() } }),
        quote! {
            impl std::fmt::Display for Scope {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
            }
        },
    ]
}
