//! A cookie that carries an id, as a server finds it in the requests that it gets.
//!
//! Owns the reading of `Cookie` headers. Cookies that a client sends are parameters (`style`).

use http::HeaderMap;
use http::header::COOKIE;

/// Finds the id that a cookie carries.
///
/// Names are compared as they are, and the first cookie of the name decides, even if it is empty: then there is no id.
/// Spaces around a value are dropped; quotes and percent signs stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieId<'n> {
    name: &'n str,
}

impl<'n> CookieId<'n> {
    /// The id in the cookie of this name.
    #[must_use]
    pub const fn new(name: &'n str) -> Self {
        Self { name }
    }

    /// The same id in a cookie of another name.
    #[must_use]
    pub const fn named(self, name: &str) -> CookieId<'_> {
        CookieId { name }
    }

    /// The cookie's name.
    #[must_use]
    pub const fn name(self) -> &'n str {
        self.name
    }

    /// The id in the value of a `Cookie` header.
    #[must_use]
    pub fn in_cookie(self, header: &str) -> Option<&str> {
        self.find(header.as_bytes()).flatten()
    }

    /// The id in the headers of a request, of which several may be `Cookie`.
    #[must_use]
    pub fn in_headers(self, headers: &HeaderMap) -> Option<&str> {
        headers.get_all(COOKIE).iter().find_map(|header| self.find(header.as_bytes())).flatten()
    }

    /// The id in a request.
    #[must_use]
    pub fn in_request<B>(self, request: &http::Request<B>) -> Option<&str> {
        self.in_headers(request.headers())
    }

    /// What the first cookie of the name holds, if there is one. Other cookies may be no UTF-8.
    fn find(self, header: &[u8]) -> Option<Option<&str>> {
        header.split(|byte| *byte == b';').find_map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.trim() == self.name).then(|| Some(value.trim()).filter(|value| !value.is_empty()))
        })
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const ID: CookieId<'static> = CookieId::new("_cid");

    #[test]
    fn values_of_a_header() {
        for (header, expected) in [
            ("", None),
            ("a=1; _cid=c1; b=2", Some("c1")),
            ("_cid=a=b==; x=y", Some("a=b==")),
            (" _cid =  v ", Some("v")),
            ("_cid=abc%3D%3D", Some("abc%3D%3D")),
            ("_cid=\"quoted\"", Some("\"quoted\"")),
            ("_cid=; _cid=second", None),
            ("_cid=first; _cid=second", Some("first")),
            ("_cid", None),
            ("_CID=upper", None),
            ("x_cid=other", None),
            (";;_cid=c1", Some("c1")),
        ] {
            assert_eq!(ID.in_cookie(header), expected, "{header}");
        }
    }

    #[test]
    fn another_name() {
        let name = String::from("custom");
        assert_eq!(ID.named(&name).in_cookie("_cid=a; custom=z"), Some("z"));
        assert_eq!(ID.named(&name).name(), "custom");
    }

    #[test]
    fn headers_and_requests() {
        let headers = |values: &[&'static [u8]]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(COOKIE, HeaderValue::from_bytes(value).unwrap());
            }
            headers
        };
        for (values, expected) in [
            (&[][..], None),
            (&[b"a=1".as_slice(), b"_cid=c1", b"_cid=c2"], Some("c1")),
            (&[b"_cid=", b"_cid=c2"], None),
            (&[b"a=\xff; _cid=c1"], Some("c1")),
            (&[b"_cid=\xff"], None),
        ] {
            let mut request = http::Request::new(());
            *request.headers_mut() = headers(values);
            assert_eq!(ID.in_request(&request), expected, "{values:?}");
        }
    }
}
