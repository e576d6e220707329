//! The readers over real documents. They are looked for beside the repository; without them this says so and passes.

use std::path::{Path, PathBuf};

use typewright_codegen::diagnostic::{Collector, Profile, Style, render_all};
use typewright_codegen::read::read;
use typewright_codegen::source::{FileId, Sources};

/// The documents of the corpus, sorted; empty where there is none.
fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/files");
    let folder = if folder.is_dir() { folder } else { PathBuf::from("/work/shared/corpus/files") };
    let mut open = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

#[test]
fn real_documents_are_read() {
    let files = corpus();
    if files.is_empty() {
        eprintln!("no corpus beside the repository: nothing was read");
    }
    for path in files {
        let mut sources = Sources::default();
        sources.add(path.file_name().unwrap_or_default().to_string_lossy(), std::fs::read(&path).unwrap_or_default());
        let mut collector = Collector::new(Profile::Strict);
        let mut documents = read(&sources, &mut collector);
        let root = documents.root(FileId(0));
        if let Some(root) = root {
            typewright_codegen::normalise::structure::check_structure(&mut documents.tree, root, &mut collector);
        }
        let faults = collector.finish();
        println!(
            "{} {} {:?}\n{}",
            path.display(),
            documents.tree.len(),
            root.map(|root| documents.tree.depth(root)),
            render_all(&sources, &faults, Style::Plain)
        );
    }
}
