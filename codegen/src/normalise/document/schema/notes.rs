//! Keywords that are carried into the docs and nothing else: one sentence each.
//!
//! They limit values without giving them a type, so a client that only documents them reads every valid answer.

use crate::tree::{NodeId, Tree, Value};

/// The sentences of the schema at `node`, in a fixed order.
pub(super) fn read(tree: &Tree, node: NodeId) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(not) = tree.member(node, "not") {
        out.push(format!("Must not match {}.", code(tree, not)));
    }
    out.extend(condition(tree, node));
    for member in mapping(tree, node, "dependentRequired") {
        let needed = tree.as_sequence(member.value).unwrap_or_default();
        let needed: Vec<String> = needed.iter().filter_map(|name| Some(format!("`{}`", tree.as_str(*name)?))).collect();
        out.push(format!("With `{}` it must have {}.", member.key, needed.join(", ")));
    }
    for member in mapping(tree, node, "dependentSchemas") {
        out.push(format!("With `{}` it must match {}.", member.key, code(tree, member.value)));
    }
    out.extend(contains(tree, node));
    for (keyword, noun) in [("unevaluatedProperties", "members"), ("unevaluatedItems", "items")] {
        match tree.member(node, keyword) {
            Some(at) if tree.as_bool(at) == Some(false) => out.push(format!("Has no other {noun}.")),
            Some(at)
                if tree.as_mapping(at).is_some() && (keyword == "unevaluatedItems" || !types_the_rest(tree, node)) =>
            {
                out.push(format!("Other {noun} match {}.", code(tree, at)));
            }
            _ => {}
        }
    }
    if let Some(content) = tree.member(node, "contentSchema") {
        out.push(format!("Its content matches {}.", code(tree, content)));
    }
    out
}

/// Whether `unevaluatedProperties` gives a type to the members that nothing else speaks of. Beside a condition, only the value
/// tells which those are.
pub(super) fn types_the_rest(tree: &Tree, node: NodeId) -> bool {
    let conditional = ["then", "else", "dependentSchemas"].iter().any(|keyword| tree.member(node, keyword).is_some());
    let rest = tree.member(node, "unevaluatedProperties");
    !conditional && rest.is_some_and(|rest| tree.as_mapping(rest).is_some())
}

fn mapping<'t>(tree: &'t Tree, node: NodeId, keyword: &str) -> &'t [crate::tree::Member] {
    tree.member(node, keyword).and_then(|at| tree.as_mapping(at)).unwrap_or_default()
}

fn condition(tree: &Tree, node: NodeId) -> Option<String> {
    let condition = code(tree, tree.member(node, "if")?);
    let then = tree.member(node, "then").map(|at| code(tree, at));
    let otherwise = tree.member(node, "else").map(|at| code(tree, at));
    match (then, otherwise) {
        (Some(then), Some(otherwise)) => {
            Some(format!("If it matches {condition}, it must match {then}, otherwise {otherwise}."))
        }
        (Some(then), None) => Some(format!("If it matches {condition}, it must match {then}.")),
        (None, Some(otherwise)) => Some(format!("If it does not match {condition}, it must match {otherwise}.")),
        (None, None) => None,
    }
}

fn contains(tree: &Tree, node: NodeId) -> Option<String> {
    let item = code(tree, tree.member(node, "contains")?);
    let count = |keyword: &str| tree.member(node, keyword).and_then(|at| tree.as_u64(at));
    Some(match (count("minContains"), count("maxContains")) {
        (None | Some(1), None) => format!("Must contain an item that matches {item}."),
        (Some(least), None) => format!("Must contain at least {least} items that match {item}."),
        (None, Some(most)) => format!("Must contain 1 to {most} items that match {item}."),
        (Some(least), Some(most)) => format!("Must contain {least} to {most} items that match {item}."),
    })
}

/// The keyword's value as Markdown code. Long schemas are cut: the document is the place to read them.
fn code(tree: &Tree, node: NodeId) -> String {
    const LONGEST: usize = 160;
    if let Value::Bool(value) = tree.value(node) {
        return format!("`{value}`");
    }
    let text = tree.json_text(node).replace('`', "'");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
