//! Decimal numbers as text, taken apart: equality, order and divisibility without loss.

use std::cmp::Ordering;

/// `±0.digits × 10^scale`: no zeros at either end of the digits; zero has none and is never negative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    negative: bool,
    digits: String,
    scale: i64,
}

impl Number {
    /// Takes what JSON calls a number, and also a leading `+`, zeros in front and a missing side of the point.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let significant = all.trim_start_matches('0');
        let leading = i64::try_from(all.len() - significant.len()).ok()?;
        let scale = exponent.saturating_add(i64::try_from(whole.len()).ok()?).saturating_sub(leading);
        let digits = significant.trim_end_matches('0');
        let zero = digits.is_empty();
        Some(Self { negative: negative && !zero, digits: digits.to_owned(), scale: if zero { 0 } else { scale } })
    }

    /// The whole number that it is, if it is one and fits.
    pub(crate) fn to_integer(&self) -> Option<i128> {
        let shift = self.scale - i64::try_from(self.digits.len()).ok()?;
        if self.digits.is_empty() {
            return Some(0);
        }
        let magnitude: i128 = self.digits.parse().ok()?;
        let magnitude = magnitude.checked_mul(10_i128.checked_pow(u32::try_from(shift).ok()?)?)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// Whether it is a whole multiple; `None` where the divisor is zero or has more digits than can be worked with.
    pub(crate) fn is_multiple_of(&self, divisor: &Self) -> Option<bool> {
        if self.digits.is_empty() {
            return Some(true);
        }
        let own = self.scale.checked_sub(i64::try_from(self.digits.len()).ok()?)?;
        let theirs = divisor.scale.checked_sub(i64::try_from(divisor.digits.len()).ok()?)?;
        let unit = own.min(theirs);
        let mut modulus: u64 = divisor.digits.parse().ok()?;
        for _ in 0..theirs.checked_sub(unit)? {
            modulus = modulus.checked_mul(10)?;
        }
        let zeros = usize::try_from(own.checked_sub(unit)?).ok().filter(|zeros| *zeros <= 1_000)?;
        let digits = self.digits.bytes().map(|byte| byte - b'0').chain(std::iter::repeat_n(0, zeros));
        let rest = digits.fold(0_u128, |rest, digit| (rest * 10 + u128::from(digit)) % u128::from(modulus.max(1)));
        (modulus != 0).then_some(rest == 0)
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Beyond this no two numbers of practical length can be told apart by their exponents any more.
    let limit = i64::MAX / 4;
    let size = digits.parse::<i64>().unwrap_or(limit).min(limit);
    Some(if text.starts_with('-') { -size } else { size })
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| {
            if number.digits.is_empty() {
                0
            } else if number.negative {
                -1
            } else {
                1
            }
        };
        let magnitude = || match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            _ => self.scale.cmp(&other.scale).then_with(|| self.digits.cmp(&other.digits)),
        };
        sign(self).cmp(&sign(other)).then_with(|| if self.negative { magnitude().reverse() } else { magnitude() })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn order() {
        let check = |low: &str, high: &str| assert!(number(low) < number(high), "{low} < {high}");
        for (low, high) in [("-1", "0"), ("-2", "-1"), ("9", "10"), ("0.1", "0.11"), ("1e2", "101"), ("-0.5", "0.5")] {
            check(low, high);
        }
        for (left, right) in [("1", "1.0"), ("1e3", "1000"), ("-0", "0"), ("0.00", "0"), ("+.5", "0.5"), ("5.", "05")] {
            assert_eq!(number(left), number(right), "{left} = {right}");
        }
    }

    #[test]
    fn integers() {
        let check = |text: &str, expected| assert_eq!(number(text).to_integer(), expected, "{text}");
        check("1.0", Some(1));
        check("-1e3", Some(-1000));
        check("1.5e1", Some(15));
        check("1.5", None);
        check("0e9", Some(0));
        check("18446744073709551616", Some(1 << 64));
        check("1e40", None);
    }

    #[test]
    fn multiples() {
        let check = |value: &str, divisor: &str, expected| {
            assert_eq!(number(value).is_multiple_of(&number(divisor)), expected, "{value} % {divisor}");
        };
        check("10", "5", Some(true));
        check("0.3", "0.1", Some(true));
        check("0.35", "0.1", Some(false));
        check("1e3", "0.25", Some(true));
        check("7", "0", None);
        check("123456789012345678901234567890", "10", Some(true));
    }

    #[test]
    fn no_numbers() {
        for text in ["", "-", ".", "1e", "1e+", "0x1", "1_0", "NaN", "--1"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
