//! The one table of formats: which Rust type a format becomes. A new format is one row here.
//!
//! A format becomes a value type only if printing gives the input back; all others stay what their JSON type is.

use super::declaration::Scalar;
use crate::api::NUMBER_OR_STRING;

/// JSON type that a format refines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `type: string`.
    String,
    /// `type: integer`.
    Integer,
    /// `type: number`.
    Number,
}

/// One row.
struct Row {
    kind: Kind,
    format: &'static str,
    scalar: Scalar,
}

const fn row(kind: Kind, format: &'static str, scalar: Scalar) -> Row {
    Row { kind, format, scalar }
}

/// Formats that mean more than their JSON type. `uri`, `email`, `hostname`, `password` and whatever is not listed are text.
/// `binary` inside JSON is text too: nothing says how its bytes are spelled. `float` is an `f64`, since what a server prints
/// for it (`0.1`) does not come back from an `f32` that is read and widened.
static FORMATS: &[Row] = &[
    row(Kind::String, "date-time", Scalar::DateTime),
    row(Kind::String, "date", Scalar::Date),
    row(Kind::String, "uuid", Scalar::Uuid),
    row(Kind::String, "decimal", Scalar::DecimalText),
    row(Kind::String, "byte", Scalar::Base64),
    // Not of a document: what `lower` calls `type: [string, number]`.
    row(Kind::String, NUMBER_OR_STRING, Scalar::NumberOrString),
    row(Kind::Integer, "int8", Scalar::I32),
    row(Kind::Integer, "int16", Scalar::I32),
    row(Kind::Integer, "int32", Scalar::I32),
    row(Kind::Integer, "int64", Scalar::I64),
    row(Kind::Integer, "uint8", Scalar::U32),
    row(Kind::Integer, "uint16", Scalar::U32),
    row(Kind::Integer, "uint32", Scalar::U32),
    row(Kind::Integer, "uint64", Scalar::U64),
    row(Kind::Integer, "decimal", Scalar::Decimal),
    row(Kind::Number, "float", Scalar::F64),
    row(Kind::Number, "double", Scalar::F64),
    row(Kind::Number, "decimal", Scalar::Decimal),
];

/// The Rust type of a format.
pub(super) fn scalar(kind: Kind, format: Option<&str>) -> Scalar {
    let row = FORMATS.iter().find(|row| row.kind == kind && Some(row.format) == format);
    row.map_or(default(kind), |row| row.scalar)
}

fn default(kind: Kind) -> Scalar {
    match kind {
        Kind::String => Scalar::String,
        Kind::Integer => Scalar::I64,
        Kind::Number => Scalar::F64,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, scalar};
    use crate::plan::declaration::Scalar;

    #[test]
    fn every_format_has_its_type() {
        let check = |kind, format, expected| assert_eq!(scalar(kind, format), expected, "{kind:?} {format:?}");
        check(Kind::String, None, Scalar::String);
        check(Kind::String, Some("email"), Scalar::String);
        check(Kind::String, Some("date-time"), Scalar::DateTime);
        check(Kind::String, Some("int32"), Scalar::String);
        check(Kind::Integer, None, Scalar::I64);
        check(Kind::Integer, Some("int32"), Scalar::I32);
        check(Kind::Integer, Some("uint64"), Scalar::U64);
        check(Kind::Number, Some("float"), Scalar::F64);
        check(Kind::Number, Some("decimal"), Scalar::Decimal);
        check(Kind::String, Some("decimal"), Scalar::DecimalText);
    }
}
