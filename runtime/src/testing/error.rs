//! Errors made by hand, for tests of error handling.
//!
//! Clients do not use it. To get an error from a call, with everything that the document declares for it, use an
//! [`Answer`](super::Answer) of a transport in memory.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::call::Operation;
use crate::error::{ApiErrorBody, Error, ErrorKind, RawError};
use crate::facts::{Answer, ErrorFacts};

/// Builds the error of a client, to test what your code does with it.
///
/// ```
/// # use typewright_runtime::codegen::v1 as rt;
/// # #[derive(Debug)] struct ApiError;
/// # impl rt::ApiErrorBody for ApiError {
/// #     type Code = String;
/// #     fn decode(_: usize, d: &mut rt::Decoder<'_>) -> Result<Self, rt::DecodeError> { d.json().map(|_| Self) }
/// # }
/// # type Error = rt::Error<ApiError>;
/// use typewright_runtime::testing::ErrorBuilder;
///
/// let error: Error = ErrorBuilder::new(409).code("NAME_TAKEN").message("That name is taken.").build();
/// assert!(error.is_conflict());
/// assert_eq!(error.to_string(), "409 NAME_TAKEN That name is taken.");
/// ```
#[must_use = "call `build` to get the error"]
#[derive(Debug)]
pub struct ErrorBuilder {
    raw: RawError,
}

impl ErrorBuilder {
    /// An error response with this status.
    pub fn new(status: u16) -> Self {
        let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        let mut builder = Self::of_kind(ErrorKind::Api).message(reason.unwrap_or("the request failed"));
        let fault = &mut *builder.raw.0;
        fault.status = Some(status);
        fault.refused_input = ErrorFacts::new().validation.iter().any(|refused| refused.matches(status));
        builder
    }

    /// An error without a response, for example [`ErrorKind::Timeout`].
    pub fn of_kind(kind: ErrorKind) -> Self {
        Self { raw: RawError::new(kind, "an error made for a test") }
    }

    /// Sets the API's error code.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.raw.0.code = Some(code.into());
        self
    }

    /// Sets the message.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.raw.0.message = message.into();
        self
    }

    /// Sets the response body, as JSON or any other text. [`Error::body`] reads it by the schema that the operation declares
    /// for the status (see [`operation`](Self::operation)), else by the client's first error schema; what does not fit is
    /// the open variant. Code and message are not read from it.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.raw.0.body = body.into();
        self
    }

    /// Sets the operation that failed, for example `op::PetsGet`.
    pub fn operation<Op: Operation>(mut self) -> Self {
        let fault = &mut *self.raw.0;
        fault.operation = Some(Op::FACTS.name);
        let declared = fault.status.and_then(|status| Answer::find(Op::FACTS.answers, status));
        fault.schema = Some(declared.and_then(|answer| answer.error).unwrap_or(usize::MAX));
        self
    }

    /// Adds a response header. One that cannot be a header is left out.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.raw.0.headers.append(name, value);
        }
        self
    }

    /// Sets the server's ID of the request.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.raw.0.request_id = Some(id.into());
        self
    }

    /// Sets how long the server asks to wait.
    pub fn retry_after(mut self, delay: Duration) -> Self {
        self.raw.0.retry_after = Some(delay);
        self
    }

    /// Returns the error.
    #[must_use]
    pub fn build<A: ApiErrorBody>(mut self) -> Error<A> {
        self.raw.0.schema.get_or_insert(0);
        Error::from_raw(self.raw)
    }
}
