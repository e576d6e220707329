//! A text that must never be printed.
//!
//! Owns redaction by type: `Secret` has no `Display` and no serde, its `Debug` prints `[redacted]`, and its memory is
//! overwritten when it is dropped.

use std::fmt;

use zeroize::Zeroizing;

/// A text that is never printed: a token, a password, a key.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text. What reads it is responsible for where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Takes the same time wherever two texts differ, so that comparing tokens tells nothing about them.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        same(self.expose().as_bytes(), other.expose().as_bytes())
    }
}

/// Whether two byte strings are equal, in a time that their length alone decides.
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    let different = left.iter().zip(right).fold(0, |sum, (a, b)| sum | (a ^ b));
    left.len() == right.len() && std::hint::black_box(different) == 0
}

impl Eq for Secret {}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::new(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_redacted() {
        assert_eq!(
            format!("{:?} {:#?}", Secret::new("hunter2"), Some(Secret::from("x"))).matches("hunter2").count(),
            0
        );
    }

    #[test]
    fn equality_is_by_text() {
        assert!(Secret::from("a") == Secret::from("a"));
        assert!(Secret::from("a") != Secret::from("b"));
        assert!(Secret::from("a") != Secret::from("ab"));
    }
}
