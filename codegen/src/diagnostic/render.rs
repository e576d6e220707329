//! Prints diagnostics as rustc does: message, place, excerpt with the fault underlined, notes, help.
//!
//! Without terminal crates, because build scripts print too. Nothing of a document reaches the terminal as it is: see
//! `excerpt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::excerpt::{Excerpt, escaped};
use super::{Diagnostic, Folded, Severity, fold};
use crate::source::{Place, Positions, Sources};

/// Whether escape sequences colour the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// Colours for a terminal.
    Ansi,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy)]
enum Tone {
    Error,
    Warning,
    Strong,
    Gutter,
}

/// Errors with the same code and message that are shown with their excerpts; the others are listed.
const SHOWN_IN_FULL: usize = 5;

/// Places that the list of the others names.
const LISTED: usize = 20;

/// Places that a folded warning names beside its own.
const NAMED: usize = 5;

/// One diagnostic as text, with a line break at its end.
pub fn render(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> String {
    Renderer::new(sources, style).diagnostic(&Folded { first: diagnostic, again: Vec::new() })
}

/// All diagnostics as [`fold`] puts them, a blank line after each. Where many errors say the same, the first ones stand for the
/// rest.
pub fn render_all(sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> String {
    let mut renderer = Renderer::new(sources, style);
    let mut groups: BTreeMap<(&str, &str), Vec<&Diagnostic>> = BTreeMap::new();
    let mut out = String::new();
    for folded in fold(diagnostics) {
        let diagnostic = folded.first;
        let group = groups.entry((diagnostic.code.id, &diagnostic.message)).or_default();
        group.push(diagnostic);
        if diagnostic.severity == Severity::Warning || group.len() <= SHOWN_IN_FULL {
            out.push_str(&renderer.diagnostic(&folded));
            out.push('\n');
        }
    }
    for group in groups.values().filter(|group| group.iter().all(|one| one.severity == Severity::Error)) {
        if let Some(rest) = group.get(SHOWN_IN_FULL..).filter(|rest| !rest.is_empty()) {
            out.push_str(&renderer.listed(rest));
            out.push('\n');
        }
    }
    out
}

struct Renderer<'s> {
    sources: &'s Sources,
    positions: Positions<'s>,
    style: Style,
}

impl<'s> Renderer<'s> {
    fn new(sources: &'s Sources, style: Style) -> Self {
        Self { sources, positions: Positions::new(sources), style }
    }

    fn diagnostic(&mut self, folded: &Folded<'_>) -> String {
        let diagnostic = folded.first;
        let tone = tone_of(diagnostic);
        let times = if folded.again.is_empty() { String::new() } else { format!(" ({} times)", folded.count()) };
        let mut out = self.headline(diagnostic, &format!("{}{times}", escaped(&diagnostic.message)));
        let related = diagnostic.related.iter().map(|(place, _)| *place);
        let lines = diagnostic.place.into_iter().chain(related).map(|place| self.positions.start(place).line);
        let lines: Vec<usize> = lines.collect();
        let width = lines.into_iter().max().map_or(1, |line| line.to_string().len());
        if let Some(place) = diagnostic.place {
            self.place(&mut out, place, &diagnostic.label, width, ("-->", '^', tone));
        }
        for (place, label) in &diagnostic.related {
            self.place(&mut out, *place, label, width, (":::", '-', Tone::Gutter));
        }
        let again = self.again(&folded.again);
        let has_notes = !(diagnostic.recovery.is_empty() && diagnostic.help.is_empty() && again.is_empty());
        if diagnostic.place.is_some() && has_notes {
            let _ = writeln!(out, "{:width$} {}", "", self.toned("|", Tone::Gutter));
        }
        let recovered = ("note", "recovered: ", &diagnostic.recovery);
        let notes = [recovered, ("note", "also at ", &again), ("help", "", &diagnostic.help)];
        for (kind, prefix, text) in notes {
            if !text.is_empty() {
                let sign = self.toned("=", Tone::Gutter);
                let kind = self.toned(kind, Tone::Strong);
                let _ = writeln!(out, "{:width$} {sign} {kind}: {prefix}{}", "", escaped(text));
            }
        }
        out
    }

    /// `a.yaml:3:1, a.yaml:9:1 and 7 more`.
    fn again(&mut self, places: &[Place]) -> String {
        let shown = places.iter().take(NAMED).map(|place| {
            let position = self.positions.start(*place);
            format!("{}:{}:{}", self.sources.name(place.file), position.line, position.column)
        });
        let mut text = shown.collect::<Vec<_>>().join(", ");
        if places.len() > NAMED {
            let _ = write!(text, " and {} more", places.len() - NAMED);
        }
        text
    }

    fn headline(&self, diagnostic: &Diagnostic, message: &str) -> String {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let head = self.toned(&format!("{severity}[{}]", diagnostic.code.id), tone_of(diagnostic));
        format!("{head}{}\n", self.toned(&format!(": {message}"), Tone::Strong))
    }

    /// One place with its excerpt: arrow, underline and colour come together.
    fn place(&mut self, out: &mut String, place: Place, label: &str, width: usize, look: (&str, char, Tone)) {
        let (arrow, mark, tone) = look;
        let position = self.positions.start(place);
        let bar = self.toned("|", Tone::Gutter);
        let arrow = self.toned(arrow, Tone::Gutter);
        let name = escaped(self.sources.name(place.file));
        let _ = writeln!(out, "{:width$}{arrow} {name}:{}:{}", "", position.line, position.column);
        let text = self.sources.file(place.file).map_or("", |file| &file.text);
        let excerpt = Excerpt::new(text, self.positions.line_start(place), place);
        let number = self.toned(&format!("{:>width$}", position.line), Tone::Gutter);
        let underline = format!("{} {}", mark.to_string().repeat(excerpt.width), escaped(label));
        let underline = self.toned(underline.trim_end(), tone);
        let _ = writeln!(out, "{:width$} {bar}", "");
        let _ = writeln!(out, "{number} {bar} {}", excerpt.text);
        let _ = writeln!(out, "{:width$} {bar} {:indent$}{underline}", "", "", indent = excerpt.indent);
    }

    fn listed(&mut self, rest: &[&Diagnostic]) -> String {
        let Some(first) = rest.first() else { return String::new() };
        let mut out = self.headline(first, &format!("{}: {} more", escaped(&first.message), rest.len()));
        for place in rest.iter().take(LISTED).filter_map(|diagnostic| diagnostic.place) {
            let position = self.positions.start(place);
            let arrow = self.toned("-->", Tone::Gutter);
            let name = escaped(self.sources.name(place.file));
            let _ = writeln!(out, " {arrow} {name}:{}:{}", position.line, position.column);
        }
        if rest.len() > LISTED {
            let _ = writeln!(out, "  and {} more", rest.len() - LISTED);
        }
        out
    }

    fn toned(&self, text: &str, tone: Tone) -> String {
        if self.style == Style::Plain || text.is_empty() {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Error => "1;31",
            Tone::Warning => "1;33",
            Tone::Strong => "1",
            Tone::Gutter => "1;34",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

fn tone_of(diagnostic: &Diagnostic) -> Tone {
    match diagnostic.severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Collector, Profile, codes};
    use crate::source::FileId;

    fn place(start: u32, end: u32) -> Place {
        Place { file: FileId(0), start, end }
    }

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add("specs/pets.yaml", text);
        sources
    }

    #[test]
    fn everything_that_a_diagnostic_says_is_shown() {
        let sources = sources("openapi: 3.0.0\npaths: {}\na:\n  $ref: '#/b'\n");
        let mut collector = Collector::new(Profile::Lenient);
        collector
            .report(&codes::DANGLING_REF, place(36, 41))
            .message("the reference `#/b` leads nowhere")
            .label("nothing is there")
            .help("declare it")
            .recovery("the value is opaque")
            .related(place(15, 20), "near this");
        let diagnostics = collector.finish();
        let expected = "\
warning[TW0301]: the reference `#/b` leads nowhere
 --> specs/pets.yaml:4:9
  |
4 |   $ref: '#/b'
  |         ^^^^^ nothing is there
 ::: specs/pets.yaml:2:1
  |
2 | paths: {}
  | ----- near this
  |
  = note: recovered: the value is opaque
  = help: declare it
";
        assert_eq!(render_all(&sources, &diagnostics, Style::Plain), format!("{expected}\n"));
        let coloured = render_all(&sources, &diagnostics, Style::Ansi);
        assert!(coloured.starts_with("\u{1b}[1;33mwarning[TW0301]\u{1b}[0m\u{1b}[1m: the reference"), "{coloured}");
    }

    #[test]
    fn a_recovery_is_not_taken_in_the_strict_profile() {
        let mut collector = Collector::new(Profile::Strict);
        collector.report(&codes::DANGLING_REF, None).recovery("the value is opaque");
        assert!(collector.has_errors());
        let text = render_all(&sources(""), &collector.finish(), Style::Plain);
        assert_eq!(text, "error[TW0301]: a reference leads nowhere\n\n");
    }

    fn many(profile: Profile, code: &'static crate::diagnostic::Code) -> String {
        let sources = sources(&"a\n".repeat(2_000));
        let mut collector = Collector::new(profile);
        for line in 0..1_500 {
            collector.report(code, place(line * 2, line * 2 + 1)).message("unknown member `a`").help("remove it");
        }
        let diagnostics = collector.finish();
        assert_eq!(diagnostics.len(), 1_000);
        render_all(&sources, &diagnostics, Style::Plain)
    }

    #[test]
    fn many_equal_errors_are_listed() {
        let text = many(Profile::Strict, &codes::DANGLING_REF);
        assert!(text.lines().count() < 70, "{text}");
        assert!(text.contains("error[TW0301]: unknown member `a`: 995 more\n --> specs/pets.yaml:6:1\n"), "{text}");
        assert!(text.ends_with("  and 975 more\n\n"), "{text}");
    }

    #[test]
    fn many_equal_warnings_are_one() {
        let expected = "\
warning[TW0205]: unknown member `a` (1000 times)
 --> specs/pets.yaml:1:1
  |
1 | a
  | ^
  |
  = note: also at specs/pets.yaml:2:1, specs/pets.yaml:3:1, specs/pets.yaml:4:1, specs/pets.yaml:5:1, specs/pets.yaml:6:1 and 994 more
  = help: remove it (500 more faults with the code TW0205 are not shown)

";
        assert_eq!(many(Profile::Lenient, &codes::UNKNOWN_MEMBER), expected);
    }

    #[test]
    fn equal_reports_are_one() {
        let mut collector = Collector::default();
        for _ in 0..3 {
            collector.report(&codes::UNKNOWN_MEMBER, place(0, 1));
        }
        assert_eq!(collector.finish().len(), 1);
    }
}
