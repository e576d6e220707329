//! One line of `api.txt`, and how types and signatures read in it.

use std::fmt::Display;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::emit::markdown::one_line;
use crate::emit::scope::Scope;
use crate::emit::signature::{emit_arguments, emit_bounds, emit_generics, emit_type};
use crate::plan::declaration::{Qualifier, RustType, Signature, SignatureType};

/// The lines, and where the items stand that are listed next.
pub(super) struct Lines<'a> {
    pub(super) scope: Scope<'a>,
    feature: Option<&'a str>,
    origin: &'a str,
    /// Each with its newline, which sorts before all that a line holds.
    lines: Vec<String>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(scope: Scope<'a>) -> Self {
        Self { scope, feature: None, origin: "", lines: Vec::new() }
    }

    /// Says which feature gates the next items, and where in the document they come from.
    pub(super) fn at(&mut self, feature: Option<&'a str>, origin: &'a str) -> &mut Self {
        (self.feature, self.origin) = (feature, origin);
        self
    }

    pub(super) fn add(&mut self, kind: &str, path: impl Display, rest: impl Display) {
        let origin = if self.origin.is_empty() { "-" } else { self.origin };
        let (feature, origin) = (self.feature.unwrap_or("-"), one_line(origin));
        self.lines.push(format!("{kind} {path} {rest} feature={feature} origin={origin}\n"));
    }

    /// A method or function of a type: `<kind> <owner>.<name> fn(…) -> …`.
    pub(super) fn function(&mut self, kind: &str, owner: impl Display, signature: &Signature) {
        let rest = self.signature(signature);
        self.add(kind, format_args!("{owner}.{}", signature.name), rest);
    }

    /// `fn(self, name: impl AsRef<str>) -> Self`.
    pub(super) fn signature(&self, signature: &Signature) -> String {
        let qualifier = if signature.qualifier == Qualifier::Async { "async " } else { "" };
        let generics = emit_generics(signature).map(squeezed).unwrap_or_default();
        let arguments = squeezed(emit_arguments(&self.scope, signature));
        let arguments = arguments.strip_prefix("mut ").unwrap_or(&arguments);
        let bounds = emit_bounds(signature).map(|bounds| format!(" {}", squeezed(bounds))).unwrap_or_default();
        format!("{qualifier}fn{generics}({arguments}) -> {}{bounds}", self.shown(&signature.output))
    }

    pub(super) fn shown(&self, ty: &SignatureType) -> String {
        squeezed(emit_type(&self.scope, ty))
    }

    pub(super) fn ty(&self, ty: &RustType) -> String {
        squeezed(self.scope.ty(ty))
    }

    /// All lines as one text.
    pub(super) fn sorted(mut self) -> String {
        self.lines.sort_unstable();
        self.lines.dedup();
        self.lines.concat()
    }
}

/// A string in quotes, as Rust writes it, so that a line stays a line.
pub(super) fn quoted(text: &str) -> String {
    crate::emit::token::string(text).to_string()
}

/// Tokens of a type as people write them. Names of the runtime are at the crate's root.
pub(super) fn squeezed(tokens: TokenStream) -> String {
    let mut text = String::new();
    squeeze(tokens, &mut text);
    text
}

fn squeeze(tokens: TokenStream, text: &mut String) {
    use std::fmt::Write as _;
    for tree in tokens {
        match tree {
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => text.push_str(", "),
                '=' | '+' => text.extend([' ', punct.as_char(), ' ']),
                '-' => text.push_str(" -"),
                '>' if text.ends_with(" -") => text.push_str("> "),
                ':' if punct.spacing() == Spacing::Alone && !text.ends_with(':') => text.push_str(": "),
                other => text.push(other),
            },
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                squeeze(group.stream(), text);
                // A tuple of one has a comma and nothing behind it.
                text.truncate(if text.ends_with(", ") { text.len() - 1 } else { text.len() });
                text.push_str(close);
            }
            word => {
                if text.ends_with(is_part) {
                    text.push(' ');
                }
                let _ = write!(text, "{word}");
            }
        }
        if let Some(before) = text.strip_suffix("rt::")
            && !before.ends_with(is_part)
        {
            text.truncate(before.len());
        }
    }
}

/// Whether words touch here, and need a space between them.
fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn types_read_as_people_write_them() {
        let check = |tokens: TokenStream, expected: &str| assert_eq!(squeezed(tokens), expected);
        check(quote!(impl Into<rt::Field<Vec<String>>>), "impl Into<Field<Vec<String>>>");
        check(quote!(&types::Creator), "&types::Creator");
        check(quote!(rt::Map<Option<i64>>), "Map<Option<i64>>");
        check(quote!(()), "()");
        check(quote!(attempts: u32, change: impl FnMut() -> F), "attempts: u32, change: impl FnMut() -> F");
        check(
            quote!(&'a mut impl Support<Item = support::Part> + Send),
            "&'a mut impl Support<Item = support::Part> + Send",
        );
    }
}
