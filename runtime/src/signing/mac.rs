//! Digests and message authentication codes, and how they are written.
//!
//! Owns SHA-256, HMAC-SHA256 and their text. What is signed, and where the result goes, is known by those who ask.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The SHA-256 digest.
pub(crate) fn sha256(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}

/// The HMAC-SHA256 of a message that comes in parts, so that a body need not be copied to be signed.
pub(crate) fn hmac_sha256(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    // A key of any length is a key: longer ones than a block are hashed first (RFC 2104, 2). The fallback never runs.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    message.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Base64 with padding (RFC 4648, 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_the_standards() {
        let check = |data: &str, expected: &str| assert_eq!(hex(&sha256(data.as_bytes())), expected, "{data}");
        check("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        check("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /// RFC 4231, cases 1, 2 and 6 (a key longer than a block).
    #[test]
    fn macs_of_the_standards() {
        let check = |key: &[u8], message: &[&[u8]], expected: &str| {
            assert_eq!(hex(&hmac_sha256(key, message)), expected);
        };
        let first = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        check(&[0x0b; 20], &[b"Hi There"], first);
        check(&[0x0b; 20], &[b"Hi ", b"", b"There"], first);
        let second = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        check(b"Jefe", &[b"what do ya want for nothing?"], second);
        let sixth = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
        check(&[0xaa; 131], &[b"Test Using Larger Than Block-Size Key - Hash Key First"], sixth);
    }

    #[test]
    fn text_of_bytes() {
        assert_eq!((hex(&[0, 0xab, 0x1f]), base64(&[0xfb, 0xff])), ("00ab1f".to_owned(), "+/8=".to_owned()));
    }
}
