//! The part of a line that a diagnostic shows, and text made fit for a terminal.
//!
//! A document is hostile until proven otherwise: control characters could drive the terminal, and bidirectional ones
//! could show something else than what is there. Both are spelled out.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use crate::source::{Place, floor_boundary};

/// Columns of an excerpt.
const COLUMNS: usize = 100;

/// Columns left of the fault when a line is cut.
const BEFORE: usize = 30;

/// Characters of a message; a key may have a megabyte.
const MESSAGE: usize = 400;

/// One line, or the window of it around a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// What is printed.
    pub(super) text: String,
    /// Columns before the underline.
    pub(super) indent: usize,
    /// Columns of the underline, at least one.
    pub(super) width: usize,
}

impl Excerpt {
    /// The line that begins at `line_start`. Only as much of it is looked at as is shown.
    pub(super) fn new(text: &str, line_start: usize, place: Place) -> Self {
        let start = floor_boundary(text, place.start as usize).max(line_start);
        let before = text.get(line_start..start).unwrap_or_default();
        let after = text.get(start..).unwrap_or_default();
        let after_end = floor_boundary(after, COLUMNS * 4);
        let after = after.get(..after_end).unwrap_or_default();
        let after = after.split(['\n', '\r']).next().unwrap_or_default();
        let marked = floor_boundary(after, (place.end as usize).saturating_sub(start)).min(after.trim_end().len());
        let (left, indent) = left_of(before, displayed_width(after));
        let (right, cut) = right_of(after, COLUMNS.saturating_sub(indent));
        let shown = displayed_width(after.get(..marked).unwrap_or_default());
        let width = shown.min(COLUMNS.saturating_sub(indent + usize::from(cut))).max(1);
        Self { text: format!("{left}{right}{}", if cut { "…" } else { "" }).trim_end().to_owned(), indent, width }
    }
}

/// What stands left of the fault and how wide it is; cut if it is long and the line does not fit.
fn left_of(before: &str, after_width: usize) -> (String, usize) {
    let tail_start = before.len().saturating_sub(COLUMNS * 4);
    let tail_start = (tail_start..before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(before.len());
    let tail = before.get(tail_start..).unwrap_or_default();
    let width = displayed_width(tail);
    if tail_start == 0 && (width + after_width <= COLUMNS || width <= BEFORE) {
        return (displayed(tail), width);
    }
    let mut kept = tail.len();
    let mut columns = 0;
    for (at, letter) in tail.char_indices().rev() {
        let width = width_of(letter);
        if columns + width > BEFORE {
            break;
        }
        columns += width;
        kept = at;
    }
    (format!("…{}", displayed(tail.get(kept..).unwrap_or_default())), columns + 1)
}

/// As much of the text as fits, and whether it was cut.
fn right_of(after: &str, columns: usize) -> (String, bool) {
    let mut used = 0;
    for (at, letter) in after.char_indices() {
        used += width_of(letter);
        if used >= columns {
            return (displayed(after.get(..at).unwrap_or_default()), true);
        }
    }
    (displayed(after), false)
}

/// A message or label: one line, harmless, not endless.
pub(super) fn escaped(text: &str) -> String {
    let mut out: String = String::new();
    for (index, letter) in text.chars().enumerate() {
        if index >= MESSAGE {
            out.push('…');
            break;
        }
        match letter {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter => push_displayed(letter, &mut out),
        }
    }
    out
}

fn displayed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_displayed(letter, &mut out));
    out
}

fn push_displayed(letter: char, out: &mut String) {
    match letter {
        '\t' => out.push_str("    "),
        letter if is_dangerous(letter) => {
            let _ = write!(out, "{}", letter.escape_unicode());
        }
        letter => out.push(letter),
    }
}

fn displayed_width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(letter: char) -> usize {
    match letter {
        '\t' => 4,
        letter if is_dangerous(letter) => letter.escape_unicode().count(),
        // No letter is wider than two columns; what has no width of its own joins the letter before it.
        letter => letter.width().unwrap_or(0),
    }
}

/// Controls, what reorders text, and what is invisible.
fn is_dangerous(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// The excerpt of the first line for the stretch that `marked` occupies in it.
    fn excerpt(text: &str, marked: &str) -> Excerpt {
        let start = u32::try_from(text.find(marked).unwrap_or_default()).unwrap_or_default();
        let end = start + u32::try_from(marked.len()).unwrap_or_default();
        Excerpt::new(text, 0, Place { file: FileId(0), start, end })
    }

    #[test]
    fn lines_are_shown_as_wide_as_they_print() {
        let check = |text: &str, marked: &str, expected: (&str, usize, usize)| {
            let found = excerpt(text, marked);
            assert_eq!((found.text.as_str(), found.indent, found.width), expected, "{text:?}");
        };
        check("a: b # c\r\nd", "b", ("a: b # c", 3, 1));
        check("a:\tb", "b", ("a:    b", 6, 1));
        check("宠物: b", "b", ("宠物: b", 6, 1));
        check("e\u{301}: b", "b", ("e\u{301}: b", 3, 1));
        check("🐈: b", "b", ("🐈: b", 4, 1));
        check("ⓐ ￡: b", "b", ("ⓐ ￡: b", 6, 1));
        check("\u{202e}a: b", "b", ("\\u{202e}a: b", 11, 1));
        check("a: \u{1b}[31mb", "\u{1b}[31mb", ("a: \\u{1b}[31mb", 3, 11));
        check("a:\n  b", "a:\n  b", ("a:", 0, 2));
        check("a:", "", ("a:", 0, 1));
    }

    #[test]
    fn long_lines_are_cut_around_the_fault() {
        let text = format!("{}MARK{}", "x".repeat(1_000_000), "y".repeat(1_000_000));
        let found = excerpt(&text, "MARK");
        assert_eq!((found.indent, found.width), (31, 4));
        assert_eq!(found.text.chars().count(), 100);
        assert!(found.text.starts_with("…xxx") && found.text.ends_with("yyy…"), "{}", found.text);
        let found = excerpt(&text, &"y".repeat(1_000_000));
        assert_eq!((found.indent, found.width), (31, 68));
    }

    #[test]
    fn messages_stay_on_their_line() {
        assert_eq!(escaped("a\nb\u{7}\u{2066}"), "a\\nb\\u{7}\\u{2066}");
        assert_eq!(escaped(&"a".repeat(1_000)).chars().count(), MESSAGE + 1);
    }
}
