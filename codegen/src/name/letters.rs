//! What each character is to a name: kept, written in Latin, spelled as a word, or left out.
//!
//! Kept are letters that nobody can take for others and that Rust's lints accept: Latin ones, digits, kana, Han and Hangul.
//! Greek and Cyrillic hold homoglyphs of Latin letters, so they are written in Latin: two names that look alike must not be
//! two identifiers. Marks, bidirectional controls and zero-width characters never reach an identifier.

/// What a character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// Part of a word as it stands.
    Kept,
    /// Part of a word, written so.
    Latin(&'static str),
    /// Parts words, unless everything is spelled.
    Separator(&'static str),
    /// `+` and `-`.
    Sign(&'static str),
    /// Leads words (`$filter`), unless everything is spelled.
    Sigil(&'static str),
    /// A word.
    Symbol(&'static str),
    /// Left out inside words.
    Apostrophe,
    /// A combining mark that no letter took up: left out.
    Mark,
    /// Nothing to be seen.
    Invisible,
    /// Spelled as its code point.
    Foreign,
}

/// Whether a character belongs to a word.
pub(super) fn is_part(letter: char) -> bool {
    matches!(self::letter(letter), Letter::Kept | Letter::Latin(_))
}

/// What a character is; texts come in normalisation form KC.
pub(super) fn letter(letter: char) -> Letter {
    if letter.is_ascii() {
        return ascii(letter);
    }
    match letter {
        '\u{d7}' => Letter::Symbol("times"),
        '\u{f7}' => Letter::Symbol("divided"),
        'ı' => Letter::Latin("i"),
        'İ' => Letter::Latin("I"),
        '\u{c0}'..='\u{17e}' | '\u{1e00}'..='\u{1e99}' | '\u{1ea0}'..='\u{1ef9}' => Letter::Kept,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => {
            Letter::Kept
        }
        '\u{2019}' | '\u{2bc}' => Letter::Apostrophe,
        '\u{300}'..='\u{36f}' => Letter::Mark,
        '€' => Letter::Symbol("euro"),
        '£' => Letter::Symbol("pound"),
        '¥' => Letter::Symbol("yen"),
        '°' => Letter::Symbol("degree"),
        '§' => Letter::Symbol("section"),
        '\u{2010}'..='\u{2015}' => Letter::Separator("dash"),
        _ if is_invisible(letter) => Letter::Invisible,
        _ if letter.is_whitespace() => Letter::Separator("space"),
        _ => latin(letter),
    }
}

/// Bidirectional controls, zero-width characters and other controls.
pub(crate) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn ascii(letter: char) -> Letter {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Letter::Kept,
        '+' => Letter::Sign("plus"),
        '-' => Letter::Sign("minus"),
        '$' => Letter::Sigil("dollar"),
        '@' => Letter::Sigil("at"),
        '#' => Letter::Sigil("hash"),
        '\'' => Letter::Apostrophe,
        '_' => Letter::Separator("underscore"),
        ' ' => Letter::Separator("space"),
        '\t' => Letter::Separator("tab"),
        '\n' | '\r' => Letter::Separator("newline"),
        '.' => Letter::Separator("dot"),
        ',' => Letter::Separator("comma"),
        ':' => Letter::Separator("colon"),
        ';' => Letter::Separator("semicolon"),
        '/' => Letter::Separator("slash"),
        '\\' => Letter::Separator("backslash"),
        '|' => Letter::Separator("pipe"),
        '"' => Letter::Separator("quote"),
        '`' => Letter::Separator("backtick"),
        '(' => Letter::Separator("open_paren"),
        ')' => Letter::Separator("close_paren"),
        '[' => Letter::Separator("open_bracket"),
        ']' => Letter::Separator("close_bracket"),
        '{' => Letter::Separator("open_brace"),
        '}' => Letter::Separator("close_brace"),
        '*' => Letter::Symbol("star"),
        '%' => Letter::Symbol("percent"),
        '&' => Letter::Symbol("and"),
        '=' => Letter::Symbol("equal"),
        '<' => Letter::Symbol("less"),
        '>' => Letter::Symbol("greater"),
        '!' => Letter::Symbol("not"),
        '?' => Letter::Symbol("question"),
        '^' => Letter::Symbol("caret"),
        '~' => Letter::Symbol("tilde"),
        _ => Letter::Invisible,
    }
}

/// Greek and Cyrillic, from the first capital on, lower case; `-` is no letter.
const GREEK: &str = "a b g d e z i th i k l m n x o p r s s t y f ch ps o";
const CYRILLIC: &str = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya";

fn latin(letter: char) -> Letter {
    let code = u32::from(letter);
    let (table, place) = match letter {
        'Ё' | 'ё' => return Letter::Latin(if letter == 'Ё' { "Yo" } else { "yo" }),
        'Α'..='Ω' => (GREEK, code - u32::from('Α')),
        'α'..='ω' => (GREEK, code - u32::from('α')),
        'А'..='Я' => (CYRILLIC, code - u32::from('А')),
        'а'..='я' => (CYRILLIC, code - u32::from('а')),
        _ => return Letter::Foreign,
    };
    let written = usize::try_from(place).ok().and_then(|place| table.split(' ').nth(place));
    match written {
        Some("-") => Letter::Mark,
        Some(written) => Letter::Latin(written),
        None => Letter::Foreign,
    }
}
