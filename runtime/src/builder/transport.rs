//! Settings of the runtime's own HTTP client.

use super::Builder;
use crate::client::ApiClient;
use crate::text::secret::Secret;

impl<C: ApiClient> Builder<C> {
    /// Sets your own HTTP client, of reqwest 0.13 (`transport::reqwest`). Switch its redirects and retries off: the runtime does both by the document's rules. It brings
    /// its own TLS: either depend on reqwest with a TLS feature, or install a rustls provider for the process.
    #[must_use]
    pub fn http_client(mut self, client: ::reqwest::Client) -> Self {
        self.plan.http.client = Some(client);
        self
    }

    /// The URL of a proxy for all requests, with its credentials if it needs some. Without one the system's settings hold.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.plan.http.proxies.push(url.into());
        self
    }

    /// A further root certificate, in PEM or DER form.
    #[must_use]
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.plan.http.certificates.push(certificate.into());
        self
    }

    /// What proves to the server who calls, where it wants mutual TLS: the client's certificate, the chain above it and its
    /// private key, each in PEM form, in one text (of several files one behind the other). It is presented to the servers of
    /// this API and to its token endpoint, and to nobody else.
    #[must_use]
    pub fn client_identity(mut self, pem: impl Into<Secret>) -> Self {
        self.plan.http.identity = Some(pem.into());
        self
    }
}
