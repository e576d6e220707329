//! The actions of an overlay, read from its tree; every fault of its form is reported.

use super::query::{Query, parse};
use crate::diagnostic::{Code, Collector, codes, nearest};
use crate::source::Place;
use crate::tree::{NodeId, Tree};

/// One change, and where it applies.
pub(super) struct Action {
    /// What it changes.
    pub(super) target: Query,
    /// The same as it is written.
    pub(super) text: String,
    /// Where that stands.
    pub(super) place: Place,
    /// What happens there.
    pub(super) change: Change,
}

/// What an action does.
pub(super) enum Change {
    /// `update`: this value of the overlay is merged.
    Update(NodeId),
    /// `copy`: a node of the document is merged.
    Copy {
        /// Which.
        from: Query,
        /// The same as it is written.
        text: String,
        /// Where that stands.
        place: Place,
    },
    /// `remove: true`
    Remove,
}

/// An object of the specification: its members, and those that must be there.
struct Shape {
    name: &'static str,
    members: &'static [&'static str],
    required: &'static [&'static str],
}

const OVERLAY: Shape = Shape {
    name: "an overlay",
    members: &["overlay", "info", "extends", "actions"],
    required: &["overlay", "info", "actions"],
};
const INFO: Shape = Shape {
    name: "an overlay's `info`",
    members: &["title", "version", "description"],
    required: &["title", "version"],
};
const ACTION: Shape =
    Shape { name: "an action", members: &["target", "description", "update", "remove", "copy"], required: &["target"] };

/// Reads the actions in their order. What is wrong with one does not keep the others from being read.
pub(super) fn read(tree: &Tree, root: NodeId, collector: &mut Collector) -> Vec<Action> {
    check(tree, root, &OVERLAY, collector);
    if !is_supported(tree, root, collector) {
        return Vec::new();
    }
    if let Some(info) = tree.member(root, "info") {
        check(tree, info, &INFO, collector);
    }
    let Some(actions) = tree.member(root, "actions") else { return Vec::new() };
    let Some(items) = tree.as_sequence(actions) else {
        wrong(tree, actions, "`actions`", "a list", collector);
        return Vec::new();
    };
    if items.is_empty() {
        let report = collector.report(&codes::BAD_ACTION, tree.place(actions));
        report
            .message("this overlay has no actions")
            .label("an empty list")
            .help("add an action, or leave the file out");
    }
    items.iter().filter_map(|item| read_action(tree, *item, collector)).collect()
}

/// A file without a version is read as well, so that all its faults are told at once.
fn is_supported(tree: &Tree, root: NodeId, collector: &mut Collector) -> bool {
    let Some(version) = tree.member(root, "overlay") else { return true };
    let text = tree.as_str(version).unwrap_or_default();
    let known = ["1.0", "1.1"]
        .iter()
        .any(|known| text.strip_prefix(known).is_some_and(|patch| patch.is_empty() || patch.starts_with('.')));
    if !known {
        collector
            .report(&codes::UNSUPPORTED_VERSION, tree.place(version))
            .message("this version of the Overlay Specification is not supported")
            .label(format!("expected \"1.0.0\" or \"1.1.0\", found {}", tree.json_text(version)))
            .help("write the version in quotes, one of these two");
    }
    known
}

fn read_action(tree: &Tree, action: NodeId, collector: &mut Collector) -> Option<Action> {
    if !check(tree, action, &ACTION, collector) {
        return None;
    }
    let (target, text, place) = read_query(tree, tree.member(action, "target")?, "`target`", collector)?;
    if let Some(remove) = tree.member(action, "remove") {
        match tree.as_bool(remove) {
            Some(true) => return Some(Action { target, text, place, change: Change::Remove }),
            Some(false) => {}
            None => {
                wrong(tree, remove, "`remove`", "`true` or `false`", collector);
                return None;
            }
        }
    }
    let change = match (tree.member(action, "update"), tree.member(action, "copy")) {
        (Some(value), None) => Change::Update(value),
        (None, Some(from)) => {
            let (from, text, place) = read_query(tree, from, "`copy`", collector)?;
            Change::Copy { from, text, place }
        }
        (found, _) => {
            let label =
                if found.is_some() { "both `update` and `copy`" } else { "no `update`, `copy` or `remove: true`" };
            collector
                .report(&codes::BAD_ACTION, tree.place(action))
                .message("an action says one thing to do")
                .label(label)
                .help("write one of `update`, `copy` and `remove: true`");
            return None;
        }
    };
    Some(Action { target, text, place, change })
}

fn read_query(tree: &Tree, node: NodeId, what: &str, collector: &mut Collector) -> Option<(Query, String, Place)> {
    let place = tree.place(node);
    let Some(text) = tree.as_str(node) else {
        wrong(tree, node, what, "a JSONPath", collector);
        return None;
    };
    match parse(text) {
        Ok(query) => Some((query, text.to_owned(), place)),
        Err(fault) => {
            let read = text.get(..fault.at).unwrap_or(text);
            collector
                .report(&codes::BAD_JSON_PATH, place)
                .message(format!("`{text}` is no JSONPath"))
                .label(format!("after `{read}`: expected {}", fault.expected))
                .help("RFC 9535 tells the syntax, for example `$.paths['/pets'].get`");
            None
        }
    }
}

/// Whether the node is an object with all members that it must have; unknown members are told.
fn check(tree: &Tree, node: NodeId, shape: &Shape, collector: &mut Collector) -> bool {
    let Some(members) = tree.as_mapping(node) else {
        wrong(tree, node, shape.name, "an object", collector);
        return false;
    };
    for member in members.iter().filter(|member| !member.key.starts_with("x-")) {
        if !shape.members.contains(&&*member.key) {
            let near = nearest(&member.key, shape.members.iter().copied());
            let help = near.map_or_else(
                || format!("it may have {}", listed(shape.members)),
                |near| format!("did you mean `{near}`?"),
            );
            collector
                .report(&codes::UNKNOWN_MEMBER, member.key_place)
                .message(format!("{} has no member `{}`", shape.name, member.key))
                .label("unknown")
                .help(help);
        }
    }
    let mut whole = true;
    for key in shape.required.iter().filter(|key| tree.entry(node, key).is_none()) {
        whole = false;
        collector
            .report(&codes::MISSING_MEMBER, tree.place(node))
            .message(format!("{} must have the member `{key}`", shape.name))
            .label(format!("`{key}` is missing"))
            .help(format!("add `{key}`"));
    }
    whole
}

fn listed(members: &[&str]) -> String {
    members.iter().map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", ")
}

fn wrong(tree: &Tree, node: NodeId, what: &str, expected: &str, collector: &mut Collector) {
    let code: &'static Code = &codes::WRONG_TYPE;
    collector
        .report(code, tree.place(node))
        .message(format!("{what} is {}", tree.kind_name(node)))
        .label(format!("expected {expected}, found {}", tree.kind_name(node)))
        .help(format!("write {expected}"));
}
