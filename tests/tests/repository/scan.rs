//! Just enough of Rust's lexical grammar to judge source files: comments and literals are blanked, braces are matched.
//!
//! A parser would do more, but it would have to be built for every run of the tests, and its positions cost more still.

use std::ops::Range;

/// One source file.
pub(crate) struct Source {
    /// The text as it stands.
    pub(crate) text: String,
    /// The same with comments, strings and test code as blanks; lines stay lines.
    pub(crate) code: String,
}

impl Source {
    /// Scans a text.
    pub(crate) fn new(text: String) -> Self {
        let code = blank_tests(blank_literals(&text));
        Self { text, code }
    }

    /// Lines up to the test module.
    pub(crate) fn lines(&self) -> usize {
        let tests = test_attributes(&self.text).into_iter().find(|at| {
            let item = self.text[at.end..].trim_start();
            item.starts_with("mod ")
                && item.split(['{', ';']).nth(0).is_some_and(|head| item[head.len()..].starts_with('{'))
        });
        self.text[..tests.map_or(self.text.len(), |at| at.start)].lines().count()
    }

    /// Modules in files of their own that are only there for tests.
    pub(crate) fn test_modules(&self) -> Vec<&str> {
        let declared = test_attributes(&self.text).into_iter().filter_map(|at| {
            let item = self.text[at.end..].split(['{', ';']).next()?;
            let ends = self.text[at.end + item.len()..].starts_with(';');
            item.trim().rsplit_once("mod ").filter(|_| ends).map(|(_, name)| name.trim())
        });
        declared.collect()
    }

    /// Every function with its number of lines, signature included.
    pub(crate) fn functions(&self) -> Vec<(String, usize)> {
        let starts = words(&self.code, "fn").filter_map(|at| {
            let rest = &self.code[at + 2..];
            let name: String = rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let body = body(&self.code, at)?;
            (!name.is_empty()).then(|| (name, self.code[at..body.end].lines().count()))
        });
        starts.collect()
    }

    /// The first line with `at`, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }
}

/// Places where `word` stands as a word of its own.
pub(crate) fn words<'t>(code: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| !part(code[..*at].chars().next_back()) && !part(code[at + word.len()..].chars().next()))
}

/// The braces that open first after `at`; a `;` before them means that there are none.
fn body(code: &str, at: usize) -> Option<Range<usize>> {
    let mut depth = 0;
    for (offset, c) in code[at..].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ';' if depth == 0 => return None,
            '{' if depth == 0 => return Some(at..closing(code, at + offset)),
            _ => {}
        }
    }
    None
}

/// One past the brace that closes the one at `open`.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (offset, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + offset + 1;
        }
    }
    code.len()
}

/// Where `#[cfg(test)]` and its like start, and the attribute's end.
fn test_attributes(code: &str) -> Vec<Range<usize>> {
    let all = code.match_indices("#[cfg(").filter_map(|(at, _)| {
        let end = at + code[at..].find(")]")? + 2;
        let condition = &code[at..end];
        (words(condition, "test").next().is_some() && !condition.contains("not(test")).then_some(at..end)
    });
    all.collect()
}

fn blank_tests(mut code: String) -> String {
    for attribute in test_attributes(&code) {
        let end = body(&code, attribute.end).map_or(attribute.end, |body| body.end);
        let blanks: String = code[attribute.start..end].bytes().map(blank).collect();
        code.replace_range(attribute.start..end, &blanks);
    }
    code
}

/// One blank for each byte, so that places in the code are places in the text.
fn blank(byte: u8) -> char {
    if byte == b'\n' { '\n' } else { ' ' }
}

fn blank_literals(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = literal(rest, code.chars().next_back()).unwrap_or(0);
        if length == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.extend(rest[..length].bytes().map(blank));
            rest = &rest[length..];
        }
    }
    code
}

/// The length of the comment or literal that `rest` starts with.
fn literal(rest: &str, before: Option<char>) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let unprefixed = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - unprefixed.len();
    if !in_word && prefix <= 1 && unprefixed.starts_with('r') {
        let hashes = unprefixed[1..].len() - unprefixed[1..].trim_start_matches('#').len();
        if unprefixed[1 + hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = prefix + 2 + hashes;
            return Some(rest[start..].find(&close).map_or(rest.len(), |end| start + end + close.len()));
        }
    }
    match rest.chars().next()? {
        '"' => Some(quoted(rest, '"')),
        // A lifetime has no closing quote after its first character; an escape always starts a literal.
        '\'' if rest[1..].starts_with('\\') || rest[1..].chars().nth(1) == Some('\'') => Some(quoted(rest, '\'')),
        _ => None,
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn literals_comments_and_tests_are_blanked() {
    let source = Source::new(
        "//! x\nfn a(x: &'static str) { \"}\"; '}'; r#\"}\"#; b'\\''; /* } */ }\n#[cfg(test)]\nmod tests { fn b() {} }\nfn c();\n"
            .to_owned(),
    );
    assert_eq!(source.functions(), [("a".to_owned(), 1)]);
    assert_eq!(source.lines(), 2);
    assert!(!source.code.contains("tests"));
}
