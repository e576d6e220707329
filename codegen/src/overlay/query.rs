//! JSONPath as RFC 9535 defines it: from the text to a query.
//!
//! Owns the grammar and what may be wrong with a text; `select.rs` owns what a query finds.

use std::str::CharIndices;

/// `$.paths.*.get`, or a query inside a filter, which may start from the node that is judged (`@.name`).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    /// Where it starts.
    pub(super) start: Start,
    /// Its steps.
    pub(super) segments: Vec<Segment>,
}

/// Where a query starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// `$`: the document.
    Root,
    /// `@`: the node that a filter judges.
    Current,
}

/// One step: which children, or which descendants.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// `..`: the node itself and everything below it are asked.
    pub(super) descends: bool,
    /// Alternatives: `['a','b']`.
    pub(super) selectors: Vec<Selector>,
}

/// Which children of a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Selector {
    /// `.name`, `['name']`
    Name(String),
    /// `[0]`, `[-1]`
    Index(i64),
    /// `[1:3]`, `[::-1]`
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    /// `*`
    Every,
    /// `[?@.name == 'id']`
    Filter(Test),
}

/// What a filter asks of each child.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// `a || b`
    Any(Vec<Test>),
    /// `a && b`
    All(Vec<Test>),
    /// `!a`
    Not(Box<Test>),
    /// `@.name`: whether it finds anything.
    Exists(Query),
    /// `match(@.name, 'a.*')` the whole text, `search(…)` any part of it.
    Matches { text: Operand, pattern: Operand, whole: bool },
    /// `@.name == 'id'`
    Compare(Operand, Comparison, Operand),
}

/// One side of a comparison, or an argument of a function.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    /// `'text'`, `3`, `true`, `null`
    Literal(Literal),
    /// `@.name`, or `value(@..name)`: the one node that it finds.
    Query(Query),
    /// `length(@.name)`
    Length(Box<Operand>),
    /// `count(@.*)`
    Count(Query),
}

/// A value that is written into a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `3`, `-0.5`, `1e3`
    Number(f64),
    /// `'text'`, `"text"`
    String(String),
}

/// `==` and its kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueryFault {
    /// The byte at which the reader gave up.
    pub(super) at: usize,
    /// What should stand there.
    pub(super) expected: &'static str,
}

/// Filters inside filters, and brackets; the bound keeps a query from the end of the stack.
const MAX_NESTING: usize = 32;

/// Reads a query that starts at the document.
pub(super) fn parse(text: &str) -> Result<Query, QueryFault> {
    let mut parser = Parser { rest: text.char_indices(), length: text.len(), nesting: 0 };
    parser.expect('$', "`$`, the document")?;
    let segments = parser.segments()?;
    if parser.peek().is_some() {
        return Err(parser.fault("`.`, `[` or the end"));
    }
    Ok(Query { start: Start::Root, segments })
}

#[derive(Clone)]
struct Parser<'t> {
    rest: CharIndices<'t>,
    length: usize,
    nesting: usize,
}

type Parsed<T> = Result<T, QueryFault>;

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next().map(|(_, next)| next)
    }

    fn at(&self) -> usize {
        self.rest.clone().next().map_or(self.length, |(at, _)| at)
    }

    fn fault(&self, expected: &'static str) -> QueryFault {
        QueryFault { at: self.at(), expected }
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.rest.next();
        }
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.rest.as_str().starts_with(word);
        if found {
            self.rest.nth(word.chars().count() - 1);
        }
        found
    }

    fn expect(&mut self, wanted: char, expected: &'static str) -> Parsed<()> {
        if self.take(wanted) { Ok(()) } else { Err(self.fault(expected)) }
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|next| matches!(next, ' ' | '\t' | '\n' | '\r')) {
            self.rest.next();
        }
    }

    fn segments(&mut self) -> Parsed<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let before = self.rest.clone();
            self.space();
            if self.take('[') {
                segments.push(Segment { descends: false, selectors: self.bracketed()? });
            } else if self.take_word("..") {
                let selectors = if self.take('[') { self.bracketed()? } else { vec![self.shorthand()?] };
                segments.push(Segment { descends: true, selectors });
            } else if self.take('.') {
                segments.push(Segment { descends: false, selectors: vec![self.shorthand()?] });
            } else {
                self.rest = before;
                return Ok(segments);
            }
        }
    }

    /// What follows a dot.
    fn shorthand(&mut self) -> Parsed<Selector> {
        if self.take('*') {
            return Ok(Selector::Every);
        }
        let first = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        let mut name = String::new();
        while let Some(next) = self.peek().filter(|c| first(*c) || (!name.is_empty() && c.is_ascii_digit())) {
            name.push(next);
            self.rest.next();
        }
        if name.is_empty() {
            return Err(self.fault("a name of letters, digits and `_`, or `*`; other names are written `['name']`"));
        }
        Ok(Selector::Name(name))
    }

    fn bracketed(&mut self) -> Parsed<Vec<Selector>> {
        let mut selectors = Vec::new();
        loop {
            self.space();
            selectors.push(self.selector()?);
            self.space();
            if self.take(']') {
                return Ok(selectors);
            }
            self.expect(',', "`,` or `]`")?;
        }
    }

    fn selector(&mut self) -> Parsed<Selector> {
        match self.peek() {
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some('*') => {
                self.rest.next();
                Ok(Selector::Every)
            }
            Some('?') => {
                self.rest.next();
                self.space();
                Ok(Selector::Filter(self.nested(Self::any)?))
            }
            _ => self.index_or_slice(),
        }
    }

    fn index_or_slice(&mut self) -> Parsed<Selector> {
        const EXPECTED: &str = "a name in quotes, an index, `*` or `?`";
        let start = self.integer()?;
        self.space();
        if !self.take(':') {
            return start.map(Selector::Index).ok_or_else(|| self.fault(EXPECTED));
        }
        self.space();
        let end = self.integer()?;
        self.space();
        let step = if self.take(':') {
            self.space();
            self.integer()?
        } else {
            None
        };
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    fn integer(&mut self) -> Parsed<Option<i64>> {
        let mut digits = String::new();
        while let Some(next) = self.peek().filter(|c| c.is_ascii_digit() || (*c == '-' && digits.is_empty())) {
            digits.push(next);
            self.rest.next();
        }
        if digits.is_empty() {
            return Ok(None);
        }
        digits.parse().map(Some).map_err(|_| self.fault("a whole number"))
    }

    fn string(&mut self) -> Parsed<String> {
        let quote = self.rest.next().map_or('\'', |(_, quote)| quote);
        let mut text = String::new();
        loop {
            match self.rest.next().map(|(_, next)| next) {
                None => return Err(self.fault("the closing quote")),
                Some(next) if next == quote => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(next) => text.push(next),
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let fault = self.fault("an escape such as `\\'`, `\\n` or `\\u00e9`");
        match self.rest.next().map(|(_, next)| next) {
            Some(next @ ('\'' | '"' | '\\' | '/')) => Ok(next),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => {
                let first = self.hexadecimal().ok_or_else(|| fault.clone())?;
                let code = match first {
                    0xd800..0xdc00 if self.take_word("\\u") => {
                        let second = self.hexadecimal().filter(|code| (0xdc00..0xe000).contains(code));
                        0x10000 + ((first - 0xd800) << 10) + (second.ok_or_else(|| fault.clone())? - 0xdc00)
                    }
                    code => code,
                };
                char::from_u32(code).ok_or(fault)
            }
            _ => Err(fault),
        }
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + self.rest.next()?.1.to_digit(16)?;
        }
        Some(code)
    }

    /// Runs a part of the grammar that may stand inside itself.
    fn nested<T>(&mut self, part: fn(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.nesting == MAX_NESTING {
            return Err(self.fault("fewer brackets inside brackets"));
        }
        self.nesting += 1;
        let parsed = part(self);
        self.nesting -= 1;
        parsed
    }

    fn any(&mut self) -> Parsed<Test> {
        self.chain("||", Self::all, Test::Any)
    }

    fn all(&mut self) -> Parsed<Test> {
        self.chain("&&", Self::test, Test::All)
    }

    fn chain(
        &mut self,
        between: &str,
        part: fn(&mut Self) -> Parsed<Test>,
        several: fn(Vec<Test>) -> Test,
    ) -> Parsed<Test> {
        let first = part(self)?;
        let mut parts = vec![first];
        loop {
            self.space();
            if !self.take_word(between) {
                break;
            }
            self.space();
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { several(parts) })
    }

    fn test(&mut self) -> Parsed<Test> {
        if self.take('!') {
            self.space();
            return Ok(Test::Not(Box::new(self.nested(Self::test)?)));
        }
        if self.take('(') {
            self.space();
            let inner = self.nested(Self::any)?;
            self.space();
            self.expect(')', "`)`")?;
            return Ok(inner);
        }
        for (word, whole) in [("match(", true), ("search(", false)] {
            if self.take_word(word) {
                let text = self.argument(',')?;
                return Ok(Test::Matches { text, pattern: self.argument(')')?, whole });
            }
        }
        let left = self.nested(Self::operand)?;
        self.space();
        match (self.comparison(), left) {
            (Some(comparison), left) => {
                self.space();
                Ok(Test::Compare(left, comparison, self.nested(Self::operand)?))
            }
            (None, Operand::Query(query)) => Ok(Test::Exists(query)),
            (None, _) => Err(self.fault("a comparison such as `==`")),
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        const TABLE: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        TABLE.into_iter().find(|(word, _)| self.take_word(word)).map(|(_, comparison)| comparison)
    }

    /// An argument of a function, with what ends it.
    fn argument(&mut self, end: char) -> Parsed<Operand> {
        self.space();
        let operand = self.nested(Self::operand)?;
        self.space();
        self.expect(end, "`,` and a further argument, or `)`")?;
        Ok(operand)
    }

    fn operand(&mut self) -> Parsed<Operand> {
        for (word, start) in [("$", Start::Root), ("@", Start::Current)] {
            if self.take_word(word) {
                return Ok(Operand::Query(Query { start, segments: self.segments()? }));
            }
        }
        if self.take_word("length(") {
            return Ok(Operand::Length(Box::new(self.argument(')')?)));
        }
        for (word, made) in [("count(", Operand::Count as fn(Query) -> Operand), ("value(", Operand::Query)] {
            if self.take_word(word) {
                return match self.argument(')')? {
                    Operand::Query(query) => Ok(made(query)),
                    _ => Err(self.fault("a query as the argument")),
                };
            }
        }
        self.literal().map(Operand::Literal)
    }

    fn literal(&mut self) -> Parsed<Literal> {
        if matches!(self.peek(), Some('\'' | '"')) {
            return Ok(Literal::String(self.string()?));
        }
        for (word, literal) in [("true", Literal::Bool(true)), ("false", Literal::Bool(false)), ("null", Literal::Null)]
        {
            if self.take_word(word) {
                return Ok(literal);
            }
        }
        let mut number = String::new();
        while let Some(next) = self.peek().filter(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')) {
            number.push(next);
            self.rest.next();
        }
        let fault = self.fault("`@`, `$`, a text in quotes, a number, `true`, `false`, `null` or a function");
        number.parse().map(Literal::Number).map_err(|_| fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_where_the_reader_gave_up() {
        let check = |text: &str, at: usize, expected: &str| {
            let fault = parse(text).unwrap_err();
            assert_eq!(fault.at, at, "{text}: {}", fault.expected);
            assert!(fault.expected.contains(expected), "{text}: {}", fault.expected);
        };
        check("paths", 0, "`$`");
        check("$.paths./pets", 8, "['name']");
        check("$.x-note", 3, "`.`, `[`");
        check("$['paths'", 9, "`,` or `]`");
        check("$['paths]", 9, "closing quote");
        check("$[]", 2, "an index");
        check("$[?@.a ==]", 9, "a text in quotes");
        check("$[?'a']", 6, "`==`");
        check("$[?(@.a]", 7, "`)`");
        check("$['\\x']", 4, "an escape");
        check("$[?count(1)]", 11, "a query");
        check(&format!("$[?{}@.a", "(".repeat(40)), 35, "fewer brackets");
    }

    #[test]
    fn names_in_quotes_may_hold_anything() {
        let name = |text: &str| parse(text).map(|query| query.segments[0].selectors[0].clone());
        assert_eq!(name(r"$['a\'b\u00e9\uD83D\uDE00\n/']"), Ok(Selector::Name("a'bé😀\n/".to_owned())));
        assert_eq!(name(r#"$["/pets/{id}"]"#), Ok(Selector::Name("/pets/{id}".to_owned())));
        assert_eq!(name("$.é_1"), Ok(Selector::Name("é_1".to_owned())));
    }
}
