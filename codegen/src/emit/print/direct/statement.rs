//! Statements.

use super::shape::{Brace, Form};
use super::{Direct, INDENT, Known};

impl Direct<'_> {
    pub(super) fn statement(&mut self) -> Known {
        match self.tokens.text(self.at) {
            "let" => self.local(),
            "static" | "const" | "use" => self.item(),
            "#" | ";" => None,
            _ => self.expression_statement(),
        }
    }

    fn local(&mut self) -> Known {
        self.out.inconsistent(0);
        self.modifier("let ");
        self.pattern()?;
        if self.skip(":") {
            self.out.word(": ");
            self.ty()?;
        }
        if self.skip("=") {
            self.out.word(" = ");
            self.out.never();
            self.expression(false)?;
            if self.is("else") {
                self.otherwise()?;
            }
        }
        self.out.end();
        self.require(";")?;
        self.out.word(";");
        self.out.hard();
        Some(())
    }

    /// `else { … }` of a `let`, whose value may not end with a brace.
    fn otherwise(&mut self) -> Known {
        (!self.tokens.is(self.at - 1, "}")).then(|| self.at += 1)?;
        self.out.space();
        self.out.word("else ");
        self.out.end();
        self.out.never();
        self.out.consistent(INDENT);
        self.small_block()
    }

    fn expression_statement(&mut self) -> Known {
        let shape = self.shape(self.at, Brace::Struct)?;
        self.out.inconsistent(0);
        if self.tokens.is(shape.end, "=") {
            self.assignment()?;
            self.require(";")?;
            self.out.word(";");
        } else {
            self.expression(true)?;
            let semicolon = self.skip(";");
            (semicolon || self.is("}") || shape.form.ends_itself()).then_some(())?;
            // Behind an `if` it depends on the `else` whether a semicolon stays.
            (shape.form != Form::If || !semicolon).then_some(())?;
            if semicolon || shape.form == Form::Return {
                self.out.word(";");
            }
        }
        self.out.end();
        self.out.hard();
        Some(())
    }

    fn assignment(&mut self) -> Known {
        self.out.inconsistent(0);
        self.expression(false)?;
        self.require("=")?;
        self.out.word(" = ");
        self.out.never();
        self.expression(false)?;
        self.out.end();
        Some(())
    }
}
