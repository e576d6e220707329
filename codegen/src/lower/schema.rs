//! From a schema to the type where it is used: identity, recursion, and the choice of the kind.
//!
//! What each kind becomes is decided in `scalar`, `enumeration`, `array`, `object` and `union`.

use crate::api::{Accessor, Raw, Shape, TypeId, Use};
use crate::diagnostic::codes;
use crate::lower::all_of::{Parts, gather, node};
use crate::lower::declared::Merged;
use crate::lower::subject::{Content, DEPTH, Memo, Pending, Subject};
use crate::lower::types::{empty_object, empty_union};
use crate::lower::{Lowering, kind, scalar, union};
use crate::normalise::model::{JsonType, SchemaId, SchemaNode};
use crate::tree::NodeId;

impl<'a> Lowering<'a> {
    /// The type of a schema where it is used.
    pub(super) fn lower_use(&mut self, schema: SchemaId) -> Use {
        self.lower_at(schema, 0)
    }

    /// The same inside `depth` lists and maps.
    pub(super) fn lower_at(&mut self, schema: SchemaId, depth: usize) -> Use {
        let schema = self.events.get(&schema).copied().unwrap_or(schema);
        match self.memo.get(schema) {
            Memo::Known(known) => return *known,
            Memo::Unknown if depth <= DEPTH => {}
            _ => return self.endless(schema),
        }
        *self.memo.get_mut(schema) = Memo::Open;
        let canonical = self.canonical(schema);
        let mut of = if canonical == schema {
            self.lower_subject(Subject { depth, ..Subject::of(schema) })
        } else {
            self.lower_at(canonical, depth)
        };
        of.nullable = (of.nullable || *self.nullable.get(schema)) && !self.takes_null(of.ty);
        *self.memo.get_mut(schema) = Memo::Known(of);
        of
    }

    /// Whether the type has `null` among its values already.
    pub(super) fn takes_null(&self, ty: TypeId) -> bool {
        matches!(self.types.shape(ty), Shape::Any(_) | Shape::Null)
    }

    /// Lists of lists without end have no finite type; the place becomes opaque.
    fn endless(&mut self, schema: SchemaId) -> Use {
        let origin = self.origin(schema);
        let help = "put an object between them, or name one of them as a union";
        self.warn(&codes::OPAQUE, origin, "lists and maps that contain only each other are carried as raw JSON", help);
        self.any(schema, Raw::Beyond("items"))
    }

    /// The type of schemas that hold at once.
    pub(super) fn lower_subject(&mut self, subject: Subject) -> Use {
        let parts = self.parts(&subject);
        let ty = self.lower_parts(subject, &parts);
        Use { ty, nullable: false }
    }

    /// What holds at once for a subject.
    pub(super) fn parts(&self, subject: &Subject) -> Parts<'a> {
        gather(self.model, self.tree, subject.roots.all(), &subject.chosen)
    }

    fn lower_parts(&mut self, subject: Subject, parts: &Parts<'a>) -> TypeId {
        if node(self.model, subject.last()).replaced {
            return self.defer(subject, empty_object(), Content::Object);
        }
        if !subject.itself
            && let Some(children) = self.children_of(&subject)
        {
            return self.defer(subject, empty_union(), Content::Children(children));
        }
        if subject.kind.is_none() && !parts.choices.is_empty() {
            return union::lower_choice(self, subject, parts);
        }
        if let Some(never) = parts.list.iter().find(|part| part.node.boolean == Some(false)) {
            let message = "no value fits this schema";
            self.contradiction(never.id, message, "`false` allows no value", "the value is carried as raw JSON");
            return self.any(subject.last(), Raw::Beyond("false")).ty;
        }
        if let (None, Some(odd)) = (subject.kind, kind::contradiction(self.tree, parts)) {
            let message = "this type contradicts what is declared before it";
            self.contradiction(odd, message, "another type than before", "values of each of the types are accepted");
        }
        let kinds = subject.kind.map_or_else(|| kind::kinds(self.tree, parts), |kind| vec![kind]);
        match kinds.as_slice() {
            [] if kind::only_null(self.tree, parts) => self.intern(&subject, Shape::Null),
            [] => {
                let why = self.why_raw(&subject, parts);
                self.intern(&subject, Shape::Any(why))
            }
            [kind] => self.lower_kind(subject, *kind, parts),
            either if scalar::is_number_or_string(self.tree, parts, either) => {
                let shape = scalar::number_or_string(parts);
                self.intern(&subject, shape)
            }
            several => {
                let several = several.to_vec();
                self.lower_kinds(subject, several)
            }
        }
    }

    fn lower_kind(&mut self, subject: Subject, kind: JsonType, parts: &Parts<'a>) -> TypeId {
        match kind {
            JsonType::Null => self.intern(&subject, Shape::Null),
            JsonType::Boolean => self.intern(&subject, Shape::Boolean),
            JsonType::Integer | JsonType::Number | JsonType::String => self.lower_scalar(subject, kind, parts),
            JsonType::Array => self.lower_array(&subject, parts),
            JsonType::Object if parts.list.iter().any(|part| !part.node.properties.is_empty()) => {
                self.defer(subject, empty_object(), Content::Object)
            }
            JsonType::Object => self.lower_map(&subject, parts),
        }
    }

    fn contradiction(&mut self, schema: SchemaId, message: &str, label: &str, recovery: &str) {
        let place = self.tree.place(self.origin(schema));
        self.collector
            .report(&codes::CONTRADICTORY_SCHEMA, place)
            .message(message)
            .label(label)
            .help("declare one type that all parts of the schema allow")
            .recovery(recovery);
    }

    /// Gives a type its id; its content comes from the queue.
    pub(super) fn defer(&mut self, subject: Subject, shape: Shape, content: Content) -> TypeId {
        let id = self.define(&subject, shape);
        self.pending.push_back(Pending { id, subject, content });
        id
    }

    /// Fills what has an id but no content, and what that reaches.
    pub(super) fn fill_pending(&mut self) {
        while let Some(Pending { id, subject, content }) = self.pending.pop_front() {
            let shape = match content {
                Content::Object => self.fill_object(id, &subject),
                Content::Choice => self.fill_choice(id, &subject),
                Content::Children(children) => self.fill_children(id, &subject, &children),
                Content::Kinds(kinds) => self.fill_kinds(id, &subject, &kinds),
            };
            self.types.fill(id, shape);
        }
    }

    /// A named type.
    pub(super) fn define(&mut self, subject: &Subject, shape: Shape) -> TypeId {
        let (origin, pointer) = self.place_of(subject.last());
        let id = self.types.define(shape, subject.source.clone(), origin, pointer);
        if let Some(merged) = Merged::of(subject) {
            self.merged.insert(id, merged);
        }
        let accessors = node(self.model, subject.last()).facts.accessors.iter();
        let accessors = accessors.map(|(name, pointers)| Accessor { name: name.clone(), pointers: pointers.clone() });
        if let Some(ty) = self.types.get_mut(id) {
            ty.accessors = accessors.collect();
        }
        id
    }

    /// A type without a name.
    pub(super) fn intern(&mut self, subject: &Subject, shape: Shape) -> TypeId {
        let (origin, pointer) = self.place_of(subject.last());
        self.types.intern(shape, origin, pointer)
    }

    /// Why nothing is known of values to which no part gives a type.
    fn why_raw(&self, subject: &Subject, parts: &Parts<'a>) -> Raw {
        let set_aside = subject.chosen.first().map(|owner| node(self.model, *owner));
        if let Some(owner) = set_aside {
            return Raw::Beyond(if owner.one_of.is_empty() { "anyOf" } else { "oneOf" });
        }
        let beyond = parts.list.iter().find_map(|part| self.beyond(part.node));
        beyond.map_or(Raw::Declared, Raw::Beyond)
    }

    /// The keyword of a schema that limits its values without giving them a type.
    fn beyond(&self, schema: &SchemaNode) -> Option<&'static str> {
        if schema.dangling {
            return Some("$ref");
        }
        ["not", "if", "dependentSchemas"].into_iter().find(|keyword| self.tree.member(schema.at, keyword).is_some())
    }

    /// Any value.
    pub(super) fn any(&mut self, schema: SchemaId, why: Raw) -> Use {
        let (origin, pointer) = self.place_of(schema);
        Use { ty: self.types.intern(Shape::Any(why), origin, pointer), nullable: false }
    }

    fn place_of(&self, schema: SchemaId) -> (NodeId, &'a str) {
        let schema = node(self.model, schema);
        (schema.at, schema.pointer.as_str())
    }

    /// Where a schema stands.
    pub(super) fn origin(&self, schema: SchemaId) -> NodeId {
        self.place_of(schema).0
    }
}
