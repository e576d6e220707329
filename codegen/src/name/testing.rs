//! Small values of the model for the tests of this module.

use crate::api::{Docs, Operation};
use crate::tree::some_node;

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
        asks_for: Vec::new(),
        origin: some_node(),
        pointer: format!("#/paths/{}/{}", path.replace('/', "~1"), method.to_lowercase()),
    }
}
