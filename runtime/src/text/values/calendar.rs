//! The proleptic Gregorian calendar, as far as RFC 3339 needs it.
//!
//! Own arithmetic (Howard Hinnant's `days_from_civil`): a calendar crate would be the largest dependency of every client.

/// Days since 1970-01-01.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day since 1970-01-01.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// How many days a month has.
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Reads fixed-width fields off the front of a text.
pub(crate) struct Fields<'a>(pub(crate) &'a str);

impl Fields<'_> {
    /// So many digits, between two bounds.
    pub(crate) fn number(&mut self, width: usize, low: i64, high: i64) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(width)?;
        let value = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
        self.0 = rest;
        (low..=high).contains(&value).then_some(value)
    }

    /// One of these characters.
    pub(crate) fn one_of(&mut self, characters: &[char]) -> Option<char> {
        let found = self.0.chars().next().filter(|first| characters.contains(first))?;
        self.0 = self.0.get(found.len_utf8()..)?;
        Some(found)
    }

    /// `YYYY-MM-DD`.
    pub(crate) fn date(&mut self) -> Option<(i64, i64, i64)> {
        let year = self.number(4, 0, 9999)?;
        self.one_of(&['-'])?;
        let month = self.number(2, 1, 12)?;
        self.one_of(&['-'])?;
        let day = self.number(2, 1, days_in_month(year, month))?;
        Some((year, month, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (days, date) in [(0, (1970, 1, 1)), (-1, (1969, 12, 31)), (11_016, (2000, 2, 29)), (-719_528, (0, 1, 1))] {
            assert_eq!(civil_from_days(days), date);
            assert_eq!(days_from_civil(date.0, date.1, date.2), days);
        }
        for days in (-800_000..3_000_000).step_by(997) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
