//! Printing what documents could declare: an overlay each, on standard output. Which facts those are is decided by codegen.

use crate::document::Set;
use crate::exit::Exit;
use crate::host::Host;
use crate::make::{Job, Mode};
use crate::report::{Report, count};

/// Reports the faults of all documents, then prints the overlays of those that have no errors.
pub(crate) fn run(jobs: &[Job], report: &mut Report, host: &mut Host<'_>) -> Exit {
    let mut printed = false;
    for job in jobs {
        let set = Set::read(&job.document, host);
        let (offered, diagnostics) = typewright_codegen::suggest::suggest(&set.sources, &job.target);
        report.diagnostics(&set.sources, &diagnostics, host);
        let Some(offered) = offered else { continue };
        if offered.overlay.is_empty() {
            host.warn(&format!("{}: nothing to suggest", job.name));
            continue;
        }
        // Overlays of several documents are a stream of YAML documents.
        if printed {
            host.say("---");
        }
        printed = true;
        host.say(offered.overlay.trim_end());
        host.warn(&format!("{}: suggestions for {}", job.name, count(offered.operations, "operation")));
    }
    if report.errors() > 0 {
        report.refused(Mode::Suggest, host);
        return Exit::Faults;
    }
    Exit::Fine
}
