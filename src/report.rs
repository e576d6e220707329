//! What a run tells its user: diagnostics, one line per crate, differences.
//!
//! In the human form diagnostics go to standard error and results to standard output; in the JSON form everything is one
//! object per line on standard output.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::ValueEnum;
use serde_json::{Value, json};
use typewright_codegen::diagnostic::{Diagnostic, Severity, json_lines, render_all};
use typewright_codegen::output::{FileSet, Untyped};
use typewright_codegen::source::{Positions, Sources};

use crate::host::Host;

/// How diagnostics and summaries are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Text with excerpts of the document.
    #[default]
    Human,
    /// One JSON object per line, on standard output.
    Json,
}

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
    pub(crate) fn refused(&self, host: &mut Host<'_>) {
        self.end("", host);
    }

    /// The last line of a run that would have written files.
    pub(crate) fn refused_to_write(&self, host: &mut Host<'_>) {
        self.end("; nothing was written", host);
    }

    fn end(&self, end: &str, host: &mut Host<'_>) {
        if self.format == MessageFormat::Human {
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
                "left_out": made.left_out, "seconds": spent.as_secs_f64(),
                "untyped": by_reason(&made.untyped).into_iter().map(|(reason, places)| (key(reason), places.len().into()))
                    .collect::<serde_json::Map<_, _>>() });
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
        if !made.untyped.is_empty() {
            let reasons = by_reason(&made.untyped);
            let reasons =
                reasons.iter().map(|(reason, places)| format!("{} because {}", places.len(), because(*reason)));
            host.say(&format!("{name}: raw JSON: {}", reasons.collect::<Vec<_>>().join(", ")));
        }
    }

    /// Every place of a crate that is raw JSON, by the reason.
    pub(crate) fn untyped(&self, name: &str, sources: &Sources, untyped: &[Untyped], host: &mut Host<'_>) {
        let mut positions = Positions::new(sources);
        let mut at = |one: &Untyped| (sources.name(one.place.file).to_owned(), positions.start(one.place));
        if self.format == MessageFormat::Json {
            for one in untyped {
                let (file, position) = at(one);
                let line = json!({ "kind": "untyped", "file": file, "line": position.line, "column": position.column,
                    "site": one.site.noun(), "item": one.item, "reason": key(one.keyword), "because": because(one.keyword) });
                host.say(&line.to_string());
            }
            return;
        }
        host.say(&format!(
            "{name}: {} raw JSON",
            match untyped.len() {
                1 => "1 place is".to_owned(),
                number => format!("{number} places are"),
            }
        ));
        for (reason, places) in by_reason(untyped) {
            host.say(&format!("\n{}, because {}", places.len(), because(reason)));
            for one in places {
                let (file, position) = at(one);
                host.say(&format!("  {} {}  {file}:{}:{}", one.site.noun(), one.item, position.line, position.column));
            }
        }
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

/// The places of each reason; what the document means so comes first.
fn by_reason(untyped: &[Untyped]) -> BTreeMap<Option<&'static str>, Vec<&Untyped>> {
    let mut by_reason: BTreeMap<Option<&'static str>, Vec<&Untyped>> = BTreeMap::new();
    for one in untyped {
        by_reason.entry(one.keyword).or_default().push(one);
    }
    by_reason
}

/// A reason in JSON: `any`, or the keyword.
fn key(keyword: Option<&'static str>) -> String {
    keyword.unwrap_or("any").to_owned()
}

/// Why a place is raw.
fn because(keyword: Option<&str>) -> String {
    match keyword {
        None => "the document allows any value".to_owned(),
        Some("$ref") => "a `$ref` leads nowhere".to_owned(),
        Some("false") => "its schema allows no value".to_owned(),
        Some("items") => "its lists contain only each other".to_owned(),
        Some(keyword) => format!("`{keyword}` is not typed"),
    }
}

/// `1 error`, `2 errors`, `no errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
