//! ECMA patterns, in the spelling of the runtime's engine.
//!
//! Before: `pattern` as the document wrote it, an ECMA 262 expression. After: the same language in the syntax of
//! `regex-lite`, or the verdict that it can only be documented, or that it is no expression at all. The scan follows ECMA's
//! lenient grammar (a lone `]` or `{` is a character); where a document most likely meant another dialect (`\A`, `\Z`)
//! the pattern is documented, because a check that refuses every good value is worse than none.

mod class;

use std::iter::Peekable;
use std::str::Chars;

use class::{Class, Shorthand};

/// What became of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translated {
    /// The engine takes this text, and it means what the document's does.
    Checked(String),
    /// A sound pattern that the engine cannot express: shown in the docs, not checked.
    Documented,
    /// No ECMA expression; the reason, as the end of a sentence.
    Broken(String),
}

/// Translates one pattern.
pub fn translate(pattern: &str) -> Translated {
    let mut scan = Scan::new(pattern);
    if let Err(reason) = scan.expression() {
        return Translated::Broken(reason);
    }
    if scan.documented || has_delimiters(pattern) || regex_lite::Regex::new(&scan.out).is_err() {
        return Translated::Documented;
    }
    Translated::Checked(scan.out)
}

/// `/^…/` and `/…$/i`: written with JavaScript's delimiters, which nothing could match if they were meant as characters.
fn has_delimiters(pattern: &str) -> bool {
    let Some(inner) = pattern.strip_prefix('/') else { return false };
    let Some((body, flags)) = inner.rsplit_once('/') else { return false };
    flags.chars().all(|flag| "dgimsuvy".contains(flag)) && (body.starts_with('^') || body.ends_with('$'))
}

/// What stands directly before the scan: decides whether a quantifier may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Atom,
    Quantified,
    Assertion,
}

struct Scan<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    documented: bool,
    before: Before,
    open_groups: usize,
}

type Fault = String;

impl<'a> Scan<'a> {
    fn new(pattern: &'a str) -> Self {
        let rest = pattern.chars().peekable();
        Self { rest, out: String::new(), documented: false, before: Before::Nothing, open_groups: 0 }
    }

    fn expression(&mut self) -> Result<(), Fault> {
        while let Some(c) = self.rest.next() {
            self.item(c)?;
        }
        if self.open_groups > 0 {
            return Err("a group is not closed".to_owned());
        }
        Ok(())
    }

    fn item(&mut self, c: char) -> Result<(), Fault> {
        match c {
            '\\' => self.escape()?,
            '[' => self.class()?,
            '(' => self.open_group()?,
            ')' => self.close_group()?,
            '*' | '+' | '?' => self.quantifier(&c.to_string())?,
            '{' => self.brace()?,
            '|' => self.emit("|", Before::Nothing),
            '^' => self.emit("^", Before::Assertion),
            '$' => self.emit("$", Before::Assertion),
            '.' => self.emit(r"[^\n\r\x{2028}\x{2029}]", Before::Atom),
            other => self.literal(other),
        }
        Ok(())
    }

    fn emit(&mut self, text: &str, before: Before) {
        self.out.push_str(text);
        self.before = before;
    }

    fn literal(&mut self, c: char) {
        class::push_char(&mut self.out, c);
        self.before = Before::Atom;
    }

    /// Nothing captures: the runtime asks only whether a value matches, so every group is written `(?:`.
    fn open_group(&mut self) -> Result<(), Fault> {
        self.open_groups += 1;
        if self.rest.next_if_eq(&'?').is_none() {
            self.emit("(?:", Before::Nothing);
            return Ok(());
        }
        match self.rest.next() {
            Some(':') => {}
            Some('=' | '!') => self.documented = true,
            Some('<') => self.named_group()?,
            Some(flag) if "ims-".contains(flag) => self.flags(flag)?,
            Some(other) => return Err(format!("`(?{other}` opens no group")),
            None => return Err("a group is not closed".to_owned()),
        }
        self.emit("(?:", Before::Nothing);
        Ok(())
    }

    fn named_group(&mut self) -> Result<(), Fault> {
        if self.rest.next_if(|c| matches!(c, '=' | '!')).is_some() {
            self.documented = true;
            return Ok(());
        }
        let name = self.until('>').ok_or("a group's name is not closed")?;
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(format!("`{name}` is no name for a group"));
        }
        Ok(())
    }

    /// `(?i:…)` is ECMA 2025; the engine's case folding is ASCII only. `(?i)` without a colon is another dialect.
    fn flags(&mut self, first: char) -> Result<(), Fault> {
        self.documented = true;
        while self.rest.next_if(|c| "ims-".contains(*c)).is_some() {}
        match self.rest.next() {
            Some(':') => Ok(()),
            _ => Err(format!("`(?{first})` sets a flag, which is not part of ECMA expressions")),
        }
    }

    fn close_group(&mut self) -> Result<(), Fault> {
        if self.open_groups == 0 {
            return Err("`)` closes no group".to_owned());
        }
        self.open_groups -= 1;
        self.emit(")", Before::Atom);
        Ok(())
    }

    fn quantifier(&mut self, text: &str) -> Result<(), Fault> {
        if self.before != Before::Atom {
            return Err(format!("`{text}` has nothing to repeat"));
        }
        self.out.push_str(text);
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        self.before = Before::Quantified;
        Ok(())
    }

    /// `{2}`, `{2,}` and `{2,5}` repeat; any other brace is a character.
    fn brace(&mut self) -> Result<(), Fault> {
        let Some((text, min, max)) = bounds(self.rest.clone()) else {
            self.literal('{');
            return Ok(());
        };
        for _ in 1..text.len() {
            self.rest.next();
        }
        if max.is_some_and(|max| max < min) {
            return Err(format!("the bounds of `{text}` are out of order"));
        }
        self.quantifier(&text)
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let Some(c) = self.rest.next() else { return Err("it ends with a lone `\\`".to_owned()) };
        if matches!(c, 'b' | 'B') {
            self.emit(if c == 'b' { r"\b" } else { r"\B" }, Before::Assertion);
            return Ok(());
        }
        match self.escaped(c)? {
            Escaped::Char(c) => self.literal(c),
            Escaped::Shorthand(shorthand) => {
                shorthand.write(&mut self.out);
                self.before = Before::Atom;
            }
            Escaped::Beyond => {
                self.documented = true;
                self.before = Before::Atom;
            }
        }
        Ok(())
    }

    /// What `\` and `c` stand for, inside and outside of classes.
    fn escaped(&mut self, c: char) -> Result<Escaped, Fault> {
        if let Some(shorthand) = Shorthand::of(c) {
            return Ok(Escaped::Shorthand(shorthand));
        }
        Ok(match c {
            't' => Escaped::Char('\t'),
            'n' => Escaped::Char('\n'),
            'v' => Escaped::Char('\u{b}'),
            'f' => Escaped::Char('\u{c}'),
            'r' => Escaped::Char('\r'),
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => Escaped::Char('\0'),
            'c' => match self.rest.next_if(char::is_ascii_alphabetic) {
                Some(letter) => Escaped::from_code(u32::from(letter) % 32),
                None => Escaped::Beyond,
            },
            'x' => self.hex(2).map_or(Escaped::Beyond, Escaped::from_code),
            'u' => self.unicode_escape(),
            'p' | 'P' | 'k' => {
                self.skip_braces();
                Escaped::Beyond
            }
            letter if letter.is_ascii_alphanumeric() => Escaped::Beyond,
            other => Escaped::Char(other),
        })
    }

    /// `\u00e9`, `\u{1f600}`, and two halves of a pair.
    fn unicode_escape(&mut self) -> Escaped {
        if self.rest.next_if_eq(&'{').is_some() {
            let code = self.until('}').and_then(|text| u32::from_str_radix(&text, 16).ok());
            return code.map_or(Escaped::Beyond, Escaped::from_code);
        }
        let Some(first) = self.hex(4) else { return Escaped::Beyond };
        if !(0xD800..0xDC00).contains(&first) {
            return Escaped::from_code(first);
        }
        let ahead: String = self.rest.clone().take(6).collect();
        let second = ahead.strip_prefix("\\u").and_then(|text| u32::from_str_radix(text, 16).ok());
        let Some(second) = second.filter(|second| (0xDC00..0xE000).contains(second)) else { return Escaped::Beyond };
        for _ in 0..6 {
            self.rest.next();
        }
        Escaped::from_code(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    /// Exactly `count` hexadecimal digits, or nothing is taken.
    fn hex(&mut self, count: usize) -> Option<u32> {
        let text: String = self.rest.clone().take(count).collect();
        if text.len() != count || !text.chars().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        for _ in 0..count {
            self.rest.next();
        }
        u32::from_str_radix(&text, 16).ok()
    }

    fn until(&mut self, end: char) -> Option<String> {
        let mut text = String::new();
        for c in self.rest.by_ref() {
            if c == end {
                return Some(text);
            }
            text.push(c);
        }
        None
    }

    /// The braces of `\p{L}` and the angles of `\k<name>`.
    fn skip_braces(&mut self) {
        let end = match self.rest.peek() {
            Some('{') => '}',
            Some('<') => '>',
            _ => return,
        };
        let _ = self.until(end);
    }

    fn class(&mut self) -> Result<(), Fault> {
        let mut class = Class::new(self.rest.next_if_eq(&'^').is_some());
        loop {
            let c = self.rest.next().ok_or("a class `[` is not closed")?;
            if c == ']' {
                break;
            }
            let low = self.class_atom(c)?;
            if self.rest.peek() == Some(&'-') && self.rest.clone().nth(1).is_some_and(|after| after != ']') {
                self.rest.next();
                let c = self.rest.next().ok_or("a class `[` is not closed")?;
                let high = self.class_atom(c)?;
                class.range(low, high)?;
            } else {
                class.add(low);
            }
        }
        self.documented |= class.beyond;
        class.write(&mut self.out);
        self.before = Before::Atom;
        Ok(())
    }

    fn class_atom(&mut self, c: char) -> Result<Escaped, Fault> {
        if c != '\\' {
            return Ok(Escaped::Char(c));
        }
        match self.rest.next() {
            None => Err("a class `[` is not closed".to_owned()),
            Some('b') => Ok(Escaped::Char('\u{8}')),
            Some(c) => self.escaped(c),
        }
    }
}

/// The text of `{2,5}` with its bounds, where the scan stands behind the opening brace.
fn bounds(rest: Peekable<Chars<'_>>) -> Option<(String, u64, Option<u64>)> {
    let inner: String = rest.take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '}')).collect();
    let inner = inner.get(..inner.find('}')?)?;
    let (min, max) = match inner.split_once(',') {
        None => (inner, Some(inner)),
        Some((min, "")) => (min, None),
        Some((min, max)) => (min, Some(max)),
    };
    let min = min.parse().ok()?;
    let max = max.map(str::parse).transpose().ok()?;
    Some((format!("{{{inner}}}"), min, max))
}

/// What an escape stands for.
#[derive(Clone, Copy)]
enum Escaped {
    Char(char),
    Shorthand(Shorthand),
    /// Sound, but nothing that the engine knows: properties, references to groups, halves of pairs.
    Beyond,
}

impl Escaped {
    fn from_code(code: u32) -> Self {
        char::from_u32(code).map_or(Self::Beyond, Self::Char)
    }
}

#[cfg(test)]
mod tests {
    use super::{Translated, translate};

    #[track_caller]
    fn check(pattern: &str, expected: &str) {
        let found = match translate(pattern) {
            Translated::Checked(text) => text,
            Translated::Documented => "documented".to_owned(),
            Translated::Broken(reason) => format!("broken: {reason}"),
        };
        assert_eq!(found, expected, "{pattern}");
    }

    #[track_caller]
    fn check_matches(pattern: &str, yes: &[&str], no: &[&str]) {
        let Translated::Checked(text) = translate(pattern) else { panic!("{pattern} is not checked") };
        let regex = regex_lite::Regex::new(&text).unwrap();
        for value in yes {
            assert!(regex.is_match(value), "{pattern} as {text} refuses {value:?}");
        }
        for value in no {
            assert!(!regex.is_match(value), "{pattern} as {text} takes {value:?}");
        }
    }

    #[test]
    fn what_both_dialects_share_stays_as_it_is() {
        check("^[A-Z]{3}$", "^[A-Z]{3}$");
        check(r"^\d+(?:\.\d{1,2})?$", r"^\d+(?:\.\d{1,2})?$");
        check("a|b*?", "a|b*?");
        check(r"^\w+\b", r"^\w+\b");
    }

    #[test]
    fn escapes_become_the_engines() {
        check(r"\/a\-b", r"/a\-b");
        check(r"\u0041\x42\cJ\0", r"AB\x{a}\x{0}");
        check(r"\ud83d\ude00", "\u{1f600}");
        check(r"[\u0041-\u005a]", "[A-Z]");
        check("a{,2}x{", r"a\{,2\}x\{");
        check("]}", r"\]\}");
        check("(?<year>a)(b)", "(?:a)(?:b)");
    }

    #[test]
    fn classes_keep_their_meaning() {
        check_matches(r"^[^\S\n]+$", &[" \t\u{a0}"], &["\n", "a"]);
        check_matches(r"^\S$", &["a", "é"], &["\u{feff}", "\u{3000}", " "]);
        check_matches(r"^[\w-.]+$", &["a-.b"], &["a b", "é"]);
        check_matches(r"^[a&&b~~[^]+$", &["a&b~[^"], &["c"]);
        check_matches(r"^[\b]$", &["\u{8}"], &["b"]);
        check_matches("^.$", &["a", "😀"], &["\n", "\r", "\u{2028}"]);
        check_matches("^[^]$", &["a", "\n"], &[]);
        check_matches("^a$", &["a"], &["a\n"]);
        check_matches(r"^[\D]$", &["a", "٣"], &["1"]);
        check_matches("^[ -~]+$", &["a b"], &["é"]);
    }

    #[test]
    fn what_the_engine_cannot_express_is_documented() {
        for pattern in [
            "(?=a)b",
            "(?!a)b",
            "(?<=a)b",
            "(?<!a)b",
            r"(a)\1",
            r"(?<x>a)\k<x>",
            r"\p{L}+",
            r"[\p{L}\d]",
            r"\Aa\z",
            r"\ud83d",
            "/^[a-z]+$/i",
            "a{100000}{1}(?:b{60000}){60000}",
            "(?i:a)",
        ] {
            let found = translate(pattern);
            let broken_is_fine = pattern.starts_with("a{100000}");
            assert!(found == Translated::Documented || broken_is_fine, "{pattern}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_expression_is_broken() {
        check("[", "broken: a class `[` is not closed");
        check("(a", "broken: a group is not closed");
        check("a)", "broken: `)` closes no group");
        check("*a", "broken: `*` has nothing to repeat");
        check("a**", "broken: `*` has nothing to repeat");
        check("a{2,1}", "broken: the bounds of `{2,1}` are out of order");
        check("[b-a]", "broken: the range `b-a` is out of order");
        check(r"a\", r"broken: it ends with a lone `\`");
        check("(?i)a", "broken: `(?i)` sets a flag, which is not part of ECMA expressions");
        check("(?P<a>b)", "broken: `(?P` opens no group");
        check("^*", "broken: `*` has nothing to repeat");
    }
}
