//! Resources and operations.

use super::{
    BodyDecl, HeaderDecl, OutputDecl, ParameterDecl, Presence, RustType, Signature, SignatureType, StreamDecl,
};
use crate::api;
use crate::facts::Declared;

/// A resource.
#[derive(Clone, Debug)]
pub struct ResourceDecl {
    /// Struct, for example `Creators`.
    pub ident: String,
    /// Method on the client or the parent that gives it, for `orders.fulfillments` this is `fulfillments`. It takes path
    /// parameters that belong to the resource above.
    pub accessor: Signature,
    /// File below `resources/` and `op/`, unique in the crate: for `orders.fulfillments` this is `orders_fulfillments`.
    pub module: String,
    /// Index of the parent resource; `None`: the client.
    pub parent: Option<usize>,
    /// Feature that gates it.
    pub feature: Option<String>,
    /// Clean rustdoc lines.
    pub docs: Vec<String>,
    /// The wire names of what its accessor takes.
    pub arguments: Vec<String>,
    /// How many path parameters it holds: `arguments`, and before them what the resources above it hold.
    pub held: usize,
    /// Its operations.
    pub operations: Vec<OperationDecl>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct OperationDecl {
    /// Method on the resource, for example `list`.
    pub method: MethodDecl,
    /// Methods that send a body of another content type, in the order of `other_bodies`.
    pub others: Vec<MethodDecl>,
    /// Marker type in the module `op`, for example `CreatorsList`.
    pub marker_ident: String,
    /// `creators.list`: in errors, events and `api.txt`.
    pub id: String,
    /// `GET`.
    pub http_method: String,
    /// Template.
    pub path: String,
    /// `#[deprecated]`.
    pub deprecated: bool,
    /// All parameters as facts number them. The first `held` are held by the resource.
    pub parameters: Vec<ParameterDecl>,
    /// How many parameters the method does not take, because the resource holds them.
    pub held: usize,
    /// The body that is sent, whoever gives it.
    pub body: Option<BodyDecl>,
    /// Bodies of other content types.
    pub other_bodies: Vec<BodyDecl>,
    /// What a call gives.
    pub output: OutputDecl,
    /// The `accept` header, where it is not the client's.
    pub accept: Option<String>,
    /// Headers of its successes.
    pub headers: Vec<HeaderDecl>,
    /// What of it can be read while it arrives.
    pub streams: Vec<StreamDecl>,
    /// Answers, for the facts.
    pub answers: Vec<AnswerDecl>,
    /// Alternatives of schemes with scopes.
    pub security: Vec<Vec<api::SecurityUse>>,
    /// Pagination, with the item's type and the field path to the items.
    pub pagination: Option<PaginationDecl>,
    /// A retry policy of its own.
    pub retry: Option<crate::facts::RetryPolicy>,
    /// What it does to the session of its client.
    pub session: Option<crate::facts::SessionRole>,
    /// Idempotency keys of its own.
    pub idempotency: Declared<crate::facts::Idempotency>,
    /// A server of its own.
    pub server: Option<OperationServer>,
    /// JSON pointers to what a success must hold.
    pub expects: Vec<String>,
    /// Nobody has documented what answers hold.
    pub unverified: bool,
    /// Feature that gates it because it is not stable yet.
    pub preview: Option<String>,
    /// The same in the provider's own SDK, for the README.
    pub official: Option<String>,
    /// JSON pointer, for `api.txt`.
    pub origin: String,
}

/// A method that starts a call.
#[derive(Clone, Debug)]
pub struct MethodDecl {
    /// Its docs are description, HTTP line, scopes, and what it answers.
    pub signature: Signature,
    /// Which parameters its arguments are, in their order.
    pub parameters: Vec<usize>,
    /// The body that its last argument is.
    pub body: Option<MethodBody>,
}

/// A body that a method takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodBody {
    /// [`OperationDecl::body`].
    Chosen,
    /// An index into [`OperationDecl::other_bodies`].
    Other(usize),
}

impl OperationDecl {
    /// The method's name.
    pub(crate) fn name(&self) -> &str {
        &self.method.signature.name
    }

    /// The twin of a setter that takes an `Option`.
    pub(crate) fn maybe(&self, setter: &Signature) -> Option<Signature> {
        let readers = self.parameters.iter().filter_map(|one| one.reader.as_ref()).map(|reader| &reader.name);
        let others = self.parameters.iter().map(|one| &one.ident).chain(readers);
        setter.maybe(others.map(String::as_str))
    }

    /// The setter that adds conditions.
    pub(crate) fn filter_setter(&self) -> Option<&str> {
        self.parameters.iter().find(|one| one.given == SignatureType::Filter).map(|one| one.ident.as_str())
    }

    /// The setter that adds to the order.
    pub(crate) fn sort_setter(&self) -> Option<&str> {
        self.parameters.iter().find(|one| one.given.is_sort()).map(|one| one.ident.as_str())
    }

    /// The body that a method takes.
    pub(crate) fn body_of(&self, method: &MethodDecl) -> Option<&BodyDecl> {
        match method.body? {
            MethodBody::Chosen => self.body.as_ref(),
            MethodBody::Other(at) => self.other_bodies.get(at),
        }
    }

    /// The parameters that a method takes, with their numbers.
    pub(crate) fn taken<'o>(&'o self, method: &'o MethodDecl) -> impl Iterator<Item = (usize, &'o ParameterDecl)> {
        method.parameters.iter().filter_map(|at| Some((*at, self.parameters.get(*at)?)))
    }
}

/// A server that an operation has for itself.
#[derive(Clone, Debug)]
pub enum OperationServer {
    /// Its URL, which nothing in it changes.
    Url(String),
    /// An index into the client's `operation_servers`, whose URLs have variables.
    Place(usize),
}

/// An answer, for the facts.
#[derive(Clone, Debug)]
pub struct AnswerDecl {
    /// Which statuses.
    pub status: api::Status,
    /// For a refusal: index into [`ErrorDecl::variants`]; `None` for a success or an undeclared body.
    pub error: Option<usize>,
    /// Whether it counts as success.
    pub success: bool,
}

/// Pagination of an operation.
#[derive(Clone, Debug)]
pub struct PaginationDecl {
    /// Facts.
    pub facts: crate::facts::Pagination,
    /// Type of an item.
    pub item: RustType,
    /// Field idents from the output to the items, each with its presence.
    pub items_path: Vec<(String, Presence)>,
}
