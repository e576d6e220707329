//! Every identifier of a generated crate, decided once: after this stage nobody changes the case of a string.
//!
//! Names are ranked: what the document says outright, then component keys, then operations, then what stands below them.
//! The order of the document has no say, so adding an item renames nothing unless it collides (see `claim`).
//! Which declarations there are is not decided here; `plan` asks [`Names`] for what it needs.

mod attributes;
mod claim;
mod derived;
mod fault;
mod letters;
mod members;
mod methods;
mod operations;
mod reserved;
mod resources;
mod rule;
mod scopes;
#[cfg(test)]
pub(crate) mod testing;
mod titles;
mod types;
mod webhooks;
mod words;

pub(crate) use self::attributes::{attribute_functions, attribute_modules};
pub(crate) use self::derived::SuccessKind;
use std::collections::BTreeSet;

pub(crate) use self::letters::is_invisible;

use self::fault::NameFault;
use self::reserved::IdentKind;
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
    /// Variants of the enum of messages, by position in `api.webhooks`.
    pub webhooks: Vec<String>,
    /// Module of what only these messages carry: below `types`, and as a feature.
    pub webhook_module: String,
    /// Variants of the enum of scopes, in the order of [`Api::scopes`].
    pub scopes: Vec<String>,
    /// Call headers that become methods of a call: ident and header.
    pub call_headers: Vec<(String, String)>,
    /// All identifiers below `types`.
    taken: BTreeSet<String>,
    /// Items that gave way to others, by where they stand.
    settled: Vec<rule::Settled>,
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
    /// Of the methods that read generated members back, by position of the parameter.
    pub readers: Vec<Option<String>>,
    /// Of the argument that takes the body.
    pub body: String,
    /// Methods that take the body in another content type, in the order of `Body::others`.
    pub other_bodies: Vec<String>,
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
    let webhooks = webhooks::name_webhooks(api, &operations, &mut faults);
    let requests: Vec<&str> =
        operations.iter().map(|names| names.marker.as_str()).chain(webhooks.iter().map(String::as_str)).collect();
    let types = types::name_types(api, &requests, &mut faults);
    let taken = types.iter().flatten().map(|names| names.ident.clone()).collect();
    let names = Names {
        client: client(api),
        environments: environments(api),
        types,
        webhook_module: webhooks::module(&resources),
        resources,
        operations,
        webhooks,
        scopes: scopes::name_scopes(api),
        call_headers,
        taken,
        settled: rule::settled(&faults),
    };
    (names, faults)
}

fn client(api: &Api) -> String {
    match &api.facts.client {
        Some(client) => reserved::keep_off(IdentKind::Client, explicit(IdentKind::Client, client), &[]),
        None if api.info.title.trim().is_empty() => "Client".to_owned(),
        None => reserved::ident(IdentKind::Client, &titles::words(&api.info.title), &[]),
    }
}

fn environments(api: &Api) -> Vec<String> {
    let Some(environments) = &api.facts.environments else { return Vec::new() };
    let claim = |(name, _): &(String, String)| claim::Claim {
        rank: 0,
        wire: name.clone(),
        plain: reserved::ident(IdentKind::Value, &words::words(name, Spell::Plain), &[]),
        origin: None,
    };
    let claims: Vec<claim::Claim> = environments.values.iter().map(claim).collect();
    claim::Scope::new(IdentKind::Value).give(&claims, &|_| Vec::new())
}

fn call_headers(api: &Api) -> Vec<(String, String)> {
    let own = api.facts.call_headers.iter().filter(|(name, _)| name.as_str() != "idempotency_key");
    own.map(|(name, header)| {
        let words = words::words(name, Spell::Plain);
        (reserved::ident(IdentKind::Setter, &words, &[]), header.clone())
    })
    .collect()
}

/// Whether a tag names the resource of this one step.
pub(crate) fn is_step(tag: &str, step: &str) -> bool {
    snake(tag) == step
}

/// A text of the document as the steps of resources are spelled.
pub(crate) fn snake(text: &str) -> String {
    words::snake(&words::words(text, Spell::Subject))
}

/// A name that the document gives outright: taken as it stands where it can be an identifier of its kind.
fn explicit(kind: IdentKind, name: &str) -> String {
    if fault::fits(kind, name) {
        name.to_owned()
    } else {
        reserved::ident(kind, &words::words(name, Spell::Plain), &[])
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, name};
    use crate::diagnostic::{Collector, Diagnostic, Profile};
    use crate::lower::lower;
    use crate::normalise::normalise;
    use crate::read::read;
    use crate::source::Sources;

    pub(super) fn named(text: &str) -> (Names, crate::api::Api, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        sources.add("api.yaml", text.as_bytes().to_vec());
        let mut collector = Collector::new(Profile::Lenient);
        let mut documents = read(&sources, &mut collector);
        let model = normalise(&mut documents, &sources, &mut collector).unwrap_or_else(|| panic!("refused:\n{text}"));
        let api = lower(&model, &documents.tree, &mut collector);
        let names = name(&api, &documents.tree, &mut collector);
        (names, api, collector.finish())
    }

    /// Every name, with the pointer of what it names.
    fn listed(text: &str) -> Vec<String> {
        let (names, api, _) = named(text);
        let mut all = Vec::new();
        for (ty, names) in api.types.iter().zip(&names.types) {
            if let Some(names) = names {
                all.push(format!("{} {} {:?}", ty.pointer, names.ident, names.members));
            }
        }
        for (operation, names) in api.operations.iter().zip(&names.operations) {
            all.push(format!("{} {} {} {:?}", operation.pointer, names.id, names.marker, names.parameters));
        }
        all
    }

    const PATHS: &[&str] = &[
        "  /orders: { get: { operationId: listOrders, tags: [orders], responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { items: { type: array, items: { type: object, properties: { state: { type: string, enum: [a, b] } } } } } } } } } } } }",
        "  /orders/{id}: { get: { tags: [orders], parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: timeout, in: query, schema: { type: integer } }], responses: { '204': { description: none } } } }",
        "  /carts: { post: { operationId: createCart, requestBody: { content: { application/json: { schema: { type: object, properties: { lines: { type: array, items: { type: object } } } } } } }, responses: { '204': { description: none } } } }",
    ];

    const SCHEMAS: &[&str] = &[
        "    Order: { type: object, properties: { status: { type: string, enum: [open, OPEN] }, type: { type: string } } }",
        "    Foo_bar: { type: object, properties: { fooBar: { type: string }, foo_bar: { type: string } } }",
        "    FooBar: { type: object, properties: { a: { type: string } } }",
        "    Pet: { oneOf: [{ type: object, required: [bark], properties: { bark: { type: string } } }, { type: string }] }",
    ];

    fn document(paths: &[&str], schemas: &[&str]) -> String {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n{}\ncomponents:\n  schemas:\n{}\n",
            paths.join("\n"),
            schemas.join("\n")
        )
    }

    #[test]
    fn adding_an_item_renames_nothing() {
        let before = listed(&document(PATHS, SCHEMAS));
        let path = "  /new: { get: { operationId: getNew, tags: [fresh], responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } } } }";
        let schema = "    Newcomer: { type: object, properties: { kind: { type: string, enum: [x] }, order: { $ref: '#/components/schemas/Order' } } }";
        for place in 0..=PATHS.len() {
            let mut paths = PATHS.to_vec();
            paths.insert(place, path);
            let after = listed(&document(&paths, SCHEMAS));
            before.iter().for_each(|line| assert!(after.contains(line), "{line}\n{after:#?}"));
        }
        for place in 0..=SCHEMAS.len() {
            let mut schemas = SCHEMAS.to_vec();
            schemas.insert(place, schema);
            let after = listed(&document(PATHS, &schemas));
            before.iter().for_each(|line| assert!(after.contains(line), "{line}\n{after:#?}"));
        }
    }

    #[test]
    fn the_order_of_a_document_names_nothing() {
        let mut before = listed(&document(PATHS, SCHEMAS));
        let reversed = |list: &[&'static str]| list.iter().rev().copied().collect::<Vec<_>>();
        let mut after = listed(&document(&reversed(PATHS), &reversed(SCHEMAS)));
        before.sort();
        after.sort();
        assert_eq!(before, after);
    }

    #[test]
    fn names_are_ranked() {
        let names: Vec<String> = listed(&document(PATHS, SCHEMAS));
        let names: Vec<&str> = names.iter().filter_map(|line| line.split_once(' ')).map(|(_, names)| names).collect();
        let check = |expected: &str| assert!(names.contains(&expected), "{expected}\n{names:#?}");
        check("Order [\"status\", \"r#type\"]");
        check("OrderStatus [\"OpenLower\", \"Open\"]");
        check("FooUnderscoreBar [\"foo_bar_camel\", \"foo_bar\"]");
        check("FooBar [\"a\"]");
        check("Pet [\"Bark\", \"String\"]");
        check("PetBark [\"bark\"]");
        check("ListOrdersResponse [\"items\"]");
        check("ListOrdersResponseItem [\"state\"]");
        check("ListOrdersResponseItemState [\"A\", \"B\"]");
        check("CreateCartBody [\"lines\"]");
        check("orders.list ListOrders []");
        check("orders.get GetOrders [\"id\", \"timeout_param\"]");
        check("carts.create CreateCart []");
    }

    /// A header of a part is called by both; what the path, query or headers of a call have goes before it.
    #[test]
    fn headers_of_parts_are_named_by_part_and_header() {
        let path = "  /photos: { post: { operationId: addPhoto, tags: [photos], parameters: [{ name: photo_alt, in: query, schema: { type: string } }], \
                    requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { photo: { type: string }, 'more[]': { type: array, items: { type: string } } } }, \
                    encoding: { photo: { headers: { X-Alt: { schema: { type: string } }, Alt: { schema: { type: string } } } }, 'more[]': { headers: { X-Alt: { schema: { type: string } } } } } } } }, \
                    responses: { '204': { description: none } } } }";
        let expected = r#"["photo_alt", "photo_x_alt", "photo_alt_part", "more_x_alt"]"#;
        let names = listed(&document(&[path], SCHEMAS));
        assert!(names.iter().any(|line| line.ends_with(expected)), "{names:#?}");
    }

    /// The methods of a document with these operations (method, path, id), and the codes of what is told.
    fn methods(operations: &[(&str, &str, &str)]) -> (Vec<String>, Vec<&'static str>) {
        let path = |(method, path, id): &(&str, &str, &str)| {
            format!(
                "  {path}: {{ {method}: {{ operationId: {id}, tags: [pets], responses: {{ '204': {{ description: none }} }} }} }}"
            )
        };
        let paths: Vec<String> = operations.iter().map(path).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let (names, _, faults) = named(&document(&paths, &[]));
        let ids = names.operations.into_iter().map(|names| names.id).collect();
        (ids, faults.iter().map(|fault| fault.code.id).filter(|id| id.starts_with("TW06")).collect())
    }

    /// Whichever comes first in the document, and whichever is written shorter.
    #[test]
    fn the_short_name_is_whose_method_and_path_fit_it() {
        let check = |operations: [(&str, &str, &str); 2], expected: [&str; 2], told: &[&str]| {
            let [first, second] = operations;
            let (found, codes) = methods(&operations);
            assert_eq!((found.as_slice(), codes.as_slice()), (expected.map(str::to_owned).as_slice(), told));
            let (found, codes) = methods(&[second, first]);
            let [first, second] = expected.map(str::to_owned);
            assert_eq!((found.as_slice(), codes.as_slice()), ([second, first].as_slice(), told));
        };
        check(
            [("get", "/pets/mine", "pet_get"), ("get", "/pets/{pet}", "getThePet")],
            ["pets.pet_get", "pets.get"],
            &[],
        );
        check(
            [("get", "/toys", "listToys"), ("get", "/pets/{id}/toys", "listPetToys")],
            ["pets.list_toys", "pets.list_pet_toys"],
            &[],
        );
        check([("get", "/pets/all/sold", "listPet"), ("get", "/pets", "getPets")], ["pets.list_pet", "pets.list"], &[]);
        check(
            [("put", "/pets/{id}", "pets/update"), ("patch", "/pets/{pet_id}", "updatePetPet")],
            ["pets.pets_update", "pets.update"],
            &[],
        );
        check(
            [("post", "/pets/{id}/a", "publishPet"), ("post", "/pets/{id}/b", "petPublish")],
            ["pets.publish_pet", "pets.publish"],
            &["TW0601"],
        );
    }

    #[test]
    fn shared_parameters_are_called_by_their_key() {
        let schema = "    Pet: { type: object, properties: { a: { type: string } } }\n  parameters:\n    IdentKind: { name: k, in: query, schema: { type: string, enum: [cat, dog] } }\n    Pet: { name: p, in: query, schema: { type: string, enum: [a, b] } }";
        let path = "  /pets: { get: { operationId: listPets, tags: [pets], parameters: [{ $ref: '#/components/parameters/IdentKind' }, { $ref: '#/components/parameters/Pet' }], responses: { '204': { description: none } } } }";
        let names = listed(&document(&[path], &[schema]));
        let named = |pointer: &str, name: &str| {
            let line = names.iter().find(|line| line.starts_with(&format!("#/components/{pointer} ")));
            assert!(line.is_some_and(|line| line.contains(&format!(" {name} "))), "{name}\n{names:#?}");
        };
        named("parameters/IdentKind/schema", "IdentKind");
        named("schemas/Pet", "Pet");
        named("parameters/Pet/schema", "PetParameter");
    }

    #[test]
    fn a_collision_prints_the_line_that_settles_it() {
        let (_, _, faults) = named(&document(&["  /x: {}"], SCHEMAS));
        let fault =
            faults.iter().find(|fault| fault.message.contains("Foo_bar")).unwrap_or_else(|| panic!("{faults:#?}"));
        assert_eq!(fault.code.id, "TW0601");
        assert_eq!(fault.message, "the type `Foo_bar` has the same Rust name as `FooBar`: `FooBar`");
        assert_eq!(fault.help, "name it: `x-typewright: { name: FooUnderscoreBar }`");
        assert_eq!(fault.recovery, "it is called `FooUnderscoreBar`");
        assert_eq!(fault.related.len(), 1);
    }
}
