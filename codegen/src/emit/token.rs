//! The smallest tokens: identifiers, literals, docs and attributes.
//!
//! Whatever a document says ends up in one token here: a literal that escapes everything, a comment line, or an
//! identifier that was checked.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// Items in parentheses, as types and as values; one alone has a comma behind it.
pub(crate) fn tuple(items: Vec<TokenStream>) -> TokenStream {
    match items.as_slice() {
        [only] => quote!((#only,)),
        items => quote!((#(#items),*)),
    }
}

/// The identifier `text`, raw where it says `r#`. `name` gives proper ones; what is none is spelled so that it still is
/// one, because this stage has nowhere to report to.
pub(crate) fn ident(text: &str) -> Ident {
    match text.strip_prefix("r#") {
        Some(raw) if is_identifier(raw) && !is_never_raw(raw) => Ident::new_raw(raw, Span::call_site()),
        _ if is_identifier(text) => Ident::new(text, Span::call_site()),
        _ => Ident::new(&mended(text), Span::call_site()),
    }
}

/// A string literal.
pub(crate) fn string(text: &str) -> Literal {
    Literal::string(text)
}

/// A whole number without a suffix.
pub(crate) fn number(value: u64) -> Literal {
    Literal::u64_unsuffixed(value)
}

/// An index without a suffix.
pub(crate) fn index(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}

/// `/// …` for every line. Lines are split again and stripped of what may not stand in a comment: a carriage return
/// or another control character is a syntax error there, a direction mark a denied lint.
pub(crate) fn docs<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines = lines.iter().flat_map(|line| line.as_ref().split('\n')).map(|line| {
        let line = clean(line);
        let line = line.trim_end();
        let text = Literal::string(&if line.is_empty() { String::new() } else { format!(" {line}") });
        quote!(#[doc = #text])
    });
    quote!(#(#lines)*)
}

/// Docs of one line.
pub(crate) fn doc(line: &str) -> TokenStream {
    docs(&[line])
}

/// `#[deprecated]`, where the document says so.
pub(crate) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}

/// `#[cfg(feature = "…")]`, where a feature gates.
pub(crate) fn cfg(feature: Option<&str>) -> TokenStream {
    match feature {
        Some(feature) => {
            let feature = string(feature);
            quote!(#[cfg(feature = #feature)])
        }
        None => TokenStream::new(),
    }
}

/// `#[path = "…"]`, where the compiler does not look for a module's file by itself: beyond ASCII it refuses to (E0754).
pub(crate) fn module_path(module: &str) -> TokenStream {
    if module.is_ascii() {
        return TokenStream::new();
    }
    let file = string(&format!("{module}.rs"));
    quote!(#[path = #file])
}

/// `text` without control characters, direction marks and spaces that take no space.
pub(crate) fn clean(text: &str) -> String {
    // Most texts have nothing to clean, and this runs over all of them.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    text.chars()
        .filter_map(|character| match character {
            '\t' => Some(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => None,
            '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
            '\u{2028}' | '\u{2029}' => Some(' '),
            other if other.is_control() => None,
            other => Some(other),
        })
        .collect()
}

/// ASCII is decided here; for the rest the parser knows the tables of Unicode.
fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    let ascii = bytes.next().is_some_and(|first| first == b'_' || first.is_ascii_alphabetic())
        && bytes.all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
    ascii || (!text.is_ascii() && !text.contains(char::is_whitespace) && syn::parse_str::<syn::Ident>(text).is_ok())
}

/// Keywords that even `r#` does not make a name of.
fn is_never_raw(text: &str) -> bool {
    matches!(text, "_" | "self" | "Self" | "super" | "crate")
}

/// Spells what is no identifier by its code points.
fn mended(text: &str) -> String {
    let text = text.strip_prefix("r#").unwrap_or(text);
    text.chars().fold("_".to_owned(), |mut mended, character| {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => mended.push(character),
            other => mended.push_str(&format!("x{:x}_", u32::from(other))),
        }
        mended
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_gives_an_identifier() {
        let check = |text: &str, expected: &str| assert_eq!(ident(text).to_string(), expected, "{text:?}");
        check("handle", "handle");
        check("r#type", "r#type");
        check("größe", "größe");
        check("r#self", "_self");
        check("", "_");
        check("1st", "_1st");
        check("a b", "_ax20_b");
        check("*/", "_x2a_x2f_");
        check("r#", "_");
    }

    #[test]
    fn a_module_beyond_ascii_says_where_its_file_is() {
        let check = |module: &str, expected: &str| assert_eq!(module_path(module).to_string(), expected, "{module}");
        check("orders", "");
        check("r#type", "");
        check("größe", "# [path = \"größe.rs\"]");
    }

    #[test]
    fn a_comment_line_holds_nothing_that_ends_it() {
        let check = |text: &str, expected: &str| assert_eq!(docs(&[text]).to_string(), expected, "{text:?}");
        check("plain", "# [doc = \" plain\"]");
        check("a\rb\0c\u{202e}d", "# [doc = \" abcd\"]");
        check("two\nlines ", "# [doc = \" two\"] # [doc = \" lines\"]");
        check("", "# [doc = \"\"]");
    }
}
