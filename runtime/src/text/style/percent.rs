//! Percent-encoding: which characters stay in which place.

use std::fmt::Write;

/// What stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Everything: no encoding.
    All,
    /// Whatever can stand in a URL, `%` among it: for text that is written as a path already.
    Written,
    /// RFC 3986's unreserved characters.
    Unreserved,
    /// What JavaScript's `encodeURIComponent` keeps.
    Component,
    /// Also what may stand in a path segment, and `%XX`.
    PathReserved,
    /// Also what may stand in a query without being read as structure, and `%XX`.
    QueryReserved,
    /// What `application/x-www-form-urlencoded` keeps; a space becomes `+`.
    Form,
    /// The same, with reserved characters kept.
    FormReserved,
}

impl Keep {
    pub(super) fn keeps(self, byte: u8) -> bool {
        let unreserved = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        let reserved = matches!(byte, b':' | b'@' | b'!' | b'$' | b'\'' | b'(' | b')' | b'*' | b',' | b';' | b'=');
        match self {
            Self::All => true,
            Self::Written => byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte),
            Self::Unreserved => unreserved || byte == b'~',
            Self::Component => unreserved || b"!'()*~".contains(&byte),
            Self::PathReserved => unreserved || reserved || matches!(byte, b'~' | b'&' | b'+'),
            Self::QueryReserved => unreserved || reserved || matches!(byte, b'~' | b'/' | b'?'),
            Self::Form => unreserved || byte == b'*',
            Self::FormReserved => unreserved || reserved || matches!(byte, b'/' | b'?'),
        }
    }

    fn keeps_triplets(self) -> bool {
        matches!(self, Self::PathReserved | Self::QueryReserved | Self::FormReserved)
    }

    fn plus_for_space(self) -> bool {
        matches!(self, Self::Form | Self::FormReserved)
    }
}

/// The text with everything else percent-encoded.
pub(super) fn encode(text: &str, keep: Keep) -> String {
    if keep == Keep::All {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    encode_into(&mut out, text, keep);
    out
}

/// The same, behind a text.
pub(super) fn encode_into(out: &mut String, text: &str, keep: Keep) {
    if text.bytes().all(|byte| keep.keeps(byte)) {
        out.push_str(text);
        return;
    }
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().copied().enumerate() {
        let triplet =
            || matches!(bytes.get(at + 1..at + 3), Some([a, b]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
        if keep.keeps(byte) || (byte == b'%' && keep.keeps_triplets() && triplet()) {
            out.push(char::from(byte));
        } else if byte == b' ' && keep.plus_for_space() {
            out.push('+');
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// The text of what [`encode`] made.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Keep, decoded, encode};

    #[test]
    fn each_place() {
        let text = "aZ9-._~ *+&=/?#[]%20%ü";
        let check = |keep, expected: &str| assert_eq!(encode(text, keep), expected, "{keep:?}");
        check(Keep::All, text);
        check(Keep::Written, "aZ9-._~%20*+&=/?#[]%20%%C3%BC");
        assert_eq!(decoded(&encode(text, Keep::Unreserved)), text);
        check(Keep::Unreserved, "aZ9-._~%20%2A%2B%26%3D%2F%3F%23%5B%5D%2520%25%C3%BC");
        check(Keep::Component, "aZ9-._~%20*%2B%26%3D%2F%3F%23%5B%5D%2520%25%C3%BC");
        check(Keep::PathReserved, "aZ9-._~%20*+&=%2F%3F%23%5B%5D%20%25%C3%BC");
        check(Keep::QueryReserved, "aZ9-._~%20*%2B%26=/?%23%5B%5D%20%25%C3%BC");
        check(Keep::Form, "aZ9-._%7E+*%2B%26%3D%2F%3F%23%5B%5D%2520%25%C3%BC");
        check(Keep::FormReserved, "aZ9-._%7E+*%2B%26=/?%23%5B%5D%20%25%C3%BC");
    }
    /// Whatever is sent is read back as it was, and no byte of it is structure.
    #[test]
    fn every_byte_comes_back() {
        let text: String = (0..0x250).filter_map(char::from_u32).collect();
        for keep in [Keep::Unreserved, Keep::Form] {
            let encoded = encode(&text, keep);
            assert!(
                encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~*+%".contains(&byte)),
                "{encoded}"
            );
            let mut bytes = Vec::new();
            let mut rest = encoded.as_bytes();
            while let [first, behind @ ..] = rest {
                let digits = if *first == b'%' { std::str::from_utf8(&behind[..2]).unwrap() } else { "" };
                rest = &behind[digits.len()..];
                bytes.push(match (first, keep) {
                    (b'%', _) => u8::from_str_radix(digits, 16).unwrap(),
                    (b'+', Keep::Form) => b' ',
                    (other, _) => *other,
                });
            }
            assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }
}
