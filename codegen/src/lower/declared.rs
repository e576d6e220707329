//! One place of which several schemas speak: a member, or the items of a list, that several parts of an `allOf` declare.
//!
//! Owns what the declarations come to together, and that merges inside merges end. Facts and words are not its concern.

use crate::api::{TypeId, Use};
use crate::diagnostic::codes;
use crate::lower::all_of::{gather, has_own_shape, node};
use crate::lower::subject::{DEPTH, Held, Subject};
use crate::lower::types::Source;
use crate::lower::{Lowering, kind};
use crate::normalise::model::{JsonType, SchemaId};

/// How many merged types may stand inside each other.
const NESTED: usize = 100;

/// How many types may be merged below others that were. Where types hold themselves by several members, those multiply.
const MERGES: usize = 1_000;

/// A type that several schemas make together, and where it stands.
#[derive(Debug)]
pub(super) struct Merged {
    owner: TypeId,
    roots: Held,
}

impl Merged {
    /// What is known of a type before it is filled; `None` if it stands below no type.
    pub(super) fn of(subject: &Subject) -> Option<Self> {
        Some(Self { owner: subject.source.owner()?, roots: subject.roots.clone() })
    }
}

impl Lowering<'_> {
    /// The type of a place: the last declaration, narrowed by the earlier ones where both speak of the same kind.
    /// `declared` has inherited ones first; `depth` is that of the lists and maps around it.
    pub(super) fn lower_declared(&mut self, source: Source, declared: &Held, depth: usize) -> Use {
        let (earlier, last) = (declared.earlier(), declared.last());
        let mut held: Vec<SchemaId> = Vec::new();
        for id in declared.all() {
            let canonical = self.canonical(*id);
            held.retain(|other| *other != canonical);
            held.push(canonical);
        }
        if held.len() < 2 {
            return self.lower_at(last, depth);
        }
        if self.overrides(last, earlier) {
            self.tell_contradiction(last, earlier);
            return self.lower_at(last, depth);
        }
        if !self.says_kind(last)
            && let [first] = earlier
        {
            return self.lower_at(*first, depth);
        }
        let nullable = declared.all().iter().all(|id| *self.nullable.get(*id) || !self.says_kind(*id));
        let ty = self.merge(source, declared, depth);
        Use { ty, nullable: nullable && !self.takes_null(ty) }
    }

    /// The type that all declarations make together. Where a type holds itself, the merged one does as well.
    fn merge(&mut self, source: Source, declared: &Held, depth: usize) -> TypeId {
        let around = self.around(&source);
        if let Some(same) = around.iter().rposition(|(_, merged)| merged.roots == *declared)
            && let Some((ty, _)) = around.get(same)
        {
            return *ty;
        }
        let inside = around.len();
        let last = declared.last();
        if depth > DEPTH {
            return self.lower_at(last, depth).ty;
        }
        self.merges += usize::from(inside > 0);
        if inside > NESTED || self.merges > MERGES {
            let origin = self.origin(last);
            let help = "declare the members in one place";
            self.warn(&codes::OPAQUE, origin, "what several schemas say of this place is not put together", help);
            return self.lower_at(last, depth).ty;
        }
        let subject = Subject { source, roots: declared.clone(), depth, ..Subject::of(last) };
        self.lower_subject(subject).ty
    }

    /// The merged types that a place stands in, the innermost first.
    fn around(&self, source: &Source) -> Vec<(TypeId, &Merged)> {
        let mut around = Vec::new();
        let mut at = source.owner();
        while let Some((owner, merged)) = at.and_then(|owner| Some((owner, self.merged.get(&owner)?))) {
            around.push((owner, merged));
            at = Some(merged.owner);
        }
        around
    }

    /// Whether a later declaration stands alone: it names another type, lists values, or is of another kind.
    fn overrides(&self, last: SchemaId, earlier: &[SchemaId]) -> bool {
        let schema = node(self.model, last);
        let names_values = schema.enum_values.is_some() || schema.const_value.is_some();
        let composes = schema.reference.is_some()
            || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty());
        if names_values || composes {
            return true;
        }
        let own = self.kinds_of(last);
        earlier.iter().any(|id| {
            let before = gather(self.model, self.tree, &[*id], &[]);
            let kinds = kind::kinds(self.tree, &before);
            !before.choices.is_empty()
                || (!own.is_empty() && !kinds.is_empty() && !own.iter().any(|kind| kinds.contains(kind)))
        }) && !own.is_empty()
    }

    /// Tells that no value is of the types of all declarations.
    fn tell_contradiction(&mut self, last: SchemaId, earlier: &[SchemaId]) {
        let own = self.kinds_of(last);
        let number = |kind: JsonType| if kind == JsonType::Integer { JsonType::Number } else { kind };
        let fits = |kinds: &[JsonType]| kinds.iter().any(|kind| own.iter().any(|own| number(*own) == number(*kind)));
        let before = earlier.iter().map(|id| (*id, self.kinds_of(*id)));
        let Some((odd, kinds)) =
            before.into_iter().find(|(_, kinds)| !own.is_empty() && !kinds.is_empty() && !fits(kinds))
        else {
            return;
        };
        let place = |id| self.tree.place(self.origin(id));
        let (here, there) = (place(last), place(odd));
        self.collector
            .report(&codes::CONTRADICTORY_SCHEMA, here)
            .message("parts of one schema declare the same member with different types")
            .label(format!("{} here", words(&own)))
            .help("declare one type that all parts of the schema allow")
            .recovery("the later declaration counts")
            .related(there, format!("{} here", words(&kinds)));
    }

    fn says_kind(&self, id: SchemaId) -> bool {
        has_own_shape(node(self.model, id)) || !self.kinds_of(id).is_empty()
    }

    fn kinds_of(&self, id: SchemaId) -> Vec<JsonType> {
        kind::kinds(self.tree, &gather(self.model, self.tree, &[id], &[]))
    }
}

fn words(kinds: &[JsonType]) -> String {
    let word = |kind: &JsonType| match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    };
    kinds.iter().map(word).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{check_codes, check_schemas};

    #[test]
    fn members_of_types_that_exclude_each_other_are_told() {
        let schemas = r#"
            Price: { type: object, properties: { value: { type: string } } }
            Pet:
              allOf:
                - properties: { name: { type: string }, age: { type: number }, price: { type: integer }, tag: {} }
                - properties:
                    name: { type: integer }
                    age: { type: integer }
                    price: { $ref: '#/components/schemas/Price' }
                    tag: { type: string }
        "#;
        check_codes(schemas, &["TW0404", "TW0404"]);
    }

    #[test]
    fn what_holds_itself_is_merged_once() {
        check_schemas(
            r#"
            Pet:
              allOf:
                - properties: { child: { $ref: '#/components/schemas/Pet' } }
                - properties: { child: { type: object, properties: { id: { type: integer } } } }
            House:
              allOf:
                - properties: { rooms: { type: array, items: { $ref: '#/components/schemas/House' } } }
                - properties: { rooms: { items: { type: object, properties: { id: { type: integer } } } } }
            "#,
            r#"
            Pet = object
              child: Pet.child
            House = object
              rooms: [House.rooms[]]
            Pet.child = object
              child: Pet.child
              id: integer
            House.rooms[] = object
              rooms: [House.rooms[]]
              id: integer
            "#,
        );
    }

    #[test]
    fn merges_that_multiply_have_an_end() {
        let members =
            |of: &dyn Fn(usize) -> String| (0..7).map(|n| format!("c{n}: {}", of(n))).collect::<Vec<_>>().join(", ");
        let own = members(&|_| "{ $ref: '#/components/schemas/Pet' }".to_owned());
        let inline = members(&|n| format!("{{ type: object, properties: {{ id{n}: {{ type: string }} }} }}"));
        let schemas =
            format!("\n Pet: {{ allOf: [{{ properties: {{ {own} }} }}, {{ properties: {{ {inline} }} }}] }}\n");
        // One for each place.
        check_codes(&schemas, &["TW0406"; 7]);
    }
}
