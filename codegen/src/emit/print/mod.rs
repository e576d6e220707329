//! Tokens to text: item by item in prettyplease's form, joined by blank lines.
//!
//! A whole file at once would keep all its syntax in memory; an item at a time keeps one. Nearly all items have a form that
//! `direct` knows; `syn` and prettyplease do the rest, at ten times the cost.

mod direct;
mod layout;
mod tokens;

use proc_macro2::TokenStream;

use self::layout::Layout;
use self::tokens::Tokens;

/// Text of a file: the header, then the items. Items that are `use` or `mod` lines stand together.
pub(crate) fn print_file(header: &str, items: Vec<TokenStream>) -> String {
    let mut text = header.to_owned();
    let mut last_was_line = false;
    let mut layout = Layout::default();
    for tokens in items {
        let item = print_with(tokens, &mut layout);
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
    print_with(tokens, &mut Layout::default())
}

fn print_with(tokens: TokenStream, layout: &mut Layout) -> String {
    let tokens = Tokens::new(tokens);
    let direct = direct::print(&tokens, layout);
    #[cfg(test)]
    tests::hold(direct.as_deref(), &tokens);
    direct.unwrap_or_else(|| print_parsed(&tokens.source()))
}

/// The same by way of the parser.
fn print_parsed(source: &str) -> String {
    match syn::parse_str::<syn::File>(source) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => {
            debug_assert!(false, "emitted tokens do not parse: {error}: {source}");
            format!("{source}\n")
        }
    }
}
#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::path::{Path, PathBuf};

    use quote::quote;

    use super::*;
    use crate::output::{FileSet, Target};
    use crate::plan::declaration::Plan;
    use crate::source::Sources;

    thread_local! {
        /// Items that were printed directly, and those that were not.
        static COUNTS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }

    /// Holds `direct` to its promise, for every item that a test of this crate prints.
    pub(super) fn hold(direct: Option<&str>, tokens: &Tokens) {
        let (known, declined) = COUNTS.get();
        COUNTS.set((known + usize::from(direct.is_some()), declined + usize::from(direct.is_none())));
        if let Some(direct) = direct {
            assert_eq!(direct, print_parsed(&tokens.source()));
        }
    }

    fn direct(tokens: TokenStream) -> Option<String> {
        super::direct::print(&Tokens::new(tokens), &mut Layout::default())
    }

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

    #[test]
    fn what_is_not_known_is_declined() {
        let check = |body: TokenStream| assert_eq!(direct(quote!(fn f() { #body })), None);
        check(quote!(a + b));
        check(quote!(a == b));
        check(quote!(a as u8));
        check(quote!(if a && b {}));
        check(quote!(a = b));
        check(quote!(vec![1]));
        check(quote!(loop {}));
        check(quote!(async { a }));
        check(quote!(match a {
            b if c => d,
        }));
        check(quote!((a,)));
        check(quote!(let (a,) = b;));
        check(quote!(match a {}.b()));
        check(quote!([a; 2]));
        check(quote!([1.5, 2.5]));
        check(quote!(|a: u8| a));
        check(quote!(<A as B>::c()));
        check(quote!(a.b.0.1));
        check(quote!(#[cfg(a)] let a = b;));
        assert_eq!(
            direct(quote!(
                #[doc = " two\nlines"]
                struct A;
            )),
            None
        );
        assert_eq!(
            direct(quote!(
                struct A<T>
                where
                    T: B,
                {
                    a: T,
                }
            )),
            None
        );
    }

    #[test]
    fn lines_end_where_prettyplease_ends_them() {
        // Names of rising length move every form over the margin.
        for length in 1..100 {
            let name = quote::format_ident!("{}", "n".repeat(length));
            for body in [
                quote!(#name.bb(c)),
                quote!(#name.bb(c).dd(&e)?),
                quote!(self.#name(c, d).e()),
                quote!(d.#name(c, &mut |index, d| match index { 0 => d.e(&mut f), _ => d.g(&mut h), })?;),
                quote!(d.e(MEMBERS, &mut |_, d| d.#name(&mut f))?;),
                quote!(let #name: Vec<String> = a::B::<C>::new(&[1, 2], ["a"], (d, e), ());),
                quote!(let (Some(a), Some(#name)) = (a, b) else { return Err(d.missing(&["a", "b"])); };),
                quote!(self.#name = Some(#name.into()); self),
                quote!(Self { #name, a: None }),
                quote!(Ok(Self { a, #name })),
                quote!(match a { Self::A(b) => b.#name(), Self::B { c, .. } => { d; return e } "a" | "b" => (), _ => return f, }),
                quote!(if let Some(a) = &self.#name { b(a); }),
                quote!(if a.#name() { b } else if c { d } else { return e; }),
                quote!(match a { b => { c.#name(|d| e) } f => { { g } } h => if i { j } else { k }, }),
                quote!(a(|b| Self { #name: b }, |_| return c, move |d, e| f.g.h[i].j)),
                quote!(static A: &[&str] = &["a", #name]; -1),
            ] {
                let item = quote! {
                    impl<'a, T: A + B> rt::Decode<'a> for types::A<'_, #name> {
                        pub fn f<U>(&mut self, #name: impl Into<Option<String>>) -> Result<(), E> { #body }
                        const A: &'static B = &#name::new("a", 200).b(c).d(&[E::f(0, &[]), g]);
                        type B = #name;
                    }
                };
                let text = direct(item.clone()).unwrap_or_else(|| panic!("declined: {item}"));
                assert_eq!(text, print_parsed(&Tokens::new(item).source()));
            }
        }
    }

    /// Emits, and tells when a form that is written all the time is not printed directly any more.
    fn emit(plan: &Plan, target: &Target) -> FileSet {
        COUNTS.set((0, 0));
        let files = crate::emit::emit(plan, target);
        let (known, declined) = COUNTS.get();
        assert!(declined < 40 + known / 20, "{}: {declined} of {known} items are left to the parser", plan.document);
        files
    }

    fn below(folder: &Path, documents: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_document = path.extension().is_some_and(|kind| kind == "yaml" || kind == "json");
            if path.is_dir() && path.file_name().is_none_or(|name| name != "expected") {
                below(&path, documents);
            } else if is_document && entry.metadata().is_ok_and(|entry| entry.len() < 400_000) {
                documents.push(path);
            }
        }
    }

    /// Every item of these documents goes through [`hold`]: those of the repository, and the smaller ones of the corpus where
    /// there is one.
    #[test]
    fn direct_text_is_what_prettyplease_prints() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut documents = Vec::new();
        for folder in ["specs", "tests/golden", "../shared/corpus/files"] {
            below(&root.join(folder), &mut documents);
        }
        let mut emitted = 0;
        for path in documents {
            let mut sources = Sources::default();
            sources.add(path.to_string_lossy(), std::fs::read(&path).unwrap());
            let target = Target { crate_name: "x".to_owned(), version: "0.1.0".to_owned(), ..Target::default() };
            emitted += usize::from(crate::stages::run(&sources, &target, emit).0.is_some());
        }
        assert!(emitted > 30, "{emitted} documents");
    }
}
