//! Messages that the API sends: webhooks, and the callbacks of operations.
//!
//! Each is lowered as the request that it is. The headers that they declare become one object for all, because deliveries
//! share them. Nothing here decides how deliveries are told apart.

use std::collections::BTreeSet;

use crate::api::{
    Additional, Context, Docs, Limits, Location, Naming, Object, Operation, Parameter, Property, Shape, TypeId, Use,
    Webhook,
};
use crate::lower::Lowering;
use crate::lower::operation::lower_operation;
use crate::normalise::model::{Model, PathItem, Routed};
use crate::tree::NodeId;

/// Every webhook, then every callback. A callback that several operations share is one, of the first of them.
pub(super) fn lower_webhooks(lowering: &mut Lowering<'_>, operations: &[Operation]) -> Vec<Webhook> {
    let model: &Model = lowering.model;
    let mut seen: BTreeSet<NodeId> = BTreeSet::new();
    let mut webhooks = Vec::new();
    let own = model.document.webhooks.iter().map(|(name, item)| (name, item, None));
    let called =
        model.document.callbacks.iter().map(|callback| (&callback.wire_name, &callback.item, Some(callback.operation)));
    for (name, item, by) in own.chain(called) {
        let called_by = by.and_then(|by| operations.iter().position(|operation| operation.origin == by));
        for found in requests(name, item) {
            if !seen.insert(found.operation.at) {
                continue;
            }
            let mut request = lower_operation(lowering, operations.len() + webhooks.len(), found, &[]);
            request.facts = facts(model, found.operation.at);
            webhooks.push(Webhook { wire_name: name.clone(), called_by, request });
            lowering.fill_pending();
        }
    }
    webhooks
}

fn requests<'m>(name: &'m str, item: &'m PathItem) -> impl Iterator<Item = Routed<'m>> {
    item.operations.iter().map(move |(method, operation)| Routed { path: name, item, method, operation })
}

fn facts(model: &Model, origin: NodeId) -> crate::facts::OperationFacts {
    let mut all = model.operation_facts.iter();
    all.find(|(id, _)| *id == origin).map(|(_, facts)| facts.clone()).unwrap_or_default()
}

/// The headers of all messages as the members of one object; `None` where no message declares any.
pub(super) fn lower_headers(lowering: &mut Lowering<'_>, webhooks: &[Webhook]) -> Option<TypeId> {
    let mut properties: Vec<Property> = Vec::new();
    for header in webhooks.iter().flat_map(|webhook| headers(&webhook.request)) {
        let required = webhooks.iter().all(|webhook| requires(&webhook.request, &header.wire_name));
        match properties.iter_mut().find(|property| property.wire_name.eq_ignore_ascii_case(&header.wire_name)) {
            None => properties.push(property(header, required)),
            // Messages that disagree about a header agree that it is text.
            Some(known) if known.of != header.of => known.of = lowering.plain_text(header.origin),
            Some(_) => {}
        }
    }
    let at = properties.first()?.origin;
    let object = Object {
        properties,
        undeclared: Vec::new(),
        additional: Additional::Kept,
        parents: Vec::new(),
        limits: Limits::default(),
    };
    let naming = Naming { context: vec![Context::Component("webhook headers".to_owned())], ..Naming::default() };
    let summary = Some("Headers of the messages that the API sends.".to_owned());
    let docs = Docs { summary, ..Docs::default() };
    Some(lowering.types.make(Shape::Object(object), naming, docs, (at, "#/webhooks")))
}

fn headers(request: &Operation) -> impl Iterator<Item = &Parameter> {
    request.parameters.iter().filter(|parameter| parameter.location == Location::Header)
}

fn requires(request: &Operation, wire_name: &str) -> bool {
    headers(request).any(|header| header.required && header.wire_name.eq_ignore_ascii_case(wire_name))
}

fn property(header: &Parameter, required: bool) -> Property {
    Property {
        wire_name: header.wire_name.clone(),
        name: header.name.clone(),
        of: Use { nullable: false, ..header.of },
        required,
        read_only: false,
        write_only: false,
        default: None,
        only: None,
        docs: header.docs.clone(),
        sensitive: false,
        well_formed: false,
        fill: None,
        trim: false,
        origin: header.origin,
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_webhooks;

    #[test]
    fn messages_have_payloads_and_share_headers() {
        check_webhooks(
            r#"
            paths:
              /pets:
                post:
                  operationId: createPet
                  callbacks:
                    onAdopted:
                      "{$request.body#/url}":
                        post:
                          requestBody: { content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }
                  responses: { "204": { description: Done. } }
                put:
                  callbacks: { onAdopted: { $ref: '#/components/callbacks/Gone' } }
                  responses: { "204": { description: Done. } }
                delete:
                  callbacks: { gone: { $ref: '#/components/callbacks/Gone' } }
                  responses: { "204": { description: Done. } }
            webhooks:
              pet.born:
                post:
                  summary: A pet was born.
                  x-typewright: { events: [pet.born, "pet.*"] }
                  parameters:
                    - { name: X-Event, in: header, required: true, schema: { type: string } }
                    - { name: x-attempt, in: header, schema: { type: integer } }
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
            components:
              callbacks: { Gone: { "{$request.body#/url}": { post: { parameters: [{ name: x-event, in: header, required: true, schema: { type: integer } }] } } } }
              schemas: { Pet: { type: object, properties: { name: { type: string } } } }
            "#,
            r#"
            pet.born [pet.born pet.*] // A pet was born.
              application/json Json Pet
            onAdopted of 0
              application/json Json op4/body
            onAdopted of 1
            headers
              X-Event: string
              x-attempt: integer
            "#,
        );
    }
}
