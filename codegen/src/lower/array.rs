//! Lists.

use crate::api::{Context, Raw, Shape, TypeId, Use};
use crate::lower::all_of::{Parts, node};
use crate::lower::subject::{Held, Subject};
use crate::lower::{Lowering, limits};
use crate::normalise::model::{JsonType, Model, SchemaId};

impl<'a> Lowering<'a> {
    /// A list, or a tuple. The last part that says a list decides.
    pub(super) fn lower_array(&mut self, subject: &Subject, parts: &Parts<'a>) -> TypeId {
        if let Some(places) = places(self.model, parts) {
            let places = places.iter().map(|id| self.lower_at(*id, subject.depth + 1)).collect();
            return self.intern(subject, Shape::Tuple { places });
        }
        let said = parts.list.iter().rev().find(|part| part.node.items.is_some() || !part.node.prefix_items.is_empty());
        let items = match said {
            Some(part) if part.node.prefix_items.is_empty() => self.lower_items(subject, parts),
            Some(part) => self.lower_tuple(part.id, &part.node.prefix_items, part.node.items, subject.depth),
            None => self.any(subject.last(), Raw::Declared),
        };
        let limits = limits::lower(parts, JsonType::Array);
        self.intern(subject, Shape::Array { items, limits })
    }

    /// What the items of a list are by all parts that say it.
    fn lower_items(&mut self, subject: &Subject, parts: &Parts<'a>) -> Use {
        let mut declared: Option<Held> = None;
        for id in parts.list.iter().filter_map(|part| part.node.items) {
            Held::add_new(&mut declared, id);
        }
        let Some(declared) = declared else { return self.any(subject.last(), Raw::Declared) };
        if declared.earlier().is_empty() {
            return self.lower_at(declared.last(), subject.depth + 1);
        }
        let source = subject.source.step(Context::Item, declared.last());
        self.lower_declared(source, &declared, subject.depth + 1)
    }

    /// What every place of an open tuple has in common: their one type, or any value.
    fn lower_tuple(&mut self, owner: SchemaId, places: &[SchemaId], rest: Option<SchemaId>, depth: usize) -> Use {
        let rest = rest.filter(|id| crate::lower::all_of::says_shape(self.model, *id));
        let open = |id: &SchemaId| node(self.model, *id).boolean == Some(false);
        let all: Vec<SchemaId> = places.iter().copied().chain(rest.filter(|id| !open(id))).collect();
        let mut uses = all.into_iter().map(|id| self.lower_at(id, depth + 1)).collect::<Vec<_>>().into_iter();
        let Some(first) = uses.next() else { return self.any(owner, Raw::Declared) };
        let alike = uses.as_slice().iter().all(|other| other.ty == first.ty);
        let nullable = first.nullable || uses.any(|other| other.nullable);
        if alike { Use { ty: first.ty, nullable } } else { self.any(owner, Raw::Beyond("prefixItems")) }
    }
}

/// How many items a tuple may have; a longer one is a list.
const LONGEST: usize = 12;

/// The schemas of a list that has one for each of its items, and no other items: `items: false`, or as many at least and at
/// most as there are schemas. Who refuses further items and says nothing of the fewest means that all are there.
pub(super) fn places<'a>(model: &Model, parts: &Parts<'a>) -> Option<&'a [SchemaId]> {
    let said = parts.list.iter().rev().find(|part| part.node.items.is_some() || !part.node.prefix_items.is_empty())?;
    let places = said.node.prefix_items.as_slice();
    let bounds = || parts.list.iter().flat_map(|part| &part.node.bounds);
    let bound = |keyword| bounds().find(|(name, _)| *name == keyword).and_then(|(_, text)| text.parse::<usize>().ok());
    let (least, most) = (bound("minItems"), bound("maxItems"));
    let count = places.len();
    let refuses = said.node.items.is_some_and(|id| node(model, id).boolean == Some(false));
    let is_closed = if refuses {
        least.is_none_or(|least| least == count) && most.is_none_or(|most| most >= count)
    } else {
        least == Some(count) && most == Some(count)
    };
    (is_closed && (1..=LONGEST).contains(&count)).then_some(places)
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_schemas;

    #[test]
    fn open_tuples_are_lists_of_what_they_share() {
        check_schemas(
            r#"
            Box:
              properties:
                point: { type: array, prefixItems: [{ type: number }, { type: number }] }
                pair: { type: array, prefixItems: [{ type: number }, { type: string }], minItems: 2 }
                fewer: { type: array, prefixItems: [{ type: number }, { type: string }], minItems: 1, items: false }
                free: { type: array }
            "#,
            r#"
            Box = object
              point: [number] // The first 2 items have a meaning each (not checked).
              pair: [any]<count>=2> // The first 2 items have a meaning each (not checked).
              fewer: [any]<count>=1> // The first 2 items have a meaning each (not checked).
              free: [any]
            "#,
        );
    }

    #[test]
    fn closed_tuples_have_a_type_for_each_item() {
        check_schemas(
            r#"
            Point: { type: array, prefixItems: [{ type: number, title: Longitude }, { type: number }], items: false }
            Box:
              properties:
                at: { $ref: '#/components/schemas/Point' }
                pair:
                  type: array
                  prefixItems: [{ type: [string, "null"] }, { type: object, properties: { a: { type: string } } }]
                  minItems: 2
                  maxItems: 2
                  items: { type: integer }
                points: { type: array, items: { $ref: '#/components/schemas/Point' } }
            "#,
            r#"
            Box = object
              at: (number, number) // Item 1: Longitude
              pair: (string?, Box.pair[1])
              points: [(number, number)]
            Box.pair[1] = object
              a: string
            "#,
        );
    }

    #[test]
    fn items_declared_twice_are_all_that_is_said_of_them() {
        check_schemas(
            r#"
            Base: { type: object, properties: { pets: { type: array, items: { type: object, nullable: true, required: [id], properties: { id: { type: integer } } } } } }
            Shop:
              allOf:
                - $ref: '#/components/schemas/Base'
                - properties:
                    pets: { type: array, items: { type: object, nullable: true } }
            House:
              allOf:
                - $ref: '#/components/schemas/Base'
                - properties:
                    pets: { type: array, items: { properties: { name: { type: string } } } }
            Pets:
              allOf: [{ type: array, items: { properties: { a: { type: string } } } }, { items: { properties: { b: { type: string } } } }]
            "#,
            r#"
            Base = object
              pets: [Base.pets[]?]
            Shop = object < Base
              pets: [Shop.pets[]?]
            House = object < Base
              pets: [House.pets[]]
            (Pets)[] = object
              a: string
              b: string
            Base.pets[] = object
              id!: integer
            Shop.pets[] = object
              id!: integer
            House.pets[] = object
              id!: integer
              name: string
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
