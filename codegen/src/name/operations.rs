//! Names of operations: method on the resource, marker, and parameters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::claim::{Claim, Collision, Scope};
use super::fault::{NameFault, fits};
use super::members;
use super::methods::{MISFIT, id_words, is_natural, method_words, misfit, whole_path_words};
use super::reserved::{self, IdentKind};
use super::resources::resource_path;
use super::words::{self, Spell};
use super::{OperationNames, ResourceNames, explicit};
use crate::api::{Api, Body, Location, Operation, Origin, Parameter};

/// Names of all operations, by position.
pub(super) fn name_operations(
    api: &Api,
    resources: &[ResourceNames],
    call_headers: &[(String, String)],
    faults: &mut Vec<NameFault>,
) -> Vec<OperationNames> {
    let methods = name_methods(api, resources, faults);
    let markers = name_markers(api, &methods, faults);
    let reserved: Vec<String> = call_headers.iter().map(|(ident, _)| ident.clone()).collect();
    let name = |(operation, (method, marker)): (&Operation, ((Option<usize>, String), String))| {
        let (resource, method) = method;
        let parameters = name_parameters(operation, &reserved, faults);
        let mut path =
            resource.and_then(|index| resources.get(index)).map(|names| names.path.clone()).unwrap_or_default();
        path.push(method.strip_prefix("r#").unwrap_or(&method).to_owned());
        let body = if parameters.iter().any(|ident| ident == "body") { "request_body" } else { "body" };
        let readers = name_readers(operation, &parameters, &reserved);
        let other_bodies = name_other_bodies(operation, &method);
        let body = body.to_owned();
        OperationNames { resource, method, marker, id: path.join("."), body, other_bodies, parameters, readers }
    };
    api.operations.iter().zip(methods.into_iter().zip(markers)).map(name).collect()
}

/// Resource and method of each operation. Methods of one resource and the accessors of those below it share a scope.
fn name_methods(api: &Api, resources: &[ResourceNames], faults: &mut Vec<NameFault>) -> Vec<(Option<usize>, String)> {
    let mut by_resource: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut named = vec![(None, String::new()); api.operations.len()];
    for (index, operation) in api.operations.iter().enumerate() {
        let path = resource_path(operation);
        // Resources are sorted by path.
        let resource = resources.binary_search_by(|names| names.path.cmp(&path)).ok();
        if operation.facts.token_endpoint {
            // Called by the credentials: it takes no name from a method.
            if let Some(slot) = named.get_mut(index) {
                slot.1 = words::snake(&method_words(operation, &path).swap_remove(0));
            }
        } else {
            by_resource.entry(resource).or_default().push(index);
        }
    }
    for (resource, members) in by_resource {
        let kind = if resource.is_none() { IdentKind::ClientMethod } else { IdentKind::Method };
        let mut scope = Scope::new(kind);
        for below in resources.iter().filter(|names| names.parent == resource) {
            scope.reserve(&below.accessor, &below.path.join("."));
        }
        let methods = give_methods(api, &members, &mut scope, faults);
        for (index, method) in members.iter().zip(methods) {
            if let Some(slot) = named.get_mut(*index) {
                *slot = (resource, method);
            }
        }
        let is_open = |collision: &Collision| !is_settled(api, &members, collision);
        faults.extend(scope.collisions.into_iter().filter(is_open).map(NameFault::Collision));
    }
    named
}

/// Whether method and path say which of two operations has the short name, so that nobody has to settle it: the other one
/// goes by its whole `operationId`.
fn is_settled(api: &Api, members: &[usize], collision: &Collision) -> bool {
    let operations = || members.iter().filter_map(|index| api.operations.get(*index));
    let fit = |origin: Origin| {
        let mut same = operations().filter(|operation| operation.origin == origin);
        let operation = same.next().filter(|operation| operation.operation_id.is_some())?;
        same.next().is_none().then(|| misfit(operation, &resource_path(operation)))
    };
    match (collision.winner.and_then(fit), collision.origin.and_then(fit)) {
        (Some(winner), Some(loser)) => winner < loser,
        _ => false,
    }
}

fn give_methods(api: &Api, members: &[usize], scope: &mut Scope, faults: &mut Vec<NameFault>) -> Vec<String> {
    let kind = scope.kind();
    let operations: Vec<&Operation> = members.iter().filter_map(|index| api.operations.get(*index)).collect();
    let forms = |operation: &Operation| -> Vec<String> {
        let words = method_words(operation, &resource_path(operation));
        words.iter().map(|words| reserved::ident(kind, words, &[])).collect()
    };
    let mut claim = |operation: &&Operation| {
        let wire = operation.operation_id.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
        let short = || forms(operation).swap_remove(0);
        let (rank, plain) = match &operation.facts.method {
            Some(method) => (0, reserved::keep_off(kind, explicit(kind, method), &[])),
            None => (rank(operation), short()),
        };
        if let Some(name) = operation.facts.method.clone().filter(|name| !fits(kind, name)) {
            faults.push(NameFault::Unfit { name, given: plain.clone(), origin: operation.origin, kind });
        }
        Claim { rank, wire, plain, origin: Some(operation.origin) }
    };
    let claims: Vec<Claim> = operations.iter().map(&mut claim).collect();
    scope.give(&claims, &|index| operations.get(index).map(|operation| forms(operation)).unwrap_or_default())
}

/// An `operationId` goes before a path, one whose method and path say the short name too before others, and what a path is
/// usually for before what it may be for too.
fn rank(operation: &Operation) -> usize {
    let by_path = operation.operation_id.is_none();
    let misfit = if by_path { 0 } else { misfit(operation, &resource_path(operation)) };
    1 + 2 * (MISFIT + 1) * usize::from(by_path) + 2 * misfit + usize::from(!is_natural(operation))
}

/// A marker is called like the `operationId`; without one like method and resource, for example `ListOrders`.
fn name_markers(api: &Api, methods: &[(Option<usize>, String)], faults: &mut Vec<NameFault>) -> Vec<String> {
    let claim = |(operation, (_, method)): (&Operation, &(Option<usize>, String))| {
        let wire = operation.operation_id.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
        let (rank, words) = match id_words(operation) {
            Some(words) => (0, words),
            None => {
                let method = method.strip_prefix("r#").unwrap_or(method);
                let resource = resource_path(operation);
                let steps = std::iter::once(method).chain(resource.iter().map(String::as_str));
                (1, steps.flat_map(|step| step.split('_')).filter(|word| !word.is_empty()).map(str::to_owned).collect())
            }
        };
        Claim { rank, wire, plain: reserved::ident(IdentKind::Marker, &words, &[]), origin: Some(operation.origin) }
    };
    let claims: Vec<Claim> = api.operations.iter().zip(methods).map(claim).collect();
    let mut scope = Scope::new(IdentKind::Marker);
    let qualify = |index: usize| match api.operations.get(index) {
        Some(operation) => {
            let whole = operation.operation_id.as_deref().map(|id| words::words(id, words::Spell::Plain));
            let forms = whole.into_iter().chain([whole_path_words(operation)]);
            forms.map(|words| reserved::ident(IdentKind::Marker, &words, &[])).collect()
        }
        None => Vec::new(),
    };
    let markers = scope.give(&claims, &qualify);
    faults.extend(scope.collisions.into_iter().map(NameFault::Collision));
    markers
}

fn name_parameters(operation: &Operation, call_headers: &[String], faults: &mut Vec<NameFault>) -> Vec<String> {
    let kind_of = |parameter: &Parameter| if parameter.required { IdentKind::Argument } else { IdentKind::Setter };
    let more = |kind| if kind == IdentKind::Setter { call_headers } else { &[] };
    let mut claim = |parameter: &Parameter| {
        let kind = kind_of(parameter);
        let wire = wire_words(parameter);
        let mut claim = members::claim(kind, &wire, parameter.name.as_deref(), parameter.origin, faults);
        claim.plain = reserved::keep_off(kind, claim.plain, more(kind));
        // What the path needs goes before what a query may have.
        claim.rank = claim.rank * 6 + location_rank(parameter.location);
        claim
    };
    let claims: Vec<Claim> = operation.parameters.iter().map(&mut claim).collect();
    let qualify = |index: usize| match operation.parameters.get(index) {
        Some(parameter) => {
            let mut words = words::words(&wire_words(parameter), words::Spell::Plain);
            words.push(location_word(parameter.location).to_owned());
            let kind = kind_of(parameter);
            vec![reserved::ident(kind, &words, more(kind))]
        }
        None => Vec::new(),
    };
    let mut scope = Scope::new(IdentKind::Argument);
    let idents = scope.give(&claims, &qualify);
    faults.extend(scope.collisions.into_iter().map(NameFault::Collision));
    idents
}

/// What a parameter is called by: a part's header, by the part too.
fn wire_words(parameter: &Parameter) -> Cow<'_, str> {
    match &parameter.part {
        Some(of_part) => Cow::Owned(format!("{} {}", of_part.part, parameter.wire_name)),
        None => Cow::Borrowed(&parameter.wire_name),
    }
}

/// `create_as_form`: the method, and the content type in a word. Where two are one word, the whole content type tells.
fn name_other_bodies(operation: &Operation, method: &str) -> Vec<String> {
    let others: Vec<_> = operation.body.iter().flat_map(Body::others).collect();
    let short: Vec<String> =
        others.iter().map(|content| words::snake(&content_words(&content.media_type, Spelling::Short))).collect();
    let named = others.iter().zip(&short).map(|(content, word)| {
        let unique = short.iter().filter(|other| *other == word).count() == 1;
        let word =
            if unique { word.clone() } else { words::snake(&content_words(&content.media_type, Spelling::Whole)) };
        format!("{}_as_{word}", method.strip_prefix("r#").unwrap_or(method))
    });
    let mut names: Vec<String> = Vec::new();
    for mut name in named {
        // Content types that differ in signs alone are no choice that anybody means; still each has its name.
        while names.contains(&name) {
            name.push_str("_too");
        }
        names.push(name);
    }
    names
}

/// How much of a content type a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `csv` for `text/csv`.
    Short,
    /// All of it.
    Whole,
}

/// A content type in words.
pub(super) fn content_words(media_type: &str, spelling: Spelling) -> Vec<String> {
    if spelling == Spelling::Whole {
        return words::words(media_type, Spell::Plain);
    }
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = match essence.as_str() {
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        "application/octet-stream" => "bytes",
        "text/plain" => "text",
        "*/*" => "any",
        _ => "",
    };
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let told = if subtype == "*" { kind } else { subtype };
    if known.is_empty() { words::words(&told.replace('+', "-"), Spell::Plain) } else { vec![known.to_owned()] }
}

/// Methods that read back what a call will send in a generated member: called like the member, unless a setter is.
fn name_readers(operation: &Operation, parameters: &[String], call_headers: &[String]) -> Vec<Option<String>> {
    let setters = || operation.parameters.iter().zip(parameters).filter(|(parameter, _)| !parameter.required);
    let reader = |parameter: &Parameter| {
        let mut words = words::words(&parameter.wire_name, words::Spell::Plain);
        let plain = reserved::ident(IdentKind::Setter, &words, call_headers);
        if setters().any(|(_, setter)| *setter == plain) {
            words.push("value".to_owned());
        }
        reserved::ident(IdentKind::Setter, &words, call_headers)
    };
    operation.parameters.iter().map(|parameter| parameter.generated.then(|| reader(parameter))).collect()
}

fn location_rank(location: Location) -> usize {
    match location {
        Location::Path => 0,
        Location::Query => 1,
        Location::Header => 2,
        Location::Cookie => 3,
        Location::Body => 4,
        Location::Part => 5,
    }
}

fn location_word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Body => "body",
        Location::Part => "part",
    }
}
