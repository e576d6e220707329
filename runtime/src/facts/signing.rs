//! How requests are signed.
//!
//! Owns the declaration; `call::sign` makes the signature.

/// How requests are signed: what is put together, by which scheme's credential, and where the result goes. Digests are
/// SHA-256, MACs HMAC-SHA256.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "signing"), allow(dead_code, reason = "read by signatures"))]
pub struct SigningFacts {
    pub(crate) scheme: usize,
    pub(crate) methods: &'static [&'static str],
    pub(crate) template: &'static str,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) base64: bool,
}

impl SigningFacts {
    /// The index of the scheme whose credential is the key, what is signed, and the headers that go along.
    #[must_use]
    pub const fn new(scheme: usize, template: &'static str, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { scheme, methods: &[], template, headers, base64: false }
    }

    /// Methods that are signed; without them all are.
    #[must_use]
    pub const fn methods(mut self, methods: &'static [&'static str]) -> Self {
        self.methods = methods;
        self
    }

    /// Digest and signature are written in Base64 instead of hexadecimal digits.
    #[must_use]
    pub const fn base64(mut self) -> Self {
        self.base64 = true;
        self
    }
}
