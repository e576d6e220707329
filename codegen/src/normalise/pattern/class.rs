//! Character classes of patterns: what ECMA's mean, in the engine's spelling.
//!
//! Owns the sets behind `\d`, `\s` and `\w` and the text of a class. The scan of the pattern is not here.

use super::Escaped;

/// `\d` and its kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shorthand {
    Digit,
    NoDigit,
    Word,
    NoWord,
    Space,
    NoSpace,
}

/// ECMA's white space and line ends. The engine's `\s` knows the ASCII ones only.
const SPACE: &str = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";
/// Everything else.
const NO_SPACE: &str = concat!(
    r"\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}",
    r"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"
);

impl Shorthand {
    pub(super) fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'd' => Self::Digit,
            'D' => Self::NoDigit,
            'w' => Self::Word,
            'W' => Self::NoWord,
            's' => Self::Space,
            'S' => Self::NoSpace,
            _ => return None,
        })
    }

    /// Writes it outside of a class. Digits and words are ASCII in both dialects.
    pub(super) fn write(self, out: &mut String) {
        match self {
            Self::Digit => out.push_str(r"\d"),
            Self::NoDigit => out.push_str(r"\D"),
            Self::Word => out.push_str(r"\w"),
            Self::NoWord => out.push_str(r"\W"),
            Self::Space => out.extend(["[", SPACE, "]"]),
            Self::NoSpace => out.extend(["[^", SPACE, "]"]),
        }
    }

    fn write_inside(self, out: &mut String) {
        match self {
            Self::Space => out.push_str(SPACE),
            Self::NoSpace => out.push_str(NO_SPACE),
            other => other.write(out),
        }
    }
}

/// One class while it is read.
pub(super) struct Class {
    negated: bool,
    content: String,
    /// Whether it holds something that the engine cannot express.
    pub(super) beyond: bool,
}

impl Class {
    pub(super) fn new(negated: bool) -> Self {
        Self { negated, content: String::new(), beyond: false }
    }

    pub(super) fn add(&mut self, item: Escaped) {
        match item {
            Escaped::Char(c) => push_char(&mut self.content, c),
            Escaped::Shorthand(shorthand) => shorthand.write_inside(&mut self.content),
            Escaped::Beyond => self.beyond = true,
        }
    }

    /// `low-high`; where one of them is a set, the hyphen is a character.
    pub(super) fn range(&mut self, low: Escaped, high: Escaped) -> Result<(), String> {
        let (Escaped::Char(first), Escaped::Char(last)) = (low, high) else {
            self.add(low);
            self.add(Escaped::Char('-'));
            self.add(high);
            return Ok(());
        };
        if first > last {
            return Err(format!("the range `{first}-{last}` is out of order"));
        }
        push_char(&mut self.content, first);
        self.content.push('-');
        push_char(&mut self.content, last);
        Ok(())
    }

    /// `[^]` is any character, and `[]` none.
    pub(super) fn write(&self, out: &mut String) {
        let everything = r"\x{0}-\x{10ffff}";
        match (self.negated, self.content.is_empty()) {
            (false, false) => out.extend(["[", &self.content, "]"]),
            (true, false) => out.extend(["[^", &self.content, "]"]),
            (true, true) => out.extend(["[", everything, "]"]),
            (false, true) => out.extend(["[^", everything, "]"]),
        }
    }
}

/// One character, so that it means itself wherever it stands.
pub(super) fn push_char(out: &mut String, c: char) {
    match c {
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~' => {
            out.extend(['\\', c]);
        }
        c if c.is_control() || (c.is_whitespace() && c != ' ') => out.push_str(&format!("\\x{{{:x}}}", u32::from(c))),
        c => out.push(c),
    }
}
