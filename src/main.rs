//! The `typewright` program: hands its process to the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use typewright::host::{Host, Terminal};

fn main() -> ExitCode {
    let folder = std::env::current_dir().unwrap_or_default();
    let (mut input, mut out, mut err) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let terminal = Terminal::detect();
    let mut host = Host { folder, input: &mut input, out: &mut out, err: &mut err, terminal };
    typewright::run(std::env::args_os(), &mut host).into()
}
