//! Security schemes, token endpoints, and what an operation needs of them.
//!
//! Does not own credentials (`credentials`): a scheme says how a credential travels, never what it is.

/// Where an API key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPlace {
    Header,
    Query,
    Cookie,
    /// The `authorization` header, behind the name of its scheme.
    Authorization,
}

/// What kind of credential a scheme takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SchemeKind {
    /// A token in the `authorization` header.
    Bearer,
    /// User and password.
    Basic,
    /// A key in a place of its own.
    ApiKey(KeyPlace, &'static str),
    /// Client credentials that are exchanged for a token; a bearer token fits too.
    ClientCredentials(TokenFacts),
    /// Nothing in the request: the connection proves who calls.
    MutualTls,
    /// Whatever the application gives: a token or a user in the `authorization` header, a key as it is in this one.
    Undeclared(&'static str),
}

/// One security scheme.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    pub(crate) name: &'static str,
    pub(crate) kind: SchemeKind,
}

impl SecurityScheme {
    /// A bearer token.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Bearer }
    }

    /// HTTP basic authentication.
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Basic }
    }

    /// A key in a header.
    #[must_use]
    pub const fn header_key(name: &'static str, header: &'static str) -> Self {
        Self { name, kind: SchemeKind::ApiKey(KeyPlace::Header, header) }
    }

    /// HTTP authentication by another scheme (`Token`, `Digest`, …): what the application gives stands behind its name.
    #[must_use]
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self { name, kind: SchemeKind::ApiKey(KeyPlace::Authorization, scheme) }
    }

    /// A key in the query.
    #[must_use]
    pub const fn query_key(name: &'static str, parameter: &'static str) -> Self {
        Self { name, kind: SchemeKind::ApiKey(KeyPlace::Query, parameter) }
    }

    /// A key in a cookie.
    #[must_use]
    pub const fn cookie_key(name: &'static str, cookie: &'static str) -> Self {
        Self { name, kind: SchemeKind::ApiKey(KeyPlace::Cookie, cookie) }
    }

    /// Client credentials that a token endpoint exchanges for a token.
    #[must_use]
    pub const fn client_credentials(name: &'static str, token: TokenFacts) -> Self {
        Self { name, kind: SchemeKind::ClientCredentials(token) }
    }

    /// A scheme that the document names and does not declare. It takes a bearer token, a user and password, or an API key,
    /// which is sent as it is in `header`.
    #[must_use]
    pub const fn undeclared(name: &'static str, header: &'static str) -> Self {
        Self { name, kind: SchemeKind::Undeclared(header) }
    }

    /// A client certificate, which the transport presents.
    #[must_use]
    pub const fn mutual_tls(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::MutualTls }
    }
}

/// How client credentials travel to a token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenCredentials {
    /// `authorization: Basic base64(id:secret)`.
    Basic,
    /// As form fields.
    Form,
}

/// A token endpoint.
#[derive(Clone, Copy, Debug)]
pub struct TokenFacts {
    pub(crate) url: &'static str,
    pub(crate) credentials: TokenCredentials,
    pub(crate) fields: &'static [(&'static str, &'static str)],
    pub(crate) component_form: bool,
    pub(crate) access_token: &'static [&'static str],
    pub(crate) token_type: &'static [&'static str],
    pub(crate) expires_in: &'static [&'static str],
    pub(crate) resolved_by_server: bool,
    pub(crate) scope: Option<&'static str>,
    pub(crate) default_lifetime: Option<u64>,
    pub(crate) refresh_margin: Option<u64>,
    pub(crate) header: (&'static str, &'static str),
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) refresh_on_unauthorized: bool,
    pub(crate) repeat_reads_only: bool,
    pub(crate) shared_in_process: bool,
    pub(crate) operation: &'static str,
    /// The cookie that renews the token: then people log in, and no client credentials are sent.
    pub(crate) session: Option<&'static str>,
}

impl TokenFacts {
    /// An endpoint by its path below the base URL, or by its whole URL.
    #[must_use]
    pub const fn new(url: &'static str) -> Self {
        Self {
            url,
            credentials: TokenCredentials::Basic,
            fields: &[("grant_type", "client_credentials"), ("scope", "{scope}")],
            component_form: false,
            access_token: &["/access_token"],
            token_type: &["/token_type"],
            expires_in: &["/expires_in"],
            resolved_by_server: false,
            scope: None,
            default_lifetime: None,
            refresh_margin: None,
            header: ("authorization", "{token_type} {access_token}"),
            headers: &[],
            refresh_on_unauthorized: true,
            repeat_reads_only: false,
            shared_in_process: false,
            operation: "auth.issue_token",
            session: None,
        }
    }

    /// The credentials travel as `authorization: Basic`, without percent-encoding. The default.
    #[must_use]
    pub const fn basic(mut self) -> Self {
        self.credentials = TokenCredentials::Basic;
        self
    }

    /// The credentials travel as form fields; without a field of their own they are `client_id` and `client_secret`.
    #[must_use]
    pub const fn form(mut self) -> Self {
        self.credentials = TokenCredentials::Form;
        self
    }

    /// The form's fields in order. A value may hold `{client_id}`, `{client_secret}` or `{scope}`; a field whose
    /// placeholder is unset is left out.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = fields;
        self
    }

    /// Percent-encodes the form's fields as JavaScript's `encodeURIComponent` does: a space is `%20`, and `!'()*~` stay.
    #[must_use]
    pub const fn component_form(mut self) -> Self {
        self.component_form = true;
        self
    }

    /// Pointers to the token in the answer, first hit wins.
    #[must_use]
    pub const fn access_token(mut self, pointers: &'static [&'static str]) -> Self {
        self.access_token = pointers;
        self
    }

    /// Pointers to the token's type in the answer; `Bearer` when there is none.
    #[must_use]
    pub const fn token_type(mut self, pointers: &'static [&'static str]) -> Self {
        self.token_type = pointers;
        self
    }

    /// Pointers to the lifetime in seconds in the answer.
    #[must_use]
    pub const fn expires_in(mut self, pointers: &'static [&'static str]) -> Self {
        self.expires_in = pointers;
        self
    }

    /// The URL is a reference, which the client's base URL resolves: `/token` is at the root of its host.
    #[must_use]
    pub const fn resolved_by_server(mut self) -> Self {
        self.resolved_by_server = true;
        self
    }

    /// The scope that tokens are asked for where the application names none.
    #[must_use]
    pub const fn scope(mut self, scope: &'static str) -> Self {
        self.scope = Some(scope);
        self
    }

    /// Lifetime in seconds when the answer names none.
    #[must_use]
    pub const fn default_lifetime(mut self, seconds: u64) -> Self {
        self.default_lifetime = Some(seconds);
        self
    }

    /// Seconds before its end at which a token is no longer used.
    #[must_use]
    pub const fn refresh_margin(mut self, seconds: u64) -> Self {
        self.refresh_margin = Some(seconds);
        self
    }

    /// The header that carries the token and its template of `{token_type}` and `{access_token}`.
    #[must_use]
    pub const fn header(mut self, name: &'static str, template: &'static str) -> Self {
        self.header = (name, template);
        self
    }

    /// Several headers that carry the token, each with its template of `{token_type}`, `{access_token}` and `{client_id}`.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// After a 401 only GET and HEAD are repeated with a new token; for everything else the 401 is the answer.
    #[must_use]
    pub const fn repeat_reads_only(mut self) -> Self {
        self.repeat_reads_only = true;
        self
    }

    /// Clients of one process share their tokens as far as server, credentials and scope are the same: a new token ends the
    /// one before.
    #[must_use]
    pub const fn shared_in_process(mut self) -> Self {
        self.shared_in_process = true;
        self
    }

    /// A 401 is the call's answer: the token is neither forgotten nor fetched anew because of it.
    #[must_use]
    pub const fn keep_on_unauthorized(mut self) -> Self {
        self.refresh_on_unauthorized = false;
        self
    }

    /// The headers that carry the token, with their templates.
    pub(crate) fn carriers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let one = self.headers.is_empty().then_some(self.header);
        self.headers.iter().copied().chain(one)
    }

    /// The endpoint renews the token of a session by the cookie of this name. What logs in and out says so itself.
    #[must_use]
    pub const fn session(mut self, cookie: &'static str) -> Self {
        self.session = Some(cookie);
        self
    }

    /// What errors and spans call the token request. Default `auth.issue_token`.
    #[must_use]
    pub const fn operation(mut self, name: &'static str) -> Self {
        self.operation = name;
        self
    }
}

/// What an operation does to the session of its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionRole {
    /// Its answer holds a token, and sets the cookie that renews it.
    Opens,
    /// The same, by the cookie of the session that is there.
    Renews,
    /// It ends the session that the cookie names.
    Closes,
}

/// A scheme that an operation needs, by its index in the client's facts.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    pub(crate) scheme: usize,
    pub(crate) scopes: &'static [&'static str],
}

impl Need {
    /// A scheme and the scopes that the document names with it.
    #[must_use]
    pub const fn new(scheme: usize, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}
