//! `retry-after` in all its spellings.
//!
//! Owns reading it; whether it counts is decided by the plan.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// How long the server asks to wait: `retry-after-ms`, or `retry-after` as whole or fractional seconds or as a date, which
/// is rounded up to a whole second because it has no finer grain.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    if let Some(milliseconds) = number(headers, "retry-after-ms") {
        return Duration::try_from_secs_f64(milliseconds / 1000.0).ok();
    }
    if let Some(seconds) = number(headers, "retry-after") {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(headers.get("retry-after")?.to_str().ok()?.trim()).ok()?;
    let wait = date.duration_since(now).unwrap_or_default();
    Some(Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)))
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    // `f64::from_str` also takes `inf`, `nan`, signs and exponents, none of which the header's grammar knows.
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &'static str, value: &str, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        // 2015-10-21 07:28:00.25 UTC
        let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_445_412_480_250);
        assert_eq!(retry_after(&headers, now), expected.map(Duration::from_millis), "{name}: {value}");
    }

    #[test]
    fn spellings() {
        check("retry-after", "7", Some(7000));
        check("retry-after", " 7 ", Some(7000));
        check("retry-after", "1.5", Some(1500));
        check("retry-after", "0", Some(0));
        check("retry-after", "-1", None);
        check("retry-after", "inf", None);
        check("retry-after", "1e3", None);
        check("retry-after", "soon", None);
        check("retry-after", ".", None);
        check("retry-after", "99999999999999999999999999", None);
        check("retry-after", "Wed, 21 Oct 2015 07:28:05 GMT", Some(5000));
        check("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT", Some(0));
        check("retry-after-ms", "250", Some(250));
        check("retry-after-ms", "abc", None);
    }

    #[test]
    fn milliseconds_win() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", "7".parse().unwrap());
        headers.insert("retry-after-ms", "40".parse().unwrap());
        assert_eq!(retry_after(&headers, SystemTime::UNIX_EPOCH), Some(Duration::from_millis(40)));
    }
}
