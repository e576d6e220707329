//! Putting a value of one tree into another: copied node by node, each with the place that it came from.

use crate::tree::{Member, NodeId, Tree, Value};

/// A copy of `node` and all below it in `into`. Nothing in it is shared.
pub(super) fn copied(from: &Tree, node: NodeId, into: &mut Tree) -> NodeId {
    let value = match from.value(node) {
        Value::Sequence(items) => Value::Sequence(items.iter().map(|item| copied(from, *item, into)).collect()),
        Value::Mapping(members) => {
            let member = |member: &Member| Member { value: copied(from, member.value, into), ..member.clone() };
            Value::Mapping(members.iter().map(member).collect())
        }
        scalar => scalar.clone(),
    };
    into.push(from.place(node), value)
}

/// The first pair of values, one in the document and one brought, that cannot be made one.
pub(super) fn mismatch(tree: &Tree, target: NodeId, from: &Tree, value: NodeId) -> Option<(NodeId, NodeId)> {
    match (tree.value(target), from.value(value)) {
        // Anything can be appended to a list that was asked for by name; inside an object only a list joins a list.
        (Value::Sequence(_), _) => None,
        _ => unmergeable(tree, target, from, value),
    }
}

fn unmergeable(tree: &Tree, target: NodeId, from: &Tree, value: NodeId) -> Option<(NodeId, NodeId)> {
    match (tree.value(target), from.value(value)) {
        (Value::Mapping(_), Value::Mapping(brought)) => brought.iter().find_map(|member| {
            tree.member(target, &member.key).and_then(|old| unmergeable(tree, old, from, member.value))
        }),
        (Value::Sequence(_), Value::Sequence(_)) => None,
        // An empty value of YAML takes whatever comes: `components:` with nothing behind it.
        (Value::Null, _) => None,
        (old, new) if is_scalar(old) && is_scalar(new) => None,
        _ => Some((target, value)),
    }
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Sequence(_) | Value::Mapping(_))
}

/// Merges what [`mismatch`] had nothing against: objects by member, lists one behind the other, scalars replaced.
pub(super) fn merge(tree: &mut Tree, target: NodeId, from: &Tree, value: NodeId) {
    match (tree.value(target).clone(), from.value(value)) {
        (Value::Mapping(_), Value::Mapping(brought)) => {
            for member in brought {
                match tree.member(target, &member.key) {
                    Some(old) => merge(tree, old, from, member.value),
                    None => {
                        let new = copied(from, member.value, tree);
                        tree.set_member(target, &member.key, member.key_place, new);
                    }
                }
            }
        }
        (Value::Sequence(mut items), Value::Sequence(brought)) => {
            items.extend(brought.iter().map(|item| copied(from, *item, tree)));
            tree.set_value(target, Value::Sequence(items));
        }
        (Value::Sequence(mut items), _) => {
            items.push(copied(from, value, tree));
            tree.set_value(target, Value::Sequence(items));
        }
        _ => {
            let new = copied(from, value, tree);
            let (place, new) = (tree.place(new), tree.value(new).clone());
            tree.replace(target, place, new);
        }
    }
}
