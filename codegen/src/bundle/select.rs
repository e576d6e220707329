//! Takes out of a document what was not asked for: operations, and the components that only they need.

use std::collections::BTreeSet;

use crate::normalise::{FILES, KEY, Links};
use crate::read::Documents;
use crate::source::{FileId, Sources};
use crate::tree::{NodeId, Tree, Value};

/// The members of a path item that are operations, and the one that holds further ones.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
const MORE_METHODS: &str = "additionalOperations";

/// Components that others name by key and not by reference.
const BY_NAME: &[&str] = &["securitySchemes"];

/// Keeps the chosen operations, all of them if nothing was chosen, and tells how many these are.
pub(super) fn select(documents: &mut Documents, sources: &Sources, chosen: Option<&BTreeSet<NodeId>>) -> Option<usize> {
    let root = documents.root(FileId(0))?;
    let links = Links::new(documents, sources)?;
    let mut operations = 0;
    for section in ["paths", "webhooks"] {
        let Some(items) = documents.tree.member(root, section).map(|items| end(&links, items)) else { continue };
        let keys: Vec<NodeId> = children(&documents.tree, items);
        let mut empty = Vec::new();
        for (index, key) in keys.into_iter().enumerate() {
            let item = end(&links, key);
            let found = all_operations(&documents.tree, &links, item);
            let is_kept = |(_, operation): &&(NodeId, NodeId)| chosen.is_none_or(|chosen| chosen.contains(operation));
            let kept = found.iter().filter(is_kept).count();
            operations += kept;
            if kept < found.len() {
                take_out(&mut documents.tree, &found, chosen);
            }
            if kept == 0 && !found.is_empty() {
                empty.push(index);
            }
        }
        documents.tree.remove_children(items, &empty);
    }
    if chosen.is_some() {
        take_out_components(&mut documents.tree, root, &links);
    }
    Some(operations)
}

/// Where a chain of references ends.
fn end(links: &Links, node: NodeId) -> NodeId {
    let mut at = node;
    for _ in 0..crate::tree::MAX_DEPTH {
        match links.at(at).first().and_then(|link| link.target) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// The operations of a path item, each with the object that holds it.
fn all_operations(tree: &Tree, links: &Links, item: NodeId) -> Vec<(NodeId, NodeId)> {
    let direct = METHODS.iter().filter_map(|method| Some((item, tree.member(item, method)?)));
    let more = tree.member(item, MORE_METHODS).into_iter();
    let more = more.flat_map(|more| children(tree, more).into_iter().map(move |operation| (more, operation)));
    direct.chain(more).map(|(holder, operation)| (holder, end(links, operation))).collect()
}

fn take_out(tree: &mut Tree, operations: &[(NodeId, NodeId)], chosen: Option<&BTreeSet<NodeId>>) {
    for (holder, operation) in operations {
        if chosen.is_some_and(|chosen| !chosen.contains(operation)) {
            let place = children(tree, *holder).iter().position(|child| child == operation);
            tree.remove_children(*holder, place.as_slice());
        }
    }
}

/// Components that nothing needs any more.
fn take_out_components(tree: &mut Tree, root: NodeId, links: &Links) {
    let Some(components) = tree.member(root, "components") else { return };
    let needed = needed(tree, root, components, links);
    for section in tree.as_mapping(components).map(<[_]>::to_vec).unwrap_or_default() {
        if section.key.starts_with("x-") || BY_NAME.contains(&&*section.key) {
            continue;
        }
        let unneeded = children(tree, section.value).into_iter().enumerate().filter(|(_, node)| !needed.contains(node));
        let unneeded: Vec<usize> = unneeded.map(|(index, _)| index).collect();
        tree.remove_children(section.value, &unneeded);
        if children(tree, section.value).is_empty() {
            tree.remove_member(components, &section.key);
        }
    }
}

/// The components that the rest of the document leads to, themselves and by way of each other.
fn needed(tree: &Tree, root: NodeId, components: NodeId, links: &Links) -> BTreeSet<NodeId> {
    let sections = children(tree, components).into_iter();
    let all: BTreeSet<NodeId> = sections.flat_map(|section| children(tree, section)).collect();
    let mut seen = BTreeSet::new();
    let mut needed = BTreeSet::new();
    let members = tree.as_mapping(root).unwrap_or_default().iter();
    let mut open: Vec<NodeId> =
        members.filter(|member| &*member.key != "components" && &*member.key != FILES).map(|m| m.value).collect();
    open.extend(error_codes(tree, root, components));
    loop {
        while let Some(top) = open.pop() {
            for node in below(tree, top) {
                if !seen.insert(node) {
                    continue;
                }
                for target in links.at(node).iter().filter_map(|link| link.target) {
                    let around = component_around(links, &all, target);
                    needed.extend(around);
                    open.push(around.unwrap_or(target));
                }
            }
        }
        // The children of a schema that tells them apart are its variants, and name it instead of being named.
        let children = all.iter().filter(|node| !needed.contains(*node) && is_variant(tree, links, **node, &seen));
        let children: Vec<NodeId> = children.copied().collect();
        if children.is_empty() {
            return needed;
        }
        needed.extend(&children);
        open = children;
    }
}

/// The component that lists the codes of errors, which only its key names.
fn error_codes(tree: &Tree, root: NodeId, components: NodeId) -> Option<NodeId> {
    let errors = tree.member(tree.member(root, KEY)?, "errors")?;
    tree.member(tree.member(components, "schemas")?, tree.member_str(errors, "codes")?)
}

fn component_around(links: &Links, all: &BTreeSet<NodeId>, node: NodeId) -> Option<NodeId> {
    let mut at = node;
    for _ in 0..crate::tree::MAX_DEPTH {
        if all.contains(&at) {
            return Some(at);
        }
        at = links.parent(at)?;
    }
    None
}

/// Whether a schema inherits from one that has a discriminator and is needed.
fn is_variant(tree: &Tree, links: &Links, schema: NodeId, needed: &BTreeSet<NodeId>) -> bool {
    let parts = tree.member(schema, "allOf").and_then(|parts| tree.as_sequence(parts)).unwrap_or_default();
    parts
        .iter()
        .map(|part| end(links, *part))
        .any(|parent| needed.contains(&parent) && tree.member(parent, "discriminator").is_some())
}

/// The node and all that it holds.
pub(super) fn below(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let mut found = vec![node];
    let mut next = 0;
    while let Some(at) = found.get(next).copied() {
        next += 1;
        found.extend(children(tree, at));
    }
    found
}

fn children(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    match tree.value(node) {
        Value::Sequence(items) => items.clone(),
        Value::Mapping(members) => members.iter().map(|member| member.value).collect(),
        _ => Vec::new(),
    }
}
