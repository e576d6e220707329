//! Takes out of a document what was not asked for: operations, and the components that only they need.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::{FILES, KEY, Links, mapped_by_key, operations_in};
use crate::read::Documents;
use crate::source::{FileId, Sources};
use crate::tree::{Member, NodeId, Tree, Value};

/// Components that others name by key and not by reference.
const BY_NAME: &[&str] = &["securitySchemes"];

/// Keeps the chosen operations, all of them if nothing was chosen, and tells how many these are.
pub(super) fn select(documents: &mut Documents, sources: &Sources, chosen: Option<&BTreeSet<NodeId>>) -> Option<usize> {
    let root = documents.root(FileId(0))?;
    let links = Links::new(documents, sources)?;
    let tree = &mut documents.tree;
    let is_kept = |(_, operation): &&(NodeId, NodeId)| chosen.is_none_or(|chosen| chosen.contains(operation));
    let mut operations = 0;
    let mut unwanted = Vec::new();
    for section in ["paths", "webhooks"] {
        let Some(items) = tree.member(root, section).map(|items| end(&links, items)) else { continue };
        let mut empty = Vec::new();
        for (index, item) in children(tree, items).into_iter().enumerate() {
            let found = operation_places(tree, &links, item);
            let kept = found.iter().filter(is_kept).count();
            operations += kept;
            if kept == 0 && !found.is_empty() {
                empty.push(index);
            }
            unwanted.extend(found.into_iter().filter(|place| !is_kept(&place)));
        }
        tree.remove_children(items, &empty);
    }
    // Later, because several paths may refer to one path item.
    for (holder, operation) in unwanted {
        let place = children(tree, holder).iter().position(|child| *child == operation);
        tree.remove_children(holder, place.as_slice());
    }
    if chosen.is_some() {
        take_out_parts(documents, sources, root, &links);
    }
    Some(operations)
}

/// The operations of a path item and of those that it refers to, each behind the object that holds it.
fn operation_places(tree: &Tree, links: &Links, item: NodeId) -> Vec<(NodeId, NodeId)> {
    // An operation that is a reference is known by its own place, not by what it refers to: that may be another operation.
    chain(links, item).into_iter().flat_map(|item| operations_in(tree, item)).collect()
}

/// The node and what it refers to, step by step.
fn chain(links: &Links, node: NodeId) -> Vec<NodeId> {
    let mut steps = vec![node];
    let mut at = node;
    while let Some(target) = links.at(at).first().and_then(|link| link.target) {
        if steps.len() > crate::tree::MAX_DEPTH || steps.contains(&target) {
            break;
        }
        steps.push(target);
        at = target;
    }
    steps
}

/// Where a chain of references ends.
fn end(links: &Links, node: NodeId) -> NodeId {
    chain(links, node).last().copied().unwrap_or(node)
}

/// Components that nothing needs any more, and files of a document that is a bundle already.
fn take_out_parts(documents: &mut Documents, sources: &Sources, root: NodeId, links: &Links) {
    let needed = needed(documents, sources, root, links);
    let tree = &mut documents.tree;
    for Section { holder, key, node } in sections(tree, root) {
        let parts = children(tree, node).into_iter().enumerate();
        let unneeded: Vec<usize> = parts.filter(|(_, part)| !needed.contains(part)).map(|(index, _)| index).collect();
        tree.remove_children(node, &unneeded);
        if children(tree, node).is_empty() {
            tree.remove_member(holder, &key);
        }
    }
}

/// A member that holds parts of a document by key.
struct Section {
    holder: NodeId,
    key: Box<str>,
    node: NodeId,
}

/// The sections whose parts are taken out where nothing needs them.
fn sections(tree: &Tree, root: NodeId) -> Vec<Section> {
    let section = |holder: NodeId, member: &Member| Section { holder, key: member.key.clone(), node: member.value };
    let components = tree.member(root, "components");
    let members = components.and_then(|components| Some((components, tree.as_mapping(components)?)));
    let members = members.into_iter().flat_map(|(holder, members)| members.iter().map(move |member| (holder, member)));
    let files = tree.entry(root, FILES).filter(|files| tree.as_mapping(files.value).is_some());
    let named = members.filter(|(_, member)| !member.key.starts_with("x-") && !BY_NAME.contains(&&*member.key));
    named.chain(files.map(|files| (root, files))).map(|(holder, member)| section(holder, member)).collect()
}

/// The parts that the rest of the document leads to, themselves and by way of each other.
fn needed(documents: &Documents, sources: &Sources, root: NodeId, links: &Links) -> BTreeSet<NodeId> {
    let tree = &documents.tree;
    let sections: BTreeSet<NodeId> = sections(tree, root).into_iter().map(|section| section.node).collect();
    let mut parts: BTreeSet<NodeId> = sections.iter().flat_map(|section| children(tree, *section)).collect();
    let variants = variants(tree, links, &parts);
    let mut seen = BTreeSet::new();
    let mut open: Vec<NodeId> = vec![root];
    open.extend(error_codes(tree, root));
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        open.extend(children(tree, node).into_iter().filter(|child| !sections.contains(child)));
        let targets = links.at(node).iter().filter_map(|link| link.target);
        open.extend(targets.map(|target| whole(documents, sources, links, (&parts, target))));
        open.extend(mapped_by_key(tree, root, node));
        open.extend(variants.get(&node).into_iter().flatten());
    }
    parts.retain(|part| seen.contains(part));
    parts
}

/// The component that lists the codes of errors, which only its key names.
fn error_codes(tree: &Tree, root: NodeId) -> Option<NodeId> {
    let errors = tree.member(tree.member(root, KEY)?, "errors")?;
    let schemas = tree.member(tree.member(root, "components")?, "schemas")?;
    tree.member(schemas, tree.member_str(errors, "codes")?)
}

/// What stays where something refers to `target`: the part or the file around it.
fn whole(
    documents: &Documents,
    sources: &Sources,
    links: &Links,
    (parts, target): (&BTreeSet<NodeId>, NodeId),
) -> NodeId {
    let above = std::iter::successors(Some(target), |at| links.parent(*at)).take(crate::tree::MAX_DEPTH);
    let part = above.into_iter().find(|at| parts.contains(at));
    let file = sources.home(documents.tree.place(target).file);
    let other = || documents.root(file).filter(|_| file != FileId(0));
    part.or_else(other).unwrap_or(target)
}

/// Schemas by the one that they inherit from, if it has a discriminator: they are its variants, and name it instead of being
/// named.
fn variants(tree: &Tree, links: &Links, parts: &BTreeSet<NodeId>) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut variants: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for schema in parts {
        let parents = tree.member(*schema, "allOf").and_then(|parents| tree.as_sequence(parents)).unwrap_or_default();
        for parent in parents.iter().map(|parent| end(links, *parent)) {
            if tree.member(parent, "discriminator").is_some() {
                variants.entry(parent).or_default().push(*schema);
            }
        }
    }
    variants
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
