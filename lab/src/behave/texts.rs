//! Strings and numbers as servers write them: formats, bounds, and what is hard to keep.

use serde_json::Value as Schema;

use super::schema::Flat;
use super::value::Value;
use crate::mutate::Dice;

/// Formats with texts of theirs.
const FORMATS: &[(&str, &[&str])] = &[
    ("date-time", &["2024-02-29T12:30:45Z", "2024-02-29T12:30:45.123456+05:30", "2024-12-01T00:00:00.000Z"]),
    ("date", &["2024-02-29", "1999-12-31"]),
    ("uuid", &["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"]),
    ("byte", &["aGVsbG8=", ""]),
    ("decimal", &["12.340", "-0.5", "123456789012345678901234567890.10"]),
    ("uri", &["https://example.com/a?b=%20#c"]),
    ("email", &["a@example.com"]),
];

const WORDS: &[&str] = &["text", "", "Z\u{fc}rich \"\\/\" \n\t\u{1F600}", "null", "7"];

fn one<'t>(choices: &[&'t str], dice: &mut Dice) -> &'t str {
    choices.get(dice.below(choices.len())).copied().unwrap_or_default()
}

/// A string.
pub(super) fn text(flat: &Flat<'_>, dice: &mut Dice) -> Value {
    let format = flat.format.unwrap_or_default();
    if let Some((_, texts)) = FORMATS.iter().find(|(known, _)| *known == format) {
        return Value::Text(one(texts, dice).to_owned());
    }
    let word = one(WORDS, dice);
    let padding = flat.min_length.min(1_000).saturating_sub(word.chars().count());
    let padded = word.chars().chain(std::iter::repeat_n('x', padding));
    Value::Text(padded.take(flat.max_length.unwrap_or(usize::MAX)).collect())
}

/// A whole number, the largest that its format holds among them.
pub(super) fn integer(flat: &Flat<'_>, dice: &mut Dice) -> Value {
    let choices: &[&str] = match flat.format.unwrap_or_default() {
        "int8" => &["0", "1", "-7", "127"],
        "int16" => &["0", "1", "-7", "32767"],
        "int32" => &["0", "1", "-7", "2147483647", "-2147483648"],
        "uint8" | "uint16" => &["0", "7", "255"],
        "uint32" => &["0", "7", "4294967295"],
        "uint64" => &["0", "7", "18446744073709551615"],
        _ => &["0", "42", "-1", "9007199254740993", "9223372036854775807"],
    };
    within(flat, choices, dice, |bound| format!("{bound:.0}"))
}

/// Any number; what is no decimal has no more digits than a `f64` keeps.
pub(super) fn number(flat: &Flat<'_>, dice: &mut Dice) -> Value {
    let choices: &[&str] = match flat.format.unwrap_or_default() {
        "decimal" => &["0.10", "123456789012345678901234567890.10", "-7"],
        _ => &["0.5", "1.10", "-3", "12345678.25", "1e3", "0", "0.1"],
    };
    within(flat, choices, dice, |bound| format!("{bound}"))
}

/// One of the choices between the bounds, or else a bound.
fn within(flat: &Flat<'_>, choices: &[&str], dice: &mut Dice, spell: fn(f64) -> String) -> Value {
    let (low, high) = (flat.minimum.unwrap_or(f64::MIN), flat.maximum.unwrap_or(f64::MAX));
    let fits = |text: &&&str| text.parse().is_ok_and(|number: f64| low <= number && number <= high);
    let fitting: Vec<&str> = choices.iter().filter(fits).copied().collect();
    let text = match fitting.is_empty() {
        false => one(&fitting, dice).to_owned(),
        true => spell(flat.minimum.map_or(high.floor(), f64::ceil)),
    };
    Value::Number(text)
}

/// A value that nothing is said of.
pub(super) fn anything(dice: &mut Dice) -> Value {
    match dice.below(5) {
        0 => Value::Text("zz".to_owned()),
        1 => Value::Number("12345678901234567890123.4500".to_owned()),
        2 => Value::List(vec![Value::Null, Value::Boolean(true)]),
        3 => Value::Object(vec![("zz b".to_owned(), Value::List(Vec::new())), ("a".to_owned(), Value::Null)]),
        _ => Value::Boolean(false),
    }
}

/// Whether a default is a plain value of the schema: what else a default may be is for the generator to judge.
pub(super) fn is_of(default: &Schema, flat: &Flat<'_>) -> bool {
    if default.is_null() {
        return flat.nullable;
    }
    if let Some(values) = &flat.values {
        return values.contains(&default);
    }
    match flat.kind() {
        Some("string") => default.is_string() && !FORMATS.iter().any(|(known, _)| Some(*known) == flat.format),
        Some("integer") => default.is_i64(),
        Some("number") => default.is_number(),
        Some("boolean") => default.is_boolean(),
        _ => false,
    }
}
