//! Answers that can be read while they arrive: bytes, JSON lines, server-sent events.
//!
//! Owns which operation has which stream, and what it asks for. What awaiting the call gives is `output`'s affair.

use super::declaration::{EventForm, OutputDecl, RustType, Scalar, StreamDecl};
use super::index::Index;
use super::output::{has_bodies, is_redirected, successes};
use super::side::Side;
use crate::api::{AskedFor, Codec, Content, Operation, Shape, Status, TypeId};

/// Members that an event has, whatever it carries.
const EVENT_MEMBERS: &[&str] = &["comment", "data", "event", "id", "retry"];

/// Plans the streams of an operation, at most one of each kind.
pub(super) fn plan_streams(index: &Index<'_>, operation: &Operation) -> Vec<StreamDecl> {
    if !has_bodies(operation) {
        return Vec::new();
    }
    // What is behind the redirect is not described, so anything is asked for.
    if is_redirected(operation) {
        let accept = "*/*".to_owned();
        return if operation.method == "GET" { vec![StreamDecl::Bytes { accept }] } else { Vec::new() };
    }
    let contents: Vec<&Content> = successes(operation).into_iter().flat_map(|answer| &answer.contents).collect();
    let events = contents.iter().find(|content| content.codec == Codec::Events);
    let records = contents.iter().find(|content| content.codec == Codec::JsonLines);
    let bytes = accept(contents.iter().filter(|content| is_bytes(content, &contents)).copied());
    let bytes = bytes.map(|accept| StreamDecl::Bytes { accept });
    let records = records.map(|content| StreamDecl::Records {
        accept: content.media_type.clone(),
        item: index.value(content.of, Side::Answer),
    });
    let events = events.map(|content| plan_events(index, content));
    bytes.into_iter().chain(records).chain(events).collect()
}

/// What the docs of a method say of a stream.
pub(super) fn words(output: &OutputDecl, stream: &StreamDecl) -> &'static str {
    match stream {
        StreamDecl::Bytes { .. } if *output == OutputDecl::Redirect => {
            "`.stream()` follows the redirect and reads the bytes there, without credentials where that is another origin."
        }
        StreamDecl::Bytes { .. } => {
            "`.stream()` reads the answer's bytes while they arrive; awaited, the call reads the whole answer first."
        }
        StreamDecl::Records { .. } => {
            "`.records()` reads the answer's values one by one; awaited, the call reads the whole answer first."
        }
        StreamDecl::Events { .. } => {
            "`.events()` is the stream of the server's events; awaited, the call reads the whole answer first."
        }
    }
}

/// What a call asks for, where that is not JSON alone.
pub(super) fn plan_accept(operation: &Operation, output: &OutputDecl) -> Option<String> {
    if let Some(types) = wished(operation, output) {
        return Some(types).filter(|types| types != "application/json");
    }
    if let Some(types) = negotiated(output) {
        return Some(types);
    }
    if *output == OutputDecl::Redirect {
        return None;
    }
    let answers: Vec<&[Content]> = successes(operation).into_iter().map(|answer| &*answer.contents).collect();
    let json = answers.iter().all(|contents| contents.is_empty() || contents.iter().any(says_json));
    accept(answers.iter().filter_map(|contents| Content::choose(contents))).filter(|_| !json)
}

/// What the document says to ask for, as far as the output can read it.
fn wished(operation: &Operation, output: &OutputDecl) -> Option<String> {
    let chosen: Vec<&Content> =
        successes(operation).into_iter().filter_map(|answer| Content::choose(&answer.contents)).collect();
    let reads = |asked: &&AskedFor| match output {
        OutputDecl::OneOf { variants, .. } => {
            let mut types = variants.iter().flat_map(|variant| &variant.content_types);
            types.any(|known| known.eq_ignore_ascii_case(&asked.media_type))
        }
        _ => chosen.iter().any(|content| content.codec == asked.codec),
    };
    let types: Vec<&str> = operation.asks_for.iter().filter(reads).map(|asked| asked.media_type.as_str()).collect();
    (!types.is_empty()).then(|| types.join(", "))
}

/// Whether a server that has this content type answers who asks for `application/json`. One that has `application/vnd.api+json`
/// alone may refuse to.
fn says_json(content: &Content) -> bool {
    let essence = content.essence();
    content.codec == Codec::Json && (essence == "application/json" || essence.contains('*'))
}

/// Whatever the output can tell apart by its content type, the first of each status before the rest.
fn negotiated(output: &OutputDecl) -> Option<String> {
    let OutputDecl::OneOf { variants, .. } = output else { return None };
    let mut types: Vec<String> = Vec::new();
    let mut preferred: Vec<Status> = Vec::new();
    for variant in variants {
        let first = !preferred.contains(&variant.status);
        preferred.push(variant.status);
        for content_type in &variant.content_types {
            let told = if first { content_type.clone() } else { format!("{content_type};q=0.9") };
            if !types.contains(&told) && !types.contains(content_type) {
                types.push(told);
            }
        }
    }
    (!types.is_empty()).then(|| types.join(", "))
}

/// A list for the header `accept`. A wildcard alone says nothing.
fn accept<'a>(contents: impl Iterator<Item = &'a Content>) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for content in contents {
        let told = content.media_type.trim();
        // A header holds visible ASCII; what does not, or has no slash, is no media type.
        if !types.contains(&told) && told.contains('/') && told.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            types.push(told);
        }
    }
    (!types.is_empty()).then(|| types.join(", "))
}

/// Whether a content type is worth a stream of bytes. Beside JSON, XML and plain text are the same thing in other words.
fn is_bytes(content: &Content, all: &[&Content]) -> bool {
    let json = all.iter().any(|other| other.codec == Codec::Json);
    matches!(content.codec, Codec::Bytes | Codec::Multipart | Codec::Text) && !(json && content.is_other_words())
}

fn plan_events(index: &Index<'_>, content: &Content) -> StreamDecl {
    let (data, form) = match index.ty(content.of.ty).map(|ty| &ty.shape) {
        None | Some(Shape::Any(_) | Shape::String { .. } | Shape::Null) => {
            (RustType::Scalar(Scalar::String), EventForm::Text)
        }
        Some(_) if is_event(index, content.of.ty) => (index.bare(content.of.ty, Side::Answer), EventForm::Whole),
        Some(_) => (index.value(content.of, Side::Answer), EventForm::Json),
    };
    StreamDecl::Events { data, form }
}

/// Whether a schema describes an event itself and not only its data.
fn is_event(index: &Index<'_>, id: TypeId) -> bool {
    match index.ty(id).map(|ty| &ty.shape) {
        Some(Shape::Object(object)) => {
            let mut names = object.properties.iter().map(|property| property.wire_name.as_str());
            names.clone().any(|name| name == "data") && names.all(|name| EVENT_MEMBERS.contains(&name))
        }
        // Unions of unions are rare, and never of themselves here: one level is enough.
        Some(Shape::Union(union)) => {
            let is_object = |id: TypeId| matches!(index.ty(id).map(|ty| &ty.shape), Some(Shape::Object(_)));
            union.variants.iter().all(|variant| is_object(variant.of.ty) && is_event(index, variant.of.ty))
        }
        _ => false,
    }
}
