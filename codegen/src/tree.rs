//! The raw tree: what every reader makes of a text, whatever its format.
//!
//! Every node and every key knows its place; numbers keep their text. One arena holds the nodes of all files, so a
//! [`NodeId`] is also the origin that later stages remember. Owns access, change and conversion of nodes; knows nothing of
//! OpenAPI.

use crate::arena::{Arena, Id, Side};
use crate::source::{Place, percent_decoded};

/// Deepest nesting of lists and objects that a reader lets in, aliases expanded. Real documents stay below 60, so 128
/// refuses nothing and every later stage may recurse over a document without a thought for its stack.
pub const MAX_DEPTH: usize = 128;

/// A node of the arena, and the origin of whatever later stages make of it.
pub type NodeId = Id<Node>;

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
    nodes: Arena<Node>,
}

impl Tree {
    /// Adds a node.
    pub fn push(&mut self, place: Place, value: Value) -> NodeId {
        self.nodes.push(Node { place, value })
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Forgets the nodes from `len` on: those of a file that turned out to be unreadable.
    pub(crate) fn rewind(&mut self, len: usize) {
        self.nodes.rewind(len);
    }

    /// All nodes, in the order in which they were read.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter()
    }

    /// A table with this value for each node that there is now.
    pub(crate) fn side<V: Clone>(&self, value: V) -> Side<Node, V> {
        self.nodes.side(value)
    }

    /// The node with this id.
    pub fn get(&self, id: NodeId) -> &Node {
        self.nodes.get(id)
    }

    /// What the node holds.
    pub fn value(&self, id: NodeId) -> &Value {
        &self.get(id).value
    }

    /// Where the node stands.
    pub fn place(&self, id: NodeId) -> Place {
        self.get(id).place
    }

    /// The members of an object.
    pub fn as_mapping(&self, id: NodeId) -> Option<&[Member]> {
        match self.value(id) {
            Value::Mapping(members) => Some(members),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_sequence(&self, id: NodeId) -> Option<&[NodeId]> {
        match self.value(id) {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a number, in JSON's spelling.
    pub fn as_number(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number that is not negative; `3.0` is one too, as JSON Schema has it.
    pub fn as_u64(&self, id: NodeId) -> Option<u64> {
        let text = self.as_number(id)?;
        let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
        whole.map_or(text, |(whole, _)| whole).parse().ok()
    }

    /// `true` or `false`.
    pub fn as_bool(&self, id: NodeId) -> Option<bool> {
        match self.value(id) {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self, id: NodeId) -> bool {
        matches!(self.value(id), Value::Null)
    }

    /// The member of an object with this key, key and all.
    pub fn entry(&self, id: NodeId, key: &str) -> Option<&Member> {
        self.as_mapping(id)?.iter().find(|member| &*member.key == key)
    }

    /// The value of an object's member.
    pub fn member(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|member| member.value)
    }

    /// The text of an object's member, if that is a string.
    pub fn member_str(&self, id: NodeId, key: &str) -> Option<&str> {
        self.as_str(self.member(id, key)?)
    }

    /// The truth of an object's member, if that is a boolean.
    pub fn member_bool(&self, id: NodeId, key: &str) -> Option<bool> {
        self.as_bool(self.member(id, key)?)
    }

    /// Puts another value in a node's place.
    pub fn set_value(&mut self, id: NodeId, value: Value) {
        self.nodes.get_mut(id).value = value;
    }

    /// Puts another value, which stands elsewhere, in a node's place.
    pub(crate) fn replace(&mut self, id: NodeId, place: Place, value: Value) {
        *self.nodes.get_mut(id) = Node { place, value };
    }

    /// Sets a member of an object: in its place if the key is there, at the end otherwise. Other nodes are left alone.
    pub fn set_member(&mut self, id: NodeId, key: &str, key_place: Place, value: NodeId) {
        let Value::Mapping(members) = &mut self.nodes.get_mut(id).value else { return };
        match members.iter_mut().find(|member| &*member.key == key) {
            Some(member) => member.value = value,
            None => members.push(Member { key: key.into(), key_place, value }),
        }
    }

    /// Takes a member out of an object.
    pub fn remove_member(&mut self, id: NodeId, key: &str) -> Option<Member> {
        let Value::Mapping(members) = &mut self.nodes.get_mut(id).value else { return None };
        let at = members.iter().position(|member| &*member.key == key)?;
        Some(members.remove(at))
    }

    /// Gives a member another key.
    pub fn set_key(&mut self, id: NodeId, index: usize, key: &str) {
        let Value::Mapping(members) = &mut self.nodes.get_mut(id).value else { return };
        if let Some(member) = members.get_mut(index) {
            member.key = key.into();
        }
    }

    /// Takes the members or items at these places, which are in rising order, out of an object or list.
    pub fn remove_children(&mut self, id: NodeId, places: &[usize]) {
        if places.is_empty() {
            return;
        }
        let mut places = places.iter().copied().peekable();
        let mut index = 0;
        let mut stays = || {
            let gone = places.next_if_eq(&index).is_some();
            index += 1;
            !gone
        };
        match &mut self.nodes.get_mut(id).value {
            Value::Sequence(items) => items.retain(|_| stays()),
            Value::Mapping(members) => members.retain(|_| stays()),
            _ => {}
        }
    }

    /// The node a JSON pointer leads to from `root`: `/a~1b/0`, also as the fragment `#/a~1b/0` with its percent escapes.
    pub fn pointer(&self, root: NodeId, pointer: &str) -> Option<NodeId> {
        self.pointer_by(root, pointer, |at, key| self.member(at, key))
    }

    /// The same, for whoever finds the members of large objects faster than by looking at each.
    pub(crate) fn pointer_by(
        &self,
        root: NodeId,
        pointer: &str,
        member: impl Fn(NodeId, &str) -> Option<NodeId>,
    ) -> Option<NodeId> {
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
        if pointer.is_empty() {
            return Some(root);
        }
        let step = |at: NodeId, token: &str| match self.value(at) {
            Value::Mapping(_) => member(at, token),
            Value::Sequence(items) => items.get(token.parse::<usize>().ok()?).copied(),
            _ => None,
        };
        let mut at = root;
        for token in pointer.strip_prefix('/')?.split('/') {
            at = step(at, &percent_decoded(token).replace("~1", "/").replace("~0", "~")).or_else(|| {
                // A key may really hold a percent sign that its author did not escape.
                step(at, &token.replace("~1", "/").replace("~0", "~"))
            })?;
        }
        Some(at)
    }

    /// Nesting of lists and objects below a node; a scalar has none.
    #[cfg(test)]
    pub fn depth(&self, id: NodeId) -> usize {
        match self.value(id) {
            Value::Sequence(items) => 1 + items.iter().map(|item| self.depth(*item)).max().unwrap_or(0),
            Value::Mapping(members) => 1 + members.iter().map(|member| self.depth(member.value)).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// What the node is, for messages: `a string`, `an object`.
    pub fn kind_name(&self, id: NodeId) -> &'static str {
        match self.value(id) {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "an object",
        }
    }

    /// The node as JSON without white space: members in the document's order, numbers as they were written.
    pub fn json_text(&self, id: NodeId) -> String {
        let mut out = String::new();
        self.write_json(id, &mut out);
        out
    }

    fn write_json(&self, id: NodeId, out: &mut String) {
        match self.value(id) {
            Value::Null => out.push_str("null"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Number(text) => out.push_str(text),
            Value::String(text) => write_json_string(text, out),
            Value::Sequence(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    self.write_json(*item, out);
                }
                out.push(']');
            }
            Value::Mapping(members) => {
                out.push('{');
                for (index, member) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    write_json_string(&member.key, out);
                    out.push(':');
                    self.write_json(member.value, out);
                }
                out.push('}');
            }
        }
    }
}

/// Writes a string as JSON.
pub(crate) fn write_json_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// A node for tests that need one, whatever it is.
#[cfg(test)]
pub(crate) fn some_node() -> NodeId {
    let place = Place { file: crate::source::FileId(0), start: 0, end: 0 };
    Tree::default().push(place, Value::Null)
}
