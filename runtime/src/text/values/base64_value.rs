//! [`Base64`]: bytes that travel as base64 text.

use base64::Engine;
use base64::engine::general_purpose::GeneralPurposeConfig;
use base64::engine::{DecodePaddingMode, GeneralPurpose};
use bytes::Bytes;

use super::text::{InvalidText, text_value};
use crate::text::codec::WellFormed;
use crate::text::codec::{Decode, DecodeError, Decoder, Encode, Encoder};

/// Bytes as base64. It is its text, so that nothing is lost where a server pads, wraps or spells it another way.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Base64 {
    text: Box<str>,
}
text_value!(Base64);

impl WellFormed for Base64 {
    const EXPECTED: &'static str = "base64";

    fn is_well_formed(&self) -> bool {
        self.bytes().is_ok()
    }
}

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, CONFIG);

impl Base64 {
    /// Bytes in the standard alphabet, padded.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        STANDARD.encode(bytes).into()
    }

    /// The bytes. Both alphabets are read, padded or not; white space is passed over.
    pub fn bytes(&self) -> Result<Vec<u8>, InvalidText> {
        let compact: String = self.text.split_ascii_whitespace().collect();
        let engine = if compact.contains(['-', '_']) { URL_SAFE } else { STANDARD };
        engine.decode(compact).map_err(|_| InvalidText::new("base64"))
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self::encode(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::encode(bytes)
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self::encode(bytes)
    }
}

/// In JSON, binary content without an encoding of its own is a string of text.
impl Decode for Bytes {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.string().map(Self::from)
    }
}

impl Encode for Bytes {
    fn encode(&self, e: &mut Encoder) {
        match std::str::from_utf8(self) {
            Ok(text) => e.string(text),
            Err(_) => e.fault("must be UTF-8 text, because it travels inside JSON."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Base64;

    #[test]
    fn bytes() {
        let check = |text: &str, expected: Option<&[u8]>| {
            assert_eq!(Base64::from(text).bytes().ok().as_deref(), expected, "{text}");
        };
        check("", Some(b""));
        check("/+8=", Some(&[0xff, 0xef]));
        check("/+8", Some(&[0xff, 0xef]));
        check("_-8", Some(&[0xff, 0xef]));
        check("aGV\r\nsbG8=", Some(b"hello"));
        check("!", None);
        assert_eq!(Base64::encode([0xff, 0xef]).as_str(), "/+8=");
    }
}
