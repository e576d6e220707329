//! Values that the client makes for one call: ids and times, by a template of the document.
//!
//! Owns the words in braces. Where such a value goes, and that it is made once, is known by those who ask.

use std::borrow::Cow;
use std::time::UNIX_EPOCH;

use crate::text::template::fill;
use crate::text::values::DateTime;
use crate::time::{Clock, Random, uuid};

/// Fills the words of a template: `{uuid}`, `{hex32}`, `{now}`. Other braces stay as they are.
pub(crate) fn text(template: &str, clock: &dyn Clock, random: &dyn Random) -> String {
    fill(template, &|word| word_value(word, clock, random).map(Cow::Owned))
}

fn word_value(word: &str, clock: &dyn Clock, random: &dyn Random) -> Option<String> {
    match word {
        "uuid" => Some(uuid(random)),
        "hex32" => Some(format!("{:032x}", bits(random))),
        "now" => Some(now(clock)),
        _ => None,
    }
}

fn bits(random: &dyn Random) -> u128 {
    (u128::from(random.next()) << 64) | u128::from(random.next())
}

/// UTC with milliseconds, always three digits of them.
fn now(clock: &dyn Clock) -> String {
    let since = clock.wall().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    let whole = DateTime::from_unix(seconds, 0);
    format!("{}.{:03}Z", whole.as_str().trim_end_matches('Z'), since.subsec_millis())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::testing::ManualTime;

    #[derive(Debug)]
    struct Fixed(u64);
    impl Random for Fixed {
        fn next(&self) -> u64 {
            self.0
        }
    }

    #[test]
    fn templates() {
        let time = ManualTime::at(UNIX_EPOCH + Duration::from_millis(1_780_308_000_005));
        let check = |template: &str, dice: u64, expected: &str| {
            assert_eq!(text(template, &time, &Fixed(dice)), expected, "{template}");
        };
        check("ord_{hex32}", 0xab, "ord_00000000000000ab00000000000000ab");
        check("{uuid}", 0, "00000000-0000-4000-8000-000000000000");
        check("{uuid}", u64::MAX, "ffffffff-ffff-4fff-bfff-ffffffffffff");
        check("{now}", 0, "2026-06-01T10:00:00.005Z");
        check("a {b} {", 0, "a {b} {");
        check("", 0, "");
    }

    #[test]
    fn whole_seconds_have_milliseconds_too() {
        let time = ManualTime::at(UNIX_EPOCH + Duration::from_secs(1_780_308_000));
        assert_eq!(text("{now}", &time, &Fixed(0)), "2026-06-01T10:00:00.000Z");
    }
}
