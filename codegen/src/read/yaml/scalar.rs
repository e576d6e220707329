//! What a YAML scalar means: the core schema of YAML 1.2, in JSON's spelling.
//!
//! Only plain scalars can be anything but strings. `yes`, `on`, dates, `1_000` and numbers with leading zeros (zip codes)
//! are strings: whoever reads them as something else would lose how they were written.

use saphyr_parser::Tag;

use crate::diagnostic::{Code, codes};
use crate::tree::Value;

/// Why a scalar has no value.
pub(super) struct ScalarFault {
    pub(super) code: &'static Code,
    pub(super) message: String,
    pub(super) label: &'static str,
    pub(super) help: &'static str,
}

/// The value of a scalar that is no key.
pub(super) fn resolve(text: &str, plain: bool, tag: Option<&Tag>) -> Result<Value, ScalarFault> {
    let Some(tag) = tag else { return if plain { resolve_plain(text) } else { Ok(Value::String(text.into())) } };
    if !tag.is_yaml_core_schema() {
        let string =
            !plain || (tag.handle.is_empty() || tag.handle == "!") && tag.suffix.is_empty() || tag.suffix == "!";
        return if string { Ok(Value::String(text.into())) } else { resolve_plain(text) };
    }
    let value = match tag.suffix.as_str() {
        "int" | "float" | "bool" | "null" => resolve_plain(text)?,
        _ => return Ok(Value::String(text.into())),
    };
    let fits = match (&value, tag.suffix.as_str()) {
        (Value::Number(number), "int") => !number.contains(['.', 'e', 'E']),
        (Value::Number(_), "float") | (Value::Bool(_), "bool") | (Value::Null, "null") => true,
        _ => false,
    };
    if fits {
        return Ok(value);
    }
    Err(ScalarFault {
        code: &codes::BAD_TAG,
        message: format!("the tag `!!{}` does not fit the value", tag.suffix),
        label: "the value is none of that type",
        help: "remove the tag, or mend the value",
    })
}

fn resolve_plain(text: &str) -> Result<Value, ScalarFault> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_not_finite(text) => return Err(not_finite(text)),
        _ => match json_number(text) {
            Some(number) => Value::Number(number),
            None => Value::String(text.into()),
        },
    })
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn not_finite(text: &str) -> ScalarFault {
    ScalarFault {
        code: &codes::NOT_A_JSON_NUMBER,
        message: format!("`{text}` has no JSON form"),
        label: "JSON knows finite numbers only",
        help: "quote it if it is a text, or leave the member out",
    }
}

/// A number in JSON's spelling, digit for digit: `+1` is `1`, `.5` is `0.5`, `1.` is `1.0`, `0x1F` is `31`.
fn json_number(text: &str) -> Option<Box<str>> {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("-", rest) => ("-", rest),
        ("+", rest) => ("", rest),
        _ => ("", text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (rest.get(..at)?, rest.get(at + 1..)?),
        None => (rest, "0"),
    };
    let (whole, fraction) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let fine = digits(whole)
        && fraction.is_none_or(digits)
        && !(whole.is_empty() && fraction.is_none_or(str::is_empty))
        && !exponent_digits.is_empty()
        && digits(exponent_digits)
        && !(whole.len() > 1 && whole.starts_with('0'));
    if !fine {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = match fraction {
        Some("") => ".0".to_owned(),
        Some(fraction) => format!(".{fraction}"),
        None => String::new(),
    };
    let exponent = rest.find(['e', 'E']).map_or("", |at| rest.get(at..).unwrap_or_default());
    Some(format!("{sign}{whole}{fraction}{exponent}").into())
}

fn radix(digits: &str, radix: u32) -> Option<Box<str>> {
    // Longer ones stay strings; `from_str_radix` would take a sign, which YAML does not.
    if !digits.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
        return None;
    }
    u128::from_str_radix(digits, radix).ok().map(|value| value.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let check = |text: &str, expected: Value| {
            let found = resolve(text, true, None).ok();
            assert_eq!(found, Some(expected), "{text}");
        };
        let number = |text: &str| Value::Number(text.into());
        let string = |text: &str| Value::String(text.into());
        for text in ["", "~", "null", "Null", "NULL"] {
            check(text, Value::Null);
        }
        check("true", Value::Bool(true));
        check("FALSE", Value::Bool(false));
        for text in
            ["yes", "no", "on", "off", "y", "tRUE", "2024-01-31", "1_000", "1:30", "01", "00", "-01.5", "0x", "0xg"]
        {
            check(text, string(text));
        }
        for text in ["-", "+", ".", "1e", "e1", "1.2.3", "--1", "0x-1", "0b11", "1 ", "é", "<<"] {
            check(text, string(text));
        }
        for text in ["0", "-0", "12", "1.50", "1e3", "1E-3", "123456789012345678901234567890"] {
            check(text, number(text));
        }
        check("+1", number("1"));
        check(".5", number("0.5"));
        check("-.5", number("-0.5"));
        check("1.", number("1.0"));
        check("1.e3", number("1.0e3"));
        check("0x1F", number("31"));
        check("0o17", number("15"));
        for text in [".inf", "-.Inf", "+.INF", ".nan", ".NaN"] {
            assert!(resolve(text, true, None).is_err(), "{text}");
        }
        assert_eq!(resolve("12", false, None).ok(), Some(string("12")));
    }
}
