//! What comes of texts, and that nothing of any text can do harm.

use super::{clean, is_harmless, page, shown};

#[test]
fn markdown_is_made_harmless() {
    let check = |text: &str, expected: &[&str]| assert_eq!(clean(text), expected, "{text:?} {:?}", page::clean(text));
    check("", &[]);
    check("  \n\nText.  \n\n\n\nMore.\n\n", &["Text.", "", "More."]);
    check("```\nlet x = 1;\n```", &["```text", "let x = 1;", "```"]);
    check("```rust\nx\n", &["```text", "x", "```"]);
    check("~~~json\n{}\n~~~\nafter", &["```text", "{}", "```", "after"]);
    check("````\n```\n````", &["````text", "```", "````"]);
    check("a\n\n    let x = 1;\n    y\n\nb", &["a", "", "```text", "let x = 1;", "y", "```", "", "b"]);
    check("- a\n\n      code\n", &["- a", "", "  ```text", "  code", "  ```"]);
    check("- ```rust\n  x\n  ```\n", &["- ```text", "  x", "  ```"]);
    check("> ```\n> x\n> ```", &["> ```text", "> x", "> ```"]);
    check("> quoted\n> more", &["> quoted", "> more"]);
    check("> one\n>\n> two\n\nafter", &["> one", ">", "> two", "", "after"]);
    check("text\n- a\nlazy\n- b", &["text", "", "- a", "  lazy", "- b"]);
    check("1. a\n   1. b\n   2. c\n2. d", &["1. a", "   1. b", "   2. c", "2. d"]);
    check("- a\n    - b\n        - c\n- d", &["- a", "  - b", "    - c", "- d"]);
    check("- - a\n-\n- b", &["- - a", "-", "- b"]);
    check("a\n---\nb", &["## a", "b"]);
    check("a\n\n---\nb", &["a", "", "---", "", "b"]);
    check("a\n    - b\n    ```rust", &["a", "\\- b", "\\`\\`\\`rust"]);
    check("see [Order] and [x](Order)", &[r"see \[Order\] and x"]);
    check("[docs](https://a.b/c) ![i](https://a.b/i.png)", &["[docs](https://a.b/c) [i](https://a.b/i.png)"]);
    check("[**a** b](https://a.b/(c) \"d\")", &["[**a** b](<https://a.b/(c)>)"]);
    check("[a][b]\n\n[b]: https://a.b", &["[a](https://a.b)"]);
    check("https://a.b/c.", &["<https://a.b/c>."]);
    check("<https://a.b> <a@b.c>", &["<https://a.b> <a@b.c>"]);
    check("(https://a.b)", &["(<https://a.b>)"]);
    check("a < b and <T> or `<T>`", &[r"a \< b and \<T> or `<T>`"]);
    check("<T>\nb", &[r"\<T>", "b"]);
    check("<p>one</p><p>two<br/>three</p>", &["one", "", "two", "three"]);
    check("a:<ul><li>b</li><li>`c`</li></ul>", &["a:", "", "- b", "- `c`"]);
    check("<a href=\"https://x.y\">z</a> & <b>bold</b>", &["z & bold"]);
    check("an `unclosed span", &[r"an \`unclosed span"]);
    check("a `code\nspan` b", &["a `code span` b"]);
    check("a\u{202e}b\u{0}c", &["abc"]);
    check("\\[kept\\] \\* \\\\", &["\\[kept\\] \\* \\\\"]);
    check("a\\\nb", &["a", "b"]);
    check("- [ ] task", &[r"- \[ \] task"]);
    check("[^1] and [x", &[r"\[^1\] and \[x"]);
    check("# Title\ntext", &["# Title", "text"]);
    check("**bold** *it* _it_ ~~gone~~ snake_case 2*3*4 &lt;", &["**bold** *it* _it_ ~~gone~~ snake_case 2*3*4 &lt;"]);
    check("| a | b |\n|---|---|\n| 1 | 2<br>3 |\n\nc", &["| a | b |", "|---|---|", "| 1 | 2 3 |", "", "c"]);
    check("a | b\n--|:-:\n`1` | x\\|y", &["a | b", "--|:-:", "`1` | x\\|y"]);
}

/// What means something to Markdown or HTML, and a few words.
const PIECES: &[&str] = &[
    "```",
    "```rust",
    "~~~",
    "`",
    "``",
    "\n",
    "\n\n",
    "\n    ",
    "\n  ",
    "    ",
    " ",
    "- ",
    "* ",
    "1. ",
    "10) ",
    "> ",
    "# ",
    "---",
    "===",
    "[",
    "]",
    "(",
    ")",
    "[a]",
    "[a](b)",
    "](https://a.b)",
    "[b]: https://a.b",
    "![",
    "<",
    ">",
    "<p>",
    "</p>",
    "<br>",
    "<li>",
    "<ul>",
    "<script>",
    "<!--",
    "-->",
    "<T>",
    "<a href=\"x\">",
    "<https://a.b>",
    "https://a.b/c",
    "\\",
    "*",
    "**",
    "_",
    "~~",
    "|",
    "|---|",
    "\n|-|-|\n",
    "&lt;",
    "[^1]",
    "[^1]: ",
    "[ ] ",
    "word",
    "Order",
    "fn main() { panic!() }",
    "é",
    "\t",
    "\r",
    "\u{202e}",
    "$$",
    ":",
];

#[test]
fn no_text_does_harm() {
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    let mut doubtful = 0;
    for _ in 0..20_000 {
        let text: String = (0..1 + next(14)).map(|_| PIECES[next(PIECES.len())]).collect();
        let lines = clean(&text);
        let joined = lines.join("\n");
        assert!(is_harmless(&joined), "{text:?}\n{joined}");
        assert!(lines.iter().all(|line| !line.contains('\n')), "{text:?}");
        assert!(lines.first().is_none_or(|line| !line.is_empty()) && lines.last().is_none_or(|line| !line.is_empty()));
        let understood = is_harmless(&page::clean(&shown(&text)).join("\n"));
        doubtful += usize::from(!understood);
        for word in ["word", "Order", "panic"] {
            let count = text.matches(word).count();
            // Definitions of links, what stands behind a fence, titles and attributes do not show.
            let is_hidden = ["]:", "```", "~~~", "](", "<a"].iter().any(|mark| text.contains(mark));
            assert!(joined.matches(word).count() >= count || is_hidden, "{text:?}\n{joined}");
        }
    }
    assert!(doubtful < 4, "{doubtful} texts of 20,000 were not understood");
}
