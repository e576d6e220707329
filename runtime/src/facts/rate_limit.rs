//! How often an API may be called.
//!
//! Does not own the counting (`limit`).

/// A limit that the client keeps by itself: so many requests within any window of so many seconds.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitFacts {
    pub(crate) requests: u32,
    pub(crate) window_s: u64,
    pub(crate) message: Option<&'static str>,
    pub(crate) shared_in_process: bool,
}

impl RateLimitFacts {
    /// So many requests, token requests included, within so many seconds.
    #[must_use]
    pub const fn new(requests: u32, window_s: u64) -> Self {
        Self { requests, window_s, message: None, shared_in_process: false }
    }

    /// The words for a call that is refused. `{limit}` is the number of requests, `{seconds}` what is left of the window.
    #[must_use]
    pub const fn message(mut self, template: &'static str) -> Self {
        self.message = Some(template);
        self
    }

    /// Clients of one process share the limit as far as server and credentials are the same.
    #[must_use]
    pub const fn shared_in_process(mut self) -> Self {
        self.shared_in_process = true;
        self
    }
}
