//! Operations, in the document's order.

use std::collections::BTreeMap;

use crate::api::{Docs, Operation, SecurityScheme};
use crate::facts::OperationFacts;
use crate::lower::{Lowering, link, security, server};
use crate::normalise::model::{self, Model, PathItem, Routed};
use crate::tree::NodeId;

/// Every operation of the document's paths.
pub(super) fn lower_operations(lowering: &mut Lowering<'_>, schemes: &[SecurityScheme]) -> Vec<Operation> {
    let found = find(lowering.model);
    let facts: BTreeMap<NodeId, &OperationFacts> =
        lowering.model.operation_facts.iter().map(|(id, facts)| (*id, facts)).collect();
    let mut operations = Vec::with_capacity(found.len());
    for (index, found) in found.iter().enumerate() {
        let mut operation = lower_operation(lowering, index, *found, schemes);
        operation.facts = facts.get(&found.operation.at).map(|facts| (*facts).clone()).unwrap_or_default();
        operation.docs.notes = link::notes(lowering.model, found.operation);
        operations.push(operation);
        lowering.fill_pending();
    }
    // Which parts a body has is known when its type is filled.
    for (index, (found, operation)) in found.iter().zip(&mut operations).enumerate() {
        let headers = lowering.lower_part_headers(index, found.operation.request_body.as_ref(), operation);
        operation.parameters.extend(headers);
        lowering.fill_pending();
    }
    operations
}

/// Operations path by path, and within a path as they are written.
fn find(model: &Model) -> Vec<Routed<'_>> {
    let is_chosen =
        |routed: &Routed<'_>| model.chosen.as_ref().is_none_or(|chosen| chosen.contains(&routed.operation.at));
    let mut all: Vec<Routed<'_>> = model.document.operations().filter(is_chosen).collect();
    for here in all.chunk_by_mut(|one, next| std::ptr::eq(one.item, next.item)) {
        here.sort_by_key(|routed| routed.operation.at);
    }
    all
}

pub(super) fn lower_operation<'a>(
    lowering: &mut Lowering<'a>,
    index: usize,
    found: Routed<'a>,
    schemes: &[SecurityScheme],
) -> Operation {
    let Routed { path, item, method, operation } = found;
    let servers = if operation.servers.is_empty() { &item.servers } else { &operation.servers };
    let root = lowering.model.document.security.as_ref();
    let mut lowered = Operation {
        operation_id: operation.operation_id.clone(),
        facts: OperationFacts::default(),
        method: method.to_owned(),
        // Behind a `#` a document tells operations apart that share a method and a path; no server sees that.
        path: path.split('#').next().unwrap_or_default().to_owned(),
        tag: operation.tags.first().cloned(),
        docs: docs(operation, item),
        parameters: lowering.lower_parameters(index, path, &item.parameters, &operation.parameters),
        body: operation.request_body.as_ref().map(|body| lowering.lower_body(index, body)),
        answers: lowering.lower_answers(index, operation),
        security: security::lower_requirements(operation.security.as_ref(), root, schemes),
        servers: server::lower_servers(servers),
        asks_for: Vec::new(),
        origin: operation.at,
        pointer: operation.pointer.clone(),
    };
    lowering.read_described_headers(item.parameters.iter().chain(&operation.parameters), &mut lowered);
    lowered
}

/// The operation's words; those of its path item where it has none.
fn docs(operation: &model::Operation, item: &PathItem) -> Docs {
    let bare = operation.summary.is_none() && operation.description.is_none();
    let around = Some(item).filter(|_| bare);
    Docs {
        summary: operation.summary.clone().or_else(|| around.and_then(|item| item.summary.clone())),
        description: operation.description.clone().or_else(|| around.and_then(|item| item.description.clone())),
        deprecated: operation.deprecated,
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_operations;

    #[test]
    fn operations_stand_in_the_document_s_order() {
        check_operations(
            r#"
            security: [{ key: [] }]
            servers: [{ url: https://a.example }]
            paths:
              /pets/{id}/{name}:
                summary: Pets.
                parameters:
                  - { name: name, in: path, required: true, schema: { type: string } }
                  - { name: id, in: path, required: true, schema: { type: string } }
                  - { name: page, in: query, schema: { type: integer } }
                put:
                  operationId: put
                  tags: [pets, other]
                  summary: Puts.
                  security: [{ key: [], oauth: [write] }, {}]
                  parameters:
                    - { name: page, in: query, description: Own., schema: { type: string, default: a } }
                    - { name: authorization, in: header, schema: { type: string } }
                    - { name: tags, in: query, style: pipeDelimited, allowReserved: true, schema: { type: array, items: { type: string } } }
                    - { name: where, in: query, content: { application/json: { schema: { type: object } } } }
                    - { name: sid, in: cookie, schema: { type: string } }
                  responses: { "204": { description: Done. } }
                get:
                  security: []
                  servers: [{ url: https://b.example }]
                  responses: { "200": { description: Here. } }
            components:
              securitySchemes:
                key: { type: apiKey, in: header, name: x-key }
                oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: { write: Writes. } } } }
            "#,
            r#"
            PUT /pets/{id}/{name} put #pets // Puts.
              Path id!: string Simple
              Path name!: string Simple
              Query page: string Form explode // Own. // The server assumes `"a"` when it is left out.
              Query tags: [string] PipeDelimited reserved
              Query where: {any} Json
              Cookie sid: string Form explode
              Code(204)
              needs key[] and oauth["write"]
              needs 
            GET /pets/{id}/{name} // Pets.
              Path id!: string Simple
              Path name!: string Simple
              Query page: integer Form explode
              Code(200)
              at https://b.example
            "#,
        );
    }

    #[test]
    fn facts_reserve_headers_and_have_words() {
        check_operations(
            r#"
            x-typewright: { reserved_headers: [x-sdk], call_headers: { request_id: x-request-id } }
            paths:
              /pets:
                get:
                  parameters:
                    - { name: X-Sdk, in: header, schema: { type: string } }
                    - { name: x-request-id, in: header, schema: { type: string } }
                    - { name: x-own, in: header, schema: { type: string } }
                    - { name: size, in: query, x-typewright: { messages: { minimum: must be positive. } }, schema: { type: integer, minimum: 1 } }
                  responses: { "200": { description: Pets. } }
            "#,
            r#"
            GET /pets
              Header x-own: string Simple
              Query size: integer<>=1 'must be positive.'> Form explode
              Code(200)
            "#,
        );
    }
}
