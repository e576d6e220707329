//! Model to [`Api`]: references become ids, `allOf` is merged, every schema becomes a type.
//!
//! Components come first, then what operations reach. Objects and unions get their id at once and are filled from a
//! queue, so that recursion in a document is no recursion here. Nothing here decides a name or knows Rust.

mod alike;
mod all_of;
mod answer;
mod array;
mod body;
mod content_type;
mod declared;
mod direction;
mod discriminator;
mod docs;
mod enumeration;
mod event;
mod flat;
mod header;
mod identity;
mod kind;
mod limits;
mod link;
mod naming;
mod nullable;
mod object;
mod operation;
mod parameter;
mod parents;
mod part;
mod projection;
mod property;
mod scalar;
mod schema;
mod security;
mod server;
mod subject;
#[cfg(test)]
mod testing;
mod types;
mod union;
mod variant;
mod webhook;

use std::collections::{BTreeMap, VecDeque};

use crate::api::{Api, Context, Info, Tag, TypeId};
use crate::arena::Side;
use crate::diagnostic::{Code, Collector};
use crate::lower::declared::Merged;
use crate::lower::subject::{Memo, Pending};
use crate::lower::types::Types;
use crate::normalise::model::{Model, SchemaId, SchemaNode};
use crate::tree::{NodeId, Tree};

/// Lowers a checked document. Whatever cannot be said in [`Api`] is reported or noted in the docs of the item.
pub fn lower(model: &Model, tree: &Tree, collector: &mut Collector) -> Api {
    let mut lowering = Lowering::new(model, tree, collector);
    lowering.lower_components();
    let security_schemes = security::lower_schemes(model);
    let mut operations = operation::lower_operations(&mut lowering, &security_schemes);
    lowering.fill_pending();
    flat::flatten(&mut lowering, &mut operations);
    variant::vary(&mut lowering, &mut operations);
    projection::project(&mut lowering, &mut operations);
    // They are numbered behind the operations, so these must all be there.
    let webhooks = webhook::lower_webhooks(&mut lowering, &operations);
    let webhook_headers = webhook::lower_headers(&mut lowering, &webhooks);
    lowering.fill_pending();
    lowering.name_types();
    let mut types = lowering.types.finish();
    direction::mark(&mut types, &operations, (&webhooks, webhook_headers));
    Api {
        info: lower_info(model),
        servers: server::lower_servers(&model.document.servers),
        types,
        operations,
        webhooks,
        webhook_headers,
        security_schemes,
        tags: lower_tags(model),
        facts: model.facts.clone(),
    }
}

/// What the modules of this stage share.
struct Lowering<'a> {
    model: &'a Model,
    tree: &'a Tree,
    collector: &'a mut Collector,
    /// What was made so far.
    types: Types,
    /// Component of a schema, by key.
    components: BTreeMap<SchemaId, &'a str>,
    /// Components with a `discriminator` that others inherit from, each with those others, in the document's order.
    children: BTreeMap<SchemaId, Vec<SchemaId>>,
    /// Where schemas stand that are below no component schema.
    roots: BTreeMap<SchemaId, Vec<Context>>,
    /// By schema: whether `null` is a value of it.
    nullable: Side<SchemaNode, bool>,
    /// By schema: what is known of its type.
    memo: Side<SchemaNode, Memo>,
    /// Objects and unions that have an id but no content yet.
    pending: VecDeque<Pending>,
    /// By schema of an event's `data`: the schema of what is in it.
    events: BTreeMap<SchemaId, SchemaId>,
    /// How many variants were joined with what stands around their choice.
    joined: usize,
    /// How many types were merged below others that were.
    merges: usize,
    /// By type that several schemas make together: which, and where it stands.
    merged: BTreeMap<TypeId, Merged>,
}

impl<'a> Lowering<'a> {
    fn new(model: &'a Model, tree: &'a Tree, collector: &'a mut Collector) -> Self {
        let components = model.document.components.schemas.iter().map(|(key, id)| (*id, key.as_str())).collect();
        Self {
            model,
            tree,
            collector,
            types: Types::default(),
            components,
            children: parents::children(model),
            roots: BTreeMap::new(),
            nullable: nullable::nullable(model, tree),
            memo: model.document.schemas.side(Memo::Unknown),
            pending: VecDeque::new(),
            events: event::contents(model),
            joined: 0,
            merges: 0,
            merged: BTreeMap::new(),
        }
    }

    /// All of them; where operations were chosen, those alone that no operation names and the client needs all the same.
    fn lower_components(&mut self) {
        let codes = self.model.facts.errors.codes.as_ref();
        for (key, id) in &self.model.document.components.schemas {
            if self.model.chosen.is_none() || codes == Some(key) {
                self.lower_use(*id);
            }
        }
        self.fill_pending();
    }

    /// Reports something that is carried but not typed as the document says it.
    fn warn(&mut self, code: &'static Code, origin: NodeId, message: &str, help: &str) {
        let place = self.tree.place(origin);
        self.collector.report(code, place).message(message).help(help);
    }
}

fn lower_info(model: &Model) -> Info {
    let info = &model.document.info;
    Info { title: info.title.clone(), version: info.version.clone(), description: info.description.clone() }
}

fn lower_tags(model: &Model) -> Vec<Tag> {
    let tags = model.document.tags.iter();
    tags.map(|tag| Tag { name: tag.name.clone(), description: tag.description.clone() }).collect()
}
