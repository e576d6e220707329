//! The tokens of one item in a row, all their text in one string: cheap to look ahead in, and free of handles.
//!
//! Groups know where they end, so a look ahead steps over one as over a word. What the tokens mean is `direct`'s business.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What a token is. Delimiters are tokens of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, a keyword or a lifetime.
    Word,
    Literal,
    /// Punctuation, what belongs together as one: `::`, `->`, `=>`, `..`, `..=`.
    Punct,
    Open,
    Close,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    /// Where its text ends; it begins where the one before ends.
    end: usize,
    /// For an opening delimiter the place of the closing one.
    close: usize,
    /// Whether the next token touches it.
    joint: bool,
}

/// Tokens by place.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    text: String,
    tokens: Vec<Token>,
}

impl Tokens {
    /// Takes the stream apart. It is consumed because streams can only be read by that or by a copy.
    pub(super) fn new(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.extend(stream);
        tokens
    }

    fn extend(&mut self, stream: TokenStream) {
        use std::fmt::Write as _;
        for tree in stream {
            match tree {
                TokenTree::Ident(ident) => {
                    let _ = write!(self.text, "{ident}");
                    self.push_word();
                }
                TokenTree::Literal(literal) => {
                    let _ = write!(self.text, "{literal}");
                    self.push(Kind::Literal, false);
                }
                TokenTree::Punct(punct) => self.push_punct(punct.as_char(), punct.spacing() == Spacing::Joint),
                TokenTree::Group(group) => {
                    let (delimiter, inner) = (group.delimiter(), group.stream());
                    // A stream that nobody else holds is taken apart without a copy.
                    drop(group);
                    self.push_group(delimiter, inner);
                }
            }
        }
    }

    fn push(&mut self, kind: Kind, joint: bool) {
        self.tokens.push(Token { kind, end: self.text.len(), close: 0, joint });
    }

    /// A word behind a quote is a lifetime with it.
    fn push_word(&mut self) {
        match self.tokens.last_mut() {
            Some(quote)
                if quote.kind == Kind::Punct
                    && quote.joint
                    && self.text.get(..quote.end).is_some_and(|before| before.ends_with('\'')) =>
            {
                *quote = Token { kind: Kind::Word, end: self.text.len(), close: 0, joint: false };
            }
            _ => self.push(Kind::Word, false),
        }
    }

    fn push_punct(&mut self, character: char, joint: bool) {
        const WHOLE: &[&str] = &["::", "->", "=>", "..", "..="];
        self.text.push(character);
        if let Some(at) = self.tokens.len().checked_sub(1)
            && self.tokens.get(at).is_some_and(|before| before.kind == Kind::Punct && before.joint)
            && self.text.get(self.start(at)..).is_some_and(|whole| WHOLE.contains(&whole))
        {
            self.tokens.pop();
        }
        self.push(Kind::Punct, joint);
    }

    fn push_group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        let at = self.tokens.len();
        self.text.push_str(open);
        self.push(Kind::Open, false);
        self.extend(inner);
        self.text.push_str(close);
        self.push(Kind::Close, false);
        let close = self.tokens.len() - 1;
        if let Some(open) = self.tokens.get_mut(at) {
            open.close = close;
        }
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |before| before.end)
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Text of a token; behind the last one it is empty.
    pub(super) fn text(&self, at: usize) -> &str {
        let end = self.tokens.get(at).map_or(0, |token| token.end);
        self.text.get(self.start(at)..end).unwrap_or_default()
    }

    /// Whether there is this word, punctuation or delimiter. A literal is never any of them.
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.text(at) == text && !self.is_kind(at, Kind::Literal)
    }

    pub(super) fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Place behind a token, or behind the whole group that opens there.
    pub(super) fn after(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(Token { kind: Kind::Open, close, .. }) => close + 1,
            _ => at + 1,
        }
    }

    /// Place of the delimiter that closes the group which opens here.
    pub(super) fn close(&self, open: usize) -> usize {
        self.tokens.get(open).map_or(open, |token| token.close)
    }

    /// The same as Rust text, for a parser that wants to read it again.
    pub(super) fn source(&self) -> String {
        let mut source = String::with_capacity(self.text.len() * 2);
        for (at, token) in self.tokens.iter().enumerate() {
            source.push_str(self.text(at));
            if !token.joint {
                source.push(' ');
            }
        }
        source
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn what_belongs_together_is_one_token() {
        let tokens = Tokens::new(quote!(
            impl<'a> rt::X for &'a [Vec<Vec<u8>>] {
                fn f(&self) -> () {
                    1..=2
                }
            }
        ));
        let texts: Vec<&str> = (0..tokens.len()).map(|at| tokens.text(at)).collect();
        let expected = "impl < 'a > rt :: X for & 'a [ Vec < Vec < u8 > > ] { fn f ( & self ) -> ( ) { 1 ..= 2 } }";
        assert_eq!(texts.join(" "), expected);
        assert_eq!(tokens.after(10), 19, "behind the slice");
    }

    #[test]
    fn the_source_is_the_same_tokens() {
        let stream = quote!(
            fn f<'a>(x: &'a str) -> bool {
                x == "a 'b" && -1 <= 'c' as i64
            }
        );
        let again: TokenStream = Tokens::new(stream.clone()).source().parse().unwrap();
        assert_eq!(again.to_string(), stream.to_string());
    }
}
