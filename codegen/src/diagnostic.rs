//! Faults: their stable codes, the collector that every stage reports to, and how they print.

use crate::source::Place;

/// What happens to a document with this fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An error in both profiles.
    Fatal,
    /// An error in the strict profile; in the lenient one a warning that names the recovery.
    Recoverable,
    /// A warning in both.
    Warning,
}

/// Which faults stop the generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Every fault is an error: the documents of `typewright.toml`.
    Strict,
    /// Recoverable faults are warnings: documents that nobody here may edit.
    #[default]
    Lenient,
}

/// Error or warning, after the profile was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Something is written, and this tells what was done about it.
    Warning,
}

/// One row of the table of codes.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, for example `TW0101`.
    pub id: &'static str,
    /// What it does to the document.
    pub class: Class,
    /// One line, for the list of codes.
    pub title: &'static str,
}

/// One fault.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its row in the table.
    pub code: &'static Code,
    /// After the profile.
    pub severity: Severity,
    /// Where; `None` only for a file that could not be read at all.
    pub place: Option<Place>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Stands beside the underline: what was expected and found.
    pub label: String,
    /// What to do.
    pub help: String,
    /// For a recoverable fault in the lenient profile: what was done instead.
    pub recovery: String,
    /// Other places that explain this one, each with its label.
    pub related: Vec<(Place, String)>,
}
