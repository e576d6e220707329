//! `typewright explain`: what each stage of the generator made of one item of a document.

use crate::cli::Explain;
use crate::exit::Exit;
use crate::host::Host;

/// Runs the command.
pub(crate) fn run(arguments: &Explain, host: &mut Host<'_>) -> Exit {
    let _ = (arguments, host);
    Exit::Faults
}
