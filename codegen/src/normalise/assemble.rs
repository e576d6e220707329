//! Pass: the model.
//!
//! Before: copies of objects in the shape that `openapiv3` reads. After: the [`Model`]. Each path item and each component is
//! read on its own, so that a fault that nothing before has seen still has its place.

use std::collections::BTreeMap;

use openapiv3::{Components, OpenAPI, Paths, ReferenceOr};
use serde::de::DeserializeOwned;

use super::Context;
use super::copy::Copied;
use super::document::Noun;
use super::extension::Facts;
use super::model::{Callback, ExtraOperation, Model};
use super::schema::Schemas;
use crate::diagnostic::Collector;
use crate::diagnostic::codes::WRONG_TYPE;
use crate::tree::NodeId;

struct Reader<'a> {
    context: &'a Context<'a>,
    collector: &'a mut Collector,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(&mut self, node: NodeId) -> Option<T> {
        match self.context.tree.deserialize(node) {
            Ok(value) => Some(value),
            Err(error) => {
                // The structure check says the same in better words, if it has already refused something here.
                if !self.collector.has_errors() {
                    self.collector
                        .report(&WRONG_TYPE, self.context.tree.place(error.node.unwrap_or(node)))
                        .message("this object cannot be read")
                        .label(error.message)
                        .help("correct the object as its part of the OpenAPI specification says");
                }
                None
            }
        }
    }
}

/// Runs the pass. `None` if something could not be read; that was reported.
pub(crate) fn assemble(
    context: &Context<'_>,
    copied: Copied,
    schemas: Schemas,
    facts: Facts,
    collector: &mut Collector,
) -> Option<Model> {
    let mut reader = Reader { context, collector };
    let openapi = open_api(&mut reader, &copied)?;
    let mut model = Model {
        openapi,
        extra_operations: Vec::new(),
        webhooks: Vec::new(),
        callbacks: Vec::new(),
        components: components(context, &schemas),
        pointers: pointers(context, &copied),
        schemas: schemas.nodes,
        facts: facts.root,
        operation_facts: facts.operations,
        parameter_facts: facts.parameters,
        chosen: None,
        undeclared_schemes: Vec::new(),
        left_out: 0,
    };
    for (path, method, node) in copied.extra_operations {
        let operation = reader.read(node)?;
        model.extra_operations.push(ExtraOperation { path, method, operation });
    }
    for (name, node) in copied.webhooks {
        model.webhooks.push((name, reader.read(node)?));
    }
    for callback in copied.callbacks {
        model.callbacks.push(Callback {
            operation: callback.operation,
            wire_name: callback.wire_name,
            expression: callback.expression,
            item: reader.read(callback.item)?,
        });
    }
    Some(model)
}

fn open_api(reader: &mut Reader<'_>, copied: &Copied) -> Option<OpenAPI> {
    let mut openapi = OpenAPI { components: Some(Components::default()), ..OpenAPI::default() };
    let head = |key: &str| copied.head.get(key).copied();
    let mut sound = true;
    let mut keep = |read: bool| sound &= read;
    if let Some(node) = head("info") {
        keep(reader.read(node).map(|info| openapi.info = info).is_some());
    }
    if let Some(node) = head("servers") {
        keep(reader.read(node).map(|servers| openapi.servers = servers).is_some());
    }
    if let Some(node) = head("security") {
        keep(reader.read(node).map(|security| openapi.security = Some(security)).is_some());
    }
    if let Some(node) = head("tags") {
        keep(reader.read(node).map(|tags| openapi.tags = tags).is_some());
    }
    let mut paths = Paths::default();
    for (path, node) in &copied.paths {
        keep(reader.read(*node).map(|item| paths.paths.insert(path.clone(), ReferenceOr::Item(item))).is_some());
    }
    openapi.paths = paths;
    let mut components = Components::default();
    for (kind, key, node) in &copied.components {
        keep(component(reader, &mut components, (*kind, key, *node)).is_some());
    }
    openapi.components = Some(components);
    sound.then_some(openapi)
}

fn component(
    reader: &mut Reader<'_>,
    components: &mut Components,
    (kind, key, node): (Noun, &str, NodeId),
) -> Option<()> {
    let key = key.to_owned();
    match kind {
        Noun::Response => drop(components.responses.insert(key, ReferenceOr::Item(reader.read(node)?))),
        Noun::Parameter => drop(components.parameters.insert(key, ReferenceOr::Item(reader.read(node)?))),
        Noun::RequestBody => drop(components.request_bodies.insert(key, ReferenceOr::Item(reader.read(node)?))),
        Noun::Header => drop(components.headers.insert(key, ReferenceOr::Item(reader.read(node)?))),
        Noun::SecurityScheme => drop(components.security_schemes.insert(key, ReferenceOr::Item(reader.read(node)?))),
        _ => {}
    }
    Some(())
}

/// `components.schemas`, in the document's order.
fn components(context: &Context<'_>, schemas: &Schemas) -> Vec<(String, super::model::SchemaId)> {
    let tree = context.tree;
    let section = tree.member(context.root, "components").and_then(|at| tree.member(at, "schemas"));
    let members = section.and_then(|at| tree.as_mapping(at)).unwrap_or_default();
    members.iter().filter_map(|member| Some((member.key.to_string(), schemas.id(member.value)?))).collect()
}

fn pointers(context: &Context<'_>, copied: &Copied) -> BTreeMap<NodeId, String> {
    let objects = copied.origins.iter();
    objects.map(|node| (*node, context.parents.text(context.tree, context.sources, *node))).collect()
}
