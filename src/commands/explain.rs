//! `typewright explain`: what each stage of the generator made of one item of a document.

use typewright_codegen::explain::{ExplainError, explain};
use typewright_codegen::output::Target;

use crate::cli::Explain;
use crate::document::{Document, Set};
use crate::exit::Exit;
use crate::host::Host;
use crate::report::{MessageFormat, Report};

/// Runs the command.
pub(crate) fn run(arguments: &Explain, host: &mut Host<'_>) -> Exit {
    let document = Document::new(&arguments.input, host);
    let set = Set::read(&document, host);
    match explain(&set.sources, &Target::default(), &arguments.pointer) {
        Ok(text) => {
            host.say(text.trim_end());
            Exit::Fine
        }
        Err(ExplainError::Pointer(message)) => {
            host.warn(&format!("error: {message}"));
            Exit::Usage
        }
        Err(ExplainError::Document(faults)) => {
            let mut report = Report::new(MessageFormat::Human);
            report.diagnostics(&set.sources, &faults, host);
            report.refused(host);
            Exit::Faults
        }
    }
}
