//! The bucket that keeps retries from becoming a storm.
//!
//! Owns counting. One bucket belongs to one client, that is to one base URL and one set of credentials; clones share it.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a full bucket holds.
const CAPACITY: u32 = 500;
/// A retry because the server is throttling.
const THROTTLED: u32 = 5;
/// Any other retry.
const FAILED: u32 = 14;

/// The bucket.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

/// What the last retry cost; given back when it succeeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cost(u32);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Takes a retry's cost, or nothing if there is not enough left.
    pub(crate) fn take(&self, throttled: bool) -> Option<Cost> {
        let cost = if throttled { THROTTLED } else { FAILED };
        let taken = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(cost));
        taken.ok().map(|_| Cost(cost))
    }

    /// A call succeeded: its last retry is given back, a clean one earns 1.
    pub(crate) fn succeed(&self, last: Cost) {
        let earned = last.0.max(1);
        let add = |left: u32| Some((left + earned).min(CAPACITY));
        // The closure never refuses, so there is no error to look at.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, add);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bucket_allows_no_retry_and_successes_fill_it() {
        let budget = Budget::new();
        let mut taken = 0;
        while budget.take(false).is_some() {
            taken += 1;
        }
        assert_eq!((taken, budget.0.load(Ordering::Relaxed)), (35, 10));
        assert_eq!(budget.take(true), Some(Cost(5)));
        assert_eq!(budget.take(true), Some(Cost(5)));
        assert_eq!(budget.take(true), None);
        budget.succeed(Cost(5));
        assert_eq!(budget.take(true), Some(Cost(5)));
        for _ in 0..5 {
            budget.succeed(Cost::default());
        }
        assert_eq!(budget.take(true), Some(Cost(5)));
    }

    #[test]
    fn it_never_overflows() {
        let budget = Budget::new();
        budget.succeed(Cost(14));
        assert_eq!(budget.0.load(Ordering::Relaxed), CAPACITY);
    }
}
