//! Signatures of requests, by what the document declares.
//!
//! Owns the words of the template. A signature is made for each attempt, over the bytes that are sent, with the time of that
//! attempt: a server may refuse one that is old.

#[cfg(feature = "signing")]
pub(crate) mod mac;

#[cfg(feature = "signing")]
use std::borrow::Cow;

use http::{HeaderMap, Method, Uri};

use crate::error::RawError;
use crate::facts::SigningFacts;
use crate::text::secret::Secret;
#[cfg(feature = "signing")]
use crate::text::template::fill;
use crate::time::Clock;

/// A request that is about to be sent.
#[cfg_attr(not(feature = "signing"), allow(dead_code, reason = "nothing is signed"))]
pub(crate) struct Signable<'a> {
    pub(crate) method: &'a Method,
    /// The URL that the path of the request is below.
    pub(crate) base: &'a str,
    pub(crate) target: &'a Uri,
    /// `None`: it is read while it is sent.
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) clock: &'a dyn Clock,
}

/// Adds the headers of the signature, where the document wants one and the request carries the credential that signs.
#[cfg(feature = "signing")]
pub(crate) fn sign(
    facts: Option<&SigningFacts>,
    key: Option<&Secret>,
    request: &Signable<'_>,
    headers: &mut HeaderMap,
) -> Result<(), RawError> {
    let (Some(facts), Some(key)) = (facts, key) else { return Ok(()) };
    let method = request.method.as_str();
    if !facts.methods.is_empty() && !facts.methods.iter().any(|signed| signed.eq_ignore_ascii_case(method)) {
        return Ok(());
    }
    let Some(body) = request.body else {
        return Err(RawError::validation("a body that is read while it is sent cannot be signed: hand over its bytes"));
    };
    let since = request.clock.wall().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let message = Message {
        timestamp: since.as_secs().to_string(),
        method,
        target: below_base(request.base, request.target),
        body,
    };
    let signature = message.signature(facts, key);
    for (name, template) in facts.headers {
        let value = fill(template, &|word| match word {
            "timestamp" => Some(Cow::from(&message.timestamp)),
            "signature" => Some(Cow::from(&signature)),
            _ => None,
        });
        let (name, value) = crate::headers::header(name, &value).map_err(RawError::configuration)?;
        headers.insert(name, value);
    }
    Ok(())
}

/// Without the feature a request that must be signed is not sent at all.
#[cfg(not(feature = "signing"))]
pub(crate) fn sign(
    facts: Option<&SigningFacts>,
    _: Option<&Secret>,
    _: &Signable<'_>,
    _: &mut HeaderMap,
) -> Result<(), RawError> {
    match facts {
        None => Ok(()),
        Some(_) => Err(RawError::configuration(
            "this API wants signed requests: switch on the feature `signing` of typewright-runtime",
        )),
    }
}

/// What is signed of one attempt.
#[cfg(feature = "signing")]
struct Message<'a> {
    timestamp: String,
    method: &'a str,
    /// Path below the base URL, and query.
    target: &'a str,
    body: &'a [u8],
}

#[cfg(feature = "signing")]
impl Message<'_> {
    fn signature(&self, facts: &SigningFacts, key: &Secret) -> String {
        let written = |bytes: &[u8]| if facts.base64 { mac::base64(bytes) } else { mac::hex(bytes) };
        let canonical = fill(facts.template, &|word| match word {
            "timestamp" => Some(Cow::from(&self.timestamp)),
            "method" => Some(Cow::from(self.method.to_ascii_uppercase())),
            "path" => Some(Cow::from(self.target.split('?').next().unwrap_or_default())),
            "target" => Some(Cow::from(self.target)),
            "body_digest" => Some(Cow::from(written(&mac::sha256(self.body)))),
            _ => None,
        });
        written(&mac::hmac_sha256(key.expose().as_bytes(), &[canonical.as_bytes()]))
    }
}

/// Path and query as the API sees them: without the path of the base URL, which belongs to a proxy before it.
#[cfg(feature = "signing")]
fn below_base<'a>(base: &str, target: &'a Uri) -> &'a str {
    let whole = target.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let prefix = host.find('/').and_then(|at| host.get(at..)).unwrap_or_default().trim_end_matches('/');
    match whole.strip_prefix(prefix) {
        Some(below) if below.starts_with('/') => below,
        _ => whole,
    }
}

#[cfg(all(test, feature = "signing"))]
mod tests {
    use super::*;
    use crate::facts::SigningFacts;

    const FACTS: SigningFacts =
        SigningFacts::new(0, "v1.{timestamp}.{method}.{target}.{body_digest}", &[("x-signature", "v1={signature}")]);

    #[test]
    fn signatures() {
        let check = |(key, timestamp, method): (&str, &str, &str), target: &str, body: &str, expected: &str| {
            let message = Message { timestamp: timestamp.to_owned(), method, target, body: body.as_bytes() };
            assert_eq!(message.signature(&FACTS, &Secret::from(key)), expected, "{target} {body}");
        };
        let vector = ("sk_test_vector", "1767225600", "POST");
        check(
            ("sk_test", "1700000000", "POST"),
            "/v1/events",
            r#"{"space":"demo"}"#,
            "6bbc1e5ba44b90642cb2f878838723f95d0272760c9bae93162479595e765621",
        );
        check(
            ("sk_test", "1700000000", "POST"),
            "/v1/events",
            r#"{"tenant":"demo"}"#,
            "fe762eb8c15ef0eb3731e3a2d53a918a4dd918abdbd42bf04a5522646d79dcae",
        );
        check(vector, "/v1/events", "", "af825443038ae1caa74ed550867c126fd9daed8fbf2691b5a66fd36ed0c7786c");
        check(
            vector,
            "/v1/identify",
            r#"{"user_id":"zákazník_1","traits":{"name":"Žofie Příkladová","note":"日本語 😀"}}"#,
            "cec2a51516db4ea0fa6048312d2112ded7de7183fb755083a35aff049f94bff2",
        );
        check(
            vector,
            "/v1/events:batch?dry_run=1&tag=a%20b",
            r#"{"events":[]}"#,
            "c454b1ab63fb961f228bf6b7880156972f10ca74fa23d96fd9b515d4bde1b937",
        );
        check(
            ("sk_test_vector", "1767225600", "post"),
            "/v1/browser-tokens",
            r#"{"browser_key":"pk_test","user_id":"customer_123"}"#,
            "7b01520055a7bc894cd04bf873367ffdc1346ce12fdaa0b9f4f190df364a5513",
        );
        check(
            vector,
            "/v1/events",
            r#"{"user_id":"customer_123","event":"purchase.completed","transaction_id":"order_1092","context":{"order_id":"order_1092","amount":12900,"currency":"CZK"},"occurred_at":"2026-06-01T10:00:00.000Z"}"#,
            "789373fe62dc3f806fd734d7c8d78388226b849b120b70499e8b64e799ad6b67",
        );
    }

    #[test]
    fn other_templates_and_encodings() {
        const OTHER: SigningFacts = SigningFacts::new(0, "{path}{nothing}{", &[]).base64();
        let message = Message { timestamp: String::new(), method: "GET", target: "/a?b", body: b"" };
        let expected = mac::base64(&mac::hmac_sha256(b"k", &[b"/a{nothing}{"]));
        assert_eq!(message.signature(&OTHER, &Secret::from("k")), expected);
    }

    #[test]
    fn the_path_of_the_base_url_is_not_signed() {
        let check = |base: &str, target: &str, expected: &str| {
            assert_eq!(below_base(base, &target.parse().unwrap()), expected, "{base} {target}");
        };
        check("https://a.example", "https://a.example/v1/x?y=1", "/v1/x?y=1");
        check("https://a.example/proxy", "https://a.example/proxy/v1/x", "/v1/x");
        check("https://a.example/v", "https://a.example/v1/x", "/v1/x");
        check("https://a.example/proxy", "https://a.example/other", "/other");
        check("https://a.example", "https://a.example", "/");
    }
}
