//! stub
use super::Diagnostic;
use crate::source::Sources;
/// How.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No escapes.
    Plain,
    /// Colours.
    Ansi,
}
/// One diagnostic as text.
pub fn render(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> String {
    let _ = style;
    let position = diagnostic.place.map(|place| (sources.name(place.file), sources.position(place)));
    format!(
        "{:?}[{}]: {} {position:?} {} {}\n",
        diagnostic.severity, diagnostic.code.id, diagnostic.message, diagnostic.label, diagnostic.help
    )
}
/// All of them.
pub fn render_all(sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> String {
    diagnostics.iter().map(|diagnostic| render(sources, diagnostic, style)).collect()
}
/// One JSON object a line.
pub fn json_lines(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let _ = (sources, diagnostics);
    String::new()
}
