//! The one table of formats: which Rust type a format becomes. A new format is one row here.
//!
//! A format becomes a value type only if printing gives the input back; all others stay what their JSON type is.

use super::declaration::Scalar;
use crate::api::{Limits, NUMBER_OR_STRING, Rule};

/// JSON type that a format refines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonKind {
    /// `type: string`.
    String,
    /// `type: integer`.
    Integer,
    /// `type: number`.
    Number,
}

/// One row.
struct Row {
    kind: JsonKind,
    format: &'static str,
    scalar: Scalar,
}

const fn row(kind: JsonKind, format: &'static str, scalar: Scalar) -> Row {
    Row { kind, format, scalar }
}

/// Formats that mean more than their JSON type. `uri`, `email`, `hostname`, `password` and whatever is not listed are text.
/// `binary` inside JSON is text too: nothing says how its bytes are spelled. `float` is an `f64`, since what a server prints
/// for it (`0.1`) does not come back from an `f32` that is read and widened.
static FORMATS: &[Row] = &[
    row(JsonKind::String, "date-time", Scalar::DateTime),
    row(JsonKind::String, "date", Scalar::Date),
    row(JsonKind::String, "uuid", Scalar::Uuid),
    row(JsonKind::String, "decimal", Scalar::DecimalText),
    row(JsonKind::String, "byte", Scalar::Base64),
    // Not of a document: what `lower` calls `type: [string, number]`.
    row(JsonKind::String, NUMBER_OR_STRING, Scalar::NumberOrString),
    row(JsonKind::Integer, "int8", Scalar::I32),
    row(JsonKind::Integer, "int16", Scalar::I32),
    row(JsonKind::Integer, "int32", Scalar::I32),
    row(JsonKind::Integer, "int64", Scalar::I64),
    row(JsonKind::Integer, "uint8", Scalar::U32),
    row(JsonKind::Integer, "uint16", Scalar::U32),
    row(JsonKind::Integer, "uint32", Scalar::U32),
    row(JsonKind::Integer, "uint64", Scalar::U64),
    row(JsonKind::Integer, "decimal", Scalar::Decimal),
    row(JsonKind::Number, "float", Scalar::F64),
    row(JsonKind::Number, "double", Scalar::F64),
    row(JsonKind::Number, "decimal", Scalar::Decimal),
    row(JsonKind::Number, "decimal128", Scalar::Decimal),
];

/// The Rust type of a format.
pub(super) fn scalar(kind: JsonKind, format: Option<&str>) -> Scalar {
    let row = FORMATS.iter().find(|row| row.kind == kind && Some(row.format) == format);
    row.map_or(default(kind), |row| row.scalar)
}

/// The Rust type of a whole number: that of its format, or a wider one where the bounds or the listed values allow some that
/// it does not hold. Documents print bounds by way of floats (`18446744073709552000` is meant to be the largest `u64`), so they
/// are compared as floats; listed values are compared as they are.
pub(super) fn integer(format: Option<&str>, limits: &Limits) -> Scalar {
    let told = scalar(JsonKind::Integer, format);
    let Some((least, most)) = range(told) else { return told };
    let bounds = limits.checks.iter().filter_map(|check| match &check.rule {
        Rule::Minimum(bound) | Rule::ExclusiveMinimum(bound) => Some((bound.parse::<f64>().ok()?, true)),
        Rule::Maximum(bound) | Rule::ExclusiveMaximum(bound) => Some((bound.parse::<f64>().ok()?, false)),
        _ => None,
    });
    let (mut lowest, mut highest) = (least as f64, most as f64);
    for (bound, is_lower) in bounds {
        if is_lower { lowest = bound } else { highest = bound }
    }
    let holds = |scalar: &Scalar| {
        range(*scalar).is_some_and(|(least, most)| {
            least as f64 <= lowest
                && highest <= most as f64
                && listed(limits).all(|value| (least..=most).contains(&value))
        })
    };
    [told, Scalar::I64, Scalar::U64].into_iter().find(holds).unwrap_or(Scalar::Decimal)
}

/// The whole numbers of the list of values, where the schema has one.
fn listed(limits: &Limits) -> impl Iterator<Item = i128> {
    let lists = limits.checks.iter().filter_map(|check| match &check.rule {
        Rule::OneOf(texts) => Some(texts),
        _ => None,
    });
    // What is longer than 128 bits is nearest to the largest.
    let whole = |text: &String| text.parse::<i128>().ok().or_else(|| is_whole(text).then_some(i128::MAX));
    lists.flatten().filter_map(whole)
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The least and the largest value of a type of whole numbers.
fn range(scalar: Scalar) -> Option<(i128, i128)> {
    match scalar {
        Scalar::I32 => Some((i32::MIN.into(), i32::MAX.into())),
        Scalar::U32 => Some((0, u32::MAX.into())),
        Scalar::I64 => Some((i64::MIN.into(), i64::MAX.into())),
        Scalar::U64 => Some((0, u64::MAX.into())),
        _ => None,
    }
}

fn default(kind: JsonKind) -> Scalar {
    match kind {
        JsonKind::String => Scalar::String,
        JsonKind::Integer => Scalar::I64,
        JsonKind::Number => Scalar::F64,
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonKind, integer, scalar};
    use crate::api::{Check, Limits, Rule};
    use crate::plan::declaration::Scalar;

    #[test]
    fn bounds_widen_a_whole_number() {
        let check = |format: Option<&str>, minimum: &str, maximum: &str, expected| {
            let bound = |text: &str, rule: fn(String) -> Rule| {
                (!text.is_empty()).then(|| Check { rule: rule(text.to_owned()), message: None })
            };
            let checks = bound(minimum, Rule::Minimum).into_iter().chain(bound(maximum, Rule::Maximum)).collect();
            assert_eq!(integer(format, &Limits { checks }), expected, "{format:?} {minimum} {maximum}");
        };
        check(None, "", "", Scalar::I64);
        check(None, "-9223372036854775808", "9223372036854775807", Scalar::I64);
        check(None, "0", "18446744073709551615", Scalar::U64);
        check(Some("int64"), "0", "18446744073709552000", Scalar::U64);
        check(None, "", "18446744073709551615", Scalar::Decimal);
        check(None, "0", "1e30", Scalar::Decimal);
        check(Some("int32"), "0", "100", Scalar::I32);
        check(Some("int32"), "0", "4294967295", Scalar::I64);
        check(Some("uint32"), "", "4294967296", Scalar::I64);
        check(Some("uint64"), "", "", Scalar::U64);
        check(Some("uint64"), "-1", "", Scalar::Decimal);
        check(Some("decimal"), "0", "1e30", Scalar::Decimal);
    }

    #[test]
    fn listed_values_widen_a_whole_number() {
        let check = |format: Option<&str>, values: &[&str], expected| {
            let rule = Rule::OneOf(values.iter().map(|value| (*value).to_owned()).collect());
            let limits = Limits { checks: vec![Check { rule, message: None }] };
            assert_eq!(integer(format, &limits), expected, "{format:?} {values:?}");
        };
        check(None, &["1", "18446744073709551616"], Scalar::Decimal);
        check(None, &["-1", "18446744073709551615"], Scalar::Decimal);
        check(Some("uint64"), &["0", "18446744073709551615"], Scalar::U64);
        check(Some("int32"), &["4294967296"], Scalar::I64);
        check(None, &["9223372036854775808"], Scalar::Decimal);
        check(None, &["1", "9223372036854775808", "-1"], Scalar::Decimal);
        check(None, &["1", "340282366920938463463374607431768211456000"], Scalar::Decimal);
        check(Some("int32"), &["null", "7"], Scalar::I32);
    }

    #[test]
    fn every_format_has_its_type() {
        let check = |kind, format, expected| assert_eq!(scalar(kind, format), expected, "{kind:?} {format:?}");
        check(JsonKind::String, None, Scalar::String);
        check(JsonKind::String, Some("email"), Scalar::String);
        check(JsonKind::String, Some("date-time"), Scalar::DateTime);
        check(JsonKind::String, Some("int32"), Scalar::String);
        check(JsonKind::Integer, None, Scalar::I64);
        check(JsonKind::Integer, Some("int32"), Scalar::I32);
        check(JsonKind::Integer, Some("uint64"), Scalar::U64);
        check(JsonKind::Number, Some("float"), Scalar::F64);
        check(JsonKind::Number, Some("decimal"), Scalar::Decimal);
        check(JsonKind::Number, Some("decimal128"), Scalar::Decimal);
        check(JsonKind::String, Some("decimal"), Scalar::DecimalText);
    }
}
