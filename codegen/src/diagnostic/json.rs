//! Diagnostics for editors and continuous integration: one JSON object a line.

use serde::Serialize;

use super::{Diagnostic, Severity, fold};
use crate::source::{Place, Positions, Sources};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'d> {
    code: &'d str,
    severity: &'static str,
    #[serde(flatten)]
    range: Option<Range<'d>>,
    message: &'d str,
    label: &'d str,
    help: &'d str,
    recovery: &'d str,
    related: Vec<Related<'d>>,
    /// Where else the same is said; with this one, it is said once more often than that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Range<'d>>,
    #[serde(skip_serializing_if = "is_one")]
    count: usize,
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

/// Lines and columns count from 1; the end is one past the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Range<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Related<'d> {
    #[serde(flatten)]
    range: Range<'d>,
    label: &'d str,
}

/// Every diagnostic as [`fold`] puts them, as a JSON object on a line of its own. `count` and `also` are there where several are
/// one.
pub fn json_lines(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut positions = Positions::new(sources);
    let mut range = |place: Place| {
        let (start, end) = (positions.start(place), positions.end(place));
        Range {
            file: sources.name(place.file),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    };
    let mut out = String::new();
    for folded in fold(diagnostics) {
        let diagnostic = folded.first;
        let line = Line {
            code: diagnostic.code.id,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            range: diagnostic.place.map(&mut range),
            message: &diagnostic.message,
            label: &diagnostic.label,
            help: &diagnostic.help,
            recovery: &diagnostic.recovery,
            related: diagnostic.related.iter().map(|(place, label)| Related { range: range(*place), label }).collect(),
            also: folded.again.iter().map(|place| range(*place)).collect(),
            count: folded.count(),
        };
        // Strings and numbers always have a JSON form.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Collector, codes};
    use crate::source::FileId;

    #[test]
    fn warnings_that_say_the_same_are_one_object() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1\nb: 2\n");
        let mut collector = Collector::default();
        for start in [0, 5] {
            let place = Place { file: FileId(0), start, end: start + 1 };
            collector.report(&codes::UNKNOWN_MEMBER, place).message("unknown");
        }
        let text = json_lines(&sources, &collector.finish());
        let end =
            r#","related":[],"also":[{"file":"a.yaml","line":2,"column":1,"endLine":2,"endColumn":2}],"count":2}"#;
        assert!(text.lines().count() == 1 && text.trim_end().ends_with(end), "{text}");
    }

    #[test]
    fn one_object_a_line() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1\nb: é\n");
        let place = Place { file: FileId(0), start: 8, end: 10 };
        let mut collector = Collector::default();
        collector.report(&codes::UNKNOWN_MEMBER, place).message("say \"b\"").related(place, "here");
        collector.report(&codes::UNREADABLE_FILE, None);
        let expected = concat!(
            r#"{"code":"TW0101","severity":"error","message":"a file cannot be read","#,
            r#""label":"","help":"","recovery":"","related":[]}"#,
            "\n",
            r#"{"code":"TW0205","severity":"warning","file":"a.yaml","line":2,"column":4,"endLine":2,"endColumn":5,"#,
            r#""message":"say \"b\"","label":"","help":"","recovery":"","#,
            r#""related":[{"file":"a.yaml","line":2,"column":4,"endLine":2,"endColumn":5,"label":"here"}]}"#,
            "\n",
        );
        assert_eq!(json_lines(&sources, &collector.finish()), expected);
    }
}
