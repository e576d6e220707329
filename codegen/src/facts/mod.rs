//! The vocabulary of `x-typewright`, typed: facts about an API that OpenAPI cannot say, a file per feature.
//!
//! Owns only the types: `normalise/extension` reads them from the tree, and `specs/x-typewright.schema.json` describes them to
//! editors. `runtime/src/facts/` has their run-time counterparts.

mod errors;
mod filters;
mod idempotency;
mod operation;
mod pagination;
mod rate_limit;
mod retry;
mod schema;
mod sdk;
mod server;
mod session;
mod signing;
mod timeout;
mod token;
mod webhooks;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use self::errors::{ErrorFacts, ErrorSign};
pub use self::filters::{AttributeKind, Filters};
pub use self::idempotency::Idempotency;
pub use self::operation::{OperationFacts, ProjectionFacts, VariantFacts};
pub use self::pagination::{NextCursor, Pagination};
pub use self::rate_limit::{RateLimit, RateLimitHeaders};
pub use self::retry::{Jitter, RetryFacts, RetryPolicy, StatusFact};
pub(crate) use self::schema::WELL_FORMED;
pub use self::schema::{SchemaFacts, ValueFacts};
pub use self::sdk::OfficialSdk;
pub use self::server::{BaseUrl, Environments};
pub use self::session::{SessionFacts, SessionRole};
pub use self::signing::SigningFacts;
pub use self::timeout::Timeouts;
pub use self::token::{TokenCredentials, TokenFacts};
pub use self::webhooks::{MacEncoding, MessagePlace, SignatureFacts, WebhookFacts};

/// What an operation says of something that the root may say too.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Declared<T> {
    /// Nothing: what the root says holds.
    #[default]
    Inherit,
    /// `none`: it has no such thing, whatever the root says.
    Off,
    /// This.
    Own(T),
}

/// As documents write it: nothing, `none`, or the value.
impl<T: Serialize> Serialize for Declared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Inherit => serializer.serialize_none(),
            Self::Off => serializer.serialize_str("none"),
            Self::Own(own) => own.serialize(serializer),
        }
    }
}

/// At the root of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RootFacts {
    /// `client: Petstore`: the client's type; else made of the title.
    pub client: Option<String>,
    /// `environments`: named base URLs.
    pub environments: Option<Environments>,
    /// `variables`: what `from_env` reads; key is the option (`base_url`, `timeout_ms`, `client_id`, `client_secret`, `scope`,
    /// `token`, `api_key`, `username`, `password`, `rate_limit`), value is the variable. `token` and `api_key` may be followed by
    /// a dot and the key of a security scheme.
    pub variables: BTreeMap<String, String>,
    /// `headers`: constant headers of every request.
    pub headers: BTreeMap<String, String>,
    /// `user_agent`: product name; the crate's version follows it. Default: the crate's name.
    pub user_agent: Option<String>,
    /// `call_headers`: headers that a call sets by name, for example `request_id: x-request-id`. `idempotency_key` is known
    /// to the runtime; every other one becomes a method of a call.
    pub call_headers: BTreeMap<String, String>,
    /// `reserved_headers`: refused as constant, default or call header.
    pub reserved_headers: Vec<String>,
    /// `timeouts`.
    pub timeouts: Timeouts,
    /// `retry`.
    pub retry: RetryFacts,
    /// `idempotency`: keys by which the server recognises a repetition.
    pub idempotency: Option<Idempotency>,
    /// `locking: optimistic`: a 409 says that the thing has changed meanwhile.
    pub optimistic_locking: bool,
    /// `errors`.
    pub errors: ErrorFacts,
    /// `token`: the token endpoint, by security scheme.
    pub token: Option<TokenFacts>,
    /// `validate: requests`: constraints are checked before sending.
    pub validate_requests: bool,
    /// `query: form`: queries are spelled as forms are, a space as `+`.
    pub form_query: bool,
    /// `session`: people log in, and a cookie renews their token.
    pub session: Option<SessionFacts>,
    /// `webhooks`: what all messages that the API sends have in common.
    pub webhooks: Option<WebhookFacts>,
    /// `cookies`: `click_id: _cid` makes a constant that finds the id which this cookie carries in a request.
    pub cookies: BTreeMap<String, String>,
    /// `official_sdk`: for readers who come from it.
    pub official_sdk: Option<OfficialSdk>,
    /// `signing`: how requests are signed.
    pub signing: Option<SigningFacts>,
    /// `filters`: for every operation that has the named parameters.
    pub filters: Option<Filters>,
    /// `pagination`: for every operation that has the named parameters and members.
    pub pagination: Option<Pagination>,
    /// `credentials: required`: without credentials there is no client.
    pub credentials_required: bool,
    /// `base_url`: how people write it.
    pub base_url: BaseUrl,
    /// `rate_limit`: how often the API may be called.
    pub rate_limit: Option<RateLimit>,
}
