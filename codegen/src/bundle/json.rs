//! A bundle as the text of a JSON file. Numbers keep their text (`1.10`, more digits than 64 bits have).

use super::Bundle;
use crate::tree::{NodeId, Value, write_json_string};

impl Bundle {
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
