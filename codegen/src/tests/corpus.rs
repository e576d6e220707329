//! Readers and structure check over real documents: `../shared/corpus` beside the repository, or the folder that
//! `TYPEWRIGHT_CORPUS` names. Without one the test says so and passes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Collector, Profile, Severity, Style, render_all};
use crate::normalise::structure::check_structure;
use crate::read::{load_referenced, read};
use crate::source::Sources;

/// Documents that are wrong on purpose, and the code that they are refused with here; the other wrong ones are refused by
/// later stages.
const REFUSED: &[(&str, &str)] = &[("mermade-3.0-fail-refasinteger", "TW0203")];

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TYPEWRIGHT_CORPUS").map_or(beside, PathBuf::from);
    folder.join("index.csv").is_file().then_some(folder)
}

/// Id to file, of every row of the index. The first columns hold no quotes.
fn documents(folder: &Path) -> BTreeMap<String, PathBuf> {
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap_or_default();
    let mut lines = index.lines();
    let column = lines.next().and_then(|head| head.split(',').position(|name| name == "file")).unwrap_or_default();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        Some((cells.first()?.to_string(), folder.join(cells.get(column)?)))
    };
    lines.filter_map(row).filter(|(_, path)| path.is_file()).collect()
}

/// The codes of the errors, and everything that is printed.
fn check(path: &Path) -> (Vec<&'static str>, String) {
    let mut sources = Sources::default();
    sources.add(path.to_string_lossy(), std::fs::read(path).unwrap_or_default());
    load_referenced(&mut sources, &mut |name| std::fs::read(name).map_err(|error| error.to_string()));
    let mut collector = Collector::new(Profile::Lenient);
    let mut documents = read(&sources, &mut collector);
    let _ = check_structure(&mut documents, &sources, &mut collector);
    let diagnostics = collector.finish();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    (errors.map(|diagnostic| diagnostic.code.id).collect(), render_all(&sources, &diagnostics, Style::Plain))
}

#[test]
fn no_real_document_is_refused() {
    let Some(folder) = corpus() else {
        eprintln!("no corpus beside the repository: nothing was checked");
        return;
    };
    let documents = documents(&folder);
    assert!(!documents.is_empty(), "the index of {} names no file", folder.display());
    for (id, path) in documents {
        let (errors, printed) = check(&path);
        let expected: Vec<&str> = REFUSED.iter().filter(|(refused, _)| *refused == id).map(|(_, code)| *code).collect();
        assert_eq!(errors, expected, "{id}\n{printed}");
    }
}
