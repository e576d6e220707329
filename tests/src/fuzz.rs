//! What the fuzz targets do with the bytes that they are given, and a seeded mutator for the stable toolchain.
//!
//! Owns no expectations beyond these: no panic, every path inside the folder, every file one that Rust's parser takes.

use typewright_codegen::diagnostic::{Profile, Severity};
use typewright_codegen::output::{FileSet, Target};
use typewright_codegen::source::Sources;

/// Generates a crate from a document and judges what came out.
///
/// # Panics
///
/// When the generator breaks one of its promises: that is what fuzzing looks for.
pub fn judge(bytes: &[u8]) -> Option<FileSet> {
    let mut sources = Sources::default();
    sources.add("openapi.yaml", bytes);
    let target = Target {
        crate_name: "fuzzed".to_owned(),
        version: "0.1.0".to_owned(),
        profile: Profile::Lenient,
        ..Target::default()
    };
    let (files, diagnostics) = typewright_codegen::generate(&sources, &target);
    let errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(files.is_none(), errors, "files come if and only if there is no error");
    if let Some(files) = &files {
        judge_files(files);
    }
    files
}

fn judge_files(files: &FileSet) {
    for path in files.files.keys() {
        let inside = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        assert!(inside && !path.contains(['\\', '\0', ':']), "{path:?} would leave the folder");
    }
}
