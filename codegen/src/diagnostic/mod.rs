//! Faults: their stable codes, the collector that every stage reports to, and how they print.
//!
//! The collector owns the profile: it alone decides what is an error. Stages never look at the profile; they report,
//! name the recovery, and go on.

pub mod codes;
mod excerpt;
mod fold;
mod json;
mod nearest;
mod render;

use std::collections::BTreeMap;

use crate::source::Place;

pub use self::fold::{Folded, fold};
pub use self::json::json_lines;
pub use self::nearest::nearest;
pub use self::render::{Style, render, render_all};

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
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Diagnostics of one code that are kept; the rest are counted. A document with more has one fault in its generator,
/// not a thousand.
const MAX_PER_CODE: usize = 1_000;

/// What every stage reports to.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    profile: Profile,
    diagnostics: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, usize>,
    errors: usize,
    /// Takes the words of a report that is over the cap.
    overflow: Option<Box<Diagnostic>>,
}

impl Collector {
    /// A collector that judges by this profile.
    pub fn new(profile: Profile) -> Self {
        Self { profile, ..Self::default() }
    }

    /// Reports a fault. The message is the code's title until [`Report::message`] says better.
    pub fn report(&mut self, code: &'static Code, place: impl Into<Option<Place>>) -> Report<'_> {
        let severity = match (code.class, self.profile) {
            (Class::Fatal, _) | (Class::Recoverable, Profile::Strict) => Severity::Error,
            (Class::Recoverable, Profile::Lenient) | (Class::Warning, _) => Severity::Warning,
        };
        let diagnostic = Diagnostic {
            code,
            severity,
            place: place.into(),
            message: code.title.to_owned(),
            label: String::new(),
            help: String::new(),
            recovery: String::new(),
            related: Vec::new(),
        };
        self.errors += usize::from(severity == Severity::Error);
        let count = self.counts.entry(code.id).or_default();
        *count += 1;
        let recovered = severity == Severity::Warning && code.class == Class::Recoverable;
        let diagnostic = if *count > MAX_PER_CODE {
            Some(&mut **self.overflow.insert(Box::new(diagnostic)))
        } else {
            self.diagnostics.push(diagnostic);
            self.diagnostics.last_mut()
        };
        Report { diagnostic, recovered }
    }

    /// Whether no more faults of this kind are kept: their words need not be looked for.
    pub fn is_full(&self, code: &Code) -> bool {
        self.counts.get(code.id).is_some_and(|count| *count >= MAX_PER_CODE)
    }

    /// Whether anything that was reported forbids to write the crate.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many faults were reported so far; a stage compares before and after.
    pub fn error_count(&self) -> usize {
        self.errors
    }

    /// Everything that was reported: by file and place, each once; faults without a place come first.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let key = |diagnostic: &Diagnostic| (diagnostic.place, diagnostic.code.id, diagnostic.message.clone());
        self.diagnostics.sort_by_cached_key(key);
        self.diagnostics.dedup();
        let over = self.counts.iter().filter(|(_, count)| **count > MAX_PER_CODE);
        for (id, count) in over {
            // Where several are shown as one, it is the first of them.
            if let Some(first) = self.diagnostics.iter_mut().find(|diagnostic| diagnostic.code.id == *id) {
                let more = count - MAX_PER_CODE;
                first.help.push_str(&format!(" ({more} more faults with the code {id} are not shown)"));
            }
        }
        self.diagnostics
    }
}

/// A fault that was reported, while its words are added.
#[derive(Debug)]
pub struct Report<'c> {
    diagnostic: Option<&'c mut Diagnostic>,
    /// Whether the recovery is taken.
    recovered: bool,
}

impl Report<'_> {
    /// What is wrong, one sentence without a full stop.
    pub fn message(self, text: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.message = text.into())
    }

    /// Stands beside the underline: what was expected and found.
    pub fn label(self, text: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.label = text.into())
    }

    /// What to do.
    pub fn help(self, text: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.help = text.into())
    }

    /// What is done instead, for example `the value is opaque`; kept only where the profile lets it happen.
    pub fn recovery(self, text: impl Into<String>) -> Self {
        if self.recovered {
            return self.change(|diagnostic| diagnostic.recovery = text.into());
        }
        self
    }

    /// Another place that explains this one.
    pub fn related(self, place: Place, label: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.related.push((place, label.into())))
    }

    fn change(mut self, change: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(diagnostic) = &mut self.diagnostic {
            change(diagnostic);
        }
        self
    }
}
