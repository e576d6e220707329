//! The reader of JSON (RFC 8259), with the byte offset of every key and value.
//!
//! Written here because a document's diagnostics need places, numbers need their text, and 13 MB need to be read in a
//! tenth of a second. It stops at the first syntax fault, whose text says what people usually did.

use super::{MAX_NODES, offset, report_count, report_depth, unique_members};
use crate::diagnostic::{Collector, codes};
use crate::source::{FileId, Place};
use crate::tree::{MAX_DEPTH, Member, NodeId, Tree, Value};

/// Reads a file; after a fault there is no root.
pub(super) fn read_json(file: FileId, text: &str, tree: &mut Tree, collector: &mut Collector) -> Option<NodeId> {
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { file, text, at, depth: 0, tree, collector, members: Vec::new(), items: Vec::new() };
    reader.document().ok()
}

/// The fault is already reported.
struct Stop;

struct Reader<'r> {
    file: FileId,
    text: &'r str,
    at: usize,
    depth: usize,
    tree: &'r mut Tree,
    collector: &'r mut Collector,
    /// Members of the objects that are still open, so that each object's list is allocated once and to measure.
    members: Vec<Member>,
    /// Items of the lists that are still open.
    items: Vec<NodeId>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<NodeId, Stop> {
        self.skip_space();
        if self.at == self.text.len() {
            let place = self.place(0, 0);
            self.collector
                .report(&codes::EMPTY_DOCUMENT, place)
                .message("the file is empty")
                .label("an OpenAPI document was expected")
                .help("begin the document with `{\"openapi\": \"3.1.0\"}`");
            return Err(Stop);
        }
        let root = self.value()?;
        self.skip_space();
        match self.peek() {
            None => Ok(root),
            Some(_) => {
                Err(self.fault("text follows the end of the document", "the document ended before this", "remove it"))
            }
        }
    }

    fn value(&mut self) -> Result<NodeId, Stop> {
        if self.tree.len() >= MAX_NODES {
            report_count(self.place(self.at, self.at + 1), self.collector);
            return Err(Stop);
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object()?,
            Some(b'[') => self.array()?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(self.tree.push(self.place(start, self.at), value))
    }

    fn enter(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            report_depth(self.place(self.at, self.at + 1), self.collector);
            return Err(Stop);
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn object(&mut self) -> Result<Value, Stop> {
        let open = self.at;
        self.enter()?;
        let first = self.members.len();
        while self.peek() != Some(b'}') {
            let member = self.member(open)?;
            self.members.push(member);
            self.comma(b'}', open)?;
        }
        self.at += 1;
        self.depth -= 1;
        let members: Vec<Member> = self.members.drain(first..).collect();
        Ok(Value::Mapping(unique_members(members, self.collector)))
    }

    fn member(&mut self, open: usize) -> Result<Member, Stop> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.bad_key(open));
        }
        let key = self.string()?;
        let key_place = self.place(start, self.at);
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.fault("a key has no value", "a colon was expected", "write `\"key\": value`"));
        }
        self.at += 1;
        self.skip_space();
        Ok(Member { key, key_place, value: self.value()? })
    }

    fn array(&mut self) -> Result<Value, Stop> {
        let open = self.at;
        self.enter()?;
        let first = self.items.len();
        while self.peek() != Some(b']') {
            if self.peek().is_none() {
                return Err(self.unclosed(open));
            }
            let item = self.value()?;
            self.items.push(item);
            self.comma(b']', open)?;
        }
        self.at += 1;
        self.depth -= 1;
        Ok(Value::Sequence(self.items.drain(first..).collect()))
    }

    /// After an item: a comma and more, or the end.
    fn comma(&mut self, end: u8, open: usize) -> Result<(), Stop> {
        self.skip_space();
        match self.peek() {
            Some(byte) if byte == end => Ok(()),
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                if self.peek() == Some(end) {
                    self.at = comma;
                    return Err(self.fault("a comma stands before the end", "nothing follows this comma", "remove it"));
                }
                Ok(())
            }
            None => Err(self.unclosed(open)),
            Some(_) => {
                let label = format!("a comma or `{}` was expected", char::from(end));
                Err(self.fault("a comma is missing", &label, "separate members and items by commas"))
            }
        }
    }

    /// The text of a string; `at` stands on its quote.
    fn string(&mut self) -> Result<Box<str>, Stop> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        self.plain_run();
        if self.peek() == Some(b'"') {
            let text = self.text.get(start..self.at).unwrap_or_default();
            self.at += 1;
            return Ok(text.into());
        }
        let mut out = self.text.get(start..self.at).unwrap_or_default().to_owned();
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => out.push(self.escape()?),
                Some(b'\n' | b'\r') | None => {
                    let end = self.at;
                    self.at = open;
                    let place = self.place(open, end);
                    return Err(self.fault_at(
                        place,
                        "a string does not end on its line",
                        "its quote is never closed",
                        "close it with `\"`; a line break is `\\n`",
                    ));
                }
                Some(_) => {
                    return Err(self.fault(
                        "a string holds a control character",
                        "JSON wants an escape here",
                        "write `\\t` or `\\u0000`",
                    ));
                }
            }
            let run = self.at;
            self.plain_run();
            out.push_str(self.text.get(run..self.at).unwrap_or_default());
        }
        self.at += 1;
        Ok(out.into())
    }

    /// Skips what stands for itself in a string. UTF-8's later bytes are all above the ASCII ones looked for here.
    fn plain_run(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        self.at += end.unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<char, Stop> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let character = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => {
                return Err(self.fault(
                    "an escape does not exist",
                    "JSON has no such escape",
                    "a backslash itself is `\\\\`",
                ));
            }
        };
        self.at += 2;
        Ok(character)
    }

    /// `\u00e9`, or the two halves of a surrogate pair.
    fn unicode_escape(&mut self) -> Result<char, Stop> {
        let start = self.at;
        let first = self.hex_unit();
        let second = match first {
            Some(0xd800..=0xdbff) => self.hex_unit(),
            _ => None,
        };
        let units = first.into_iter().chain(second);
        let mut decoded = char::decode_utf16(units.filter_map(|unit| u16::try_from(unit).ok()));
        match (decoded.next(), decoded.next()) {
            (Some(Ok(character)), None) => Ok(character),
            _ => {
                let place = self.place(start, self.at.max(start + 2));
                let help = "write four hexadecimal digits, and two escapes for characters above U+FFFF";
                Err(self.fault_at(
                    place,
                    "a Unicode escape is no character",
                    "this is half of a character, or no hexadecimal number",
                    help,
                ))
            }
        }
    }

    /// The number after `\u`; moves on only if there is one.
    fn hex_unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 6)?.strip_prefix("\\u")?;
        let unit =
            digits.bytes().try_fold(0, |unit, byte| char::from(byte).to_digit(16).map(|digit| unit * 16 + digit))?;
        self.at += 6;
        Some(unit)
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    fn number(&mut self) -> Result<Box<str>, Stop> {
        let start = self.at;
        self.skip_one(b"-");
        let whole = self.at;
        self.skip_digits();
        let length = self.at - whole;
        let leading_zero = length > 1 && self.text.as_bytes().get(whole) == Some(&b'0');
        let mut complete = length > 0 && !leading_zero;
        if self.skip_one(b".") {
            complete &= self.skip_digits();
        }
        if self.skip_one(b"eE") {
            self.skip_one(b"+-");
            complete &= self.skip_digits();
        }
        if !complete {
            let place = self.place(start, self.at);
            let label = if leading_zero { "a number has no leading zero" } else { "digits are missing" };
            return Err(self.fault_at(place, "this is no number", label, "quote it if it is a text"));
        }
        Ok(self.text.get(start..self.at).unwrap_or_default().into())
    }

    fn skip_one(&mut self, any_of: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| any_of.contains(&byte));
        self.at += usize::from(found);
        found
    }

    fn skip_digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    /// `null`, `true`, `false`, or what people write instead of a value.
    fn word(&mut self) -> Result<Value, Stop> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(self.bad_value(word)),
        };
        self.at += length;
        Ok(value)
    }

    fn bad_value(&mut self, word: &str) -> Stop {
        let place = self.place(self.at, self.at + word.len().max(1));
        let (message, help) = match (self.peek(), word) {
            (Some(b'\''), _) => ("a string has single quotes", "JSON wants double quotes"),
            (Some(b'/' | b'#'), _) => ("JSON has no comments", "remove it, or use YAML"),
            (Some(b','), _) => ("a comma stands where a value was expected", "remove it"),
            (Some(b'+' | b'.'), _) | (_, "NaN" | "Infinity") => {
                ("this is no number", "JSON has neither `+1` nor `.5`, `NaN` and `Infinity`")
            }
            (_, "True" | "False" | "None") => ("this is no JSON value", "write `true`, `false` or `null`"),
            (None, _) => ("the file ends too early", "the document is cut off"),
            _ if self.depth == 0 => ("this is no JSON", "if it is YAML, give the file a name that ends in `.yaml`"),
            _ => ("a value was expected", "quote it if it is a text"),
        };
        self.fault_at(place, message, "a JSON value was expected here", help)
    }

    fn bad_key(&mut self, open: usize) -> Stop {
        match self.peek() {
            None => self.unclosed(open),
            Some(b'/' | b'#') => {
                self.fault("JSON has no comments", "a key was expected here", "remove it, or use YAML")
            }
            _ => self.fault("a key was expected", "this is no quoted key", "write keys in double quotes"),
        }
    }

    fn unclosed(&mut self, open: usize) -> Stop {
        let place = self.place(open, open + 1);
        let end = self.place(self.at, self.at);
        self.collector
            .report(&codes::JSON_SYNTAX, place)
            .message("the file ends too early")
            .label("this is never closed")
            .help("the document is cut off, or a closing bracket is missing")
            .related(end, "the file ends here");
        Stop
    }

    /// A fault at the character that comes next.
    fn fault(&mut self, message: &str, label: &str, help: &str) -> Stop {
        let width = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let place = self.place(self.at, self.at + width);
        self.fault_at(place, message, label, help)
    }

    fn fault_at(&mut self, place: Place, message: &str, label: &str, help: &str) -> Stop {
        self.collector.report(&codes::JSON_SYNTAX, place).message(message).label(label).help(help);
        Stop
    }

    fn place(&self, start: usize, end: usize) -> Place {
        let end = end.min(self.text.len());
        Place { file: self.file, start: offset(start), end: offset(end) }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }
}
