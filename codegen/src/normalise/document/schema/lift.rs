//! Pass: schemas.
//!
//! Before: schemas of OpenAPI 3.0, 3.1 and 3.2 as nodes of the tree. After: one arena of [`SchemaNode`] with the same
//! shape for all of them, in which positions are ids; a node that is reached twice has one id. Nothing is merged or judged
//! here; keywords without a place of their own become sentences (`notes`).

use std::collections::BTreeMap;

use super::{SchemaId, SchemaNode, keywords};
use crate::arena::Arena;
use crate::diagnostic::Collector;
use crate::normalise::Context;
use crate::normalise::references::{Reference, References};
use crate::tree::{NodeId, Tree, Value};

/// All schemas.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    /// Every one.
    pub(crate) nodes: Arena<SchemaNode>,
    ids: BTreeMap<NodeId, SchemaId>,
}

impl Schemas {
    /// The id of the schema at a node.
    pub(crate) fn id(&self, node: NodeId) -> Option<SchemaId> {
        self.ids.get(&node).copied()
    }

    /// The schema at a node, to change it.
    pub(crate) fn at_mut(&mut self, node: NodeId) -> Option<&mut SchemaNode> {
        Some(self.nodes.get_mut(self.id(node)?))
    }

    /// The schema behind a chain of references.
    pub(crate) fn resolve(&self, id: SchemaId) -> &SchemaNode {
        let mut at = self.nodes.get(id);
        // `references` cut every chain that comes back to itself.
        while let Some(target) = at.reference {
            at = self.nodes.get(target);
        }
        at
    }
}

/// What lifting one schema needs.
pub(super) struct Lift<'a> {
    pub(super) context: &'a Context<'a>,
    references: &'a References,
    ids: &'a BTreeMap<NodeId, SchemaId>,
    pub(super) collector: &'a mut Collector,
}

impl Lift<'_> {
    pub(super) fn tree(&self) -> &Tree {
        self.context.tree
    }

    pub(super) fn id(&self, node: NodeId) -> Option<SchemaId> {
        self.ids.get(&node).copied()
    }
}

/// Runs the pass.
pub(crate) fn lift(context: &Context<'_>, references: &References, collector: &mut Collector) -> Schemas {
    let reserved = Arena::reserve(references.schemas.clone());
    let ids: BTreeMap<NodeId, SchemaId> = reserved.iter().map(|(id, node)| (*node, id)).collect();
    let mut lift = Lift { context, references, ids: &ids, collector };
    let nodes = reserved.fill(|node| lift_one(&mut lift, node));
    Schemas { nodes, ids }
}

fn lift_one(lift: &mut Lift<'_>, node: NodeId) -> SchemaNode {
    let pointer = lift.context.parents.text(lift.tree(), lift.context.sources, node);
    let mut schema = SchemaNode::new(node, pointer);
    match lift.tree().value(node) {
        Value::Bool(value) => schema.boolean = Some(*value),
        Value::Mapping(_) => keywords::read(lift, node, &mut schema),
        _ => {}
    }
    match lift.references.target(node) {
        Reference::To(target) => schema.reference = lift.id(target),
        Reference::Dangling => schema.dangling = true,
        Reference::None => {}
    }
    schema
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_dump;

    /// One schema, as 3.0 and as 3.1 say it, lifts to the same node.
    #[track_caller]
    fn check_versions(old: &str, new: &str, expected: &str) {
        for (version, schema) in [("3.0.3", old), ("3.1.0", new), ("3.2.0", new)] {
            let text = format!(
                "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
            );
            check_dump(&text, &[("#/components/schemas/A", expected)]);
        }
    }

    #[test]
    fn versions_lift_to_the_same_node() {
        check_versions("{type: string, nullable: true}", "{type: [string, 'null']}", "string|null");
        check_versions(
            "{type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}",
            "{type: integer, exclusiveMinimum: 1, maximum: 9}",
            "integer exclusiveMinimum=1 maximum=9",
        );
        check_versions("{type: string, format: byte}", "{type: string, contentEncoding: base64}", "string format=byte");
        check_versions(
            "{type: string, format: binary}",
            "{type: string, contentMediaType: application/octet-stream}",
            "string format=binary",
        );
        check_versions("{type: string, example: a}", "{type: string, examples: [a]}", "string");
    }

    #[track_caller]
    fn check(schema: &str, expected: &str) {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents: {{schemas: {{A: {schema}, B: {{}}}}}}\n"
        );
        check_dump(&text, &[("#/components/schemas/A", expected)]);
    }

    #[test]
    fn every_typed_keyword_has_its_place() {
        check("true", "true");
        check("false", "false");
        check("{$ref: '#/components/schemas/B', nullable: true}", "ref #/components/schemas/B nullable");
        check(
            "{type: object, required: [a], properties: {a: {}, b: {}}, additionalProperties: false}",
            "object {a: /properties/a, b: /properties/b} required=[a] additional=/additionalProperties",
        );
        check(
            "{type: array, items: {}, prefixItems: [{}], uniqueItems: true}",
            "array items=/items prefix=[/prefixItems/0] unique",
        );
        check(
            "{patternProperties: {'^x': {}}, propertyNames: {}}",
            "patterns {^x: /patternProperties/^x} names=/propertyNames",
        );
        check("{unevaluatedProperties: {type: string}}", "additional=/unevaluatedProperties");
        check(
            "{title: T, description: D, deprecated: true, readOnly: true, writeOnly: true}",
            "title=T description=D deprecated readOnly writeOnly",
        );
        check("{type: number, multipleOf: 0.10, minimum: 1e400}", "number minimum=1e400 multipleOf=0.10");
        check("{type: string, x-enum-varnames: [A, B], enum: [1, 2]}", "string enum=[1, 2] names=[A, B]");
    }

    #[test]
    fn what_is_not_typed_is_noted() {
        check("{not: {type: string}}", "note: Must not match `{\"type\":\"string\"}`.");
        check(
            "{if: {required: [a]}, then: {required: [b]}}",
            "note: If it matches `{\"required\":[\"a\"]}`, it must match `{\"required\":[\"b\"]}`.",
        );
        check("{dependentRequired: {a: [b, c]}}", "note: With `a` it must have `b`, `c`.");
        check(
            "{contains: {type: string}, minContains: 2}",
            "note: Must contain at least 2 items that match `{\"type\":\"string\"}`.",
        );
        check("{unevaluatedProperties: false}", "note: Has no other members.");
        check(
            "{if: {required: [a]}, then: {properties: {b: {}}}, unevaluatedProperties: {type: string}}",
            "note: If it matches `{\"required\":[\"a\"]}`, it must match `{\"properties\":{\"b\":{}}}`. \
             note: Other members match `{\"type\":\"string\"}`.",
        );
    }

    #[test]
    fn a_mapping_without_target_is_reported() {
        let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: object, discriminator: {propertyName: kind, mapping: {b: B, c: '#/components/schemas/C'}}}, B: {}}}\n";
        crate::normalise::testing::check_faults(
            text,
            &[
                "4:97 TW0304 `#/components/schemas/C` leads nowhere | did you mean `#/components/schemas/A`? | values with `kind` = `c` are kept raw",
            ],
        );
        check_dump(text, &[("#/components/schemas/A", "object discriminator=kind {b: #/components/schemas/B, c: -}")]);
    }
}
