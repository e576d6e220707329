//! Nested resources: which path parameters belong to the resources above, so that their accessors take them.
//!
//! Before: every operation has all its path parameters. After: of `/orders/{order_id}/fulfillments/{id}`, an operation of
//! `orders.fulfillments`, the accessor `fulfillments` takes `order_id`, and the method takes `id`. The rule is the path's: what
//! stands before the segment that the resource is named after belongs to what is above it. Such a segment is called like
//! the resource or ends in its name (`promotion_rules` for `promotions.rules`). Where the operations of a resource, those
//! nested in it included, do not agree about these parameters, its methods take them all.

use super::declaration::ParameterDecl;
use super::docs;
use super::index::Index;
use super::parameter::plan_parameters;
use crate::api::{Location, Operation, Parameter};
use crate::name::{OperationNames, ResourceNames};

/// What the accessor of each resource takes, by the resource's position.
pub(super) struct Nested {
    own: Vec<Vec<ParameterDecl>>,
}

impl Nested {
    pub(super) fn new(index: &Index<'_>) -> Self {
        let resources = &index.names.resources;
        let mut nested = Self { own: Vec::new() };
        // A parent stands before its children, so what it takes is known.
        for resource in resources {
            let above = resource.parent.map(|parent| nested.held(resources, parent)).unwrap_or_default();
            let is_new = |one: &ParameterDecl| above.iter().all(|known| known.wire_name != one.wire_name);
            let own = agreed(index, resource).unwrap_or_default().into_iter().filter(is_new).collect();
            nested.own.push(own);
        }
        nested
    }

    /// What the accessor of a resource takes.
    pub(super) fn own(&self, resource: usize) -> &[ParameterDecl] {
        self.own.get(resource).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a resource holds: its own and what the resources above it took, the topmost first.
    pub(super) fn held(&self, resources: &[ResourceNames], resource: usize) -> Vec<&ParameterDecl> {
        let parent = resources.get(resource).and_then(|names| names.parent).filter(|parent| *parent < resource);
        let mut all = parent.map(|parent| self.held(resources, parent)).unwrap_or_default();
        all.extend(self.own(resource));
        all
    }
}

/// The parameters before the segment of a resource, if all operations in it and below it have the same there.
fn agreed(index: &Index<'_>, resource: &ResourceNames) -> Option<Vec<ParameterDecl>> {
    if resource.path.len() < 2 {
        return None;
    }
    let inside = index.api.operations.iter().zip(&index.names.operations).filter(|(_, names)| {
        let own = names.resource.and_then(|own| index.names.resources.get(own));
        own.is_some_and(|own| own.path.starts_with(&resource.path))
    });
    let mut found: Option<Vec<ParameterDecl>> = None;
    for (operation, names) in inside {
        let here = before(index, operation, names, &resource.path)?;
        match &found {
            Some(first) if !alike(first, &here) => return None,
            Some(_) => {}
            None => found = Some(here),
        }
    }
    found
}

/// Whether callers would write the same for both.
fn alike(left: &[ParameterDecl], right: &[ParameterDecl]) -> bool {
    let same = |(left, right): (&ParameterDecl, &ParameterDecl)| {
        (&left.wire_name, &left.ident, &left.given) == (&right.wire_name, &right.ident, &right.given)
    };
    left.len() == right.len() && left.iter().zip(right).all(same)
}

/// The path parameters of an operation before the segment that the resource at `path` is named after, in the path's order.
fn before(
    index: &Index<'_>,
    operation: &Operation,
    names: &OperationNames,
    path: &[String],
) -> Option<Vec<ParameterDecl>> {
    let own = index.names.resources.get(names.resource?)?;
    let segments: Vec<&str> = operation.path.split('/').collect();
    let end = segment_of(&segments, &own.path, path.len())?;
    let planned = plan_parameters(index, operation, names);
    let wanted = segments.get(..end)?.iter().flat_map(|segment| placeholders(segment));
    let find = |name: &str| {
        let is_it = |one: &Parameter| one.location == Location::Path && one.required && one.wire_name == name;
        let at = operation.parameters.iter().position(is_it)?;
        let words = docs::parameter_words(operation.parameters.get(at)?);
        let docs = Some(words).filter(|words| !words.is_empty()).into_iter().collect();
        Some(ParameterDecl { docs, ..planned.get(at)?.clone() })
    };
    wanted.map(find).collect()
}

/// Position of the segment that the step number `depth` of a resource's path is named after. Later steps come first: of
/// several segments with one name the last one is meant, as in `/a/{id}/items/{item}/items`.
fn segment_of(segments: &[&str], path: &[String], depth: usize) -> Option<usize> {
    let mut end = segments.len();
    for (step, number) in path.iter().zip(1..).collect::<Vec<_>>().into_iter().rev() {
        let found = segments.get(..end)?.iter().rposition(|segment| is_named(segment, step));
        if number == depth {
            return found;
        }
        end = found.unwrap_or(end);
    }
    None
}

fn is_named(segment: &str, step: &str) -> bool {
    let segment = crate::name::snake(segment);
    segment.strip_suffix(step).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
}

/// The names in braces of one segment.
fn placeholders(segment: &str) -> impl Iterator<Item = &str> {
    segment.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_segment_of_a_resource() {
        let check = |path: &str, resource: &str, depth: usize, expected: Option<usize>| {
            let segments: Vec<&str> = path.split('/').collect();
            let steps: Vec<String> = resource.split('.').map(str::to_owned).collect();
            assert_eq!(segment_of(&segments, &steps, depth), expected, "{path} {resource} {depth}");
        };
        check("/orders/{order_id}/fulfillments/{id}", "orders.fulfillments", 2, Some(3));
        check("/promotions/{id}/promotion-rules", "promotions.rules", 2, Some(3));
        check("/shops/{id}/workshops", "shops.shops", 2, Some(1));
        check("/a/{id}/items/{item}/items", "a.items", 2, Some(5));
        check("/a/{id}/items/{item}/items", "a.items.items", 2, Some(3));
        check("/orders/{order_id}/split", "orders.fulfillments", 2, None);
        check("/products/{p}/variants/{v}/images", "products.variants.media", 2, Some(3));
        check("/products/{p}/variants/{v}/images", "products.variants.media", 3, None);
    }

    #[test]
    fn a_segment_may_hold_several_parameters() {
        assert_eq!(placeholders("{from}-{to}.json").collect::<Vec<_>>(), ["from", "to"]);
        assert_eq!(placeholders("plain").count(), 0);
    }
}
