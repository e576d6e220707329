//! What holds for every call of one client: its name, servers, headers, limits and policies.
//!
//! Does not own what one operation says (`operation`).

use super::{ErrorFacts, FilterFacts, IdempotencyFacts, RateLimitFacts, RetryFacts, SecurityScheme, SigningFacts};
use crate::text::style::Spelling;

/// A server whose URL has variables.
#[derive(Clone, Copy, Debug)]
pub struct ServerFacts {
    pub(crate) template: &'static str,
    pub(crate) variables: &'static [ServerVariable],
}

impl ServerFacts {
    /// A server by the template of its URL and the variables in it.
    #[must_use]
    pub const fn new(template: &'static str, variables: &'static [ServerVariable]) -> Self {
        Self { template, variables }
    }
}

/// A variable of a server's URL.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    pub(crate) name: &'static str,
    pub(crate) default: &'static str,
    pub(crate) values: &'static [&'static str],
}

impl ServerVariable {
    /// A variable by its name in the template, its default (empty: it has to be set) and its values (empty: any).
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str, values: &'static [&'static str]) -> Self {
        Self { name, default, values }
    }
}

/// What holds for every call of one client.
#[derive(Debug)]
pub struct ClientFacts {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) product: Option<&'static str>,
    pub(crate) environments: &'static [(&'static str, &'static str)],
    pub(crate) default_environment: &'static str,
    pub(crate) server: Option<ServerFacts>,
    pub(crate) server_path: &'static str,
    pub(crate) operation_servers: &'static [ServerFacts],
    pub(crate) variables: &'static [(&'static str, &'static str)],
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) accept: &'static str,
    pub(crate) call_headers: &'static [(&'static str, &'static str)],
    pub(crate) reserved_headers: &'static [&'static str],
    pub(crate) connect_timeout_ms: Option<u64>,
    pub(crate) attempt_timeout_ms: Option<u64>,
    pub(crate) total_timeout_ms: Option<u64>,
    pub(crate) retry_read: RetryFacts,
    pub(crate) retry_token: RetryFacts,
    pub(crate) retry_write: RetryFacts,
    pub(crate) idempotency: Option<IdempotencyFacts>,
    pub(crate) filters: FilterFacts,
    pub(crate) errors: ErrorFacts,
    pub(crate) security: &'static [SecurityScheme],
    pub(crate) validate_requests: bool,
    pub(crate) keep_unauthorized: &'static [&'static str],
    pub(crate) form_query: bool,
    pub(crate) credentials_required: bool,
    pub(crate) base_url_cut: &'static [&'static str],
    pub(crate) base_url_scheme: Option<&'static str>,
    pub(crate) rate_limit: Option<RateLimitFacts>,
    pub(crate) signing: Option<SigningFacts>,
    pub(crate) stall_timeout_ms: Option<u64>,
}

impl ClientFacts {
    /// How queries of this API are percent-encoded.
    pub(crate) const fn query_spelling(&self) -> Spelling {
        if self.form_query { Spelling::Form } else { Spelling::Query }
    }

    /// A client's name and version. The user agent is made of them.
    #[must_use]
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Self {
            name,
            version,
            product: None,
            environments: &[],
            default_environment: "",
            server: None,
            server_path: "",
            operation_servers: &[],
            variables: &[],
            headers: &[],
            accept: "application/json",
            call_headers: &[],
            reserved_headers: &[],
            connect_timeout_ms: None,
            attempt_timeout_ms: None,
            total_timeout_ms: None,
            retry_read: RetryFacts::undeclared(),
            retry_token: RetryFacts::undeclared(),
            retry_write: RetryFacts::undeclared(),
            idempotency: None,
            filters: FilterFacts::new("{attribute}", &[]),
            errors: ErrorFacts::new(),
            security: &[],
            validate_requests: false,
            keep_unauthorized: &[],
            form_query: false,
            credentials_required: false,
            base_url_cut: &[],
            base_url_scheme: None,
            rate_limit: None,
            signing: None,
            stall_timeout_ms: None,
        }
    }

    /// The product that the user agent names instead of the client's name.
    #[must_use]
    pub const fn user_agent(mut self, product: &'static str) -> Self {
        self.product = Some(product);
        self
    }

    /// Named base URLs, and the name that is used when nothing is said; empty: something has to be said.
    #[must_use]
    pub const fn environments(
        mut self,
        environments: &'static [(&'static str, &'static str)],
        default: &'static str,
    ) -> Self {
        self.environments = environments;
        self.default_environment = default;
        self
    }

    /// The path of a server whose host nobody knows but the application: what its base URL ends in.
    #[must_use]
    pub const fn server_path(mut self, path: &'static str) -> Self {
        self.server_path = path;
        self
    }

    /// The template of the base URL, instead of the one that is named, and its variables.
    #[must_use]
    pub const fn server(mut self, template: &'static str, variables: &'static [ServerVariable]) -> Self {
        self.server = Some(ServerFacts { template, variables });
        self
    }

    /// Servers with variables that operations have for themselves; their facts name them by index.
    #[must_use]
    pub const fn operation_servers(mut self, servers: &'static [ServerFacts]) -> Self {
        self.operation_servers = servers;
        self
    }

    /// What `from_env` reads: option (`environment`, `base_url`, `timeout_ms`, `client_id`, `client_secret`, `scope`,
    /// `token`, `api_key`, `username`, `password`, `rate_limit`) and variable. A dot and the name of a security scheme behind
    /// `token` or `api_key` mean that scheme alone.
    #[must_use]
    pub const fn variables(mut self, variables: &'static [(&'static str, &'static str)]) -> Self {
        self.variables = variables;
        self
    }

    /// Constant headers of every request, the token request included.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The `accept` header where an operation names none. Default `application/json`.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Headers that a call sets by a name of their own: method name and header.
    #[must_use]
    pub const fn call_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.call_headers = headers;
        self
    }

    /// Headers that neither the application's defaults nor a call may set, in lower case.
    #[must_use]
    pub const fn reserved_headers(mut self, headers: &'static [&'static str]) -> Self {
        self.reserved_headers = headers;
        self
    }

    /// Time to establish a connection; 0 is unlimited.
    #[must_use]
    pub const fn connect_timeout_ms(mut self, milliseconds: u64) -> Self {
        self.connect_timeout_ms = Some(milliseconds);
        self
    }

    /// Time of one attempt, up to the last byte of its answer; 0 is unlimited.
    #[must_use]
    pub const fn attempt_timeout_ms(mut self, milliseconds: u64) -> Self {
        self.attempt_timeout_ms = Some(milliseconds);
        self
    }

    /// Time of a call with all its attempts; 0 is unlimited.
    #[must_use]
    pub const fn total_timeout_ms(mut self, milliseconds: u64) -> Self {
        self.total_timeout_ms = Some(milliseconds);
        self
    }

    /// How GET and HEAD are retried.
    #[must_use]
    pub const fn retry_read(mut self, retry: RetryFacts) -> Self {
        self.retry_read = retry;
        self
    }

    /// How requests to a token endpoint are retried.
    #[must_use]
    pub const fn retry_token(mut self, retry: RetryFacts) -> Self {
        self.retry_token = retry;
        self
    }

    /// How everything else is retried.
    #[must_use]
    pub const fn retry_write(mut self, retry: RetryFacts) -> Self {
        self.retry_write = retry;
        self
    }

    /// Keys by which the server recognises a repetition.
    #[must_use]
    pub const fn idempotency(mut self, idempotency: IdempotencyFacts) -> Self {
        self.idempotency = Some(idempotency);
        self
    }

    /// How filters and orders of lists are spelled.
    #[must_use]
    pub const fn filters(mut self, filters: FilterFacts) -> Self {
        self.filters = filters;
        self
    }

    /// Where errors say what is wrong.
    #[must_use]
    pub const fn errors(mut self, errors: ErrorFacts) -> Self {
        self.errors = errors;
        self
    }

    /// The security schemes; operations name them by index.
    #[must_use]
    pub const fn security(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.security = schemes;
        self
    }

    /// Parts of paths on which a 401 is the answer: no token is renewed because of it, and nobody is asked.
    #[must_use]
    pub const fn keep_unauthorized(mut self, parts: &'static [&'static str]) -> Self {
        self.keep_unauthorized = parts;
        self
    }

    /// Constraints are checked before anything is sent.
    #[must_use]
    pub const fn validate_requests(mut self) -> Self {
        self.validate_requests = true;
        self
    }

    /// Queries are spelled as forms are: a space is `+`.
    #[must_use]
    pub const fn form_query(mut self) -> Self {
        self.form_query = true;
        self
    }

    /// Without credentials there is no client.
    #[must_use]
    pub const fn credentials_required(mut self) -> Self {
        self.credentials_required = true;
        self
    }

    /// A base URL ends before the first of these path segments, in whatever case they are written.
    #[must_use]
    pub const fn base_url_cut(mut self, segments: &'static [&'static str]) -> Self {
        self.base_url_cut = segments;
        self
    }

    /// The scheme of a base URL that is written without one.
    #[must_use]
    pub const fn base_url_scheme(mut self, scheme: &'static str) -> Self {
        self.base_url_scheme = Some(scheme);
        self
    }

    /// How often the API may be called.
    #[must_use]
    pub const fn rate_limit(mut self, limit: RateLimitFacts) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// How requests are signed.
    #[must_use]
    pub const fn signing(mut self, signing: SigningFacts) -> Self {
        self.signing = Some(signing);
        self
    }

    /// Time without a byte of an answer's body; 0 is unlimited.
    #[must_use]
    pub const fn stall_timeout_ms(mut self, milliseconds: u64) -> Self {
        self.stall_timeout_ms = Some(milliseconds);
        self
    }

    /// The variable that `from_env` reads for an option.
    pub(crate) fn variable(&self, option: &str) -> Option<&'static str> {
        self.variables.iter().find(|(name, _)| *name == option).map(|(_, variable)| *variable)
    }

    /// The header that a call sets by this name.
    pub(crate) fn call_header(&self, name: &str) -> Option<&'static str> {
        self.call_headers.iter().find(|(method, _)| *method == name).map(|(_, header)| *header)
    }
}
