//! The credentials that a request needs, and what a token request takes from the call that causes it.

use std::time::Duration;

use http::HeaderMap;

use super::CredentialSet;
use crate::facts::Need;

/// The credentials that one request carries.
#[derive(Clone)]
pub(crate) struct Demand {
    pub(crate) needs: Needs,
    /// Whether it carries the cookie of the session.
    pub(crate) session_cookie: bool,
    pub(crate) caller: CallerIds,
}

/// Which credentials a request needs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Needs {
    /// None.
    Nothing,
    /// One of these alternatives.
    OneOf(&'static [&'static [Need]]),
    /// Any credentials of the client, for requests that the document does not describe.
    Whatever,
}

/// Credentials and limits of the call itself.
#[derive(Clone, Default)]
pub(crate) struct CallerIds {
    pub(crate) request_id: Option<String>,
    pub(crate) trace_id: Option<String>,
    /// The headers of the call's options.
    pub(crate) headers: HeaderMap,
    /// Those of them that carry the two ids, and no idempotency key.
    pub(crate) id_headers: HeaderMap,
    /// The call's own time limit of an attempt.
    pub(crate) timeout: Option<Duration>,
    /// The client's credentials with the call's own, where it has some.
    pub(crate) credentials: Option<CredentialSet>,
}

impl CallerIds {
    /// What a token request that this call causes has of it: ids to find it by. Everything else belongs to the call, be it a
    /// limit, a secret of an end user or a key by which the server would take the token request for the call itself.
    pub(crate) fn of_token_request(&self) -> Self {
        Self {
            request_id: self.request_id.clone(),
            trace_id: self.trace_id.clone(),
            headers: self.id_headers.clone(),
            ..Self::default()
        }
    }
}
