//! Parameters: where they travel, who gives them, and how they become text.

use super::{BodyKind, RuleTree, RustType, Signature, SignatureType};
use crate::api;

/// A parameter.
#[derive(Clone, Debug)]
pub struct ParameterDecl {
    /// Argument or setter.
    pub ident: String,
    /// On the wire.
    pub wire_name: String,
    /// Where it travels.
    pub place: ParameterPlace,
    /// How it becomes text, where that is not how its place usually does it.
    pub style: Option<StyleDecl>,
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

/// Where a parameter travels, with what only parameters there have.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query; or it is written as the whole query.
    Query(Option<WholeQueryDecl>),
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// It is a member of a flat body.
    Body,
    /// In a header of a part.
    Part(PartHeaderDecl),
}

impl ParameterPlace {
    /// Its word in facts and in `api.txt`.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query(_) => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
            Self::Part(_) => "part",
        }
    }
}

/// How a value becomes text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleDecl {
    /// `style`.
    pub style: api::Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Of a path parameter: whether its slashes separate segments.
    pub segments: bool,
}

/// How a parameter is written as the whole query.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeQueryDecl {
    /// Like a body of this kind.
    pub kind: BodyKind,
}

/// A header of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartHeaderDecl {
    /// Name of the part.
    pub part: String,
    /// What is sent when the caller says nothing.
    pub usual: Option<String>,
    /// Whether the part may not travel without it.
    pub needed: bool,
}
