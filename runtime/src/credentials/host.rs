//! A client, as its credentials know it.
//!
//! Owns the seam between credentials and calls: asking for a token is a call, and a call needs credentials. So credentials
//! say what to ask, and the client asks.

use http::HeaderValue;

use super::CallerIds;
use crate::error::RawError;
use crate::event::EventHub;
use crate::facts::ClientFacts;
use crate::reply::RawReply;
use crate::time::{BoxFuture, Clock, Random, Sleeper};
use crate::url::BaseUrl;

/// The client, as seen by credentials. There is one implementation, so nothing is compiled twice.
pub(crate) trait Host: Clone + Send + Sync + 'static {
    fn facts(&self) -> &'static ClientFacts;
    fn base(&self) -> &BaseUrl;
    fn clock(&self) -> &dyn Clock;
    fn sleeper(&self) -> &dyn Sleeper;
    fn random(&self) -> &dyn Random;
    fn events(&self) -> &EventHub;

    /// Sends a token request, with the client's own headers, limits and retries.
    fn request_token(&self, request: TokenRequest) -> BoxFuture<Result<RawReply, RawError>>;
}

/// A request to a token endpoint.
///
/// Holds secrets, so it has no `Debug`.
pub(crate) struct TokenRequest {
    pub(crate) operation: &'static str,
    /// Below the base URL, or a whole URL.
    pub(crate) url: String,
    pub(crate) proof: Proof,
    pub(crate) caller: CallerIds,
}

/// The grant that the endpoint issues tokens for.
pub(crate) enum Proof {
    /// A form, and the `authorization` header where the credentials travel there.
    Form { body: String, authorization: Option<HeaderValue> },
    /// The cookie of the session, which the client adds. The server may accept it once only.
    Cookie,
}
