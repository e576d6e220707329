//! A server's text as it may be printed.
//!
//! Owns which characters are masked: those that break a line, and those that nobody sees but that change what is seen around
//! them. Texts that are handed out as values are not touched.

use std::fmt;

/// A text on one line. Line breaks and other control characters become spaces; characters without a shape of their own,
/// among them those that turn the direction of text, become U+FFFD.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| fmt::Write::write_char(f, shown(character)))
    }
}

/// What stands for a character in print.
pub(crate) fn shown(character: char) -> char {
    match character {
        '\u{2028}' | '\u{2029}' => ' ',
        _ if character.is_control() => ' ',
        _ if is_invisible(character) => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

/// Unicode's format characters (Cf), fillers and variation selectors.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::OneLine;

    #[test]
    fn what_changes_the_line_is_masked() {
        let check = |text: &str, expected: &str| assert_eq!(OneLine(text).to_string(), expected, "{text:?}");
        check(
            "plain, \u{fc}n\u{ef}c\u{f6}d\u{e9} \u{65e5}\u{672c} \u{1f600}",
            "plain, \u{fc}n\u{ef}c\u{f6}d\u{e9} \u{65e5}\u{672c} \u{1f600}",
        );
        check("a\r\nb\tc\u{7f}\u{85}\u{1b}[31m\u{2028}d", "a  b c   [31m d");
        check("\u{202e}txt.exe\u{202c}", "\u{fffd}txt.exe\u{fffd}");
        check("a\u{200b}b\u{2066}c\u{feff}d\u{e0041}e\u{ad}f", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f");
    }
}
