//! What each command does, one file per command, and which of them a command line starts.

mod bundle;
mod codes;
mod explain;
mod generate;
mod lint;
pub mod repository;

use std::ffi::OsString;

use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::exit::Exit;
use crate::host::Host;

/// Runs a command line, the program's name first.
pub fn run<I, T>(arguments: I, host: &mut Host<'_>) -> Exit
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    match Cli::try_parse_from(arguments) {
        Ok(cli) => match cli.command {
            Command::Generate(arguments) => generate::run(&arguments, host),
            Command::Lint(arguments) => lint::run(&arguments, host),
            Command::Explain(arguments) => explain::run(&arguments, host),
            Command::Bundle(arguments) => bundle::run(&arguments, host),
            Command::Codes(arguments) => codes::run(&arguments, host),
        },
        Err(error) => refuse(&error, host),
    }
}

/// Prints clap's message. Help and version are results; everything else is a usage error.
pub fn refuse(error: &clap::Error, host: &mut Host<'_>) -> Exit {
    let text = error.render().to_string();
    if error.use_stderr() {
        let _ = write!(host.err, "{text}");
        return Exit::Usage;
    }
    let _ = write!(host.out, "{text}");
    Exit::Fine
}
