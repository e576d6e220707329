//! The words of the command line. What each command does is in `commands/`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use typewright_codegen::diagnostic::Profile;
use typewright_codegen::selection::{Pattern, Selection};

use crate::report::MessageFormat;

/// Turns OpenAPI documents into Rust client crates.
#[derive(Debug, Parser)]
#[command(name = "typewright", version, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  typewright generate openapi.yaml --out my-client
  typewright lint openapi.yaml --strict
  typewright lint openapi.yaml --suggest > overlay.yaml
  typewright lint openapi.yaml --untyped
  typewright explain openapi.yaml '#/components/schemas/Pet'
  typewright bundle openapi.yaml --out bundled.yaml

Exit codes: 0 fine, 1 faults in the document or stale output, 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the client crate of a document
    Generate(Generate),
    /// Report the faults of a document, and write nothing
    Lint(Lint),
    /// Show what each stage of the generator made of one item of a document
    Explain(Explain),
    /// Write one document that has all files and overlays of a document in it
    Bundle(Bundle),
    /// List the codes of diagnostics
    Codes(Codes),
}

/// The document that a command is about.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input
    pub(crate) document: PathBuf,
    /// Overlay that changes the document first; may be given several times, each applies after those before it
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Folder that references of the document may lead into, beside its own; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Vec<PathBuf>,
}

/// Which of its operations.
#[derive(Debug, Args)]
pub(crate) struct Operations {
    /// Only operations that match: `tag:NAME`, `operation:ID`, `/path/*`, `GET /path/**`; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) include: Vec<Pattern>,
    /// Leave out operations that match, also those that are included
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<Pattern>,
}

impl Operations {
    /// As the generator takes it.
    pub(crate) fn selection(&self) -> Selection {
        Selection { include: self.include.clone(), exclude: self.exclude.clone() }
    }
}

/// How its faults are judged, and told.
#[derive(Debug, Args)]
pub(crate) struct Judgement {
    /// Treat recoverable faults as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// How messages are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: MessageFormat,
}

impl Judgement {
    /// The profile that `--strict` chooses.
    pub(crate) fn profile(&self) -> Profile {
        profile(self.strict)
    }
}

/// The profile that `--strict` chooses.
pub(crate) fn profile(strict: bool) -> Profile {
    if strict { Profile::Strict } else { Profile::Lenient }
}

/// What `generate` takes.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) operations: Operations,
    /// Folder of the crate; made if it does not exist
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Name of the package [default: the name of the folder]
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    pub(crate) name: Option<String>,
    /// Where the crate finds typewright-runtime: a folder or a version [default: the checkout that typewright runs
    /// from, else typewright's own version]
    #[arg(long, value_name = "PATH|VERSION")]
    pub(crate) runtime: Option<String>,
    /// Write nothing; exit with 1 and show the difference if the folder is not up to date
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) judgement: Judgement,
}

/// What `lint` takes.
#[derive(Debug, Args)]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) operations: Operations,
    /// Print an overlay of the facts that the document makes likely and does not declare: how operations page
    #[arg(long, conflicts_with = "message_format")]
    pub(crate) suggest: bool,
    /// List every place that is raw JSON, and why
    #[arg(long, conflicts_with = "suggest")]
    pub(crate) untyped: bool,
    #[command(flatten)]
    pub(crate) judgement: Judgement,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) input: Input,
    /// JSON pointer of the item, for example `#/components/schemas/Pet` or `#/paths/~1pets/get`
    pub(crate) pointer: String,
}

/// What `bundle` takes.
#[derive(Debug, Args)]
pub(crate) struct Bundle {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) operations: Operations,
    /// File of the bundle, YAML unless its name ends in `.json` [default: standard output, as JSON if the document's name
    /// ends in `.json`]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Treat recoverable faults as errors
    #[arg(long)]
    pub(crate) strict: bool,
}

/// What `codes` takes.
#[derive(Debug, Args)]
pub(crate) struct Codes {
    /// Only this code, for example `TW0101`
    pub(crate) code: Option<String>,
}

/// Names that Cargo refuses or that a crate could not be used by: keywords, the standard library's crates, the runtime.
const TAKEN: &str = "as async await abstract become box break const continue crate do dyn else enum extern false final fn \
                     for gen if impl in let loop macro match mod move mut override priv pub ref return self static \
                     struct super trait true try type typeof unsafe unsized use virtual where while yield \
                     alloc core proc-macro proc_macro std test typewright-runtime";

/// Package names as Cargo takes them.
pub(crate) fn parse_name(text: &str) -> Result<String, String> {
    if TAKEN.split(' ').any(|word| word == text) {
        return Err("this name means something else in Rust".to_owned());
    }
    let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic());
    if starts_well && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return Ok(text.to_owned());
    }
    Err("a package name starts with a letter and has letters, digits, `-` and `_` only".to_owned())
}
