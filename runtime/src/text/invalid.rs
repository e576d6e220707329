//! Mistakes of an application: an invalid argument, option or setting.

use std::borrow::Cow;
use std::fmt;

use super::codec::{DecodeError, EncodeError};
use super::rules::Violation;

/// The reason why input or a setting is refused. Nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// A value breaks a rule, or cannot be written.
    Value(Violation),
    /// A setting, an option or a combination of them, in words for people. They hold no secret.
    Setting(Cow<'static, str>),
}

impl Invalid {
    /// The value that is refused.
    pub(crate) fn violation(&self) -> Option<&Violation> {
        match self {
            Self::Value(violation) => Some(violation),
            Self::Setting(_) => None,
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(violation) => violation.fmt(f),
            Self::Setting(words) => f.write_str(words),
        }
    }
}

impl From<Violation> for Invalid {
    fn from(violation: Violation) -> Self {
        Self::Value(violation)
    }
}

impl From<EncodeError> for Invalid {
    fn from(error: EncodeError) -> Self {
        Self::Value(error.into())
    }
}

/// A text of the application's that should be JSON.
impl From<DecodeError> for Invalid {
    fn from(error: DecodeError) -> Self {
        Self::Setting(error.to_string().into())
    }
}

impl From<&'static str> for Invalid {
    fn from(words: &'static str) -> Self {
        Self::Setting(words.into())
    }
}

impl From<String> for Invalid {
    fn from(words: String) -> Self {
        Self::Setting(words.into())
    }
}

/// The words, where an error of the client is made of them.
impl From<Invalid> for String {
    fn from(invalid: Invalid) -> Self {
        invalid.to_string()
    }
}
