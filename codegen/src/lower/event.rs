//! Server-sent events: where the schema of an event says what its data holds.
//!
//! Before: 3.2 describes an event's `data` as a string with `contentSchema`. After: the data is of that type, because the
//! stream hands it over as JSON. Any other string with a `contentSchema` stays a string.

use std::collections::{BTreeMap, BTreeSet};

use super::content_type::{codec_of, essence};
use crate::api::Codec;
use crate::normalise::model::{Model, Response, SchemaId};

/// By schema of a `data` member: the schema of what is in it.
pub(super) fn contents(model: &Model) -> BTreeMap<SchemaId, SchemaId> {
    let components = &model.document.components;
    let own = model.document.operations().flat_map(|routed| routed.operation.responses.all());
    let mut found = Found { model, seen: BTreeSet::new(), contents: BTreeMap::new() };
    for answer in own {
        found.answer(answer.get(&components.responses).0);
    }
    for shared in components.responses.values() {
        found.answer(&shared.item);
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
        let mut open: Vec<SchemaId> = events.filter_map(|(_, media)| media.item_schema).collect();
        while let Some(id) = open.pop() {
            if !self.seen.insert(id) {
                continue;
            }
            let node = self.model.document.schemas.get(id);
            open.extend(node.reference);
            open.extend(node.all_of.iter().chain(&node.one_of).chain(&node.any_of));
            let data = node.properties.iter().find(|(name, _)| name == "data").map(|(_, id)| *id);
            let Some(data) = data else { continue };
            let schema = self.model.document.schemas.get(data);
            let json = schema
                .content_media_type
                .as_deref()
                .is_some_and(|media_type| codec_of(media_type) == Codec::Json && !essence(media_type).contains('*'));
            if let Some(content) = schema.content_schema.filter(|_| json) {
                self.contents.insert(data, content);
            }
        }
    }
}
