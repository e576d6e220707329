//! Facts of one operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::retry::{emit_idempotency, emit_retry};
use super::rules::{emit_body_rules, emit_rules};
use super::{link, mark, status, strings};
use crate::api::{Codec, Encoding, Location, SecurityUse, Status, Style, WholeQuery};
use crate::emit::token::{ident, index, number, string};
use crate::facts::{Declared, NextCursor, Pagination, SessionRole};
use crate::plan::declaration::{
    AdjustmentDecl, AnswerDecl, BodyDecl, Change, OperationDecl, OperationServer, ParameterDecl, ParameterRole,
};

/// `rt::OperationFacts::new(…)…`.
pub(crate) fn emit_operation_facts(operation: &OperationDecl) -> TokenStream {
    let (id, method, path) = (string(&operation.id), string(&operation.http_method), string(&operation.path));
    let parameters = link("parameters", list(&operation.parameters, emit_parameter));
    let body = link("body", operation.body.as_ref().map(emit_body));
    let others = link("other_bodies", list(&operation.other_bodies, emit_body));
    let accept = link("accept", operation.accept.as_deref().map(text));
    let security = link("security", list(&operation.security, |uses| emit_alternative(uses)));
    let answers: Vec<&AnswerDecl> = operation.answers.iter().filter(|one| is_told(operation, one)).collect();
    let answers = link("answers", list(&answers, |answer| emit_answer(answer)));
    let pagination = link("pagination", operation.paging.as_ref().map(|paging| emit_pagination(&paging.facts)));
    let retry = link("retry", operation.retry.as_ref().map(emit_retry));
    let idempotency = match &operation.idempotency {
        Declared::Inherit => TokenStream::new(),
        Declared::Off => mark("no_idempotency", true),
        Declared::Own(own) => link("idempotency", Some(emit_idempotency(own))),
    };
    let server = operation.server.as_ref().map(|server| match server {
        OperationServer::Url(url) => link("base_url", Some(text(url))),
        OperationServer::Place(place) => link("server", Some(index(*place).into_token_stream())),
    });
    let session = operation.session.map(|role| match role {
        SessionRole::Opens => quote!(rt::SessionRole::Opens),
        SessionRole::Renews => quote!(rt::SessionRole::Renews),
        SessionRole::Closes => quote!(rt::SessionRole::Closes),
    });
    let session = link("session", session);
    let unverified = mark("unverified", operation.unverified);
    let expects = link("expects", (!operation.expects.is_empty()).then(|| strings(&operation.expects)));
    quote! {
        rt::OperationFacts::new(#id, #method, #path)
            #parameters #body #others #accept #security #answers #pagination #retry #idempotency #session #server #expects #unverified
    }
}

fn list<T>(values: &[T], emit: impl Fn(&T) -> TokenStream) -> Option<TokenStream> {
    let items = values.iter().map(emit);
    (!values.is_empty()).then(|| quote!(&[#(#items),*]))
}

fn text(text: &str) -> TokenStream {
    let text = string(text);
    quote!(#text)
}

fn emit_parameter(parameter: &ParameterDecl) -> TokenStream {
    let wire = string(&parameter.wire_name);
    // The default of each place, which the facts need not repeat.
    let (place, usual) = match parameter.location {
        Location::Path => ("path", (Style::Simple, false)),
        Location::Query => ("query", (Style::Form, true)),
        Location::Header => ("header", (Style::Simple, false)),
        Location::Cookie => ("cookie", (Style::Form, true)),
        Location::Body => ("body", (Style::Json, false)),
        Location::Part => ("part", (Style::Simple, false)),
    };
    let place = ident(place);
    let given = (parameter.style, parameter.explode);
    let style = emit_style(parameter.style, parameter.explode, parameter.allow_reserved);
    let segments = mark("segments", parameter.segments);
    let style = (given != usual || parameter.allow_reserved || parameter.segments).then(|| quote!(#style #segments));
    let style = link("style", style);
    let rules = emit_rules(&parameter.rules);
    let whole = parameter.whole.as_ref().map(emit_whole_query);
    let of_part = parameter.part.as_ref().map(|of_part| text(&of_part.part)).into_iter();
    let usual = link("usual", parameter.part.as_ref().and_then(|of_part| of_part.usual.as_deref()).map(text));
    // What is an argument is always there.
    let needed = parameter.part.as_ref().is_some_and(|of_part| of_part.needed)
        && matches!(parameter.role, ParameterRole::Setter(_));
    let needed = mark("needed", needed);
    quote!(rt::Parameter::#place(#(#of_part,)* #wire) #style #whole #usual #needed #rules)
}

/// How the whole query is written, as a body would be.
fn emit_whole_query(whole: &WholeQuery) -> TokenStream {
    let kind = ident(match whole.codec {
        Codec::Json => "Json",
        Codec::Form => "Form",
        _ => "Text",
    });
    let fields = link("fields", emit_form_fields(whole.encoding.iter()));
    quote!(.whole_query(rt::BodyKind::#kind) #fields)
}

fn emit_style(style: Style, explode: bool, allow_reserved: bool) -> TokenStream {
    let reserved = mark("allow_reserved", allow_reserved);
    let style = ident(match style {
        Style::Json => "Json",
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Cookie => "Cookie",
    });
    quote!(rt::StyleFacts::new(rt::Style::#style, #explode) #reserved)
}

fn emit_body(body: &BodyDecl) -> TokenStream {
    let kind = ident(match body.codec {
        Codec::Json => "json",
        Codec::Form => "form",
        Codec::Text => "text",
        Codec::Multipart => "multipart",
        Codec::Events | Codec::JsonLines | Codec::Bytes => "bytes",
    });
    let media_type = string(&body.media_type);
    let encoding = body.encoding.iter().map(|(member, encoding)| (member, encoding));
    let fields = link("fields", (body.codec == Codec::Form).then(|| emit_form_fields(encoding)).flatten());
    let parts = link("parts", (body.codec == Codec::Multipart).then(|| emit_parts(body)).flatten());
    let rules = emit_body_rules(&body.rules);
    let adjustments = link("adjustments", list(&body.adjustments, emit_adjustment));
    let optional = mark("optional", body.flat && !body.required);
    quote!(rt::BodyFacts::#kind(#media_type) #fields #parts #rules #adjustments #optional)
}

fn emit_adjustment(adjustment: &AdjustmentDecl) -> TokenStream {
    let path = strings(&adjustment.path);
    match &adjustment.change {
        Change::Fill(json) => {
            let json = string(json);
            quote!(rt::Adjustment::fill(#path, #json))
        }
        Change::Trim => quote!(rt::Adjustment::trim(#path)),
    }
}

/// Files, and what the document gives a content type or a style.
fn emit_parts(body: &BodyDecl) -> Option<TokenStream> {
    let of = |member: &String| body.encoding.iter().find(|(name, _)| name == member).map(|(_, encoding)| encoding);
    // A style goes before a content type; files have none.
    let style = |member: &String| of(member).filter(|encoding| encoding.styled && !body.files.contains(member));
    let said = |member: &String| of(member).filter(|_| style(member).is_none())?.content_type.as_deref();
    let has_facts = |encoding: &Encoding| encoding.content_type.is_some() || encoding.styled;
    let typed = body.encoding.iter().filter(|(_, encoding)| has_facts(encoding)).map(|(name, _)| name);
    let names: BTreeSet<&String> = body.files.iter().chain(typed).collect();
    let names: Vec<&String> = names.into_iter().collect();
    list(&names, |name| {
        let (file, content_type) =
            (mark("file", body.files.contains(name)), link("content_type", said(name).map(text)));
        let style = style(name).map(|one| emit_style(one.style, one.explode, one.allow_reserved));
        let (name, style) = (string(name), link("style", style));
        quote!(rt::PartFacts::new(#name) #file #content_type #style)
    })
}

/// Only what the document encodes in its own way.
fn emit_form_fields<'a>(encoding: impl Iterator<Item = (&'a String, &'a Encoding)>) -> Option<TokenStream> {
    let own = encoding.filter(|(_, encoding)| encoding.styled || encoding.style == Style::Json);
    list(&own.collect::<Vec<_>>(), |(name, encoding)| {
        let (name, style) = (string(name), emit_style(encoding.style, encoding.explode, encoding.allow_reserved));
        quote!(rt::FormField::new(#name, #style))
    })
}

fn emit_alternative(uses: &[SecurityUse]) -> TokenStream {
    let needs = uses.iter().map(|need| {
        let (scheme, scopes) = (index(need.scheme), strings(&need.scopes));
        quote!(rt::Need::new(#scheme, #scopes))
    });
    quote!(&[#(#needs),*])
}

fn emit_answer(answer: &AnswerDecl) -> TokenStream {
    let shown = status(answer.status);
    match (answer.success, answer.error, answer.status) {
        (true, _, Status::Code(code)) => {
            let code = number(code.into());
            quote!(rt::Answer::success(#code))
        }
        (true, _, _) => quote!(rt::Answer::successes(#shown)),
        (false, Some(schema), _) => {
            let schema = index(schema);
            quote!(rt::Answer::error(#shown, #schema))
        }
        // No schema has this index, so the body is kept raw.
        (false, None, _) => quote!(rt::Answer::error(#shown, usize::MAX)),
    }
}

/// A refusal without a schema is what the runtime takes every refusal for, unless a range or `default` says more.
fn is_told(operation: &OperationDecl, answer: &AnswerDecl) -> bool {
    let is_refusal = |status: Status| matches!(status, Status::Code(400..) | Status::Range(4..) | Status::Default);
    let wider = || operation.answers.iter().any(|one| one.error.is_some() && !matches!(one.status, Status::Code(_)));
    answer.success || answer.error.is_some() || !is_refusal(answer.status) || wider()
}

fn emit_pagination(pagination: &Pagination) -> TokenStream {
    let (start, size, items, more) = match pagination {
        Pagination::Page { page, first, size, items, total_pages } => {
            let (page, first) = (string(page), number(*first));
            let total = link("total_pages", total_pages.as_deref().map(text));
            (quote!(page(#page, #first)), size.as_deref(), items, total)
        }
        Pagination::Offset { offset, limit, items, total } => {
            let (offset, total) = (string(offset), link("total", total.as_deref().map(text)));
            (quote!(offset(#offset)), Some(limit.as_str()), items, total)
        }
        Pagination::Cursor { cursor, items, next, more } => {
            let cursor = string(cursor);
            let start = match next {
                NextCursor::Answer(next) => {
                    let next = string(next);
                    quote!(cursor(#cursor, #next))
                }
                NextCursor::LastItem(member) => {
                    let member = string(member);
                    quote!(cursor_of_last_item(#cursor, #member))
                }
            };
            (start, None, items, link("more", more.as_deref().map(text)))
        }
        Pagination::Link { items, next } => {
            let start = match next.as_deref().map(text) {
                Some(next) => quote!(link_at(#next)),
                None => quote!(link()),
            };
            (start, None, items, TokenStream::new())
        }
    };
    let (size, items) = (link("size", size.map(text)), text(items));
    quote!(rt::Pagination::#start #size .items(#items) #more)
}
