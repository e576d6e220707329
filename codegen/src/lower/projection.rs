//! Projections: operations that ask what another one asks, and give a member of its answer.
//!
//! Before: an operation names its projections. After: each stands among the operations, behind all others. Its successes
//! have the type of that member; refusals, parameters and whatever else are those of the operation it is made of.

use super::Lowering;
use crate::api::{Codec, Docs, Operation, Shape, Use, is_success};
use crate::diagnostic::codes;
use crate::facts::{Declared, ProjectionFacts};

/// Runs the pass, when all types are filled.
pub(super) fn project(lowering: &mut Lowering<'_>, operations: &mut Vec<Operation>) {
    let mut found = Vec::new();
    for operation in operations.iter() {
        for (name, facts) in &operation.facts.projections {
            match projected(lowering, operation, (name, facts)) {
                Some(projection) => found.push(projection),
                None => report(lowering, operation, name, &facts.member),
            }
        }
    }
    operations.extend(found);
}

fn projected(
    lowering: &Lowering<'_>,
    operation: &Operation,
    (name, facts): (&str, &ProjectionFacts),
) -> Option<Operation> {
    let mut projection = operation.clone();
    let successes = projection.answers.iter_mut().filter(|answer| is_success(answer.status));
    let contents = successes.flat_map(|answer| &mut answer.contents).filter(|content| content.codec == Codec::Json);
    let mut any = false;
    for content in contents {
        content.of = member(lowering, content.of, &facts.member)?;
        any = true;
    }
    projection.operation_id = Some(name.to_owned());
    projection.facts.method = Some(name.to_owned());
    projection.facts.projections = Vec::new();
    projection.facts.pagination = Declared::Inherit;
    projection.facts.expects = Vec::new();
    projection.facts.projection = Some(facts.member.clone());
    projection.docs = Docs {
        summary: facts.summary.clone(),
        description: facts.description.clone(),
        deprecated: operation.docs.deprecated,
        notes: Vec::new(),
    };
    any.then_some(projection)
}

/// What a pointer leads to, through members with a name.
fn member(lowering: &Lowering<'_>, of: Use, pointer: &str) -> Option<Use> {
    pointer.split('/').skip(1).try_fold(of, |of, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match lowering.types.shape(of.ty) {
            Shape::Object(object) => {
                object.properties.iter().find(|property| property.wire_name == step).map(|property| property.of)
            }
            _ => None,
        }
    })
}

fn report(lowering: &mut Lowering<'_>, operation: &Operation, name: &str, pointer: &str) {
    lowering.warn(
        &codes::FACT_WITHOUT_TARGET,
        operation.origin,
        &format!("the projection `{name}` leads nowhere: the answer has no `{pointer}`"),
        "name members that the schema of the answer has under `properties`",
    );
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{api_of, check_operations};

    #[test]
    fn a_member_of_the_answer_is_an_operation() {
        check_operations(
            r#"
            paths:
              /shelter:
                get:
                  operationId: shelter
                  x-typewright: { projections: { pets: { member: /house/pets, summary: Who lives there. } } }
                  responses:
                    "200": { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Shelter' } } } }
                    "404": { description: None. }
            components:
              schemas:
                Shelter: { type: object, properties: { house: { $ref: '#/components/schemas/House' } } }
                House: { type: object, properties: { pets: { type: array, items: { type: string } } } }
            "#,
            r#"
            GET /shelter shelter
              Code(200)
                application/json Json Shelter
              Code(404)
            GET /shelter pets // Who lives there.
              Code(200)
                application/json Json [string]
              Code(404)
            "#,
        );
    }

    #[test]
    fn a_projection_leads_somewhere() {
        let (_, faults) = api_of(
            "pets.yaml",
            "{openapi: 3.1.0, info: {title: Pets, version: '1'}, paths: {/pets: {get: {x-typewright: {projections: \
             {a: {member: /b}}}, responses: {'200': {description: d, content: {application/json: {schema: {type: object, \
             properties: {c: {type: string}}}}}}}}}}}",
        );
        let found: Vec<_> =
            faults.iter().filter(|fault| fault.code.id == "TW0703").map(|fault| &fault.message).collect();
        assert_eq!(found, ["the projection `a` leads nowhere: the answer has no `/b`"]);
    }
}
