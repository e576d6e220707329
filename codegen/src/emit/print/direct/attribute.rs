//! Attributes, and docs as the comments that they are.

use std::borrow::Cow;

use super::{Direct, INDENT, Kind, Known};

impl Direct<'_> {
    /// All outer attributes that stand here.
    pub(super) fn attributes(&mut self) -> Known {
        while self.skip("#") {
            let close = self.tokens.close(self.at);
            self.require("[")?;
            if self.is("doc") {
                self.doc()?;
            } else {
                self.out.word("#[");
                self.simple_path()?;
                if self.is("(") {
                    self.arguments()?;
                }
                self.out.word("]");
                self.out.space();
            }
            (self.at == close).then(|| self.at += 1)?;
        }
        Some(())
    }

    /// `doc = " text"` as `/// text`.
    fn doc(&mut self) -> Known {
        self.at += 1;
        self.require("=")?;
        let tokens = self.tokens;
        let text = unescaped(tokens.text(self.at))?;
        self.at += 1;
        if text.contains('\n') || text.starts_with('/') {
            return None;
        }
        self.out.word("///");
        self.out.word(text.trim_end_matches(' '));
        self.out.hard();
        Some(())
    }

    /// `(Clone, Debug)`, `(feature = "x")`; no groups inside.
    fn arguments(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.at += 1;
        self.out.word("(");
        self.out.consistent(INDENT);
        self.out.zero();
        while self.at < close {
            self.simple_path()?;
            if self.skip("=") {
                self.out.word(" = ");
                self.is_kind(Kind::Literal).then(|| self.copy())?;
            }
            if self.at < close {
                self.require(",")?;
                (self.at < close).then_some(())?;
                self.out.word(",");
                self.out.space();
            }
        }
        self.at += 1;
        self.out.zero();
        self.out.outdent();
        self.out.end();
        self.out.word(")");
        Some(())
    }
}

/// What a string literal says; nothing where it is spelled in another way than the emitters spell it.
fn unescaped(literal: &str) -> Option<Cow<'_, str>> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, escaped)) = rest.split_once('\\') {
        text.push_str(before);
        let kind = escaped.chars().next()?;
        text.push(match kind {
            '"' | '\'' | '\\' => kind,
            't' => '\t',
            _ => return None,
        });
        rest = escaped.get(1..)?;
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}
