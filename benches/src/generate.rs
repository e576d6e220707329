//! The generator over the repository's documents, and over large ones in `../shared/corpus` where that folder is present.

use std::path::{Path, PathBuf};

use typewright_codegen::output::Target;
use typewright_codegen::source::Sources;

use crate::measure;

const CORPUS: &[&str] = &["discord.json", "stripe.yaml", "github.json"];

pub(crate) fn run() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    measure_document(&root.join("specs/qredex.yaml"));
    measure_document(&root.join("specs/spree-admin.yaml"));
    let corpus = root.join("../shared/corpus/files");
    if !corpus.is_dir() {
        println!("  (no corpus of large documents beside the repository)");
        return;
    }
    CORPUS.iter().map(|name| corpus.join(name)).for_each(|path: PathBuf| measure_document(&path));
}

/// Peak memory is the process's so far, so the documents come in rising size.
fn measure_document(path: &Path) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Ok(bytes) = std::fs::read(path) else {
        println!("  {name:<28} cannot be read");
        return;
    };
    let before = measure::cpu_seconds();
    let mut sources = Sources::default();
    sources.add(name.clone(), bytes);
    let target = Target { crate_name: "bench".to_owned(), version: "0.1.0".to_owned(), ..Target::default() };
    let (files, diagnostics) = typewright_codegen::generate(&sources, &target);
    let spent = measure::cpu_seconds() - before;
    let Some(files) = files else {
        println!("  {name:<28} refused with {} diagnostics after {spent:.2} s CPU", diagnostics.len());
        return;
    };
    let lines: usize = files.files.values().map(|text| text.lines().count()).sum();
    let per_operation = lines / files.operations.max(1);
    let peak = measure::peak_megabytes();
    println!(
        "  {name:<28}{spent:>9.2} s CPU, peak {peak} MB, {} operations, {lines} lines, {per_operation} per operation",
        files.operations
    );
}
