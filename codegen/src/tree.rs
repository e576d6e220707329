//! The raw tree: what every reader makes of a text, whatever its format.
//!
//! Every node and every key knows its place; numbers keep their text. One arena holds the nodes of all files, so a
//! [`NodeId`] is also the origin that later stages remember.

use crate::source::Place;

/// A node of the arena, and the origin of whatever later stages make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value stands.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, or an empty YAML value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The number as it was written, in JSON's spelling.
    Number(Box<str>),
    /// A string.
    String(Box<str>),
    /// A list.
    Sequence(Vec<NodeId>),
    /// An object, in the document's order.
    Mapping(Vec<Member>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key's text.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_place: Place,
    /// The value.
    pub value: NodeId,
}

/// All nodes of a document set.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Adds a node.
    pub fn push(&mut self, place: Place, value: Value) -> NodeId {
        self.nodes.push(Node { place, value });
        NodeId(u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX))
    }
}
