//! What a command sees of the process: its folder, its streams, and what the terminal can do.
//!
//! Commands never touch `std::io::stdout` or the current directory themselves, so tests run them in parallel in one
//! process.

use std::io::{IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};

use typewright_codegen::builder::display_name;
use typewright_codegen::diagnostic::Style;

/// The surroundings of one run.
pub struct Host<'a> {
    /// Relative paths start here, and names in messages are relative to it.
    pub folder: PathBuf,
    /// Standard input, for the document `-`.
    pub input: &'a mut dyn Read,
    /// Results: summaries, differences, listings.
    pub out: &'a mut dyn Write,
    /// Diagnostics and progress.
    pub err: &'a mut dyn Write,
    /// What the stream of diagnostics can show.
    pub terminal: Terminal,
}

/// What the stream of diagnostics can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminal {
    /// A file or a pipe: plain text, no progress.
    None,
    /// A terminal without colours (`NO_COLOR`).
    Plain,
    /// A terminal with colours.
    Color,
}

impl Terminal {
    /// Looks at standard error and at the variables `NO_COLOR` and `TERM`.
    pub fn detect() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match std::io::stderr().is_terminal() {
            false => Self::None,
            true if set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb") => Self::Plain,
            true => Self::Color,
        }
    }
}

impl Terminal {
    /// How diagnostics are drawn on it.
    pub(crate) fn style(self) -> Style {
        match self {
            Self::None | Self::Plain => Style::Plain,
            Self::Color => Style::Ansi,
        }
    }
}

impl Host<'_> {
    /// The path as the file system wants it.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// The path as messages show it: relative to where the command runs when it is below, always with `/`.
    pub fn shown(&self, path: &Path) -> String {
        display_name(&self.folder, path)
    }

    /// Writes a line of results. A closed pipe is the reader's business, not a fault.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}");
    }

    /// Writes a line for humans.
    pub fn warn(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }
}
