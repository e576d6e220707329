//! `call.rs`: the one call type of a crate, over the runtime's that is not generic.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::token::{doc, ident, string};
use crate::plan::declaration::{ClientDecl, Plan, StreamDecl};

/// Items of the file.
pub(crate) fn emit_call_file(plan: &Plan) -> Vec<TokenStream> {
    let client = &plan.client;
    let headers = client.call_headers.iter().map(|(method, header)| emit_call_header(method, header));
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
        emit_clone(),
        emit_making(plan),
        emit_lists(client),
        emit_options(&headers.collect::<Vec<_>>()),
    ];
    items.extend(plan.has_links().then(emit_links));
    items.extend(plan.has_pages().then(emit_pages));
    items.extend(emit_streams(plan));
    items.push(emit_into_future());
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

/// Written out, because a derive would ask for `Op: Clone` in every generic function.
fn emit_clone() -> TokenStream {
    quote! {
        impl<Op> Clone for Call<Op> {
            fn clone(&self) -> Self {
                Self { raw: self.raw.clone(), operation: PhantomData }
            }
        }
    }
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

fn emit_options(headers: &[TokenStream]) -> TokenStream {
    quote! {
        impl<Op: rt::Operation> Call<Op> {
            /// Sets the maximum time for one attempt, including waiting for credentials and for the rate limit, and reading the
            /// body.
            pub fn timeout(mut self, timeout: Duration) -> Self {
                self.raw.options().timeout(timeout);
                self
            }

            /// Sets the maximum time for the call with all its attempts and the waiting between them.
            pub fn total_timeout(mut self, timeout: Duration) -> Self {
                self.raw.options().total_timeout(timeout);
                self
            }

            /// Sets a bearer token, an API key, or a user and password for this call, in place of the client's credentials
            /// for the same security scheme. The call fails if its operation does not take them.
            pub fn credentials(mut self, credentials: impl Into<rt::Credentials>) -> Self {
                self.raw.options().credentials(credentials.into());
                self
            }

            /// A further header.
            pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.raw.options().header(name.as_ref(), value.as_ref());
                self
            }

            /// A further query member.
            pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.raw.options().query(name.as_ref(), value.as_ref());
                self
            }

            /// A further member of the body.
            pub fn member(mut self, name: impl AsRef<str>, value: impl Into<rt::Json>) -> Self {
                self.raw.options().member(name.as_ref(), value.into());
                self
            }

            /// The key under which the server recognises a repetition.
            pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
                self.raw.options().idempotency_key(key);
                self
            }

            /// A retry policy for this call alone.
            pub fn retry(mut self, policy: rt::RetryPolicy) -> Self {
                self.raw.options().retry(policy);
                self
            }

            /// What this call does with redirects.
            pub fn redirect(mut self, policy: rt::RedirectPolicy) -> Self {
                self.raw.options().redirect(policy);
                self
            }

            #(#headers)*

            /// Sends the call, and gives status and headers together with the value.
            pub fn with_response(self) -> rt::Pending<rt::Response<Op::Output>, Error> {
                rt::run_with_response::<Op, ApiError>(self.raw)
            }
        }
    }
}

fn emit_call_header(method: &str, header: &str) -> TokenStream {
    let (doc, name, label) = (doc(&format!("Sets the header `{header}`.")), ident(method), string(method));
    quote! {
        #doc
        pub fn #name(mut self, value: impl AsRef<str>) -> Self {
            self.raw.options().call_header(#label, value.as_ref());
            self
        }
    }
}

/// Only where pages name the URLs of further ones.
fn emit_links() -> TokenStream {
    quote! {
        impl<Op: rt::Operation> Call<Op> {
            /// Allows links to further pages that lead to this origin; it is asked without credentials.
            pub fn page_origin(mut self, origin: impl Into<String>) -> Self {
                self.raw.options().page_origin(origin);
                self
            }
        }
    }
}

/// Only where something pages, so that what is listed of a call is what a call can do.
fn emit_pages() -> TokenStream {
    quote! {
        impl<Op: rt::Paged> Call<Op> {
            /// Every item of every page, as a stream that fetches a page when it needs one.
            pub fn items(self) -> rt::Items<Op, ApiError> {
                rt::Items::new(self.raw)
            }

            /// Every page, as a stream.
            pub fn pages(self) -> rt::Pages<Op, ApiError> {
                rt::Pages::new(self.raw)
            }
        }
    }
}

/// Only the kinds that the API has: the others would be weight without use.
fn emit_streams(plan: &Plan) -> Vec<TokenStream> {
    let has = |kind: fn(&StreamDecl) -> bool| plan.streams().any(kind);
    let bytes = quote! {
        impl<Op: rt::InBytes> Call<Op> {
            /// Sends the call, and gives the answer as bytes that are read while they arrive.
            pub fn stream(self) -> rt::Pending<rt::Download<ApiError>, Error> {
                rt::download(self.raw, Op::ACCEPT)
            }
        }
    };
    let records = quote! {
        impl<Op: rt::InRecords> Call<Op> {
            /// Every value of the answer, as a stream that reads while they arrive.
            pub fn records(self) -> rt::Records<Op::Record, ApiError> {
                rt::Records::new(self.raw, Op::ACCEPT)
            }
        }
    };
    let events = quote! {
        impl<Op: rt::InEvents> Call<Op> {
            /// The server's events, as a stream that comes back when its connection breaks.
            pub fn events(self) -> rt::EventStream<Op::Data, ApiError> {
                rt::EventStream::new(self.raw, Op::FORM)
            }
        }
    };
    let kinds = [
        (has(|one| matches!(one, StreamDecl::Bytes { .. })), bytes),
        (has(|one| matches!(one, StreamDecl::Records { .. })), records),
        (has(|one| matches!(one, StreamDecl::Events { .. })), events),
    ];
    kinds.into_iter().filter_map(|(there, tokens)| there.then_some(tokens)).collect()
}

fn emit_into_future() -> TokenStream {
    quote! {
        impl<Op: rt::Operation> IntoFuture for Call<Op> {
            type Output = Result<Op::Output, Error>;
            type IntoFuture = rt::Pending<Op::Output, Error>;

            fn into_future(self) -> Self::IntoFuture {
                rt::run::<Op, ApiError>(self.raw)
            }
        }
    }
}
