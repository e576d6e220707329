//! The base URL of a client.
//!
//! Owns its clean-up and checks, joining a path to it, telling origins apart, and resolving the target of a redirect.

use http::Uri;
use http::uri::Scheme;

use crate::facts::ClientFacts;
use crate::text::invalid::Invalid;

/// A checked base URL: scheme, host, an optional path prefix, and no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    text: String,
    host: String,
    port: Option<u16>,
    uri: Uri,
}

impl BaseUrl {
    /// Reads one that may be written as people know the API's URLs: cut where the API's own paths begin, and with the API's
    /// scheme where there is none.
    pub(crate) fn of(text: &str, facts: &ClientFacts) -> Result<Self, Invalid> {
        let text = text.trim();
        let scheme = facts.base_url_scheme.filter(|_| !text.is_empty() && !text.contains("://"));
        let text = scheme.map_or_else(|| text.to_owned(), |scheme| format!("{scheme}://{text}"));
        Self::parse(cut(&text, facts.base_url_cut))
    }

    /// Reads one; the error says what is wrong, in words that follow the URL.
    pub(crate) fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().trim_end_matches('/');
        if text.contains(['?', '#']) {
            return Err("has a query or a fragment".into());
        }
        let uri: Uri = text.parse().map_err(|error| format!("is not a URL: {error}"))?;
        if uri.scheme() != Some(&Scheme::HTTP) && uri.scheme() != Some(&Scheme::HTTPS) {
            return Err("must begin with `http://` or `https://`".into());
        }
        let authority = uri.authority().ok_or("names no host")?;
        // Also behind the host: in `http://user:pa/ss@host` a slash has cut the password in two.
        if text.contains('@') {
            return Err("holds credentials; they belong into `.credentials(…)`".into());
        }
        if !has_possible_port(&uri) {
            return Err("has a port that is no number up to 65535".into());
        }
        if authority.host().is_empty() {
            return Err("names no host".into());
        }
        let (host, port) = (authority.host().to_owned(), authority.port_u16());
        Ok(Self { text: text.to_owned(), host, port, uri })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The URL up to the slash that its path begins with.
    pub(crate) fn origin(&self) -> &str {
        let host = self.text.find("://").map_or(0, |at| at + "://".len());
        let path = self.text.get(host..).and_then(|rest| rest.find('/'));
        path.and_then(|at| self.text.get(..host + at)).unwrap_or(&self.text)
    }

    pub(crate) fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether a URL has the same scheme, host and port.
    pub(crate) fn is_origin_of(&self, target: &Uri) -> bool {
        same_origin(&self.uri, target)
    }

    /// The URL of a path and a query below this one. A whole URL stays what it is.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Uri, Invalid> {
        let whole = path.starts_with("http://") || path.starts_with("https://");
        let mut text = if whole { String::new() } else { self.text.clone() };
        if !whole && !path.is_empty() && !path.starts_with('/') {
            text.push('/');
        }
        text.push_str(path);
        if !query.is_empty() {
            text.push(if path.contains('?') { '&' } else { '?' });
            text.push_str(query);
        }
        text.parse().map_err(|error| format!("the request's URL cannot be built: {error}").into())
    }
}

/// An origin to which links to pages may lead.
pub(crate) fn page_origin(origin: &str) -> Result<BaseUrl, Invalid> {
    BaseUrl::parse(origin).map_err(|fault| format!("the origin of pages '{}' {fault}", without_secrets(origin)).into())
}

/// A URL without what stands before an `@` and without its query: both are where people put secrets.
pub(crate) fn without_secrets(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        (None, Some((_, rest))) => format!("…@{rest}"),
        _ => url.to_owned(),
    }
}

/// Returns the path and query of a URL. A path is returned unchanged.
pub(crate) fn path_of(url: &str) -> &str {
    match url.split_once("://") {
        None => url,
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
    }
}

/// A URL up to the first path segment that is one of these.
fn cut<'t>(text: &'t str, segments: &[&str]) -> &'t str {
    let path = text.find("://").map_or(0, |at| at + "://".len());
    let slashes = text.match_indices('/').map(|(at, _)| at).filter(|at| *at >= path);
    for at in slashes {
        let (before, rest) = text.split_at(at);
        let segment = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
        if segments.iter().any(|known| known.eq_ignore_ascii_case(segment)) {
            return before;
        }
    }
    text
}

/// The text of a URL in a header, with its bytes beyond ASCII percent-encoded: a URL cannot hold them, and servers send them.
pub(crate) fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            0x80.. => text.push_str(&format!("%{byte:02X}")),
            ascii => text.push(char::from(*ascii)),
        }
    }
    text
}

/// A URL without its query, which may hold a key: for people.
pub(crate) fn without_query(uri: &Uri) -> String {
    let (scheme, authority) = (uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |one| one.as_str()));
    let query = if uri.query().is_some() { "?…" } else { "" };
    format!("{scheme}://{authority}{}{query}", uri.path())
}

/// Scheme, host and port of a URL.
pub(crate) fn origin_of(uri: &Uri) -> String {
    format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |one| one.as_str()))
}

/// Whether two URLs have scheme, host and port in common.
pub(crate) fn same_origin(one: &Uri, other: &Uri) -> bool {
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    one.scheme() == other.scheme() && host(one) == host(other) && port(one) == port(other)
}

fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(if uri.scheme() == Some(&Scheme::HTTPS) { Some(443) } else { Some(80) })
}

/// The target of a `location` header, RFC 3986 section 5.2. Nothing but `http` and `https` is a target.
pub(crate) fn resolve(base: &Uri, location: &str) -> Option<Uri> {
    let location = location.split('#').next().unwrap_or_default();
    if location.is_empty() {
        return Some(base.clone());
    }
    let scheme = base.scheme_str()?;
    let authority = base.authority()?;
    let text = if has_scheme(location) {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else {
        let (path, query) = location.split_once('?').map_or((location, None), |(path, query)| (path, Some(query)));
        let path = match path {
            "" => base.path().to_owned(),
            path if path.starts_with('/') => without_dots(path),
            path => {
                let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
                without_dots(&format!("{folder}/{path}"))
            }
        };
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        format!("{scheme}://{authority}{path}{query}")
    };
    let uri: Uri = text.parse().ok()?;
    let known = uri.scheme() == Some(&Scheme::HTTP) || uri.scheme() == Some(&Scheme::HTTPS);
    (known && has_possible_port(&uri)).then_some(uri)
}

/// Whether what stands behind the host is a port, where something does: `http` takes any text for one.
fn has_possible_port(uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else { return true };
    let address = authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, address)| address);
    let port = address.strip_prefix(authority.host()).and_then(|rest| rest.strip_prefix(':'));
    port.is_none_or(|port| port.is_empty() || port.parse::<u16>().is_ok())
}

fn has_scheme(location: &str) -> bool {
    let Some((scheme, _)) = location.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// RFC 3986 section 5.2.4.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                kept.pop();
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_up() {
        let check = |text: &str, expected: Result<&str, &str>| match (BaseUrl::parse(text), expected) {
            (Ok(base), Ok(expected)) => assert_eq!(base.as_str(), expected),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{text}: {error}"),
            (found, expected) => panic!("{text}: {found:?}, not {expected:?}"),
        };
        check("https://api.pets.example", Ok("https://api.pets.example"));
        check(" https://api.pets.example// ", Ok("https://api.pets.example"));
        check("http://localhost:8080/proxy/v1/", Ok("http://localhost:8080/proxy/v1"));
        check("api.pets.example", Err("must begin with"));
        check("ftp://pets.example", Err("must begin with"));
        check("https://pets.example?x=1", Err("query"));
        check("https://user:pass@pets.example", Err("credentials"));
        check("http://user:pa/ss@pets.example", Err("credentials"));
        check("http://user:80/ss@pets.example", Err("credentials"));
        check("http://token/rest@pets.example", Err("credentials"));
        check("http://pets.example:pass/word", Err("port"));
        check("http://pets.example:65536", Err("port"));
        check("http://[::1]:8080/%40scope", Ok("http://[::1]:8080/%40scope"));
        check("", Err("not a URL"));
        check("https://", Err("must begin with"));
    }

    #[test]
    fn what_belongs_to_the_paths_of_the_api_is_cut() {
        static PETS: ClientFacts = ClientFacts::new("pets", "1").base_url_cut(&["v1", "api"]).base_url_scheme("https");
        for (text, expected) in [
            ("https://pets.example/v1", "https://pets.example"),
            ("https://pets.example/V1/", "https://pets.example"),
            (" https://pets.example/v1// ", "https://pets.example"),
            ("https://pets.example", "https://pets.example"),
            ("https://pets.example/api/order", "https://pets.example"),
            ("https://pets.example//api", "https://pets.example"),
            ("https://pets.example/v1?x=1", "https://pets.example"),
            ("https://pets.example/v1beta", "https://pets.example/v1beta"),
            ("https://pets.example/proxy/v1/foo", "https://pets.example/proxy"),
            ("http://localhost:8080/proxy/", "http://localhost:8080/proxy"),
            ("https://api/v1", "https://api"),
            ("pets.example/v1", "https://pets.example"),
        ] {
            assert_eq!(BaseUrl::of(text, &PETS).map(|base| base.text).as_deref(), Ok(expected), "{text}");
        }
        assert!(BaseUrl::of(" ", &PETS).is_err());
    }

    #[test]
    fn the_origin_ends_before_the_path() {
        for text in ["http://localhost:8080", "http://localhost:8080/proxy/v1"] {
            assert_eq!(BaseUrl::parse(text).unwrap().origin(), "http://localhost:8080");
        }
    }

    #[test]
    fn joining_keeps_the_prefix() {
        let base = BaseUrl::parse("http://localhost:8080/proxy/").unwrap();
        let check = |path: &str, query: &str, expected: &str| {
            assert_eq!(base.join(path, query).unwrap().to_string(), expected);
        };
        check("/pets", "", "http://localhost:8080/proxy/pets");
        check("pets", "a=1", "http://localhost:8080/proxy/pets?a=1");
        check("/pets?b=2", "a=1", "http://localhost:8080/proxy/pets?b=2&a=1");
        check("https://login.example/token", "", "https://login.example/token");
    }

    #[test]
    fn resolving_locations() {
        let base: Uri = "https://pets.example/a/b/c?x=1".parse().unwrap();
        let check = |location: &str, expected: Option<&str>| {
            assert_eq!(resolve(&base, location).map(|uri| uri.to_string()).as_deref(), expected, "{location}");
        };
        check("https://other.example/d", Some("https://other.example/d"));
        check("//other.example/d", Some("https://other.example/d"));
        check("/d?y=2#part", Some("https://pets.example/d?y=2"));
        check("d", Some("https://pets.example/a/b/d"));
        check("../d/./e", Some("https://pets.example/a/d/e"));
        check("../../../d", Some("https://pets.example/d"));
        check(".", Some("https://pets.example/a/b/"));
        check("?y=2", Some("https://pets.example/a/b/c?y=2"));
        check("", Some("https://pets.example/a/b/c?x=1"));
        check("javascript:alert(1)", None);
        check("file:///etc/passwd", None);
        check("https://other.example:99999/d", None);
        check("https://other.example:port/d", None);
        check("//other.example:65535/d", Some("https://other.example:65535/d"));
    }

    #[test]
    fn origins() {
        let check = |one: &str, other: &str, expected: bool| {
            assert_eq!(same_origin(&one.parse().unwrap(), &other.parse().unwrap()), expected, "{one} {other}");
        };
        check("https://a.example/x", "https://A.example:443/y", true);
        check("https://a.example", "http://a.example", false);
        check("https://a.example", "https://a.example:8443", false);
        check("https://a.example", "https://b.a.example", false);
    }
}
