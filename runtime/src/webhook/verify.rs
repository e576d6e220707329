//! Whether a delivery was signed by who knows the secret.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;

use super::{Delivery, WebhookError, Webhooks, parse_webhook, parse_webhook_as};
use crate::facts::{MacEncoding, WebhookFacts, WebhookSignature};
use crate::headers::first_header;
use crate::signing::mac;
use crate::text::secret::{Secret, same};
use crate::time::{Clock, SystemClock};

/// Checks that deliveries come from who knows the secret, then reads them.
///
/// Give it the body as it came, byte for byte: a framework that parses and prints JSON changes what was signed.
pub struct WebhookVerifier<W> {
    secrets: Vec<Secret>,
    tolerance: Option<Duration>,
    clock: Arc<dyn Clock>,
    of: PhantomData<fn() -> W>,
}

impl<W: Webhooks> WebhookVerifier<W> {
    /// A verifier with these secrets. Several are for the time in which one replaces another: each may have signed.
    pub fn new<S: Into<Secret>>(secrets: impl IntoIterator<Item = S>) -> Self {
        // The HMAC of an empty key is anybody's.
        let secrets = secrets.into_iter().map(Into::into).filter(|secret| !secret.expose().is_empty()).collect();
        Self { secrets, tolerance: None, clock: Arc::new(SystemClock), of: PhantomData }
    }

    /// How much the time of a signature may differ from the receiver's, before and after, instead of what the document says.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Another clock, for tests.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Checks the signature, and reads the delivery.
    pub fn parse(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery<W>, WebhookError> {
        self.verify(headers, body)?;
        parse_webhook(headers, body)
    }

    /// Checks the signature, and reads a delivery that is known by where it arrived.
    pub fn parse_as(&self, name: &str, headers: &HeaderMap, body: &[u8]) -> Result<Delivery<W>, WebhookError> {
        self.verify(headers, body)?;
        parse_webhook_as(name, headers, body)
    }

    /// Checks the signature.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let tolerance = self.tolerance;
        match &W::FACTS.signature {
            Some(facts) => verify(W::FACTS, facts, (&self.secrets, tolerance, self.clock.wall()), (headers, body)),
            None => Ok(()),
        }
    }
}

impl<W> fmt::Debug for WebhookVerifier<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secrets = self.secrets.len();
        f.debug_struct("WebhookVerifier").field("secrets", &secrets).finish_non_exhaustive()
    }
}

/// Header names, the message and the encoding are the document's; secrets, tolerance and time are the receiver's.
fn verify(
    webhooks: &WebhookFacts,
    facts: &WebhookSignature,
    (secrets, tolerance, now): (&[Secret], Option<Duration>, SystemTime),
    (headers, body): (&HeaderMap, &[u8]),
) -> Result<(), WebhookError> {
    if secrets.is_empty() {
        return Err(WebhookError::NoSecret);
    }
    let given = first_header(headers, &[facts.header]).ok_or(WebhookError::SignatureMissing)?;
    let timestamp = match facts.timestamp {
        None => "",
        Some(name) => {
            let text = first_header(headers, &[name]).ok_or(WebhookError::TimestampMissing)?;
            let signed = text.parse().map_err(|_| WebhookError::TimestampMissing)?;
            let tolerance = tolerance.map_or(facts.tolerance, |tolerance| tolerance.as_secs());
            if apart(signed, now) > tolerance {
                return Err(WebhookError::TimestampOutOfTolerance);
            }
            text
        }
    };
    let id = webhooks.id.and_then(|part| part.find(headers, body));
    if id.is_none() && facts.message.contains("{id}") {
        return Err(WebhookError::IdMissing);
    }
    let message = message(facts.message, timestamp, id.as_deref().unwrap_or_default(), body);
    let given = given.strip_prefix(facts.prefix).unwrap_or_default();
    // Every secret is tried, so that the time tells nothing about which one fits.
    let fits = secrets.iter().fold(false, |fits, secret| {
        let mac = mac::hmac_sha256(secret.expose().as_bytes(), &message);
        let expected = match facts.encoding {
            MacEncoding::Hex => mac::hex(&mac),
            MacEncoding::Base64 => mac::base64(&mac),
        };
        same(given.as_bytes(), expected.as_bytes()) | fits
    });
    if fits { Ok(()) } else { Err(WebhookError::SignatureMismatch) }
}

/// Seconds between a time and now, whichever is first. Whole seconds: a message of this second is not of the next one.
fn apart(signed: i64, now: SystemTime) -> u64 {
    let now = match now.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(_) => 0,
    };
    now.abs_diff(signed)
}

/// The parts of what was signed, in their order.
fn message<'m>(template: &'m str, timestamp: &'m str, id: &'m str, body: &'m [u8]) -> Vec<&'m [u8]> {
    let mut parts: Vec<&[u8]> = Vec::new();
    let mut rest = template;
    while let Some((before, (name, behind))) =
        rest.split_once('{').and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
    {
        parts.push(before.as_bytes());
        parts.push(match name {
            "timestamp" => timestamp.as_bytes(),
            "id" => id.as_bytes(),
            _ => body,
        });
        rest = behind;
    }
    parts.push(rest.as_bytes());
    parts
}
