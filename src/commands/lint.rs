//! `typewright lint`: the faults of documents, and on request the facts that they could declare, or what is left without a
//! type.

use typewright_codegen::output::{FileSet, Target};
use typewright_codegen::suggest::{Suggestions, suggest};

use crate::cli::Lint;
use crate::document::{Document, Set};
use crate::exit::Exit;
use crate::host::Host;
use crate::make::{Crate, Made, make};
use crate::report::{Report, count};
use crate::yaml;

/// Runs the command.
pub(super) fn run(arguments: &Lint, host: &mut Host<'_>) -> Exit {
    let one = [Crate {
        name: arguments.input.document.to_string_lossy().into_owned(),
        document: Document::new(&arguments.input, host),
        out: host.folder.clone(),
        target: Target {
            crate_name: "document".to_owned(),
            version: "0.1.0".to_owned(),
            profile: arguments.judgement.profile(),
            selection: arguments.operations.selection(),
            ..Target::default()
        },
        command: String::new(),
    }];
    let mut report = Report::new(arguments.judgement.message_format);
    match (arguments.suggest, arguments.untyped) {
        (true, _) => suggestions(&one, &mut report, host),
        (false, true) => untyped(&one, &mut report, host),
        (false, false) => faults(&one, &mut report, host),
    }
}

/// Reports the faults of all documents.
pub(super) fn faults(crates: &[Crate], report: &mut Report, host: &mut Host<'_>) -> Exit {
    lint(crates, report, host, |made, report, host| {
        report.summary(&made.of.name, &made.result, &[], made.spent, host);
    })
}

/// Reports them, and lists every place that is raw JSON.
pub(super) fn untyped(crates: &[Crate], report: &mut Report, host: &mut Host<'_>) -> Exit {
    lint(crates, report, host, |made, report, host| {
        report.untyped(&made.of.name, &made.set.sources, &made.result.untyped, host);
    })
}

fn lint(
    crates: &[Crate],
    report: &mut Report,
    host: &mut Host<'_>,
    tell: fn(&Made<'_, FileSet>, &Report, &mut Host<'_>),
) -> Exit {
    let Some(made) = make(crates, |_, _, files| (Some(files), Vec::new()), report, host) else {
        report.refused(host);
        return Exit::Faults;
    };
    made.iter().for_each(|made| tell(made, report, host));
    Exit::Fine
}

/// Reports them, and prints overlays of the facts that the documents without errors could declare.
pub(super) fn suggestions(crates: &[Crate], report: &mut Report, host: &mut Host<'_>) -> Exit {
    let mut printed = false;
    for one in crates {
        let set = Set::read(&one.document, host);
        let (offered, diagnostics) = suggest(&set.sources, &one.target);
        report.diagnostics(&set.sources, &diagnostics, host);
        let Some(offered) = offered else { continue };
        if offered.groups.is_empty() {
            host.warn(&format!("{}: nothing to suggest", one.name));
            continue;
        }
        // Overlays of several documents are a stream of YAML documents.
        if printed {
            host.say("---");
        }
        printed = true;
        host.say(overlay(&offered).trim_end());
        host.warn(&format!("{}: suggestions for {}", one.name, count(offered.operations(), "operation")));
    }
    if report.errors() > 0 {
        report.refused(host);
        return Exit::Faults;
    }
    Exit::Fine
}

/// An overlay that is ready to be applied, with its reasons as comments: one action per operation, so that each can be
/// taken out by itself.
fn overlay(offered: &Suggestions) -> String {
    let mut text = format!("{}actions:\n", yaml::write(&offered.head()));
    for group in &offered.groups {
        for reason in &group.reasons {
            text.push_str(&format!("# {reason}\n"));
        }
        text.push_str(&yaml::write(&group.actions()));
    }
    text
}
