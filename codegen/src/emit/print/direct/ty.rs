//! Types, their paths, and generics.

use super::{Direct, INDENT, Kind, Known};

impl Direct<'_> {
    pub(super) fn ty(&mut self) -> Known {
        match self.tokens.text(self.at) {
            "&" => self.reference_type(),
            "[" => self.slice_type(),
            "(" => self.tuple_type(),
            "impl" | "dyn" => self.bounded_type(),
            "fn" | "<" | "unsafe" | "extern" | "for" | "_" => None,
            _ => self.type_path(),
        }
    }

    fn reference_type(&mut self) -> Known {
        self.copy();
        if self.tokens.text(self.at).starts_with('\'') {
            self.word()?;
            self.out.word(" ");
        }
        self.modifier("mut ");
        self.ty()
    }

    fn slice_type(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        self.ty()?;
        (self.at == close).then(|| self.copy())
    }

    fn tuple_type(&mut self) -> Known {
        let close = self.tokens.close(self.at);
        self.copy();
        self.out.consistent(INDENT);
        self.out.zero();
        let mut count = 0;
        while self.at < close {
            self.ty()?;
            self.separator(close)?;
            count += 1;
        }
        self.out.outdent();
        self.out.end();
        // A single type has commas of its own.
        (count != 1).then(|| self.copy())
    }

    /// `impl A + B`, `dyn A`.
    fn bounded_type(&mut self) -> Known {
        self.copy();
        self.out.word(" ");
        loop {
            if self.tokens.text(self.at).starts_with('\'') {
                self.word()?
            } else {
                self.type_path()?
            }
            if !self.skip("+") {
                return Some(());
            }
            self.out.word(" + ");
        }
    }

    /// `a::B<C>`.
    pub(super) fn type_path(&mut self) -> Known {
        if self.is("::") {
            self.copy();
        }
        loop {
            self.word()?;
            if self.is("<") {
                self.type_arguments()?;
            }
            if self.is("(") || self.is("!") {
                return None;
            }
            if !self.is("::") {
                return Some(());
            }
            self.copy();
        }
    }

    /// `<A, B = C>`.
    pub(super) fn type_arguments(&mut self) -> Known {
        self.in_angles(INDENT, Self::type_argument)
    }

    fn type_argument(&mut self) -> Known {
        if self.is_kind(Kind::Word) && self.tokens.is(self.at + 1, "=") {
            self.copy();
            self.skip("=");
            self.out.word(" = ");
        }
        self.ty()
    }

    /// What stands between `<` and `>`: lifetimes, then what `item` prints. Lifetimes come first, or the parser sorts them.
    fn in_angles(&mut self, indent: isize, item: fn(&mut Self) -> Known) -> Known {
        self.copy();
        (!self.is(">")).then_some(())?;
        self.out.consistent(indent);
        self.out.zero();
        let mut types = false;
        while !self.is(">") {
            if self.tokens.text(self.at).starts_with('\'') {
                (!types).then(|| self.copy())?;
            } else {
                types = true;
                item(self)?;
            }
            self.angle_separator()?;
        }
        self.out.outdent();
        self.out.end();
        self.copy();
        Some(())
    }

    fn angle_separator(&mut self) -> Known {
        let comma = self.skip(",");
        let last = self.is(">");
        self.out.comma(last, 0);
        (comma || last).then_some(())
    }

    /// `<'a, T: Bound>` of a declaration, if there is any.
    pub(super) fn generics(&mut self) -> Known {
        if !self.is("<") {
            return Some(());
        }
        self.in_angles(0, Self::type_parameter)
    }

    fn type_parameter(&mut self) -> Known {
        self.word()?;
        self.out.inconsistent(INDENT);
        if self.skip(":") {
            self.out.word(": ");
            loop {
                if self.tokens.text(self.at).starts_with('\'') {
                    self.word()?
                } else {
                    self.type_path()?
                }
                if !self.skip("+") {
                    break;
                }
                self.out.space();
                self.out.word("+ ");
            }
        }
        self.out.end();
        Some(())
    }
}
