//! Members of objects. The type of one that is declared several times is `declared`'s concern.

use crate::api::{Context, Property, Shape, TypeId};
use crate::lower::all_of::{gather, node};
use crate::lower::subject::Held;
use crate::lower::types::Source;
use crate::lower::{Lowering, docs, enumeration};
use crate::normalise::model::{SchemaId, SchemaNode};

impl<'a> Lowering<'a> {
    /// One member of the object `owner`; `declared` are its schemas, inherited ones first.
    pub(super) fn lower_property(&mut self, owner: TypeId, name: &str, held: &Held, required: bool) -> Property {
        let of = if held.earlier().is_empty() {
            self.lower_use(held.last())
        } else {
            let context = vec![Context::Type(owner), Context::Property(name.to_owned())];
            self.lower_declared(Source::Within(context, held.last()), held, 0)
        };
        let declared = held.all();
        let model: &'a crate::normalise::model::Model = self.model;
        let nodes: Vec<&SchemaNode> = declared.iter().rev().map(|id| node(model, *id)).collect();
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
            only: if of.nullable { None } else { self.only(declared, &chain) },
            docs: docs::unless_it_repeats(self.docs_of_use(declared, of), name),
            fill,
            trim: chain.iter().any(|node| node.facts.trim),
            sensitive,
            well_formed: chain.iter().any(|node| node.facts.well_formed),
            origin: self.origin(held.last()),
        }
    }

    /// The one value of a member that holds no text; text that is alone is an enum of one.
    fn only(&self, declared: &[SchemaId], chain: &[&SchemaNode]) -> Option<String> {
        if !chain.iter().any(|node| node.const_value.is_some() || node.enum_values.is_some()) {
            return None;
        }
        enumeration::only(self.tree, &gather(self.model, self.tree, declared, &[]))
    }

    /// A schema and what its references lead to: words beside a reference win over the words behind it.
    pub(super) fn chain(&self, schema: &'a SchemaNode) -> Vec<&'a SchemaNode> {
        let model: &'a crate::normalise::model::Model = self.model;
        let mut chain = vec![schema];
        let mut at = schema;
        while let Some(next) = at.reference.map(|id| node(model, id)).filter(|_| chain.len() < 32) {
            chain.push(next);
            at = next;
        }
        let inline = schema.all_of.iter().map(|id| node(model, *id)).filter(|node| node.reference.is_none());
        chain.extend(inline);
        chain
    }

    pub(super) fn default_of(&self, chain: &[&SchemaNode]) -> Option<String> {
        let default = chain.iter().find_map(|node| node.default)?;
        Some(self.tree.json_text(default))
    }
}
