//! Small values of the model for the tests of this module and of `plan`.

use crate::api::{Api, Docs, Naming, Operation, Shape, Type, TypeId, Use};
use crate::tree::NodeId;

/// An operation without anything.
pub(crate) fn operation(method: &str, path: &str) -> Operation {
    Operation {
        operation_id: None,
        facts: Default::default(),
        method: method.to_owned(),
        path: path.to_owned(),
        tag: None,
        docs: Docs::default(),
        parameters: Vec::new(),
        body: None,
        answers: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        origin: NodeId(0),
        pointer: format!("#/paths/{}/{}", path.replace('/', "~1"), method.to_lowercase()),
    }
}

/// Adds a component.
#[allow(dead_code)]
pub(crate) fn component(api: &mut Api, key: &str, shape: Shape) -> TypeId {
    let naming = Naming { component: Some(key.to_owned()), ..Naming::default() };
    add(api, naming, format!("#/components/schemas/{key}"), shape)
}

/// Adds a type.
pub(crate) fn add(api: &mut Api, naming: Naming, pointer: String, shape: Shape) -> TypeId {
    let id = TypeId(u32::try_from(api.types.len()).unwrap_or(u32::MAX));
    api.types.push(Type {
        origin: NodeId(id.0),
        pointer,
        naming,
        docs: Docs::default(),
        shape,
        in_answers: true,
        in_requests: true,
    });
    id
}

/// A use that is never null.
pub(crate) fn of(ty: TypeId) -> Use {
    Use { ty, nullable: false }
}
