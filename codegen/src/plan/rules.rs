//! What is checked before a request is sent, as a tree that follows the JSON that is sent.

use super::declaration::RuleTree;
use super::index::Index;
use super::side::{Side, Travel};
use crate::api::{Additional, Check, Limits, Shape, TypeId};

/// Deeper checks are left to the server: the tree repeats a type wherever it is used.
const MAX_DEPTH: usize = 12;

/// Name of items and of members without a name.
const EACH: &str = "*";

/// The checks of a type in requests; none where the document does not ask for them.
pub(super) fn plan_rules(index: &Index<'_>, ty: TypeId, side: Side) -> RuleTree {
    if !index.api.facts.validate_requests {
        return RuleTree::default();
    }
    tree(index, ty, side, &mut Vec::new()).unwrap_or_default()
}

/// `None` where nothing is checked.
fn tree(index: &Index<'_>, id: TypeId, side: Side, above: &mut Vec<TypeId>) -> Option<RuleTree> {
    if above.contains(&id) || above.len() >= MAX_DEPTH {
        return None;
    }
    above.push(id);
    let found =
        index.ty(id).map(|ty| RuleTree { checks: checks(&ty.shape), members: members(index, &ty.shape, side, above) });
    above.pop();
    found.filter(|tree| !tree.checks.is_empty() || !tree.members.is_empty())
}

fn checks(shape: &Shape) -> Vec<Check> {
    let limits: &Limits = match shape {
        Shape::Integer { limits, .. } | Shape::Number { limits, .. } | Shape::String { limits, .. } => limits,
        Shape::Array { limits, .. } | Shape::Map { limits, .. } => limits,
        Shape::Enum(values) => &values.limits,
        Shape::Object(object) => &object.limits,
        // Which variant a value is of is for the server to judge; the type of a tuple says how many items there are.
        Shape::Any(_) | Shape::Null | Shape::Boolean | Shape::Union(_) | Shape::Tuple { .. } => return Vec::new(),
    };
    limits.checks.clone()
}

fn members(index: &Index<'_>, shape: &Shape, side: Side, above: &mut Vec<TypeId>) -> Vec<(String, RuleTree)> {
    match shape {
        Shape::Array { items: of, .. } | Shape::Map { values: of, .. } => {
            tree(index, of.ty, side, above).map(|tree| (EACH.to_owned(), tree)).into_iter().collect()
        }
        Shape::Object(object) => {
            let shown =
                object.properties.iter().filter(|property| side != Side::Request || Travel::Requests.shows(property));
            let own = shown
                .filter_map(|property| Some((property.wire_name.clone(), tree(index, property.of.ty, side, above)?)));
            let mut own: Vec<(String, RuleTree)> = own.collect();
            if let Additional::Typed(of) = object.additional {
                own.extend(tree(index, of.ty, side, above).map(|tree| (EACH.to_owned(), tree)));
            }
            own
        }
        _ => Vec::new(),
    }
}
