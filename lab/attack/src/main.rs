//! The command line of the harness: `cargo xtask attack`.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use typewright_attack::{KINDS, Plan, table};

/// Attacks a generated client with faults, cancellation and hostile values
#[derive(Debug, Parser)]
#[command(name = "cargo xtask attack", bin_name = "cargo xtask attack")]
struct Cli {
    /// Calls against the fault server; the other kinds scale with it
    #[arg(long, default_value_t = 100_000)]
    calls: usize,
    /// Seed of every choice
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Only this kind
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    only: Option<String>,
}

fn kinds() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(
        KINDS.iter().map(|kind| clap::builder::PossibleValue::new(kind.name).help(kind.about)),
    )
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let plan = Plan { calls: cli.calls, seed: cli.seed };
    let mut rows = Vec::new();
    for kind in KINDS.iter().filter(|kind| cli.only.as_deref().is_none_or(|only| only == kind.name)) {
        eprintln!("{}: {}", kind.name, kind.about);
        rows.extend((kind.run)(plan));
    }
    print!("{}", table(&rows));
    match rows.iter().all(|row| row.violations.is_empty()) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
