//! Server-sent events: where the schema of an event says what its data holds.
//!
//! Before: 3.2 describes an event's `data` as a string with `contentSchema`. After: the data is of that type, because the
//! stream hands it over as JSON. Any other string with a `contentSchema` stays a string.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Response};

use super::body::{codec_of, essence};
use crate::api::Codec;
use crate::normalise::model::{Model, SchemaId, item_schema};

/// By schema of a `data` member: the schema of what is in it.
pub(super) fn contents(model: &Model) -> BTreeMap<SchemaId, SchemaId> {
    let openapi = &model.openapi;
    let items = openapi.paths.iter().filter_map(|(_, item)| item.as_item());
    let own = items.flat_map(|item| item.iter().map(|(_, operation)| operation));
    let extra = model.extra_operations.iter().map(|extra| &extra.operation);
    let answers = own.chain(extra).flat_map(|operation| {
        let responses = &operation.responses;
        responses.responses.values().chain(&responses.default)
    });
    let shared = openapi.components.iter().flat_map(|components| components.responses.values());
    let mut found = Found { model, seen: BTreeSet::new(), contents: BTreeMap::new() };
    for answer in answers.chain(shared).filter_map(ReferenceOr::as_item) {
        found.answer(answer);
    }
    found.contents
}

struct Found<'a> {
    model: &'a Model,
    seen: BTreeSet<SchemaId>,
    contents: BTreeMap<SchemaId, SchemaId>,
}

impl Found<'_> {
    fn answer(&mut self, answer: &Response) {
        let events = answer.content.iter().filter(|(media_type, _)| codec_of(media_type) == Codec::Events);
        let mut open: Vec<SchemaId> = events.filter_map(|(_, media)| item_schema(media)).collect();
        while let Some(id) = open.pop() {
            let Some(node) = self.model.schemas.get(id.0 as usize).filter(|_| self.seen.insert(id)) else { continue };
            open.extend(node.reference);
            open.extend(node.all_of.iter().chain(&node.one_of).chain(&node.any_of));
            let data = node.properties.iter().find(|(name, _)| name == "data").map(|(_, id)| *id);
            let Some(schema) = data.and_then(|data| self.model.schemas.get(data.0 as usize)) else { continue };
            let json = schema
                .content_media_type
                .as_deref()
                .is_some_and(|media_type| codec_of(media_type) == Codec::Json && !essence(media_type).contains('*'));
            if let (Some(data), Some(content), true) = (data, schema.content_schema, json) {
                self.contents.insert(data, content);
            }
        }
    }
}
