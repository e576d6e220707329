//! A pull scanner over JSON text: tokens, strict grammar, depth.
//!
//! Own code rather than a crate: the decoder needs little, and this compiles in a moment, gives verbatim slices and shares
//! its position with the decoder. It knows nothing of types, paths or tolerance.

use std::borrow::Cow;

use super::DEPTH_LIMIT;
use super::error::{DecodeError, Kind, Problem};

/// Position in a text. Copies are how one looks ahead.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    pub(crate) depth: u32,
}

impl<'a> Scanner<'a> {
    /// At the beginning of a text; a byte order mark is passed over.
    pub(crate) fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, depth: 0 }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    pub(crate) fn rewind(&mut self, offset: usize) {
        self.at = offset;
    }

    pub(crate) fn slice(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[cold]
    pub(crate) fn syntax(&self, expected: &'static str) -> DecodeError {
        DecodeError::new(Problem::Syntax(expected), self.at)
    }

    /// Passes over white space and looks at what follows.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        #[cfg(test)]
        work::count(1);
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// The kind of the value that follows.
    pub(crate) fn kind(&mut self) -> Result<Kind, DecodeError> {
        match self.peek() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b't' | b'f') => Ok(Kind::Boolean),
            Some(b'n') => Ok(Kind::Null),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            _ => Err(self.syntax("a value")),
        }
    }

    /// Takes this byte if it follows.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Takes a literal; the first byte is already known to fit.
    pub(crate) fn literal(&mut self, word: &'static str) -> Result<(), DecodeError> {
        if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.syntax("`true`, `false` or `null`"))
    }

    /// Goes into a container whose bracket is taken.
    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), DecodeError> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT { Err(DecodeError::new(Problem::Depth, self.at - 1)) } else { Ok(()) }
    }

    /// Behind a member or item: whether another follows. Takes the comma or the bracket.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Result<bool, DecodeError> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.syntax(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" })),
        }
    }

    /// Takes `"name":` if exactly that follows, with the name unescaped in the text.
    #[inline]
    pub(crate) fn eat_key(&mut self, name: &str) -> bool {
        if self.peek() != Some(b'"') {
            return false;
        }
        let Some(rest) = self.text.as_bytes().get(self.at + 1..) else { return false };
        let Some((b'"', rest)) = rest.strip_prefix(name.as_bytes()).and_then(<[u8]>::split_first) else { return false };
        if let Some(b':') = rest.first() {
            self.at += name.len() + 3;
            return true;
        }
        let start = self.at;
        self.at += name.len() + 2;
        let found = self.eat(b':');
        if !found {
            self.at = start;
        }
        found
    }

    /// Takes a key and its colon.
    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("a member's name"));
        }
        let key = self.string()?;
        if self.eat(b':') { Ok(key) } else { Err(self.syntax("`:`")) }
    }

    /// Takes a string whose quote is next.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let start = self.at + 1;
        let end = plain_end(self.text.as_bytes(), start);
        #[cfg(test)]
        work::count(end - start);
        if let Some(b'"') = self.text.as_bytes().get(end) {
            self.at = end + 1;
            return Ok(Cow::Borrowed(self.text.get(start..end).unwrap_or_default()));
        }
        self.escaped_string(start, end).map(Cow::Owned)
    }

    /// Takes a string from its first escape on.
    fn escaped_string(&mut self, start: usize, mut end: usize) -> Result<String, DecodeError> {
        let mut value = String::from(self.text.get(start..end).unwrap_or_default());
        loop {
            self.at = end;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(value);
                }
                Some(b'\\') => value.push(self.escape()?),
                Some(_) => return Err(self.syntax("an escaped control character")),
                None => return Err(self.syntax("the end of the string")),
            }
            let from = self.at;
            end = plain_end(self.text.as_bytes(), from);
            #[cfg(test)]
            work::count(end - from + 1);
            value.push_str(self.text.get(from..end).unwrap_or_default());
        }
    }

    /// Takes an escape whose backslash is next.
    fn escape(&mut self) -> Result<char, DecodeError> {
        self.at += 1;
        let plain = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.syntax("an escape")),
        };
        self.at += 1;
        Ok(plain)
    }

    /// Takes `uXXXX` and, behind a high surrogate, its low one.
    fn unicode_escape(&mut self) -> Result<char, DecodeError> {
        let first = self.four_digits()?;
        let code = match first {
            0xd800..=0xdbff => {
                if self.byte() != Some(b'\\') {
                    return Err(self.syntax("a low surrogate"));
                }
                self.at += 1;
                match self.byte().map(|_| self.four_digits()) {
                    Some(Ok(low @ 0xdc00..=0xdfff)) => 0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00),
                    Some(Err(error)) => return Err(error),
                    _ => return Err(self.syntax("a low surrogate")),
                }
            }
            other => other,
        };
        char::from_u32(code).ok_or_else(|| self.syntax("a high surrogate before the low one"))
    }

    fn four_digits(&mut self) -> Result<u32, DecodeError> {
        if self.byte() != Some(b'u') {
            return Err(self.syntax("a low surrogate"));
        }
        let digits = self.text.get(self.at + 1..self.at + 5).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| self.syntax("four hexadecimal digits"))?;
        self.at += 5;
        Ok(code)
    }

    /// Takes a number whose first byte is next and gives its text.
    pub(crate) fn number(&mut self) -> Result<&'a str, DecodeError> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.slice(start))
    }

    fn digits(&mut self) -> Result<(), DecodeError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        #[cfg(test)]
        work::count(self.at - start);
        if self.at == start { Err(self.syntax("a digit")) } else { Ok(()) }
    }

    /// Takes a short whole number without looking at its text twice: sign and magnitude. `None`, and nothing taken, where
    /// it is longer, has a fraction or an exponent, or is no number.
    #[inline]
    pub(crate) fn short_integer(&mut self) -> Option<(bool, u64)> {
        let bytes = self.text.as_bytes();
        let negative = self.byte() == Some(b'-');
        let start = self.at + usize::from(negative);
        let mut at = start;
        let mut value = 0_u64;
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            if at - start == 19 {
                return None;
            }
            value = value * 10 + u64::from(digit - b'0');
            at += 1;
        }
        let leading_zero = at - start > 1 && bytes.get(start) == Some(&b'0');
        if at == start || leading_zero || matches!(bytes.get(at), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        Some((negative, value))
    }

    /// Takes any value, checks it and gives its text.
    pub(crate) fn skip(&mut self) -> Result<&'a str, DecodeError> {
        let kind = self.kind()?;
        let start = self.at;
        match kind {
            Kind::Null => self.literal("null")?,
            Kind::Boolean => self.literal(if self.byte() == Some(b't') { "true" } else { "false" })?,
            Kind::Number => drop(self.number()?),
            Kind::String => drop(self.string()?),
            Kind::Array => self.skip_container(b']')?,
            Kind::Object => self.skip_container(b'}')?,
        }
        Ok(self.slice(start))
    }

    fn skip_container(&mut self, close: u8) -> Result<(), DecodeError> {
        self.at += 1;
        self.enter()?;
        if !self.eat(close) {
            loop {
                if close == b'}' {
                    self.key()?;
                }
                self.skip()?;
                if !self.more(close)? {
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Checks that nothing follows.
    pub(crate) fn end(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("the end of the text")),
        }
    }
}

/// How much was looked at, so that tests can tell linear work from other without a clock: one for each token, and the bytes of
/// texts and numbers.
#[cfg(test)]
pub(super) mod work {
    use std::cell::Cell;

    thread_local! {
        static DONE: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count(units: usize) {
        DONE.set(DONE.get() + units);
    }

    /// What was counted since this was asked last.
    pub(crate) fn take() -> usize {
        DONE.replace(0)
    }
}

/// Where the run of bytes ends that stand for themselves: at a quote, a backslash, a control character or the text's end.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            break;
        }
        at += 1;
    }
    at
}

/// The high bit of each special byte. A borrow may mark bytes above a special one too, never below: the lowest is exact.
#[inline]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let zero_quote = quote.wrapping_sub(ONES) & !quote;
    let zero_backslash = backslash.wrapping_sub(ONES) & !backslash;
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (zero_quote | zero_backslash | control) & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::Scanner;

    fn check(text: &str, accepted: bool) {
        let mut scan = Scanner::new(text);
        let found = scan.skip().is_ok() && scan.end().is_ok();
        assert_eq!(found, accepted, "{text:?}");
    }

    #[test]
    fn strict() {
        for text in
            ["0", "-0.5e+3", "[ ]", "{ }", "\u{feff} null ", r#""é\u00e9\ud83d\ude00\/""#, r#"{"a":[1,{"b":null}]}"#]
        {
            check(text, true);
        }
        for text in
            ["", " ", "01", "1.", ".5", "+1", "1e", "-", "--1", "NaN", "nul", "nulll", "truefalse", "'a'", "\"a"]
        {
            check(text, false);
        }
        for text in ["[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "[1]]", "[1}", "{\"a\":1]"]
        {
            check(text, false);
        }
        for text in
            [r#""\x""#, r#""\u12""#, r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#, r#""\ud83d\u0041""#, "\"\n\""]
        {
            check(text, false);
        }
        for text in [
            "\"\\",
            "\"\\u",
            "\"\\u00e\u{e9}\"",
            "\"\\ud83d\\",
            "[",
            "{",
            "{\"",
            "{\"a",
            "{\"a\":",
            "/**/1",
            "\u{feff}",
        ] {
            check(text, false);
        }
    }

    #[test]
    fn depth() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = |depth| format!("{}1{}", open.repeat(depth), close.repeat(depth));
            check(&nested(200), true);
            check(&nested(201), false);
            check(&open.repeat(100_000), false);
        }
    }

    #[test]
    fn strings_of_every_length() {
        for length in 0..40 {
            for (tail, value) in [("", ""), ("\\n", "\n"), ("é", "é"), ("\\u0041b", "Ab")] {
                let text = format!("\"{}{tail}\"", "x".repeat(length));
                let found = Scanner::new(&text).string().unwrap();
                assert_eq!(found, format!("{}{value}", "x".repeat(length)));
            }
            check(&format!("\"{}\u{1}\"", "x".repeat(length)), false);
        }
    }
}
