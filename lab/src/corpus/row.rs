//! What a run says of each document, and of all of them.

use serde_json::{Value, json};

use super::measure::Ran;

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There is a crate; nobody compiled it.
    Generated,
    /// There is a crate, and it compiles.
    Compiles,
    /// It was run, and lost nothing.
    Behaves,
    /// An error with this code and place.
    Refused(String),
    /// A panic, a hang, output that does not compile, or that does not do what was expected.
    Fault(String),
}

/// One document.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) outcome: Outcome,
    /// In the order of [`COUNTS`].
    counts: [u64; 6],
    /// What was left out, each with the fault.
    omitted: Vec<String>,
    generation: (f64, u64),
    check: (f64, u64),
    /// Values of unions that are held to the variant that the document names, and what was left alone.
    unions: (usize, usize),
}

/// Fields of models that are raw JSON are two figures: the document allows any value, or its keywords say what no type can.
const COUNTS: [&str; 6] = ["operations", "left_out", "opaque_any", "opaque_cannot", "warnings", "lines"];

impl Row {
    /// Of a generation that ran, well or not.
    pub(super) fn generated(id: &str, ran: &Ran) -> Self {
        let mut row = Self::fault(id, String::new());
        row.generation = (ran.seconds, ran.megabytes);
        let said: Option<Value> = serde_json::from_str(ran.out.trim()).ok();
        row.outcome = match (ran.success, said) {
            (None, _) => Outcome::Fault("did not end".to_owned()),
            (Some(true), Some(said)) => match said.get("refused").and_then(Value::as_str) {
                Some(why) => Outcome::Refused(why.to_owned()),
                None => {
                    row.counts = COUNTS.map(|count| said.get(count).and_then(Value::as_u64).unwrap_or(0));
                    let omitted = said.get("omitted").and_then(Value::as_array).into_iter().flatten();
                    row.omitted = omitted.filter_map(Value::as_str).map(str::to_owned).collect();
                    Outcome::Generated
                }
            },
            _ => Outcome::Fault(first_line(&ran.err, "panicked at")),
        };
        row
    }

    /// Of a document that could not even be tried.
    pub(super) fn fault(id: &str, why: String) -> Self {
        let outcome = Outcome::Fault(why);
        Self {
            id: id.to_owned(),
            outcome,
            counts: [0; 6],
            omitted: Vec::new(),
            generation: (0.0, 0),
            check: (0.0, 0),
            unions: (0, 0),
        }
    }

    /// Adds what Cargo said of the crate.
    pub(super) fn checked(&mut self, ran: &Ran) {
        self.check = (ran.seconds, ran.megabytes);
        self.outcome = match ran.success {
            Some(true) => Outcome::Compiles,
            Some(false) => Outcome::Fault(first_error(&ran.err)),
            None => Outcome::Fault("the check did not end".to_owned()),
        };
    }

    /// Adds how many values of unions are held to the variant that the document names, and how many cannot be.
    pub(super) fn unions(&mut self, told: usize, untold: usize) {
        self.unions = (told, untold);
    }

    /// Adds what the program beside the crate said: a line for every case that it does not keep to.
    pub(super) fn behaved(&mut self, ran: &Ran) {
        let faults = ran.out.lines().count();
        self.outcome = match (ran.success, ran.out.lines().next()) {
            (Some(true), None) => Outcome::Behaves,
            (Some(true), Some(first)) => Outcome::Fault(format!("{faults} cases, first {}", cut(first))),
            (Some(false), _) => Outcome::Fault(first_error(&ran.err)),
            (None, _) => Outcome::Fault("the program did not end".to_owned()),
        };
    }

    fn outcome(&self) -> (&'static str, &str) {
        match &self.outcome {
            Outcome::Generated => ("generated", ""),
            Outcome::Compiles => ("compiles", ""),
            Outcome::Behaves => ("behaves", ""),
            Outcome::Refused(why) => ("refused", why),
            Outcome::Fault(why) => ("FAULT", why),
        }
    }

    /// As lines of the table: what was left out stands below its document.
    pub(super) fn line(&self) -> String {
        let (outcome, why) = self.outcome();
        let [operations, left_out, any, cannot, warnings, lines] = self.counts;
        let ((generation, peak), (check, check_peak)) = (self.generation, self.check);
        let line = format!(
            "{:<46}{outcome:<10}{operations:>6}{left_out:>6}{any:>6}{cannot:>8}{warnings:>6}{lines:>9}{generation:>8.2}{peak:>6}\
             {check:>8.2}{check_peak:>6}  {}{why}",
            self.id,
            self.told()
        );
        let omitted = self.omitted.iter().map(|omitted| format!("\n    {omitted}"));
        line.trim_end().to_owned() + &omitted.collect::<String>()
    }

    fn told(&self) -> String {
        match self.unions {
            (0, 0) => String::new(),
            (told, untold) => format!("variants {told} told {untold} not  "),
        }
    }

    /// As an object.
    pub(super) fn json(&self) -> Value {
        let (outcome, why) = self.outcome();
        let ((generation, peak), (check, check_peak)) = (self.generation, self.check);
        let mut row = json!({ "id": self.id, "outcome": outcome, "why": why,
            "generation": { "cpu_seconds": generation, "peak_megabytes": peak },
            "check": { "cpu_seconds": check, "peak_megabytes": check_peak },
            "omitted": self.omitted, "variants": { "told": self.unions.0, "untold": self.unions.1 } });
        for (name, count) in COUNTS.iter().zip(self.counts) {
            row[*name] = count.into();
        }
        row
    }
}

/// The first line that says why, or else the first that says anything.
fn first_line(text: &str, mark: &str) -> String {
    let line = text.lines().find(|line| line.contains(mark)).or_else(|| text.lines().next());
    line.unwrap_or("ended without a word").to_owned()
}

/// What rustc calls an error first, with its place: a later one is often what follows from it. Without any, what Cargo says.
fn first_error(text: &str) -> String {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("error[") && !line.starts_with("error: "));
    let Some(error) = lines.next() else { return first_line(text, "error") };
    match lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")) {
        Some(place) => format!("{error} ({place})"),
        None => error.to_owned(),
    }
}

/// Titles of the columns; seconds are CPU, memory is the peak in MB.
pub(super) fn head() -> String {
    format!(
        "{:<46}{:<10}{:>6}{:>6}{:>6}{:>8}{:>6}{:>9}{:>8}{:>6}{:>8}{:>6}",
        "document", "outcome", "ops", "left", "any", "cannot", "warn", "lines", "gen s", "MB", "check s", "MB"
    )
}

/// A line that fits a row.
fn cut(line: &str) -> &str {
    line.char_indices().nth(300).map_or(line, |(end, _)| line.get(..end).unwrap_or(line))
}

/// How many rows have each outcome.
fn totals(rows: &[Row]) -> [(&'static str, usize); 5] {
    ["generated", "compiles", "behaves", "refused", "FAULT"]
        .map(|name| (name, rows.iter().filter(|row| row.outcome().0 == name).count()))
}

/// The last line.
pub(super) fn summary(rows: &[Row]) -> String {
    let totals =
        totals(rows).into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}"));
    let left_out: u64 = rows.iter().map(|row| row.counts[1]).sum();
    format!("{} documents: {}, {left_out} operations left out", rows.len(), totals.collect::<Vec<_>>().join(", "))
}

/// The last line as an object.
pub(super) fn summary_json(rows: &[Row]) -> Value {
    let mut line = json!({ "documents": rows.len(), "left_out": rows.iter().map(|row| row.counts[1]).sum::<u64>() });
    for (name, count) in totals(rows) {
        line[name] = count.into();
    }
    json!({ "summary": line })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(success: Option<bool>, out: &str, err: &str, expected: &Outcome) {
        let ran = Ran { success, out: out.to_owned(), err: err.to_owned(), ..Ran::default() };
        assert_eq!(&Row::generated("pets", &ran).outcome, expected, "{out}{err}");
    }

    #[test]
    fn the_end_of_a_generation_decides_its_outcome() {
        check(Some(true), "{\"operations\":1}", "", &Outcome::Generated);
        check(Some(true), "{\"refused\":\"TW0101 a:1:2\"}", "", &Outcome::Refused("TW0101 a:1:2".to_owned()));
        check(Some(false), "", "x\nthread panicked at y", &Outcome::Fault("thread panicked at y".to_owned()));
        check(None, "", "", &Outcome::Fault("did not end".to_owned()));
    }

    #[test]
    fn output_that_does_not_compile_is_a_fault() {
        let mut row = Row::fault("pets", String::new());
        let err = "warning: unused\n --> src/error.rs:1:1\n\nerror[E0425]: no `x`\n --> src/lib.rs:1:2\n  |\n\nerror: aborting\n";
        row.checked(&Ran { success: Some(false), err: err.to_owned(), ..Ran::default() });
        assert_eq!(row.outcome, Outcome::Fault("error[E0425]: no `x` (src/lib.rs:1:2)".to_owned()));
        assert_eq!(summary(&[row]), "1 documents: 1 FAULT, 0 operations left out");
        assert_eq!(first_error("error: no such package\n"), "error: no such package");
        assert_eq!(first_error(""), "ended without a word");
    }

    #[test]
    fn a_row_names_what_was_left_out_and_raw_fields_by_reason() {
        let out =
            r#"{"operations":7,"left_out":1,"opaque_any":3,"opaque_cannot":2,"omitted":["TW0501 a.yaml:1:2: x; y"]}"#;
        let row = Row::generated("pets", &Ran { success: Some(true), out: out.to_owned(), ..Ran::default() });
        let line = row.line();
        let mut lines = line.lines();
        let words: Vec<&str> = lines.next().unwrap().split_whitespace().take(7).collect();
        assert_eq!(words, ["pets", "generated", "7", "1", "3", "2", "0"]);
        assert_eq!(lines.collect::<Vec<_>>(), ["    TW0501 a.yaml:1:2: x; y"]);
        let json = row.json();
        assert_eq!((json["opaque_any"].as_u64(), json["opaque_cannot"].as_u64()), (Some(3), Some(2)));
        assert_eq!(json["omitted"][0], "TW0501 a.yaml:1:2: x; y");
    }
}
