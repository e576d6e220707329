//! Which types travel in answers and which in requests.

use crate::api::{Additional, Answer, Operation, Shape, Type, TypeId, Webhook};

/// Where a type travels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Answers,
    Requests,
}

/// Marks every type that operations reach. A member that travels one way only leads nowhere on the other.
pub(super) fn mark(types: &mut [Type], operations: &[Operation], webhooks: (&[Webhook], Option<TypeId>)) {
    let mut requests: Vec<TypeId> = Vec::new();
    let mut answers: Vec<TypeId> = Vec::new();
    for operation in operations {
        requests.extend(operation.parameters.iter().map(|parameter| parameter.of.ty));
        // The members of a flat body are among the parameters; its own type nobody writes.
        let body = operation.body.iter().filter(|_| !operation.facts.flat_body);
        requests.extend(body.flat_map(|body| &body.contents).map(|content| content.of.ty));
        answers.extend(operation.answers.iter().flat_map(carried));
    }
    // What the API sends is read, as its answers are.
    let (webhooks, headers) = webhooks;
    let payloads = webhooks.iter().filter_map(|webhook| webhook.request.body.as_ref()).flat_map(|body| &body.contents);
    answers.extend(payloads.map(|content| content.of.ty).chain(headers));
    walk(types, requests, Way::Requests);
    walk(types, answers, Way::Answers);
}

fn carried(answer: &Answer) -> impl Iterator<Item = TypeId> {
    let contents = answer.contents.iter().map(|content| content.of.ty);
    contents.chain(answer.headers.iter().map(|header| header.of.ty))
}

fn walk(types: &mut [Type], mut open: Vec<TypeId>, way: Way) {
    while let Some(id) = open.pop() {
        let Some(ty) = types.get_mut(id.0 as usize) else { continue };
        let mark = match way {
            Way::Answers => &mut ty.in_answers,
            Way::Requests => &mut ty.in_requests,
        };
        if !std::mem::replace(mark, true) {
            reach(&ty.shape, way, &mut open);
        }
    }
}

fn reach(shape: &Shape, way: Way, open: &mut Vec<TypeId>) {
    match shape {
        Shape::Array { items: of, .. } | Shape::Map { values: of, .. } => open.push(of.ty),
        Shape::Tuple { places } => open.extend(places.iter().map(|of| of.ty)),
        Shape::Object(object) => {
            let travels = object.properties.iter().filter(|property| match way {
                Way::Answers => !property.write_only,
                Way::Requests => !property.read_only,
            });
            open.extend(travels.map(|property| property.of.ty));
            if let Additional::Typed(of) = object.additional {
                open.push(of.ty);
            }
        }
        Shape::Union(union) => open.extend(union.variants.iter().map(|variant| variant.of.ty)),
        Shape::Any(_) | Shape::Null | Shape::Boolean | Shape::Enum(_) => {}
        Shape::Integer { .. } | Shape::Number { .. } | Shape::String { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_ways;

    #[test]
    fn types_know_which_way_they_travel() {
        let document = r#"
            paths:
              /pets:
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
                  responses: { "200": { description: Pets., content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } } }
            components:
              schemas:
                Pet: { type: object, properties: { owner: { $ref: '#/components/schemas/Owner' }, tag: { $ref: '#/components/schemas/Tag' } } }
                Page: { type: object, properties: { items: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
                Owner: { type: object, readOnly: true, properties: { a: { type: string } } }
                Tag: { type: object, writeOnly: true, properties: { a: { type: string } } }
                Lost: { type: object, properties: { a: { type: string } } }
        "#;
        check_ways(document, "Pet: both, Page: answers, Owner: answers, Tag: requests, Lost: none");
    }
}
