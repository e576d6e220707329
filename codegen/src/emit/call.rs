//! `call.rs`: the one call type of a crate, over the runtime's that is not generic.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::scope::Scope;
use crate::emit::signature::{emit_function, emit_head, emit_type};
use crate::emit::token::{ident, string};
use crate::plan::declaration::{CallDoes, CallFunction, ClientDecl, Plan};

/// Items of the file.
pub(crate) fn emit_call_file(plan: &Plan) -> Vec<TokenStream> {
    let mut items = vec![
        quote!(
            use std::future::IntoFuture;
        ),
        quote!(
            use std::marker::PhantomData;
        ),
        quote!(
            use std::time::Duration;
        ),
        quote!(
            use typewright_runtime::codegen::v1 as rt;
        ),
        quote!(
            use super::error::{ApiError, Error};
        ),
        emit_struct(),
    ];
    let scope = Scope::outside(plan, BTreeSet::new());
    items.extend(emit_traits(&scope, CallDoes::Clone));
    items.extend([emit_making(plan), emit_lists(&plan.client)]);
    items.extend(emit_functions(&scope));
    items.extend(emit_traits(&scope, CallDoes::IntoFuture));
    items
}

fn emit_struct() -> TokenStream {
    quote! {
        /// A request that has not been sent yet. Set options, then `.await` it.
        ///
        /// To send it more than once, keep it and await clones. A body that is a stream can be sent once: a second run fails
        /// with a validation error, unless the body is an `Upload::repeatable`.
        #[must_use = "a call does nothing until it is awaited"]
        #[derive(Debug)]
        pub struct Call<Op> {
            raw: rt::RawCall,
            operation: PhantomData<fn() -> Op>,
        }
    }
}

/// What a call does by a trait. `Clone` is written out, because a derive would ask for `Op: Clone` in every generic function.
fn emit_traits(scope: &Scope<'_>, of: CallDoes) -> Option<TokenStream> {
    let signature = &scope.plan.call.iter().find(|function| function.does == of)?.signature;
    let (head, output) = (emit_head(scope, signature), emit_type(scope, &signature.output));
    Some(match of {
        CallDoes::Clone => quote! {
            impl<Op> Clone for Call<Op> {
                #head {
                    Self { raw: self.raw.clone(), operation: PhantomData }
                }
            }
        },
        _ => quote! {
            impl<Op: rt::Operation> IntoFuture for Call<Op> {
                type Output = Result<Op::Output, Error>;
                type IntoFuture = #output;

                fn into_future(self) -> Self::IntoFuture {
                    rt::run::<Op, ApiError>(self.raw)
                }
            }
        },
    })
}

/// What methods and setters put into a call. Not every API has bodies or parameters.
fn emit_making(plan: &Plan) -> TokenStream {
    let chosen = plan.operations().any(|operation| !operation.other_bodies.is_empty());
    let content = chosen.then(|| {
        quote! {
            pub(super) fn with_content(mut self, index: usize) -> Self {
                self.raw.content(index);
                self
            }
        }
    });
    let lines = plan.uploads().any(|name| name == "Lines").then(|| {
        quote! {
            pub(super) fn with_lines<T>(mut self, lines: rt::Lines<T>) -> Self {
                self.raw.lines(lines);
                self
            }
        }
    });
    quote! {
        #[allow(dead_code, reason = "not every API has parameters and every kind of body")]
        impl<Op: rt::Operation> Call<Op> {
            pub(super) fn new(client: &rt::Client) -> Self {
                Self { raw: rt::RawCall::new(client, Op::FACTS), operation: PhantomData }
            }

            pub(super) fn below(parent: &rt::Parent<'_>) -> Self {
                Self { raw: parent.call(Op::FACTS), operation: PhantomData }
            }

            pub(super) fn parameter(mut self, index: usize, value: &dyn rt::Encode) -> Self {
                self.raw.parameter(index, value);
                self
            }

            pub(super) fn text_of(&self, index: usize) -> String {
                self.raw.text(index)
            }

            pub(super) fn with_body(mut self, body: &dyn rt::Encode) -> Self {
                self.raw.body(body);
                self
            }

            pub(super) fn with_upload(mut self, upload: rt::Upload) -> Self {
                self.raw.upload(upload);
                self
            }

            #lines

            #content
        }
    }
}

/// How setters add to filters and orders.
fn emit_lists(client: &ClientDecl) -> TokenStream {
    if client.facts.filters.is_none() {
        return TokenStream::new();
    }
    quote! {
        #[allow(dead_code, reason = "not every API has filters and orders")]
        impl<Op: rt::Operation> Call<Op> {
            pub(super) fn filtered(mut self, index: usize, filter: rt::Filter) -> Self {
                self.raw.filter(index, filter);
                self
            }

            pub(super) fn sorted(mut self, index: usize, sort: &rt::Sort) -> Self {
                self.raw.sort(index, sort);
                self
            }
        }
    }
}

/// An `impl` for all functions in a row that need the same of an operation.
fn emit_functions(scope: &Scope<'_>) -> Vec<TokenStream> {
    let functions: Vec<&CallFunction> = scope.plan.call.iter().collect();
    let blocks = functions.chunk_by(|one, next| block(&one.does) == block(&next.does));
    let blocks = blocks.filter_map(|functions| {
        let bound = ident(block(&functions.first()?.does)?.1);
        let functions = functions
            .iter()
            .map(|function| emit_function(scope, &function.signature, &TokenStream::new(), &emit_body(function)));
        Some(quote!(impl<Op: rt::#bound> Call<Op> { #(#functions)* }))
    });
    blocks.collect()
}

/// In which `impl` a function stands, and what that asks of the operation; `None`: it is of a trait.
fn block(does: &CallDoes) -> Option<(u8, &'static str)> {
    Some(match does {
        CallDoes::Clone | CallDoes::IntoFuture => return None,
        CallDoes::PageOrigin => (1, "Operation"),
        CallDoes::Items | CallDoes::Pages => (2, "Paged"),
        CallDoes::Stream => (3, "InBytes"),
        CallDoes::Records => (4, "InRecords"),
        CallDoes::Events => (5, "InEvents"),
        _ => (0, "Operation"),
    })
}

fn emit_body(function: &CallFunction) -> TokenStream {
    let option = match &function.does {
        CallDoes::Timeout => quote!(timeout(timeout)),
        CallDoes::TotalTimeout => quote!(total_timeout(timeout)),
        CallDoes::Credentials => quote!(credentials(credentials.into())),
        CallDoes::Header => quote!(header(name.as_ref(), value.as_ref())),
        CallDoes::Query => quote!(query(name.as_ref(), value.as_ref())),
        CallDoes::Member => quote!(member(name.as_ref(), value.into())),
        CallDoes::IdempotencyKey => quote!(idempotency_key(key)),
        CallDoes::Retry => quote!(retry(policy)),
        CallDoes::Redirect => quote!(redirect(policy)),
        CallDoes::PageOrigin => quote!(page_origin(origin)),
        CallDoes::Named(_) => {
            let name = string(&function.signature.name);
            quote!(call_header(#name, value.as_ref()))
        }
        CallDoes::WithResponse => return quote!(rt::run_with_response::<Op, ApiError>(self.raw)),
        CallDoes::Items => return quote!(rt::Items::new(self.raw)),
        CallDoes::Pages => return quote!(rt::Pages::new(self.raw)),
        CallDoes::Stream => return quote!(rt::download(self.raw, Op::ACCEPT)),
        CallDoes::Records => return quote!(rt::Records::new(self.raw, Op::ACCEPT)),
        CallDoes::Events => return quote!(rt::EventStream::new(self.raw, Op::FORM)),
        CallDoes::Clone | CallDoes::IntoFuture => return TokenStream::new(),
    };
    quote! {
        self.raw.options().#option;
        self
    }
}
