//! Real documents: each that is not meant to be wrong has a model, and none makes the stage panic.

use std::path::{Path, PathBuf};

use super::faults;
use crate::diagnostic::{Collector, Profile, Severity};
use crate::normalise::normalise;
use crate::read::{load_referenced, read};
use crate::source::{Sources, is_below};

/// Larger documents take seconds without optimisation.
const LARGEST: u64 = if cfg!(debug_assertions) { 600_000 } else { u64::MAX };

/// Identifier, kind and file of each document that is not too large.
fn documents(folder: &Path) -> Vec<(String, String, PathBuf)> {
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap_or_default();
    let rows = index.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let documents = rows.filter_map(|row| {
        let file = row.iter().find(|column| column.starts_with("files/"))?;
        Some(((*row.first()?).to_owned(), (*row.get(1)?).to_owned(), folder.join(file)))
    });
    documents.filter(|(_, _, file)| file.metadata().is_ok_and(|file| file.len() <= LARGEST)).collect()
}

/// Reads a document with the files below its folder.
fn load(path: &Path) -> Sources {
    let mut sources = Sources::default();
    let root = path.to_string_lossy().into_owned();
    sources.add(root.clone(), std::fs::read(path).unwrap());
    load_referenced(&mut sources, &mut |name| {
        if !is_below(&root, name) {
            return Err("outside of the document's folder".to_owned());
        }
        std::fs::read(name).map_err(|error| error.to_string())
    });
    sources
}

#[test]
fn real_documents_have_a_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let documents = documents(&folder);
    if documents.is_empty() {
        eprintln!("no corpus at {}: not tested", folder.display());
        return;
    }
    let mut refused = Vec::new();
    for (id, kind, path) in documents {
        let sources = load(&path);
        let mut collector = Collector::new(Profile::Lenient);
        let mut read = read(&sources, &mut collector);
        let model = normalise(&mut read, &sources, &mut collector);
        let mut diagnostics = collector.finish();
        diagnostics.retain(|fault| fault.severity == Severity::Error);
        assert_eq!(model.is_some(), diagnostics.is_empty(), "{id}: a model or an error, never both or neither");
        if !diagnostics.is_empty() {
            println!("{id} ({kind}): {:#?}", faults(&diagnostics, &sources));
        }
        if model.is_none() && kind != "negative" {
            refused.push(id);
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}
