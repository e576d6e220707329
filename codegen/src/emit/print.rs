//! Tokens to text: item by item in prettyplease's form, joined by blank lines.
//!
//! A whole file at once would keep all its syntax in memory; an item at a time keeps one.

use proc_macro2::TokenStream;

/// Text of a file: the header, then the items. Items that are `use` or `mod` lines stand together.
pub(crate) fn print_file(header: &str, items: Vec<TokenStream>) -> String {
    let mut text = header.to_owned();
    let mut last_was_line = false;
    for tokens in items {
        let item = print_item(tokens);
        if item.is_empty() {
            continue;
        }
        let is_line = item.trim_end().lines().count() == 1 && item.trim_end().ends_with(';');
        if !(is_line && last_was_line) {
            text.push('\n');
        }
        text.push_str(&item);
        last_was_line = is_line;
    }
    text
}

/// Text of one item, with a newline at its end.
pub(crate) fn print_item(tokens: TokenStream) -> String {
    let raw = tokens.clone();
    match syn::parse2::<syn::File>(tokens) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => {
            debug_assert!(false, "emitted tokens do not parse: {error}: {raw}");
            format!("{raw}\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn lines_stand_together_and_items_apart() {
        let items = vec![
            quote!(
                use a::b;
            ),
            quote!(
                use c::d;
            ),
            quote!(
                #[doc = " One."]
                pub struct One;
            ),
            quote!(),
        ];
        assert_eq!(print_file("// H.\n", items), "// H.\n\nuse a::b;\nuse c::d;\n\n/// One.\npub struct One;\n");
    }
}
