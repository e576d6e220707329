//! [`DateTime`]: a point in time, as its wire text.

mod convert;

use std::cmp::Ordering;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Field;
use super::calendar::{Fields, civil_from_days, days_from_civil};
use super::text::{InvalidText, text_value};
use crate::text::codec::WellFormed;

/// A date-time (RFC 3339). It keeps its text, so that what came over the wire is what is sent back.
///
/// Equality is that of the texts. Order is that of the moments: `2026-01-31T12:00:00+01:00` is before
/// `2026-01-31T11:30:00Z`. Two texts of one moment are ordered by their text, and a text that is no date-time comes before all
/// moments, so that order and equality agree. [`DateTime::is_same_moment`] compares moments alone.
///
/// It converts from and to the types of `chrono`, `time` and `jiff` with the feature of that name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
}
text_value!(DateTime);

impl WellFormed for DateTime {
    const EXPECTED: &'static str = "an RFC 3339 date-time";

    fn is_well_formed(&self) -> bool {
        self.unix_nanos().is_ok()
    }
}

const NANOS_PER_SECOND: i128 = 1_000_000_000;

impl DateTime {
    /// Takes a text that means a moment; `DateTime::from(text)` takes any.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let value = Self::from(text);
        value.unix_nanos().map(|_| value)
    }

    /// A moment by its seconds and nanoseconds since 1970-01-01T00:00:00Z, written in UTC with as many decimals as it needs.
    pub fn from_unix(seconds: i64, nanos: u32) -> Self {
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction = match nanos {
            0 => String::new(),
            _ if nanos.is_multiple_of(1_000_000) => format!(".{:03}", nanos / 1_000_000),
            _ if nanos.is_multiple_of(1_000) => format!(".{:06}", nanos / 1_000),
            _ => format!(".{nanos:09}"),
        };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z").into()
    }

    /// The same moment written with an offset, in seconds east of UTC. RFC 3339 offsets are whole minutes: another one stays UTC.
    #[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
    fn at_offset(self, offset: i64) -> Self {
        let local = match (self.unix_seconds(), self.unix_nanos()) {
            (Ok(seconds), Ok(nanos)) if offset != 0 && offset % 60 == 0 => {
                let nanos = u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND)).unwrap_or_default();
                Self::from_unix(seconds + offset, nanos)
            }
            _ => return self,
        };
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
        let local = local.as_str().trim_end_matches('Z');
        format!("{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60).into()
    }

    /// The moment.
    pub fn timestamp(&self) -> Result<SystemTime, InvalidText> {
        let nanos = self.unix_nanos()?;
        let size = nanos.unsigned_abs();
        let seconds = u64::try_from(size / NANOS_PER_SECOND.unsigned_abs()).map_err(|_| INVALID)?;
        let rest = u32::try_from(size % NANOS_PER_SECOND.unsigned_abs()).map_err(|_| INVALID)?;
        let distance = Duration::new(seconds, rest);
        let time = if nanos < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        time.ok_or(INVALID)
    }

    /// Whether both mean the same moment, however they are written.
    #[must_use]
    pub fn is_same_moment(&self, other: &Self) -> bool {
        matches!((self.unix_nanos(), other.unix_nanos()), (Ok(one), Ok(two)) if one == two)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(&self) -> Result<i64, InvalidText> {
        i64::try_from(self.unix_nanos()?.div_euclid(NANOS_PER_SECOND)).map_err(|_| INVALID)
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z; decimals beyond the ninth are cut.
    pub fn unix_nanos(&self) -> Result<i128, InvalidText> {
        read(&self.text).ok_or(INVALID)
    }
}

const INVALID: InvalidText = InvalidText::new("an RFC 3339 date-time");

/// By moment, then by text.
impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let moment = self.unix_nanos().ok().cmp(&other.unix_nanos().ok());
        moment.then_with(|| self.text.cmp(&other.text))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Milliseconds or finer, in UTC.
impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> Self {
        let (distance, past) = match time.duration_since(UNIX_EPOCH) {
            Ok(distance) => (distance, false),
            Err(error) => (error.duration(), true),
        };
        let seconds = i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
        match (past, distance.subsec_nanos()) {
            (false, nanos) => Self::from_unix(seconds, nanos),
            (true, 0) => Self::from_unix(-seconds, 0),
            (true, nanos) => Self::from_unix(-seconds - 1, 1_000_000_000 - nanos),
        }
    }
}

impl From<SystemTime> for Field<DateTime> {
    fn from(time: SystemTime) -> Self {
        Self::Value(time.into())
    }
}

fn read(text: &str) -> Option<i128> {
    let mut fields = Fields(text);
    let (year, month, day) = fields.date()?;
    fields.one_of(&['T', 't', ' '])?;
    let hour = fields.number(2, 0, 23)?;
    fields.one_of(&[':'])?;
    let minute = fields.number(2, 0, 59)?;
    fields.one_of(&[':'])?;
    // A leap second counts as the last one of its minute, as POSIX time has it.
    let second = fields.number(2, 0, 60)?.min(59);
    let nanos = if fields.one_of(&['.']).is_some() { fraction(&mut fields)? } else { 0 };
    let offset = match fields.one_of(&['Z', 'z', '+', '-'])? {
        sign @ ('+' | '-') => {
            let hours = fields.number(2, 0, 23)?;
            fields.one_of(&[':'])?;
            let minutes = fields.number(2, 0, 59)?;
            (hours * 3600 + minutes * 60) * if sign == '+' { 1 } else { -1 }
        }
        _ => 0,
    };
    let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
    fields.0.is_empty().then(|| i128::from(seconds) * NANOS_PER_SECOND + i128::from(nanos))
}

/// The offset of a well-formed text in seconds east of UTC.
#[cfg(any(feature = "chrono", feature = "time"))]
fn offset(text: &str) -> i64 {
    let Some(sign) = text.rfind(['+', '-']).filter(|at| *at > 10) else { return 0 };
    let mut fields = Fields(text.get(sign..).unwrap_or_default());
    let sign = if fields.one_of(&['+', '-']) == Some('-') { -1 } else { 1 };
    let hours = fields.number(2, 0, 23).unwrap_or_default();
    let minutes = fields.one_of(&[':']).and_then(|_| fields.number(2, 0, 59)).unwrap_or_default();
    sign * (hours * 3600 + minutes * 60)
}

fn fraction(fields: &mut Fields<'_>) -> Option<i64> {
    let digits = fields.0.bytes().take_while(u8::is_ascii_digit).count();
    let (text, rest) = fields.0.split_at_checked(digits)?;
    fields.0 = rest;
    if digits == 0 {
        return None;
    }
    format!("{text:0<9}").get(..9)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning() {
        let check = |text: &str, expected: Option<i128>| {
            assert_eq!(DateTime::from(text).unix_nanos().ok(), expected, "{text}");
        };
        check("1970-01-01T00:00:00Z", Some(0));
        check("2024-02-29T12:30:15.5Z", Some(1_709_209_815_500_000_000));
        check("2024-02-29T12:30:15.5+02:00", Some(1_709_202_615_500_000_000));
        check("1969-12-31T23:59:59.999999999Z", Some(-1));
        check("2016-12-31T23:59:60Z", Some(1_483_228_799_000_000_000));
        check("2024-02-29t12:30:15.1234567891z", Some(1_709_209_815_123_456_789));
        for wrong in ["", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "2024-01-01", "x"] {
            check(wrong, None);
        }
        for wrong in ["2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "２024-01-01T00:00:00Z", "+024-01-01T00:00:00Z"]
        {
            check(wrong, None);
        }
    }

    #[test]
    fn writing() {
        let check = |seconds, nanos, expected| assert_eq!(DateTime::from_unix(seconds, nanos).as_str(), expected);
        check(0, 0, "1970-01-01T00:00:00Z");
        check(1_709_209_815, 500_000_000, "2024-02-29T12:30:15.500Z");
        check(-1, 999_999_999, "1969-12-31T23:59:59.999999999Z");
        let early = UNIX_EPOCH - Duration::from_millis(500);
        assert_eq!(DateTime::from(early).as_str(), "1969-12-31T23:59:59.500Z");
        assert_eq!(DateTime::from(early).timestamp(), Ok(early));
    }

    #[test]
    fn order_is_by_moment() {
        let sorted = ["x", "y", "2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.5Z"];
        // Texts of one moment by their text: `…T00` comes before `…T02`.
        let expected = [sorted[0], sorted[1], sorted[3], sorted[2], sorted[4]];
        let mut values: Vec<DateTime> = sorted.iter().rev().map(|text| DateTime::from(*text)).collect();
        values.sort();
        assert_eq!(values.iter().map(DateTime::as_str).collect::<Vec<_>>(), expected);
        for (one, two) in values.iter().zip(values.iter().skip(1)) {
            assert!(one < two && one != two);
        }
        let same = |one: usize, two: usize| DateTime::from(sorted[one]).is_same_moment(&sorted[two].into());
        assert!(same(2, 3) && !same(3, 4) && !same(0, 0), "what means no moment is the same as nothing");
    }

    #[test]
    fn keeps_any_text() {
        let value: DateTime = crate::text::codec::from_json("\"yesterday\"").unwrap();
        assert_eq!(value.to_string(), "yesterday");
        assert_eq!(value.timestamp().unwrap_err().to_string(), "the text is not an RFC 3339 date-time");
        assert!(DateTime::parse("yesterday").is_err());
    }
}
