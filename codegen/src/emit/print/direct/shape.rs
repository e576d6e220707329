//! What an expression is and where it ends, before it is printed: boxes open in front of it by what stands at its end.

use super::{Direct, Kind};

/// Kinds of expressions, as far as the form depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A path or a literal.
    Plain,
    Array,
    Block,
    Closure,
    If,
    Match,
    Paren,
    Reference,
    Return,
    Struct,
    Tuple,
    Unary,
    /// Something with calls, members or `?` behind it.
    Chain,
}

impl Form {
    /// Whether it takes the brackets of a call that it is the only argument of.
    pub(super) fn is_block_like(self) -> bool {
        matches!(self, Self::Array | Self::Block | Self::Closure | Self::Struct | Self::Tuple)
    }

    /// Whether a statement of it needs no semicolon, and an arm of it no comma.
    pub(super) fn ends_itself(self) -> bool {
        matches!(self, Self::Block | Self::If | Self::Match)
    }
}

/// An expression that was looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) form: Form,
    /// Where what stands first ends, and the chain begins.
    pub(super) base: usize,
    /// The same of what stands first.
    pub(super) base_form: Form,
    pub(super) end: usize,
    /// The last dot of the chain.
    pub(super) last_dot: Option<usize>,
    /// Whether the brace of a block behind it goes into a line of its own, should it not fit.
    pub(super) wraps: bool,
    /// Whether all of it is the call of what stands first.
    pub(super) is_call: bool,
}

/// Whether a brace behind a path is a struct. In conditions it is the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brace {
    Struct,
    Block,
}

impl Direct<'_> {
    pub(super) fn shape(&self, at: usize, brace: Brace) -> Option<Shape> {
        let mut shape = self.base(at, brace)?;
        if !matches!(shape.form, Form::Plain | Form::Paren | Form::Array | Form::Tuple | Form::Struct) {
            let chained = self.tokens.is(shape.end, ".") || self.tokens.is(shape.end, "?");
            return (!chained).then_some(shape);
        }
        let tokens = self.tokens;
        loop {
            let at = shape.end;
            match tokens.text(at) {
                "." => {
                    shape.end = self.behind_member(at + 1)?;
                    shape.last_dot = Some(at);
                    shape.wraps = true;
                }
                // Only what stands first is called, or prettyplease may add parentheses.
                "(" if at == shape.base => shape.end = tokens.after(at),
                "(" => return None,
                "[" => {
                    shape.end = tokens.after(at);
                    shape.wraps = true;
                }
                "?" => shape.end = at + 1,
                _ => return Some(shape),
            }
            shape.form = Form::Chain;
            shape.is_call = at == shape.base && tokens.is(at, "(");
        }
    }

    fn base(&self, at: usize, brace: Brace) -> Option<Shape> {
        let tokens = self.tokens;
        let (form, end, wraps) = match tokens.text(at) {
            // A literal may say anything, so it is asked first.
            _ if tokens.is_kind(at, Kind::Literal) => (Form::Plain, at + 1, false),
            "(" => (self.paren_or_tuple(at), tokens.after(at), self.wraps_in_parens(at)),
            "[" => (Form::Array, tokens.after(at), false),
            "{" => (Form::Block, tokens.after(at), false),
            "&" => {
                let inner = self.shape(at + 1 + usize::from(tokens.is(at + 1, "mut")), brace)?;
                (Form::Reference, inner.end, inner.wraps)
            }
            "*" | "!" | "-" => {
                let inner = self.shape(at + 1, brace)?;
                (!matches!(inner.form, Form::Closure | Form::Return)).then_some(())?;
                (Form::Unary, inner.end, inner.wraps)
            }
            "return" => match tokens.text(at + 1) {
                ";" | "," | "}" => (Form::Return, at + 1, false),
                _ => {
                    let inner = self.shape(at + 1, brace)?;
                    (Form::Return, inner.end, inner.wraps)
                }
            },
            "|" | "move" => (Form::Closure, self.behind_closure(at)?, false),
            "match" => (Form::Match, self.behind_block(self.shape(at + 1, Brace::Block)?.end)?, false),
            "if" => (Form::If, self.behind_if(at)?, false),
            "let" | "async" | "unsafe" | "loop" | "while" | "for" | "break" | "continue" | "const" | "static"
            | "yield" => {
                return None;
            }
            _ => {
                let end = self.behind_path(at)?;
                match tokens.is(end, "{") && brace == Brace::Struct {
                    true => (Form::Struct, tokens.after(end), false),
                    false => (Form::Plain, end, false),
                }
            }
        };
        Some(Shape { form, base: end, base_form: form, end, last_dot: None, wraps, is_call: false })
    }

    fn paren_or_tuple(&self, open: usize) -> Form {
        let close = self.tokens.close(open);
        let mut at = open + 1;
        while at < close && !self.tokens.is(at, ",") {
            at = self.tokens.after(at);
        }
        if at < close || close == open + 1 { Form::Tuple } else { Form::Paren }
    }

    fn wraps_in_parens(&self, open: usize) -> bool {
        self.paren_or_tuple(open) == Form::Paren && self.shape(open + 1, Brace::Struct).is_some_and(|inner| inner.wraps)
    }

    /// Behind `name`, `name(…)`, `name::<T>(…)` or an index, which follow a dot.
    fn behind_member(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        if tokens.is_kind(at, Kind::Literal) {
            return (!tokens.text(at).contains('.')).then_some(at + 1);
        }
        tokens.is_kind(at, Kind::Word).then_some(())?;
        let mut end = at + 1;
        if tokens.is(end, "::") {
            end = self.behind_angles(end + 1)?;
            tokens.is(end, "(").then_some(())?;
        }
        Some(if tokens.is(end, "(") { tokens.after(end) } else { end })
    }

    /// Behind `a::b::<T>::c`. A macro is none.
    fn behind_path(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let mut end = at + usize::from(tokens.is(at, "::"));
        loop {
            end = match tokens.is(end, "<") && end > at {
                true => self.behind_angles(end)?,
                false => tokens.is_kind(end, Kind::Word).then_some(end + 1)?,
            };
            match tokens.text(end) {
                "::" => end += 1,
                "!" => return None,
                _ => return Some(end),
            }
        }
    }

    fn behind_angles(&self, open: usize) -> Option<usize> {
        self.tokens.is(open, "<").then_some(())?;
        let (mut at, mut depth) = (open, 0);
        loop {
            match self.tokens.text(at) {
                "<" => depth += 1,
                ">" => depth -= 1,
                ";" | "=>" | "{" | "" => return None,
                _ => {}
            }
            at = self.tokens.after(at);
            if depth == 0 {
                return Some(at);
            }
        }
    }

    fn behind_closure(&self, at: usize) -> Option<usize> {
        let open = at + usize::from(self.tokens.is(at, "move"));
        self.tokens.is(open, "|").then_some(())?;
        let mut close = open + 1;
        while !self.tokens.is(close, "|") {
            (close < self.tokens.len()).then_some(())?;
            close = self.tokens.after(close);
        }
        (!self.tokens.is(close + 1, "->")).then_some(())?;
        Some(self.shape(close + 1, Brace::Struct)?.end)
    }

    fn behind_block(&self, at: usize) -> Option<usize> {
        self.tokens.is(at, "{").then(|| self.tokens.after(at))
    }

    fn behind_if(&self, at: usize) -> Option<usize> {
        let mut condition = at + 1;
        if self.tokens.is(condition, "let") {
            while !self.tokens.is(condition, "=") {
                (condition < self.tokens.len()).then_some(())?;
                condition = self.tokens.after(condition);
            }
            condition += 1;
        }
        let end = self.behind_block(self.shape(condition, Brace::Block)?.end)?;
        match self.tokens.is(end, "else") {
            true if self.tokens.is(end + 1, "if") => self.behind_if(end + 1),
            true => self.behind_block(end + 1),
            false => Some(end),
        }
    }

    /// The expression that is all there is in a block.
    pub(super) fn sole_expression(&self, open: usize) -> Option<Shape> {
        self.shape(open + 1, Brace::Struct).filter(|shape| shape.end == self.tokens.close(open))
    }
}
