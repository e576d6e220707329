//! When a request is repeated.
//!
//! Owns the policy an application can set, its merge with the document's facts and the runtime's defaults, and the verdict
//! on one failure. `delay` owns the arithmetic, `budget` the bucket. Does not wait or send.

mod after;
mod budget;
mod delay;
mod plan;

use std::time::Duration;

pub(crate) use self::after::retry_after;
pub(crate) use self::budget::{Budget, Cost};
pub(crate) use self::plan::{Outcome, Repeatable, RetryPlan, Verdict};

/// How often and how patiently requests are repeated. What is not set is the document's, else the runtime's default.
///
/// A request that the document forbids repeating is never repeated, whatever the policy says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetryPolicy {
    pub(crate) off: bool,
    pub(crate) attempts: Option<u32>,
    pub(crate) base_delay: Option<Duration>,
    pub(crate) max_delay: Option<Duration>,
}

impl RetryPolicy {
    /// Retries on, everything else as the document says.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No retries at all.
    #[must_use]
    pub fn off() -> Self {
        Self { off: true, ..Self::default() }
    }

    /// Attempts in all, the first one included. 0 is refused.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// The delay before the first retry; it doubles each time.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = Some(delay);
        self
    }

    /// Cap of every delay, of the one that the server asks for too.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = Some(delay);
        self
    }

    /// What is wrong with this policy, if anything.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        (self.attempts == Some(0)).then_some("a retry policy needs at least one attempt: the first try counts")
    }
}
