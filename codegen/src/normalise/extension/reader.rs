//! Reads objects of the vocabulary by their tables, and reports every member that does not fit.
//!
//! Owns the kinds of values. Which members there are is the business of `tables`.

use crate::diagnostic::codes::{BAD_FACT, UNKNOWN_FACT};
use crate::diagnostic::{Collector, nearest};
use crate::tree::{Member, NodeId, Tree, Value};

/// One object of the vocabulary.
pub(super) struct Table<T: 'static> {
    /// Its name in faults, and in the schema that editors use.
    pub(super) name: &'static str,
    pub(super) rows: &'static [Row<T>],
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Table<T> {}

/// One member.
pub(super) struct Row<T: 'static> {
    pub(super) name: &'static str,
    pub(super) takes: Takes<T>,
    pub(super) required: bool,
}

/// What a member takes, and where it goes.
pub(super) enum Takes<T: 'static> {
    Text(Of, fn(&mut T, String)),
    Flag(fn(&mut T, bool)),
    Count(fn(&mut T, u64)),
    /// A list of texts, or one.
    Texts(Of, fn(&mut T, Vec<String>)),
    /// An object of texts: what its keys are, what its values are.
    Pairs(Of, Of, fn(&mut T, Vec<(String, String)>)),
    Choice(&'static [&'static str], fn(&mut T, &str)),
    /// Something with a shape of its own, under its name in the schema that editors use.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the test that compares the schema with the tables reads the name")
    )]
    Object(&'static str, fn(&mut T, &mut Reader<'_>, NodeId)),
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Any,
    Pointer,
    Header,
    Status,
}

impl Of {
    /// Whether it is none, and how to write one.
    fn fault(self, text: &str) -> Option<(&'static str, &'static str)> {
        let header = |text: &str| !text.is_empty() && text.bytes().all(is_header_byte);
        let pointer = |text: &str| text.is_empty() || text.starts_with('/');
        match self {
            Self::Pointer if !pointer(text) => {
                Some(("JSON pointer", "write `/member/inner`, or an empty text for the whole body"))
            }
            Self::Header if !header(text) => Some(("header name", "write letters, digits and hyphens")),
            Self::Status if !is_status(text) => Some(("status", "write `429` for one, `5XX` for a range")),
            _ => None,
        }
    }
}

/// A `token` of RFC 9110.
fn is_header_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}

/// Reads facts from the tree.
pub(super) struct Reader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) collector: &'a mut Collector,
}

impl Reader<'_> {
    /// Reads the object at `node` into `facts`.
    pub(super) fn object<T>(&mut self, table: Table<T>, node: NodeId, mut facts: T) -> T {
        let tree = self.tree;
        let Some(members) = tree.as_mapping(node) else {
            self.wrong(node, table.name, "an object");
            return facts;
        };
        for member in members {
            match table.rows.iter().find(|row| row.name == &*member.key) {
                Some(row) => self.take(row, member, &mut facts),
                None => self.unknown(table, member),
            }
        }
        for row in table.rows.iter().filter(|row| row.required && tree.member(node, row.name).is_none()) {
            self.bad(node, format!("`{}` has no `{}`", table.name, row.name), format!("add `{}`", row.name));
        }
        facts
    }

    fn take<T>(&mut self, row: &Row<T>, member: &Member, facts: &mut T) {
        let at = member.value;
        match &row.takes {
            Takes::Text(of, set) => {
                if let Some(text) = self.text(at, row.name, *of) {
                    set(facts, text);
                }
            }
            Takes::Flag(set) => match self.tree.as_bool(at) {
                Some(flag) => set(facts, flag),
                None => self.wrong(at, row.name, "`true` or `false`"),
            },
            Takes::Count(set) => match self.tree.as_u64(at) {
                Some(count) => set(facts, count),
                None => self.wrong(at, row.name, "a whole number, not negative"),
            },
            Takes::Texts(of, set) => {
                let texts = self.texts(at, row.name, *of);
                set(facts, texts);
            }
            Takes::Pairs(keys, values, set) => {
                let pairs = self.pairs(at, row.name, (*keys, *values));
                set(facts, pairs);
            }
            Takes::Choice(known, set) => match self.tree.as_str(at).filter(|text| known.contains(text)) {
                Some(text) => set(facts, text),
                None => {
                    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                    self.wrong(at, row.name, &known.join(" or "));
                }
            },
            Takes::Object(_, read) => read(facts, self, at),
        }
    }

    /// A text; a number where a status may stand without quotes.
    pub(super) fn text(&mut self, at: NodeId, name: &str, of: Of) -> Option<String> {
        let number = self.tree.as_number(at).filter(|_| of == Of::Status);
        let Some(text) = self.tree.as_str(at).or(number) else {
            self.wrong(at, name, "a string");
            return None;
        };
        if let Some((noun, help)) = of.fault(text) {
            self.bad(at, format!("`{text}` is no {noun}"), help.to_owned());
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn texts(&mut self, at: NodeId, name: &str, of: Of) -> Vec<String> {
        let tree = self.tree;
        match tree.as_sequence(at) {
            Some(items) => items.iter().filter_map(|item| self.text(*item, name, of)).collect(),
            None => self.text(at, name, of).into_iter().collect(),
        }
    }

    pub(super) fn pairs(&mut self, at: NodeId, name: &str, (keys, values): (Of, Of)) -> Vec<(String, String)> {
        let tree = self.tree;
        let Some(members) = tree.as_mapping(at) else {
            self.wrong(at, name, "an object of strings");
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for member in members {
            if let Some((noun, help)) = keys.fault(&member.key) {
                self.bad_at(member.key_place, format!("`{}` is no {noun}", member.key), help.to_owned());
            }
            pairs.extend(self.text(member.value, &member.key, values).map(|text| (member.key.to_string(), text)));
        }
        pairs
    }

    fn unknown<T>(&mut self, table: Table<T>, member: &Member) {
        let help = match nearest(&member.key, table.rows.iter().map(|row| row.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let mut known: Vec<String> = table.rows.iter().map(|row| format!("`{}`", row.name)).collect();
                known.sort_unstable();
                format!("known are {}", known.join(", "))
            }
        };
        self.collector
            .report(&UNKNOWN_FACT, member.key_place)
            .message(format!("`{}` is no member of `{}`", member.key, table.name))
            .label("unknown")
            .help(help);
    }

    /// A value of the wrong kind.
    pub(super) fn wrong(&mut self, at: NodeId, name: &str, expected: &str) {
        let found = match self.tree.value(at) {
            Value::String(text) => format!("`{name}` is `{text}`"),
            Value::Number(text) if text.starts_with('-') || text.contains('.') => format!("`{name}` is {text}"),
            _ => format!("`{name}` is {}", self.tree.kind_name(at)),
        };
        self.bad(at, found, format!("write {expected}"));
    }

    /// A value that makes no sense.
    pub(super) fn bad(&mut self, at: NodeId, message: String, help: String) {
        self.bad_at(self.tree.place(at), message, help);
    }

    fn bad_at(&mut self, place: crate::source::Place, message: String, help: String) {
        self.collector.report(&BAD_FACT, place).message(message).label("not understood").help(help);
    }
}
