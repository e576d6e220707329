//! Documents that a program holds in memory as `openapiv3` values, serialised to the text that the readers take.
//!
//! Owns the differences between the two crates.

use openapiv3::OpenAPI;

use crate::diagnostic::Collector;
use crate::normalise::Noun;
use crate::read::read;
use crate::source::{FileId, Sources};

/// What diagnostics call the document.
pub(super) const NAME: &str = "openapi.json";

/// The document as JSON, its members in their order.
pub(super) fn text(document: &OpenAPI) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(document)?;
    // From the end, so that places before stay right.
    for (start, end) in empty_content_types(&text).into_iter().rev() {
        let behind = text.get(end..).unwrap_or_default();
        // It is the first member, so that nothing is left behind it but a comma.
        let comma = behind.len() - behind.trim_start_matches([',', ' ', '\n']).len();
        text.replace_range(start..end + comma, "");
    }
    Ok(text)
}

/// `openapiv3` writes the content type of an encoding that has none as `null`, which the structure check reports.
fn empty_content_types(text: &str) -> Vec<(usize, usize)> {
    let documents = read(&sources(text), &mut Collector::default());
    let tree = &documents.tree;
    let mut found = Vec::new();
    let mut stack: Vec<_> = documents.root(FileId(0)).map(|root| (Noun::Document, root)).into_iter().collect();
    while let Some((noun, node)) = stack.pop() {
        let member = tree.entry(node, "contentType").filter(|_| noun == Noun::Encoding);
        if let Some(member) = member.filter(|member| tree.is_null(member.value)) {
            found.push((member.key_place.start as usize, tree.place(member.value).end as usize));
        }
        stack.extend(noun.children(tree, node));
    }
    found.sort_unstable();
    found
}

/// A set of this one document.
pub(super) fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add(NAME, text);
    sources
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn only_encodings_lose_their_empty_content_type() {
        let document = r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": {
            "requestBody": {"content": {"a/b": {
                "schema": {"type": "object", "properties": {"z": {"type": "string"}, "a": {"type": "string", "default": {"contentType": null}}}},
                "encoding": {"z": {}, "a": {"explode": true}}
            }}},
            "responses": {}
        }}}}"#;
        let text = text(&serde_json::from_str(document).unwrap()).unwrap();
        let dense: String = text.split_whitespace().collect();
        assert!(dense.contains(r#""encoding":{"z":{},"a":{"explode":true}}"#), "{text}");
        assert!(
            dense.contains(
                r#""properties":{"z":{"type":"string"},"a":{"default":{"contentType":null},"type":"string"}}"#
            ),
            "{text}"
        );
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    }
}
