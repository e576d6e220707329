//! Headers of answers: constants by which a caller reads them with their type.

use super::declaration::HeaderDecl;
use super::docs;
use super::index::Index;
use super::output::successes;
use super::side::Side;
use crate::api::{Operation, Parameter};
use crate::name::Names;

/// The declared headers of an operation's answers, each once: refusals have theirs on the error. Where two answers have one
/// of the same name, the type is that of the success.
pub(super) fn plan_headers(index: &Index<'_>, operation: &Operation) -> Vec<HeaderDecl> {
    let mut headers: Vec<HeaderDecl> = Vec::new();
    for header in successes(operation).into_iter().chain(&operation.answers).flat_map(|answer| &answer.headers) {
        let ident = Names::constant(&header.wire_name);
        // Case does not tell headers apart, and what differs in signs alone is the same for a reader.
        let known = headers.iter().any(|one| one.ident == ident);
        let readable = header.wire_name.bytes().all(|byte| byte.is_ascii_graphic()) && !header.wire_name.is_empty();
        if known || !readable {
            continue;
        }
        headers.push(HeaderDecl {
            ident,
            wire_name: header.wire_name.to_ascii_lowercase(),
            ty: index.bare(header.of.ty, Side::Answer),
            docs: words(header),
            origin: header.pointer.clone(),
        });
    }
    headers
}

fn words(header: &Parameter) -> Vec<String> {
    let mut lines = vec![format!("The header {} of an answer.", docs::code(&header.wire_name.to_ascii_lowercase()))];
    docs::extend(&mut lines, docs::lines(&header.docs));
    lines
}
