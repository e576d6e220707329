//! What calls give: one kind of success, or several.

use super::RustType;
use crate::api;

/// What a call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputDecl {
    /// Nothing: `()`.
    Empty,
    /// JSON of this type.
    Json(RustType),
    /// JSON, or nothing (an empty body or `null`): `Option<T>`.
    OptionalJson(RustType),
    /// A member of JSON: `Vec<T>` where it is a list, which may be empty, else `Option<T>`.
    Member {
        /// JSON pointer.
        pointer: String,
        /// The list, or the type of the member.
        ty: RustType,
    },
    /// `String`.
    Text,
    /// `rt::Bytes`.
    Bytes,
    /// Where a redirect leads, which is the only success: `rt::RedirectTarget`.
    Redirect,
    /// Several kinds of success: an open enum, written beside the marker.
    OneOf {
        /// The enum.
        ident: String,
        /// One for each status, and for each content type of it that is read in its own way.
        variants: Vec<SuccessDecl>,
        /// The variant that keeps raw what the document does not describe; `None` where it describes everything.
        other: Option<String>,
    },
}

/// One kind of success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuccessDecl {
    /// Variant.
    pub ident: String,
    /// The status that it comes with.
    pub status: api::Status,
    /// The content types that it comes as; empty: the status alone tells.
    pub content_types: Vec<String>,
    /// What it holds.
    pub output: OutputDecl,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
}
