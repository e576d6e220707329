//! A bundle as the text of a YAML file.
//!
//! Every reader has to find the same values in it, those of YAML 1.1 too, which take `no`, `12:30:45` and `<<` for something
//! else. So a string or key is plain only where no reader can mistake it. serde has no word for that, nor for a number's
//! text (`1.10`), which is why this is not `serde_yaml`'s work.

use super::Bundle;
use crate::tree::{Member, NodeId, Value, write_json_string};

/// Words that some reader takes for a boolean, a number or null, in lower case.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];

/// What a plain text may hold beside letters, digits and single blanks.
const PLAIN_MARKS: &str = "-_./{}()[]<>$&%+*~@!?,;='\"|^";

/// Readers look no further than 1,024 characters for the colon behind a key.
const MAX_SIMPLE_KEY: usize = 500;

/// What stands before a value on its line.
#[derive(Clone, Copy)]
enum Before {
    /// The key and its colon.
    Key,
    /// The dash of an item, or the colon that has a line of its own. The first line of an object or list follows on the same line.
    Dash,
}

impl Bundle {
    /// The document as YAML, two blanks a level.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        match self.tree.value(self.root) {
            Value::Mapping(members) if !members.is_empty() => self.push_members(members, 0, &mut out),
            _ => self.push_value(self.root, 0, Before::Key, &mut out),
        }
        out
    }

    /// The value and the end of its last line. `level` is that of the object or list around it.
    fn push_value(&self, node: NodeId, level: usize, before: Before, out: &mut String) {
        match (self.tree.value(node), before) {
            (Value::Mapping(members), Before::Key) if !members.is_empty() => {
                out.push('\n');
                indent(level + 1, out);
                self.push_members(members, level + 1, out);
            }
            (Value::Mapping(members), Before::Dash) if !members.is_empty() => {
                out.push(' ');
                self.push_members(members, level + 1, out);
            }
            // The items of a list stand below its key, not further in.
            (Value::Sequence(items), Before::Key) if !items.is_empty() => {
                out.push('\n');
                indent(level, out);
                self.push_items(items, level, out);
            }
            (Value::Sequence(items), Before::Dash) if !items.is_empty() => {
                out.push(' ');
                self.push_items(items, level + 1, out);
            }
            (Value::String(text), _) => {
                out.push(' ');
                match is_block(text) {
                    true => push_block(text, level + 1, out),
                    false => push_text(text, out),
                }
                out.push('\n');
            }
            _ => {
                out.push(' ');
                out.push_str(&self.tree.json_text(node));
                out.push('\n');
            }
        }
    }

    /// Begins where the first key stands.
    fn push_members(&self, members: &[Member], level: usize, out: &mut String) {
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                indent(level, out);
            }
            if member.key.len() <= MAX_SIMPLE_KEY {
                push_text(&member.key, out);
                out.push(':');
                self.push_value(member.value, level, Before::Key, out);
            } else {
                out.push_str("? ");
                push_text(&member.key, out);
                out.push('\n');
                indent(level, out);
                out.push(':');
                self.push_value(member.value, level, Before::Dash, out);
            }
        }
    }

    /// Begins where the first dash stands.
    fn push_items(&self, items: &[NodeId], level: usize, out: &mut String) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                indent(level, out);
            }
            out.push('-');
            self.push_value(*item, level, Before::Dash, out);
        }
    }
}

fn indent(level: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", level));
}

/// A text on one line, in quotes unless it is plain.
fn push_text(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else if text.chars().all(is_printable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        let mut json = String::new();
        write_json_string(text, &mut json);
        for char in json.chars() {
            match is_printable(char) {
                true => out.push(char),
                // None of them is above U+FFFF.
                false => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            }
        }
    }
}

/// Whether quotes can do without an escape for it. YAML 1.1 takes U+0085, U+2028 and U+2029 for line breaks.
fn is_printable(char: char) -> bool {
    !char.is_control() && !matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether every reader takes the text without quotes for this string.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_so = first.is_alphabetic() || matches!(first, '/' | '$' | '_') || is_version(text);
    starts_so && !text.ends_with(' ') && !WORDS.contains(&&*text.to_ascii_lowercase()) && holds_plain(text)
}

/// `3.1.0`, which is no number, and which documents hold without quotes.
fn is_version(text: &str) -> bool {
    let parts = text.split('.');
    parts.clone().count() == 3
        && parts.into_iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn holds_plain(text: &str) -> bool {
    let mut next = text.chars().skip(1);
    text.chars().all(|char| {
        let after = next.next();
        match char {
            ' ' => after != Some(' '),
            // The colon of a URL. One with a blank behind it would make a key.
            ':' => after == Some('/'),
            char => is_printable(char) && (char.is_alphanumeric() || PLAIN_MARKS.contains(char)),
        }
    })
}

/// Whether a text of several lines can stand as such: indented, and otherwise as it is.
fn is_block(text: &str) -> bool {
    let is_line = |line: &str| line.chars().all(is_printable) && (line.is_empty() || !line.trim().is_empty());
    text.contains('\n')
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with("\n\n")
        && text.split('\n').all(is_line)
}

fn push_block(text: &str, level: usize, out: &mut String) {
    let body = text.strip_suffix('\n');
    out.push_str(if body.is_some() { "|" } else { "|-" });
    for line in body.unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            indent(level, out);
            out.push_str(line);
        }
    }
}
