//! What a run tells its user: diagnostics, one line per crate, differences.
//!
//! In the human form diagnostics go to standard error and results to standard output; in the JSON form everything is one
//! object per line on standard output.

use std::time::Duration;

use serde_json::{Value, json};
use typewright_codegen::diagnostic::{Diagnostic, Severity, json_lines, render_all};
use typewright_codegen::output::FileSet;
use typewright_codegen::source::Sources;

use crate::cli::MessageFormat;
use crate::host::Host;
use crate::make::Mode;

/// Counts and prints.
pub(crate) struct Report {
    format: MessageFormat,
    errors: usize,
    warnings: usize,
}

impl Report {
    pub(crate) fn new(format: MessageFormat) -> Self {
        Self { format, errors: 0, warnings: 0 }
    }

    /// How many errors were reported so far.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    pub(crate) fn diagnostics(&mut self, sources: &Sources, diagnostics: &[Diagnostic], host: &mut Host<'_>) {
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
        }
        match self.format {
            MessageFormat::Human => {
                let _ = write!(host.err, "{}", render_all(sources, diagnostics, host.terminal.style()));
            }
            MessageFormat::Json => {
                let _ = write!(host.out, "{}", json_lines(sources, diagnostics));
            }
        }
    }

    /// The last line of a run that stops at faults.
    pub(crate) fn refused(&self, mode: Mode, host: &mut Host<'_>) {
        if self.format == MessageFormat::Human {
            let end = if mode == Mode::Write { "; nothing was written" } else { "" };
            let (errors, warnings) = (count(self.errors, "error"), count(self.warnings, "warning"));
            host.warn(&format!("{errors}, {warnings}{end}"));
        }
    }

    /// The line of one crate.
    pub(crate) fn summary(
        &self,
        name: &str,
        made: &FileSet,
        files: &[(&str, usize)],
        spent: Duration,
        host: &mut Host<'_>,
    ) {
        if self.format == MessageFormat::Json {
            let mut line = json!({ "kind": "crate", "name": name, "operations": made.operations, "types": made.types,
                "left_out": made.left_out, "seconds": spent.as_secs_f64() });
            for (what, number) in files {
                line[what.replace(' ', "_")] = Value::from(*number);
            }
            return host.say(&line.to_string());
        }
        let mut parts = vec![count(made.operations, "operation"), count(made.types, "type")];
        if made.left_out > 0 {
            parts.push(format!("{} left out", count(made.left_out, "operation")));
        }
        let mut noun = " files";
        for (what, number) in files {
            parts.push(format!("{number}{} {what}", if *number == 1 && !noun.is_empty() { " file" } else { noun }));
            noun = "";
        }
        host.say(&format!("{name}: {}, {:.2} s", parts.join(", "), spent.as_secs_f64()));
    }

    /// A folder that is not up to date.
    pub(crate) fn stale(&self, folder: &str, difference: &str, command: &str, host: &mut Host<'_>) {
        if self.format == MessageFormat::Json {
            let line = json!({ "kind": "stale", "folder": folder, "difference": difference, "command": command });
            return host.say(&line.to_string());
        }
        host.say(&format!("\n{difference}"));
        host.warn(&format!("{folder} is stale, run: {command}"));
    }
}

/// `1 error`, `2 errors`, `no errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
