//! Lists.

use crate::api::{Shape, TypeId, Use};
use crate::lower::all_of::Parts;
use crate::lower::schema::Subject;
use crate::lower::{Lowering, limits};
use crate::normalise::model::{JsonType, SchemaId};

impl<'a> Lowering<'a> {
    /// A list. The last part that says its items decides them; a tuple is a list of what its places share.
    pub(super) fn lower_array(&mut self, subject: &Subject, parts: &Parts<'a>) -> TypeId {
        let said = parts.list.iter().rev().find(|part| part.node.items.is_some() || !part.node.prefix_items.is_empty());
        let items = match said {
            Some(part) if part.node.prefix_items.is_empty() => match part.node.items {
                Some(items) => self.lower_at(items, subject.depth + 1),
                None => self.any(part.id),
            },
            Some(part) => self.lower_tuple(part.id, &part.node.prefix_items, part.node.items, subject.depth),
            None => self.any(subject.last()),
        };
        let limits = limits::lower(parts, JsonType::Array);
        self.intern(subject, Shape::Array { items, limits })
    }

    /// What every place of a tuple has in common: their one type, or any value.
    fn lower_tuple(&mut self, owner: SchemaId, places: &[SchemaId], rest: Option<SchemaId>, depth: usize) -> Use {
        let rest = rest.filter(|id| crate::lower::all_of::says_shape(self.model, *id));
        let open =
            |id: &SchemaId| crate::lower::all_of::node(self.model, *id).is_some_and(|node| node.boolean == Some(false));
        let all: Vec<SchemaId> = places.iter().copied().chain(rest.filter(|id| !open(id))).collect();
        let mut uses = all.into_iter().map(|id| self.lower_at(id, depth + 1)).collect::<Vec<_>>().into_iter();
        let Some(first) = uses.next() else { return self.any(owner) };
        let alike = uses.as_slice().iter().all(|other| other.ty == first.ty);
        let nullable = first.nullable || uses.any(|other| other.nullable);
        if alike { Use { ty: first.ty, nullable } } else { self.any(owner) }
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn tuples_are_lists_of_what_they_share() {
        check_schemas(
            r#"
            Box:
              properties:
                point: { type: array, prefixItems: [{ type: number }, { type: number }], items: false }
                pair: { type: array, prefixItems: [{ type: number }, { type: string }] }
                free: { type: array }
            "#,
            r#"
            Box = object
              point: [number] // The first 2 items have a meaning each (not checked).
              pair: [any] // The first 2 items have a meaning each (not checked).
              free: [any]
            "#,
        );
    }

    #[test]
    fn lists_of_themselves_are_opaque() {
        crate::lower::testing::check_codes(
            r#"
            Deep: { type: array, items: { $ref: '#/components/schemas/Deep' } }
            "#,
            &["TW0406"],
        );
    }
}
