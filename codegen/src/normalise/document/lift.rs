//! From nodes of the tree to nouns: what all of them share.
//!
//! Before: a tree whose members were checked, and a table of where its references lead. After: our own structs, in which
//! every schema is an id, every reference leads to a component or was replaced by what it leads to, and each object
//! knows its node. A noun reads its members by [`Members`], so nothing is lifted that its table does not list.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::callback::Declared;
use super::row::{Noun, Object, Row, is_extension};
use super::schema::{SchemaId, SchemaNode, Schemas};
use super::{Header, Parameter, RequestBody, Response, Version};
use crate::arena::{Arena, Id};
use crate::diagnostic::Collector;
use crate::diagnostic::codes::{REF_CYCLE, TOO_MANY_VALUES, WRONG_TYPE};
use crate::normalise::Context;
use crate::normalise::references::References;
use crate::read::MAX_NODES;
use crate::tree::{Member, NodeId, Tree};

/// An object in its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot<T> {
    /// Written here, or a copy of what a reference leads to that is no component of this document.
    Own(T),
    /// A component.
    Shared(Id<Component<T>>),
}

/// An object that has a key below `components`.
#[derive(Clone, Debug, PartialEq)]
pub struct Component<T> {
    /// Its key.
    pub key: String,
    /// The object.
    pub item: T,
}

impl<T> Slot<T> {
    /// The object, and the key of the component that it is.
    pub fn get<'d>(&'d self, components: &'d Arena<Component<T>>) -> (&'d T, Option<&'d str>) {
        match self {
            Self::Own(item) => (item, None),
            Self::Shared(id) => {
                let component = components.get(*id);
                (&component.item, Some(&component.key))
            }
        }
    }
}

/// A noun that is read from the members of a node.
pub(super) trait Lifted: Sized {
    /// Which.
    const NOUN: Noun;

    /// Reads it.
    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self;

    /// Takes a description that stands beside a reference to it.
    fn describe(&mut self, _description: String) {}
}

/// A noun that components hold and positions refer to.
pub(super) trait Shared: Lifted {
    /// The components of this kind, by node.
    fn shared<'l>(lifter: &'l mut Lifter<'_>) -> &'l mut Known<Self>;
}

/// Components by the node that they stand at.
pub(super) type Known<T> = BTreeMap<NodeId, Id<Component<T>>>;

/// Objects inside of objects, schemas not counted. A header of a part of a body is 8 deep; only references that run in
/// circles come near this.
const MAX_NESTING: usize = 40;

/// What the lift of each noun needs.
pub(super) struct Lifter<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
    pub(super) schemas: &'a mut Schemas,
    pub(super) collector: &'a mut Collector,
    references: &'a References,
    pub(super) responses: Known<Response>,
    pub(super) parameters: Known<Parameter>,
    pub(super) request_bodies: Known<RequestBody>,
    pub(super) headers: Known<Header>,
    /// Callbacks that were met and not lifted yet.
    pub(super) declared: Vec<Declared>,
    /// Operations whose callbacks were met.
    pub(super) called: BTreeSet<NodeId>,
    depth: usize,
    /// Members that were lifted.
    lifted: usize,
    overflowed: bool,
}

/// The members of one object.
#[derive(Debug)]
pub(super) struct Members<'a> {
    tree: &'a Tree,
    table: &'static Object,
    /// The object.
    pub(super) at: NodeId,
    members: Cow<'a, [Member]>,
}

impl<'a> Members<'a> {
    /// The value of a member that the table lists; a `null` says nothing.
    pub(super) fn node(&self, key: &str) -> Option<NodeId> {
        self.table.row(key)?;
        let member = self.members.iter().find(|member| &*member.key == key)?;
        Some(member.value).filter(|value| !self.tree.is_null(*value))
    }

    /// The members that the table lists, in the document's order.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'static Row, NodeId)> {
        let listed = self.members.iter().filter(|member| !self.tree.is_null(member.value));
        listed.filter_map(|member| Some((self.table.row(&member.key)?, member.value)))
    }

    /// A string.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.str(key).map(str::to_owned)
    }

    /// The same, borrowed.
    pub(super) fn str(&self, key: &str) -> Option<&'a str> {
        self.tree.as_str(self.node(key)?)
    }

    /// The text of any scalar: `default: 443` in YAML means the text.
    pub(super) fn scalar(&self, key: &str) -> Option<String> {
        scalar(self.tree, self.node(key)?)
    }

    /// `true` or `false`, where it is said.
    pub(super) fn said(&self, key: &str) -> Option<bool> {
        self.tree.as_bool(self.node(key)?)
    }

    /// Whether it says `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.said(key) == Some(true)
    }

    /// The items of a list.
    pub(super) fn list(&self, key: &str) -> &'a [NodeId] {
        self.node(key).and_then(|at| self.tree.as_sequence(at)).unwrap_or_default()
    }

    /// The strings of a list.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        self.list(key).iter().filter_map(|item| self.tree.as_str(*item).map(str::to_owned)).collect()
    }

    /// The entries of a map.
    pub(super) fn entries(&self, key: &str) -> impl Iterator<Item = (&'a str, NodeId)> + use<'a> {
        entries(self.tree, self.node(key))
    }
}

/// The text of a string, a number or a boolean.
pub(super) fn scalar(tree: &Tree, at: NodeId) -> Option<String> {
    match tree.as_str(at) {
        Some(text) => Some(text.to_owned()),
        None if tree.as_mapping(at).is_some() || tree.as_sequence(at).is_some() => None,
        None => Some(tree.json_text(at)),
    }
}

/// The members of a map whose keys are the author's.
pub(super) fn entries(tree: &Tree, at: Option<NodeId>) -> impl Iterator<Item = (&str, NodeId)> {
    let members = at.and_then(|at| tree.as_mapping(at)).unwrap_or_default();
    members.iter().filter(|member| !tree.is_null(member.value)).map(|member| (&*member.key, member.value))
}

/// Those of an object whose keys are the author's, but for extensions.
pub(super) fn own_entries(tree: &Tree, at: Option<NodeId>) -> impl Iterator<Item = (&str, NodeId)> {
    entries(tree, at).filter(|(key, _)| !is_extension(key))
}

impl<'a> Lifter<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        version: Version,
        references: &'a References,
        schemas: &'a mut Schemas,
        collector: &'a mut Collector,
    ) -> Self {
        Self {
            context,
            tree: context.tree,
            version,
            references,
            schemas,
            collector,
            responses: BTreeMap::new(),
            parameters: BTreeMap::new(),
            request_bodies: BTreeMap::new(),
            headers: BTreeMap::new(),
            declared: Vec::new(),
            called: BTreeSet::new(),
            depth: 0,
            lifted: 0,
            overflowed: false,
        }
    }

    /// The members of the object at `node` that its table lists.
    pub(super) fn members(&self, table: &'static Object, node: NodeId) -> Members<'a> {
        let members = self.tree.as_mapping(node).unwrap_or_default();
        Members { tree: self.tree, table, at: node, members: Cow::Borrowed(members) }
    }

    /// An object of which members were put together.
    pub(super) fn joined(&self, table: &'static Object, at: NodeId, members: Vec<Member>) -> Members<'a> {
        Members { tree: self.tree, table, at, members: Cow::Owned(members) }
    }

    /// The object that stands at `node`.
    pub(super) fn object<T: Lifted>(&mut self, node: NodeId) -> T {
        let members = self.members(T::NOUN.object(), node);
        self.lift(members)
    }

    /// Beyond the limits an object is read as empty, which ends every circle.
    pub(super) fn lift<T: Lifted>(&mut self, mut members: Members<'_>) -> T {
        self.lifted += members.members.len() + 2;
        if self.depth > MAX_NESTING || self.tree.len() + self.lifted > 2 * MAX_NODES {
            self.report_overflow(members.at);
            members.members = Cow::Borrowed(&[]);
        }
        self.depth += 1;
        let item = T::lift(self, &members);
        self.depth -= 1;
        item
    }

    /// Where a chain of references ends, if something of this kind stands there.
    pub(super) fn target(&self, node: NodeId) -> Option<NodeId> {
        self.references.resolve(node).filter(|target| self.tree.as_mapping(*target).is_some())
    }

    /// What stands in a position that may hold a reference, or what that leads to.
    pub(super) fn resolved<T: Lifted>(&mut self, node: NodeId) -> Option<T> {
        let target = self.target(node)?;
        let mut item = self.object::<T>(target);
        if let Some(words) = self.words_beside(node, target) {
            item.describe(words);
        }
        Some(item)
    }

    /// The same where components are shared. What is described anew beside its reference is not the component any more.
    pub(super) fn slot<T: Shared>(&mut self, node: NodeId) -> Option<Slot<T>> {
        let target = self.target(node)?;
        if target != node
            && self.words_beside(node, target).is_none()
            && let Some(component) = T::shared(self).get(&target)
        {
            return Some(Slot::Shared(*component));
        }
        self.resolved(node).map(Slot::Own)
    }

    fn words_beside(&self, node: NodeId, target: NodeId) -> Option<String> {
        self.tree.member_str(node, "description").filter(|_| target != node).map(str::to_owned)
    }

    /// The items of a list of such positions.
    pub(super) fn slots<T: Shared>(&mut self, items: &[NodeId]) -> Vec<Slot<T>> {
        items.iter().filter_map(|at| self.slot(*at)).collect()
    }

    /// The entries of a map of them.
    pub(super) fn map<'m, T>(
        &mut self,
        entries: impl Iterator<Item = (&'m str, NodeId)>,
        mut lift: impl FnMut(&mut Self, NodeId) -> Option<T>,
    ) -> Vec<(String, T)> {
        entries.filter_map(|(key, node)| Some((key.to_owned(), lift(self, node)?))).collect()
    }

    /// The schema in a member.
    pub(super) fn schema(&self, members: &Members<'_>, key: &str) -> Option<SchemaId> {
        self.schemas.id(members.node(key)?)
    }

    /// A schema that takes any value, for a position whose schema the document leaves out.
    pub(super) fn any_schema(&mut self, at: NodeId) -> SchemaId {
        self.schemas.nodes.push(SchemaNode { boolean: Some(true), ..SchemaNode::new(at, String::new()) })
    }

    /// The JSON pointer of a node.
    pub(super) fn pointer(&self, at: NodeId) -> String {
        self.context.parents.text(self.tree, self.context.sources, at)
    }

    /// A member that must be there. The structure check says what lacks in better words, so this is for what it has not seen.
    pub(super) fn required(&mut self, members: &Members<'_>, key: &str) -> String {
        members.text(key).unwrap_or_else(|| {
            if !self.collector.has_errors() {
                self.collector
                    .report(&WRONG_TYPE, self.tree.place(members.at))
                    .message("this object cannot be read")
                    .label(format!("`{key}` is missing"))
                    .help("correct the object as its part of the OpenAPI specification says");
            }
            String::new()
        })
    }

    fn report_overflow(&mut self, node: NodeId) {
        if std::mem::replace(&mut self.overflowed, true) {
            return;
        }
        let deep = self.depth > MAX_NESTING;
        self.collector
            .report(if deep { &REF_CYCLE } else { &TOO_MANY_VALUES }, self.tree.place(node))
            .message("the references of this object have no end")
            .label(if deep { "contains itself" } else { "stands for too many values" })
            .help("refer to components, and not to objects inside of each other");
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::model_of;

    #[test]
    fn references_lead_to_components_or_are_replaced() {
        let model = model_of(
            "\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {$ref: '#/components/responses/A'}
        '201': {$ref: '#/components/responses/B'}
        '202': {$ref: '#/components/responses/B', description: mine}
        '203': {$ref: '#/paths/~1b/get/responses/200'}
  /b: {get: {responses: {'200': {description: odd}}}}
components:
  responses:
    A: {$ref: '#/components/responses/B'}
    B: {description: shared}
",
        );
        let operation = model.document.operations().next().unwrap().operation;
        let responses = &model.document.components.responses;
        let found = operation.responses.all().map(|response| {
            let (item, key) = response.get(responses);
            (key, item.description.as_str())
        });
        let expected = [(Some("B"), "shared"), (Some("B"), "shared"), (None, "mine"), (None, "odd")];
        assert_eq!(found.collect::<Vec<_>>(), expected);
        let components: Vec<&str> = responses.values().map(|shared| shared.item.description.as_str()).collect();
        assert_eq!(components, ["shared", "shared"]);
    }

    #[test]
    fn objects_that_contain_themselves_are_refused() {
        let text = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths: {}
components:
  headers:
    H: {content: {a/b: {encoding: {e: {headers: {H: {$ref: '#/components/headers/H'}}}}}}}
  responses:
    R: {description: '', content: {a/b: {encoding: {e: {headers: {H: {content: {a/b: {encoding: {e: {headers: {I: {$ref: '#/components/responses/R/content/a~1b/encoding/e/headers/H'}}}}}}}}}}}}}
";
        crate::normalise::testing::check_faults(
            text,
            &[
                "8:101 TW0302 the references of this object have no end | refer to components, and not to objects inside of each other | ",
            ],
        );
    }
}
