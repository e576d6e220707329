//! The codec: [`Decode`] and [`Encode`] over one concrete decoder and one concrete encoder.
//!
//! Owns how JSON text becomes values and back. It does not own the value types (`values`), nor how a value is written into
//! a path, a query or a header (`style`). Nothing here is generic over a format: that is what keeps the compile time of
//! generated crates low.

mod decoder;
mod encoder;
mod error;
#[cfg(test)]
mod growth;
mod implementations;
mod locate;
pub(crate) mod memory;
pub(crate) mod number;
mod parts;
mod scan;
mod shape;
pub(crate) mod tree;
mod tuple;
mod written;

pub use self::decoder::{Decoder, Rest, WellFormed};
pub(crate) use self::encoder::{Attachment, MARK};
pub use self::encoder::{EncodeRest, Encoder};
pub(crate) use self::error::Problem;
pub use self::error::{DecodeError, Drift, EncodeError, Kind};
pub(crate) use self::parts::Parts;
pub(crate) use self::scan::Scanner;
pub use self::shape::ShapeFacts;
pub(crate) use self::written::Written;

/// Containers may nest this deep; what is deeper is refused, so that no answer can exhaust the stack.
pub(crate) const DEPTH_LIMIT: u32 = 200;
/// Bytes that values may have together while they nest inside each other. What is being read stands on the stack, several
/// times in builds without optimisation, and threads have as little as two megabytes.
pub(crate) const NESTED_BYTES: usize = 256 * 1024;

/// What can be read from JSON.
pub trait Decode: Sized {
    /// Reads one value and leaves the decoder behind it.
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError>;
}

/// What can be written as JSON.
pub trait Encode {
    /// Writes one value. Faults stick to the encoder and show in [`Encoder::finish`].
    fn encode(&self, e: &mut Encoder);
}

/// Reads a whole JSON text.
pub fn from_json<T: Decode>(text: &str) -> Result<T, DecodeError> {
    Decoder::new(text).document()
}

/// Reads a whole JSON document; it must be UTF-8, and a byte order mark in front is passed over.
pub fn from_json_bytes<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    Decoder::from_bytes(bytes)?.document()
}

/// Writes a value as JSON text.
pub fn to_json<T: Encode + ?Sized>(value: &T) -> Result<String, EncodeError> {
    let mut encoder = Encoder::new();
    value.encode(&mut encoder);
    encoder.finish()
}

/// The same, with `null` for what could not be written, the fault beside it, and what travels beside the JSON.
pub(crate) fn to_json_with_attachments(value: &dyn Encode) -> (String, Vec<Attachment>, Option<EncodeError>) {
    let mut encoder = Encoder::new();
    value.encode(&mut encoder);
    let attachments = encoder.take_attachments();
    let (json, fault) = encoder.finish_anyway();
    (json, attachments, fault)
}
