//! What the values that keep a text have in common, and the error of a text that breaks its format.

use std::fmt;

/// A text that is not of its format, for example a date-time without an offset. The text itself is not shown: it may be
/// anything that a server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidText {
    expected: &'static str,
}

impl InvalidText {
    pub(crate) const fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is not {}", self.expected)
    }
}

impl std::error::Error for InvalidText {}

/// The conversions and the codec of a type that is a wrapped `Box<str>` named `text`.
macro_rules! text_value {
    ($type:ident) => {
        impl $type {
            /// The text as it travels.
            pub fn as_str(&self) -> &str {
                &self.text
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.text)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($type)).field(&self.text).finish()
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.text
            }
        }

        /// Takes the text as it stands.
        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self { text: text.into() }
            }
        }

        /// Takes the text as it stands.
        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self { text: text.into() }
            }
        }

        impl From<&String> for $type {
            fn from(text: &String) -> Self {
                text.as_str().into()
            }
        }

        impl From<&String> for crate::text::values::Field<$type> {
            fn from(text: &String) -> Self {
                text.as_str().into()
            }
        }

        impl From<&str> for crate::text::values::Field<$type> {
            fn from(text: &str) -> Self {
                Self::Value(text.into())
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.text.into()
            }
        }

        impl crate::text::codec::Decode for $type {
            fn decode(d: &mut crate::text::codec::Decoder<'_>) -> Result<Self, crate::text::codec::DecodeError> {
                d.kept_text().map(|text| Self { text: text.into() })
            }
        }

        impl crate::text::codec::Encode for $type {
            fn encode(&self, e: &mut crate::text::codec::Encoder) {
                e.string(&self.text);
            }
        }
    };
}
pub(crate) use text_value;
