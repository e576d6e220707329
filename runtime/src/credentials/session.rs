//! The cookie of a session, which renews its token.
//!
//! Owns one cookie: what a server sets, where it may go, and when it ends. Everything else that a server wants kept is
//! forgotten.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::header::SET_COOKIE;
use http::{HeaderMap, Uri};

use crate::text::secret::Secret;
use crate::url::same_origin;

/// The session of a client and its clones.
#[derive(Debug, Default)]
pub(crate) struct Session {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    open: bool,
    cookie: Option<Cookie>,
}

#[derive(Debug)]
struct Cookie {
    value: Secret,
    /// Who set it: nobody else gets it.
    origin: Uri,
    path: String,
    secure: bool,
    ends: Option<SystemTime>,
}

impl Session {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody logged in and neither logged out nor was refused since.
    pub(crate) fn is_open(&self) -> bool {
        self.state().open
    }

    /// Takes what an answer sets.
    pub(crate) fn take(&self, name: &str, headers: &HeaderMap, origin: &Uri, now: SystemTime) {
        let mut state = self.state();
        state.open = true;
        let set = headers.get_all(SET_COOKIE).iter().filter_map(|header| header.to_str().ok());
        for (value, attributes) in set.filter_map(|header| named(header, name)) {
            // One that is over already is how a server takes a cookie back.
            state.cookie = Cookie::new(value, attributes, origin, now).filter(|cookie| cookie.is_good(now));
        }
    }

    /// `name=value` for a request to this target, if the cookie may go there.
    pub(crate) fn pair(&self, name: &str, target: &Uri, now: SystemTime) -> Option<Secret> {
        let state = self.state();
        let cookie = state.cookie.as_ref().filter(|cookie| cookie.is_good(now) && cookie.fits(target))?;
        Some(Secret::new(format!("{name}={}", cookie.value.expose())))
    }

    /// Ends the session.
    pub(crate) fn clear(&self) {
        *self.state() = State::default();
    }
}

/// Value and attributes, if the header sets the cookie of this name.
fn named<'h>(header: &'h str, name: &str) -> Option<(&'h str, &'h str)> {
    let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
    let (found, value) = pair.split_once('=')?;
    (found.trim() == name).then(|| (value.trim(), attributes))
}

impl Cookie {
    /// `None` if it is not this server's to set so.
    fn new(value: &str, attributes: &str, origin: &Uri, now: SystemTime) -> Option<Self> {
        let mut cookie = Self {
            value: Secret::new(value),
            origin: origin.clone(),
            path: default_path(origin.path()).to_owned(),
            secure: false,
            ends: None,
        };
        let mut max_age = None;
        for attribute in attributes.split(';') {
            let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "path" if value.starts_with('/') => cookie.path = value.to_owned(),
                "secure" => cookie.secure = true,
                "expires" => cookie.ends = httpdate::parse_http_date(value).ok(),
                // A count of seconds goes before a date (RFC 6265, 5.3).
                "max-age" => max_age = value.parse::<i64>().ok().or(max_age),
                "domain" if !covers(value, origin.host().unwrap_or_default()) => return None,
                _ => {}
            }
        }
        if let Some(seconds) = max_age {
            let age = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
            cookie.ends = now.checked_add(age);
        }
        (!cookie.secure || is_https(origin)).then_some(cookie)
    }

    fn is_good(&self, now: SystemTime) -> bool {
        !self.value.expose().is_empty() && self.ends.is_none_or(|ends| ends > now)
    }

    /// Whether a request may carry it: to the same origin, below its path, and in secret where it asks for that.
    fn fits(&self, target: &Uri) -> bool {
        let below = target.path().strip_prefix(self.path.as_str());
        let below = below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/'));
        same_origin(&self.origin, target) && below && (!self.secure || is_https(target))
    }
}

fn is_https(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https")
}

/// Everything before the last slash (RFC 6265, 5.1.4).
fn default_path(path: &str) -> &str {
    path.rsplit_once('/').map_or("/", |(before, _)| if before.is_empty() { "/" } else { before })
}

/// Whether a `Domain` is the host or stands above it.
fn covers(domain: &str, host: &str) -> bool {
    let (domain, host) = (domain.trim_start_matches('.').to_ascii_lowercase(), host.to_ascii_lowercase());
    domain.is_empty() || host == domain || host.ends_with(&format!(".{domain}"))
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    const NOW: u64 = 1_700_000_000;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// Sets a cookie at a URL and asks for it at another, some seconds later.
    fn check(set: &str, from: &str, to: &str, later: u64, expected: Option<&str>) {
        let session = Session::default();
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, "other=1; Path=/".parse().unwrap());
        headers.append(SET_COOKIE, set.parse().unwrap());
        session.take("sid", &headers, &from.parse().unwrap(), at(NOW));
        let pair = session.pair("sid", &to.parse().unwrap(), at(NOW + later));
        assert_eq!(pair.as_ref().map(Secret::expose), expected, "{set} from {from} to {to} after {later}");
    }

    #[test]
    fn a_cookie_goes_where_it_may() {
        let (login, refresh) = ("https://a.example/api/auth/login", "https://a.example/api/auth/refresh");
        check("sid=v", login, refresh, 0, Some("sid=v"));
        check("sid=v; HttpOnly; SameSite=None; Secure", login, refresh, 0, Some("sid=v"));
        check("sid=v", login, "https://a.example/api/pets", 0, None);
        check("sid=v; Path=/", login, "https://a.example/api/pets", 0, Some("sid=v"));
        check("sid=v; Path=/api", login, "https://a.example/apis", 0, None);
        for other in ["https://b.example", "http://a.example", "https://a.example:8443", "https://x.a.example"] {
            check("sid=v; Path=/; Domain=a.example", login, &format!("{other}/api/auth/refresh"), 0, None);
        }
        check("sid=v; Domain=b.example", login, refresh, 0, None);
        check("sid=v; Secure", "http://a.example/auth/login", "http://a.example/auth/refresh", 0, None);
    }

    #[test]
    fn a_cookie_ends() {
        let (login, refresh) = ("https://a.example/auth/login", "https://a.example/auth/refresh");
        check("sid=v; Max-Age=60", login, refresh, 59, Some("sid=v"));
        check("sid=v; Max-Age=60", login, refresh, 60, None);
        check("sid=v; Max-Age=0", login, refresh, 0, None);
        check("sid=; Max-Age=60", login, refresh, 0, None);
        // 60 seconds after now.
        let expires = "sid=v; Expires=Tue, 14 Nov 2023 22:14:20 GMT";
        check(expires, login, refresh, 59, Some("sid=v"));
        check(expires, login, refresh, 60, None);
        check(&format!("{expires}; Max-Age=100"), login, refresh, 99, Some("sid=v"));
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let session = Session::default();
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, "sid=hunter2".parse().unwrap());
        session.take("sid", &headers, &"https://a.example/login".parse().unwrap(), at(NOW));
        assert!(session.is_open() && !format!("{session:?}").contains("hunter2"));
        session.clear();
        assert!(!session.is_open());
    }
}
