//! The `typewright` program: hands its process to the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use typewright::host::{Host, Terminal};

/// A generator makes and drops tokens and names by the million, and the system's allocator took a third of its time; see
/// `docs/decisions/allocator.md`. Build scripts, which use `typewright-codegen`, need no C compiler for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let folder = std::env::current_dir().unwrap_or_default();
    let (mut input, mut out, mut err) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let terminal = Terminal::detect();
    let mut host = Host { folder, input: &mut input, out: &mut out, err: &mut err, terminal };
    typewright::run(std::env::args_os(), &mut host).into()
}
