//! Expressions.

use super::super::layout::Break;
use super::shape::{Brace, Form, Shape};
use super::{Direct, INDENT, Kind, Known};

/// Width of a struct expression that stays on one line.
const STRUCT_WIDTH: isize = 34;

impl Direct<'_> {
    /// An expression, and what it was. `line_start`: at the start of a line a chain on a short name is not broken
    /// behind the name.
    pub(super) fn expression(&mut self, line_start: bool) -> Option<Shape> {
        let shape = self.shape(self.at, Brace::Struct)?;
        self.shaped(shape, line_start)?;
        Some(shape)
    }

    fn shaped(&mut self, shape: Shape, line_start: bool) -> Known {
        match shape.last_dot {
            Some(last_dot) => self.dotted(shape, last_dot, line_start)?,
            None => {
                self.base_expression(shape.base_form, shape.base)?;
                self.links(shape.end)?;
            }
        }
        (self.at == shape.end).then_some(())
    }

    /// A chain with dots: a box for all up to the last of them.
    fn dotted(&mut self, shape: Shape, last_dot: usize, line_start: bool) -> Known {
        let short =
            line_start && shape.base == self.at + 1 && self.is_kind(Kind::Word) && self.tokens.text(self.at).len() <= 4;
        self.out.consistent(INDENT);
        self.out.consistent(-INDENT);
        self.base_expression(shape.base_form, shape.base)?;
        self.out.end();
        let first_dot_stays = if short { shape.base } else { usize::MAX };
        while self.at <= last_dot {
            let unindent = self.at == last_dot && self.at == first_dot_stays;
            self.link(first_dot_stays, unindent)?;
        }
        self.out.end();
        self.links(shape.end)
    }

    /// What stands behind the last dot's call.
    fn links(&mut self, end: usize) -> Known {
        while self.at < end {
            self.link(usize::MAX, false)?;
        }
        Some(())
    }

    /// One step of a chain.
    fn link(&mut self, dot_that_stays: usize, unindent: bool) -> Known {
        match self.tokens.text(self.at) {
            "(" => self.call(),
            "?" => {
                self.copy();
                Some(())
            }
            "[" => {
                let close = self.tokens.close(self.at);
                self.copy();
                self.expression(false)?;
                (self.at == close).then(|| self.copy())
            }
            "." => {
                if self.at != dot_that_stays {
                    self.out.zero();
                }
                self.copy();
                self.copy();
                if self.is("::") {
                    self.copy();
                    self.type_arguments()?;
                }
                if self.is("(") {
                    self.out.consistent(if unindent { -INDENT } else { 0 });
                    self.call()?;
                    self.out.end();
                }
                Some(())
            }
            _ => None,
        }
    }

    fn base_expression(&mut self, form: Form, end: usize) -> Known {
        match form {
            Form::Plain if self.is_kind(Kind::Literal) => self.literal(),
            Form::Plain => self.path(end),
            Form::Array => self.array(),
            Form::Block => self.block_expression(),
            Form::Closure => self.closure(),
            Form::If => self.if_expression(),
            Form::Match => self.match_expression(),
            Form::Paren => self.parenthesised(),
            Form::Reference => {
                self.copy();
                self.modifier("mut ");
                self.expression(false).map(drop)
            }
            Form::Unary => {
                self.copy();
                self.expression(false).map(drop)
            }
            Form::Return => {
                self.copy();
                if self.at < end {
                    self.out.word(" ");
                    self.expression(false)?;
                }
                Some(())
            }
            Form::Struct => self.structure_expression(),
            Form::Tuple => self.tuple(),
            Form::Chain => None,
        }
    }

    /// A number that ends with a dot changes what may follow it.
    pub(super) fn literal(&mut self) -> Known {
        (!self.tokens.text(self.at).ends_with('.')).then(|| self.copy())
    }

    fn path(&mut self, end: usize) -> Known {
        while self.at < end {
            if self.is("<") { self.type_arguments()? } else { self.copy() }
        }
        Some(())
    }

    fn parenthesised(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        self.expression(false)?;
        (self.at == close).then(|| self.copy())
    }

    /// The arguments of a call with their parentheses.
    fn call(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        let first = if self.at < close { Some(self.shape(self.at, Brace::Struct)?) } else { None };
        let behind = |shape: &Shape| shape.end + usize::from(self.tokens.is(shape.end, ","));
        if let Some(only) = first.filter(|shape| shape.form.is_block_like() && behind(shape) == close) {
            self.shaped(only, false)?;
            self.skip(",");
        } else {
            self.list(close)?;
        }
        (self.at == close).then(|| self.copy())
    }

    /// Expressions with commas, in a box.
    fn list(&mut self, close: usize) -> Known {
        self.out.consistent(INDENT);
        self.out.zero();
        while self.at < close {
            self.expression(false)?;
            self.separator(close)?;
        }
        self.out.outdent();
        self.out.end();
        Some(())
    }

    fn tuple(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        // A single value has commas of its own.
        let single = self.at < close && self.shape(self.at, Brace::Struct)?.end + 1 >= close;
        self.list(close)?;
        (!single).then(|| self.copy())
    }

    fn array(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        if close == self.at + 1 {
            self.copy();
            self.copy();
            return Some(());
        }
        if self.is_simple_array(close)? {
            return self.simple_array(close);
        }
        self.copy();
        self.list(close)?;
        (self.at == close).then(|| self.copy())
    }

    /// Whether these are whole numbers, truth values or characters. Other numbers are for the parser.
    fn is_simple_array(&self, close: usize) -> Option<bool> {
        let mut at = self.at + 1;
        while at < close {
            let text = self.tokens.text(at);
            let simple = if self.tokens.is_kind(at, Kind::Literal) {
                let number = text.starts_with(|first: char| first.is_ascii_digit());
                if number && text.contains(|other: char| !other.is_ascii_digit()) {
                    return None;
                }
                number || text.starts_with('\'')
            } else {
                matches!(text, "true" | "false")
            };
            if !simple || !(at + 1 == close || self.tokens.is(at + 1, ",")) {
                return Some(false);
            }
            at += 2;
        }
        Some(true)
    }

    fn simple_array(&mut self, close: usize) -> Known {
        self.out.consistent(INDENT);
        self.copy();
        self.out.zero();
        self.out.inconsistent(0);
        while self.at < close {
            self.copy();
            if self.skip(",") && self.at < close {
                self.out.word(",");
                self.out.space();
            }
        }
        self.out.end();
        self.out.comma(true, 0);
        self.out.outdent();
        self.copy();
        self.out.end();
        Some(())
    }

    fn structure_expression(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.out.inconsistent(-INDENT);
        while !self.is("{") {
            if self.is("<") { self.type_arguments()? } else { self.copy() }
        }
        self.out.end();
        let close = self.tokens.close(self.at);
        self.at += 1;
        self.out.word(" {");
        self.out.line(Break { blank: 1, inner: true, ..Break::default() });
        while self.at < close {
            self.word()?;
            if self.skip(":") {
                self.out.word(": ");
                self.out.inconsistent(0);
                self.expression(false)?;
                self.out.end();
            }
            let comma = self.skip(",");
            let last = self.at == close;
            self.out.comma(last, 1);
            (comma || last).then_some(())?;
        }
        self.at += 1;
        self.out.outdent();
        self.out.end_within(STRUCT_WIDTH);
        self.out.word("}");
        Some(())
    }

    fn closure(&mut self) -> Known {
        self.out.inconsistent(0);
        self.modifier("move ");
        self.out.consistent(INDENT);
        self.require("|")?;
        self.out.word("|");
        self.out.zero();
        while !self.is("|") {
            self.pattern()?;
            if self.skip(",") {
                self.out.word(",");
                self.out.space();
            } else {
                self.is("|").then_some(())?;
            }
        }
        self.copy();
        self.out.space();
        self.out.outdent();
        self.out.end();
        self.out.never();
        let body = self.shape(self.at, Brace::Struct)?;
        if body.is_call || body.form == Form::Match || body.form.is_block_like() {
            self.shaped(body, false)?;
        } else {
            self.wrapped(body)?;
        }
        self.out.end();
        Some(())
    }

    /// The body of a closure, which gets braces where it does not fit.
    fn wrapped(&mut self, body: Shape) -> Known {
        self.out.consistent(INDENT);
        self.out.line(Break { before: "{", ..Break::default() });
        self.shaped(body, false)?;
        let before = if body.form == Form::Return { ";" } else { "" };
        self.out.line(Break { offset: -INDENT, before, after: "}", ..Break::default() });
        self.out.end();
        Some(())
    }

    fn block_expression(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.small_block()?;
        self.out.end();
        Some(())
    }

    /// The condition of a block behind it.
    fn condition(&mut self) -> Known {
        self.out.consistent(0);
        let is_let = self.is("let");
        if is_let {
            self.out.inconsistent(0);
            self.modifier("let ");
            self.out.inconsistent(0);
            self.pattern()?;
            self.out.end();
            self.require("=")?;
            self.out.word(" = ");
            self.out.never();
            self.out.inconsistent(0);
        }
        let shape = self.shape(self.at, Brace::Block)?;
        self.shaped(shape, false)?;
        if is_let {
            self.out.end();
            self.out.end();
        }
        if shape.wraps {
            self.out.space()
        } else {
            self.out.word(" ")
        }
        self.out.end();
        Some(())
    }

    fn if_expression(&mut self) -> Known {
        self.out.consistent(INDENT);
        self.branch()?;
        if !self.tokens.is(self.tokens.after(self.at), "else") {
            self.plain_block()?;
            self.out.end();
            return Some(());
        }
        self.small_block()?;
        while self.skip("else") {
            self.out.word(" else ");
            if self.is("if") {
                self.branch()?;
            }
            self.small_block()?;
        }
        self.out.end();
        Some(())
    }

    /// `if condition`.
    fn branch(&mut self) -> Known {
        self.modifier("if ");
        self.out.consistent(-INDENT);
        self.condition()?;
        self.out.end();
        Some(())
    }

    /// The block of an `if` that has no `else`, which is never on one line.
    fn plain_block(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.require("{")?;
        self.out.word("{");
        if self.at < close {
            self.out.hard();
            while self.at < close {
                self.statement()?;
            }
            self.out.outdent();
        }
        self.copy();
        Some(())
    }

    fn match_expression(&mut self) -> Known {
        self.out.inconsistent(0);
        self.modifier("match ");
        self.condition()?;
        let close = self.tokens.close(self.at);
        self.require("{")?;
        self.out.word("{");
        self.out.never();
        self.out.consistent(INDENT);
        self.out.hard_inner();
        while self.at < close {
            self.arm()?;
            self.out.hard();
        }
        self.out.outdent();
        self.out.end();
        self.copy();
        self.out.end();
        Some(())
    }

    fn arm(&mut self) -> Known {
        self.out.inconsistent(0);
        self.alternatives()?;
        self.require("=>")?;
        self.out.word(" => ");
        let shape = self.shape(self.at, Brace::Struct)?;
        // A block that is nothing but an expression goes; braces come back where it does not fit.
        let mut inner = shape;
        while inner.form == Form::Block
            && let Some(sole) = self.sole_expression(self.at)
        {
            self.at += 1;
            inner = sole;
        }
        if inner.form == Form::Tuple && inner.end == self.at + 2 {
            self.out.word("{");
            self.out.never();
            self.out.word("}");
        } else if inner.form == Form::Block {
            self.arm_block()?;
        } else {
            self.arm_expression(inner)?;
        }
        self.at = shape.end;
        (self.skip(",") || self.is("}") || shape.form.ends_itself()).then_some(())?;
        self.out.end();
        Some(())
    }

    fn arm_block(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        self.out.never();
        self.out.consistent(INDENT);
        self.out.hard_inner();
        while self.at < close {
            self.statement()?;
        }
        self.out.outdent();
        self.out.end();
        self.out.word("}");
        Some(())
    }

    fn arm_expression(&mut self, shape: Shape) -> Known {
        self.out.never();
        self.out.consistent(INDENT);
        self.out.line(Break { before: "{", ..Break::default() });
        self.shaped(shape, true)?;
        self.out.line(Break {
            offset: -INDENT,
            before: if shape.form == Form::Return { ";" } else { "" },
            after: "}",
            otherwise: if shape.form.ends_itself() { "" } else { "," },
            ..Break::default()
        });
        self.out.end();
        Some(())
    }

    /// `{ expression }` on one line where it fits, else a statement a line. The box is the caller's.
    pub(super) fn small_block(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.is("{").then_some(())?;
        let sole = self.sole_expression(self.at);
        self.copy();
        if self.at < close {
            self.out.space();
            if let Some(sole) = sole {
                self.out.inconsistent(0);
                self.shaped(sole, true)?;
                self.out.end();
                self.out.space();
            }
            while self.at < close {
                self.statement()?;
            }
            self.out.outdent();
        }
        self.copy();
        Some(())
    }
}
