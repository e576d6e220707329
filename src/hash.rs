//! Hash of a set of files: FNV-1a with 64 bits, over named texts.
//!
//! The build script includes this file as well, so it uses nothing of this package. The hash tells a changed document
//! from an unchanged one; it is no defence against somebody who wants two documents to look alike.

use std::hash::Hasher as _;

use fnv::FnvHasher;

/// Hashes files by name and content, in the order in which they are given.
pub(crate) struct Hasher(FnvHasher);

impl Hasher {
    /// A hash of nothing.
    pub(crate) fn new() -> Self {
        Self(FnvHasher::default())
    }

    /// Adds one file. Lengths go in as well, so that no two different lists of files feed the same bytes.
    pub(crate) fn file(&mut self, name: &str, content: &[u8]) {
        self.bytes(&(name.len() as u64).to_le_bytes());
        self.bytes(name.as_bytes());
        self.bytes(&(content.len() as u64).to_le_bytes());
        self.bytes(content);
    }

    /// Sixteen hexadecimal digits.
    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }
}
