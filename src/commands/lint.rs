//! `typewright lint`: the faults of one document, and on request the facts that it could declare, or what is left
//! without a type.

use typewright_codegen::output::Target;
use typewright_codegen::selection::Selection;

use crate::cli::{self, Lint};
use crate::document::Document;
use crate::exit::Exit;
use crate::host::Host;
use crate::make::{self, Job, Mode};
use crate::report::Report;

/// Runs the command.
pub(crate) fn run(arguments: &Lint, host: &mut Host<'_>) -> Exit {
    let job = Job {
        name: arguments.document.to_string_lossy().into_owned(),
        document: Document::new(&arguments.document, &arguments.overlay, &arguments.root, host),
        out: host.folder.clone(),
        target: Target {
            crate_name: "document".to_owned(),
            version: "0.1.0".to_owned(),
            profile: cli::profile(arguments.strict),
            selection: Selection { include: arguments.include.clone(), exclude: arguments.exclude.clone() },
            ..Target::default()
        },
        command: String::new(),
    };
    let mode = match (arguments.suggest, arguments.untyped) {
        (true, _) => Mode::Suggest,
        (false, true) => Mode::Untyped,
        (false, false) => Mode::Lint,
    };
    make::run(&[job], mode, &mut Report::new(arguments.message_format), host)
}
