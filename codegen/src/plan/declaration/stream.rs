//! What comes and goes beside values: streams, uploads, headers of answers.

use super::{BodyForm, OperationDecl, Plan, RustType};
use crate::facts::Pagination;

/// A declared header of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderDecl {
    /// Constant of the marker, for example `X_TOTAL_COUNT`.
    pub ident: String,
    /// In lower case.
    pub wire_name: String,
    /// Its type.
    pub ty: RustType,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

/// An answer that can be read while it arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamDecl {
    /// `stream()`: bytes.
    Bytes {
        /// What it asks for.
        accept: String,
    },
    /// `records()`: JSON lines.
    Records {
        /// What it asks for.
        accept: String,
        /// One of them.
        item: RustType,
    },
    /// `events()`: server-sent events.
    Events {
        /// What they carry.
        data: RustType,
        /// What the schema describes of them.
        form: EventForm,
    },
}

/// What the schema of a server-sent event describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventForm {
    /// Its data, which is text.
    Text,
    /// Its data, which is JSON.
    Json,
    /// The whole event as an object.
    Whole,
}

impl Plan {
    /// Every operation.
    pub fn operations(&self) -> impl Iterator<Item = &OperationDecl> {
        self.resources.iter().flat_map(|resource| &resource.operations).chain(&self.client.operations)
    }

    /// What bodies hold that is more than a value: `Upload`, `Lines` of records, and `FilePart` of multipart bodies.
    pub fn uploads(&self) -> impl Iterator<Item = &'static str> {
        let own = self.operations().flat_map(|operation| &operation.body);
        let others = self.operations().flat_map(|operation| &operation.other_bodies);
        own.chain(others).flat_map(|body| {
            let names: &[&str] = match body.form {
                BodyForm::Upload => &["Upload"],
                BodyForm::Lines => &["Lines", "Upload"],
                BodyForm::Value if body.has_files() => &["FilePart", "Upload"],
                BodyForm::Value => &[],
            };
            names.iter().copied()
        })
    }

    /// What operations can be read while they arrive.
    pub fn streams(&self) -> impl Iterator<Item = &StreamDecl> {
        self.operations().flat_map(|operation| &operation.streams)
    }

    /// Whether any operation answers in pages of which each names the URL of the next one.
    pub fn has_links(&self) -> bool {
        let mut pagination = self.operations().filter_map(|operation| operation.pagination.as_ref());
        pagination.any(|pagination| matches!(pagination.facts, Pagination::Link { .. }))
    }

    /// Whether any operation answers in pages.
    pub fn has_pages(&self) -> bool {
        self.operations().any(|operation| operation.pagination.is_some())
    }
}
