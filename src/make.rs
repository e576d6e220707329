//! Making crates: documents in, folders compared, written or reported out.
//!
//! All documents are read and judged before the first file is written, so that one run tells all faults, and so that a
//! run with a fault changes nothing at all.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use typewright_codegen::diagnostic::{Code, Collector, Diagnostic, Profile};
use typewright_codegen::output::{FileSet, Target};

use crate::codes;
use crate::document::{Document, Set};
use crate::exit::Exit;
use crate::folder::{Folder, Trouble, diff};
use crate::host::Host;
use crate::lock::{LOCK_FILE, Lock};
use crate::progress::Progress;
use crate::report::Report;
use crate::suggest;

/// One crate to be made.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// As messages call it.
    pub(crate) name: String,
    /// What it is made of.
    pub(crate) document: Document,
    /// Its folder, absolute.
    pub(crate) out: PathBuf,
    /// The crate.
    pub(crate) target: Target,
    /// The command that writes the folder, for whoever finds it stale.
    pub(crate) command: String,
}

/// What is done with the crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Bring the folders up to date.
    Write,
    /// Only tell whether they are.
    Check,
    /// Only report the faults of the documents.
    Lint,
    /// Report them, and print overlays of the facts that the documents could declare.
    Suggest,
    /// Report them, and list every place that is raw JSON.
    Untyped,
}

/// A crate that was made, in memory.
struct Made<'j> {
    job: &'j Job,
    set: &'j Set,
    files: FileSet,
    /// `None` where nobody asked for files.
    folder: Option<Folder>,
    spent: Duration,
}

/// Makes the crates and reports what came of them.
pub(crate) fn run(jobs: &[Job], mode: Mode, report: &mut Report, host: &mut Host<'_>) -> Exit {
    if mode == Mode::Suggest {
        return suggest::run(jobs, report, host);
    }
    let sets: Vec<Set> = jobs.iter().map(|job| Set::read(&job.document, host)).collect();
    let progress = Progress::new(host, jobs.len(), sets.iter().map(Set::size).sum());
    let mut made = Vec::new();
    for (index, (job, set)) in jobs.iter().zip(&sets).enumerate() {
        progress.step(host, index, &job.name);
        let started = Instant::now();
        let (files, diagnostics) = make(job, set, mode);
        progress.finish(host);
        report.diagnostics(&set.sources, &diagnostics, host);
        made.extend(files.map(|(files, folder)| Made { job, set, files, folder, spent: started.elapsed() }));
    }
    if report.errors() > 0 || made.len() < jobs.len() {
        report.refused(mode, host);
        return Exit::Faults;
    }
    match mode {
        Mode::Write => write(&made, report, host),
        Mode::Check => check(&made, report, host),
        Mode::Lint | Mode::Suggest => lint(&made, report, host),
        Mode::Untyped => untyped(&made, report, host),
    }
}

/// The files and, but for linting, the compared folder; nothing if there is an error among the diagnostics.
fn make(job: &Job, set: &Set, mode: Mode) -> (Option<(FileSet, Option<Folder>)>, Vec<Diagnostic>) {
    let (files, mut diagnostics) = typewright_codegen::generate(&set.sources, &job.target);
    let Some(mut files) = files else { return (None, diagnostics) };
    if matches!(mode, Mode::Lint | Mode::Untyped) {
        return (Some((files, None)), diagnostics);
    }
    let lock = Lock { documents: &set.named_texts(), files: &files.files }.text();
    files.files.insert(LOCK_FILE.to_owned(), lock);
    match Folder::compare(&job.out, &files.files) {
        Ok(folder) => {
            diagnostics.extend(foreign(&folder));
            (Some((files, Some(folder))), diagnostics)
        }
        Err(trouble) => {
            diagnostics.extend(describe(&trouble));
            (None, diagnostics)
        }
    }
}

fn write(made: &[Made<'_>], report: &mut Report, host: &mut Host<'_>) -> Exit {
    let mut exit = Exit::Fine;
    for (made, folder) in compared(made) {
        let started = Instant::now();
        let shown = host.shown(&made.job.out);
        let busy = format!("waiting for another run of typewright, which writes beside {shown}");
        match folder.write(&mut || host.warn(&busy)) {
            Ok(()) => {
                let files =
                    [("written", folder.written()), ("unchanged", folder.unchanged), ("removed", folder.removed())];
                report.summary(&made.job.name, &made.files, &files, made.spent + started.elapsed(), host);
            }
            Err(trouble) => {
                report.diagnostics(&Default::default(), &describe(&trouble), host);
                exit = Exit::Faults;
            }
        }
    }
    exit
}

fn check(made: &[Made<'_>], report: &mut Report, host: &mut Host<'_>) -> Exit {
    for (made, folder) in compared(made) {
        let files = [("to write", folder.written()), ("unchanged", folder.unchanged), ("to remove", folder.removed())];
        report.summary(&made.job.name, &made.files, &files, made.spent, host);
    }
    let mut exit = Exit::Fine;
    for (made, folder) in compared(made).filter(|(_, folder)| !folder.is_current()) {
        let shown = host.shown(&made.job.out);
        report.stale(&shown, &diff::unified(folder, &shown), &made.job.command, host);
        exit = Exit::Faults;
    }
    exit
}

fn compared<'m, 'j>(made: &'m [Made<'j>]) -> impl Iterator<Item = (&'m Made<'j>, &'m Folder)> {
    made.iter().filter_map(|made| Some((made, made.folder.as_ref()?)))
}

fn lint(made: &[Made<'_>], report: &mut Report, host: &mut Host<'_>) -> Exit {
    for made in made {
        report.summary(&made.job.name, &made.files, &[], made.spent, host);
    }
    Exit::Fine
}

fn untyped(made: &[Made<'_>], report: &mut Report, host: &mut Host<'_>) -> Exit {
    for made in made {
        report.untyped(&made.job.name, &made.set.sources, &made.files.untyped, host);
    }
    Exit::Fine
}

/// Files of others that Cargo makes targets of the crate. They may be wanted, so nothing stops for them.
fn foreign(folder: &Folder) -> Vec<Diagnostic> {
    let mut collector = Collector::new(Profile::Lenient);
    for (name, target) in &folder.foreign {
        let message = format!("typewright did not write `{name}`, and Cargo makes it {target} of the crate");
        let help = "move it into a package of its own that depends on the crate";
        collector.report(&codes::OUTPUT_TARGET, None).message(message).help(help);
    }
    collector.finish()
}

/// A folder's trouble as a diagnostic. It has no place in a document.
fn describe(trouble: &Trouble) -> Vec<Diagnostic> {
    let (code, message, help): (&'static Code, String, &str) = match trouble {
        Trouble::Escape(message) => (&codes::OUTPUT_ESCAPE, message.clone(), "remove the link, or name another folder"),
        Trouble::InTheWay(names) => {
            let message =
                format!("typewright did not write these files and does not replace them: {}", names.join(", "));
            (&codes::OUTPUT_IN_THE_WAY, message, "name another folder, or remove the files")
        }
        Trouble::System(message) => {
            (&codes::OUTPUT_SYSTEM, message.clone(), "name a folder that can be read and written")
        }
    };
    let mut collector = Collector::new(Profile::Strict);
    collector.report(code, None).message(message).help(help);
    collector.finish()
}
