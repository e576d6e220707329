//! What a call gives: the bodies of its successes.

use super::declaration::OutputDecl;
use super::index::Index;
use super::side::Side;
use crate::api::{Answer, Codec, Content, Operation, Shape, Status, is_success};
use crate::name::{Names, OperationNames};

/// Plans the output of an operation.
pub(super) fn plan_output(index: &Index<'_>, operation: &Operation, names: &OperationNames) -> OutputDecl {
    let mut outputs: Vec<(Status, OutputDecl)> =
        successes(operation).into_iter().map(|answer| (answer.status, output(index, answer))).collect();
    outputs.sort_by_key(|(status, _)| *status);
    let mut kinds: Vec<OutputDecl> = Vec::new();
    for (_, output) in &outputs {
        if !kinds.contains(output) {
            kinds.push(output.clone());
        }
    }
    if let Some(pointer) = &operation.facts.projection {
        let ty = kinds.iter().find_map(|kind| match kind {
            OutputDecl::Json(ty) | OutputDecl::OptionalJson(ty) => Some(ty.clone()),
            _ => None,
        });
        return ty.map_or(OutputDecl::Empty, |ty| OutputDecl::Member { pointer: pointer.clone(), ty });
    }
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next(), kinds.next()) {
        (None, ..) => OutputDecl::Empty,
        (Some(only), None, _) => only,
        (Some(one), Some(other), None) => match both(one, other) {
            Some(merged) => merged,
            None => per_status(index, outputs, names),
        },
        _ => per_status(index, outputs, names),
    }
}

/// The answers that are a call's output: those of 2xx, or `default` where nothing else says what success is.
pub(super) fn successes(operation: &Operation) -> Vec<&Answer> {
    let named: Vec<&Answer> = operation.answers.iter().filter(|answer| is_success(answer.status)).collect();
    if !named.is_empty() {
        return named;
    }
    operation.answers.iter().filter(|answer| answer.status == Status::Default).collect()
}

fn output(index: &Index<'_>, answer: &Answer) -> OutputDecl {
    output_of(index, &answer.contents)
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

fn per_status(index: &Index<'_>, outputs: Vec<(Status, OutputDecl)>, names: &OperationNames) -> OutputDecl {
    let variants = outputs.into_iter().map(|(status, output)| (variant(status), status, output)).collect();
    let mut ident = format!("{}Output", names.marker);
    while index.names.operations.iter().any(|other| other.marker == ident) {
        ident.push_str("Body");
    }
    OutputDecl::PerStatus { ident, variants }
}

fn variant(status: Status) -> String {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(range) => return Names::variant(&format!("status {range}xx")),
        Status::Default => return "Other".to_owned(),
    };
    let reason = match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritative",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        _ => return format!("Status{code}"),
    };
    reason.to_owned()
}
