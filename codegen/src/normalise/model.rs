//! The model: a document of our own structs, and what `x-typewright` says about it.
//!
//! Owns what the passes of `normalise` hand to `lower`. Decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{OperationFacts, RootFacts, SchemaFacts};
use crate::tree::NodeId;

pub use super::document::{
    Component, Content, CookieStyle, Discriminator, Document, Encoding, Flow, Flows, Format, Header, JsonType, Link,
    MediaType, Operation, Parameter, PathItem, Place, RequestBody, Response, Routed, SchemaId, SchemaNode, SchemeKind,
    SecurityRequirement, SecurityScheme, Server, Slot, Styled,
};

/// A checked document, with its facts.
#[derive(Clone, Debug)]
pub struct Model {
    /// What the document says, in one shape for 3.0, 3.1 and 3.2.
    pub document: Document,
    /// Root facts of `x-typewright`.
    pub facts: RootFacts,
    /// Per operation node: its facts.
    pub operation_facts: Vec<(NodeId, OperationFacts)>,
    /// Per parameter node: its facts. A header of an answer is a parameter too.
    pub parameter_facts: BTreeMap<NodeId, SchemaFacts>,
    /// Operations that were asked for, by origin; `None`: all of them, and every component.
    pub chosen: Option<BTreeSet<NodeId>>,
    /// Security schemes that a requirement names and nothing declares, each with the node that names it first.
    pub undeclared_schemes: Vec<(String, NodeId)>,
    /// Operations that were left out because of a recoverable fault.
    pub left_out: usize,
}
