//! How the members of bodies and of whole queries are encoded, as far as the document says something of it.

use std::collections::BTreeSet;

use super::declaration::{BodyKind, FormFieldDecl, PartDecl, StyleDecl, WholeQueryDecl};
use crate::api::{Codec, Content, Encoding, Style, WholeQuery};

/// How a body is written. `files` are its members that are files.
pub(super) fn body(content: &Content, codec: Codec, files: &[String]) -> BodyKind {
    match codec {
        Codec::Json => BodyKind::Json,
        Codec::Form => BodyKind::Form(fields(content.encoding.iter())),
        Codec::Text => BodyKind::Text,
        Codec::Multipart => BodyKind::Multipart(parts(content, files)),
        Codec::Events | Codec::JsonLines | Codec::Bytes => BodyKind::Bytes,
    }
}

/// How the whole query is written, as a body would be.
pub(super) fn whole_query(whole: &WholeQuery) -> WholeQueryDecl {
    let kind = match whole.codec {
        Codec::Json => BodyKind::Json,
        Codec::Form => BodyKind::Form(fields(whole.encoding.iter())),
        _ => BodyKind::Text,
    };
    WholeQueryDecl { kind }
}

/// Only what the document encodes in its own way.
fn fields<'a>(encoding: impl Iterator<Item = (&'a String, &'a Encoding)>) -> Vec<FormFieldDecl> {
    let own = encoding.filter(|(_, encoding)| encoding.styled || encoding.style == Style::Json);
    own.map(|(name, encoding)| FormFieldDecl { wire_name: name.clone(), style: style(encoding) }).collect()
}

/// Files, and what the document gives a content type or a style.
fn parts(content: &Content, files: &[String]) -> Vec<PartDecl> {
    let has_facts = |encoding: &Encoding| encoding.content_type.is_some() || encoding.styled;
    let typed = content.encoding.iter().filter(|(_, encoding)| has_facts(encoding)).map(|(name, _)| name);
    let names: BTreeSet<&String> = files.iter().chain(typed).collect();
    let part = |name: &String| {
        let (file, encoding) = (files.contains(name), content.encoding.get(name));
        // A style goes before a content type; files have none.
        let style = encoding.filter(|encoding| encoding.styled && !file).map(style);
        let content_type = encoding.filter(|_| style.is_none()).and_then(|encoding| encoding.content_type.clone());
        PartDecl { wire_name: name.clone(), file, content_type, style }
    };
    names.into_iter().map(part).collect()
}

fn style(encoding: &Encoding) -> StyleDecl {
    let Encoding { style, explode, allow_reserved, .. } = *encoding;
    StyleDecl { style, explode, allow_reserved, segments: false }
}
