//! [`Date`]: a calendar day, as its wire text.

use super::calendar::Fields;
use super::text::{InvalidText, text_value};
use crate::text::codec::WellFormed;

/// A day of the calendar, `YYYY-MM-DD`. It is its text: what came over the wire is what is sent back.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
}
text_value!(Date);

impl WellFormed for Date {
    const EXPECTED: &'static str = "a date like 2024-02-29";

    fn is_well_formed(&self) -> bool {
        Self::parse(&self.text).is_ok()
    }
}

impl Date {
    /// Takes a text that means a day; `Date::from(text)` takes any.
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let value = Self::from(text);
        value.year_month_day().map(|_| value)
    }

    /// A day by its year (0 to 9999), month and day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidText> {
        Self::parse(&format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Year, month (1 to 12) and day (1 to 31).
    pub fn year_month_day(&self) -> Result<(u16, u8, u8), InvalidText> {
        read(&self.text).ok_or(InvalidText::new("a date like 2024-02-29"))
    }
}

fn read(text: &str) -> Option<(u16, u8, u8)> {
    let mut fields = Fields(text);
    let (year, month, day) = fields.date()?;
    if !fields.0.is_empty() {
        return None;
    }
    Some((u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn meaning() {
        let check = |text: &str, expected| assert_eq!(Date::from(text).year_month_day().ok(), expected, "{text}");
        check("2024-02-29", Some((2024, 2, 29)));
        check("2023-02-29", None);
        check("2024-13-01", None);
        check("2024-02-29T", None);
        assert_eq!(Date::new(2024, 2, 29).unwrap().as_str(), "2024-02-29");
        assert!(Date::new(2024, 2, 30).is_err());
    }
}
