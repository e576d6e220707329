//! Pass: the document around the schemas, in the shape that `openapiv3` reads.
//!
//! Before: objects of any version, with references of any kind. After: copies of them in which every schema is
//! `#schema/<id>`, every reference leads to a component of this document (others are replaced by a copy of their target),
//! and `x-origin` names the node. What `openapiv3` has no place for is put aside in lists of its own: webhooks, callbacks,
//! further methods. Extensions, examples and links are not copied. The tree of the document itself is not changed.

mod adapt;

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Noun, Version, is_extension};
use super::model::{ITEM_SCHEMA, ORIGIN, SCHEMA_REFERENCE, SchemaNode};
use super::pointer::escape;
use super::references::References;
use super::schema::Schemas;
use super::shape::{self, Holds};
use crate::diagnostic::Collector;
use crate::diagnostic::codes::{DUPLICATE_ROUTE, REF_CYCLE, TOO_MANY_VALUES};
use crate::read::MAX_NODES;
use crate::tree::{Member, NodeId, Tree, Value};

/// Copies, ready to be read.
#[derive(Debug, Default)]
pub(crate) struct Copied {
    /// Path to path item.
    pub(crate) paths: Vec<(String, NodeId)>,
    /// Path, method and operation.
    pub(crate) extra_operations: Vec<(String, String, NodeId)>,
    /// Name to path item.
    pub(crate) webhooks: Vec<(String, NodeId)>,
    /// Callbacks.
    pub(crate) callbacks: Vec<CopiedCallback>,
    /// Noun, key and object.
    pub(crate) components: Vec<(Noun, String, NodeId)>,
    /// `info`, `servers`, `security` and `tags` of the document.
    pub(crate) head: BTreeMap<&'static str, NodeId>,
    /// Objects of the document that have a copy.
    pub(crate) origins: BTreeSet<NodeId>,
}

/// One expression of a callback.
#[derive(Debug)]
pub(crate) struct CopiedCallback {
    pub(crate) operation: NodeId,
    pub(crate) wire_name: String,
    pub(crate) expression: String,
    pub(crate) item: NodeId,
}

/// Kinds that `openapiv3` takes by reference.
const BY_REFERENCE: &[Noun] = &[Noun::Response, Noun::Parameter, Noun::RequestBody, Noun::Header, Noun::SecurityScheme];

/// The methods of `openapiv3`'s path item.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Objects inside of objects, schemas not counted. A header of a part of a body is 8 deep; only references that run in
/// circles come near this.
const MAX_NESTING: usize = 40;

struct Copier<'a> {
    tree: &'a mut Tree,
    version: Version,
    references: &'a References,
    schemas: &'a mut Schemas,
    collector: &'a mut Collector,
    /// Sound components of the root document: node to reference.
    components: BTreeMap<NodeId, String>,
    out: Copied,
    /// Callbacks still to be copied: operation, key and callback.
    callbacks: Vec<(NodeId, String, NodeId)>,
    /// Operations whose callbacks were taken.
    called: BTreeSet<NodeId>,
    depth: usize,
    overflowed: bool,
}

/// The document's object, and what it is written in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root {
    pub(crate) node: NodeId,
    pub(crate) version: Version,
}

/// Runs the pass.
pub(crate) fn copy(
    tree: &mut Tree,
    Root { node: root, version }: Root,
    references: &References,
    schemas: &mut Schemas,
    collector: &mut Collector,
) -> Copied {
    let mut copier = Copier {
        tree,
        version,
        references,
        schemas,
        collector,
        components: BTreeMap::new(),
        out: Copied::default(),
        callbacks: Vec::new(),
        called: BTreeSet::new(),
        depth: 0,
        overflowed: false,
    };
    copier.index_components(root);
    copier.copy_head(root);
    copier.components(root);
    copier.path_items(root);
    copier.callbacks();
    copier.out
}

impl Copier<'_> {
    /// The members of an object; a `null` says nothing.
    fn members(&self, node: NodeId) -> Vec<Member> {
        let members = self.tree.as_mapping(node).unwrap_or_default();
        members.iter().filter(|member| !self.tree.is_null(member.value)).cloned().collect()
    }

    fn section(&self, root: NodeId, kind: Noun) -> Vec<Member> {
        let components = self.tree.member(root, "components");
        let section = components.zip(kind.section()).and_then(|(at, section)| self.tree.member(at, section));
        section.map_or_else(Vec::new, |section| self.members(section))
    }

    fn index_components(&mut self, root: NodeId) {
        for kind in BY_REFERENCE {
            for member in self.section(root, *kind) {
                let section = kind.section().unwrap_or_default();
                let reference = format!("#/components/{section}/{}", escape(&member.key));
                self.components.entry(member.value).or_insert(reference);
            }
        }
    }

    fn components(&mut self, root: NodeId) {
        for kind in BY_REFERENCE {
            for member in self.section(root, *kind) {
                let Some(target) = self.references.resolve(member.value) else { continue };
                if let Some(copy) = self.object(*kind, target) {
                    self.out.components.push((*kind, member.key.to_string(), copy));
                }
            }
        }
    }

    fn path_items(&mut self, root: NodeId) {
        let of =
            |copier: &Self, key: &str| copier.tree.member(root, key).map_or_else(Vec::new, |at| copier.members(at));
        for member in of(self, "paths") {
            if is_extension(&member.key) {
                continue;
            }
            let Some(item) = self.path_item(member.value) else { continue };
            for (method, operation) in item.further {
                self.out.extra_operations.push((member.key.to_string(), method, operation));
            }
            self.out.paths.push((member.key.to_string(), item.copy));
        }
        for member in of(self, "webhooks") {
            if let Some(item) = self.path_item(member.value) {
                self.out.webhooks.push((member.key.to_string(), item.copy));
            }
        }
    }

    /// Callbacks hold path items, whose operations have callbacks again: a list instead of recursion, and each operation's
    /// only once, since a callback may lead back to the operation that declares it.
    fn callbacks(&mut self) {
        let mut next = 0;
        while let Some((operation, wire_name, callback)) = self.callbacks.get(next).cloned() {
            next += 1;
            let Some(callback) = self.references.resolve(callback) else { continue };
            for member in self.members(callback) {
                if is_extension(&member.key) || self.tree.as_mapping(member.value).is_none() {
                    continue;
                }
                if let Some(item) = self.path_item(member.value) {
                    let (wire_name, expression) = (wire_name.clone(), member.key.to_string());
                    self.out.callbacks.push(CopiedCallback { operation, wire_name, expression, item: item.copy });
                }
            }
        }
    }

    /// A path item; members beside its `$ref` are added to the target's.
    fn path_item(&mut self, node: NodeId) -> Option<Item> {
        let target = self.references.resolve(node)?;
        let mut members = self.members(target);
        if target != node {
            for member in self.members(node) {
                match members.iter_mut().find(|other| other.key == member.key) {
                    Some(other) if self.tree.as_mapping(member.value).is_some() => {
                        report_duplicate(self.tree, other, &member, self.collector);
                    }
                    Some(other) => *other = member,
                    None => members.push(member),
                }
            }
        }
        let (kept, further): (Vec<Member>, Vec<Member>) = members.into_iter().partition(|member| {
            METHODS.contains(&&*member.key) || !matches!(&*member.key, "query" | "additionalOperations")
        });
        let copy = self.copy_members(Noun::PathItem, target, kept)?;
        let mut operations = Vec::new();
        for member in further {
            let named = if &*member.key == "query" { vec![member] } else { self.members(member.value) };
            for member in named {
                let method = if &*member.key == "query" { "QUERY".to_owned() } else { member.key.to_string() };
                operations.extend(self.object(Noun::Operation, member.value).map(|copy| (method, copy)));
            }
        }
        Some(Item { copy, further: operations })
    }

    /// A position that may hold a reference.
    fn position(&mut self, kind: Noun, node: NodeId) -> Option<NodeId> {
        let target = self.references.resolve(node)?;
        if target == node {
            return self.object(kind, node);
        }
        let described = self.tree.member(node, "description");
        let section = kind.section().filter(|_| BY_REFERENCE.contains(&kind));
        let component = self.components.get(&target);
        // A header may be a parameter of this document, which no reference of its own can say.
        let component =
            component.filter(|reference| section.is_some_and(|section| reference.split('/').nth(2) == Some(section)));
        if let (None, Some(reference)) = (described, component) {
            let reference = reference.clone();
            return Some(self.reference_to(node, reference));
        }
        let copy = self.object(kind, target)?;
        if let Some(described) = described {
            let place = self.tree.place(described);
            self.tree.set_member(copy, "description", place, described);
        }
        Some(copy)
    }

    fn object(&mut self, kind: Noun, node: NodeId) -> Option<NodeId> {
        let members = self.members(node);
        self.copy_members(kind, node, members)
    }

    fn copy_members(&mut self, kind: Noun, node: NodeId, members: Vec<Member>) -> Option<NodeId> {
        self.tree.as_mapping(node)?;
        if self.depth > MAX_NESTING || self.tree.len() > 2 * MAX_NODES {
            self.report_overflow(node);
            return None;
        }
        self.depth += 1;
        let mut members = self.copy_each(kind, node, members);
        self.depth -= 1;
        adapt::adapt(self, kind, node, &mut members);
        let origin = self.push(node, Value::Number(node.0.to_string().into()));
        members.push(self.member(node, ORIGIN, origin));
        self.out.origins.insert(node);
        Some(self.push(node, Value::Mapping(members)))
    }

    fn copy_each(&mut self, kind: Noun, node: NodeId, members: Vec<Member>) -> Vec<Member> {
        let mut out = Vec::with_capacity(members.len() + 1);
        for mut member in members {
            let Some((_, holds)) = shape::members(kind).iter().find(|(key, _)| *key == &*member.key) else { continue };
            match holds {
                Holds::One(Noun::Schema) if &*member.key == "itemSchema" => {
                    member.key = ITEM_SCHEMA.into();
                    let Some(text) = self.schema_text(member.value) else { continue };
                    member.value = self.push(member.value, Value::String(text.into()));
                }
                Holds::Names(Noun::Callback) => {
                    self.take_callbacks(node, member.value);
                    continue;
                }
                Holds::One(Noun::RequestBody) => {
                    let body = self.position(Noun::RequestBody, member.value);
                    member.value = body.unwrap_or_else(|| self.any_body(member.value));
                }
                holds => match self.copy_value(*holds, &member) {
                    Some(value) => member.value = value,
                    None => continue,
                },
            }
            out.push(member);
        }
        out
    }

    fn copy_value(&mut self, holds: Holds, member: &Member) -> Option<NodeId> {
        let at = member.value;
        match holds {
            Holds::Value if &*member.key == "servers" => Some(adapt::servers(self, at)),
            Holds::Value => Some(at),
            Holds::List(Noun::Example | Noun::Link) | Holds::Names(Noun::Example | Noun::Link) => None,
            Holds::One(Noun::Schema) => self.schema_text(at).map(|reference| self.reference_to(at, reference)),
            Holds::One(kind) => self.position(kind, at),
            Holds::List(kind) => {
                let items = self.tree.as_sequence(at)?.to_vec();
                let items = items.into_iter().filter_map(|item| self.position(kind, item)).collect();
                Some(self.push(at, Value::Sequence(items)))
            }
            Holds::Map(kind) | Holds::Names(kind) => {
                let mut members = self.members(at);
                if matches!(holds, Holds::Map(_)) {
                    members.retain(|member| !is_extension(&member.key));
                }
                let copy = |mut member: Member| {
                    member.value = self.position(kind, member.value)?;
                    Some(member)
                };
                let members = members.into_iter().filter_map(copy).collect();
                Some(self.push(at, Value::Mapping(members)))
            }
        }
    }

    fn take_callbacks(&mut self, operation: NodeId, callbacks: NodeId) {
        if self.called.insert(operation) {
            let members = self.members(callbacks);
            self.callbacks.extend(members.into_iter().map(|member| (operation, member.key.into(), member.value)));
        }
    }

    fn schema_text(&self, node: NodeId) -> Option<String> {
        self.schemas.id(node).map(|id| format!("{SCHEMA_REFERENCE}{}", id.0))
    }

    /// The reference to a schema that takes any value, for a position whose schema the document leaves out.
    fn any_schema(&mut self, node: NodeId) -> NodeId {
        let any = SchemaNode { origin: Some(node), boolean: Some(true), ..SchemaNode::default() };
        let id = self.schemas.push(any);
        self.reference_to(node, format!("{SCHEMA_REFERENCE}{}", id.0))
    }

    /// What stands for a body whose reference leads nowhere: the operation can still be called.
    fn any_body(&mut self, node: NodeId) -> NodeId {
        let schema = self.any_schema(node);
        let media = self.push(node, Value::Mapping(vec![self.member(node, "schema", schema)]));
        let content = self.push(node, Value::Mapping(vec![self.member(node, "application/json", media)]));
        self.push(node, Value::Mapping(vec![self.member(node, "content", content)]))
    }

    fn reference_to(&mut self, at: NodeId, reference: String) -> NodeId {
        let text = self.push(at, Value::String(reference.into()));
        let member = self.member(at, "$ref", text);
        self.push(at, Value::Mapping(vec![member]))
    }

    /// A new node at the place of another.
    fn push(&mut self, at: NodeId, value: Value) -> NodeId {
        let place = self.tree.place(at);
        self.tree.push(place, value)
    }

    fn member(&self, at: NodeId, key: &str, value: NodeId) -> Member {
        Member { key: key.into(), key_place: self.tree.place(at), value }
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

/// A path item with the operations that `openapiv3` has no member for.
struct Item {
    copy: NodeId,
    further: Vec<(String, NodeId)>,
}

fn report_duplicate(tree: &Tree, first: &Member, second: &Member, collector: &mut Collector) {
    collector
        .report(&DUPLICATE_ROUTE, second.key_place)
        .message(format!("`{}` stands here and in the path item that is referred to", second.key))
        .label("here")
        .help("remove one of the two operations")
        .related(tree.place(first.value), "and here");
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::model_of;

    const HEAD: &str = "info: {title: t, version: '1'}\n";

    #[test]
    fn references_lead_to_components_or_are_replaced() {
        let model = model_of(&format!(
            "openapi: 3.1.0\n{HEAD}{}",
            "\
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
"
        ));
        let operation = model.openapi.paths.paths["/a"].as_item().unwrap().get.clone().unwrap();
        let text = |response: &openapiv3::ReferenceOr<openapiv3::Response>| match response {
            openapiv3::ReferenceOr::Reference { reference } => reference.clone(),
            openapiv3::ReferenceOr::Item(item) => item.description.clone(),
        };
        let found: Vec<String> = operation.responses.responses.values().map(text).collect();
        let b = "#/components/responses/B";
        assert_eq!(found, [b, b, "mine", "odd"]);
        assert_eq!(text(&model.openapi.components.unwrap().responses["A"]), "shared");
    }

    #[test]
    fn what_openapiv3_lacks_is_put_aside() {
        let model = model_of(&format!(
            "openapi: 3.2.0\n{HEAD}{}",
            "\
paths:
  /a:
    query: {responses: {}}
    additionalOperations: {COPY: {}}
    post:
      callbacks: {done: {'{$request.body#/url}': {post: {callbacks: {done: {$ref: '#/components/callbacks/Done'}}}}}}
      responses: {'200': {content: {text/event-stream: {itemSchema: {type: string}}}}}
webhooks: {pet: {$ref: '#/components/pathItems/Pet'}}
components:
  callbacks: {Done: {/x: {get: {callbacks: {again: {$ref: '#/components/callbacks/Done'}}}}}}
  pathItems: {Pet: {get: {}}}
  securitySchemes: {tls: {type: mutualTLS}}
"
        ));
        let extra: Vec<&str> = model.extra_operations.iter().map(|extra| extra.method.as_str()).collect();
        assert_eq!(extra, ["QUERY", "COPY"]);
        let callbacks: Vec<&str> = model.callbacks.iter().map(|callback| callback.expression.as_str()).collect();
        assert_eq!(callbacks, ["{$request.body#/url}", "/x", "/x"]);
        assert!(model.webhooks[0].1.get.is_some());
        let post = model.openapi.paths.paths["/a"].as_item().unwrap().post.as_ref().unwrap();
        let response = post.responses.responses[0].as_item().unwrap();
        let item = super::super::model::item_schema(&response.content["text/event-stream"]).unwrap();
        assert_eq!(model.schemas[item.0 as usize].types, [super::super::model::JsonType::String]);
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
