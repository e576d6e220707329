//! Variants: operations that send what another one sends, with some members of the body filled in.
//!
//! Before: an operation names its variants. After: each stands among the operations, behind all others.

use super::Lowering;
use crate::api::{Docs, Location, Operation};
use crate::diagnostic::codes;
use crate::facts::VariantFacts;

/// Runs the pass, when flat bodies are flat.
pub(super) fn vary(lowering: &mut Lowering<'_>, operations: &mut Vec<Operation>) {
    let mut found = Vec::new();
    for operation in operations.iter() {
        for (name, facts) in &operation.facts.variants {
            report_unknown(lowering, operation, (name, facts));
            found.push(variant(operation, (name, facts)));
        }
    }
    operations.extend(found);
}

fn variant(operation: &Operation, (name, facts): (&str, &VariantFacts)) -> Operation {
    let mut variant = operation.clone();
    for parameter in variant.parameters.iter_mut().filter(|parameter| parameter.location == Location::Body) {
        // What the client fills in need not be given.
        parameter.required &= facts.fill.iter().all(|(member, _)| *member != parameter.wire_name);
    }
    variant.operation_id = Some(name.to_owned());
    variant.facts.method = Some(name.to_owned());
    variant.facts.variants = Vec::new();
    variant.facts.fill = facts.fill.clone();
    variant.docs = Docs {
        summary: facts.summary.clone(),
        description: facts.description.clone(),
        deprecated: operation.docs.deprecated,
        notes: Vec::new(),
    };
    variant
}

fn report_unknown(lowering: &mut Lowering<'_>, operation: &Operation, (name, facts): (&str, &VariantFacts)) {
    let known = |member: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.location == Location::Body && parameter.wire_name == member)
    };
    for (member, _) in facts.fill.iter().filter(|(member, _)| !known(member)) {
        lowering.warn(
            &codes::FACT_WITHOUT_TARGET,
            operation.origin,
            &format!("the variant `{name}` fills `{member}`, which is no member of a flat body"),
            "say `body: flat` at the operation, and name a member of its body",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{api_of, check_operations};

    #[test]
    fn a_variant_fills_members() {
        check_operations(
            r#"
            paths:
              /tokens:
                post:
                  operationId: createToken
                  x-typewright: { body: flat, variants: { create_short_token: { summary: Short., fill: { kind: short } } } }
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { type: object, required: [pet, kind], properties: { pet: { type: string }, kind: { type: string } } }
                  responses: { "204": { description: Done. } }
            "#,
            r#"
            POST /tokens createToken
              Body pet!: string Json
              Body kind!: string Json
              body! application/json Json op0/body
              Code(204)
            POST /tokens create_short_token // Short.
              Body pet!: string Json
              Body kind: string Json
              body! application/json Json op0/body
              Code(204)
            "#,
        );
    }

    #[test]
    fn a_variant_fills_what_is_there() {
        let (_, faults) = api_of(
            "pets.yaml",
            "{openapi: 3.1.0, info: {title: Pets, version: '1'}, paths: {/pets: {get: {x-typewright: {variants: \
             {a: {fill: {b: 1}}}}}}}}",
        );
        let found: Vec<_> =
            faults.iter().filter(|fault| fault.code.id == "TW0703").map(|fault| &fault.message).collect();
        assert_eq!(found, ["the variant `a` fills `b`, which is no member of a flat body"]);
    }
}
