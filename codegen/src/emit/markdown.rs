//! Text of a document inside Markdown of ours.

use crate::emit::token::clean;

/// One line of plain text.
pub(crate) fn one_line(text: &str) -> String {
    // Most texts are one line of plain words, and every name in `api.txt` comes through here.
    if text.bytes().all(|byte| (b'!'..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let text: String = text.chars().map(|one| if one == '\n' || one == '\r' { ' ' } else { one }).collect();
    clean(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A code span, whatever the text holds: on one line, or its next lines would be Markdown.
pub(crate) fn span(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'"))
}

/// A code span in a table, where a bar ends the cell.
pub(crate) fn code(text: &str) -> String {
    span(text).replace('|', "\\|")
}

/// Plain words: nothing in them is markup.
pub(crate) fn words(text: &str) -> String {
    let mut escaped = String::new();
    for character in one_line(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$' | '!') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        let check = |text: &str, expected: &str| assert_eq!(words(text), expected);
        check("Plain words.", "Plain words.");
        check("<b>[x](y)</b>", "\\<b\\>\\[x\\](y)\\</b\\>");
        check("a\n```\nb", "a \\`\\`\\` b");
    }

    #[test]
    fn code_stays_one_span() {
        let check = |text: &str, expected: &str| assert_eq!(code(text), expected);
        check("GET /a", "`GET /a`");
        check("a`b|c\nd", "`a'b\\|c d`");
    }
}
