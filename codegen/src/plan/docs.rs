//! Words of a document as lines of rustdoc.
//!
//! Owns how summary, description and notes are put together; [`markdown`](super::markdown) makes each of them harmless.

use super::markdown;
use crate::api::{Docs, Parameter};

/// Summary, description and notes as clean lines, the first one a sentence.
pub(super) fn lines(docs: &Docs) -> Vec<String> {
    let mut lines = Vec::new();
    let description = docs.description.as_deref().map(str::trim).unwrap_or_default();
    if let Some(summary) = docs.summary.as_deref().map(str::trim).filter(|summary| !summary.is_empty()) {
        // A description that begins with its summary says it once.
        if !description.starts_with(summary.trim_end_matches('.')) {
            lines = clean(&sentence(&one_line(summary)));
        }
    }
    extend(&mut lines, clean(description));
    for note in &docs.notes {
        extend(&mut lines, clean(note));
    }
    lines
}

/// Markdown as clean lines.
pub(super) fn clean(text: &str) -> Vec<String> {
    markdown::clean(text)
}

/// The first paragraph of a text as one clean line; empty where there is none.
pub(super) fn clean_line(text: &str) -> String {
    let first = text.trim().split("\n\n").next().unwrap_or_default();
    let lines = markdown::clean(&one_line(first));
    // A list or a fence cannot stand inside a line.
    lines.first().filter(|line| !line.starts_with("```")).cloned().unwrap_or_default()
}

/// What a parameter means, in one line; empty where nothing is said.
pub(super) fn parameter_words(parameter: &Parameter) -> String {
    let docs = &parameter.docs;
    let said = docs.description.as_deref().or(docs.summary.as_deref()).map(clean_line);
    let notes = docs.notes.iter().map(|note| clean_line(note));
    said.into_iter().filter(|line| !line.is_empty()).chain(notes).collect::<Vec<_>>().join(" ")
}

/// Adds a paragraph.
pub(super) fn append(lines: &mut Vec<String>, paragraph: String) {
    extend(lines, vec![paragraph]);
}

/// Adds lines as a paragraph of their own.
pub(super) fn extend(lines: &mut Vec<String>, more: Vec<String>) {
    if !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

/// A text as code, whatever is in it.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|letter| if markdown::is_shown(letter) { letter } else { ' ' }).collect();
    let text = one_line(&text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    match (text.is_empty(), longest) {
        (true, _) => "(empty)".to_owned(),
        (false, 0) => format!("`{text}`"),
        (false, _) => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// A text that ends like a sentence.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', ':', '。', '！', '？']) { text.to_owned() } else { format!("{text}.") }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{code, lines};
    use crate::api::Docs;

    #[test]
    fn summary_and_description_are_said_once() {
        let check = |summary: &str, description: &str, expected: &[&str]| {
            let docs = Docs {
                summary: Some(summary.to_owned()),
                description: Some(description.to_owned()),
                ..Docs::default()
            };
            assert_eq!(lines(&docs), expected, "{summary:?} {description:?}");
        };
        check("List orders", "All of them.", &["List orders.", "", "All of them."]);
        check("List orders", "List orders of a shop.", &["List orders of a shop."]);
        check("", "Text.", &["Text."]);
        check("Name", "", &["Name."]);
    }

    #[test]
    fn code_holds_any_text() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code(""), "(empty)");
        assert_eq!(code("a\u{202e}\nb"), "`a b`");
    }
}
