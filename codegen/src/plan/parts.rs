//! Multipart bodies: which types travel in parts, and which of their members are files.
//!
//! A binary member of a body that travels in parts, and nowhere else, is a file: a name, a content type and a stream. Where
//! the type is read too, or is JSON elsewhere, its binary members stay text.

use super::declaration::{RustType, Scalar};
use super::index::Index;
use crate::api::{Shape, TypeId};

impl Index<'_> {
    /// Members of a type that are files.
    pub(super) fn files(&self, id: TypeId) -> Vec<String> {
        let Some(Shape::Object(object)) = self.ty(id).map(|ty| &ty.shape).filter(|_| self.in_parts.contains(&id))
        else {
            return Vec::new();
        };
        let files = object.properties.iter().filter(|property| self.is_file(property.of.ty));
        files.map(|property| property.wire_name.clone()).collect()
    }

    /// The type of a member that is a file, or a list of files.
    pub(super) fn file(&self, owner: TypeId, member: TypeId) -> Option<RustType> {
        let file = RustType::Scalar(Scalar::File);
        let ty = self.ty(member).filter(|_| self.in_parts.contains(&owner) && self.is_file(member))?;
        Some(if matches!(ty.shape, Shape::Array { .. }) { RustType::List(Box::new(file)) } else { file })
    }

    fn is_file(&self, id: TypeId) -> bool {
        match self.ty(id).map(|ty| &ty.shape) {
            Some(Shape::Array { items, .. }) => self.is_binary(items.ty),
            _ => self.is_binary(id),
        }
    }

    fn is_binary(&self, id: TypeId) -> bool {
        let format = match self.ty(id).map(|ty| &ty.shape) {
            Some(Shape::String { format, .. }) => format.as_deref(),
            _ => None,
        };
        format == Some("binary")
    }
}
