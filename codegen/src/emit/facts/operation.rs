//! Facts of one operation.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::retry::{emit_idempotency, emit_retry};
use super::rules::{emit_body_rules, emit_rules};
use super::{link, mark, status, strings};
use crate::emit::token::{ident, index, number, string};
use crate::facts::{Declared, NextCursor, Pagination, SessionRole};
use crate::plan::declaration::{
    AdjustmentDecl, AnswerDecl, BodyDecl, BodyKind, Change, OperationDecl, OperationServer, ParameterDecl,
    ParameterPlace, SecurityUse, Status, Style, StyleDecl,
};

/// `rt::OperationFacts::new(…)…`.
pub(crate) fn emit_operation_facts(operation: &OperationDecl) -> TokenStream {
    let (id, method, path) = (string(&operation.id), string(&operation.http_method), string(&operation.path));
    let parameters = link("parameters", list(&operation.parameters, emit_parameter));
    let body = link("body", operation.body.as_ref().map(emit_body));
    let others = link("other_bodies", list(&operation.other_bodies, emit_body));
    let accept = link("accept", operation.accept.as_deref().map(text));
    let security = link("security", list(&operation.security, |uses| emit_alternative(uses)));
    let answers = link("answers", list(&operation.answers, emit_answer));
    let pagination =
        link("pagination", operation.pagination.as_ref().map(|pagination| emit_pagination(&pagination.facts)));
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
    let (place, wire) = (ident(parameter.place.word()), string(&parameter.wire_name));
    let style = link("style", parameter.style.as_ref().map(emit_style));
    let rules = emit_rules(&parameter.rules);
    match &parameter.place {
        ParameterPlace::Query(Some(whole)) => {
            let kind = match whole.kind {
                BodyKind::Json => quote!(rt::BodyKind::Json),
                BodyKind::Form(_) => quote!(rt::BodyKind::Form),
                _ => quote!(rt::BodyKind::Text),
            };
            let fields = emit_fields(&whole.kind);
            quote!(rt::Parameter::#place(#wire) #style .whole_query(#kind) #fields #rules)
        }
        ParameterPlace::Part(header) => {
            let (part, needed) = (string(&header.part), mark("needed", header.needed));
            let usual = link("usual", header.usual.as_deref().map(text));
            quote!(rt::Parameter::#place(#part, #wire) #style #usual #needed #rules)
        }
        _ => quote!(rt::Parameter::#place(#wire) #style #rules),
    }
}

fn emit_style(facts: &StyleDecl) -> TokenStream {
    let (reserved, segments) = (mark("allow_reserved", facts.allow_reserved), mark("segments", facts.segments));
    let style = ident(match facts.style {
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
    let explode = facts.explode;
    quote!(rt::StyleFacts::new(rt::Style::#style, #explode) #reserved #segments)
}

fn emit_body(body: &BodyDecl) -> TokenStream {
    let kind = ident(match body.kind {
        BodyKind::Json => "json",
        BodyKind::Form(_) => "form",
        BodyKind::Text => "text",
        BodyKind::Multipart(_) => "multipart",
        BodyKind::Bytes => "bytes",
    });
    let media_type = string(&body.media_type);
    let members = emit_fields(&body.kind);
    let rules = emit_body_rules(&body.rules);
    let adjustments = link("adjustments", list(&body.adjustments, emit_adjustment));
    let optional = mark("optional", body.flat && !body.required);
    quote!(rt::BodyFacts::#kind(#media_type) #members #rules #adjustments #optional)
}

/// What the document says of the members of a form, or of parts.
fn emit_fields(kind: &BodyKind) -> TokenStream {
    match kind {
        BodyKind::Form(fields) => link(
            "fields",
            list(fields, |field| {
                let (name, style) = (string(&field.wire_name), emit_style(&field.style));
                quote!(rt::FormField::new(#name, #style))
            }),
        ),
        BodyKind::Multipart(parts) => link(
            "parts",
            list(parts, |part| {
                let (name, file) = (string(&part.wire_name), mark("file", part.file));
                let content_type = link("content_type", part.content_type.as_deref().map(text));
                let style = link("style", part.style.as_ref().map(emit_style));
                quote!(rt::PartFacts::new(#name) #file #content_type #style)
            }),
        ),
        _ => TokenStream::new(),
    }
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
