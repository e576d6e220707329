//! The rules of the repository that a program can judge (CONTRIBUTING and ARCHITECTURE tell why they are as they are).
//!
//! Each test lists everything that breaks its rule, so one run tells all that is to be mended.

#![forbid(unsafe_code)]

mod api;
mod claims;
mod dependencies;
mod layers;
mod pages;
mod scan;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scan::{Source, words};

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the repository").to_path_buf()
}

/// Files below a folder of the repository, by path with `/`; `keep` judges folders and files by that path.
fn files(below: &str, keep: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![below.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else { continue };
        for entry in entries {
            let entry = entry.expect("the repository is readable");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let hidden = name.starts_with('.') || name == "target";
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !hidden => open.push(path),
                Ok(kind) if kind.is_file() && keep(&path) => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// Every Rust file that somebody wrote by hand.
fn handwritten() -> BTreeMap<String, Source> {
    sources("", &|path| !path.starts_with("generated/") && !path.contains("golden/") && !is_frozen(path))
}

/// Whether the path is below what an older version wrote: `tests/frozen/<version>/<output>/`. Only the package around the
/// outputs, its `src` and `tests`, is written by hand.
fn is_frozen(path: &str) -> bool {
    let mut below = path.strip_prefix("tests/frozen/").into_iter().flat_map(|below| below.split('/')).skip(1);
    below.next().is_some_and(|output| output != "src" && output != "tests")
}

fn sources(below: &str, keep: &dyn Fn(&str) -> bool) -> BTreeMap<String, Source> {
    files(below, &|path| path.ends_with(".rs") && keep(path))
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).expect("sources are UTF-8");
            (path, Source::new(text))
        })
        .collect()
}

/// The libraries that documents and servers reach; modules that are only there for tests are no part of them.
fn libraries() -> BTreeMap<String, Source> {
    let mut all = sources("codegen/src", &|_| true);
    all.extend(sources("runtime/src", &|_| true));
    let mut tests = Vec::new();
    for (path, source) in &all {
        let folder = match path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix("/lib.rs")) {
            Some(folder) => folder,
            None => path.trim_end_matches(".rs"),
        };
        tests.extend(source.test_modules().into_iter().map(|name| format!("{folder}/{name}")));
    }
    all.retain(|path, _| {
        !tests.iter().any(|test| path == &format!("{test}.rs") || path.starts_with(&format!("{test}/")))
    });
    all
}

fn assert_none(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}

#[test]
fn every_file_says_what_it_owns() {
    let broken = handwritten().into_iter().filter(|(_, source)| !source.text.starts_with("//! ")).map(|(path, _)| path);
    assert_none(broken.collect(), "the first line of a file is `//!` and tells what the file owns:");
}

#[test]
fn files_stay_small() {
    const LONGEST: usize = 800;
    let long = handwritten().into_iter().map(|(path, source)| (path, source.lines()));
    let broken = long.filter(|(_, lines)| *lines > LONGEST).map(|(path, lines)| format!("{path}: {lines} lines"));
    assert_none(broken.collect(), "800 lines without tests is the end:");
}

#[test]
fn functions_stay_small() {
    const LONGEST: usize = 80;
    let mut broken = Vec::new();
    for (path, source) in handwritten() {
        let long = source.functions().into_iter().filter(|(_, lines)| *lines > LONGEST);
        broken.extend(long.map(|(name, lines)| format!("{path}: {name} has {lines} lines")));
    }
    assert_none(broken, "80 lines is the end for a function:");
}

#[test]
fn documents_and_servers_reach_no_panic() {
    // With its quote: a method of ours may be called `expect` as well.
    const CALLS: &[&str] = &[".unwrap()", ".expect(\"", ".expect(&", ".unwrap_err()", ".expect_err("];
    // `map["name"]` panics in every map of the ecosystem, and callers alone write it.
    const ASKED_FOR: &str = ".expect(\"no member of this name\")";
    const MACROS: &[&str] = &["panic", "todo", "unimplemented", "unreachable", "assert", "assert_eq", "assert_ne"];
    let mut broken = Vec::new();
    for (path, source) in libraries() {
        let calls = CALLS.iter().flat_map(|call| {
            let named = source.text.match_indices(call).map(|(at, _)| (at, *call));
            let left = named.filter(|(at, _)| !source.text[*at..].starts_with(ASKED_FOR));
            left.filter(|(at, _)| source.code[*at..].starts_with('.'))
        });
        let macros = MACROS.iter().flat_map(|name| {
            words(&source.code, name).filter(|at| source.code[at + name.len()..].starts_with('!')).map(|at| (at, *name))
        });
        // The full range fits every list.
        let opened =
            source.code.match_indices('[').map(|(at, _)| at).filter(|at| !source.code[*at..].starts_with("[..]"));
        // An arena makes the ids of its items itself.
        let indexing = opened.filter(|at| indexes(&source.code[..*at]) && path != "codegen/src/arena.rs");
        let all = calls.chain(macros).chain(indexing.map(|at| (at, "indexing")));
        broken.extend(all.map(|(at, what)| format!("{path}:{}: {what}", source.line(at))));
    }
    assert_none(broken, "documents and servers are user input; nothing in them may panic:");
}

/// Whether a `[` after this code indexes a value: it follows a value directly. Types, attributes, patterns and macros do not.
fn indexes(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_)]?".contains(c))
}

#[test]
fn no_provider_is_known_to_the_libraries() {
    let config = fs::read_to_string(root().join("typewright.toml")).expect("typewright.toml");
    let names: Vec<&str> =
        config.lines().filter_map(|line| line.strip_prefix("[crate.")?.split([']', '.']).next()).collect();
    assert!(!names.is_empty(), "typewright.toml lists crates");
    let mut broken = Vec::new();
    for (path, source) in libraries() {
        let text = source.text.to_lowercase().replace(['-', '_'], "");
        let known = names.iter().filter(|name| text.contains(&name.to_lowercase().replace(['-', '_'], "")));
        broken.extend(known.map(|name| format!("{path}: {name}")));
    }
    assert_none(broken, "what a provider needs is declared in its document and implemented for everybody:");
}

#[test]
fn no_crate_has_unsafe_code() {
    let roots = handwritten().into_iter().chain(sources("generated", &|_| true));
    let broken = roots
        .filter(|(path, _)| path.ends_with("src/lib.rs") || path.ends_with("src/main.rs"))
        .filter(|(_, source)| !source.code.contains("#![forbid(unsafe_code)]"))
        .map(|(path, _)| path);
    assert_none(broken.collect(), "every crate root says #![forbid(unsafe_code)]:");
}

#[test]
fn generated_code_carries_the_header() {
    let mut code = files("generated", &|path| path.ends_with(".rs") || path.ends_with(".toml"));
    code.extend(files("tests/frozen", &|path| path.ends_with(".rs") && is_frozen(path)));
    let broken = code.into_iter().filter(|path| {
        let text = fs::read_to_string(root().join(path)).expect("generated code is UTF-8");
        !text.lines().next().is_some_and(|line| line.contains("@generated by typewright from "))
    });
    assert_none(broken.collect(), "code under generated/ is output and says so in its first line:");
}
