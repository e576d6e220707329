//! Reading a document and the files that it refers to.

use std::path::{Path, PathBuf};

use typewright_codegen::diagnostic::Diagnostic;
use typewright_codegen::source::{SourceFile, Sources};

use crate::host::Host;

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    /// `-`.
    StandardInput,
    /// A file, absolute.
    File(PathBuf),
}

impl Document {
    /// As the command line names it.
    pub(crate) fn new(argument: &Path, host: &Host<'_>) -> Self {
        if argument == Path::new("-") { Self::StandardInput } else { Self::File(host.path(argument)) }
    }
}

/// A document with the files that it refers to, or why it cannot be read.
pub(crate) struct Set {
    pub(crate) sources: Sources,
    pub(crate) faults: Vec<Diagnostic>,
}

impl Set {
    pub(crate) fn read(document: &Document, host: &mut Host<'_>) -> Self {
        let mut text = String::new();
        let name = match document {
            Document::StandardInput => {
                let _ = host.input.read_to_string(&mut text);
                "<stdin>".to_owned()
            }
            Document::File(path) => {
                text = std::fs::read_to_string(path).unwrap_or_default();
                host.shown(path)
            }
        };
        Self { sources: Sources { files: vec![SourceFile { name, text }] }, faults: Vec::new() }
    }

    /// Bytes of all files.
    pub(crate) fn size(&self) -> usize {
        self.sources.files.iter().map(|file| file.text.len()).sum()
    }

    /// Every text with its name relative to the root document's folder.
    pub(crate) fn named_texts(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}
