//! Every identifier of a generated crate, decided once: after this stage nobody changes the case of a string.
//!
//! Names are ranked: what the document says outright, then component keys, then operations, then what stands below them.
//! The order of the document has no say, so adding an item renames nothing unless it collides (see [`claim`]).
//! Which declarations there are is not decided here; `plan` asks [`Names`] for what it needs.

mod claim;
mod fault;
mod letters;
mod members;
mod methods;
mod operations;
mod reserved;
mod resources;
#[cfg(test)]
pub(crate) mod testing;
mod types;
mod words;

use std::collections::BTreeSet;

pub(crate) use self::letters::is_invisible;

use self::fault::NameFault;
use self::reserved::Kind;
use self::words::Spell;
use crate::api::{Api, TypeId};
use crate::diagnostic::Collector;
use crate::tree::Tree;

/// Every identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The client's type.
    pub client: String,
    /// By position in `facts.environments.values`.
    pub environments: Vec<String>,
    /// By [`TypeId`]; `None` for types that are not declared (scalars, lists, maps).
    pub types: Vec<Option<TypeNames>>,
    /// Sorted by path; a parent stands before its children.
    pub resources: Vec<ResourceNames>,
    /// By position in `api.operations`.
    pub operations: Vec<OperationNames>,
    /// Call headers that become methods of a call: ident and header.
    pub call_headers: Vec<(String, String)>,
    /// All identifiers below `types`.
    taken: BTreeSet<String>,
}

/// Of a declared type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeNames {
    /// Its own.
    pub ident: String,
    /// Of its properties, values or variants, by position.
    pub members: Vec<String>,
}

/// Of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceNames {
    /// `["orders", "fulfillments"]`.
    pub path: Vec<String>,
    /// Struct, for example `OrdersFulfillments`.
    pub ident: String,
    /// Method that gives it, for example `fulfillments`.
    pub accessor: String,
    /// File, for example `orders_fulfillments`.
    pub module: String,
    /// Index of the resource above; `None`: the client.
    pub parent: Option<usize>,
}

/// Of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// Index into [`Names::resources`]; `None`: the client itself, or an operation that nobody calls by a method.
    pub resource: Option<usize>,
    /// Method, for example `list`.
    pub method: String,
    /// Marker, for example `ListOrders`.
    pub marker: String,
    /// `orders.list`.
    pub id: String,
    /// Of its parameters, by position.
    pub parameters: Vec<String>,
    /// Of the argument that takes the body.
    pub body: String,
}

impl Names {
    /// The ident of a type; empty for types that are not declared.
    pub fn type_ident(&self, id: TypeId) -> &str {
        self.type_names(id).map_or("", |names| &names.ident)
    }

    /// The names of a declared type.
    pub fn type_names(&self, id: TypeId) -> Option<&TypeNames> {
        self.types.get(id.0 as usize)?.as_ref()
    }

    /// A type that stands beside another, for example `OrderInput` or `CreateOrderRequired`. Whatever the document names
    /// itself goes before it.
    pub fn beside(&self, ident: &str, suffix: &str) -> String {
        let mut name = format!("{ident}{suffix}");
        while self.taken.contains(&name) {
            name.push_str("Model");
        }
        name
    }

    /// Variants of `ApiError` for bodies without a declared type, and variants for statuses: these words in Pascal case.
    pub fn variant(text: &str) -> String {
        reserved::ident(Kind::Variant, &words::words(text, Spell::Plain), &[])
    }
}

/// Names everything in an API; what collides is reported with the line that settles it.
pub fn name(api: &Api, tree: &Tree, collector: &mut Collector) -> Names {
    let (names, faults) = find_names(api);
    fault::report(&faults, tree, collector);
    names
}

/// The names and the faults, before anybody is told.
fn find_names(api: &Api) -> (Names, Vec<NameFault>) {
    let mut faults = Vec::new();
    let call_headers = call_headers(api);
    let resources = resources::name_resources(api, &mut faults);
    let operations = operations::name_operations(api, &resources, &call_headers, &mut faults);
    let types = types::name_types(api, &operations, &mut faults);
    let taken = types.iter().flatten().map(|names| names.ident.clone()).collect();
    let names = Names {
        client: client(api),
        environments: environments(api),
        types,
        resources,
        operations,
        call_headers,
        taken,
    };
    (names, faults)
}

fn client(api: &Api) -> String {
    match &api.facts.client {
        Some(client) => reserved::keep_off(Kind::Client, explicit(Kind::Client, client), &[]),
        None if api.info.title.trim().is_empty() => "Client".to_owned(),
        None => reserved::ident(Kind::Client, &words::words(&api.info.title, Spell::Plain), &[]),
    }
}

fn environments(api: &Api) -> Vec<String> {
    let Some(environments) = &api.facts.environments else { return Vec::new() };
    let claim = |(name, _): &(String, String)| claim::Claim {
        rank: 0,
        wire: name.clone(),
        plain: reserved::ident(Kind::Value, &words::words(name, Spell::Plain), &[]),
        origin: crate::tree::NodeId(0),
    };
    let claims: Vec<claim::Claim> = environments.values.iter().map(claim).collect();
    claim::Scope::new(Kind::Value).give(&claims, &|_| Vec::new())
}

fn call_headers(api: &Api) -> Vec<(String, String)> {
    let own = api.facts.call_headers.iter().filter(|(name, _)| name.as_str() != "idempotency_key");
    own.map(|(name, header)| {
        let words = words::words(name, Spell::Plain);
        (reserved::ident(Kind::Setter, &words, &[]), header.clone())
    })
    .collect()
}

/// Whether a tag names the resource of this one step.
pub(crate) fn is_step(tag: &str, step: &str) -> bool {
    words::snake(&words::words(tag, Spell::Plain)) == step
}

/// A name that the document gives outright: taken as it stands where it can be an identifier of its kind.
fn explicit(kind: Kind, name: &str) -> String {
    if fault::fits(kind, name) {
        name.to_owned()
    } else {
        reserved::ident(kind, &words::words(name, Spell::Plain), &[])
    }
}
