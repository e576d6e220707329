//! What can be wrong with a delivery.

use std::fmt;

use crate::text::codec::DecodeError;

/// What is wrong with a delivery. Says which check failed, and neither what was expected nor what came.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// It has no signature.
    SignatureMissing,
    /// It has no time, or one that is no whole number of seconds.
    TimestampMissing,
    /// It was signed too long ago, or too far ahead.
    TimestampOutOfTolerance,
    /// It has no id, which is part of what is signed.
    IdMissing,
    /// The signature fits none of the secrets.
    SignatureMismatch,
    /// The receiver has no secret to check it with.
    NoSecret,
    /// It does not say which webhook it is.
    NoName,
    /// The document does not say how its webhooks are told apart: the application must, with `parse_as`.
    Ambiguous,
    /// A header that must be there is not.
    Headers(DecodeError),
    /// The body is not what the document says.
    Body(DecodeError),
}

impl WebhookError {
    /// Whether the delivery cannot be trusted, so that it is best answered with a 401 or 400 and not looked at.
    #[must_use]
    pub fn is_untrusted(&self) -> bool {
        !matches!(self, Self::NoName | Self::Ambiguous | Self::Headers(_) | Self::Body(_))
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignatureMissing => f.write_str("the delivery has no signature"),
            Self::TimestampMissing => f.write_str("the delivery has no time of signature"),
            Self::TimestampOutOfTolerance => f.write_str("the delivery was signed too long ago, or too far ahead"),
            Self::IdMissing => f.write_str("the delivery has no id, which its signature covers"),
            Self::SignatureMismatch => f.write_str("the delivery's signature fits none of the secrets"),
            Self::NoSecret => f.write_str("there is no secret to check deliveries with: give the verifier one"),
            Self::NoName => f.write_str("the delivery does not say which webhook it is"),
            Self::Ambiguous => f.write_str("nothing tells this delivery's webhook: say which it is with `parse_as`"),
            Self::Headers(error) => write!(f, "the delivery's headers: {error}"),
            Self::Body(error) => write!(f, "the delivery's body: {error}"),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Headers(error) | Self::Body(error) => Some(error),
            _ => None,
        }
    }
}
