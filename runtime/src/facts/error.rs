//! Where an API's errors say what went wrong.
//!
//! Does not own the error type (`error`) nor how an answer is classified (`call`).

use super::Status;
use crate::text::envelope::Envelope;

/// Where errors say what is wrong: JSON pointers into the body and headers, each list in order of preference.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFacts {
    pub(crate) code: &'static [&'static str],
    pub(crate) message: &'static [&'static str],
    pub(crate) details: &'static [&'static str],
    pub(crate) request_id: &'static [&'static str],
    pub(crate) trace_id: &'static [&'static str],
    pub(crate) validation: &'static [Status],
    pub(crate) unreadable: Option<&'static str>,
    pub(crate) bad_input: Option<&'static str>,
    pub(crate) bad_setup: Option<&'static str>,
    pub(crate) status: &'static [&'static str],
    pub(crate) in_success: &'static [ErrorSign],
    pub(crate) rate_limit: [&'static [&'static str]; 3],
}

impl ErrorFacts {
    /// Nothing declared: no codes, and the request id where servers commonly put it.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            code: &[],
            message: &[],
            details: &[],
            request_id: &["x-request-id"],
            trace_id: &[],
            validation: &[Status::Exact(400)],
            unreadable: None,
            bad_input: None,
            bad_setup: None,
            status: &[],
            in_success: &[],
            rate_limit: [
                &["ratelimit-limit", "x-ratelimit-limit"],
                &["ratelimit-remaining", "x-ratelimit-remaining"],
                &["ratelimit-reset", "x-ratelimit-reset"],
            ],
        }
    }

    /// Pointers to the machine-readable code.
    #[must_use]
    pub const fn code(mut self, pointers: &'static [&'static str]) -> Self {
        self.code = pointers;
        self
    }

    /// Pointers to the text for people.
    #[must_use]
    pub const fn message(mut self, pointers: &'static [&'static str]) -> Self {
        self.message = pointers;
        self
    }

    /// Pointers to details, for example one entry per faulty member.
    #[must_use]
    pub const fn details(mut self, pointers: &'static [&'static str]) -> Self {
        self.details = pointers;
        self
    }

    /// Headers that carry the server's request id.
    #[must_use]
    pub const fn request_id(mut self, headers: &'static [&'static str]) -> Self {
        self.request_id = headers;
        self
    }

    /// Headers that carry the trace id.
    #[must_use]
    pub const fn trace_id(mut self, headers: &'static [&'static str]) -> Self {
        self.trace_id = headers;
        self
    }
}

impl ErrorFacts {
    /// Statuses that say that the input was refused, instead of 400.
    #[must_use]
    pub const fn validation(mut self, statuses: &'static [Status]) -> Self {
        self.validation = statuses;
        self
    }

    /// The code of the error for input that is refused before anything is sent.
    #[must_use]
    pub const fn bad_input(mut self, code: &'static str) -> Self {
        self.bad_input = Some(code);
        self
    }

    /// The code of the error for a client that cannot be set up.
    #[must_use]
    pub const fn bad_setup(mut self, code: &'static str) -> Self {
        self.bad_setup = Some(code);
        self
    }

    /// Pointers to the status that the body tells, where that is more than the answer's own.
    #[must_use]
    pub const fn status(mut self, pointers: &'static [&'static str]) -> Self {
        self.status = pointers;
        self
    }

    /// By what a body shows that it is an error although its status says success: one sign is enough.
    #[must_use]
    pub const fn in_success(mut self, signs: &'static [ErrorSign]) -> Self {
        self.in_success = signs;
        self
    }

    /// The code of the error for a success that cannot be read.
    #[must_use]
    pub const fn unreadable(mut self, code: &'static str) -> Self {
        self.unreadable = Some(code);
        self
    }
}

/// A sign that a body is an error, whatever its status says.
#[derive(Clone, Copy, Debug)]
pub struct ErrorSign {
    pub(crate) pointer: &'static str,
    pub(crate) means: Meaning,
}

/// What the place that a sign points to holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    /// Something: not null, not false, no empty text.
    Something,
    /// This truth value.
    Flag(bool),
    /// A number, or a text that holds one, that is not below this.
    AtLeast(u64),
}

impl ErrorSign {
    /// Whether a body shows it. A body that is no JSON shows none.
    pub(crate) fn shows_in(&self, body: &Envelope<'_>) -> bool {
        let Some(found) = body.at(self.pointer) else { return false };
        match self.means {
            Meaning::Something => !found.is_blank() && found.flag() != Some(false),
            Meaning::Flag(value) => found.flag() == Some(value),
            Meaning::AtLeast(least) => found.number().is_some_and(|number| number >= least as f64),
        }
    }

    /// Something is there: not null, not false, no empty text.
    #[must_use]
    pub const fn there(pointer: &'static str) -> Self {
        Self { pointer, means: Meaning::Something }
    }

    /// This truth value is there.
    #[must_use]
    pub const fn flag(pointer: &'static str, value: bool) -> Self {
        Self { pointer, means: Meaning::Flag(value) }
    }

    /// A number is there that is not below this.
    #[must_use]
    pub const fn at_least(pointer: &'static str, number: u64) -> Self {
        Self { pointer, means: Meaning::AtLeast(number) }
    }
}

impl ErrorFacts {
    /// Headers that say how many requests are allowed, how many are left, and when that starts anew.
    #[must_use]
    pub const fn rate_limit(
        mut self,
        limit: &'static [&'static str],
        remaining: &'static [&'static str],
        reset: &'static [&'static str],
    ) -> Self {
        self.rate_limit = [limit, remaining, reset];
        self
    }
}

impl Default for ErrorFacts {
    fn default() -> Self {
        Self::new()
    }
}
