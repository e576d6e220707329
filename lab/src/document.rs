//! A document as a JSON value, as the generator's own readers read it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use typewright_codegen::diagnostic::Collector;
use typewright_codegen::read::read;
use typewright_codegen::source::{FileId, Sources};

/// The document as a value; `None` if it cannot be read as one.
pub fn value(path: &Path) -> Option<Value> {
    let mut sources = Sources::default();
    sources.add(path.to_string_lossy(), fs::read(path).ok()?);
    let documents = read(&sources, &mut Collector::default());
    serde_json::from_str(&documents.json(FileId(0))?).ok()
}
