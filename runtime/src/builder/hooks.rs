//! Hooks around every attempt, and wrapped transports.

use std::sync::Arc;

use super::Builder;
use crate::client::ApiClient;
use crate::hook::{AttemptRequest, AttemptResponse};
use crate::transport::Transport;

impl<C: ApiClient> Builder<C> {
    /// Calls a function before every attempt, retries and token requests included. It sees the attempt and its harmless
    /// headers, and can add headers. Hooks run in the order in which they were set, after the credentials and the rate limit
    /// and before the request is signed. Redirects within an attempt do not call them again.
    ///
    /// The call waits for the function: it must not block.
    #[must_use]
    pub fn on_request(mut self, hook: impl Fn(&mut AttemptRequest<'_>) + Send + Sync + 'static) -> Self {
        self.plan.hooks.request.push(Arc::new(hook));
        self
    }

    /// Calls a function after every attempt, also after one without a response. It sees status, headers without secrets,
    /// and the duration. Of streams it sees the headers. It is not called for an attempt that ends early because the call was
    /// dropped or its total time limit passed.
    ///
    /// The call waits for the function: it must not block.
    #[must_use]
    pub fn on_response(mut self, hook: impl Fn(&AttemptResponse<'_>) + Send + Sync + 'static) -> Self {
        self.plan.hooks.response.push(Arc::new(hook));
        self
    }

    /// Puts a transport of your own around the client's, for example to record or to delay. It gets the transport that the
    /// other settings make, and must pass the request's extensions and
    /// calls of [`Transport::check`] on. Unlike hooks, it sees secrets: a request comes to it
    /// signed, with its credentials. Set several times, the last one is the outermost.
    #[must_use]
    pub fn wrap_transport(
        mut self,
        wrap: impl FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync + 'static,
    ) -> Self {
        self.plan.wrappers.push(Box::new(wrap));
        self
    }
}
