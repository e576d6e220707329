//! OpenAPI Overlays 1.0 and 1.1: files that change the document before anything is made of it.
//!
//! Before: the document as it was read, and the overlays in their order. After: one document; what an overlay brought
//! keeps its place in the overlay, so that a fault in it is told there. References in it are those of the document that it
//! changes. Owns actions and merging; `query.rs` and `select.rs` own JSONPath. Other files of the document stay as they are.

mod action;
mod merge;
mod query;
mod select;

use crate::diagnostic::{Collector, codes};
use crate::read::{Documents, read_tree};
use crate::source::{FileId, Sources};
use crate::tree::{NodeId, Tree};

use self::action::{Action, Change};
use self::merge::{copied, merge, mismatch};
use self::select::{Found, select};

/// Applies the overlays of a set to its first document, one action after the other; whether that went well.
pub(crate) fn apply(documents: &mut Documents, sources: &Sources, collector: &mut Collector) -> bool {
    let overlays: Vec<FileId> = sources.overlays().collect();
    if overlays.is_empty() {
        return true;
    }
    let faults = collector.error_count();
    let mut actions = Vec::new();
    for file in overlays {
        let Some((tree, root)) = read_tree(file, sources, collector) else { continue };
        actions.push((action::read(&tree, root, collector), tree));
    }
    unshare(documents);
    let Some(root) = documents.root(FileId(0)) else { return false };
    for (actions, overlay) in &actions {
        for action in actions {
            perform(action, overlay, root, &mut documents.tree, collector);
        }
    }
    collector.error_count() == faults
}

/// Aliases share nodes, and a change is meant for the place that a query found, not for all that look like it.
fn unshare(documents: &mut Documents) {
    let shared = std::mem::take(&mut documents.tree);
    for root in documents.roots.iter_mut().flatten() {
        *root = copied(&shared, *root, &mut documents.tree);
    }
}

fn perform(action: &Action, overlay: &Tree, root: NodeId, tree: &mut Tree, collector: &mut Collector) {
    let targets = select(tree, root, &action.target);
    if targets.is_empty() {
        collector
            .report(&codes::ACTION_WITHOUT_TARGET, action.place)
            .message(format!("this action changes nothing: `{}` is not in the document", action.text))
            .label("finds no node")
            .help("mend the path, or remove the action; a name with other characters than letters is written `['x-name']`");
        return;
    }
    match &action.change {
        Change::Remove => remove(&targets, action, tree, collector),
        Change::Update(value) => {
            for target in targets {
                put(action, target.node, overlay, *value, tree, collector);
            }
        }
        Change::Copy { from, text, place } => match select(tree, root, from).as_slice() {
            [only] => {
                let source = tree.clone();
                for target in targets {
                    put(action, target.node, &source, only.node, tree, collector);
                }
            }
            found => {
                collector
                    .report(&codes::BAD_ACTION, *place)
                    .message(format!("`{text}` finds {} nodes, and exactly one can be copied", found.len()))
                    .label("expected a path to one node")
                    .help("make the path lead to one node");
            }
        },
    }
}

fn put(action: &Action, target: NodeId, from: &Tree, value: NodeId, tree: &mut Tree, collector: &mut Collector) {
    if let Some((there, brought)) = mismatch(tree, target, from, value) {
        collector
            .report(&codes::BAD_ACTION, from.place(brought))
            .message(format!("{} cannot be merged into {}", from.kind_name(brought), tree.kind_name(there)))
            .label(format!("{} for `{}`", from.kind_name(brought), action.text))
            .help("remove the old value with an action before, or bring a value of the same kind")
            .related(tree.place(there), format!("{} here", tree.kind_name(there)));
        return;
    }
    merge(tree, target, from, value);
}

/// Takes nodes out of what is around them. Children go before what holds them changes its order: the last ones first.
fn remove(targets: &[Found], action: &Action, tree: &mut Tree, collector: &mut Collector) {
    let mut places: Vec<(NodeId, usize)> = Vec::new();
    for target in targets {
        match target.parent {
            Some(place) => places.push(place),
            None => {
                let report = collector.report(&codes::BAD_ACTION, action.place);
                report
                    .message("the document itself cannot be removed")
                    .label("this is the whole document")
                    .help("name what is to go");
            }
        }
    }
    places.sort_unstable();
    for group in places.chunk_by(|left, right| left.0 == right.0) {
        let Some((parent, _)) = group.first() else { continue };
        let indexes: Vec<usize> = group.iter().map(|(_, index)| *index).collect();
        tree.remove_children(*parent, &indexes);
    }
}

#[cfg(test)]
mod tests;
