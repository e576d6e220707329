//! A bundle as data: for serde, and as the text of a JSON file.
//!
//! Numbers keep their text. serde has no word for that, so a number that would be written otherwise (`1.10`, more digits than
//! 64 bits have) is given to serde as a string with a mark before it; whoever writes takes the mark out of the text.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::Bundle;
use crate::source::Sources;
use crate::tree::{NodeId, Value, write_json_string};

/// A word that stands in no file of the set.
pub(super) fn unused_mark(sources: &Sources) -> String {
    let mut mark = "number".to_owned();
    while sources.files.iter().any(|file| file.text.contains(&mark)) {
        mark.push_str("-n");
    }
    mark
}

impl Bundle {
    /// Stands before the text of numbers that are serialised as strings.
    pub fn number_mark(&self) -> &str {
        &self.mark
    }

    /// The document as JSON, two blanks a level.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.push_json(self.root, 0, &mut out);
        out.push('\n');
        out
    }

    fn push_json(&self, node: NodeId, level: usize, out: &mut String) {
        let line = |level: usize, out: &mut String| {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", level));
        };
        match self.tree.value(node) {
            Value::Sequence(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    out.push(if index == 0 { '[' } else { ',' });
                    line(level + 1, out);
                    self.push_json(*item, level + 1, out);
                }
                line(level, out);
                out.push(']');
            }
            Value::Mapping(members) if !members.is_empty() => {
                for (index, member) in members.iter().enumerate() {
                    out.push(if index == 0 { '{' } else { ',' });
                    line(level + 1, out);
                    write_json_string(&member.key, out);
                    out.push_str(": ");
                    self.push_json(member.value, level + 1, out);
                }
                line(level, out);
                out.push('}');
            }
            _ => out.push_str(&self.tree.json_text(node)),
        }
    }
}

impl Serialize for Bundle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Part { bundle: self, node: self.root }.serialize(serializer)
    }
}

/// A part of a bundle.
struct Part<'b> {
    bundle: &'b Bundle,
    node: NodeId,
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let part = |node: NodeId| Part { bundle: self.bundle, node };
        match self.bundle.tree.value(self.node) {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => match text.parse::<i64>() {
                Ok(number) if number.to_string() == **text => serializer.serialize_i64(number),
                _ => serializer.serialize_str(&format!("{}{text}", self.bundle.mark)),
            },
            Value::String(text) => serializer.serialize_str(text),
            Value::Sequence(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(&part(*item)))?;
                list.end()
            }
            Value::Mapping(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|member| map.serialize_entry(&*member.key, &part(member.value)))?;
                map.end()
            }
        }
    }
}
