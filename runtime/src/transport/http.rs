//! The transport over reqwest.
//!
//! Owns how reqwest is set up: no redirects, no retries, no cookies, gzip and brotli decoded as they stream (so that the
//! caps count what is unpacked). Secrets in URLs are taken out of its errors.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::http::Method;
use ::http::header::{CONTENT_LENGTH, HeaderValue};
use bytes::Bytes;
use futures_core::Stream;

use super::{BoxError, RequestBody, ResponseBody, ToOwnServer, Transport, TransportError, TransportFault, refused};
use crate::text::secret::Secret;
use crate::time::BoxFuture;

/// What the builder may set about it.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) client: Option<::reqwest::Client>,
    pub(crate) proxies: Vec<Secret>,
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) identity: Option<Secret>,
}

/// Why these settings do not go with an HTTP client or a transport of one's own.
pub(crate) fn not_ours() -> TransportError {
    refused(
        "`proxy`, `root_certificate` and `client_identity` belong to the runtime's HTTP client: set them on your own one instead",
    )
}

impl Options {
    /// The transport, or why there can be none.
    pub(crate) fn transport(self, connect: Option<Duration>) -> Result<Arc<dyn Transport>, TransportError> {
        let is_set = !self.proxies.is_empty() || !self.certificates.is_empty() || self.identity.is_some();
        let transport = match (&self.client, &self.identity) {
            (Some(_), _) if is_set => return Err(not_ours()),
            (Some(client), _) => ReqwestTransport::new(client.clone()),
            (None, None) => ReqwestTransport { client: self.client(connect, None)?, presenting: None },
            (None, identity) => {
                let presenting = Some(self.client(connect, identity.as_ref())?);
                ReqwestTransport { client: self.client(connect, None)?, presenting }
            }
        };
        Ok(Arc::new(transport))
    }

    fn client(
        &self,
        connect: Option<Duration>,
        identity: Option<&Secret>,
    ) -> Result<::reqwest::Client, TransportError> {
        let mut builder = ::reqwest::Client::builder()
            .redirect(::reqwest::redirect::Policy::none())
            .retry(::reqwest::retry::never())
            .referer(false);
        if let Some(connect) = connect {
            builder = builder.connect_timeout(connect);
        }
        for url in &self.proxies {
            let unusable =
                |error: ::reqwest::Error| refused("the proxy's URL cannot be used").with_source(without_urls(error));
            builder = builder.proxy(::reqwest::Proxy::all(url.expose()).map_err(unusable)?);
        }
        let builder = super::tls::configure(builder, &self.certificates, identity)?;
        builder.build().map_err(|error| refused("the HTTP client cannot be set up").with_source(without_urls(error)))
    }
}

/// The default transport: one exchange through reqwest.
///
/// To wrap it, use [`Builder::wrap_transport`](crate::Builder::wrap_transport), which keeps the builder's proxy,
/// certificates and connect timeout.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
    /// Presents the client's certificate to servers that ask for one. It has connections of its own, so that none of them
    /// carries a request which must not be known to come from this client.
    presenting: Option<::reqwest::Client>,
}

impl ReqwestTransport {
    /// Sends with your own HTTP client. Switch its redirects and retries off, as for
    /// [`Builder::http_client`](crate::Builder::http_client).
    #[must_use]
    pub fn new(client: ::reqwest::Client) -> Self {
        Self { client, presenting: None }
    }
}

/// Without the clients, which print what they were set up with.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("presenting", &self.presenting.is_some()).finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: ::http::Request<RequestBody>,
    ) -> BoxFuture<Result<::http::Response<ResponseBody>, TransportError>> {
        let own = request.extensions().get::<ToOwnServer>().is_some();
        let client = self.presenting.as_ref().filter(|_| own).unwrap_or(&self.client).clone();
        Box::pin(async move {
            // The call may have moved to another place since it began.
            check()?;
            let mut request = request;
            tell_emptiness(&mut request);
            let request = request.map(|body| match body.as_bytes() {
                Some(bytes) => ::reqwest::Body::from(bytes.clone()),
                None => ::reqwest::Body::wrap(Outgoing(Mutex::new(body))),
            });
            let request = ::reqwest::Request::try_from(request).map_err(failed)?;
            let response: ::http::Response<::reqwest::Body> =
                client.execute(request).await.map_err(refused_or_failed)?.into();
            Ok(response.map(|body| ResponseBody::from_stream(Frames(body))))
        })
    }

    fn check(&self) -> Result<(), TransportError> {
        check()
    }
}

/// Without a runtime, its timer or its IO reqwest would panic.
fn check() -> Result<(), TransportError> {
    crate::time::drivers::network().map_err(|missing| TransportError::new(TransportFault::Refused, missing))
}

/// RFC 9110, section 8.6: a method that may carry a body says when it carries none. Without it servers and proxies answer 411.
fn tell_emptiness(request: &mut ::http::Request<RequestBody>) {
    let may_carry = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if may_carry && request.body().as_bytes().is_some_and(Bytes::is_empty) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// A body that is read while it is sent. The lock is never waited for: it makes the body `Sync`, which reqwest asks for.
struct Outgoing(Mutex<RequestBody>);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let chunk = std::task::ready!(std::pin::Pin::new(body).poll_next(context));
        std::task::Poll::Ready(chunk.map(|chunk| chunk.map(http_body::Frame::data)))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let length = self.0.lock().unwrap_or_else(PoisonError::into_inner).length();
        length.map_or_else(http_body::SizeHint::default, http_body::SizeHint::with_exact)
    }
}

/// The data of a reqwest body.
struct Frames(::reqwest::Body);

impl Stream for Frames {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        use http_body::Body as _;
        loop {
            let frame = std::task::ready!(std::pin::Pin::new(&mut self.0).poll_frame(context));
            match frame.map(|frame| frame.map(http_body::Frame::into_data)) {
                None => return std::task::Poll::Ready(None),
                Some(Ok(Ok(data))) => return std::task::Poll::Ready(Some(Ok(data))),
                // Trailers say nothing that a client of such APIs reads.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return std::task::Poll::Ready(Some(Err(failed(error)))),
            }
        }
    }
}

/// The fault of an exchange whose answer has not begun. HTTP/2 servers that shut down or have too much to do refuse a stream
/// with the promise that nothing was done (RFC 9113, section 8.7): by its reset with this reason, or by a GOAWAY that names a
/// stream before it as the last one. `h2` fails no other streams with a GOAWAY of the server.
fn refused_or_failed(error: ::reqwest::Error) -> TransportError {
    let mut causes = std::iter::successors(std::error::Error::source(&error), |cause| (*cause).source());
    let is_refusal = |cause: &h2::Error| {
        let is_reset = cause.is_reset() && cause.reason() == Some(h2::Reason::REFUSED_STREAM);
        cause.is_remote() && (is_reset || cause.is_go_away())
    };
    let unprocessed = causes.any(|cause| cause.downcast_ref::<h2::Error>().is_some_and(is_refusal));
    let mut failed = failed(error);
    if unprocessed {
        failed.fault = TransportFault::Unprocessed;
    }
    failed
}

/// The fault without the URL, whose query may hold a key.
fn failed(error: ::reqwest::Error) -> TransportError {
    let fault = if error.is_connect() {
        TransportFault::Connect
    } else if error.is_timeout() {
        TransportFault::Timeout
    } else if error.is_builder() {
        TransportFault::Refused
    } else {
        TransportFault::Broken
    };
    let error = without_urls(error);
    TransportError::new(fault, words(&*error)).with_source(error)
}

/// The error without the URLs in it, which may hold a password or a key. `without_url` takes out the outermost only: where there
/// is one further in, the words of the innermost cause are all that is kept.
fn without_urls(error: ::reqwest::Error) -> BoxError {
    let error = error.without_url();
    let has_url = |cause: &(dyn StdError + 'static)| {
        cause.downcast_ref::<::reqwest::Error>().is_some_and(|it| it.url().is_some())
    };
    if causes(&error).any(has_url) {
        let last = causes(&error).last().filter(|last| !last.is::<::reqwest::Error>());
        return last.map_or_else(|| String::from("the URL is not one"), ToString::to_string).into();
    }
    error.into()
}

/// What stands behind an error, from the outside in.
fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause: &&(dyn StdError + 'static)| (*cause).source())
}

/// reqwest's own words are general; the innermost cause says what happened.
fn words(error: &(dyn StdError + 'static)) -> String {
    let outer = error.to_string();
    let inner = causes(error).last().map(ToString::to_string);
    match inner {
        Some(inner) if !outer.contains(&inner) => format!("{outer}: {inner}"),
        _ => outer,
    }
}
