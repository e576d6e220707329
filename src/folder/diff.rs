//! The difference between a generated folder and what it should be, as a unified diff of bounded length.

use std::fmt::Write as _;

use similar::TextDiff;

use super::{Change, Folder};

/// More lines than this help nobody on a terminal or in a log; the counts of the rest are told instead.
const MOST_LINES: usize = 200;

/// The difference, files in order of their names. `shown` is the folder as messages name it.
pub(crate) fn unified(folder: &Folder, shown: &str) -> String {
    let mut text = String::new();
    let mut left = MOST_LINES;
    let mut silent = Vec::new();
    for (name, change) in &folder.changes {
        if left == 0 {
            silent.push(name.as_str());
            continue;
        }
        let path = format!("{shown}/{name}");
        let diff = one(&path, change);
        let lines = diff.lines().count();
        for line in diff.lines().take(left) {
            let _ = writeln!(text, "{line}");
        }
        if lines > left {
            let _ = writeln!(text, "… {} more lines in {path}", lines - left);
        }
        left = left.saturating_sub(lines);
    }
    if !silent.is_empty() {
        let _ = writeln!(text, "… and {} more files: {}", silent.len(), bounded(&silent));
    }
    text
}

fn one(path: &str, change: &Change) -> String {
    let (old, new, old_path, new_path) = match change {
        Change::Add { text } => (String::new(), text.as_str(), "/dev/null".to_owned(), format!("b/{path}")),
        Change::Alter { old, text } => (lossy(old), text.as_str(), format!("a/{path}"), format!("b/{path}")),
        Change::Remove { old } => (lossy(old), "", format!("a/{path}"), "/dev/null".to_owned()),
    };
    TextDiff::from_lines(old.as_str(), new).unified_diff().context_radius(3).header(&old_path, &new_path).to_string()
}

fn lossy(old: &[u8]) -> String {
    String::from_utf8_lossy(old).into_owned()
}

fn bounded(names: &[&str]) -> String {
    const MOST_NAMES: usize = 20;
    let more = if names.len() > MOST_NAMES { ", …" } else { "" };
    format!("{}{more}", names.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", "))
}
