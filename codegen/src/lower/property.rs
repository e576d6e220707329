//! Members of objects. The type of one that is declared several times is `declared`'s concern.

use crate::api::{Context, Property, Shape, TypeId};
use crate::lower::all_of::{gather, node};
use crate::lower::types::Source;
use crate::lower::{Lowering, docs, enumeration};
use crate::normalise::model::{SchemaId, SchemaNode};
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
        let of = match declared {
            [one] => self.lower_use(*one),
            several => {
                let context = vec![Context::Type(owner), Context::Property(name.to_owned())];
                let last = several.last().copied().unwrap_or(SchemaId(0));
                self.lower_declared(Source::Within(context, last), several, 0)
            }
        };
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
            only: if of.nullable { None } else { self.only(declared, &chain) },
            docs: docs::unless_it_repeats(self.docs_of_use(declared, of), name),
            fill,
            trim: chain.iter().any(|node| node.facts.trim),
            sensitive,
            well_formed: chain.iter().any(|node| node.facts.well_formed),
            origin: declared.last().map_or(NodeId(0), |id| self.origin(*id)),
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
}
