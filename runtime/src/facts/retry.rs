//! What a document declares about repeating requests.
//!
//! Does not own the defaults for what is not declared, nor the arithmetic of delays (`retry`).

use super::Status;

/// Whether a kind of request is repeated at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryMode {
    /// The document says nothing: the runtime's defaults hold.
    Undeclared,
    /// On, unless the application switches it off.
    On,
    /// Off, until the application switches it on.
    OffByDefault,
    /// The document forbids it; nothing switches it on.
    Never,
}

/// How delays are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Jitter {
    /// From nothing to the whole delay.
    Full,
    /// Times a factor from this range.
    Factor(f64, f64),
    /// Plus anything from nothing to the first delay; the cap holds for the sum.
    Added,
}

/// What a document declares about repeating one kind of request.
#[derive(Clone, Copy, Debug)]
pub struct RetryFacts {
    pub(crate) mode: RetryMode,
    pub(crate) attempts: Option<u32>,
    pub(crate) base_delay_ms: Option<u64>,
    pub(crate) max_delay_ms: Option<u64>,
    pub(crate) statuses: Option<&'static [Status]>,
    pub(crate) network: Option<bool>,
    pub(crate) jitter: Option<Jitter>,
    pub(crate) retry_after: Option<&'static [Status]>,
}

impl RetryFacts {
    /// On. What is not said otherwise is the runtime's default.
    #[must_use]
    pub const fn new() -> Self {
        let mut facts = Self::undeclared();
        facts.mode = RetryMode::On;
        facts
    }

    /// The document forbids repeating such requests: neither the application nor a call can switch it on.
    #[must_use]
    pub const fn never() -> Self {
        let mut facts = Self::undeclared();
        facts.mode = RetryMode::Never;
        facts
    }

    pub(crate) const fn undeclared() -> Self {
        Self {
            mode: RetryMode::Undeclared,
            attempts: None,
            base_delay_ms: None,
            max_delay_ms: None,
            statuses: None,
            network: None,
            jitter: None,
            retry_after: None,
        }
    }

    /// Off until the application switches it on; the other facts say what "on" then means.
    #[must_use]
    pub const fn off_by_default(mut self) -> Self {
        self.mode = RetryMode::OffByDefault;
        self
    }

    /// Attempts in all, the first one included. 1 forbids repeating, unless retries are off by default.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// The delay before the first retry; it doubles each time.
    #[must_use]
    pub const fn base_delay_ms(mut self, milliseconds: u64) -> Self {
        self.base_delay_ms = Some(milliseconds);
        self
    }

    /// Cap of every delay, of the one that the server asks for too.
    #[must_use]
    pub const fn max_delay_ms(mut self, milliseconds: u64) -> Self {
        self.max_delay_ms = Some(milliseconds);
        self
    }

    /// Exactly these statuses are retried.
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [Status]) -> Self {
        self.statuses = Some(statuses);
        self
    }

    /// Whether faults of the network are retried, those after which the outcome is unknown included.
    #[must_use]
    pub const fn network(mut self, network: bool) -> Self {
        self.network = Some(network);
        self
    }

    /// Delays are multiplied by a uniform factor from this range. Default: full jitter, from nothing to the whole delay.
    #[must_use]
    pub const fn jitter(mut self, from: f64, to: f64) -> Self {
        self.jitter = Some(Jitter::Factor(from, to));
        self
    }

    /// Something from nothing to the first delay is added to each delay.
    #[must_use]
    pub const fn added_jitter(mut self) -> Self {
        self.jitter = Some(Jitter::Added);
        self
    }

    /// Only with these statuses the server's `retry-after` counts. Default: with every retried status.
    #[must_use]
    pub const fn retry_after(mut self, statuses: &'static [Status]) -> Self {
        self.retry_after = Some(statuses);
        self
    }
}

impl Default for RetryFacts {
    fn default() -> Self {
        Self::new()
    }
}
