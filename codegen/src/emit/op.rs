//! The files below `op/`: a marker for every operation, with its facts and how its answer is read.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Layout;
use crate::emit::facts::emit_operation_facts;
use crate::emit::markdown::span;
use crate::emit::scope::Scope;
use crate::emit::token::{cfg, deprecated, doc, docs, ident, index, number, string};
use crate::plan::declaration::{
    EventForm, OperationDecl, OutputDecl, PaginationDecl, Plan, Presence, RustType, Status, StreamDecl, SuccessDecl,
};

/// Items of one file below `op/`.
pub(crate) fn emit_op_file(plan: &Plan, operations: &[OperationDecl], layout: Layout<'_>) -> Vec<TokenStream> {
    let scope = Scope::outside(plan, declared(operations));
    let mut items: Vec<TokenStream> =
        operations.iter().flat_map(|operation| emit_gated(&scope, operation, layout)).collect();
    let mut all = vec![quote!(
        use typewright_runtime::codegen::v1 as rt;
    )];
    if scope.uses_types() {
        all.push(quote!(
            use super::super::types;
        ));
    }
    all.append(&mut items);
    all
}

fn declared(operations: &[OperationDecl]) -> BTreeSet<&str> {
    let markers = operations.iter().map(|operation| operation.marker_ident.as_str());
    let outputs = operations.iter().filter_map(|operation| match &operation.output {
        OutputDecl::OneOf { ident, .. } => Some(ident.as_str()),
        _ => None,
    });
    markers.chain(outputs).collect()
}

/// What is not stable yet is there with its feature only.
fn emit_gated(scope: &Scope<'_>, operation: &OperationDecl, layout: Layout<'_>) -> Vec<TokenStream> {
    let cfg = cfg(layout.feature(operation.preview.as_deref()));
    let mut items = emit_operation(scope, operation);
    if let OutputDecl::OneOf { ident: name, variants, other } = &operation.output {
        items.push(emit_encode(name, variants, other.as_deref()));
        items.push(emit_serialize(name, layout));
    }
    items.into_iter().map(|item| quote!(#cfg #item)).collect()
}

fn emit_operation(scope: &Scope<'_>, operation: &OperationDecl) -> Vec<TokenStream> {
    let marker = ident(&operation.marker_ident);
    let doc = doc(&span(&format!("{} {}", operation.http_method, operation.path)));
    let deprecated = deprecated(operation.deprecated);
    let (result, facts) = (scope.prelude("Result"), emit_operation_facts(operation));
    let (output, decode) = (output_type(scope, &operation.output), emit_decode(&operation.output));
    let mut items = vec![
        quote!(#doc #deprecated #[derive(Clone, Copy, Debug)] pub enum #marker {}),
        quote! {
            impl rt::Operation for #marker {
                type Output = #output;
                const FACTS: &'static rt::OperationFacts = &#facts;
                fn decode(reply: &rt::RawReply) -> #result<Self::Output, rt::DecodeError> { #decode }
            }
        },
    ];
    items.extend(operation.pagination.as_ref().map(|pagination| emit_paged(scope, operation, pagination)));
    items.extend(emit_headers(scope, operation));
    items.extend(operation.streams.iter().map(|stream| emit_stream(scope, operation, stream)));
    if let OutputDecl::OneOf { ident: name, variants, other } = &operation.output {
        items.push(emit_one_of(scope, operation, name, (variants, other.as_deref())));
    }
    items
}

/// What a call gives, as a type.
pub(crate) fn output_type(scope: &Scope<'_>, output: &OutputDecl) -> TokenStream {
    match output {
        OutputDecl::Empty => quote!(()),
        OutputDecl::Json(ty) => scope.ty(ty),
        OutputDecl::OptionalJson(ty) => scope.ty(&RustType::Nullable(Box::new(ty.clone()))),
        OutputDecl::Member { ty: list @ RustType::List(_), .. } => scope.ty(list),
        OutputDecl::Member { ty, .. } => scope.ty(&RustType::Nullable(Box::new(ty.clone()))),
        OutputDecl::Text => scope.prelude("String"),
        OutputDecl::Bytes => quote!(rt::Bytes),
        OutputDecl::Redirect => quote!(rt::RedirectTarget),
        OutputDecl::OneOf { ident: name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// How an answer is read that is called `reply`.
fn emit_decode(output: &OutputDecl) -> TokenStream {
    match output {
        OutputDecl::OneOf { ident: name, variants, other } => emit_choice(name, variants, other.as_deref()),
        other => {
            let read = emit_read(other);
            quote!(reply.#read)
        }
    }
}

/// The method that reads one kind of content.
pub(crate) fn emit_read(output: &OutputDecl) -> TokenStream {
    match output {
        OutputDecl::Empty | OutputDecl::OneOf { .. } => quote!(empty()),
        OutputDecl::Json(_) => quote!(json()),
        OutputDecl::OptionalJson(_) => quote!(optional_json()),
        OutputDecl::Member { pointer, ty } => {
            let (pointer, list) = (string(pointer), matches!(ty, RustType::List(_)));
            let read = ident(if list { "list_at" } else { "member_at" });
            quote!(#read(#pointer))
        }
        OutputDecl::Text => quote!(text()),
        OutputDecl::Bytes => quote!(bytes()),
        OutputDecl::Redirect => quote!(redirect_target()),
    }
}

/// A match over statuses, the narrow ones first, and over content types where a status has several. What no variant
/// describes is kept raw.
fn emit_choice(name: &str, variants: &[SuccessDecl], other: Option<&str>) -> TokenStream {
    let other = other.map(|other| emit_raw(name, other));
    let mut statuses: Vec<Status> = variants.iter().map(|variant| variant.status).collect();
    statuses.dedup();
    statuses.sort_by_key(|status| match status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    let read = |status: Status| {
        let kinds: Vec<&SuccessDecl> = variants.iter().filter(|variant| variant.status == status).collect();
        emit_kinds(name, &kinds, other.as_ref())
    };
    if statuses == [Status::Default] {
        return read(Status::Default);
    }
    let arms = statuses.iter().map(|status| {
        let (pattern, read) = (status_pattern(*status, &statuses), read(*status));
        quote!(#pattern => #read,)
    });
    let rest = other.as_ref().filter(|_| !statuses.contains(&Status::Default)).map(|other| quote!(_ => #other,));
    quote!(match reply.status() { #(#arms)* #rest })
}

/// A range in which a status has an arm of its own is a condition, since ranges of patterns must not overlap for clippy.
fn status_pattern(status: Status, all: &[Status]) -> TokenStream {
    let overlaps =
        |class: u8| all.iter().any(|one| matches!(one, Status::Code(code) if code / 100 == u16::from(class)));
    match status {
        Status::Code(code) => {
            let code = number(code.into());
            quote!(#code)
        }
        Status::Range(class) if overlaps(class) => {
            let class = number(class.into());
            quote!(status if status / 100 == #class)
        }
        Status::Range(class) => {
            let (first, last) = (number(u64::from(class) * 100), number(u64::from(class) * 100 + 99));
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

/// How an answer of one status is read.
fn emit_kinds(name: &str, kinds: &[&SuccessDecl], other: Option<&TokenStream>) -> TokenStream {
    if let [only] = kinds
        && only.content_types.is_empty()
    {
        return emit_kind(name, only);
    }
    let types: Vec<&String> = kinds.iter().flat_map(|kind| &kind.content_types).collect();
    let mut before = 0;
    let arms = kinds.iter().map(|kind| {
        let places = (before..before + kind.content_types.len()).map(index);
        before += kind.content_types.len();
        let (pattern, read) = (quote!(#(#places)|*), emit_kind(name, kind));
        quote!(Some(#pattern) => #read,)
    });
    let (arms, types) = (arms.collect::<Vec<_>>(), types.iter().map(|content_type| string(content_type)));
    quote!(match reply.content(&[#(#types),*]) { #(#arms)* _ => #other, })
}

fn emit_kind(name: &str, kind: &SuccessDecl) -> TokenStream {
    let (name, variant, decode) = (ident(name), ident(&kind.ident), emit_decode(&kind.output));
    match kind.output {
        OutputDecl::Empty => quote!(Ok(#name::#variant)),
        _ => quote!(#decode.map(#name::#variant)),
    }
}

fn emit_raw(name: &str, other: &str) -> TokenStream {
    let (name, other) = (ident(name), ident(other));
    quote!(reply.bytes().map(#name::#other))
}

fn emit_one_of(
    scope: &Scope<'_>,
    operation: &OperationDecl,
    name: &str,
    (variants, other): (&[SuccessDecl], Option<&str>),
) -> TokenStream {
    let by = if variants.iter().all(|variant| variant.content_types.is_empty()) { "status" } else { "kind" };
    let (doc_line, name) = (doc(&format!("What [`{}`] gives, by {by}.", operation.marker_ident)), ident(name));
    let shown = variants.iter().map(|kind| {
        let (docs, variant) = (docs(&kind.docs), ident(&kind.ident));
        match &kind.output {
            OutputDecl::Empty => quote!(#docs #variant),
            other => {
                let ty = output_type(scope, other);
                quote!(#docs #variant(#ty))
            }
        }
    });
    let other = other.map(|other| {
        let (doc, other) = (doc("The body of a success response that the document does not describe."), ident(other));
        quote!(#doc #other(rt::Bytes))
    });
    quote! {
        #doc_line
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#shown,)* #other }
    }
}

/// What came is written as it would be alone: which kind it was is not told.
fn emit_encode(name: &str, variants: &[SuccessDecl], other: Option<&str>) -> TokenStream {
    let own = variants.iter().map(|kind| {
        let variant = ident(&kind.ident);
        match &kind.output {
            OutputDecl::Empty => quote!(Self::#variant => e.null()),
            OutputDecl::Bytes => quote!(Self::#variant(body) => e.body(body)),
            _ => quote!(Self::#variant(value) => rt::Encode::encode(value, e)),
        }
    });
    let other = other.map(ident).map(|other| quote!(Self::#other(body) => e.body(body)));
    let (name, arms) = (ident(name), own.chain(other));
    quote! {
        impl rt::Encode for #name {
            fn encode(&self, e: &mut rt::Encoder) {
                match self { #(#arms,)* }
            }
        }
    }
}

fn emit_serialize(name: &str, layout: Layout<'_>) -> TokenStream {
    let (name, cfg) = (ident(name), cfg(layout.feature(Some("serde"))));
    quote!(#cfg rt::serde_write!(#name);)
}

fn emit_paged(scope: &Scope<'_>, operation: &OperationDecl, pagination: &PaginationDecl) -> TokenStream {
    let (marker, item, vec) = (ident(&operation.marker_ident), scope.ty(&pagination.item), scope.prelude("Vec"));
    let items = emit_items(&operation.output, &pagination.items_path);
    quote! {
        impl rt::Paged for #marker {
            type Item = #item;
            fn items(page: Self::Output) -> #vec<Self::Item> { #items }
        }
    }
}

fn emit_headers(scope: &Scope<'_>, operation: &OperationDecl) -> Option<TokenStream> {
    let marker = ident(&operation.marker_ident);
    let constants = operation.headers.iter().map(|header| {
        let (name, wire, ty) = (ident(&header.ident), string(&header.wire_name), scope.ty(&header.ty));
        let docs = docs(&header.docs);
        quote!(#docs pub const #name: rt::Header<#ty> = rt::Header::new(#wire);)
    });
    (!operation.headers.is_empty()).then(|| quote!(impl #marker { #(#constants)* }))
}

fn emit_stream(scope: &Scope<'_>, operation: &OperationDecl, stream: &StreamDecl) -> TokenStream {
    let marker = ident(&operation.marker_ident);
    let asks = |accept: &str| {
        let accept = string(accept);
        quote!(const ACCEPT: &'static str = #accept;)
    };
    match stream {
        StreamDecl::Bytes { accept } => {
            let accept = asks(accept);
            quote!(impl rt::InBytes for #marker { #accept })
        }
        StreamDecl::Records { accept, item } => {
            let (accept, item) = (asks(accept), scope.ty(item));
            quote!(impl rt::InRecords for #marker { type Record = #item; #accept })
        }
        StreamDecl::Events { data, form } => {
            let data = scope.ty(data);
            let form = ident(match form {
                EventForm::Text => "Text",
                EventForm::Json => "Json",
                EventForm::Whole => "Whole",
            });
            quote! {
                impl rt::InEvents for #marker {
                    type Data = #data;
                    const FORM: rt::EventForm = rt::EventForm::#form;
                }
            }
        }
    }
}

/// From the page to its items; whatever is absent or null on the way makes an empty page.
fn emit_items(output: &OutputDecl, path: &[(String, Presence)]) -> TokenStream {
    let mut value = quote!(page);
    let mut optional = matches!(output, OutputDecl::OptionalJson(_));
    for (field, presence) in path {
        let field = ident(field);
        let into_option =
            if *presence == Presence::OptionalNullable { quote!(.into_option()) } else { TokenStream::new() };
        value = match (optional, presence) {
            (false, _) => quote!(#value.#field #into_option),
            (true, Presence::Required) => quote!(#value.map(|value| value.#field)),
            (true, _) => quote!(#value.and_then(|value| value.#field #into_option)),
        };
        optional |= *presence != Presence::Required;
    }
    if optional { quote!(#value.unwrap_or_default()) } else { value }
}
