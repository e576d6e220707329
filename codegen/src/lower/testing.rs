//! For this stage's tests: a small document to its `Api`, and the `Api` as compact text.

mod corpus;
mod dump;

use crate::api::Api;
use crate::diagnostic::{Collector, Diagnostic, Profile};
use crate::lower::lower;
use crate::normalise::normalise;
use crate::read::{load_referenced, read};
use crate::source::{SourceFile, Sources};

/// Lowers a whole document.
pub(crate) fn api_of(name: &str, text: &str) -> (Option<Api>, Vec<Diagnostic>) {
    api_of_files(name, text, &mut |name| Err(format!("there is no {name}")))
}

/// Lowers a document with the files that it refers to.
pub(crate) fn api_of_files(
    name: &str,
    text: &str,
    load: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> (Option<Api>, Vec<Diagnostic>) {
    let file = SourceFile { name: name.to_owned(), text: text.to_owned(), ..SourceFile::default() };
    let mut sources = Sources { files: vec![file] };
    load_referenced(&mut sources, load);
    let mut collector = Collector::new(Profile::Lenient);
    let mut documents = read(&sources, &mut collector);
    let model = normalise(&mut documents, &sources, &mut collector);
    let api = model.map(|model| lower(&model, &documents.tree, &mut collector));
    (api, collector.finish())
}

/// Lowers component schemas, given as YAML, and compares the named types.
pub(crate) fn check_schemas(schemas: &str, expected: &str) {
    let indented: String = unindent(schemas).lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    );
    let (api, diagnostics) = api_of("shop.yaml", &text);
    let api = api.unwrap_or_else(|| panic!("no model: {diagnostics:#?}"));
    assert_eq!(dump::types(&api).trim(), unindent(expected).trim(), "\n{text}");
}

/// Lowers a document below its `info` and compares its operations.
pub(crate) fn check_operations(document: &str, expected: &str) {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\n{}", unindent(document));
    let (api, diagnostics) = api_of("shop.yaml", &text);
    let api = api.unwrap_or_else(|| panic!("no model: {diagnostics:#?}"));
    assert_eq!(dump::operations(&api).trim(), unindent(expected).trim(), "\n{text}");
}

/// The codes of what is reported about component schemas.
pub(crate) fn check_codes(schemas: &str, expected: &[&str]) {
    let indented: String = unindent(schemas).lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    );
    let codes: Vec<&str> = api_of("shop.yaml", &text).1.iter().map(|diagnostic| diagnostic.code.id).collect();
    assert_eq!(codes, expected, "\n{text}");
}

/// Lowers a document below its `info` and compares which way its components travel.
pub(crate) fn check_ways(document: &str, expected: &str) {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\n{}", unindent(document));
    let (api, diagnostics) = api_of("shop.yaml", &text);
    let api = api.unwrap_or_else(|| panic!("no model: {diagnostics:#?}"));
    let way = |ty: &crate::api::Type| match (ty.in_answers, ty.in_requests) {
        (true, true) => "both",
        (true, false) => "answers",
        (false, true) => "requests",
        (false, false) => "none",
    };
    let named = api.types.iter().filter_map(|ty| Some(format!("{}: {}", ty.naming.component.as_ref()?, way(ty))));
    assert_eq!(named.collect::<Vec<_>>().join(", "), expected, "\n{text}");
}

/// Lowers a document below its `info` and compares the messages that the API sends.
pub(crate) fn check_webhooks(document: &str, expected: &str) {
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\n{}", unindent(document));
    let (api, diagnostics) = api_of("shop.yaml", &text);
    let api = api.unwrap_or_else(|| panic!("no model: {diagnostics:#?}"));
    assert_eq!(dump::webhooks(&api).trim(), unindent(expected).trim(), "\n{text}");
}

/// Takes away the indentation of the first line that has text.
fn unindent(text: &str) -> String {
    let lines = text.lines().skip_while(|line| line.trim().is_empty());
    let width = lines.clone().next().map_or(0, |line| line.len() - line.trim_start().len());
    lines.map(|line| format!("{}\n", line.get(width..).unwrap_or_default())).collect()
}
