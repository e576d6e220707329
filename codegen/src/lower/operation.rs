//! Operations, in the document's order.

use std::collections::BTreeMap;

use openapiv3::PathItem;

use crate::api::{Docs, Operation, SecurityScheme};
use crate::facts::OperationFacts;
use crate::lower::{Lowering, link, security, server};
use crate::normalise::model::{Model, origin};
use crate::tree::NodeId;

/// An operation with what its path says for it.
pub(super) struct Found<'a> {
    path: &'a str,
    method: String,
    item: Option<&'a PathItem>,
    operation: &'a openapiv3::Operation,
    pub(super) origin: NodeId,
}

/// Every operation of the document's paths.
pub(super) fn lower_operations(lowering: &mut Lowering<'_>, schemes: &[SecurityScheme]) -> Vec<Operation> {
    let found = find(lowering.model);
    let facts: BTreeMap<NodeId, &OperationFacts> =
        lowering.model.operation_facts.iter().map(|(id, facts)| (*id, facts)).collect();
    let mut operations = Vec::with_capacity(found.len());
    for (index, found) in found.iter().enumerate() {
        let mut operation = lower_operation(lowering, index, found, schemes);
        operation.facts = facts.get(&found.origin).map(|facts| (*facts).clone()).unwrap_or_default();
        operation.docs.notes = link::notes(lowering.tree, &operation.answers);
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
fn find(model: &Model) -> Vec<Found<'_>> {
    let mut all = Vec::new();
    for (path, item) in model.openapi.paths.iter() {
        let Some(item) = item.as_item() else { continue };
        let mut here: Vec<Found<'_>> = item
            .iter()
            .map(|(method, operation)| found(path, method.to_ascii_uppercase(), Some(item), operation))
            .collect();
        let extra = model.extra_operations.iter().filter(|extra| extra.path == *path);
        here.extend(extra.map(|extra| found(path, extra.method.clone(), Some(item), &extra.operation)));
        here.sort_by_key(|found| found.origin);
        all.append(&mut here);
    }
    let homeless = model.extra_operations.iter().filter(|extra| !model.openapi.paths.paths.contains_key(&extra.path));
    all.extend(homeless.map(|extra| found(&extra.path, extra.method.clone(), None, &extra.operation)));
    all.retain(|found| model.chosen.as_ref().is_none_or(|chosen| chosen.contains(&found.origin)));
    all
}

pub(super) fn found<'a>(
    path: &'a str,
    method: String,
    item: Option<&'a PathItem>,
    operation: &'a openapiv3::Operation,
) -> Found<'a> {
    Found { path, method, item, operation, origin: origin(&operation.extensions).unwrap_or(NodeId(0)) }
}

pub(super) fn lower_operation<'a>(
    lowering: &mut Lowering<'a>,
    index: usize,
    found: &Found<'a>,
    schemes: &[SecurityScheme],
) -> Operation {
    let Found { path, item, operation, .. } = *found;
    let shared = item.map(|item| item.parameters.as_slice()).unwrap_or_default();
    let servers = if operation.servers.is_empty() {
        item.map(|item| item.servers.as_slice()).unwrap_or_default()
    } else {
        &operation.servers
    };
    let root = lowering.model.openapi.security.as_ref();
    let mut lowered = Operation {
        operation_id: operation.operation_id.clone(),
        facts: OperationFacts::default(),
        method: found.method.clone(),
        // Behind a `#` a document tells operations apart that share a method and a path; no server sees that.
        path: path.split('#').next().unwrap_or_default().to_owned(),
        tag: operation.tags.first().cloned(),
        docs: docs(operation, item),
        parameters: lowering.lower_parameters(index, path, shared, &operation.parameters),
        body: operation.request_body.as_ref().and_then(|body| lowering.lower_body(index, body)),
        answers: lowering.lower_answers(index, &operation.responses),
        security: security::lower_requirements(operation.security.as_ref(), root, schemes),
        servers: server::lower_servers(servers),
        asks_for: Vec::new(),
        origin: found.origin,
        pointer: lowering.pointer(found.origin),
    };
    lowering.read_described_headers(shared.iter().chain(&operation.parameters), &mut lowered);
    lowered
}

/// The operation's words; those of its path item where it has none.
fn docs(operation: &openapiv3::Operation, item: Option<&PathItem>) -> Docs {
    let bare = operation.summary.is_none() && operation.description.is_none();
    let around = item.filter(|_| bare);
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
