//! Which resource an operation belongs to, and what resources are called.

use std::collections::{BTreeMap, BTreeSet};

use super::ResourceNames;
use super::claim::{Claim, Scope};
use super::fault::NameFault;
use super::reserved::{self, IdentKind};
use super::words::{self, Spell};
use crate::api::{Api, Operation};
use crate::tree::NodeId;

/// Path of the resource that an operation belongs to, each step in snake case; empty: the client itself.
///
/// What the document declares wins; then the first tag; then the first static segment of the path that says something.
pub(super) fn resource_path(operation: &Operation) -> Vec<String> {
    let step = |text: &str| words::snake(&words::words(text, Spell::Subject));
    if let Some(resource) = &operation.facts.resource {
        return resource.split('.').filter(|step| !step.trim().is_empty()).map(step).collect();
    }
    if let Some(tag) = operation.tag.as_deref().filter(|tag| !tag.trim().is_empty()) {
        return vec![step(tag)];
    }
    static_segments(&operation.path).first().map(|segment| step(segment)).into_iter().collect()
}

/// The segments of a path that are no parameters and no prefix: of `/api/v1/orders/{id}/items` these are `orders`, `items`.
/// A query that some documents write into the path is one more segment.
pub(super) fn static_segments(path: &str) -> Vec<&str> {
    let all: Vec<&str> =
        path.split(['/', '?']).filter(|segment| !segment.is_empty() && !segment.contains('{')).collect();
    let says_something = |segment: &&&str| !is_prefix(segment);
    let first = all.iter().take_while(|segment| !says_something(segment)).count();
    // A path of prefixes alone, for example `/api`, is about just that.
    all.get(first..).filter(|rest| !rest.is_empty()).unwrap_or(all.as_slice()).to_vec()
}

fn is_prefix(segment: &str) -> bool {
    let version = segment.strip_prefix('v').unwrap_or(segment);
    let is_version = !version.is_empty() && version.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    is_version || segment.eq_ignore_ascii_case("api") || segment.eq_ignore_ascii_case("rest")
}

/// Names of all resources, sorted by path.
pub(super) fn name_resources(api: &Api, faults: &mut Vec<NameFault>) -> Vec<ResourceNames> {
    let mut paths: BTreeSet<Vec<String>> = BTreeSet::new();
    // The first operation that belongs to a resource or below it.
    let mut origins: BTreeMap<Vec<String>, NodeId> = BTreeMap::new();
    for operation in &api.operations {
        let path = resource_path(operation);
        for above in (1..=path.len()).filter_map(|length| path.get(..length)) {
            origins.entry(above.to_vec()).or_insert(operation.origin);
            if !operation.facts.token_endpoint {
                paths.insert(above.to_vec());
            }
        }
    }
    let paths: Vec<Vec<String>> = paths.into_iter().collect();
    let modules = name_modules(&origins, &paths, faults);
    let name = |(path, module): (&Vec<String>, String)| {
        let above = path.get(..path.len().saturating_sub(1)).unwrap_or_default();
        ResourceNames {
            path: path.clone(),
            ident: struct_ident(&module),
            accessor: accessor(api, path),
            module,
            parent: paths.binary_search_by(|other| other.as_slice().cmp(above)).ok(),
        }
    };
    paths.iter().zip(modules).map(name).collect()
}

/// The method that leads to a resource. A client that issues tokens has `auth` for them; any other one has room for it.
fn accessor(api: &Api, path: &[String]) -> String {
    let kind = if path.len() == 1 { IdentKind::ClientMethod } else { IdentKind::Method };
    match path {
        [only] if only == "auth" && !api.issues_tokens() => only.clone(),
        _ => reserved::ident(kind, path.last().map(std::slice::from_ref).unwrap_or_default(), &[]),
    }
}

/// A resource's struct is called like its module; two modules never give one struct, since snake case says more.
fn struct_ident(module: &str) -> String {
    reserved::ident(IdentKind::Resource, &words::words(module, Spell::Plain), &[])
}

fn name_modules(
    origins: &BTreeMap<Vec<String>, NodeId>,
    paths: &[Vec<String>],
    faults: &mut Vec<NameFault>,
) -> Vec<String> {
    let claim = |path: &Vec<String>| Claim {
        rank: path.len(),
        wire: path.join("."),
        plain: reserved::ident(IdentKind::Module, path, &[]),
        origin: origins.get(path).copied(),
    };
    let claims: Vec<Claim> = paths.iter().map(claim).collect();
    let mut scope = Scope::new(IdentKind::Module);
    let modules = scope.give(&claims, &|_| Vec::new());
    faults.extend(scope.collisions.into_iter().map(NameFault::Collision));
    modules
}

#[cfg(test)]
mod tests {
    use super::{name_resources, static_segments};
    use crate::api::Api;
    use crate::facts::TokenFacts;
    use crate::name::testing::operation;

    #[test]
    fn auth_is_taken_by_clients_that_issue_tokens() {
        let mut api = Api { operations: vec![operation("POST", "/auth/login")], ..Api::default() };
        assert_eq!(name_resources(&api, &mut Vec::new())[0].accessor, "auth");
        api.facts.token = Some(TokenFacts::default());
        assert_eq!(name_resources(&api, &mut Vec::new())[0].accessor, "auth_resource");
    }

    #[test]
    fn prefixes_of_paths_say_nothing() {
        let check = |path: &str, expected: &[&str]| assert_eq!(static_segments(path), expected, "{path}");
        check("/orders/{id}/items", &["orders", "items"]);
        check("/api/v1/orders", &["orders"]);
        check("/v1.2/orders/v2", &["orders", "v2"]);
        check("/api", &["api"]);
        check("/orders?state=open", &["orders", "state=open"]);
        check("/orders?state={state}", &["orders"]);
        check("/{id}", &[]);
        check("/", &[]);
    }
}
