//! What a run found: one row per test, printed as a table.

use std::fmt::Write as _;

/// How many violations of one test are printed in full.
const SHOWN: usize = 5;

/// One test and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// For example `faults/unsafe write`.
    pub test: String,
    /// How many calls or cases were tried.
    pub tried: usize,
    /// Broken promises, each in words that let somebody repeat it.
    pub violations: Vec<String>,
    /// Figures that are told and not judged.
    pub figures: String,
}

impl Row {
    /// A row without cases.
    pub(crate) fn new(test: impl Into<String>) -> Self {
        Self { test: test.into(), ..Self::default() }
    }

    /// Counts one case, and keeps its violation if there is one.
    pub(crate) fn case(&mut self, violation: Option<String>) {
        self.tried += 1;
        self.violations.extend(violation);
    }

    /// Adds the cases of another part of the same test.
    pub(crate) fn merge(&mut self, other: Self) {
        self.tried += other.tried;
        self.violations.extend(other.violations);
    }
}

/// The table of all rows, and the violations below it.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.test.len()).max().unwrap_or_default().max(4);
    let mut text = format!("{:width$} | {:>7} | {:>10} | figures\n", "test", "tried", "violations");
    for row in rows {
        let _ =
            writeln!(text, "{:width$} | {:>7} | {:>10} | {}", row.test, row.tried, row.violations.len(), row.figures);
    }
    for row in rows.iter().filter(|row| !row.violations.is_empty()) {
        let _ = writeln!(text, "\n{}:", row.test);
        for violation in row.violations.iter().take(SHOWN) {
            let _ = writeln!(text, "  {violation}");
        }
        if row.violations.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more", row.violations.len() - SHOWN);
        }
    }
    let (tried, found) = rows.iter().fold((0, 0), |(t, v), row| (t + row.tried, v + row.violations.len()));
    let _ = writeln!(text, "\n{tried} tried, {found} violations");
    text
}
