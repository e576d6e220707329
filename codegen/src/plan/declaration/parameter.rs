//! Parameters: where they travel, who gives them, and how they become text.

use super::{RuleTree, RustType, Signature, SignatureType};
use crate::api;

/// A parameter.
#[derive(Clone, Debug)]
pub struct ParameterDecl {
    /// Argument or setter.
    pub ident: String,
    /// On the wire.
    pub wire_name: String,
    /// Where it travels and how it becomes text.
    pub location: api::Location,
    /// `style`.
    pub style: api::Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Of a path parameter: whether its slashes separate segments.
    pub segments: bool,
    /// Of a query parameter: how it is written as the whole query.
    pub whole: Option<api::WholeQuery>,
    /// Of a part's header: which part's, and what becomes of it when the caller says nothing.
    pub part: Option<api::PartHeader>,
    /// Who gives it its value.
    pub role: ParameterRole,
    /// Its type.
    pub ty: RustType,
    /// How its setter or argument takes it.
    pub given: SignatureType,
    /// Method that reads back what the call will send, where that is made for each call.
    pub reader: Option<Signature>,
    /// Checks before sending.
    pub rules: RuleTree,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

/// Who gives a parameter its value.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterRole {
    /// The resource, whose accessors took it.
    Held,
    /// The methods of the operation; for a part's header those that send the part.
    Argument,
    /// This setter of a call.
    Setter(Signature),
}
