//! What is lowered, and what is known of it on the way.

use crate::api::{TypeId, Use};
use crate::lower::types::Source;
use crate::normalise::model::{JsonType, SchemaId};

/// How many lists and maps may stand inside each other without an object between them.
pub(super) const DEPTH: usize = 64;

/// What is known of a schema's type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Memo {
    /// Nothing yet.
    Unknown,
    /// It is a list or a map that is being lowered; meeting it again means that nothing but lists and maps recurse.
    Open,
    /// Its type.
    Known(Use),
}

/// What is lowered: schemas that hold at once.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The schemas.
    pub(super) roots: Held,
    /// What a named type made of them is called after.
    pub(super) source: Source,
    /// One of several JSON types.
    pub(super) kind: Option<JsonType>,
    /// Schemas whose choice was made already.
    pub(super) chosen: Vec<SchemaId>,
    /// Whether a parent means itself and not any of its children.
    pub(super) itself: bool,
    /// How many lists and maps stand around it.
    pub(super) depth: usize,
}

impl Subject {
    /// The subject of one schema.
    pub(super) fn of(schema: SchemaId) -> Self {
        Self {
            roots: Held::of(schema),
            source: Source::Schema(schema),
            kind: None,
            chosen: Vec::new(),
            itself: false,
            depth: 0,
        }
    }

    /// The schema that speaks last.
    pub(super) fn last(&self) -> SchemaId {
        self.roots.last()
    }
}

/// Schemas that hold at once, inherited ones first. There is always one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    all: Vec<SchemaId>,
    last: SchemaId,
}

impl Held {
    /// One schema.
    pub(super) fn of(schema: SchemaId) -> Self {
        Self { all: vec![schema], last: schema }
    }

    /// The same and another one, which speaks last.
    pub(super) fn and(mut self, schema: SchemaId) -> Self {
        self.all.push(schema);
        Self { last: schema, ..self }
    }

    /// The same with one of them, or another one, in the last place.
    pub(super) fn with(mut self, schema: SchemaId) -> Self {
        self.all.retain(|other| *other != schema);
        self.all.push(schema);
        Self { last: schema, ..self }
    }

    /// Adds a schema behind the others, unless it is among them.
    pub(super) fn add_new(held: &mut Option<Self>, schema: SchemaId) {
        *held = Some(match held.take() {
            None => Self::of(schema),
            Some(held) if held.all.contains(&schema) => held,
            Some(held) => held.and(schema),
        });
    }

    /// All of them.
    pub(super) fn all(&self) -> &[SchemaId] {
        &self.all
    }

    /// All but the last.
    pub(super) fn earlier(&self) -> &[SchemaId] {
        self.all.split_last().map_or(&[], |(_, earlier)| earlier)
    }

    /// The one that speaks last.
    pub(super) fn last(&self) -> SchemaId {
        self.last
    }
}

/// A type that has an id but no content yet.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) id: TypeId,
    pub(super) subject: Subject,
    pub(super) content: Content,
}

/// What a pending type will be.
#[derive(Debug)]
pub(super) enum Content {
    /// An object with known members.
    Object,
    /// A choice of the document.
    Choice,
    /// The children of a parent.
    Children(Vec<SchemaId>),
    /// Several JSON types.
    Kinds(Vec<JsonType>),
}
