//! JSON pointers of nodes: the way back from a node to the root of its file.
//!
//! Before: a tree whose nodes know their children. After: a table of parents, from which a pointer's text is made when
//! somebody shows it. A node that an alias shares has the pointer of its first use in its file.

use crate::arena::Side;
use crate::source::{FileId, Place, Sources, relative_name};
use crate::tree::{MAX_DEPTH, Node, NodeId, Tree, Value};

/// The member of a document that holds files by their names: what a bundle is made of. A pointer into one of them names the
/// file, as if it stood beside the document.
pub(crate) const FILES: &str = "x-files";

/// Each node's parent, and its place among the parent's children.
#[derive(Debug)]
pub(crate) struct Parents {
    parents: Side<Node, Option<(NodeId, usize)>>,
}

impl Parents {
    /// Reads the parents of all nodes.
    pub(crate) fn new(tree: &Tree) -> Self {
        let mut parents: Side<Node, Option<(NodeId, usize)>> = tree.side(None);
        let bundled = bundled(tree);
        for (id, node) in tree.nodes() {
            let mut adopt = |(index, child): (usize, NodeId)| {
                if child == id {
                    return;
                }
                let known = parents.get_mut(child);
                // What a reference out of place leads to stands where its own file has it.
                let file = file_of(tree.place(child), &bundled);
                let elsewhere = |parent: NodeId| file_of(tree.place(parent), &bundled) != file;
                if known.is_none_or(|(parent, _)| elsewhere(parent) && !elsewhere(id)) {
                    *known = Some((id, index));
                }
            };
            match &node.value {
                Value::Sequence(items) => items.iter().copied().enumerate().for_each(&mut adopt),
                Value::Mapping(members) => {
                    members.iter().map(|member| member.value).enumerate().for_each(&mut adopt);
                }
                _ => {}
            }
        }
        Self { parents }
    }

    /// The object or list that holds the node.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.above(node).map(|(parent, _)| parent)
    }

    fn above(&self, node: NodeId) -> Option<(NodeId, usize)> {
        *self.parents.get(node)
    }

    /// `#/components/schemas/Pet`; in another file than the root document `pets.yaml#/Pet`.
    pub(crate) fn text(&self, tree: &Tree, sources: &Sources, node: NodeId) -> String {
        let mut steps = Vec::new();
        let mut at = node;
        // A tree is no deeper than its readers let it be; the bound only guards against a loop.
        while let Some((parent, index)) = self.above(at).filter(|_| steps.len() <= MAX_DEPTH) {
            steps.push((parent, index));
            at = parent;
        }
        let file = sources.home(tree.place(node).file);
        let mut out = if file == FileId(0) { String::new() } else { below_root(sources, file) };
        let key = |step: Option<&(NodeId, usize)>| {
            let (parent, index) = step?;
            tree.as_mapping(*parent)?.get(*index).map(|member| &*member.key)
        };
        let bundled = steps.len().checked_sub(2).filter(|_| key(steps.last()) == Some(FILES));
        if let Some(name) = bundled.filter(|_| file == FileId(0)).and_then(|at| key(steps.get(at))) {
            out.push_str(name);
            steps.truncate(steps.len() - 2);
        }
        out.push('#');
        for (parent, index) in steps.into_iter().rev() {
            out.push('/');
            match tree.as_mapping(parent).and_then(|members| members.get(index)) {
                Some(member) if member.key.contains(['~', '/']) => out.push_str(&escape(&member.key)),
                Some(member) => out.push_str(&member.key),
                None => out.push_str(&index.to_string()),
            }
        }
        out
    }
}

/// Returns the places of the files bundled in the document, in document order.
fn bundled(tree: &Tree) -> Vec<Place> {
    let own = tree.nodes().filter(|(_, node)| node.place.file == FileId(0));
    let members = own.filter_map(|(id, _)| tree.member(id, FILES));
    // What has the same name further inside is a part of it, or none at all.
    let files = members.max_by_key(|files| tree.place(*files).end - tree.place(*files).start);
    let files = files.and_then(|files| tree.as_mapping(files)).unwrap_or_default();
    let mut places: Vec<Place> = files.iter().map(|file| tree.place(file.value)).collect();
    places.sort_unstable();
    places
}

/// The file of a place: its own, or the one that the document holds there.
fn file_of(place: Place, bundled: &[Place]) -> (FileId, Option<usize>) {
    let before = bundled.partition_point(|file| file.start <= place.start).checked_sub(1);
    let within = before.filter(|at| bundled.get(*at).is_some_and(|file| file.holds(place)));
    (place.file, within)
}

/// The file's name relative to the root document's folder, so that a pointer says the same wherever the command ran.
fn below_root(sources: &Sources, file: FileId) -> String {
    relative_name(sources.name(FileId(0)), sources.name(file))
}

/// A key as a step of a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
