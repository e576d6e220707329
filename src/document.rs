//! Reading a document and the files that it refers to.

use std::path::{Path, PathBuf};

use typewright_codegen::builder::{read_bounded, read_documents, read_overlays, read_referenced};
use typewright_codegen::source::Sources;

use crate::cli::Input;
use crate::host::Host;
use crate::workspace;

/// Where a document comes from, and what changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// The document itself.
    pub(crate) root: Root,
    /// Overlays in the order in which they apply, absolute.
    pub(crate) overlays: Vec<PathBuf>,
    /// Folders that its references may lead into beside its own, absolute.
    pub(crate) roots: Vec<PathBuf>,
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// `-`.
    StandardInput,
    /// A file, absolute.
    File(PathBuf),
}

impl Document {
    /// As the command line names it.
    pub(crate) fn new(input: &Input, host: &Host<'_>) -> Self {
        let root = match input.document.as_path() {
            name if name == Path::new("-") => Root::StandardInput,
            name => Root::File(host.path(name)),
        };
        let absolute = |paths: &[PathBuf]| paths.iter().map(|path| host.path(path)).collect();
        Self { root, overlays: absolute(&input.overlay), roots: absolute(&input.root) }
    }
}

/// A document with its overlays and the files that it refers to.
pub(crate) struct Set {
    /// The texts; what could not be read is among them, with the reason.
    pub(crate) sources: Sources,
    /// What the names are relative to.
    folder: PathBuf,
}

impl Set {
    pub(crate) fn read(document: &Document, host: &mut Host<'_>) -> Self {
        let mut sources = match &document.root {
            Root::File(path) => read_documents(&host.folder, path, &document.roots),
            Root::StandardInput => read_input(&document.roots, host),
        };
        read_overlays(&host.folder, &document.overlays, &document.roots, &mut sources);
        Self { sources, folder: host.folder.clone() }
    }

    /// Bytes of all files.
    pub(crate) fn size(&self) -> usize {
        self.sources.files.iter().map(|file| file.text.len()).sum()
    }

    /// Returns the name of the file that writing to this path would replace, if it is in the set. Symbolic links are followed.
    pub(crate) fn name_of(&self, path: &Path) -> Option<&str> {
        let replaced = entry(path);
        let is_it = |name: &&str| {
            let file = workspace::normal(&self.folder.join(name));
            file == path || entry(&file) == replaced || file.canonicalize().is_ok_and(|file| file == replaced)
        };
        self.sources.files.iter().map(|file| file.name.as_str()).find(is_it)
    }

    /// Every text with its name relative to the root document's folder: the name that does not depend on where the
    /// command ran.
    pub(crate) fn named_texts(&self) -> Vec<(String, &str)> {
        let whole = |name: &str| workspace::normal(&self.folder.join(name));
        let root = self.sources.files.first().map(|file| whole(&file.name)).unwrap_or_default();
        let folder = root.parent().unwrap_or(Path::new(""));
        let named = |name: &str| workspace::relative(folder, &whole(name));
        self.sources.files.iter().map(|file| (named(&file.name), file.text.as_str())).collect()
    }
}

/// The path with links in the folders above it followed. A link at the path itself is what a new file replaces.
fn entry(path: &Path) -> PathBuf {
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    folder.zip(path.file_name()).map_or_else(|| path.to_path_buf(), |(folder, name)| folder.join(name))
}

/// References of a document that comes from standard input are relative to where the command runs.
fn read_input(roots: &[PathBuf], host: &mut Host<'_>) -> Sources {
    const NAME: &str = "<stdin>";
    let mut sources = Sources::default();
    match read_bounded(host.input) {
        Ok(bytes) => sources.add(NAME, bytes),
        Err(error) => sources.add_unreadable(NAME, error.to_string()),
    };
    read_referenced(&host.folder, roots, &mut sources);
    sources
}
