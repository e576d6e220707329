//! An answer that was read to its end, and the typed response made of it.
//!
//! Owns access to status, headers and body. Whether an answer is a success was decided before (`call::classify`).

pub(crate) mod tolerance;

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

use crate::facts::ErrorFacts;
use crate::headers::content_type;
use crate::headers::first_header;
use crate::headers::{Header, typed};
use crate::reply::tolerance::Tolerance;
use crate::text::codec::{Decode, DecodeError, Kind};
use crate::text::values::Json;

/// An answer that was read to its end.
#[derive(Clone)]
pub struct RawReply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) tolerance: Tolerance,
    /// Where it came from in the end. May hold a key in its query, so it is not shown.
    pub(crate) target: Uri,
    pub(crate) errors: &'static ErrorFacts,
}

impl RawReply {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header that the document declares, read as its type; `None` where the server did not send it.
    pub fn header<H: Decode>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        typed::read(&self.headers, header)
    }

    /// Which of these content types the answer has, the document's own spelling first: exactly, by its type alone, as one of
    /// a range, or as the only JSON. The first where the server says nothing; `None` for what is not declared.
    #[must_use]
    pub fn content(&self, declared: &[&str]) -> Option<usize> {
        match self.content_type() {
            "" => Some(0),
            told => content_type::choose(told, declared),
        }
    }

    /// The content type, where it is told and no JSON.
    pub(crate) fn other_type(&self) -> Option<&str> {
        let essence = self.content_type().split(';').next().unwrap_or_default().trim();
        let json = content_type::is_json(&essence.to_ascii_lowercase());
        (!essence.is_empty() && essence.len() < 80 && !json).then_some(essence)
    }

    /// What the server says that the body is; empty where it says nothing.
    fn content_type(&self) -> &str {
        content_type::told(&self.headers)
    }

    /// The body as JSON.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        self.tolerance.decode(&self.body)
    }

    /// The body as JSON, or nothing where there is no body or it is `null`.
    pub fn optional_json<T: Decode>(&self) -> Result<Option<T>, DecodeError> {
        if self.body.trim_ascii().is_empty() { Ok(None) } else { self.json::<Option<T>>() }
    }

    /// The list at a JSON pointer; an empty one where there is none.
    pub fn list_at<T: Decode>(&self, pointer: &str) -> Result<Vec<T>, DecodeError> {
        match self.json::<Json>()?.pointer(pointer).filter(|found| found.kind() == Kind::Array) {
            Some(list) => self.tolerance.decode_below(list.as_text().as_bytes(), pointer),
            None => Ok(Vec::new()),
        }
    }

    /// What a JSON pointer leads to, or nothing.
    pub fn member_at<T: Decode>(&self, pointer: &str) -> Result<Option<T>, DecodeError> {
        match self.json::<Json>()?.pointer(pointer) {
            Some(member) => self.tolerance.decode_below(member.as_text().as_bytes(), pointer),
            None => Ok(None),
        }
    }

    /// The same, for what nobody has documented: read tolerantly, an empty body as an empty object.
    pub(crate) fn unverified(&self) -> Self {
        let mut reply = Self { tolerance: self.tolerance.tolerant(), ..self.clone() };
        if reply.body.trim_ascii().is_empty() {
            reply.body = Bytes::from_static(b"{}");
        }
        reply
    }

    /// Nothing, whatever the body is.
    pub fn empty(&self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// The body as text: UTF-8, or Latin-1 where the content type says so. What is neither is replaced.
    pub fn text(&self) -> Result<String, DecodeError> {
        Ok(content_type::text(&self.body, self.content_type()))
    }

    /// The body as it is.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }

    /// The first of these headers that is present and not empty.
    pub(crate) fn first_header(&self, names: &[&str]) -> Option<&str> {
        first_header(&self.headers, names)
    }
}

impl fmt::Debug for RawReply {
    /// Bodies and headers may hold tokens and personal data: neither is printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply").field("status", &self.status()).field("body_bytes", &self.body.len()).finish()
    }
}

/// A typed answer together with what came around it.
#[derive(Clone)]
pub struct Response<T> {
    reply: RawReply,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(reply: RawReply, value: T) -> Self {
        Self { reply, value }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.reply.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// A header that the document declares, read as its type; `None` where the server did not send it.
    pub fn header<H: Decode>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        typed::read(&self.reply.headers, header)
    }

    /// The server's id of this request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.reply.first_header(self.reply.errors.request_id)
    }

    /// The trace id.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.reply.first_header(self.reply.errors.trace_id)
    }

    /// The body as it came.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.reply.body
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("reply", &self.reply).field("value", &self.value).finish()
    }
}
