//! Conversions from and to the date-times of `chrono`, `time` and `jiff`, each behind the feature of that name.
//!
//! Into a [`DateTime`] always works and keeps an offset; out of one fails where its text means no moment, or one that the other
//! type cannot hold.

#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
use super::{DateTime, INVALID, NANOS_PER_SECOND};
#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
use crate::text::values::{Field, InvalidText};

/// Whole seconds and the nanoseconds above them.
#[cfg(any(feature = "chrono", feature = "time"))]
fn parts(value: &DateTime) -> Result<(i64, u32), InvalidText> {
    let nanos = value.unix_nanos()?.rem_euclid(NANOS_PER_SECOND);
    Ok((value.unix_seconds()?, u32::try_from(nanos).map_err(|_| INVALID)?))
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use ::chrono::{FixedOffset, Offset as _, TimeZone, Utc};

    use super::{DateTime, Field, INVALID, InvalidText, parts};

    impl<Z: TimeZone> From<::chrono::DateTime<Z>> for DateTime {
        fn from(value: ::chrono::DateTime<Z>) -> Self {
            // A leap second is the last one before it.
            let utc = Self::from_unix(value.timestamp(), value.timestamp_subsec_nanos().min(999_999_999));
            utc.at_offset(i64::from(value.offset().fix().local_minus_utc()))
        }
    }

    impl<Z: TimeZone> From<::chrono::DateTime<Z>> for Field<DateTime> {
        fn from(value: ::chrono::DateTime<Z>) -> Self {
            Self::Value(value.into())
        }
    }

    impl TryFrom<&DateTime> for ::chrono::DateTime<Utc> {
        type Error = InvalidText;

        fn try_from(value: &DateTime) -> Result<Self, InvalidText> {
            let (seconds, nanos) = parts(value)?;
            Self::from_timestamp(seconds, nanos).ok_or(INVALID)
        }
    }

    /// With the offset of the text.
    impl TryFrom<&DateTime> for ::chrono::DateTime<FixedOffset> {
        type Error = InvalidText;

        fn try_from(value: &DateTime) -> Result<Self, InvalidText> {
            let utc = ::chrono::DateTime::<Utc>::try_from(value)?;
            let offset = i32::try_from(super::super::offset(&value.text)).ok().and_then(FixedOffset::east_opt);
            Ok(utc.with_timezone(&offset.ok_or(INVALID)?))
        }
    }
}

#[cfg(feature = "time")]
mod of_time {
    use ::time::{OffsetDateTime, UtcOffset};

    use super::{DateTime, Field, INVALID, InvalidText, parts};

    impl From<OffsetDateTime> for DateTime {
        fn from(value: OffsetDateTime) -> Self {
            let utc = Self::from_unix(value.unix_timestamp(), value.nanosecond());
            utc.at_offset(i64::from(value.offset().whole_seconds()))
        }
    }

    impl From<OffsetDateTime> for Field<DateTime> {
        fn from(value: OffsetDateTime) -> Self {
            Self::Value(value.into())
        }
    }

    /// With the offset of the text.
    impl TryFrom<&DateTime> for OffsetDateTime {
        type Error = InvalidText;

        fn try_from(value: &DateTime) -> Result<Self, InvalidText> {
            let (seconds, nanos) = parts(value)?;
            let utc = Self::from_unix_timestamp(seconds).and_then(|utc| utc.replace_nanosecond(nanos));
            let offset = i32::try_from(super::super::offset(&value.text)).map_err(|_| INVALID)?;
            let offset = UtcOffset::from_whole_seconds(offset).map_err(|_| INVALID)?;
            utc.map_err(|_| INVALID)?.checked_to_offset(offset).ok_or(INVALID)
        }
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use ::jiff::{Timestamp, Zoned};

    use super::{DateTime, Field, INVALID, InvalidText, NANOS_PER_SECOND};

    impl From<Timestamp> for DateTime {
        fn from(value: Timestamp) -> Self {
            let nanos = value.as_nanosecond();
            let seconds = i64::try_from(nanos.div_euclid(NANOS_PER_SECOND)).unwrap_or_default();
            Self::from_unix(seconds, u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND)).unwrap_or_default())
        }
    }

    impl From<Timestamp> for Field<DateTime> {
        fn from(value: Timestamp) -> Self {
            Self::Value(value.into())
        }
    }

    /// With the offset that holds at that moment; RFC 3339 has no room for the name of the zone.
    impl From<&Zoned> for DateTime {
        fn from(value: &Zoned) -> Self {
            Self::from(value.timestamp()).at_offset(i64::from(value.offset().seconds()))
        }
    }

    impl From<&Zoned> for Field<DateTime> {
        fn from(value: &Zoned) -> Self {
            Self::Value(value.into())
        }
    }

    impl TryFrom<&DateTime> for Timestamp {
        type Error = InvalidText;

        fn try_from(value: &DateTime) -> Result<Self, InvalidText> {
            Self::from_nanosecond(value.unix_nanos()?).map_err(|_| INVALID)
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "chrono", feature = "time", feature = "jiff"))]
mod tests {
    use super::*;

    const TEXTS: [&str; 3] =
        ["2024-02-29T12:30:15.500Z", "1969-12-31T23:59:59.999999999Z", "2024-01-01T01:30:00+05:30"];

    #[test]
    fn there_and_back() {
        for text in TEXTS {
            let value = DateTime::from(text);
            let chrono: ::chrono::DateTime<::chrono::FixedOffset> = (&value).try_into().unwrap();
            assert_eq!(DateTime::from(chrono).as_str(), text);
            let time: ::time::OffsetDateTime = (&value).try_into().unwrap();
            assert_eq!(DateTime::from(time).as_str(), text);
            let jiff: ::jiff::Timestamp = (&value).try_into().unwrap();
            assert!(DateTime::from(jiff).is_same_moment(&value));
            let zone = ::jiff::tz::Offset::from_seconds(i32::try_from(super::super::offset(text)).unwrap()).unwrap();
            assert_eq!(DateTime::from(&jiff.to_zoned(zone.to_time_zone())).as_str(), text);
            let utc: ::chrono::DateTime<::chrono::Utc> = (&value).try_into().unwrap();
            assert_eq!((utc, time.unix_timestamp_nanos()), (chrono.to_utc(), jiff.as_nanosecond()));
        }
    }

    /// Local mean times have seconds in their offset, for which RFC 3339 has no room.
    #[test]
    fn an_offset_with_seconds_keeps_the_moment() {
        let prague = ::chrono::FixedOffset::east_opt(3464).unwrap();
        let moment = ::chrono::DateTime::UNIX_EPOCH.with_timezone(&prague);
        assert_eq!(DateTime::from(moment).as_str(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn what_means_no_moment_does_not_convert() {
        let value = DateTime::from("yesterday");
        assert!(::chrono::DateTime::<::chrono::Utc>::try_from(&value).is_err());
        assert!(::time::OffsetDateTime::try_from(&value).is_err());
        assert!(::jiff::Timestamp::try_from(&value).is_err());
    }

    #[test]
    fn setters_take_them() {
        let field = |field: Field<DateTime>| field.get().map(ToString::to_string);
        assert_eq!(field(::time::OffsetDateTime::UNIX_EPOCH.into()).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(field(::jiff::Timestamp::UNIX_EPOCH.into()).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(field(::chrono::DateTime::UNIX_EPOCH.into()).as_deref(), Some("1970-01-01T00:00:00Z"));
    }
}
