//! Which module a type stands in: that of the one resource which reaches it, or `shared`.
//!
//! Modules are what features gate, so nothing that is always compiled may name a type of a resource's module: what
//! `ApiError` holds is shared, and so is whatever two resources reach.

use std::collections::{BTreeMap, BTreeSet};

use super::side::{self, Side};
use crate::api::{Additional, Api, Operation, Shape, TypeId, is_success};
use crate::name::Names;

/// Module of types that no single resource owns.
pub(crate) const SHARED: &str = "shared";

/// A type on one of its sides; types that do not split stand on the answers' side.
type Key = (TypeId, Side);

/// By type: its module.
pub(super) struct Modules {
    owned: BTreeMap<Key, String>,
    split: Vec<bool>,
}

impl Modules {
    /// The module of a type on one side.
    pub(super) fn of(&self, id: TypeId, side: Side) -> &str {
        self.owned.get(&key(&self.split, id, side)).map_or(SHARED, String::as_str)
    }
}

/// Finds the modules of all types.
pub(super) fn modules(api: &Api, names: &Names, split: &[bool], replaced: &BTreeSet<TypeId>) -> Modules {
    let mut walk = Walk { api, split, replaced, owners: BTreeMap::new() };
    for (owner, from) in starts(api, names) {
        for key in walk.closure(from) {
            walk.owners.entry(key).or_default().insert(owner);
        }
    }
    let owners = settle_unreached(&mut walk);
    let module = |owners: BTreeSet<Option<usize>>| {
        let mut owners = owners.into_iter();
        match (owners.next(), owners.next()) {
            (Some(Some(owner)), None) if owner == webhook_owner(names) => Some(names.webhook_module.clone()),
            (Some(Some(owner)), None) => names.resources.get(owner).map(|resource| resource.module.clone()),
            _ => None,
        }
    };
    let owned = owners.into_iter().filter_map(|(key, owners)| Some((key, module(owners)?))).collect();
    Modules { owned, split: split.to_vec() }
}

/// By owner: the types that its operations name. `None` owns what is always compiled.
fn starts(api: &Api, names: &Names) -> BTreeMap<Option<usize>, Vec<(TypeId, Side)>> {
    let mut starts: BTreeMap<Option<usize>, Vec<(TypeId, Side)>> = BTreeMap::new();
    for (operation, named) in api.operations.iter().zip(&names.operations) {
        let own = starts.entry(named.resource.map(|resource| top(names, resource))).or_default();
        own.extend(requests(operation).into_iter().map(|id| (id, Side::Request)));
        own.extend(answers(operation).into_iter().map(|id| (id, Side::Answer)));
        starts.entry(None).or_default().extend(refusals(operation).into_iter().map(|id| (id, Side::Answer)));
    }
    if !api.webhooks.is_empty() {
        let bodies = api.webhooks.iter().filter_map(|webhook| webhook.request.body.as_ref());
        let payloads = bodies.flat_map(|body| &body.contents).map(|content| content.of.ty);
        let sent = payloads.chain(api.webhook_headers).map(|id| (id, Side::Answer)).collect();
        starts.insert(Some(webhook_owner(names)), sent);
    }
    let codes = api.facts.errors.codes.as_ref();
    let code_types = side::ids(api).filter(|(_, ty)| codes.is_some() && ty.naming.component.as_ref() == codes);
    starts.entry(None).or_default().extend(code_types.map(|(id, _)| (id, Side::Answer)));
    starts
}

/// Messages that the API sends own types as a resource does: one more behind the others.
fn webhook_owner(names: &Names) -> usize {
    names.resources.len()
}

/// The module of what only these messages carry.
pub(super) fn webhooks(names: &Names) -> &str {
    &names.webhook_module
}

/// The resource of the client that a resource stands below.
pub(super) fn top(names: &Names, mut resource: usize) -> usize {
    // Parents stand before their children, so this ends.
    while let Some(parent) = names.resources.get(resource).and_then(|names| names.parent) {
        resource = parent;
    }
    resource
}

/// Types that no operation reaches follow the one module that they look into; where these are several, all are shared.
fn settle_unreached(walk: &mut Walk<'_>) -> BTreeMap<Key, BTreeSet<Option<usize>>> {
    let reached = walk.owners.clone();
    let mut own: BTreeMap<Key, BTreeSet<Option<usize>>> = BTreeMap::new();
    for (id, ty) in side::ids(walk.api) {
        for side in [Side::Answer, Side::Request] {
            let key = key(walk.split, id, side);
            if !side::is_declared(ty) || reached.contains_key(&key) || own.contains_key(&key) {
                continue;
            }
            let below = walk.closure(vec![(id, side)]);
            let owners: BTreeSet<Option<usize>> = below
                .iter()
                .filter_map(|key| reached.get(key))
                .filter(|owners| owners.len() == 1)
                .flatten()
                .copied()
                .collect();
            let owners: BTreeSet<Option<usize>> = owners.into_iter().filter(Option::is_some).collect();
            if owners.len() == 1 {
                own.insert(key, owners);
            } else {
                own.insert(key, BTreeSet::from([None]));
                below.into_iter().for_each(|key| {
                    walk.owners.entry(key).or_default().insert(None);
                });
            }
        }
    }
    let mut all = std::mem::take(&mut walk.owners);
    for (key, owners) in own {
        all.entry(key).or_default().extend(owners);
    }
    all
}

struct Walk<'a> {
    api: &'a Api,
    split: &'a [bool],
    replaced: &'a BTreeSet<TypeId>,
    /// Who reaches a type: a resource of the client, or something that is always compiled.
    owners: BTreeMap<Key, BTreeSet<Option<usize>>>,
}

impl Walk<'_> {
    /// Everything below these types, themselves included.
    fn closure(&self, mut open: Vec<(TypeId, Side)>) -> BTreeSet<Key> {
        let mut found: BTreeSet<(TypeId, Side)> = BTreeSet::new();
        while let Some((id, side)) = open.pop() {
            if self.replaced.contains(&id) || !found.insert((id, side)) {
                continue;
            }
            open.extend(self.below(id, side).into_iter().map(|below| (below, side)));
        }
        found.into_iter().map(|(id, side)| key(self.split, id, side)).collect()
    }

    /// What a type shows on one side. A type that does not split shows everything.
    fn below(&self, id: TypeId, side: Side) -> Vec<TypeId> {
        let Some(ty) = self.api.types.get(id.0 as usize) else { return Vec::new() };
        let Shape::Object(object) = &ty.shape else { return side::uses(&ty.shape) };
        let travel = match (self.split.get(id.0 as usize), side) {
            (Some(true), Side::Answer) => side::Travel::Answers,
            (Some(true), Side::Request) => side::Travel::Requests,
            _ => side::travel(ty),
        };
        let shown = object.properties.iter().filter(|property| travel.shows(property)).map(|property| property.of.ty);
        let typed = match object.additional {
            Additional::Typed(of) => Some(of.ty),
            Additional::Kept => None,
        };
        shown.chain(typed).collect()
    }
}

fn key(split: &[bool], id: TypeId, side: Side) -> Key {
    if split.get(id.0 as usize) == Some(&true) { (id, side) } else { (id, Side::Answer) }
}

fn requests(operation: &Operation) -> Vec<TypeId> {
    let parameters = operation.parameters.iter().map(|parameter| parameter.of.ty);
    let bodies = operation
        .body
        .iter()
        .filter(|_| !operation.facts.flat_body)
        .flat_map(|body| &body.contents)
        .map(|content| content.of.ty);
    parameters.chain(bodies).collect()
}

fn answers(operation: &Operation) -> Vec<TypeId> {
    let contents = operation.answers.iter().flat_map(|answer| &answer.contents).map(|content| content.of.ty);
    let headers = operation.answers.iter().flat_map(|answer| &answer.headers).map(|header| header.of.ty);
    contents.chain(headers).collect()
}

/// Types that `ApiError` holds.
fn refusals(operation: &Operation) -> Vec<TypeId> {
    let refused = operation.answers.iter().filter(|answer| !is_success(answer.status));
    refused.flat_map(|answer| &answer.contents).map(|content| content.of.ty).collect()
}
