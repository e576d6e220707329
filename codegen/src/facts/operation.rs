//! What a document says at one operation.

use serde::Serialize;

use super::{Declared, Idempotency, Pagination, RetryPolicy, SessionRole};

/// At an operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OperationFacts {
    /// `resource: creators`; dots nest.
    pub resource: Option<String>,
    /// `method: list`.
    pub method: Option<String>,
    /// `scopes`: shown in the docs.
    pub scopes: Vec<String>,
    /// `pagination`, or `pagination: none` against the root's.
    pub pagination: Declared<Pagination>,
    /// `retry`: a policy of its own.
    pub retry: Option<RetryPolicy>,
    /// `idempotency`, or `idempotency: none` against the root's.
    pub idempotency: Declared<Idempotency>,
    /// `expects`: JSON pointers into a success; an answer in which one is missing, null or empty is an error.
    pub expects: Vec<String>,
    /// `projections`: operations that ask the same and give a member of the answer, by method.
    pub projections: Vec<(String, ProjectionFacts)>,
    /// Of a projection, once it stands for itself: where the member is.
    pub projection: Option<String>,
    /// `variants`: operations that send the same with some members filled in, by method.
    pub variants: Vec<(String, VariantFacts)>,
    /// Of a variant, once it stands for itself: members of the body and their JSON.
    pub fill: Vec<(String, String)>,
    /// `preview: customer-stream`: not stable yet, and only there with this cargo feature.
    pub preview: Option<String>,
    /// `answers: unverified`: nobody has documented what they hold.
    pub unverified: bool,
    /// `body: flat`: required members of the body are arguments of the method, optional ones setters of the call.
    pub flat_body: bool,
    /// `session`: what it does to the session.
    pub session: Option<SessionRole>,
    /// `events`: at the operation of a webhook or callback, the names that its deliveries have; `*` stands for any text.
    /// Default: the key of the webhook.
    pub events: Vec<String>,
    /// `token_endpoint: true`: typed for the record, but called by the credentials, not by a method.
    pub token_endpoint: bool,
    /// `official_sdk: client.pets.find`: its counterpart in the provider's own SDK, or `official_sdk: none`.
    pub official_sdk: Declared<String>,
}

/// An operation that gives a member of another one's answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ProjectionFacts {
    /// JSON pointer to the member.
    pub member: String,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// An operation that sends what another one sends, with some members filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct VariantFacts {
    /// Members of the body and their JSON.
    pub fill: Vec<(String, String)>,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}
