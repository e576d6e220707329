//! Settings of where servers may lead a client: redirects, and pages on other origins.

use super::Builder;
use crate::client::ApiClient;
use crate::redirect::RedirectPolicy;

impl<C: ApiClient> Builder<C> {
    /// Allows links to further pages that lead to this origin, for example `https://archive.pets.example`. By default a list
    /// whose next page is on another origin than the API is an error. An allowed origin is asked without credentials and
    /// without headers of the application. Of a whole URL the origin counts. Can be given several times.
    #[must_use]
    pub fn page_origin(mut self, origin: impl Into<String>) -> Self {
        self.plan.page_origins.push(origin.into());
        self
    }

    /// What calls do with redirects, unless a call says otherwise. By default GET and HEAD follow them; where a redirect is the
    /// only success that the document declares, awaiting the call returns where it leads, and `.stream()` follows it.
    #[must_use]
    pub fn redirect(mut self, policy: RedirectPolicy) -> Self {
        self.plan.redirect = Some(policy);
        self
    }
}
