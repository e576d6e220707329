//! Callbacks: requests that the API sends because of an operation.

use super::lift::{Lifter, Members, own_entries};
use super::path_item::{PATH_ITEM, PathItem};
use super::row::{Holds, Noun, Object, Others, Unit, object};
use crate::tree::NodeId;

/// One expression of one callback. An operation of it may lead back to the operation that declares it, so that callbacks are a
/// list of the document and not members of operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// Node of the operation that declares it.
    pub operation: NodeId,
    /// Its key below `callbacks`.
    pub wire_name: String,
    /// Runtime expression of the URL.
    pub expression: String,
    /// What is sent there.
    pub item: PathItem,
}

/// Every key is an expression of the URL.
pub(super) static CALLBACK: Object =
    Object { others: Others::Map(Holds::Object(&PATH_ITEM)), ..object("a callback", &[]) }
        .noun(Noun::Callback)
        .unit(Unit::Callback);

pub(super) static A_CALLBACK: Holds = Holds::OrReference(&CALLBACK);

/// A callback that was met.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    operation: NodeId,
    wire_name: String,
    callback: NodeId,
}

/// Notes the callbacks of an operation, each operation's only once.
pub(super) fn note(lifter: &mut Lifter<'_>, operation: &Members<'_>) {
    let at = operation.at;
    if operation.node("callbacks").is_some() && lifter.called.insert(at) {
        let declared = operation.entries("callbacks");
        lifter.declared.extend(declared.map(|(wire_name, callback)| Declared {
            operation: at,
            wire_name: wire_name.to_owned(),
            callback,
        }));
    }
}

/// Reads all callbacks that were noted, and those that their operations have.
pub(super) fn lift_noted(lifter: &mut Lifter<'_>) -> Vec<Callback> {
    let mut callbacks = Vec::new();
    let mut next = 0;
    while let Some(Declared { operation, wire_name, callback }) = lifter.declared.get(next).cloned() {
        next += 1;
        for (expression, at) in own_entries(lifter.tree, lifter.target(callback)) {
            if let Some(item) = lifter.tree.as_mapping(at).and_then(|_| PathItem::lift_at(lifter, at)) {
                let (wire_name, expression) = (wire_name.clone(), expression.to_owned());
                callbacks.push(Callback { operation, wire_name, expression, item });
            }
        }
    }
    callbacks
}
