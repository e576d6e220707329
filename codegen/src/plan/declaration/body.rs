//! Bodies of requests: how they are written, changed and checked.

use super::{RustType, Signature, SignatureType, StyleDecl};
use crate::api;

/// Checks of a value and of what is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleTree {
    /// Of the value itself.
    pub checks: Vec<api::Check>,
    /// Of its members (`*` for items and other values), only where there are checks below; recursion is cut.
    pub members: Vec<(String, RuleTree)>,
}

/// A request's body.
#[derive(Clone, Debug)]
pub struct BodyDecl {
    /// Content type as sent.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
    /// Its type.
    pub ty: RustType,
    /// An argument, or a setter `body` when the document says that it is optional.
    pub required: bool,
    /// How it is handed to the call.
    pub form: BodyForm,
    /// How a method takes it.
    pub given: SignatureType,
    /// Argument's name: `body`, or another name where a parameter has it.
    pub ident: String,
    /// The setter of a body that the document does not require.
    pub setter: Option<Signature>,
    /// Checks before sending.
    pub rules: RuleTree,
    /// What the client itself changes in it before that.
    pub adjustments: Vec<AdjustmentDecl>,
    /// Its members are parameters of the operation; the method takes no body.
    pub flat: bool,
}

/// How a body is handed to the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// A value that is encoded.
    Value,
    /// Bytes that travel as they are.
    Upload,
    /// Records that are encoded while they are sent.
    Lines,
}

/// A change that the client makes to a body before it is checked and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentDecl {
    /// Members from the body inwards; `*` is every item of a list or value of a map.
    pub path: Vec<String>,
    /// What is done there.
    pub change: Change,
}

/// What a client does to a member of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Sends this JSON where the caller set nothing.
    Fill(String),
    /// Takes white space off a text.
    Trim,
}

/// How a body is written, with what the document says of its members.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// As JSON.
    Json,
    /// As a form; the members that are encoded in their own way.
    Form(Vec<FormFieldDecl>),
    /// As text.
    Text,
    /// In parts; those that are files, or of which the document says something.
    Multipart(Vec<PartDecl>),
    /// As it is.
    Bytes,
}

/// A member of a form that is encoded in its own way.
#[derive(Clone, Debug, PartialEq)]
pub struct FormFieldDecl {
    /// On the wire.
    pub wire_name: String,
    /// How it becomes text.
    pub style: StyleDecl,
}

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct PartDecl {
    /// On the wire.
    pub wire_name: String,
    /// Whether it is a file.
    pub file: bool,
    /// The content type that the document gives it.
    pub content_type: Option<String>,
    /// How it becomes text; a style goes before a content type, and files have none.
    pub style: Option<StyleDecl>,
}

impl BodyDecl {
    /// Whether any of its parts is a file.
    pub(crate) fn has_files(&self) -> bool {
        matches!(&self.kind, BodyKind::Multipart(parts) if parts.iter().any(|part| part.file))
    }
}
