//! The reader of YAML 1.2 (core schema), with the byte offset of every key and value.
//!
//! saphyr-parser turns the text into events; here they become nodes. Owns anchors (aliases share their node), merge keys
//! and limits; what a plain scalar means is in `scalar`. Nothing recurses: the open lists and objects are a stack.

mod padding;
mod scalar;

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

use self::padding::Padded;
use super::{MAX_NODES, offset, report_count, report_depth, unique_members};
use crate::diagnostic::{Code, Collector, codes};
use crate::source::{FileId, Place};
use crate::tree::{MAX_DEPTH, Member, NodeId, Tree, Value};

/// Reads a file; after a fault there is no root.
pub(super) fn read_yaml(file: FileId, text: &str, tree: &mut Tree, collector: &mut Collector) -> Option<NodeId> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let len = tree.len();
    let mut padded = padding::unpadded(body);
    let mut stop = match read_padded(file, text, &padded, tree, collector) {
        Ok(root) => return Some(root),
        Err(stop) => stop,
    };
    if stop.as_ref().is_some_and(padding::is_mendable)
        && let Some(mended) = padding::padded(body)
    {
        padded = mended;
        tree.rewind(len);
        match read_padded(file, text, &padded, tree, collector) {
            Ok(root) => {
                let before = text.len() - body.len();
                padded.comments.iter().for_each(|at| report_comment(file, before + at, collector));
                return Some(root);
            }
            Err(other) => stop = other,
        }
    }
    if let Some(error) = stop {
        let at = Offsets::new(&padded, text.len() - body.len()).byte(*error.marker());
        report_syntax(file, text, at, error.info(), collector);
    }
    None
}

fn read_padded(
    file: FileId,
    text: &str,
    padded: &Padded<'_>,
    tree: &mut Tree,
    collector: &mut Collector,
) -> Result<NodeId, Stop> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let offsets = Offsets::new(padded, bom);
    let (open, anchors) = (Vec::new(), BTreeMap::new());
    let mut reader = Reader { file, text, offsets, tree, collector, open, anchors, expanded: 0, root: None };
    reader.document(Parser::new_from_str(&padded.text))
}

/// Why reading stopped: what the parser says, or `None` for a fault that is already reported.
type Stop = Option<ScanError>;

struct Reader<'r> {
    file: FileId,
    text: &'r str,
    offsets: Offsets<'r>,
    tree: &'r mut Tree,
    collector: &'r mut Collector,
    open: Vec<Open>,
    /// Finished anchors.
    anchors: BTreeMap<usize, Finished>,
    /// Values that aliases stand for: what a reader without sharing would have had to make.
    expanded: usize,
    root: Option<NodeId>,
}

/// A node, and what an alias to it costs.
#[derive(Clone, Copy)]
struct Finished {
    node: NodeId,
    /// Values in it, itself included, aliases expanded.
    values: usize,
    /// Nesting of lists and objects in it, itself included.
    height: usize,
}

/// A list or object whose end was not seen yet.
struct Open {
    start: usize,
    anchor: usize,
    values: usize,
    height: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<NodeId>),
    Mapping {
        members: Vec<Member>,
        /// The key whose value comes next.
        key: Option<Key>,
        /// `<<`: the place among the members, and what is merged in there.
        merges: Vec<(usize, NodeId, Place)>,
    },
}

struct Key {
    text: Box<str>,
    place: Place,
    merge: bool,
}

impl Reader<'_> {
    fn document<'p>(&mut self, mut parser: Parser<'p, StrInput<'p>>) -> Result<NodeId, Stop> {
        let mut documents = 0;
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(Some)?;
            if matches!(event, Event::DocumentStart(_)) {
                documents += 1;
                if documents > 1 {
                    return Err(self.second_document(span));
                }
            }
            self.event(event, span)?;
        }
        self.root.ok_or_else(|| {
            let report = self.collector.report(&codes::EMPTY_DOCUMENT, Place { file: self.file, start: 0, end: 0 });
            report
                .message("the file is empty")
                .label("an OpenAPI document was expected")
                .help("begin the document with `openapi: 3.1.0`");
            None
        })
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), span),
            Event::SequenceStart(anchor, _) => self.open(anchor, span, Content::Sequence(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.open(anchor, span, Content::Mapping { members: Vec::new(), key: None, merges: Vec::new() })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
        }
    }

    fn open(&mut self, anchor: usize, span: Span, content: Content) -> Result<(), Stop> {
        if self.expects_key() {
            return Err(self.fault(
                &codes::KEY_NOT_SCALAR,
                self.place(span),
                [
                    "a key is a list or an object",
                    "a string was expected as key",
                    "quote it if it is a text that begins with `{` or `[`",
                ],
            ));
        }
        if self.open.len() >= MAX_DEPTH {
            report_depth(self.place(span), self.collector);
            return Err(None);
        }
        let start = self.offsets.byte(span.start);
        self.open.push(Open { start, anchor, values: 1, height: 1, content });
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last().map(|open| &open.content), Some(Content::Mapping { key: None, .. }))
    }

    fn close(&mut self, span: Span) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let (value, last) = match open.content {
            Content::Sequence(items) => {
                let last = items.last().map(|item| self.tree.place(*item).end);
                (Value::Sequence(items), last)
            }
            Content::Mapping { members, merges, .. } => {
                let members = unique_members(members, self.collector);
                let last = members.last().map(|member| self.tree.place(member.value).end);
                (Value::Mapping(self.merged(members, merges)), last)
            }
        };
        // The end of a block is only found at the next token, so the last item's end is taken; flow style has a bracket.
        let end = self.place(span);
        let end = if end.end > end.start { end.end } else { last.unwrap_or(end.end) };
        let start = offset(open.start);
        let place = Place { file: self.file, start, end: end.max(start) };
        let node = self.push(place, value)?;
        self.finish(Finished { node, values: open.values, height: open.height }, open.anchor)
    }

    /// Puts the members of merged objects where their `<<` stands; keys that are there already win, then earlier objects.
    fn merged(&mut self, members: Vec<Member>, merges: Vec<(usize, NodeId, Place)>) -> Vec<Member> {
        if merges.is_empty() {
            return members;
        }
        let mut known: BTreeSet<Box<str>> = members.iter().map(|member| member.key.clone()).collect();
        let mut out = Vec::with_capacity(members.len());
        let mut members = members.into_iter().enumerate().peekable();
        for (at, node, place) in merges {
            while let Some((_, member)) = members.next_if(|(index, _)| *index < at) {
                out.push(member);
            }
            let sources: Vec<NodeId> = self.tree.as_sequence(node).map_or_else(|| vec![node], <[NodeId]>::to_vec);
            for source in sources {
                let Some(merged) = self.tree.as_mapping(source) else {
                    self.bad_merge(place);
                    continue;
                };
                out.extend(merged.iter().filter(|member| known.insert(member.key.clone())).cloned());
            }
        }
        out.extend(members.map(|(_, member)| member));
        out
    }

    fn bad_merge(&mut self, place: Place) {
        let texts = [
            "a merge key names something that is no object",
            "an object was expected",
            "merge an alias of an object: `<<: *name`",
        ];
        let _ = self.fault(&codes::BAD_MERGE_KEY, place, texts);
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        let place = self.place(span);
        let Some(finished) = self.anchors.get(&anchor).copied() else {
            let texts = [
                "an alias stands inside its own anchor",
                "this value would contain itself",
                "use a `$ref` for what is recursive",
            ];
            return Err(self.fault(&codes::ALIAS_IN_ITSELF, place, texts));
        };
        self.expanded = self.expanded.saturating_add(finished.values);
        if self.expanded > MAX_NODES {
            report_count(place, self.collector);
            return Err(None);
        }
        if self.open.len() + finished.height > MAX_DEPTH {
            report_depth(place, self.collector);
            return Err(None);
        }
        if self.expects_key() {
            let text: Box<str> = match self.tree.value(finished.node) {
                Value::String(text) | Value::Number(text) => text.clone(),
                _ => self.tree.json_text(finished.node).into(),
            };
            return self.key(text, place, false);
        }
        self.finish(finished, 0)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Stop> {
        let place = self.place(span);
        let plain = style == ScalarStyle::Plain;
        if self.expects_key() {
            if anchor > 0 {
                let node = self.push(place, Value::String(text.into()))?;
                self.anchors.insert(anchor, Finished { node, values: 1, height: 0 });
            }
            return self.key(text.into(), place, plain && tag.is_none() && text == "<<");
        }
        let place = if text.is_empty() && plain { self.place_of_nothing(place) } else { place };
        let value = match scalar::resolve(text, plain, tag) {
            Ok(value) => value,
            Err(fault) => {
                let _ = self.fault(fault.code, place, [&fault.message, fault.label, fault.help]);
                Value::Null
            }
        };
        let node = self.push(place, value)?;
        self.finish(Finished { node, values: 1, height: 0 }, anchor)
    }

    /// An empty value is found at the token after it, which may be lines away: it is shown behind its key.
    fn place_of_nothing(&self, place: Place) -> Place {
        match self.open.last().map(|open| &open.content) {
            Some(Content::Mapping { key: Some(key), .. }) => {
                Place { start: key.place.end, end: key.place.end, ..place }
            }
            _ => place,
        }
    }

    fn key(&mut self, text: Box<str>, place: Place, merge: bool) -> Result<(), Stop> {
        if let Some(Open { content: Content::Mapping { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(Key { text, place, merge });
        }
        Ok(())
    }

    /// Adds a finished node to the list or object that is open.
    fn finish(&mut self, finished: Finished, anchor: usize) -> Result<(), Stop> {
        if anchor > 0 {
            self.anchors.insert(anchor, finished);
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(finished.node);
            return Ok(());
        };
        open.values = open.values.saturating_add(finished.values);
        open.height = open.height.max(finished.height + 1);
        match &mut open.content {
            Content::Sequence(items) => items.push(finished.node),
            Content::Mapping { members, key, merges } => match key.take() {
                Some(key) if key.merge => merges.push((members.len(), finished.node, key.place)),
                Some(key) => members.push(Member { key: key.text, key_place: key.place, value: finished.node }),
                None => {}
            },
        }
        Ok(())
    }

    fn push(&mut self, place: Place, value: Value) -> Result<NodeId, Stop> {
        if self.tree.len() >= MAX_NODES {
            report_count(place, self.collector);
            return Err(None);
        }
        Ok(self.tree.push(place, value))
    }

    fn place(&self, span: Span) -> Place {
        let start = self.offsets.byte(span.start);
        let end = self.offsets.byte(span.end).max(start);
        // A block scalar's span runs to the next token.
        let length = self.text.get(start..end).map_or(end - start, |text| text.trim_end().len());
        Place { file: self.file, start: offset(start), end: offset(start + length) }
    }

    fn second_document(&mut self, span: Span) -> Stop {
        let texts =
            ["the file holds several YAML documents", "a second document starts here", "keep one document in a file"];
        self.fault(&codes::SEVERAL_DOCUMENTS, self.place(span), texts)
    }

    /// Message, label and help.
    fn fault(&mut self, code: &'static Code, place: Place, texts: [&str; 3]) -> Stop {
        let [message, label, help] = texts;
        self.collector.report(code, place).message(message).label(label).help(help);
        None
    }
}

/// Reports a comment that nothing parts from the value before it.
fn report_comment(file: FileId, at: usize, collector: &mut Collector) {
    collector
        .report(&codes::COMMENT_AT_VALUE, Place { file, start: offset(at), end: offset(at + 1) })
        .message("a comment begins right behind a value")
        .label("white space was expected before this")
        .help("put a space before the `#`, or remove it")
        .recovery("it is read as a comment");
}

/// Reports what the parser refused.
fn report_syntax(file: FileId, text: &str, at: usize, info: &str, collector: &mut Collector) {
    let rest = text.get(at..).unwrap_or_default();
    let width = rest.chars().next().filter(|letter| !letter.is_whitespace()).map_or(0, char::len_utf8);
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let tab = rest.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t');
    let help = match info {
        _ if tab => "YAML is indented with spaces, never with tabs",
        info if info.contains("anchor") => "define it before it is used: `&name value`",
        info if info.contains("mapping values") => "quote a value that holds `: `",
        info if info.contains("quoted scalar") => "close the quote, or escape the quotes inside",
        _ => "look at the indentation here and on the line above; quote texts that begin with a special character",
    };
    let place = Place { file, start: offset(at), end: offset(at + width) };
    collector.report(&codes::YAML_SYNTAX, place).message(info).label("the parser stopped here").help(help);
}

/// Byte offsets of the characters that saphyr counts.
struct Offsets<'r> {
    padded: &'r Padded<'r>,
    /// Bytes before the body: a byte order mark.
    before: usize,
    /// Byte offset of every [`Self::STEP`]th character; empty where characters are bytes.
    steps: Vec<u32>,
}

impl<'r> Offsets<'r> {
    const STEP: usize = 64;

    fn new(padded: &'r Padded<'r>, before: usize) -> Self {
        let steps = if padded.text.is_ascii() {
            Vec::new()
        } else {
            padded.text.char_indices().step_by(Self::STEP).map(|(at, _)| offset(at)).collect()
        };
        Self { padded, before, steps }
    }

    /// In the file.
    fn byte(&self, marker: Marker) -> usize {
        self.before + self.padded.pads.original(self.padded(marker))
    }

    /// In the padded text.
    fn padded(&self, marker: Marker) -> usize {
        let (index, text) = (marker.index(), &*self.padded.text);
        if self.steps.is_empty() {
            return index.min(text.len());
        }
        let step = self.steps.get(index / Self::STEP).map_or(text.len(), |step| *step as usize);
        let rest = text.get(step..).unwrap_or_default();
        step + rest.char_indices().nth(index % Self::STEP).map_or(rest.len(), |(at, _)| at)
    }
}
