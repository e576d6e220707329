//! `typewright bundle`: one document that has all files and overlays of a document in it.

use std::fs;
use std::path::{Path, PathBuf};

use typewright_codegen::diagnostic::{Collector, Profile};
use typewright_codegen::output::Target;
use typewright_codegen::{Bundle, bundle};

use crate::cli;
use crate::codes;
use crate::document::{Document, Root, Set};
use crate::exit::Exit;
use crate::host::Host;
use crate::report::{MessageFormat, Report, count};
use crate::workspace;

/// Runs the command.
pub(super) fn run(arguments: &cli::Bundle, host: &mut Host<'_>) -> Exit {
    let document = Document::new(&arguments.input, host);
    let out = arguments.out.as_ref().map(|out| workspace::normal(&host.path(out)));
    let set = Set::read(&document, host);
    if let Some(name) = out.as_ref().and_then(|out| set.name_of(out)) {
        host.warn(&format!("error: --out {name}: this file is a part of the document; name another one"));
        return Exit::Usage;
    }
    let target = Target {
        profile: cli::profile(arguments.strict),
        selection: arguments.operations.selection(),
        ..Target::default()
    };
    let mut report = Report::new(MessageFormat::Human);
    let (made, diagnostics) = bundle(&set.sources, &target);
    report.diagnostics(&set.sources, &diagnostics, host);
    let Some(made) = made else {
        report.refused_to_write(host);
        return Exit::Faults;
    };
    match out {
        Some(out) => put(&out, &made, &mut report, host),
        None => {
            let is_json = matches!(&document.root, Root::File(path) if is_json(path));
            host.say(text(&made, is_json).trim_end());
            Exit::Fine
        }
    }
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn text(bundle: &Bundle, as_json: bool) -> String {
    match as_json {
        true => bundle.json(),
        false => bundle.yaml(),
    }
}

fn put(out: &Path, bundle: &Bundle, report: &mut Report, host: &mut Host<'_>) -> Exit {
    let shown = host.shown(out);
    if let Err(error) = write_whole(out, &text(bundle, is_json(out))) {
        let mut collector = Collector::new(Profile::Strict);
        let fault = collector.report(&codes::OUTPUT_SYSTEM, None);
        fault.message(format!("cannot write `{shown}`: {error}")).help("name a file that can be written");
        report.diagnostics(&Default::default(), &collector.finish(), host);
        return Exit::Faults;
    }
    host.say(&format!("{shown}: {} of {}", count(bundle.operations, "operation"), count(bundle.files, "file")));
    Exit::Fine
}

/// Written beside its place and renamed, so that the file is whole or as it was.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staged: PathBuf = folder.join(format!(".{name}.{}", std::process::id()));
    let written = fs::write(&staged, text).and_then(|()| fs::rename(&staged, path));
    if written.is_err() {
        let _ = fs::remove_file(&staged);
    }
    written
}
