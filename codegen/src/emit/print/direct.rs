//! Items straight from their tokens, for the part of Rust that the emitters write again and again.
//!
//! **Invariant: prints what prettyplease prints, or declines.** Every function reads on from `at`, and gives nothing where
//! it meets what it does not know; then nothing of the item is used, and the parser reads it. So a new form in an emitter is
//! never wrong here, only slower. Which boxes and breaks a form has is prettyplease's choice, repeated.

mod attribute;
mod expression;
mod pattern;
mod shape;
mod statement;
mod ty;

use super::layout::{INDENT, Layout};
use super::tokens::{Kind, Tokens};

/// Nothing where the form is not known.
type Known = Option<()>;

/// Text of the items, or nothing where there is a form that is not known.
pub(super) fn print(tokens: &Tokens, out: &mut Layout) -> Option<String> {
    let mut direct = Direct { tokens, at: 0, out };
    direct.out.consistent(0);
    let mut known = Some(());
    while known.is_some() && direct.at < tokens.len() {
        known = direct.item();
    }
    direct.out.end();
    let text = direct.out.print();
    known.map(|()| text)
}

struct Direct<'t> {
    tokens: &'t Tokens,
    at: usize,
    out: &'t mut Layout,
}

impl<'t> Direct<'t> {
    fn is(&self, text: &str) -> bool {
        self.tokens.is(self.at, text)
    }

    fn is_kind(&self, kind: Kind) -> bool {
        self.tokens.is_kind(self.at, kind)
    }

    /// Steps over this token, if it is there.
    fn skip(&mut self, text: &str) -> bool {
        let found = self.is(text);
        self.at += usize::from(found);
        found
    }

    fn require(&mut self, text: &str) -> Known {
        self.skip(text).then_some(())
    }

    /// Prints this token as it is.
    fn copy(&mut self) {
        self.out.word(self.tokens.text(self.at));
        self.at += 1;
    }

    fn word(&mut self) -> Known {
        self.is_kind(Kind::Word).then(|| self.copy())
    }

    /// Prints one of these words with a space behind it, if it is there.
    fn modifier(&mut self, text: &'static str) {
        if self.skip(text.trim_end()) {
            self.out.word(text);
        }
    }

    fn item(&mut self) -> Known {
        self.attributes()?;
        // A macro has no modifiers, and no box.
        if self.tokens.is(self.at + 1, "::") {
            return self.item_macro();
        }
        let keyword = self.keyword_behind_visibility();
        match self.tokens.text(keyword) {
            "struct" => self.structure(),
            "enum" => self.enumeration(),
            "impl" => self.implementation(),
            "fn" | "async" => self.function(),
            "const" if self.tokens.is(keyword + 1, "fn") => self.function(),
            "const" | "static" => self.value(),
            "type" => self.alias(),
            "mod" => self.module(),
            "use" => self.import(),
            _ => None,
        }
    }

    fn keyword_behind_visibility(&self) -> usize {
        match self.tokens.is(self.at, "pub") {
            true if self.tokens.is(self.at + 1, "(") => self.tokens.after(self.at + 1),
            pub_ => self.at + usize::from(pub_),
        }
    }

    fn visibility(&mut self) -> Known {
        if !self.skip("pub") {
            return Some(());
        }
        if !self.is("(") {
            self.out.word("pub ");
            return Some(());
        }
        let close = self.tokens.close(self.at);
        self.at += 1;
        let opening = if self.skip("in") { "pub(in " } else { "pub(" };
        self.out.word(opening);
        self.simple_path()?;
        self.out.word(") ");
        (self.at == close).then(|| self.at += 1)
    }

    /// `a::b::C`, without arguments. In imports the last can be a `*`.
    fn simple_path(&mut self) -> Known {
        if self.is("::") {
            self.copy();
        }
        self.word()?;
        while self.is("::") {
            self.copy();
            if self.is("*") { self.copy() } else { self.word()? }
        }
        Some(())
    }

    /// `path!(path);` is the one form of macro that items have.
    fn item_macro(&mut self) -> Known {
        self.simple_path()?;
        self.require("!")?;
        self.out.word("!(");
        let close = self.tokens.close(self.at);
        self.require("(")?;
        self.out.consistent(INDENT);
        self.out.zero();
        self.out.inconsistent(0);
        self.simple_path()?;
        self.out.end();
        self.out.zero();
        self.out.outdent();
        self.out.end();
        (self.at == close).then(|| self.at += 1)?;
        self.require(";")?;
        self.out.word(");");
        self.out.hard();
        Some(())
    }

    /// Imports of one name or of all; a list of names is for the parser.
    fn import(&mut self) -> Known {
        self.visibility()?;
        self.modifier("use ");
        self.simple_path()?;
        if self.skip("as") {
            self.out.word(" as ");
            self.word()?;
        }
        self.require(";")?;
        self.out.word(";");
        self.out.hard();
        Some(())
    }

    fn module(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.visibility()?;
        self.modifier("mod ");
        self.word()?;
        self.require(";")?;
        self.out.word(";");
        self.out.end();
        self.out.hard();
        Some(())
    }

    /// `const` and `static`.
    fn value(&mut self) -> Known {
        self.out.consistent(0);
        self.visibility()?;
        self.copy();
        self.out.word(" ");
        self.word()?;
        self.require(":")?;
        self.out.word(": ");
        self.ty()?;
        self.require("=")?;
        self.out.word(" = ");
        self.out.never();
        self.expression(false)?;
        self.require(";")?;
        self.out.word(";");
        self.out.end();
        self.out.hard();
        Some(())
    }

    fn alias(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.visibility()?;
        self.modifier("type ");
        self.word()?;
        self.generics()?;
        self.require("=")?;
        self.out.word(" = ");
        self.out.never();
        self.out.inconsistent(-INDENT);
        self.ty()?;
        self.out.end();
        self.require(";")?;
        self.out.word(";");
        self.out.end();
        self.out.hard();
        Some(())
    }

    fn structure(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.visibility()?;
        self.modifier("struct ");
        self.word()?;
        self.generics()?;
        if self.is("{") {
            self.out.word(" ");
            self.lines(|direct| {
                direct.field()?;
                direct.skip(",");
                direct.out.word(",");
                direct.out.hard();
                Some(())
            })?;
        } else {
            if self.is("(") {
                self.tuple_fields()?;
            }
            self.require(";")?;
            self.out.word(";");
            self.out.end();
        }
        self.out.hard();
        Some(())
    }

    fn field(&mut self) -> Known {
        self.attributes()?;
        self.visibility()?;
        self.word()?;
        self.require(":")?;
        self.out.word(": ");
        self.ty()
    }

    fn tuple_fields(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.at += 1;
        self.out.word("(");
        self.out.zero();
        while self.at < close {
            self.attributes()?;
            self.visibility()?;
            self.ty()?;
            self.separator(close)?;
        }
        self.at += 1;
        self.out.outdent();
        self.out.word(")");
        Some(())
    }

    /// The comma between two of a list that ends at `close`, and what stands in its place behind the last.
    fn separator(&mut self, close: usize) -> Known {
        let comma = self.skip(",");
        let last = self.at == close;
        self.out.comma(last, 0);
        (comma || last).then_some(())
    }

    fn enumeration(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.visibility()?;
        self.modifier("enum ");
        self.word()?;
        self.generics()?;
        self.out.word(" ");
        self.lines(|direct| {
            direct.attributes()?;
            direct.word()?;
            if direct.is("(") {
                direct.out.consistent(INDENT);
                direct.tuple_fields()?;
                direct.out.end();
            }
            (direct.skip(",") || direct.is("}")).then_some(())?;
            direct.out.word(",");
            direct.out.hard();
            Some(())
        })?;
        self.out.hard();
        Some(())
    }

    fn implementation(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.out.inconsistent(-INDENT);
        self.out.consistent(INDENT);
        self.modifier("impl");
        self.generics()?;
        self.out.end();
        self.out.word(" ");
        self.ty()?;
        if self.skip("for") {
            self.out.space();
            self.out.word("for ");
            self.ty()?;
        }
        self.out.end();
        self.out.word(" ");
        self.lines(|direct| direct.item())?;
        self.out.hard();
        Some(())
    }

    /// `{ … }` with a line for each piece; ends the box around it.
    fn lines(&mut self, mut piece: impl FnMut(&mut Self) -> Known) -> Known {
        let close = self.tokens.close(self.at);
        self.require("{")?;
        self.out.word("{");
        self.out.hard_inner();
        while self.at < close {
            piece(self)?;
        }
        self.at += 1;
        self.out.outdent();
        self.out.end();
        self.out.word("}");
        Some(())
    }

    fn function(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.visibility()?;
        self.modifier("const ");
        self.modifier("async ");
        self.require("fn")?;
        self.out.word("fn ");
        self.word()?;
        self.generics()?;
        self.parameters()?;
        self.out.consistent(-INDENT);
        self.return_type()?;
        self.out.end();
        self.out.word(" ");
        self.lines(|direct| direct.statement())?;
        self.out.hard();
        Some(())
    }

    fn parameters(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.require("(")?;
        self.out.word("(");
        self.out.never();
        self.out.consistent(0);
        self.out.zero();
        while self.at < close {
            if !self.receiver() {
                self.pattern()?;
                self.require(":")?;
                self.out.word(": ");
                self.ty()?;
            }
            self.separator(close)?;
        }
        self.at += 1;
        self.out.outdent();
        self.out.end();
        self.out.word(")");
        Some(())
    }

    /// `self`, `mut self`, `&self`, `&mut self`.
    fn receiver(&mut self) -> bool {
        let reference = usize::from(self.is("&"));
        let mutable = usize::from(self.tokens.is(self.at + reference, "mut"));
        let at = self.at + reference + mutable;
        if !self.tokens.is(at, "self") || self.tokens.is(at + 1, ":") {
            return false;
        }
        self.out.word(if reference == 1 { "&" } else { "" });
        self.out.word(if mutable == 1 { "mut self" } else { "self" });
        self.at = at + 1;
        true
    }

    fn return_type(&mut self) -> Known {
        if self.skip("->") {
            self.out.word(" -> ");
            self.ty()?;
        }
        Some(())
    }
}
