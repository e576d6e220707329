//! Making crates in memory: documents in, files and the faults of all documents out.
//!
//! All documents are read and checked before the first crate is written, so that one run reports all faults and a run with a
//! fault changes nothing. Each command decides what to do with the crates.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use typewright_codegen::diagnostic::Diagnostic;
use typewright_codegen::output::{FileSet, Target};

use crate::document::{Document, Set};
use crate::host::Host;
use crate::progress::Progress;
use crate::report::Report;

/// One crate to be made.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    /// As messages call it.
    pub(crate) name: String,
    /// What it is made of.
    pub(crate) document: Document,
    /// Its folder, absolute.
    pub(crate) out: PathBuf,
    /// The generator's options.
    pub(crate) target: Target,
    /// The command that writes the folder, for whoever finds it stale.
    pub(crate) command: String,
}

/// A crate that was made.
pub(crate) struct Made<'c, T> {
    pub(crate) of: &'c Crate,
    pub(crate) set: Set,
    pub(crate) result: T,
    pub(crate) spent: Duration,
}

/// The result of a command for one crate and its diagnostics; without a result, one of them is an error.
pub(crate) type Finish<T> = fn(&Crate, &Set, FileSet) -> (Option<T>, Vec<Diagnostic>);

/// Makes the crates, and reports the faults of all their documents. There is no result if one of them has an error.
pub(crate) fn make<'c, T>(
    crates: &'c [Crate],
    finish: Finish<T>,
    report: &mut Report,
    host: &mut Host<'_>,
) -> Option<Vec<Made<'c, T>>> {
    let sets: Vec<Set> = crates.iter().map(|one| Set::read(&one.document, host)).collect();
    let progress = Progress::new(host, crates.len(), sets.iter().map(Set::size).sum());
    let mut made = Vec::new();
    for (index, (of, set)) in crates.iter().zip(sets).enumerate() {
        progress.step(host, index, &of.name);
        let started = Instant::now();
        let (files, mut diagnostics) = typewright_codegen::generate(&set.sources, &of.target);
        let result = files.and_then(|files| {
            let (result, more) = finish(of, &set, files);
            diagnostics.extend(more);
            result
        });
        progress.finish(host);
        report.diagnostics(&set.sources, &diagnostics, host);
        made.extend(result.map(|result| Made { of, set, result, spent: started.elapsed() }));
    }
    (report.errors() == 0 && made.len() == crates.len()).then_some(made)
}
