//! `typewright codes`: the table of diagnostics.

use typewright_codegen::diagnostic::{Class, Code};

use crate::cli::Codes;
use crate::codes;
use crate::exit::Exit;
use crate::host::Host;

/// Runs the command.
pub(crate) fn run(arguments: &Codes, host: &mut Host<'_>) -> Exit {
    let all = typewright_codegen::diagnostic::codes::ALL.iter().chain(codes::ALL).copied();
    let wanted: Vec<&Code> = match &arguments.code {
        Some(id) => all.filter(|code| code.id.eq_ignore_ascii_case(id)).collect(),
        None => all.collect(),
    };
    if wanted.is_empty() {
        host.warn("error: there is no such code; `typewright codes` lists them");
        return Exit::Usage;
    }
    for code in wanted {
        host.say(&format!("{}  {:<11}  {}", code.id, class(code.class), code.title));
    }
    Exit::Fine
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Fatal => "fatal",
        Class::Recoverable => "recoverable",
        Class::Warning => "warning",
    }
}
