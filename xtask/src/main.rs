//! Repository chores. Thin: it reads its command line and calls the library of the root package.

#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};
use typewright::Exit;
use typewright::commands::repository;
use typewright::host::{Host, Terminal};

/// The same as the program's, so that what a chore measures is what people get.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Repository chores of typewright
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Generate the crates of typewright.toml
    Generate {
        /// Only these crates
        #[arg(value_name = "CRATE")]
        crates: Vec<String>,
        /// Write nothing; exit with 1 and show the difference if a crate is not up to date
        #[arg(long)]
        check: bool,
    },
    /// Report the faults of the documents, and write nothing
    Lint {
        /// Only the documents of these crates
        #[arg(value_name = "CRATE")]
        crates: Vec<String>,
        /// Print overlays of the facts that the documents make likely and do not declare
        #[arg(long)]
        suggest: bool,
        /// List every place that is raw JSON, and why
        #[arg(long, conflicts_with = "suggest")]
        untyped: bool,
    },
    /// Generate every document of a folder, and tell what became of each
    #[command(disable_help_flag = true)]
    Corpus {
        /// Handed to the corpus runner of lab/; `--help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Attack a generated client with faults, cancellation and hostile values
    #[command(disable_help_flag = true)]
    Attack {
        /// Handed to the attack; --help lists its options
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run the benchmarks under benches/
    Bench {
        /// Handed to the benchmarks, for example the name of one of them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let current = std::env::current_dir().ok();
    let built = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = repository::checkout(manifest.as_deref(), current.as_deref(), built);
    let (mut input, mut out, mut err) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let terminal = Terminal::detect();
    let mut host = Host { folder: root.clone(), input: &mut input, out: &mut out, err: &mut err, terminal };
    let exit = match Cli::try_parse() {
        Ok(cli) => run(cli.chore, &root, &mut host),
        Err(error) => typewright::refuse(&error, &mut host),
    };
    exit.into()
}

fn run(chore: Chore, root: &Path, host: &mut Host<'_>) -> Exit {
    match chore {
        Chore::Generate { crates, check: false } => repository::generate(&crates, host),
        Chore::Generate { crates, check: true } => repository::check(&crates, host),
        Chore::Lint { crates, suggest: true, .. } => repository::suggest(&crates, host),
        Chore::Lint { crates, untyped: true, .. } => repository::untyped(&crates, host),
        Chore::Lint { crates, .. } => repository::lint(&crates, host),
        Chore::Corpus { arguments } => laboratory(root, "corpus", &arguments),
        Chore::Attack { arguments } => attack(root, &arguments),
        Chore::Bench { arguments } => bench(root, &arguments),
    }
}

/// Benchmarks are a program of their own, so that their dependencies are built only when somebody measures.
fn bench(root: &Path, arguments: &[String]) -> Exit {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--manifest-path"]).arg(root.join("benches/Cargo.toml"));
    started(command.arg("--").args(arguments))
}

/// So is the laboratory, so that a first `cargo xtask generate` does not build it.
fn laboratory(root: &Path, chore: &str, arguments: &[String]) -> Exit {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--manifest-path"]).arg(root.join("lab/Cargo.toml"));
    started(command.args(["--", chore]).args(arguments))
}

fn attack(root: &Path, arguments: &[String]) -> Exit {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--manifest-path"]).arg(root.join("lab/attack/Cargo.toml"));
    started(command.arg("--").args(arguments))
}

/// How a program ended that has its own way to tell faults from wrong usage.
fn started(command: &mut Command) -> Exit {
    match command.status().map(|status| status.code()) {
        Ok(Some(0)) => Exit::Fine,
        Ok(Some(2)) => Exit::Usage,
        _ => Exit::Faults,
    }
}
