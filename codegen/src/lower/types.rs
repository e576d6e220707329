//! The store of types: named ones by id, all others once per distinct shape.
//!
//! Does not decide what a type is.

use std::collections::BTreeMap;

use fnv::FnvHashMap;

use crate::api::{Context, Docs, Naming, Object, Raw, Shape, Type, TypeId, Union};
use crate::normalise::model::SchemaId;
use crate::tree::NodeId;

/// What a named type was made of, which decides its name and its words.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The type of this schema.
    Schema(SchemaId),
    /// Made of several schemas, below something named.
    Within(Vec<Context>, SchemaId),
    /// Made of several schemas, below the first one; the second has its words.
    Below(SchemaId, Vec<Context>, SchemaId),
}

impl Source {
    /// What stands at a step below it, with the words of `schema`.
    pub(super) fn step(&self, step: Context, schema: SchemaId) -> Self {
        match self {
            Self::Schema(outer) => Self::Below(*outer, vec![step], schema),
            Self::Within(context, _) => Self::Within(further(context, step), schema),
            Self::Below(outer, context, _) => Self::Below(*outer, further(context, step), schema),
        }
    }

    /// The type that it stands below, where that is known.
    pub(super) fn owner(&self) -> Option<TypeId> {
        match self {
            Self::Within(context, _) => match context.first() {
                Some(Context::Type(owner)) => Some(*owner),
                _ => None,
            },
            _ => None,
        }
    }
}

fn further(context: &[Context], step: Context) -> Vec<Context> {
    context.iter().cloned().chain([step]).collect()
}

/// Every type so far.
#[derive(Debug, Default)]
pub(super) struct Types {
    types: Vec<Type>,
    sources: Vec<Option<Source>>,
    by_shape: FnvHashMap<Shape, TypeId>,
    by_schema: BTreeMap<SchemaId, TypeId>,
}

impl Types {
    /// The type of this shape, which has no name of its own.
    pub(super) fn intern(&mut self, shape: Shape, origin: NodeId, pointer: &str) -> TypeId {
        if let Some(id) = self.by_shape.get(&shape) {
            return *id;
        }
        let id = self.push(shape.clone(), origin, pointer);
        self.by_shape.insert(shape, id);
        id
    }

    /// A named type, to be filled later where it is an object or a union.
    pub(super) fn define(&mut self, shape: Shape, source: Source, origin: NodeId, pointer: &str) -> TypeId {
        let id = self.push(shape, origin, pointer);
        if let Source::Schema(schema) = &source {
            self.by_schema.insert(*schema, id);
        }
        if let Some(slot) = self.sources.last_mut() {
            *slot = Some(source);
        }
        id
    }

    /// A named type that no schema says; its name goes by `naming`.
    pub(super) fn make(
        &mut self,
        shape: Shape,
        naming: Naming,
        docs: Docs,
        (origin, pointer): (NodeId, &str),
    ) -> TypeId {
        let id = self.push(shape, origin, pointer);
        if let Some(ty) = self.get_mut(id) {
            ty.naming = naming;
            ty.docs = docs;
        }
        id
    }

    fn push(&mut self, shape: Shape, origin: NodeId, pointer: &str) -> TypeId {
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(Type {
            origin,
            pointer: pointer.to_owned(),
            naming: Naming::default(),
            docs: Docs::default(),
            shape,
            accessors: Vec::new(),
            in_answers: false,
            in_requests: false,
        });
        self.sources.push(None);
        id
    }

    /// Replaces the shape of a type.
    pub(super) fn fill(&mut self, id: TypeId, shape: Shape) {
        if let Some(ty) = self.types.get_mut(id.0 as usize) {
            ty.shape = shape;
        }
    }

    /// What a type is.
    pub(super) fn shape(&self, id: TypeId) -> &Shape {
        self.types.get(id.0 as usize).map_or(&Shape::Any(Raw::Declared), |ty| &ty.shape)
    }

    /// The JSON pointer of the schema that a type was made of.
    pub(super) fn pointer(&self, id: TypeId) -> &str {
        self.types.get(id.0 as usize).map_or("", |ty| &ty.pointer)
    }

    /// The named type of a schema.
    pub(super) fn of_schema(&self, schema: SchemaId) -> Option<TypeId> {
        self.by_schema.get(&schema).copied()
    }

    /// Every named type with what it was made of.
    pub(super) fn named(&self) -> Vec<(TypeId, Source)> {
        let named = self.sources.iter().zip(0..).filter_map(|(source, id)| Some((TypeId(id), source.clone()?)));
        named.collect()
    }

    /// The type, to be given its name and words.
    pub(super) fn get_mut(&mut self, id: TypeId) -> Option<&mut Type> {
        self.types.get_mut(id.0 as usize)
    }

    /// Hands over what was made.
    pub(super) fn finish(self) -> Vec<Type> {
        self.types
    }
}

/// An object that will be filled.
pub(super) fn empty_object() -> Shape {
    Shape::Object(Object {
        properties: Vec::new(),
        undeclared: Vec::new(),
        additional: crate::api::Additional::Kept,
        parents: Vec::new(),
        limits: crate::api::Limits::default(),
    })
}

/// A union that will be filled.
pub(super) fn empty_union() -> Shape {
    Shape::Union(Union { variants: Vec::new(), discriminator: None })
}
