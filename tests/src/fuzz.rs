//! What the fuzz targets and the hostile tests do with the bytes that they are given, and how they judge what comes out.
//!
//! Owns no expectations beyond these: no panic, every path inside the folder and portable, every file one that its parser
//! takes, and no code block in the docs that the generator did not write itself.

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use typewright_codegen::diagnostic::{Diagnostic, Profile, Severity};
use typewright_codegen::output::{FileSet, Target};
use typewright_codegen::source::Sources;

/// What is counted in an output. A text of the document changes none of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Items of all files, those of modules and implementations included.
    pub items: usize,
    /// Attributes that are no docs, and do not name the file of a module.
    pub attributes: usize,
    /// Code blocks that rustdoc would take for Rust.
    pub doc_tests: usize,
}

/// Generates a crate from a document and judges what came out.
///
/// # Panics
///
/// When the generator breaks one of its promises: that is what fuzzing looks for.
pub fn judge(bytes: &[u8]) -> Option<FileSet> {
    let (files, _) = generate("openapi.yaml", bytes);
    files
}

/// The same for a document in JSON.
///
/// # Panics
///
/// When the generator breaks one of its promises.
pub fn judge_json(bytes: &[u8]) -> Option<FileSet> {
    generate("openapi.json", bytes).0
}

/// A document for overlays to change: small, with every kind of place that an overlay is likely to name.
pub const BASE: &str = r##"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "servers": [{"url": "https://pets.example"}],
 "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"], "parameters": [{"name": "q", "in": "query",
 "schema": {"type": "string"}}], "responses": {"200": {"description": "Pets.", "content": {"application/json": {"schema":
 {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}}}},
 "components": {"schemas": {"Pet": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"},
 "name": {"type": ["string", "null"]}, "owner": {"$ref": "#/components/schemas/Pet"}}}}}}"##;

/// An overlay of [`BASE`], to begin with.
pub const OVERLAY: &str = r#"overlay: 1.0.0
info: {title: Changes, version: "1"}
actions:
  - target: $.paths['/pets'].get
    update: {summary: Lists pets., x-typewright: {method: all}}
  - target: $.components.schemas.*.properties[?(@.type == 'integer')]
    update: {format: int64}
  - target: $..parameters[?@.in == "query" && @.name != 'x']
    remove: true
  - target: $.servers[0:1]
    update: {description: "a\nb"}
"#;

/// Generates a crate from a small document that these bytes overlay, and judges what came out.
///
/// # Panics
///
/// When the generator breaks one of its promises.
pub fn judge_overlay(bytes: &[u8]) -> Option<FileSet> {
    let mut sources = Sources::default();
    sources.add("openapi.json", BASE);
    sources.add_overlay("overlay.yaml", bytes);
    run(&sources).0
}

/// The same for a file of this name, with what was said about it.
///
/// # Panics
///
/// When the generator breaks one of its promises.
pub fn generate(name: &str, bytes: &[u8]) -> (Option<FileSet>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add(name, bytes);
    run(&sources)
}

fn run(sources: &Sources) -> (Option<FileSet>, Vec<Diagnostic>) {
    let target = Target {
        crate_name: "fuzzed".to_owned(),
        version: "0.1.0".to_owned(),
        profile: Profile::Lenient,
        ..Target::default()
    };
    let (files, diagnostics) = typewright_codegen::generate(sources, &target);
    let errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(files.is_none(), errors, "files come if and only if there is no error");
    if let Some(files) = &files {
        judge_paths(files);
    }
    (files, diagnostics)
}

fn judge_paths(files: &FileSet) {
    let mut seen = BTreeSet::new();
    for path in files.files.keys() {
        assert!(path.split('/').all(is_portable), "{path:?} is no path on every system");
        assert!(seen.insert(path.to_lowercase()), "{path:?} is the path of two files where case does not count");
    }
}

/// Whether every system takes this as a file's name, and none takes it for something else.
fn is_portable(part: &str) -> bool {
    const DEVICES: &[&str] = &["aux", "con", "nul", "prn", "com1", "lpt1"];
    let stem = part.split('.').next().unwrap_or_default().to_lowercase();
    let characters = part.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '-' | '.'));
    characters
        && (1..=200).contains(&part.len())
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !DEVICES.contains(&stem.as_str())
}

/// Parses every file of an output and counts what is in it.
///
/// # Panics
///
/// When a file does not parse.
pub fn count(files: &FileSet) -> Counts {
    let mut counts = Counts::default();
    for (path, text) in &files.files {
        if path.ends_with(".rs") {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            counts.attributes += file.attrs.iter().filter(|one| doc_of(one).is_none()).count();
            count_docs(&file.attrs, &mut counts);
            count_items(&file.items, &mut counts);
            count_inner_docs(text, &mut counts);
        } else if path.ends_with(".toml") {
            assert!(text.parse::<toml::Table>().is_ok(), "{path}:\n{text}");
        } else if path.ends_with(".md") {
            counts.doc_tests += rust_blocks(text);
        }
    }
    counts
}

fn count_items(items: &[syn::Item], counts: &mut Counts) {
    for item in items {
        counts.items += 1;
        match item {
            syn::Item::Mod(module) => {
                let inner = module.content.as_ref().map_or(&[][..], |(_, items)| items);
                count_items(inner, counts);
            }
            syn::Item::Impl(implementation) => counts.items += implementation.items.len(),
            syn::Item::Struct(item) => counts.items += item.fields.len(),
            syn::Item::Enum(item) => counts.items += item.variants.len(),
            _ => {}
        }
    }
}

fn count_docs(attributes: &[syn::Attribute], counts: &mut Counts) {
    let lines: Vec<String> = attributes.iter().filter_map(doc_of).collect();
    counts.doc_tests += rust_blocks(&lines.join("\n"));
}

fn doc_of(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
    pair.path.is_ident("doc").then(|| text.value())
}

/// Docs of items, members and variants stand in runs of `///` lines, as prettyplease prints them.
fn count_inner_docs(text: &str, counts: &mut Counts) {
    let mut run = String::new();
    for line in text.lines().chain([""]) {
        let line = line.trim_start();
        if let Some(doc) = line.strip_prefix("///") {
            run.push_str(doc.strip_prefix(' ').unwrap_or(doc));
            run.push('\n');
            continue;
        }
        counts.attributes += usize::from(line.starts_with("#[") && !names_a_neighbour(line));
        counts.doc_tests += rust_blocks(&std::mem::take(&mut run));
    }
}

/// Whether it is the attribute of a module that is not named in ASCII: rustc wants to be told its file, which stands beside it.
fn names_a_neighbour(line: &str) -> bool {
    let file = line.strip_prefix("#[path = \"").and_then(|rest| rest.strip_suffix(".rs\"]"));
    file.is_some_and(|name| !name.is_ascii() && !name.contains(['/', '\\', '"', '.']))
}

/// How many code blocks of a Markdown text rustdoc would compile.
fn rust_blocks(markdown: &str) -> usize {
    let blocks = Parser::new(markdown).filter_map(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some(String::new()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => Some(words.to_string()),
        _ => None,
    });
    blocks.filter(|words| is_rust(words)).count()
}

/// As rustdoc judges the words behind a fence: Rust unless a word says another language.
fn is_rust(words: &str) -> bool {
    const RUST: &[&str] = &["rust", "should_panic", "no_run", "compile_fail", "ignore", "test_harness", "standalone"];
    let mut words = words.split([',', ' ', '\t']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_none() || words.all(|word| RUST.contains(&word) || word.starts_with("edition"))
}
