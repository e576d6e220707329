//! The functions that the runtime stands behind: those of calls, of the client, and of webhooks.

use super::Signature;

/// A function of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct CallFunction {
    /// What it does.
    pub does: CallDoes,
    /// How it is written.
    pub signature: Signature,
}

/// What a function of a call does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallDoes {
    /// Limits the time of an attempt.
    Timeout,
    /// Limits the time of the call with all its attempts.
    TotalTimeout,
    /// Sets credentials.
    Credentials,
    /// Adds a header.
    Header,
    /// Adds to the query.
    Query,
    /// Adds a member to the body.
    Member,
    /// Sets the idempotency key.
    IdempotencyKey,
    /// Sets the retry policy.
    Retry,
    /// Sets what becomes of redirects.
    Redirect,
    /// Sets this header, which the document gives a method.
    Named(String),
    /// Sends the call, and gives status and headers too.
    WithResponse,
    /// Lets the URLs of further pages lead to another origin.
    PageOrigin,
    /// Streams over items.
    Items,
    /// Streams over pages.
    Pages,
    /// Reads bytes while they arrive.
    Stream,
    /// Reads JSON lines while they arrive.
    Records,
    /// Reads events while they arrive.
    Events,
    /// Sends the call where it is awaited: of the trait `IntoFuture`.
    IntoFuture,
    /// Of the trait `Clone`.
    Clone,
}

/// A function of the client.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientFunction {
    /// What it does.
    pub does: ClientDoes,
    /// How it is written.
    pub signature: Signature,
}

/// What a function of the client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientDoes {
    /// Makes a client of the environment's variables.
    FromEnv,
    /// Makes a builder.
    Builder,
    /// Gives the tokens.
    Auth,
    /// Makes a request that the document does not describe.
    Request,
    /// Tells where requests go.
    BaseUrl,
    /// Gives events.
    Events,
    /// Repeats a change that came too late.
    RetryConflict,
}

/// A function of the webhooks.
#[derive(Clone, Debug, PartialEq)]
pub struct WebhookFunction {
    /// What it does.
    pub does: WebhookDoes,
    /// How it is written.
    pub signature: Signature,
}

/// What a function of the webhooks does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookDoes {
    /// Makes what checks signatures.
    Verifier,
    /// Reads a delivery, by what it says itself.
    Parse,
    /// Reads a delivery by a name.
    ParseAs,
}
