//! Suggestions as an OpenAPI Overlay that is ready to be applied, with its reasons as comments.

use std::fmt::Write as _;

use super::pagination::Found;
use crate::normalise::{KEY, pagination_members};
use crate::tree::write_json_string;

/// Operations for which the same is offered, for the same reason.
pub(super) struct Group {
    pub(super) found: Found,
    /// JSON pointers, `#/paths/~1pets/get`.
    pub(super) pointers: Vec<String>,
}

/// One action per operation, so that each can be taken out by itself.
pub(super) fn write(title: &str, groups: &[Group]) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let title = quoted(&format!("Pagination of {title}"));
    let mut text = format!("overlay: 1.1.0\ninfo: {{ title: {title}, version: \"1\" }}\nactions:\n");
    for Group { found, pointers } in groups {
        let _ = writeln!(text, "  # {}", found.evidence);
        if !found.doubt.is_empty() {
            let _ = writeln!(text, "  # {}", found.doubt);
        }
        let members: Vec<String> =
            pagination_members(&found.facts).iter().map(|(name, value)| format!("{name}: {}", scalar(value))).collect();
        let update = format!("{{ {KEY}: {{ pagination: {{ {} }} }} }}", members.join(", "));
        for pointer in pointers {
            let _ = writeln!(text, "  - target: {}\n    update: {update}", quoted(&path(pointer)));
        }
    }
    text
}

/// `#/paths/~1pets/get` as JSONPath: `$.paths['/pets'].get`.
fn path(pointer: &str) -> String {
    let mut path = "$".to_owned();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let plain =
            step.starts_with(|c: char| c.is_ascii_alphabetic()) && step.chars().all(|c| c.is_ascii_alphanumeric());
        if plain {
            let _ = write!(path, ".{step}");
            continue;
        }
        path.push_str("['");
        for c in step.chars() {
            match c {
                '\'' | '\\' => path.extend(['\\', c]),
                c if c.is_control() => {
                    let _ = write!(path, "\\u{:04x}", c as u32);
                }
                c => path.push(c),
            }
        }
        path.push_str("']");
    }
    path
}

/// A value as YAML: plain where it can only be that text or number.
fn scalar(text: &str) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') || text.parse::<u64>().is_ok();
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "/_-.".contains(c));
    if starts && plain && !words.contains(&text.to_ascii_lowercase().as_str()) { text.to_owned() } else { quoted(text) }
}

/// JSON's strings are YAML's; signs that YAML does not print are spelled out.
fn quoted(text: &str) -> String {
    let mut json = String::new();
    write_json_string(text, &mut json);
    let spell = |c: char| match c {
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", c as u32)
        }
        c => c.to_string(),
    };
    json.chars().map(spell).collect()
}
