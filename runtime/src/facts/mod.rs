//! The facts that generated code states about an API: `static` data built by `const fn`s.
//!
//! Owns the vocabulary only; what the runtime makes of a fact is decided where it is used. Every field is private to the
//! crate and every type grows by further builder functions, so that older generated code keeps compiling.

mod adjustment;
mod client;
mod error;
mod filter;
mod idempotency;
mod operation;
mod page;
mod part;
mod rate_limit;
mod retry;
mod security;
mod signing;
mod webhook;

pub use self::adjustment::Adjustment;
pub(crate) use self::adjustment::Change;
pub use self::client::{ClientFacts, ServerFacts, ServerVariable};
pub use self::error::{ErrorFacts, ErrorSign};
pub use self::filter::FilterFacts;
pub use self::idempotency::IdempotencyFacts;
pub use self::operation::{Answer, BodyFacts, BodyKind, Location, OperationFacts, Parameter, Status};
pub(crate) use self::page::PageStyle;
pub use self::page::Pagination;
pub use self::part::PartFacts;
pub use self::rate_limit::RateLimitFacts;
pub use self::retry::RetryFacts;
pub(crate) use self::retry::{Jitter, RetryMode};
pub(crate) use self::security::{KeyPlace, SchemeKind, TokenCredentials};
pub use self::security::{Need, SecurityScheme, SessionRole, TokenFacts};
pub use self::signing::SigningFacts;
pub use self::webhook::{HeaderRead, MacEncoding, Part, WebhookFacts, WebhookSignature};
