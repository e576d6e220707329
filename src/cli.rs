//! The command line of `typewright`: its words, and which command each of them starts.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use typewright_codegen::diagnostic::Profile;
use typewright_codegen::selection::Pattern;

use crate::commands;
use crate::exit::Exit;
use crate::host::Host;

/// Turns OpenAPI documents into Rust client crates.
#[derive(Debug, Parser)]
#[command(name = "typewright", version, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  typewright generate openapi.yaml --out my-client
  typewright lint openapi.yaml --strict
  typewright lint openapi.yaml --suggest > overlay.yaml
  typewright lint openapi.yaml --untyped
  typewright explain openapi.yaml '#/components/schemas/Pet'

Exit codes: 0 fine, 1 faults in the document or stale output, 2 wrong usage.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the client crate of a document
    Generate(Generate),
    /// Report the faults of a document, and write nothing
    Lint(Lint),
    /// Show what each stage of the generator made of one item of a document
    Explain(Explain),
    /// List the codes of diagnostics
    Codes(Codes),
}

/// How diagnostics and summaries are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Text with excerpts of the document.
    #[default]
    Human,
    /// One JSON object per line, on standard output.
    Json,
}

/// What `generate` takes.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input
    pub(crate) document: PathBuf,
    /// Overlay that changes the document first; may be given several times, each applies after those before it
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Folder that references of the document may lead into, beside its own; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Vec<PathBuf>,
    /// Only operations that match: `tag:NAME`, `operation:ID`, `/path/*`, `GET /path/**`; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) include: Vec<Pattern>,
    /// Leave out operations that match, also those that are included
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<Pattern>,
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
    /// Treat recoverable faults as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write nothing; exit with 1 and show the difference if the folder is not up to date
    #[arg(long)]
    pub(crate) check: bool,
    /// How messages are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: MessageFormat,
}

/// What `lint` takes.
#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input
    pub(crate) document: PathBuf,
    /// Overlay that changes the document first; may be given several times, each applies after those before it
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Folder that references of the document may lead into, beside its own; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Vec<PathBuf>,
    /// Only operations that match: `tag:NAME`, `operation:ID`, `/path/*`, `GET /path/**`; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) include: Vec<Pattern>,
    /// Leave out operations that match, also those that are included
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<Pattern>,
    /// Treat recoverable faults as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print an overlay of the facts that the document makes likely and does not declare: how operations page
    #[arg(long, conflicts_with = "message_format")]
    pub(crate) suggest: bool,
    /// List every place that is raw JSON, and why
    #[arg(long, conflicts_with = "suggest")]
    pub(crate) untyped: bool,
    /// How messages are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: MessageFormat,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input
    pub(crate) document: PathBuf,
    /// JSON pointer of the item, for example `#/components/schemas/Pet` or `#/paths/~1pets/get`
    pub(crate) pointer: String,
    /// Overlay that changes the document first; may be given several times, each applies after those before it
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Folder that references of the document may lead into, beside its own; may be given several times
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Vec<PathBuf>,
}

/// What `codes` takes.
#[derive(Debug, Args)]
pub(crate) struct Codes {
    /// Only this code, for example `TW0101`
    pub(crate) code: Option<String>,
}

/// The profile that `--strict` chooses.
pub(crate) fn profile(strict: bool) -> Profile {
    if strict { Profile::Strict } else { Profile::Lenient }
}

/// Runs a command line, the program's name first.
pub fn run<I, T>(arguments: I, host: &mut Host<'_>) -> Exit
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    match Cli::try_parse_from(arguments) {
        Ok(cli) => match cli.command {
            Command::Generate(arguments) => commands::generate::run(&arguments, host),
            Command::Lint(arguments) => commands::lint::run(&arguments, host),
            Command::Explain(arguments) => commands::explain::run(&arguments, host),
            Command::Codes(arguments) => commands::codes::run(&arguments, host),
        },
        Err(error) => refuse(&error, host),
    }
}

/// Prints what clap has to say: help and version are results, everything else is a fault of usage.
pub fn refuse(error: &clap::Error, host: &mut Host<'_>) -> Exit {
    let text = error.render().to_string();
    if error.use_stderr() {
        let _ = write!(host.err, "{text}");
        return Exit::Usage;
    }
    let _ = write!(host.out, "{text}");
    Exit::Fine
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
