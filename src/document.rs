//! Reading a document and the files that it refers to.

use std::path::{Path, PathBuf};

use typewright_codegen::builder::{read_documents, read_referenced};
use typewright_codegen::source::Sources;

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

/// A document with the files that it refers to.
pub(crate) struct Set {
    /// The texts; what could not be read is among them, with the reason.
    pub(crate) sources: Sources,
}

impl Set {
    pub(crate) fn read(document: &Document, host: &mut Host<'_>) -> Self {
        let sources = match document {
            Document::File(path) => read_documents(&host.folder, path),
            Document::StandardInput => read_input(host),
        };
        Self { sources }
    }

    /// Bytes of all files.
    pub(crate) fn size(&self) -> usize {
        self.sources.files.iter().map(|file| file.text.len()).sum()
    }

    /// Every text with its name relative to the root document's folder: the name that does not depend on where the
    /// command ran.
    pub(crate) fn named_texts(&self) -> Vec<(&str, &str)> {
        let root = self.sources.files.first().map(|file| file.name.as_str()).unwrap_or_default();
        let folder = root.rfind('/').and_then(|end| root.get(..=end)).unwrap_or_default();
        let named = |name| str::strip_prefix(name, folder).unwrap_or(name);
        self.sources.files.iter().map(|file| (named(file.name.as_str()), file.text.as_str())).collect()
    }
}

/// References of a document that comes from standard input are relative to where the command runs.
fn read_input(host: &mut Host<'_>) -> Sources {
    const NAME: &str = "<stdin>";
    let mut sources = Sources::default();
    let mut bytes = Vec::new();
    match host.input.read_to_end(&mut bytes) {
        Ok(_) => sources.add(NAME, bytes),
        Err(error) => sources.add_unreadable(NAME, error.to_string()),
    };
    read_referenced(&host.folder, &mut sources);
    sources
}
