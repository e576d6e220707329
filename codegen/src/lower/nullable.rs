//! Which schemas take `null`.
//!
//! Schemas refer to each other in circles, so the answers are computed together, as the least solution: a schema takes
//! `null` only if something says so in the end. Each answer that turns wakes only the schemas that depend on it.

use crate::arena::Side;
use crate::lower::all_of::{is_null, says_shape};
use crate::normalise::model::{JsonType, Model, SchemaId, SchemaNode};
use crate::tree::{NodeId, Tree};

/// By schema: whether `null` is a value of it.
pub(super) fn nullable(model: &Model, tree: &Tree) -> Side<SchemaNode, bool> {
    let schemas = &model.document.schemas;
    let mut dependents: Side<SchemaNode, Vec<SchemaId>> = schemas.side(Vec::new());
    let mut open: Vec<SchemaId> = Vec::new();
    for (id, schema) in schemas.iter() {
        open.push(id);
        if !says_kind(schema) {
            let lists = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
            for member in schema.reference.iter().chain(lists) {
                dependents.get_mut(*member).push(id);
            }
        }
    }
    let mut known = schemas.side(false);
    while let Some(id) = open.pop() {
        let schema = schemas.get(id);
        if *known.get(id) {
            continue;
        }
        if says_null(tree, schema) || (!says_kind(schema) && members_take_null(model, tree, schema, &known)) {
            *known.get_mut(id) = true;
            open.extend(dependents.get(id));
        }
    }
    known
}

/// Whether all that a schema is made of takes `null`; a choice does if one of its members does.
fn members_take_null(model: &Model, tree: &Tree, schema: &SchemaNode, known: &Side<SchemaNode, bool>) -> bool {
    let members = schema.all_of.iter().copied().filter(|id| says_shape(model, *id));
    let mut held = schema.reference.into_iter().chain(members).peekable();
    let mut lists = [&schema.one_of, &schema.any_of].into_iter().filter(|list| !list.is_empty()).peekable();
    (held.peek().is_some() || lists.peek().is_some())
        && held.all(|id| *known.get(id))
        && lists.all(|list| list.iter().any(|id| *known.get(*id) || is_null(model, tree, *id)))
}

fn says_null(tree: &Tree, schema: &SchemaNode) -> bool {
    let null = |id: &NodeId| tree.is_null(*id);
    schema.nullable
        || schema.types.contains(&JsonType::Null)
        || schema.const_value.as_ref().is_some_and(null)
        || schema.enum_values.as_ref().is_some_and(|values| values.iter().any(null))
}

/// Whether a schema says by itself which values there are, so that silence about `null` excludes it.
fn says_kind(node: &SchemaNode) -> bool {
    !(node.types.is_empty() && node.properties.is_empty()) || node.enum_values.is_some() || node.const_value.is_some()
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn null_comes_through_circles_of_references() {
        check_schemas(
            r#"
            A: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: string }] }
            B: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: integer }, { type: "null" }] }
            Box: { properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' } } }
            "#,
            r#"
            A = union
              B 'B'
              string
            B = union
              A 'A'
              integer
            Box = object
              a: A?
              b: B?
            "#,
        );
    }
}
