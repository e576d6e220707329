//! Texts that YAML's grammar refuses and every other parser takes: a list in brackets, an object in braces or a quoted
//! string whose later lines are indented less than the block around them.
//!
//! ```yaml
//! example: {
//!   "name": "Rex"
//! }
//! ```
//!
//! White space at the beginning of such lines means nothing, so the reader is given a text where they are indented
//! enough, together with the way back to the offsets of the real one. A text that needs none of this costs nothing.
//!
//! The same spaces part a comment from the value that it stands right behind (`'a'#`), which YAML 1.2 asks for (6.6). That is
//! told, because not every parser reads it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use saphyr_parser::{Parser, ScanError};

use super::Offsets;

/// Bytes that all attempts for one file may read: a hostile text must not keep the reader busy for seconds.
const MAX_BYTES: usize = 128 << 20;

/// A text with some of its lines indented further.
pub(super) struct Padded<'r> {
    pub(super) text: Cow<'r, str>,
    pub(super) pads: Pads,
    /// Where comments begin that stand right behind a value, in the real text.
    pub(super) comments: BTreeSet<usize>,
}

/// Where spaces were put in, in rising order.
#[derive(Default)]
pub(super) struct Pads {
    /// Offsets in the padded text.
    starts: Vec<usize>,
    width: usize,
}

impl Pads {
    /// The offset in the real text.
    pub(super) fn original(&self, at: usize) -> usize {
        let before = self.starts.partition_point(|start| *start <= at);
        match before.checked_sub(1).and_then(|last| self.starts.get(last)) {
            None => at,
            Some(last) => at - (before - 1) * self.width - self.width.min(at - last),
        }
    }
}

/// The text as it is.
pub(super) fn unpadded(body: &str) -> Padded<'_> {
    Padded { text: Cow::Borrowed(body), pads: Pads::default(), comments: BTreeSet::new() }
}

/// The text with lines indented until the parser takes it or has something else to say; `None` if that does not help.
pub(super) fn padded(body: &str) -> Option<Padded<'_>> {
    let indents = body.lines().map(|line| line.len() - line.trim_start_matches(' ').len());
    let width = indents.max().unwrap_or(0) + 1;
    let (mut starts, mut comments) = (BTreeSet::new(), BTreeSet::new());
    let mut budget = MAX_BYTES;
    loop {
        let length = body.len() + starts.len().saturating_mul(width);
        budget = budget.checked_sub(length)?;
        let padded = pad(body, &starts, width);
        let error = match first_fault(&padded.text) {
            Some(error) if is_mendable(&error) => error,
            _ => return Some(Padded { comments, ..padded }),
        };
        let at = Offsets::new(&padded, 0).padded(*error.marker());
        let known = starts.len();
        if is_comment(&error) {
            let at = padded.pads.original(at);
            starts.insert(at);
            comments.insert(at);
        } else {
            let found = lines_below(&padded.text, at, error.info().contains("quoted"));
            starts.extend(found.into_iter().map(|line| padded.pads.original(line)));
        }
        if starts.len() == known {
            return None;
        }
    }
}

/// Whether this is a fault that more spaces mend.
pub(super) fn is_mendable(error: &ScanError) -> bool {
    let indentation = matches!(
        error.info(),
        "invalid indentation" | "invalid indentation in flow construct" | "invalid indentation in quoted scalar"
    );
    indentation || is_comment(error)
}

fn is_comment(error: &ScanError) -> bool {
    error.info() == "comments must be separated from other tokens by whitespace"
}

fn first_fault(text: &str) -> Option<ScanError> {
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        if let Err(error) = event {
            return Some(error);
        }
    }
    None
}

fn pad<'r>(body: &'r str, lines: &BTreeSet<usize>, width: usize) -> Padded<'r> {
    let mut text = String::with_capacity(body.len() + lines.len() * width);
    let mut starts = Vec::with_capacity(lines.len());
    let mut copied = 0;
    for line in lines {
        text.push_str(body.get(copied..*line).unwrap_or_default());
        starts.push(text.len());
        text.extend(std::iter::repeat_n(' ', width));
        copied = *line;
    }
    text.push_str(body.get(copied..).unwrap_or_default());
    Padded { text: Cow::Owned(text), pads: Pads { starts, width }, comments: BTreeSet::new() }
}

/// Where the lines begin that belong to the innermost brackets (or the quoted string) around `at`.
fn lines_below(text: &str, at: usize, quoted: bool) -> Vec<usize> {
    let bytes = text.as_bytes();
    let line = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut lines = if quoted { Vec::new() } else { vec![line] };
    let mut quote = None;
    let mut depth = 0_usize;
    let mut index = at;
    while let Some(byte) = bytes.get(index).copied() {
        let before = index.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b'\n');
        let opens = b" \t\r\n[{,:".contains(&before) || index == at;
        match (quote, byte) {
            (_, b'\n') => lines.push(index + 1),
            (Some(b'"'), b'\\') => index += 1,
            (Some(open), byte) if open == byte => {
                quote = None;
                if quoted {
                    return lines;
                }
            }
            (Some(_), _) => {}
            (None, b'"' | b'\'') if opens => quote = Some(byte),
            (None, b'#') if opens => index += rest_of_line(bytes, index),
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return lines,
            },
            _ => {}
        }
        index += 1;
    }
    lines
}

/// Bytes to the last one before the line break.
fn rest_of_line(bytes: &[u8], index: usize) -> usize {
    let rest = bytes.get(index..).unwrap_or_default();
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()).saturating_sub(1)
}
