//! Makes the Markdown of a document harmless as rustdoc.
//!
//! Before: any text. After: no code block that would be compiled (fences say `text`), no link that rustdoc resolves, no
//! bare URL, no HTML, no control or bidirectional character, no line that rustdoc or clippy warn about. Formatting that
//! cannot be kept safely becomes plain text; no word is lost. What a text means is judged by pulldown-cmark, the parser of
//! rustdoc: `page.rs` writes what it read in a form that leaves no doubt, `line.rs` what stands inside lines, and the
//! result is read again as rustdoc reads it before it is believed.

mod line;
mod page;
mod tag;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use crate::name::is_invisible;

/// Clean lines; none is blank at either end.
pub(super) fn clean(text: &str) -> Vec<String> {
    let text = shown(text);
    if is_plain(&text) {
        return plain(&text);
    }
    let lines = page::clean(&text);
    if is_harmless(&lines.join("\n")) { lines } else { plain(&line::words(&text)) }
}

/// A text in the characters that may stand in docs.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    text.chars().filter(|letter| *letter == '\n' || is_shown(*letter)).collect()
}

/// Whether a character may stand in docs: one that shows, or joins what shows.
pub(super) fn is_shown(letter: char) -> bool {
    // Joiners and selectors make emoji and letters of some scripts; they reorder nothing.
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}') || !is_invisible(letter)
}

/// Whether a text is paragraphs of words, as nearly all are: nothing in it has a meaning that matters here.
fn is_plain(text: &str) -> bool {
    let is_word = |line: &str| {
        let start = line.trim_start();
        line.len() - start.len() < 4 && !start.starts_with(|c: char| "#>-+*=_~".contains(c) || c.is_ascii_digit())
    };
    !text.contains(['\\', '`', '[', ']', '<', '|']) && !text.contains("://") && text.lines().all(is_word)
}

/// The lines of paragraphs.
fn plain(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line.to_owned());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// What a document may be written in.
const READ: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// What rustdoc reads.
const SHOWN: Options =
    READ.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_TASKLISTS).union(Options::ENABLE_SMART_PUNCTUATION);

/// Whether rustdoc compiles, resolves or embeds nothing of a text.
fn is_harmless(text: &str) -> bool {
    let mut resolves = false;
    let mut broken = |_: BrokenLink<'_>| {
        resolves = true;
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let harmless = Parser::new_with_broken_link_callback(text, SHOWN, Some(&mut broken)).all(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => kind == CodeBlockKind::Fenced("text".into()),
        Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => true,
        Event::Start(Tag::Link { dest_url, .. }) => line::is_web(&dest_url),
        Event::Start(Tag::Image { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_)) => false,
        Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => false,
        _ => true,
    });
    harmless && !resolves
}

#[cfg(test)]
mod tests;
