//! Pass: `allOf` that contains itself.
//!
//! Before: schemas whose `allOf` and `$ref` may lead anywhere. After: the same, but whatever follows only these two comes
//! to an end after few steps, so `lower` may merge without a guard. A schema that contains itself through a property, an item or a variant
//! is an ordinary recursive type and none of this pass's business.

use super::Context;
use super::document::{SchemaId, SchemaNode, Schemas};
use super::references::{MAX_CHAIN, References, report_too_long};
use crate::arena::Side;
use crate::diagnostic::Collector;
use crate::diagnostic::codes::{ALL_OF_CYCLE, UNUSED_CYCLE};

/// Runs the pass: reports every cycle and cuts it where it closes.
pub(crate) fn check(context: &Context<'_>, references: &References, schemas: &mut Schemas, collector: &mut Collector) {
    let mut used = None;
    let mut state = schemas.nodes.side(State::New);
    for start in schemas.nodes.ids() {
        for (from, to) in closing_edges(schemas, start, &mut state) {
            let used = used.get_or_insert_with(|| references.used(context));
            let unused = ![from, to].into_iter().any(|id| used.contains(&schemas.nodes.get(id).at));
            report(context, schemas, (from, to), unused, collector);
            let schema = schemas.nodes.get_mut(from);
            schema.all_of.retain(|part| *part != to);
            schema.reference = schema.reference.filter(|target| *target != to);
        }
    }
    if let Some(id) = first_too_deep(schemas) {
        report_too_long(collector, context.tree.place(schemas.nodes.get(id).at));
    }
}

/// The first schema that is made of too long a chain of others. There are no cycles left.
fn first_too_deep(schemas: &Schemas) -> Option<SchemaId> {
    let mut heights: Side<SchemaNode, Option<usize>> = schemas.nodes.side(None);
    for start in schemas.nodes.ids() {
        let mut stack = vec![start];
        while let Some(id) = stack.last().copied() {
            let below = parts(schemas.nodes.get(id));
            let before = stack.len();
            if heights.get(id).is_none() {
                stack.extend(below.iter().filter(|part| heights.get(**part).is_none()));
            }
            if stack.len() > before {
                continue;
            }
            stack.pop();
            let tallest = below.iter().filter_map(|part| *heights.get(*part)).max();
            let own = tallest.map_or(0, |height| height + 1);
            if own > MAX_CHAIN {
                return Some(id);
            }
            *heights.get_mut(id) = Some(own);
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// A depth-first search without recursion; an edge to an open schema closes a cycle.
fn closing_edges(schemas: &Schemas, start: SchemaId, state: &mut Side<SchemaNode, State>) -> Vec<(SchemaId, SchemaId)> {
    let mut closing = Vec::new();
    let mut stack = vec![(start, None, false)];
    while let Some((id, from, leaving)) = stack.pop() {
        let known = state.get_mut(id);
        match (*known, leaving) {
            (_, true) => *known = State::Done,
            (State::New, false) => {
                *known = State::Open;
                stack.push((id, from, true));
                let below = parts(schemas.nodes.get(id));
                stack.extend(below.into_iter().rev().map(|part| (part, Some(id), false)));
            }
            (State::Open, false) => closing.extend(from.map(|from| (from, id))),
            (State::Done, false) => {}
        }
    }
    closing
}

/// What the schema is all of.
fn parts(schema: &SchemaNode) -> Vec<SchemaId> {
    schema.reference.iter().chain(&schema.all_of).copied().collect()
}

/// What an operation needs has to mean something; of what none needs the rest is read.
fn report(
    context: &Context<'_>,
    schemas: &Schemas,
    (from, to): (SchemaId, SchemaId),
    unused: bool,
    collector: &mut Collector,
) {
    let place = |id: SchemaId| context.tree.place(schemas.nodes.get(id).at);
    let name = &schemas.nodes.get(to).pointer;
    collector
        .report(if unused { &UNUSED_CYCLE } else { &ALL_OF_CYCLE }, place(from))
        .message(format!("the `allOf` of `{name}` contains itself"))
        .label("leads back to where it came from")
        .help("no value can be described this way: take the schema out of its own `allOf`")
        .recovery("it is taken out of its own `allOf`")
        .related(place(to), "the schema that contains itself");
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::check_faults;

    #[test]
    fn an_all_of_that_only_leads_to_itself_is_fatal() {
        let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: '', content: {a/b: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n";
        let fault = |place: &str, name: &str| {
            format!(
                "{place} TW0303 the `allOf` of `#/components/schemas/{name}` contains itself | no value can be described this way: take the schema out of its own `allOf` | "
            )
        };
        let one = format!("{head}components: {{schemas: {{A: {{allOf: [{{$ref: '#/components/schemas/A'}}]}}}}}}");
        check_faults(&one, &[&fault("4:36", "A")]);
        let two = format!(
            "{head}components: {{schemas: {{A: {{allOf: [{{$ref: '#/components/schemas/B'}}]}}, B: {{allOf: [{{$ref: '#/components/schemas/A'}}]}}}}}}"
        );
        check_faults(&two, &[&fault("4:84", "A")]);
    }

    #[test]
    fn what_no_operation_uses_is_taken_out_of_itself() {
        let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {a: {}}}]}}}";
        let fault = "4:36 TW0322 the `allOf` of `#/components/schemas/A` contains itself | no value can be described this way: take the schema out of its own `allOf` | it is taken out of its own `allOf`";
        check_faults(text, &[fault]);
        crate::normalise::testing::check_dump(text, &[("#/components/schemas/A/allOf/0", "any")]);
    }

    #[test]
    fn recursion_through_a_property_is_fine() {
        let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {allOf: [{properties: {a: {$ref: '#/components/schemas/A'}}}]}}}";
        check_faults(text, &[]);
    }
}
