//! Generating from a build script: the one place of this crate that reads and writes files.
//!
//! It writes the module tree of the client, without the manifest and the other files of a package: the package is the
//! one whose build script runs.

mod memory;
mod read;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Profile, Severity, Style, fold, render, render_all};
use crate::output::Target;
use crate::selection::Selection;
use crate::source::Sources;

pub use self::read::{display_name, read_bounded, read_documents, read_overlays, read_referenced};

/// Makes a client in a build script.
///
/// ```no_run
/// // build.rs
/// let folder = std::env::var_os("OUT_DIR").expect("Cargo sets it");
/// typewright_codegen::Builder::new().document("openapi.yaml").generate_to(folder)?;
/// # Ok::<(), typewright_codegen::BuildError>(())
/// ```
///
/// The package then includes the module tree, in a module of its own:
///
/// ```ignore
/// pub mod api {
///     include!(concat!(env!("OUT_DIR"), "/mod.rs"));
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    document: Document,
    overlays: Vec<PathBuf>,
    roots: Vec<PathBuf>,
    selection: Selection,
    /// Patterns that are none, with the reasons.
    refused: Vec<String>,
    name: Option<String>,
    profile: Profile,
}

/// Where the document is.
#[derive(Clone, Debug)]
enum Document {
    File(PathBuf),
    /// In memory, as JSON.
    Text(String),
}

impl Default for Document {
    fn default() -> Self {
        Self::File(PathBuf::new())
    }
}

/// Why there is no client.
#[derive(Clone, Debug)]
pub enum BuildError {
    /// The document has faults; the text shows each with its place.
    Document(String),
    /// The builder was given something that makes no sense.
    Usage(String),
    /// A file cannot be written.
    Output(String),
}

impl Builder {
    /// A builder in the lenient profile, without a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// The document, relative to the package's folder. Its references may lead to files beside and below it, and into the
    /// folders that [`root`](Self::root) adds.
    #[must_use]
    pub fn document(mut self, path: impl Into<PathBuf>) -> Self {
        self.document = Document::File(path.into());
        self
    }

    /// A document that the program has in memory, as frameworks for servers make one, in place of a file. It is read like a file
    /// of the name `openapi.json`, which diagnostics show parts of.
    ///
    /// ```no_run
    /// # fn api() -> openapiv3::OpenAPI { openapiv3::OpenAPI::default() }
    /// let folder = std::env::var_os("OUT_DIR").expect("Cargo sets it");
    /// typewright_codegen::Builder::new().openapiv3(&api()).generate_to(folder)?;
    /// # Ok::<(), typewright_codegen::BuildError>(())
    /// ```
    #[must_use]
    pub fn openapiv3(mut self, document: &openapiv3::OpenAPI) -> Self {
        match memory::text(document) {
            Ok(text) => self.document = Document::Text(text),
            Err(error) => self.refused.push(format!("openapiv3(…): the document cannot be written as JSON: {error}")),
        }
        self
    }

    /// An overlay that changes the document first, relative to the package's folder. Several apply in the order in which they
    /// are given.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// A folder that references of the document may lead into, relative to the package's folder. By default they stay in the
    /// document's own. Several add up.
    #[must_use]
    pub fn root(mut self, path: impl Into<PathBuf>) -> Self {
        self.roots.push(path.into());
        self
    }

    /// Only operations that match one of these patterns: `tag:NAME`, `operation:ID`, `/path/*`, `GET /path/**`.
    #[must_use]
    pub fn include(mut self, pattern: &str) -> Self {
        match pattern.parse() {
            Ok(pattern) => self.selection.include.push(pattern),
            Err(reason) => self.refused.push(format!("include({pattern:?}): {reason}")),
        }
        self
    }

    /// Leaves out operations that match, also those that are included.
    #[must_use]
    pub fn exclude(mut self, pattern: &str) -> Self {
        match pattern.parse() {
            Ok(pattern) => self.selection.exclude.push(pattern),
            Err(reason) => self.refused.push(format!("exclude({pattern:?}): {reason}")),
        }
        self
    }

    /// What the client calls itself, for example in its user agent. Default: the package's name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Treats recoverable faults of the document as errors.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.profile = Profile::Strict;
        self
    }

    /// Writes the module tree with `mod.rs` at its top into `folder`, and tells Cargo which files it depends on.
    pub fn generate_to(&self, folder: impl AsRef<Path>) -> Result<(), BuildError> {
        if !self.refused.is_empty() {
            return Err(BuildError::Usage(self.refused.join("\n")));
        }
        let mut sources = match &self.document {
            Document::File(path) => read_documents(Path::new(""), path, &self.roots),
            Document::Text(text) => memory::sources(text),
        };
        read_overlays(Path::new(""), &self.overlays, &self.roots, &mut sources);
        for file in sources.files.iter().filter(|file| file.name != memory::NAME) {
            println!("cargo::rerun-if-changed={}", file.name);
        }
        let (files, diagnostics) = crate::generate_modules(&sources, &self.target());
        let Some(files) = files else {
            return Err(BuildError::Document(render_all(&sources, &diagnostics, Style::Plain)));
        };
        warn(&sources, &diagnostics);
        for (name, text) in &files.files {
            write_changed(&folder.as_ref().join(name), text)?;
        }
        Ok(())
    }

    fn target(&self) -> Target {
        let variable = |name: &str| std::env::var(name).ok();
        let name = self.name.clone().or_else(|| variable("CARGO_PKG_NAME"));
        Target {
            crate_name: name.unwrap_or_else(|| "client".to_owned()),
            version: variable("CARGO_PKG_VERSION").unwrap_or_else(|| "0.1.0".to_owned()),
            profile: self.profile,
            selection: self.selection.clone(),
            ..Target::default()
        }
    }
}

/// Cargo shows one line per warning, so only the first line of each is handed on.
fn warn(sources: &Sources, diagnostics: &[Diagnostic]) {
    for folded in fold(diagnostics).iter().filter(|folded| folded.first.severity == Severity::Warning) {
        let text = render(sources, folded.first, Style::Plain);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(2).collect();
        let more = if folded.again.is_empty() { String::new() } else { format!(" and {} more", folded.again.len()) };
        println!("cargo::warning={}{more}", lines.join(" "));
    }
}

/// A file that stays as it is keeps its time, so that nothing is compiled again because of it.
fn write_changed(path: &Path, text: &str) -> Result<(), BuildError> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    made.map_err(|error| BuildError::Output(format!("cannot write {}: {error}", path.display())))
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(text) => write!(formatter, "the document has faults\n\n{text}"),
            Self::Usage(text) | Self::Output(text) => formatter.write_str(text),
        }
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    const PETS: &str = "openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets: { get: { operationId: listPets, responses: { '204': { description: None. } } } }
";

    /// Generates into a folder that goes away; gives the names of the files at its top, or the error.
    fn generate(name: &str, document: &str) -> Result<Vec<String>, String> {
        let folder = std::env::temp_dir().join(format!("typewright-builder-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("openapi.yaml"), document).unwrap();
        let made = Builder::new().name("pets").document(folder.join("openapi.yaml")).generate_to(folder.join("out"));
        let files = fs::read_dir(folder.join("out")).into_iter().flatten().flatten();
        let mut files: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        files.sort();
        fs::remove_dir_all(&folder).unwrap();
        made.map(|()| files).map_err(|error| error.to_string())
    }

    #[test]
    fn a_module_tree_is_written_without_a_package_around_it() {
        let files = generate("tree", PETS).unwrap();
        assert!(files.contains(&"mod.rs".to_owned()), "{files:?}");
        for name in ["lib.rs", "Cargo.toml", "README.md", "api.txt", "src"] {
            assert!(!files.contains(&name.to_owned()), "{files:?}");
        }
    }

    /// Every file below a folder, by name.
    fn written(folder: &Path) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(at) = open.pop() {
            for entry in fs::read_dir(&at).unwrap().flatten() {
                match entry.file_type().unwrap().is_dir() {
                    true => open.push(entry.path()),
                    false => {
                        let name = entry.path().strip_prefix(folder).unwrap().to_owned();
                        found.push((name, fs::read_to_string(entry.path()).unwrap()));
                    }
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn a_document_in_memory_makes_the_same_client_as_its_file() {
        let text = r#"{
            "openapi": "3.0.3", "info": { "title": "Pets", "version": "1" },
            "paths": { "/pets": { "post": {
                "operationId": "addPet",
                "requestBody": { "content": { "multipart/form-data": {
                    "schema": { "type": "object", "properties": { "tags": { "type": "array", "items": { "type": "string" } } } },
                    "encoding": { "tags": { "explode": true } }
                } } },
                "responses": { "204": { "description": "Added." } }
            } } }
        }"#;
        let folder = std::env::temp_dir().join(format!("typewright-builder-memory-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("openapi.json"), text).unwrap();
        let document: openapiv3::OpenAPI = serde_json::from_str(text).unwrap();
        let builder = || Builder::new().name("pets");
        let made = builder().document(folder.join("openapi.json")).generate_to(folder.join("file"));
        let from_memory = builder().strict().openapiv3(&document).generate_to(folder.join("memory"));
        let (files, others) = (written(&folder.join("file")), written(&folder.join("memory")));
        fs::remove_dir_all(&folder).unwrap();
        made.unwrap();
        from_memory.unwrap();
        assert_eq!(files, others);
        assert!(files.iter().any(|(_, text)| text.contains("tags")), "{files:?}");
    }

    #[test]
    fn faults_of_a_document_in_memory_show_its_text() {
        let document = openapiv3::OpenAPI { openapi: "9.9.9".to_owned(), ..openapiv3::OpenAPI::default() };
        let error = Builder::new().openapiv3(&document).generate_to("unused").unwrap_err().to_string();
        assert!(error.contains("openapi.json:"), "{error}");
    }

    #[test]
    fn a_faulty_document_is_an_error_that_shows_the_place() {
        let error = generate("fault", "openapi: 9.9.9\n").unwrap_err();
        assert!(error.starts_with("the document has faults\n\nerror[TW"), "{error}");
        assert!(error.contains("openapi.yaml:1:10"), "{error}");
    }
}
