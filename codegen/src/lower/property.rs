//! Members of objects, and what becomes of one that is declared several times.

use crate::api::{Context, Property, Shape, TypeId, Use};
use crate::lower::all_of::{gather, has_own_shape, node};
use crate::lower::nullable::takes_null;
use crate::lower::schema::Subject;
use crate::lower::types::Source;
use crate::lower::{Lowering, docs, kind};
use crate::normalise::model::{JsonType, SchemaId, SchemaNode};
use crate::tree::NodeId;

impl<'a> Lowering<'a> {
    /// One member of the object `owner`; `declared` are its schemas, inherited ones first.
    pub(super) fn lower_property(
        &mut self,
        owner: TypeId,
        name: &str,
        declared: &[SchemaId],
        required: bool,
    ) -> Property {
        let of = self.lower_declared(owner, name, declared);
        let model: &'a crate::normalise::model::Model = self.model;
        let nodes: Vec<&SchemaNode> = declared.iter().rev().filter_map(|id| node(model, *id)).collect();
        let chain: Vec<&SchemaNode> = nodes.iter().flat_map(|node| self.chain(node)).collect();
        let sensitive = chain.iter().any(|node| node.facts.sensitive)
            || matches!(self.types.shape(of.ty), Shape::String { sensitive: true, .. });
        let fill = chain.iter().find_map(|node| node.facts.fill.clone());
        Property {
            wire_name: name.to_owned(),
            name: nodes.iter().find_map(|node| node.facts.name.clone()),
            of,
            // What the client fills in need not be given.
            required: required && fill.is_none(),
            read_only: chain.iter().any(|node| node.read_only),
            write_only: chain.iter().any(|node| node.write_only),
            default: self.default_of(&chain),
            docs: docs::unless_it_repeats(self.docs_of_use(declared, of), name),
            fill,
            trim: chain.iter().any(|node| node.facts.trim),
            sensitive,
            origin: declared.last().map_or(NodeId(0), |id| self.origin(*id)),
        }
    }

    /// A schema and what its references lead to: words beside a reference win over the words behind it.
    pub(super) fn chain(&self, schema: &'a SchemaNode) -> Vec<&'a SchemaNode> {
        let model: &'a crate::normalise::model::Model = self.model;
        let mut chain = vec![schema];
        let mut at = schema;
        while let Some(next) = at.reference.and_then(|id| node(model, id)).filter(|_| chain.len() < 32) {
            chain.push(next);
            at = next;
        }
        let inline = schema.all_of.iter().filter_map(|id| node(model, *id)).filter(|node| node.reference.is_none());
        chain.extend(inline);
        chain
    }

    pub(super) fn default_of(&self, chain: &[&SchemaNode]) -> Option<String> {
        let default = chain.iter().find_map(|node| node.default)?;
        Some(self.tree.json_text(default))
    }

    /// The type of a member: the last declaration, narrowed by the earlier ones where both speak of the same kind.
    fn lower_declared(&mut self, owner: TypeId, name: &str, declared: &[SchemaId]) -> Use {
        let Some((last, earlier)) = declared.split_last() else { return self.any(SchemaId(0)) };
        let mut held: Vec<SchemaId> = Vec::new();
        for id in earlier.iter().chain([last]) {
            let canonical = self.canonical(*id);
            held.retain(|other| *other != canonical);
            held.push(canonical);
        }
        if held.len() < 2 || self.overrides(*last, earlier) {
            return self.lower_use(*last);
        }
        if !self.says_kind(*last)
            && let [first] = earlier
        {
            return self.lower_use(*first);
        }
        let nullable = declared.iter().all(|id| takes_null(&self.nullable, *id) || !self.says_kind(*id));
        let context = vec![Context::Type(owner), Context::Property(name.to_owned())];
        let of = self.lower_subject(Subject {
            source: Source::Within(context, *last),
            roots: declared.to_vec(),
            ..Subject::of(*last)
        });
        Use { nullable: nullable && !self.takes_null(of.ty), ..of }
    }

    /// Whether a later declaration stands alone: it names another type, lists values, or is of another kind.
    fn overrides(&self, last: SchemaId, earlier: &[SchemaId]) -> bool {
        let Some(schema) = node(self.model, last) else { return true };
        let names_values = schema.enum_values.is_some() || schema.const_value.is_some();
        let composes = schema.reference.is_some()
            || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty());
        if names_values || composes {
            return true;
        }
        let own = self.kinds_of(last);
        earlier.iter().any(|id| {
            let before = gather(self.model, self.tree, &[*id], &[]);
            let kinds = kind::kinds(self.tree, &before);
            !before.choices.is_empty()
                || (!own.is_empty() && !kinds.is_empty() && !own.iter().any(|kind| kinds.contains(kind)))
        }) && !own.is_empty()
    }

    fn says_kind(&self, id: SchemaId) -> bool {
        node(self.model, id).is_some_and(has_own_shape) || !self.kinds_of(id).is_empty()
    }

    fn kinds_of(&self, id: SchemaId) -> Vec<JsonType> {
        kind::kinds(self.tree, &gather(self.model, self.tree, &[id], &[]))
    }
}
