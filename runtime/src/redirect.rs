//! Redirects: which of them a call follows, and where one leads.
//!
//! Owns the caller's choice and the value that a call gives whose only success is a redirect. Following, and what another origin
//! gets to see, is the call loop's affair (`call::exchange`).

use std::fmt;

use http::header::{HeaderValue, LOCATION};
use http::{HeaderMap, StatusCode, Uri};

use crate::facts::{Answer, Status};
use crate::reply::RawReply;
use crate::text::codec::{DecodeError, Problem};
use crate::url::{percent_encoded, resolve, without_query};

/// What a call does with a redirect: status 301, 302, 303, 307 or 308.
///
/// Without a choice GET and HEAD follow redirects, whether the document declares them or not. Where a redirect is the only
/// success that the document declares, awaiting the call returns where it leads, and `.stream()` follows it. Other methods
/// never follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectPolicy {
    /// Follow up to ten redirects of GET and HEAD. Another origin gets neither credentials nor the application's headers.
    Follow,
    /// Follow none, and return it: as a [`RedirectTarget`] where the document declares a redirect as the only success,
    /// otherwise as an error with its status and its headers.
    Return,
    /// Follow none: a redirect is an error.
    Refuse,
}

impl RedirectPolicy {
    /// What holds for a call: its own wish, and otherwise what the document declares.
    pub(crate) fn choose(wish: Option<Self>, call: Redirectable) -> Self {
        match wish {
            Some(Self::Follow) if !call.read => Self::Return,
            Some(wish) => wish,
            None if !call.read || (call.declared && !call.streamed) => Self::Return,
            None => Self::Follow,
        }
    }
}

/// What decides about the redirects of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Redirectable {
    /// Whether it is a GET or HEAD.
    pub(crate) read: bool,
    /// Whether a redirect is its success.
    pub(crate) declared: bool,
    /// Whether its body is left for its reader.
    pub(crate) streamed: bool,
}

/// Whether a status tells to go elsewhere, where there is a location.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Whether the document declares a redirect as a success.
pub(crate) fn is_declared(answers: &[Answer]) -> bool {
    answers.iter().filter(|answer| answer.error.is_none()).any(|answer| match answer.status {
        Status::Exact(code) => StatusCode::from_u16(code).is_ok_and(is_redirect),
        Status::Class(class) => class == 3,
        Status::Default => false,
    })
}

/// Where the headers of a redirect lead, seen from the URL that was asked.
pub(crate) fn location(asked: &Uri, headers: &HeaderMap) -> Option<Uri> {
    let told = headers.get(LOCATION).map(HeaderValue::as_bytes)?;
    resolve(asked, &percent_encoded(told.trim_ascii()))
}

/// Where a server redirects to.
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectTarget {
    url: Uri,
    status: u16,
}

impl RedirectTarget {
    /// The URL, resolved against the one that was asked. Often it is what allows the download, so treat it as a secret.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.to_string()
    }

    /// The status of the redirect: 301 and 308 are permanent. If the call followed redirects, the status of the last response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }
}

/// The query is not printed: it often is what allows the download.
impl fmt::Debug for RedirectTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedirectTarget").field("url", &without_query(&self.url)).field("status", &self.status).finish()
    }
}

impl RawReply {
    /// Where the response redirects to; of any other response, where it came from.
    pub fn redirect_target(&self) -> Result<RedirectTarget, DecodeError> {
        let url = if is_redirect(self.status) {
            let absent = || DecodeError::new(Problem::Location, 0);
            location(&self.target, &self.headers).ok_or_else(absent)?
        } else {
            self.target.clone()
        };
        Ok(RedirectTarget { url, status: self.status() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_for_reads_and_the_document_decides_the_rest() {
        use RedirectPolicy::{Follow, Refuse, Return};
        let check = |wish, [read, declared, streamed]: [bool; 3], expected| {
            assert_eq!(RedirectPolicy::choose(wish, Redirectable { read, declared, streamed }), expected, "{wish:?}");
        };
        check(None, [true, false, false], Follow);
        check(None, [true, true, false], Return);
        check(None, [true, true, true], Follow);
        check(None, [false, true, false], Return);
        check(Some(Follow), [true, true, false], Follow);
        check(Some(Follow), [false, false, false], Return);
        check(Some(Return), [true, false, true], Return);
        check(Some(Refuse), [false, true, false], Refuse);
    }

    #[test]
    fn locations_are_resolved() {
        let asked: Uri = "https://pets.example/a/b?key=1".parse().unwrap();
        let check = |told: &[u8], expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_bytes(told).unwrap());
            assert_eq!(location(&asked, &headers).map(|uri| uri.to_string()).as_deref(), expected);
        };
        check(b" /c ", Some("https://pets.example/c"));
        check("c?x=\u{e4}".as_bytes(), Some("https://pets.example/a/c?x=%C3%A4"));
        check(b"ftp://pets.example/", None);
        assert_eq!(location(&asked, &HeaderMap::new()), None);
    }
}
