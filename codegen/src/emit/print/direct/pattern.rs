//! Patterns.

use super::super::layout::Break;
use super::{Direct, INDENT, Kind, Known};

impl Direct<'_> {
    /// The pattern of an arm: `a | b`.
    pub(super) fn alternatives(&mut self) -> Known {
        let mut at = self.at;
        let (mut several, mut plain) = (false, true);
        while !self.tokens.is(at, "=>") {
            // A guard is for the parser.
            (at < self.tokens.len() && !self.tokens.is(at, "if")).then_some(())?;
            several |= self.tokens.is(at, "|");
            plain &= self.tokens.is(at, "|") || self.tokens.is(at, "_") || self.tokens.is_kind(at, Kind::Literal);
            at = self.tokens.after(at);
        }
        if !several {
            return self.pattern();
        }
        if plain {
            self.out.inconsistent(0)
        } else {
            self.out.consistent(0)
        }
        self.pattern()?;
        while self.skip("|") {
            self.out.space();
            self.out.word("| ");
            self.pattern()?;
        }
        self.out.end();
        Some(())
    }

    pub(super) fn pattern(&mut self) -> Known {
        if self.is_kind(Kind::Literal) {
            self.literal()?;
            if self.is("..=") {
                self.copy();
                self.is_kind(Kind::Literal).then_some(())?;
                self.literal()?;
            }
            return Some(());
        }
        match self.tokens.text(self.at) {
            "(" => self.tuple_pattern(),
            "&" => {
                self.copy();
                self.modifier("mut ");
                self.pattern()
            }
            "ref" | "mut" => {
                self.modifier("ref ");
                self.modifier("mut ");
                self.word()
            }
            "-" | ".." | "[" | "<" | "box" | "const" => None,
            _ => self.path_pattern(),
        }
    }

    /// `_`, a name, a path, `Path(…)`, `Path { … }`.
    fn path_pattern(&mut self) -> Known {
        if self.is("_") {
            self.copy();
            return Some(());
        }
        self.is_kind(Kind::Word).then_some(())?;
        let start = self.at;
        while self.is_kind(Kind::Word) && self.tokens.is(self.at + 1, "::") {
            self.at += 2;
        }
        let last = self.at;
        self.at = start;
        if self.tokens.is(last + 1, "{") {
            return self.structure_pattern(last);
        }
        while self.at <= last {
            self.copy();
        }
        match self.tokens.text(self.at) {
            "(" => self.pattern_list(),
            "@" | "!" | "..=" | ".." | "<" => None,
            _ => Some(()),
        }
    }

    fn pattern_list(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        self.out.consistent(INDENT);
        self.out.zero();
        while self.at < close {
            self.pattern()?;
            self.separator(close)?;
        }
        self.out.outdent();
        self.out.end();
        self.copy();
        Some(())
    }

    /// Of none or several; one alone is either in parentheses or has a comma of its own.
    fn tuple_pattern(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        let (mut at, mut commas) = (self.at + 1, 0);
        while at < close {
            commas += usize::from(self.tokens.is(at, ",") && at + 1 < close);
            at = self.tokens.after(at);
        }
        (commas > 0 || close == self.at + 1).then_some(())?;
        self.pattern_list()
    }

    /// `Path { a, b, .. }`: names only.
    fn structure_pattern(&mut self, last: usize) -> Known {
        self.out.consistent(INDENT);
        while self.at <= last {
            self.copy();
        }
        let close = self.tokens.close(self.at);
        self.at += 1;
        self.out.word(" {");
        self.out.line(Break { blank: 1, inner: true, ..Break::default() });
        while self.at < close {
            if self.is("..") {
                self.copy();
                self.out.space();
                (self.at == close).then_some(())?;
                continue;
            }
            self.word()?;
            let comma = self.skip(",");
            let end = self.at == close;
            self.out.comma(end, 1);
            (comma || end).then_some(())?;
        }
        self.at += 1;
        self.out.outdent();
        self.out.end();
        self.out.word("}");
        Some(())
    }
}
