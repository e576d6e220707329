//! Flat bodies: the members of the body stand among the operation's parameters.
//!
//! Before: the body of an operation has a type. After: where the document calls the body flat, each member is a parameter
//! of the operation too, in the body's order and behind the others. The body keeps its type, by which it is checked.

use super::Lowering;
use crate::api::{Codec, Content, Location, Operation, Parameter, Property, Shape, Style};
use crate::diagnostic::codes;

/// Runs the pass, when all types are filled.
pub(super) fn flatten(lowering: &mut Lowering<'_>, operations: &mut [Operation]) {
    for operation in operations.iter_mut().filter(|operation| operation.facts.flat_body) {
        match members(lowering, operation) {
            Some(members) => operation.parameters.extend(members),
            None => {
                operation.facts.flat_body = false;
                lowering.warn(
                    &codes::BAD_FACT,
                    operation.origin,
                    "the body of this operation is no object, so it cannot be flat",
                    "remove `body: flat`, or give it a JSON or form body whose schema has `properties`",
                );
            }
        }
    }
}

fn members(lowering: &Lowering<'_>, operation: &Operation) -> Option<Vec<Parameter>> {
    let content = flat_content(&operation.body.as_ref()?.contents)?;
    let Shape::Object(object) = lowering.types.shape(content.of.ty) else { return None };
    let pointer = lowering.types.pointer(content.of.ty);
    let sent = object.properties.iter().filter(|property| !property.read_only);
    Some(sent.map(|property| member(pointer, property)).collect())
}

/// The content type that is sent: the one that `plan` chooses.
fn flat_content(contents: &[Content]) -> Option<&Content> {
    let of = |codec| contents.iter().find(|content| content.codec == codec);
    of(Codec::Json).or_else(|| of(Codec::Form))
}

fn member(object: &str, property: &Property) -> Parameter {
    Parameter {
        wire_name: property.wire_name.clone(),
        name: property.name.clone(),
        location: Location::Body,
        of: property.of,
        required: property.required,
        style: Style::Json,
        explode: false,
        allow_reserved: false,
        segments: false,
        whole: None,
        filter: None,
        part: None,
        generated: property.fill.as_deref().is_some_and(is_made),
        docs: property.docs.clone(),
        origin: property.origin,
        pointer: format!("{object}/properties/{}", property.wire_name.replace('~', "~0").replace('/', "~1")),
    }
}

/// Whether a filled value differs from call to call: a text with a word in braces.
fn is_made(fill: &str) -> bool {
    fill.starts_with('"') && fill.contains('{')
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{api_of, check_operations};

    #[test]
    fn members_follow_the_parameters() {
        check_operations(
            r#"
            paths:
              /pets/{id}/orders:
                post:
                  x-typewright: { body: flat }
                  parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [order, food]
                          properties:
                            order: { type: string, x-typewright: { fill: "ord_{hex32}", name: order_id } }
                            food: { type: string, x-typewright: { trim: true } }
                            at: { type: string, readOnly: true }
                            note: { type: object, x-typewright: { verbatim: true, fill: {} } }
                  responses: { "204": { description: Done. } }
            "#,
            r#"
            POST /pets/{id}/orders
              Path id!: string Simple
              Body order: string Json generated
              Body food!: string Json
              Body note: verbatim {any}<object> Json
              body! application/json Json op0/body
              Code(204)
            "#,
        );
    }

    #[test]
    fn only_objects_are_flat() {
        let (_, faults) = api_of(
            "pets.yaml",
            "{openapi: 3.1.0, info: {title: Pets, version: '1'}, paths: {/pets: {put: {x-typewright: {body: flat}, \
             requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}}}}}",
        );
        let found: Vec<_> =
            faults.iter().filter(|fault| fault.code.id == "TW0702").map(|fault| &fault.message).collect();
        assert_eq!(found, ["the body of this operation is no object, so it cannot be flat"]);
    }
}
