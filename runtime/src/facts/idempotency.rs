//! What a document says about keys by which a server recognises a repetition.
//!
//! Does not own making keys (`call`), nor when to repeat (`retry`).

use super::{RetryFacts, Status};

/// Keys by which the server recognises a repetition.
#[derive(Clone, Copy, Debug)]
pub struct IdempotencyFacts {
    pub(crate) header: &'static str,
    pub(crate) methods: &'static [&'static str],
    pub(crate) value: Option<&'static str>,
    pub(crate) renew: &'static [Status],
    pub(crate) retry: Option<RetryFacts>,
    pub(crate) marks_running: bool,
}

impl IdempotencyFacts {
    /// The header of the key. The server looks at it with POST, PUT, PATCH and DELETE.
    #[must_use]
    pub const fn new(header: &'static str) -> Self {
        Self {
            header,
            methods: &["POST", "PUT", "PATCH", "DELETE"],
            value: None,
            renew: &[],
            retry: None,
            marks_running: false,
        }
    }

    /// The methods with which the server looks at the key.
    #[must_use]
    pub const fn methods(mut self, methods: &'static [&'static str]) -> Self {
        self.methods = methods;
        self
    }

    /// How a key is made for a call that brings none: `{uuid}` stands for a new one.
    #[must_use]
    pub const fn value(mut self, template: &'static str) -> Self {
        self.value = Some(template);
        self
    }

    /// Answers that the server keeps under the key, so that a repetition after them needs a new one.
    #[must_use]
    pub const fn renew(mut self, statuses: &'static [Status]) -> Self {
        self.renew = statuses;
        self
    }

    /// How requests with a key are repeated, where that is not how writes are.
    #[must_use]
    pub const fn retry(mut self, retry: RetryFacts) -> Self {
        self.retry = Some(retry);
        self
    }

    /// The server recognises a repetition while the first request is still running.
    #[must_use]
    pub const fn marks_running(mut self) -> Self {
        self.marks_running = true;
        self
    }
}
