//! Paths: operations by method, and what they share.

use super::lift::{Lifted, Lifter, Members, Slot, entries};
use super::operation::OPERATION;
use super::parameter::parameters;
use super::row::Version::V32;
use super::row::{Holds, Noun, Object, Unit, object, row};
use super::server::servers;
use super::{DESCRIPTION, Operation, Parameter, SUMMARY, Server};
use crate::diagnostic::codes::DUPLICATE_ROUTE;
use crate::tree::NodeId;
use crate::tree::{Member, Tree};

/// A path, a webhook, or one expression of a callback: operations by method.
#[derive(Clone, Debug, PartialEq)]
pub struct PathItem {
    /// Its node; that of the path item that it refers to, if it does.
    pub at: NodeId,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `servers`.
    pub servers: Vec<Server>,
    /// `parameters`, which all operations share.
    pub parameters: Vec<Slot<Parameter>>,
    /// Each with its method as it is sent: those that OpenAPI names in its order, then `additionalOperations`.
    pub operations: Vec<(String, Operation)>,
}

pub(super) static PATH_ITEM: Object = object(
    "a path item",
    &[
        row("$ref", Holds::StrictText).vital(),
        SUMMARY,
        DESCRIPTION,
        row("get", Holds::Object(&OPERATION)).vital(),
        row("put", Holds::Object(&OPERATION)).vital(),
        row("post", Holds::Object(&OPERATION)).vital(),
        row("delete", Holds::Object(&OPERATION)).vital(),
        row("options", Holds::Object(&OPERATION)).vital(),
        row("head", Holds::Object(&OPERATION)).vital(),
        row("patch", Holds::Object(&OPERATION)).vital(),
        row("trace", Holds::Object(&OPERATION)).vital(),
        row("query", Holds::Object(&OPERATION)).vital().since(V32),
        row("additionalOperations", Holds::Map(&AN_OPERATION)).vital().since(V32),
        servers(),
        parameters(),
    ],
)
.noun(Noun::PathItem)
.unit(Unit::Path);

static AN_OPERATION: Holds = Holds::Object(&OPERATION);
pub(super) static A_PATH_ITEM: Holds = Holds::Object(&PATH_ITEM);

/// How many of a path item's members are operations that were not left out.
pub(crate) fn operations(tree: &Tree, members: &[Member]) -> usize {
    let is_one = |key: &str| {
        let row = PATH_ITEM.row(key);
        row.is_some_and(|row| matches!(row.holds, Holds::Object(object) if object.noun == Some(Noun::Operation)))
    };
    members.iter().filter(|member| is_one(&member.key) && !tree.is_null(member.value)).count()
}

/// The operations among the members of a path item that were not left out, each behind the object that holds it.
pub(crate) fn operations_in(tree: &Tree, item: NodeId) -> Vec<(NodeId, NodeId)> {
    let mut found = Vec::new();
    for member in tree.as_mapping(item).unwrap_or_default() {
        match PATH_ITEM.row(&member.key).map(|row| row.holds) {
            Some(Holds::Object(object)) if object.noun == Some(Noun::Operation) => found.push((item, member.value)),
            Some(Holds::Map(entry)) if entry.noun() == Some(Noun::Operation) => {
                found.extend(entries(tree, Some(member.value)).map(|(_, at)| (member.value, at)));
            }
            _ => {}
        }
    }
    found.retain(|(_, operation)| !tree.is_null(*operation));
    found
}

impl PathItem {
    /// Reads it; members beside its `$ref` are added to the target's.
    pub(super) fn lift_at(lifter: &mut Lifter<'_>, node: NodeId) -> Option<Self> {
        let target = lifter.target(node)?;
        if target == node {
            return Some(lifter.object(node));
        }
        let mut joined = lifter.tree.as_mapping(target).unwrap_or_default().to_vec();
        for own in lifter.tree.as_mapping(node).unwrap_or_default() {
            match joined.iter_mut().find(|other| other.key == own.key) {
                _ if lifter.tree.is_null(own.value) => {}
                Some(other) if lifter.tree.as_mapping(own.value).is_some() => report_duplicate(lifter, other, own),
                Some(other) => *other = own.clone(),
                None => joined.push(own.clone()),
            }
        }
        let members = lifter.joined(&PATH_ITEM, target, joined);
        Some(lifter.lift(members))
    }
}

impl Lifted for PathItem {
    const NOUN: Noun = Noun::PathItem;

    fn lift(lifter: &mut Lifter<'_>, members: &Members<'_>) -> Self {
        let mut operations = Vec::new();
        // What a document has of its own comes last, here and in the list of callbacks.
        for (rank, method, at) in declared(lifter.tree, members) {
            if let Some(at) = lifter.target(at) {
                operations.push((rank, method, lifter.object::<Operation>(at)));
            }
        }
        operations.sort_by_key(|(rank, ..)| *rank);
        Self {
            at: members.at,
            summary: members.text("summary"),
            description: members.text("description"),
            servers: Server::lift_all(lifter, members),
            parameters: lifter.slots(members.list("parameters")),
            operations: operations.into_iter().map(|(_, method, operation)| (method, operation)).collect(),
        }
    }
}

/// Operations in the document's order, those that OpenAPI 3.0 has no member for behind the others. Each has the place of its
/// method in OpenAPI's order.
fn declared(tree: &Tree, members: &Members<'_>) -> Vec<(usize, String, NodeId)> {
    let (mut known, mut further) = (Vec::new(), Vec::new());
    for (row, at) in members.rows() {
        let rank = METHODS.iter().position(|method| *method == row.key);
        match (rank, row.holds) {
            (Some(rank), _) => known.push((rank, row.key.to_ascii_uppercase(), at)),
            (None, Holds::Object(object)) if object.noun == Some(Noun::Operation) => {
                further.push((METHODS.len(), row.key.to_ascii_uppercase(), at));
            }
            (None, Holds::Map(entry)) if entry.noun() == Some(Noun::Operation) => {
                further.extend(entries(tree, Some(at)).map(|(method, at)| (METHODS.len(), method.to_owned(), at)));
            }
            _ => {}
        }
    }
    known.append(&mut further);
    known
}

/// In the order in which operations of a path are told.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

fn report_duplicate(lifter: &mut Lifter<'_>, first: &Member, second: &Member) {
    let place = lifter.tree.place(first.value);
    lifter
        .collector
        .report(&DUPLICATE_ROUTE, second.key_place)
        .message(format!("`{}` stands here and in the path item that is referred to", second.key))
        .label("here")
        .help("remove one of the two operations")
        .related(place, "and here");
}

#[cfg(test)]
mod tests {
    use crate::normalise::testing::{check_faults, model_of};

    const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

    #[test]
    fn members_beside_a_reference_are_added() {
        let text = "\
paths: {/a: {$ref: '#/components/pathItems/A', summary: mine, delete: {}}}
components: {pathItems: {A: {summary: shared, description: d, post: {}, get: {}}}}
";
        let document = model_of(&format!("{HEAD}{text}")).document;
        let (_, item) = &document.paths[0];
        assert_eq!((item.summary.as_deref(), item.description.as_deref()), (Some("mine"), Some("d")));
        let methods: Vec<&str> = item.operations.iter().map(|(method, _)| method.as_str()).collect();
        assert_eq!(methods, ["GET", "POST", "DELETE"]);
    }

    #[test]
    fn an_operation_that_stands_twice_is_told() {
        let text = "\
paths: {/a: {$ref: '#/components/pathItems/A', get: {}}}
components: {pathItems: {A: {get: {}}}}
";
        check_faults(
            &format!("{HEAD}{text}"),
            &[
                "3:48 TW0501 `get` stands here and in the path item that is referred to | remove one of the two operations | ",
            ],
        );
    }
}
