//! Reads serde types from a node, so that `openapiv3` and `serde_json` see a document without parsing it again.
//!
//! Errors carry the innermost node they are about. Numbers arrive as `u64`, `i64` or `f64`: whoever needs more digits
//! asks the tree for the number's text.

use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Member, NodeId, Tree, Value};

/// Why a node is not what a type asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeError {
    /// What serde says.
    pub message: String,
    /// The innermost node that it is about.
    pub node: Option<NodeId>,
}

impl fmt::Display for TreeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for TreeError {}

impl de::Error for TreeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), node: None }
    }
}

/// A node as serde reads it.
#[derive(Clone, Copy, Debug)]
pub struct NodeDeserializer<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> NodeDeserializer<'t> {
    /// Reads `id`.
    pub fn new(tree: &'t Tree, id: NodeId) -> Self {
        Self { tree, id }
    }

    fn located<T>(self, result: Result<T, TreeError>) -> Result<T, TreeError> {
        result.map_err(|mut error| {
            error.node.get_or_insert(self.id);
            error
        })
    }

    fn visit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match self.tree.value(self.id) {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(text) => visit_number(text, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Sequence(items) => visitor.visit_seq(Items { tree: self.tree, items: items.iter() }),
            Value::Mapping(members) => {
                visitor.visit_map(Members { tree: self.tree, members: members.iter(), value: None })
            }
        }
    }
}

fn visit_number<'t, V: Visitor<'t>>(text: &str, visitor: V) -> Result<V::Value, TreeError> {
    if let Ok(value) = text.parse::<u64>() {
        visitor.visit_u64(value)
    } else if let Ok(value) = text.parse::<i64>() {
        visitor.visit_i64(value)
    } else {
        match text.parse::<f64>() {
            Ok(value) => visitor.visit_f64(value),
            Err(_) => Err(de::Error::invalid_type(Unexpected::Other("number"), &visitor)),
        }
    }
}

impl<'t> Deserializer<'t> for NodeDeserializer<'t> {
    type Error = TreeError;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, TreeError> {
        self.located(self.visit(visitor))
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match self.tree.value(self.id) {
            Value::Null => visitor.visit_none(),
            _ => self.located(visitor.visit_some(self)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(self, _: &'static str, visitor: V) -> Result<V::Value, TreeError> {
        self.located(visitor.visit_newtype_struct(self))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        let result = match self.tree.value(self.id) {
            Value::String(text) => visitor.visit_enum((&**text).into_deserializer()),
            Value::Mapping(members) => match members.as_slice() {
                [member] => visitor.visit_enum(Variant { tree: self.tree, member }),
                _ => Err(de::Error::invalid_value(Unexpected::Map, &"an object with one member")),
            },
            _ => self.visit(visitor),
        };
        self.located(result)
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, TreeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

struct Items<'t> {
    tree: &'t Tree,
    items: std::slice::Iter<'t, NodeId>,
}

impl<'t> SeqAccess<'t> for Items<'t> {
    type Error = TreeError;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, TreeError> {
        self.items.next().map(|item| seed.deserialize(NodeDeserializer::new(self.tree, *item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Members<'t> {
    tree: &'t Tree,
    members: std::slice::Iter<'t, Member>,
    value: Option<NodeId>,
}

impl<'t> MapAccess<'t> for Members<'t> {
    type Error = TreeError;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, TreeError> {
        let Some(member) = self.members.next() else { return Ok(None) };
        self.value = Some(member.value);
        let key = de::value::BorrowedStrDeserializer::new(&member.key);
        NodeDeserializer::new(self.tree, member.value).located(seed.deserialize(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, TreeError> {
        let value = self.value.take().ok_or_else(|| <TreeError as de::Error>::custom("a value without its key"))?;
        seed.deserialize(NodeDeserializer::new(self.tree, value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

struct Variant<'t> {
    tree: &'t Tree,
    member: &'t Member,
}

impl<'t> EnumAccess<'t> for Variant<'t> {
    type Error = TreeError;
    type Variant = NodeVariant<'t>;

    fn variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<(S::Value, NodeVariant<'t>), TreeError> {
        let key = de::value::BorrowedStrDeserializer::<TreeError>::new(&self.member.key);
        Ok((seed.deserialize(key)?, NodeVariant(NodeDeserializer::new(self.tree, self.member.value))))
    }
}

struct NodeVariant<'t>(NodeDeserializer<'t>);

impl<'t> VariantAccess<'t> for NodeVariant<'t> {
    type Error = TreeError;

    fn unit_variant(self) -> Result<(), TreeError> {
        serde::Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, TreeError> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, TreeError> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'t>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, TreeError> {
        self.0.deserialize_any(visitor)
    }
}
