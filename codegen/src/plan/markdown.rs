//! Makes the Markdown of a document harmless as rustdoc.
//!
//! Before: any text. After: no code block that would be compiled (fences say `text`), no link that rustdoc resolves, no
//! bare URL, no HTML, no control or bidirectional character, no line that rustdoc or clippy warn about. Formatting that
//! cannot be kept safely becomes plain text; no word is lost.

mod block;
mod inline;

use crate::name::is_invisible;

/// Clean lines; none is blank at either end.
pub(super) fn clean(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let text: String = text.chars().filter(|letter| *letter == '\n' || is_shown(*letter)).collect();
    let text = inline::without_formatting_tags(&text);
    block::clean(&text)
}

/// Whether a character may stand in docs: one that shows, or joins what shows.
pub(super) fn is_shown(letter: char) -> bool {
    // Joiners and selectors make emoji and letters of some scripts; they reorder nothing.
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}') || !is_invisible(letter)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn markdown_is_made_harmless() {
        let check = |text: &str, expected: &[&str]| assert_eq!(clean(text), expected, "{text:?}");
        check("", &[]);
        check("  \n\nText.  \n\n\n\nMore.\n\n", &["Text.", "", "More."]);
        check("```\nlet x = 1;\n```", &["```text", "let x = 1;", "```"]);
        check("```rust\nx\n", &["```text", "x", "```"]);
        check("~~~json\n{}\n~~~\nafter", &["~~~text", "{}", "~~~", "after"]);
        check("````\n```\n````", &["````text", "```", "````"]);
        check("a\n\n    let x = 1;\n    y\n\nb", &["a", "", "```text", "let x = 1;", "y", "```", "", "b"]);
        check("- a\n\n      code\n", &["- a", "", "  code"]);
        check("- ```rust\n  x\n  ```\n", &["-", "", "```text", "x", "```"]);
        check("> ```\n> x\n> ```", &["```text", "x", "```"]);
        check("> quoted\n> more", &["quoted", "more"]);
        check("-     a", &["- a"]);
        check("text\n- a\nlazy\n- b", &["text", "", "- a", "  lazy", "- b"]);
        check("1. a\n   1. b\n   2. c\n2. d", &["1. a", "   1. b", "   2. c", "2. d"]);
        check("- a\n    - b\n        - c\n- d", &["- a", "  - b", "    - c", "- d"]);
        check("a\n---\nb", &["a", "", "---", "", "b"]);
        check("see [Order] and [x](Order)", &[r"see \[Order\] and x"]);
        check("[docs](https://a.b/c) ![i](https://a.b/i.png)", &["[docs](https://a.b/c) [i](https://a.b/i.png)"]);
        check("[a][b]\n\n[b]: https://a.b", &[r"\[a\]\[b\]", "", r"\[b\]: <https://a.b>"]);
        check("https://a.b/c.", &["<https://a.b/c>."]);
        check("<https://a.b>", &["<https://a.b>"]);
        check("(https://a.b)", &["(<https://a.b>)"]);
        check("a < b and <T> or `<T>`", &[r"a \< b and \<T> or `<T>`"]);
        check("<p>one</p><p>two<br/>three</p>", &["one", "", "two", "three"]);
        check("<a href=\"https://x.y\">z</a> & <b>bold</b>", &["z & bold"]);
        check("an `unclosed span", &[r"an \`unclosed span"]);
        check("a\u{202e}b\u{0}c", &["abc"]);
        check("\\[kept\\]", &["\\[kept\\]"]);
        check("- [ ] task", &[r"- \[ \] task"]);
        check("[^1] and [x", &[r"\[^1\] and \[x"]);
        check("# Title\ntext", &["# Title", "text"]);
        check("| a | b |\n|---|---|\n| 1 | 2 |", &["| a | b |", "|---|---|", "| 1 | 2 |"]);
    }
}
