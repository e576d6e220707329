//! The laboratory's command line; `cargo xtask` starts it.

#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use typewright::Exit;
use typewright::commands::repository;
use typewright::host::{Host, Terminal};
use typewright_lab::corpus::{self, Corpus};

/// The same as the program's, so that what is measured is what people get.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Tries typewright on documents that nobody here wrote
#[derive(Debug, Parser)]
#[command(name = "typewright-lab", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Generate every document of a folder, and tell what became of each
    Corpus(Arguments),
    /// Generate one document for `corpus`
    #[command(name = corpus::ONE, hide = true)]
    One { document: PathBuf, out: PathBuf, name: String },
}

#[derive(Debug, clap::Args)]
struct Arguments {
    /// The folder, with or without an index.csv
    folder: PathBuf,
    /// Only these documents, by id
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Let Cargo check the crates
    #[arg(long)]
    check: bool,
    /// Build the crates, and hold them to instances of the document's schemas
    #[arg(long)]
    behave: bool,
    /// Instead of the documents, this many mutations of them; with --check Cargo checks one in fifty
    #[arg(long, value_name = "N")]
    mutate: Option<usize>,
    /// Seed of the first mutation, or of the instances
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// One JSON object per row
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let (mut input, mut out, mut err) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let terminal = Terminal::detect();
    let mut host = Host { folder: checkout(), input: &mut input, out: &mut out, err: &mut err, terminal };
    let exit = match Cli::try_parse() {
        Ok(cli) => run(cli.chore, &mut host),
        Err(error) => typewright::refuse(&error, &mut host),
    };
    exit.into()
}

/// The checkout that the run is about.
fn checkout() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let current = std::env::current_dir().ok();
    repository::checkout(manifest.as_deref(), current.as_deref(), Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn run(chore: Chore, host: &mut Host<'_>) -> Exit {
    match chore {
        Chore::Corpus(Arguments { folder, only, check, behave, mutate, seed, json }) => match std::env::current_exe() {
            Ok(program) => corpus::run(&Corpus { folder, only, check, behave, mutate, seed, json }, &program, host),
            Err(_) => Exit::Faults,
        },
        Chore::One { document, out, name } => corpus::run_one(&document, &out, &name, host),
    }
}
