//! JSON pointers of nodes: the way back from a node to the root of its file.
//!
//! Before: a tree whose nodes know their children. After: a table of parents, from which a pointer's text is made when
//! somebody shows it. A node that an alias shares has the pointer of its first use in its file.

use crate::source::{FileId, Sources, relative_name};
use crate::tree::{MAX_DEPTH, NodeId, Tree, Value};

/// Each node's parent, and its place among the parent's children.
#[derive(Debug)]
pub(crate) struct Parents {
    parents: Vec<Option<(NodeId, usize)>>,
}

impl Parents {
    /// Reads the parents of all nodes.
    pub(crate) fn new(tree: &Tree) -> Self {
        let mut parents: Vec<Option<(NodeId, usize)>> = vec![None; tree.len()];
        for id in nodes(tree) {
            let mut adopt = |(index, child): (usize, NodeId)| {
                let Some(known) = parents.get_mut(child.0 as usize).filter(|_| child != id) else { return };
                // What a reference out of place leads to stands where its own file has it.
                let file = tree.place(child).file;
                let elsewhere = |parent: NodeId| tree.place(parent).file != file;
                if known.is_none_or(|(parent, _)| elsewhere(parent) && !elsewhere(id)) {
                    *known = Some((id, index));
                }
            };
            match tree.value(id) {
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
        self.parents.get(node.0 as usize).copied().flatten()
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

/// The file's name relative to the root document's folder, so that a pointer says the same wherever the command ran.
fn below_root(sources: &Sources, file: FileId) -> String {
    relative_name(sources.name(FileId(0)), sources.name(file))
}

/// A key as a step of a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// All nodes of the tree.
pub(crate) fn nodes(tree: &Tree) -> impl Iterator<Item = NodeId> + use<> {
    (0..u32::try_from(tree.len()).unwrap_or(u32::MAX)).map(NodeId)
}
