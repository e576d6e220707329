//! What the generator gives back: files with their content, and what it was told to make.

use std::collections::BTreeMap;

use crate::diagnostic::Profile;
use crate::selection::Selection;
use crate::source::Place;

/// Changes whenever the same documents give other files; `typewright.lock` carries its hash. Before 1.0 every release
/// may change the output, so it is the release.
pub const OUTPUT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Which crate to make of a document.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Package name, for example `pet-shelter`.
    pub crate_name: String,
    /// Package version.
    pub version: String,
    /// SPDX expression.
    pub license: Option<String>,
    /// Files that go with it into the package as they are: name, for example `LICENSE-MIT`, to text.
    pub license_files: BTreeMap<String, String>,
    /// Keywords of the package.
    pub keywords: Vec<String>,
    /// Categories of the package.
    pub categories: Vec<String>,
    /// One line; default: made of the document's title.
    pub description: Option<String>,
    /// Repository of the package.
    pub repository: Option<String>,
    /// Where the generated manifest finds the runtime.
    pub runtime: RuntimeSource,
    /// How recoverable faults are treated.
    pub profile: Profile,
    /// Which operations; types that none of them needs are left out then.
    pub selection: Selection,
    /// Component key to the path of the user's own type.
    pub type_replacements: BTreeMap<String, String>,
    /// Component key, or `*`, to derives beyond `Clone, Debug, PartialEq`.
    pub extra_derives: BTreeMap<String, Vec<String>>,
    /// Manifest lines for dependencies that replacements and derives need: crate to requirement (a TOML value).
    pub extra_dependencies: BTreeMap<String, String>,
    /// A member of a workspace (inherits nothing) or a package that stands alone (gets an empty `[workspace]`).
    pub standalone: bool,
}

/// Where the generated manifest finds `typewright-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// From the registry.
    Version(String),
    /// Version and path, with `/`, relative to the crate or absolute.
    Path {
        /// What a published crate asks for.
        version: String,
        /// Where it is now.
        path: String,
    },
}

impl Default for RuntimeSource {
    fn default() -> Self {
        Self::Version(env!("CARGO_PKG_VERSION").to_owned())
    }
}

/// The files of a crate, by path relative to its folder, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    /// Path to content.
    pub files: BTreeMap<String, String>,
    /// Operations in the crate.
    pub operations: usize,
    /// Public types in the crate.
    pub types: usize,
    /// Operations left out because of a recoverable fault.
    pub left_out: usize,
    /// Every place that is raw JSON, by where it stands in the document.
    pub untyped: Vec<Untyped>,
}

/// A place of a crate that is raw JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Untyped {
    /// Where it stands in the document.
    pub place: Place,
    /// What it is.
    pub site: Site,
    /// As the crate calls it, for example `Pet.name`, or `pets.list` for what belongs to an operation.
    pub item: String,
    /// The keyword that says what no type can; `None`: the document allows any value there.
    pub keyword: Option<&'static str>,
}

/// What a place of a crate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// A field of a model.
    Field,
    /// Fields of a model that have no name of their own.
    Entries,
    /// A variant of a union.
    Variant,
    /// A parameter of an operation.
    Parameter,
    /// A request body.
    Body,
    /// A response.
    Response,
    /// A header of a response.
    Header,
}

impl Site {
    /// As messages call it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Entries => "entries",
            Self::Variant => "variant",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Response => "response",
            Self::Header => "header",
        }
    }
}
