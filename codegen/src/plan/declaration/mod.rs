//! The declarations that `plan` makes and `emit` spells.

mod accessor;
mod body;
mod client;
mod function;
mod model;
mod operation;
mod output;
mod parameter;
mod rust_type;
mod security;
mod signature;
mod stream;
mod types;
mod webhook;

pub use self::accessor::{AccessorDecl, Arm, DefaultDecl, DefaultValue, Step};
pub use self::body::{AdjustmentDecl, BodyDecl, BodyForm, BodyKind, Change, FormFieldDecl, PartDecl, RuleTree};
pub use self::client::{ClientDecl, ConstantDecl, EnvironmentDecl, ScopesDecl};
pub use self::function::{CallDoes, CallFunction, ClientDoes, ClientFunction, WebhookDoes, WebhookFunction};
pub use self::model::{ConstructorDecl, FieldDecl, Presence, RecordDecl, StructDecl};
pub use self::operation::{
    AnswerDecl, MethodBody, MethodDecl, OperationDecl, OperationServer, PaginationDecl, ResourceDecl,
};
pub use self::output::{OutputDecl, SuccessDecl};
pub use self::parameter::{ParameterDecl, ParameterPlace, ParameterRole, PartHeaderDecl, StyleDecl, WholeQueryDecl};
pub use self::rust_type::{RustType, Scalar};
pub use self::security::{IssuedDecl, SchemeDecl, SchemeKind, SessionDecl, SigningDecl};
pub use self::signature::{Argument, ConversionDecl, Generic, Qualifier, Receiver, Signature, SignatureType};
pub use self::stream::{EventForm, HeaderDecl, StreamDecl};
pub use self::types::{Choice, TypeBody, TypeDecl, UnionDecl, ValueDecl, VariantDecl, VariantShape};
pub use self::webhook::{HeaderRead, WebhookDecl, WebhooksDecl};
pub use super::attributes::AttributesDecl;
pub use super::definition::Definition;
use crate::api;
pub use crate::api::{Check, Rule, SecurityUse, Server, Status, Style};

/// A whole crate.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// File name of the document, for the header of every file.
    pub document: String,
    /// Client, environments, credentials.
    pub client: ClientDecl,
    /// What every call can do; those of one operation have its setters beside.
    pub call: Vec<CallFunction>,
    /// What the crate's root re-exports of the runtime, in the order of the source.
    pub exports: Vec<&'static str>,
    /// Every public type, sorted by module and ident.
    pub types: Vec<TypeDecl>,
    /// Resources, sorted by path; operations sorted by ident.
    pub resources: Vec<ResourceDecl>,
    /// What lists can be filtered and ordered by, sorted by module.
    pub attributes: Vec<AttributesDecl>,
    /// `ApiError`.
    pub error: ErrorDecl,
    /// Cargo features that gate modules; empty: none.
    pub features: Vec<FeatureDecl>,
    /// Messages that the API sends; `None`: there are none.
    pub webhooks: Option<WebhooksDecl>,
    /// Every place that is raw JSON.
    pub raw: Vec<RawPlace>,
}

/// A place of the crate that is raw JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPlace {
    /// What it is.
    pub site: crate::output::Site,
    /// As the crate calls it: `Pet.name`, `pets.list`.
    pub item: String,
    /// Why it is raw.
    pub why: api::Raw,
    /// Where it stands in the document.
    pub origin: api::Origin,
}

/// A cargo feature.
#[derive(Clone, Debug)]
pub struct FeatureDecl {
    /// Its name.
    pub name: String,
    /// Features that it needs.
    pub needs: Vec<String>,
    /// Gates what is not stable yet, so it is off by default.
    pub preview: bool,
}

/// `ApiError`.
#[derive(Clone, Debug, Default)]
pub struct ErrorDecl {
    /// One per distinct error schema: variant and type.
    pub variants: Vec<(String, RustType)>,
    /// Type of `Error::code()`: a declared string enum; `None`: `String`.
    pub code: Option<RustType>,
    /// Methods of the trait that tells what errors hold beside, each with the JSON pointer to it.
    pub values: Vec<(Signature, String)>,
}
