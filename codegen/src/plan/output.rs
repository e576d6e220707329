//! What a call gives: the bodies of its successes.

use super::declaration::{OutputDecl, SuccessDecl};
use super::docs;
use super::index::Index;
use super::side::Side;
use crate::api::{Answer, Codec, Content, Operation, Shape, Status, is_redirect, is_success};
use crate::name::{Names, OperationNames, SuccessKind};

/// Which of the content types that an answer declares are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// The one that a call asks for, because what is declared beside (pagination, a projection) is in its body.
    Chosen,
    /// Whichever the server chooses.
    All,
}

/// Plans the output of an operation.
pub(super) fn plan_output(
    index: &Index<'_>,
    operation: &Operation,
    names: &OperationNames,
    contents: Contents,
) -> OutputDecl {
    if is_redirected(operation) {
        return OutputDecl::Redirect;
    }
    if !has_bodies(operation) {
        return OutputDecl::Empty;
    }
    let mut found: Vec<Success<'_>> =
        successes(operation).into_iter().flat_map(|answer| kinds_of(index, answer, contents)).collect();
    found.sort_by_key(|success| success.status);
    let mut kinds: Vec<OutputDecl> = Vec::new();
    for success in &found {
        if !kinds.contains(&success.output) {
            kinds.push(success.output.clone());
        }
    }
    if let Some(pointer) = &operation.facts.projection {
        let ty = kinds.iter().find_map(|kind| match kind {
            OutputDecl::Json(ty) | OutputDecl::OptionalJson(ty) => Some(ty.clone()),
            _ => None,
        });
        return ty.map_or(OutputDecl::Empty, |ty| OutputDecl::Member { pointer: pointer.clone(), ty });
    }
    let negotiated = found.iter().any(|success| !success.contents.is_empty());
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next(), kinds.next()) {
        (None, ..) => OutputDecl::Empty,
        (Some(only), None, _) => only,
        (Some(one), Some(other), None) if !negotiated => match both(one, other) {
            Some(merged) => merged,
            None => one_of(index, found, names),
        },
        _ => one_of(index, found, names),
    }
}

/// Whether answers have bodies. What a document declares for HEAD is what GET would answer: RFC 9110, section 9.3.2.
pub(super) fn has_bodies(operation: &Operation) -> bool {
    operation.method != "HEAD"
}

/// A kind of success that is read in one way.
struct Success<'a> {
    status: Status,
    /// The content types that it comes as; empty: the status alone tells.
    contents: Vec<&'a Content>,
    output: OutputDecl,
}

impl Success<'_> {
    /// What names it.
    fn kind(&self) -> SuccessKind<'_> {
        let media_type = self.contents.first().map(|content| content.media_type.as_str());
        SuccessKind { status: self.status, media_type }
    }
}

/// The kinds of one answer: JSON of each type, and everything else by its content type. One kind needs no telling apart.
fn kinds_of<'a>(index: &Index<'_>, answer: &'a Answer, contents: Contents) -> Vec<Success<'a>> {
    let of = |output, contents| Success { status: answer.status, contents, output };
    let mut kinds: Vec<Success<'a>> = Vec::new();
    for content in alternatives(&answer.contents).into_iter().filter(|_| contents == Contents::All) {
        let output = output_of(index, std::slice::from_ref(content));
        match kinds.iter_mut().find(|kind| kind.output == output && content.codec == Codec::Json) {
            Some(kind) => kind.contents.push(content),
            None => kinds.push(of(output, vec![content])),
        }
    }
    let differ = kinds.iter().any(|kind| kinds.first().is_some_and(|first| first.output != kind.output));
    if differ { kinds } else { vec![of(output_of(index, &answer.contents), Vec::new())] }
}

/// The content types that a server may choose from, the preferred one first. Left out are what a caller asks for by another
/// method (events, JSON lines), what says nothing (a range without a schema) and what says the same as JSON in other words.
pub(super) fn alternatives(contents: &[Content]) -> Vec<&Content> {
    let Some(chosen) = Content::choose(contents) else { return Vec::new() };
    let is_choice = |content: &Content| {
        let streamed = matches!(content.codec, Codec::Events | Codec::JsonLines);
        let anything = content.codec == Codec::Bytes && content.essence().contains('*');
        let same = chosen.codec == Codec::Json && content.is_other_words();
        !streamed && !anything && !same && content.header_text().is_some()
    };
    let others = contents.iter().filter(|content| !std::ptr::eq(*content, chosen) && is_choice(content));
    std::iter::once(chosen).chain(others).collect()
}

/// Whether a redirect is the only success that is declared.
pub(super) fn is_redirected(operation: &Operation) -> bool {
    successes(operation).iter().any(|answer| is_redirect(answer.status))
}

/// The answers that are a call's output: those of 2xx, without any the redirects, or `default` where nothing else says what
/// success is.
pub(super) fn successes(operation: &Operation) -> Vec<&Answer> {
    let named: Vec<&Answer> = operation.answers.iter().filter(|answer| is_success(answer.status)).collect();
    if !named.is_empty() {
        return named;
    }
    let redirects: Vec<&Answer> = operation.answers.iter().filter(|answer| is_redirect(answer.status)).collect();
    if !redirects.is_empty() {
        return redirects;
    }
    operation.answers.iter().filter(|answer| answer.status == Status::Default).collect()
}

/// What is read of these contents.
pub(super) fn output_of(index: &Index<'_>, contents: &[Content]) -> OutputDecl {
    let Some(content) = Content::choose(contents) else { return OutputDecl::Empty };
    match content.codec {
        Codec::Json => {
            let nullable = content.of.nullable;
            let bare = index.bare(content.of.ty, Side::Answer);
            match index.ty(content.of.ty).map(|ty| &ty.shape) {
                Some(Shape::Null) => OutputDecl::Empty,
                _ if nullable && !index.holds_null(content.of.ty) => OutputDecl::OptionalJson(bare),
                _ => OutputDecl::Json(bare),
            }
        }
        Codec::Text | Codec::Form | Codec::Events | Codec::JsonLines => OutputDecl::Text,
        Codec::Bytes | Codec::Multipart => OutputDecl::Bytes,
    }
}

/// Two outputs that are one type with nothing in it now and then.
fn both(one: OutputDecl, other: OutputDecl) -> Option<OutputDecl> {
    use OutputDecl::{Bytes, Empty, Json, OptionalJson, Text};
    match (one, other) {
        (Json(ty), Empty) | (Empty, Json(ty)) => Some(OptionalJson(ty)),
        (OptionalJson(ty), Empty) | (Empty, OptionalJson(ty)) => Some(OptionalJson(ty)),
        (Json(ty), OptionalJson(same)) | (OptionalJson(same), Json(ty)) if ty == same => Some(OptionalJson(ty)),
        (Text, Empty) | (Empty, Text) => Some(Text),
        (Bytes, Empty) | (Empty, Bytes) => Some(Bytes),
        _ => None,
    }
}

/// `Status 200.`, ``Status 200 as `text/csv`.``
fn success_words(success: &Success<'_>) -> String {
    let status = match success.status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(class) => format!("Status {class}00 to {class}99"),
        Status::Default => "Any other status".to_owned(),
    };
    let types = success.contents.iter().filter_map(|content| content.header_text());
    let types: Vec<String> = types.map(|content_type| docs::code(&content_type)).collect();
    if types.is_empty() { format!("{status}.") } else { format!("{status} as {}.", types.join(" or ")) }
}

fn one_of(index: &Index<'_>, successes: Vec<Success<'_>>, names: &OperationNames) -> OutputDecl {
    let kinds: Vec<SuccessKind<'_>> = successes.iter().map(Success::kind).collect();
    let idents = Names::success_variants(&kinds);
    let default = successes.iter().any(|success| success.status == Status::Default);
    let negotiated = successes.iter().any(|success| !success.contents.is_empty());
    let other = (!default || negotiated).then_some("Other");
    let declared = successes.into_iter().zip(idents).map(|(success, ident)| SuccessDecl {
        ident,
        status: success.status,
        content_types: success.contents.iter().filter_map(|content| content.header_text()).collect(),
        docs: vec![success_words(&success)],
        output: success.output,
    });
    let variants = declared.collect();
    OutputDecl::OneOf { ident: index.names.output_enum(names), variants, other: other.map(str::to_owned) }
}

/// Which variants an answer is where there are several kinds of success: `` Read as `Ok`, or as `OkCsv` from `text/csv`. ``
pub(super) fn words(output: &OutputDecl, status: Status) -> Option<String> {
    let OutputDecl::OneOf { variants, .. } = output else { return None };
    let kinds = variants.iter().filter(|variant| variant.status == status).map(|variant| {
        let types: Vec<String> = variant.content_types.iter().map(|name| docs::code(name)).collect();
        let from = if types.is_empty() { String::new() } else { format!(" from {}", types.join(" or ")) };
        format!("{}{from}", docs::code(&variant.ident))
    });
    let kinds: Vec<String> = kinds.collect();
    (!kinds.is_empty()).then(|| format!("Read as {}.", kinds.join(", as ")))
}
