//! What an answer says about the rate limit of its API.

use http::HeaderMap;

use crate::facts::ErrorFacts;
use crate::headers::first_header;

/// How many requests an API allows, how many of them are left, and when that starts anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateLimitInfo {
    limit: Option<u64>,
    remaining: Option<u64>,
    reset: Option<String>,
}

impl RateLimitInfo {
    /// What the headers say, if they say anything.
    pub(crate) fn read(facts: &ErrorFacts, headers: &HeaderMap) -> Option<Self> {
        let [limit, remaining, reset] = facts.rate_limit;
        let info = Self {
            limit: count(headers, limit),
            remaining: count(headers, remaining),
            reset: first_header(headers, reset).map(str::to_owned),
        };
        (info != Self::default()).then_some(info)
    }

    /// A limit of the client's own, of which nothing is left.
    pub(crate) fn used_up(limit: u32) -> Self {
        Self { limit: Some(limit.into()), remaining: Some(0), reset: None }
    }

    /// Requests in one period.
    #[must_use]
    pub fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// What is left of them.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.remaining
    }

    /// When the next period begins, in the server's own words: APIs mean seconds, a point in time, or something else.
    #[must_use]
    pub fn reset(&self) -> Option<&str> {
        self.reset.as_deref()
    }
}

/// Digits and nothing else.
fn count(headers: &HeaderMap, names: &[&str]) -> Option<u64> {
    let text = first_header(headers, names)?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        let check = |headers: &[(&'static str, &'static str)],
                     expected: Option<(Option<u64>, Option<u64>, Option<&str>)>| {
            let headers: HeaderMap =
                headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            let info = RateLimitInfo::read(&ErrorFacts::new(), &headers);
            assert_eq!(
                info.as_ref().map(|info| (info.limit(), info.remaining(), info.reset())),
                expected,
                "{headers:?}"
            );
        };
        check(&[], None);
        check(&[("x-ratelimit-limit", "10"), ("ratelimit-limit", "20")], Some((Some(20), None, None)));
        check(&[("x-ratelimit-remaining", "0"), ("ratelimit-reset", "soon")], Some((None, Some(0), Some("soon"))));
        check(&[("ratelimit-limit", "10;w=60")], None);
        check(&[("ratelimit-remaining", "-1"), ("x-ratelimit-reset", "7")], Some((None, None, Some("7"))));
    }
}
