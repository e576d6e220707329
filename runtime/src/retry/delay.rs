//! How long to wait before the next attempt.
//!
//! Owns the arithmetic: doubling, cap, jitter, and the server's wish against both. Does not decide whether to retry.

use std::time::Duration;

use crate::facts::Jitter;

/// The delays of one policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Delays {
    pub(crate) base: Duration,
    pub(crate) max: Duration,
    /// Document or application named the cap: then it also cuts the server's wish.
    pub(crate) max_declared: bool,
    pub(crate) jitter: Jitter,
}

/// A server that asks for more than this, where no cap is declared, gets no retry: the error is returned at once.
const LONGEST_WISH: Duration = Duration::from_secs(60);

impl Delays {
    /// The delay before retry `n`, counted from 1; `None` if the server wants more patience than there is.
    pub(crate) fn before(&self, n: u32, base: Duration, wish: Option<Duration>, dice: f64) -> Option<Duration> {
        let doubled = base.saturating_mul(1_u32.checked_shl(n.saturating_sub(1)).unwrap_or(u32::MAX));
        let computed = doubled.min(self.max);
        let jittered = match self.jitter {
            Jitter::Full => scaled(computed, dice),
            Jitter::Factor(from, to) => scaled(computed, from + (to - from) * dice),
            Jitter::Added => doubled.saturating_add(scaled(base, dice)).min(self.max),
        };
        let jittered = whole_milliseconds(jittered);
        match wish.filter(|wish| !wish.is_zero()) {
            None => Some(jittered),
            Some(wish) if self.max_declared => Some(wish.min(self.max)),
            Some(wish) if wish > LONGEST_WISH => None,
            Some(wish) => Some(wish.max(jittered)),
        }
    }
}

/// `Duration::mul_f64` panics where the product is out of range, which an application's cap can be.
fn scaled(delay: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(delay.as_secs_f64() * factor.max(0.0)).unwrap_or(Duration::MAX)
}

/// Rounded, so that what an event tells is what is waited.
fn whole_milliseconds(delay: Duration) -> Duration {
    let rounded = delay.saturating_add(Duration::from_micros(500)).as_millis();
    Duration::from_millis(u64::try_from(rounded).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn check(delays: Delays, n: u32, wish: Option<u64>, dice: f64, expected: Option<u64>) {
        assert_eq!(
            delays.before(n, delays.base, wish.map(ms), dice),
            expected.map(ms),
            "{delays:?} n={n} wish={wish:?} dice={dice}"
        );
    }

    #[test]
    fn declared_cap_and_factor() {
        let delays = Delays { base: ms(250), max: ms(1000), max_declared: true, jitter: Jitter::Factor(0.75, 1.25) };
        check(delays, 1, None, 0.5, Some(250));
        check(delays, 1, None, 0.0, Some(188));
        check(delays, 2, None, 0.5, Some(500));
        check(delays, 3, None, 0.5, Some(1000));
        check(delays, 40, None, 0.5, Some(1000));
        check(delays, 4, None, 1.0, Some(1250));
        check(delays, 1, Some(400), 0.0, Some(400));
        check(delays, 1, Some(7000), 0.0, Some(1000));
        check(delays, 1, Some(0), 0.5, Some(250));
    }

    #[test]
    fn a_random_part_of_the_base_is_added() {
        let delays = Delays { base: ms(300), max: ms(10_000), max_declared: true, jitter: Jitter::Added };
        check(delays, 1, None, 0.0, Some(300));
        check(delays, 1, None, 0.5, Some(450));
        check(delays, 2, None, 0.0, Some(600));
        check(delays, 2, None, 0.999_999_9, Some(900));
        check(delays, 6, None, 0.5, Some(9750));
        check(delays, 7, None, 0.0, Some(10_000));
        check(delays, 1, Some(7000), 0.5, Some(7000));
        check(delays, 1, Some(60_000), 0.5, Some(10_000));
    }

    #[test]
    fn endless_delays_do_not_overflow() {
        for jitter in [Jitter::Full, Jitter::Factor(0.75, 1.25), Jitter::Added] {
            let delays = Delays { base: Duration::MAX, max: Duration::MAX, max_declared: true, jitter };
            for (n, dice) in [(1, 0.0), (2, 0.999), (u32::MAX, 0.999)] {
                assert!(delays.before(n, delays.base, None, dice).is_some());
                assert_eq!(delays.before(n, delays.base, Some(Duration::MAX), dice), Some(Duration::MAX));
            }
        }
    }

    #[test]
    fn undeclared_cap_and_full_jitter() {
        let delays = Delays { base: ms(100), max: ms(20_000), max_declared: false, jitter: Jitter::Full };
        check(delays, 1, None, 0.0, Some(0));
        check(delays, 3, None, 0.5, Some(200));
        check(delays, 1, Some(30_000), 0.5, Some(30_000));
        check(delays, 10, Some(1000), 0.999_999_9, Some(20_000));
        check(delays, 1, Some(60_000), 0.5, Some(60_000));
        check(delays, 1, Some(60_001), 0.5, None);
    }
}
