//! Writes a program for an `api.txt`: it uses every public item of a crate, and is made of the lines alone; or lists its types.
//!
//! A macro, so that the packages whose tests compile the programs need this one for their tests only. Nothing but `std`.

#![forbid(unsafe_code)]

#[allow(dead_code, reason = "a test of the repository uses the rest")]
mod lines;
mod program;

use std::fs;
use std::path::Path;

use proc_macro::{Literal, TokenStream, TokenTree};

/// A module for every folder below one: `programs!("../golden", "expected/api.txt", "::golden::")` takes the file of that name
/// in each folder `x` below `../golden`, and writes the program of the crate or module `::golden::x`. Paths start at the
/// package.
#[proc_macro]
pub fn programs(input: TokenStream) -> TokenStream {
    let texts: Vec<String> = input.into_iter().filter_map(text).collect();
    let [top, file, root] = texts.as_slice() else { return fault("expected a folder, a file and a path") };
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let entries = fs::read_dir(Path::new(&package).join(top)).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    let mut all = String::new();
    for folder in folders {
        let (path, name) =
            (folder.join(file), folder.file_name().unwrap_or_default().to_string_lossy().replace('-', "_"));
        let Ok(api) = fs::read_to_string(&path) else { continue };
        // The compiler looks at the file too, and comes back when it changes.
        all += &format!("const _: &str = include_str!({:?});\n", path.to_string_lossy());
        all += &program::module(&name, &format!("{root}{name}"), &api);
    }
    all.parse().unwrap_or_else(|error| fault(&format!("no Rust: {error}")))
}

/// What a function makes of every type of a crate, by its name: `types!("../pets/api.txt", "::pets::types::", "read")` is
/// `&[("Pet", read::<::pets::types::Pet>), …]`.
#[proc_macro]
pub fn types(input: TokenStream) -> TokenStream {
    let texts: Vec<String> = input.into_iter().filter_map(text).collect();
    let [file, root, function] = texts.as_slice() else { return fault("expected a file, a path and a function") };
    let path = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(file);
    let api = fs::read_to_string(&path).unwrap_or_default();
    let Ok(lines) = lines::lines(&api) else { return fault("not by the grammar") };
    let types = lines.iter().filter(|line| line.kind == "type" && line.rest != "record");
    let rows = types.map(|line| {
        let ident = line.path;
        let name = Literal::string(ident.strip_prefix("r#").unwrap_or(ident));
        format!("({name}, {function}::<{root}{ident}>), ")
    });
    let watched = format!("const _: &str = include_str!({:?});", path.to_string_lossy());
    let rows: String = rows.collect();
    format!("{{ {watched} &[{rows}] }}").parse().unwrap_or_else(|error| fault(&format!("no Rust: {error}")))
}

fn text(token: TokenTree) -> Option<String> {
    let literal = match token {
        TokenTree::Literal(literal) => literal,
        // As what another macro hands on is wrapped.
        TokenTree::Group(group) => return group.stream().into_iter().find_map(text),
        _ => return None,
    };
    Some(literal.to_string().trim_matches('"').to_owned())
}

fn fault(words: &str) -> TokenStream {
    format!("compile_error!({});", Literal::string(words)).parse().unwrap_or_default()
}
