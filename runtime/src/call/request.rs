//! Requests that the document does not describe.
//!
//! Owns the escape hatch: the client's headers, credentials, limits and retries, and an answer as it came. A whole URL, for
//! example of an upload that an answer named, gets the limits only.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Method};

use super::prepare::{caller, common_headers, invalid, limits};
use super::prepared::{Content, Prepared, Purpose, Reading, Shown, Target};
use super::run::execute;
use super::{CallOptions, Pending, wire};
use crate::client::Client;
use crate::credentials::{CallerIds, Credentials, Demand, Needs};
use crate::error::{ApiErrorBody, Error};
use crate::facts::{Answer, OperationFacts};
use crate::headers;
use crate::redirect::RedirectPolicy;
use crate::reply::RawReply;
use crate::retry::RetryPolicy;
use crate::text::codec::{self, Encode};
use crate::text::invalid::Invalid;
use crate::url::without_secrets;

impl Client {
    /// A request that the document does not describe, with the client's headers, credentials and retries. The path is
    /// below the base URL.
    pub fn request<A: ApiErrorBody>(&self, method: &str, path: &str) -> RawRequest<A> {
        RawRequest::new(self, method, path)
    }
}

/// A request that the document does not describe, not yet sent.
#[must_use = "a request does nothing until it is awaited"]
pub struct RawRequest<A> {
    client: Client,
    method: String,
    path: String,
    body: Option<(&'static str, Bytes)>,
    anonymous: bool,
    options: CallOptions,
    fault: Option<Invalid>,
    error: PhantomData<fn() -> A>,
}

/// Without the query of a whole URL, which often is what allows its use, and without the body.
impl<A> fmt::Debug for RawRequest<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.shown_path())
            .field("body", &self.body.as_ref().map(|(content_type, bytes)| (content_type, bytes.len())))
            .field("anonymous", &self.anonymous)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<A> RawRequest<A> {
    /// The path without its query, and without the credentials of a whole URL.
    fn shown_path(&self) -> String {
        if self.path.contains("://") {
            return without_secrets(&self.path);
        }
        self.path.split(['?', '#']).next().unwrap_or_default().to_owned()
    }
}

/// What is known of such a request.
static FACTS: OperationFacts = OperationFacts::new("request", "", "");

/// Where the application asks for redirects.
static REDIRECTS: &[Answer] =
    &[Answer::success(301), Answer::success(302), Answer::success(303), Answer::success(307), Answer::success(308)];

impl<A: ApiErrorBody> RawRequest<A> {
    pub(crate) fn new(client: &Client, method: &str, path: &str) -> Self {
        Self {
            client: client.clone(),
            method: method.to_owned(),
            path: path.to_owned(),
            body: None,
            anonymous: false,
            options: CallOptions::default(),
            fault: None,
            error: PhantomData,
        }
    }

    /// A query member.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.query(name.as_ref(), value.as_ref());
        self
    }

    /// A header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.header(name.as_ref(), value.as_ref());
        self
    }

    /// A JSON body.
    pub fn json(mut self, value: &dyn Encode) -> Self {
        match codec::to_json(value) {
            Ok(json) => self.body = Some(("application/json", Bytes::from(json))),
            Err(error) => self.fault = Some(error.into()),
        }
        self
    }

    /// A body of bytes with its content type.
    pub fn bytes(mut self, content_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        self.body = Some((content_type, bytes.into()));
        self
    }

    /// Sends no credentials. Then the path may be a whole URL, also of another server: it gets the headers that are set
    /// here, and nothing of the client's but its limits.
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Sets the maximum time for one attempt, including waiting for credentials and for the rate limit, and reading the body.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout(timeout);
        self
    }

    /// Sets the maximum time for the request with all its attempts and the waiting between them.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.options.total_timeout(timeout);
        self
    }

    /// Sets a bearer token, an API key, or a user and password for this request, in place of the client's.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.options.credentials(credentials.into());
        self
    }

    /// What becomes of redirects. Without it GET and HEAD follow them. With `Return` one is a success, whatever the method.
    pub fn redirect(mut self, policy: RedirectPolicy) -> Self {
        self.options.redirect(policy);
        self
    }

    /// A retry policy of its own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry(policy);
        self
    }

    fn below_the_base(&self) -> Result<(CallerIds, HeaderMap), Invalid> {
        let shared = &*self.client.shared;
        if self.path.contains("://") || self.path.starts_with("//") || self.path.contains(['?', '#']) {
            return Err("the path of a request is below the base URL, without query and fragment".into());
        }
        let climbs = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
        if self.path.split(['/', '\\']).any(climbs) {
            return Err("the path of a request has no segments `.` and `..`".into());
        }
        let caller = caller(shared, None, &self.options)?;
        let mut headers: HeaderMap = common_headers(shared, None);
        self.describe_body(&mut headers);
        headers::overlay(&mut headers, &caller.headers);
        Ok((caller, headers))
    }

    /// Credentials, constant and default headers belong to the base URL and go nowhere else; nor are headers reserved there.
    fn elsewhere(&self) -> Result<(CallerIds, HeaderMap), Invalid> {
        if !self.anonymous {
            return Err("a whole URL is sent without credentials only: add `.anonymous()`".into());
        }
        if self.path.contains(['#', '\\']) {
            return Err("the URL of a request has no fragment and no backslash".into());
        }
        limits(&self.options)?;
        let mut headers = HeaderMap::new();
        self.describe_body(&mut headers);
        let mut own = HeaderMap::new();
        for (name, value) in &self.options.headers {
            let (name, value) = headers::header(name, value)?;
            own.append(name, value);
        }
        headers::overlay(&mut headers, &own);
        Ok((CallerIds { timeout: self.options.timeout, ..CallerIds::default() }, headers))
    }

    fn describe_body(&self, headers: &mut HeaderMap) {
        if let Some((content_type, _)) = self.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
    }

    fn prepare(&self) -> Result<Prepared, Invalid> {
        let shared = &*self.client.shared;
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        if self.anonymous && !self.options.credentials.is_empty() {
            return Err("an anonymous request takes no credentials".into());
        }
        let method = Method::from_bytes(self.method.to_ascii_uppercase().as_bytes())
            .map_err(|_| format!("'{}' is no method", self.method))?;
        let elsewhere = self.path.starts_with("https://") || self.path.starts_with("http://");
        let (caller, headers) = if elsewhere { self.elsewhere()? } else { self.below_the_base()? };
        let query = self.options.query.iter().map(|(name, value)| wire::query_pair(name, value, shared.facts));
        let query = query.collect::<Vec<_>>().join("&");
        // The path is the application's own text and may hold anything; it is shown, but is no template. The query of
        // a whole URL often is what allows its use.
        let shown = Shown { path: self.shown_path().into(), template: "".into() };
        let target = Target { query, ..Target::new(FACTS.name, method, self.path.clone(), shown) };
        let needs = if self.anonymous { Needs::Nothing } else { Needs::Whatever };
        let auth = Demand { needs, session_cookie: false, caller };
        let content = Content::Whole(self.body.as_ref().map(|(_, bytes)| bytes.clone()).unwrap_or_default());
        let purpose = Purpose::Call { facts: &FACTS, options: &self.options, keyed: !elsewhere };
        let parts = (headers, content);
        let mut prepared = Prepared::new(&self.client, &purpose, target, parts, (auth, Reading::default()))?;
        if prepared.target.redirect == RedirectPolicy::Return && self.options.redirect.is_some() {
            prepared.reading.answers = REDIRECTS;
        }
        Ok(prepared)
    }
}

impl<A: ApiErrorBody> IntoFuture for RawRequest<A> {
    type Output = Result<RawReply, Error<A>>;
    type IntoFuture = Pending<RawReply, Error<A>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let refused = |message| Error::from_raw(invalid(&self.client.shared, FACTS.name, message));
            let prepared = self.prepare().map_err(refused)?;
            execute(&self.client, prepared).await.map_err(Error::from_raw)
        })
    }
}
