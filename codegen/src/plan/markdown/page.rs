//! Blocks: paragraphs, headings, lists, quotes, code, tables, in the order in which the parser meets them.
//!
//! What stands inside a line is taken over from the text, letter by letter, so that a description keeps its look; what the
//! parser calls text is escaped, and what it calls HTML is made Markdown or text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::{READ, line, tag};

/// How often HTML may be found in what was HTML before.
const ROUNDS: usize = 3;

/// Clean lines of a whole text.
pub(super) fn clean(text: &str) -> Vec<String> {
    let mut page = Page::default();
    page.text(text, ROUNDS);
    while page.lines.last().is_some_and(|last| last.trim_matches(['>', ' ']).is_empty()) {
        page.lines.pop();
    }
    page.lines
}

/// What a block stands in.
enum Around {
    Quote,
    /// With its marker until that is written.
    Item {
        marker: Option<String>,
        width: usize,
    },
}

/// A link that is open.
enum Open {
    /// Its words alone are kept.
    Words,
    To(String),
    /// `<https://a.b>`, which was written.
    Whole,
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    around: Vec<Around>,
    /// The line that is being put together.
    line: String,
    /// Where the text goes on that is taken over; nothing at the beginning of a line.
    taken: Option<usize>,
    /// The end of the last block.
    end: usize,
    open: Vec<Open>,
    /// Whether a tag in the line was a paragraph or an item.
    made: bool,
    in_table: bool,
    /// The text of a block of code or HTML.
    block: Option<String>,
}

impl Page {
    fn text(&mut self, text: &str, rounds: usize) {
        self.end = 0;
        for (event, range) in Parser::new_ext(text, READ).into_offset_iter() {
            match event {
                Event::Start(start) => self.start(text, start, range),
                Event::End(end) => self.finish(text, (end, range), rounds),
                Event::Text(words) => match &mut self.block {
                    Some(block) => block.push_str(&words),
                    None => {
                        self.gap(text, range.start);
                        self.words(text.get(range.clone()).unwrap_or_default());
                        self.took(range.end);
                    }
                },
                Event::Code(code) => {
                    self.gap(text, range.start);
                    self.line.push_str(&span(text.get(range.clone()).unwrap_or_default(), &code));
                    self.took(range.end);
                }
                Event::Html(html) => self.block.get_or_insert_default().push_str(&html),
                Event::InlineHtml(html) => {
                    self.gap(text, range.start);
                    match tag::replacement(&html) {
                        Some((text, _)) if self.in_table => self.line.push_str(if text.is_empty() { "" } else { " " }),
                        Some((text, _)) => {
                            self.made |= text.len() > 1;
                            self.line.push_str(text);
                        }
                        None => self.line.push_str(&line::text(&html, true)),
                    }
                    self.took(range.end);
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.line.push('\n');
                    self.taken = None;
                }
                Event::Rule => {
                    self.begin(text, range.start, true);
                    self.push("---");
                    self.blank();
                    self.end = range.end;
                }
                // Not asked for.
                _ => {}
            }
        }
        self.flush(rounds);
    }

    fn start(&mut self, text: &str, start: Tag<'_>, range: Range<usize>) {
        match start {
            Tag::Paragraph => self.begin(text, range.start, false),
            Tag::Heading { level, .. } => {
                self.begin(text, range.start, false);
                self.line = format!("{} ", "#".repeat(level as usize));
            }
            Tag::BlockQuote(_) => {
                self.flush(0);
                self.begin(text, range.start, true);
                self.around.push(Around::Quote);
            }
            Tag::CodeBlock(kind) => {
                self.flush(0);
                self.begin(text, range.start, kind == CodeBlockKind::Indented);
                self.block = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.flush(0);
                self.begin(text, range.start, false);
                self.block = Some(String::new());
            }
            Tag::List(_) => {
                self.flush(0);
                let is_inner = matches!(self.around.last(), Some(Around::Item { .. }));
                self.begin(text, range.start, !is_inner);
            }
            Tag::Item => {
                self.flush(0);
                self.begin(text, range.start, false);
                let marker = text.get(range.start..).map(marker).unwrap_or_default();
                self.around.push(Around::Item { width: marker.len() + 1, marker: Some(marker) });
            }
            Tag::Table(_) => {
                self.begin(text, range.start, true);
                self.in_table = true;
            }
            Tag::TableHead | Tag::TableRow => self.taken = Some(range.start),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.gap(text, range.start);
                self.taken = Some(range.start);
            }
            Tag::Link { link_type, dest_url, .. } => {
                let whole = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.link(text, range, (&dest_url, whole));
            }
            Tag::Image { dest_url, .. } => self.link(text, range, (&dest_url, false)),
            _ => {}
        }
    }

    /// An image becomes a link to it: docs load nothing. A link inside a link is its words.
    fn link(&mut self, text: &str, range: Range<usize>, (target, whole): (&str, bool)) {
        self.gap(text, range.start);
        self.taken = None;
        let open = match (line::is_web(target) || whole, self.open.is_empty()) {
            (true, true) if whole => {
                self.line.push_str(text.get(range).unwrap_or_default());
                Open::Whole
            }
            (true, true) => {
                self.line.push('[');
                Open::To(target.to_owned())
            }
            _ => Open::Words,
        };
        self.open.push(open);
    }

    fn finish(&mut self, text: &str, (end, range): (TagEnd, Range<usize>), rounds: usize) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(rounds),
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.flush(rounds);
                if matches!(self.around.last(), Some(Around::Item { marker: Some(_), .. })) {
                    self.push("");
                }
                self.around.pop();
            }
            TagEnd::CodeBlock => self.code(),
            TagEnd::HtmlBlock => {
                let html = tag::without_tags(&self.block.take().unwrap_or_default());
                self.embed(&html, rounds);
            }
            TagEnd::Table => self.in_table = false,
            TagEnd::TableHead | TagEnd::TableRow => {
                self.gap(text, range.end);
                self.flush(0);
                if end == TagEnd::TableHead {
                    let rest = text.get(range.end..).unwrap_or_default().trim_start_matches('\n');
                    let under = rest.lines().next().unwrap_or_default();
                    self.push(under.trim_matches([' ', '>']));
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                let width = if end == TagEnd::Emphasis { 1 } else { 2 };
                self.taken = self.taken.or(range.end.checked_sub(width));
                self.gap(text, range.end);
            }
            TagEnd::Link | TagEnd::Image => {
                match self.open.pop() {
                    // A parenthesis may end the target where its author did not mean it to.
                    Some(Open::To(target)) if target.contains(['(', ')']) => {
                        self.line.push_str(&format!("](<{target}>)"))
                    }
                    Some(Open::To(target)) => self.line.push_str(&format!("]({target})")),
                    Some(Open::Words | Open::Whole) | None => {}
                }
                self.taken = Some(range.end);
                return;
            }
            _ => return,
        }
        if !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) {
            self.end = self.end.max(range.end);
        }
    }

    /// Plain text.
    fn words(&mut self, words: &str) {
        if matches!(self.open.last(), Some(Open::Whole)) {
            return;
        }
        // What the document escaped is escaped.
        let slashes = self.line.len() - self.line.trim_end_matches('\\').len();
        let escaped = words.chars().next().filter(|first| slashes % 2 == 1 && first.is_ascii_punctuation());
        self.line.extend(escaped);
        let rest = words.get(escaped.map_or(0, char::len_utf8)..).unwrap_or_default();
        self.line.push_str(&line::text(rest, !self.open.is_empty()));
    }

    fn took(&mut self, until: usize) {
        self.taken = Some(until);
        self.end = self.end.max(until);
    }

    /// Takes over what stands between two events: marks of emphasis, backslashes, the bars of tables.
    fn gap(&mut self, text: &str, until: usize) {
        let from = match self.taken {
            Some(from) => from,
            // At the beginning of a line the backslash of what is escaped.
            None => until - usize::from(text.get(..until).is_some_and(|before| before.ends_with('\\'))),
        };
        let marks = if self.in_table { "*_~\\| " } else { "*_~\\" };
        self.line.extend(text.get(from..until).unwrap_or_default().chars().filter(|mark| marks.contains(*mark)));
        self.taken = Some(until);
    }

    /// Ends what comes before a block; a blank line stays, or is wanted.
    fn begin(&mut self, text: &str, start: usize, blank: bool) {
        self.flush(0);
        self.taken = None;
        let before = text.get(self.end..start).map_or("", |between| between);
        let ended = text.get(..self.end).map_or("", |before| before).trim_end_matches([' ', '\n', '>']).len();
        let lines = text.get(ended..start).unwrap_or(before).matches('\n').count();
        if lines > 1 || blank {
            self.blank();
        }
    }

    /// Parts two blocks, unless a marker waits for the second one.
    fn blank(&mut self) {
        let waits = self.around.iter().any(|around| matches!(around, Around::Item { marker: Some(_), .. }));
        let is_blank = |last: &String| last.trim_matches(['>', ' ']).is_empty();
        if !waits && self.lines.last().is_some_and(|last| !is_blank(last)) {
            self.push("");
        }
    }

    /// Writes a line in its place.
    fn push(&mut self, text: &str) {
        let mut line = String::new();
        for around in &mut self.around {
            match around {
                Around::Quote => line.push_str("> "),
                Around::Item { marker, width } => match marker.take() {
                    Some(marker) => line.push_str(&format!("{marker} ")),
                    None => line.extend(std::iter::repeat_n(' ', *width)),
                },
            }
        }
        line.push_str(text);
        self.lines.push(line.trim_end().to_owned());
    }

    /// Writes the lines that were put together. Tags in them may have made a list or another paragraph.
    fn flush(&mut self, rounds: usize) {
        let text = std::mem::take(&mut self.line);
        self.taken = None;
        if text.trim().is_empty() {
            return;
        }
        if std::mem::take(&mut self.made) && rounds > 0 {
            return self.embed(&text, rounds);
        }
        let is_marked = self.in_table || text.starts_with('#');
        for (index, words) in text.trim().lines().map(str::trim).filter(|words| !words.is_empty()).enumerate() {
            let mut words = if is_marked && index == 0 { words.to_owned() } else { line::unmarked(words) };
            // At the end of a line it would break the line.
            let slashes = words.len() - words.trim_end_matches('\\').len();
            words.extend((slashes % 2 == 1).then_some('\\'));
            self.push(&words);
        }
    }

    /// Markdown in the place of a block.
    fn embed(&mut self, text: &str, rounds: usize) {
        let (end, block) = (self.end, self.block.take());
        match rounds.checked_sub(1) {
            Some(rounds) => self.text(text.trim_matches('\n'), rounds),
            None => line::words(text).lines().for_each(|words| self.push(words)),
        }
        (self.end, self.block) = (end, block);
    }

    fn code(&mut self) {
        let code = self.block.take().unwrap_or_default();
        let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.push(&format!("{fence}text"));
        code.trim_end().lines().for_each(|line| self.push(line));
        self.push(&fence);
    }
}

/// A code span in one line.
fn span(written: &str, code: &str) -> String {
    if !written.contains('\n') {
        return written.to_owned();
    }
    let ticks: String = written.chars().take_while(|letter| *letter == '`').collect();
    let pad = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) { " " } else { "" };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}

/// The marker of an item: `-`, `1.`
fn marker(item: &str) -> String {
    let item = item.trim_start();
    let digits = item.chars().take_while(char::is_ascii_digit).count();
    item.chars().take(digits + 1).collect()
}
