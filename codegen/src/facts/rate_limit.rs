//! What a document says about how often the API may be called, and which headers tell of it.

use serde::Serialize;

/// How often an API may be called.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RateLimit {
    /// Requests within a window.
    pub requests: u32,
    /// The window, which slides.
    pub window_s: u64,
    /// `{limit}` and `{seconds}` stand for the number and for what is left of the window.
    pub message: Option<String>,
    /// `shared: process`: clients of one process share it as far as server and credentials are the same.
    pub shared: bool,
}

/// Headers in order of preference that tell of a rate limit.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RateLimitHeaders {
    /// `limit`: how many requests are allowed.
    pub limit: Vec<String>,
    /// `remaining`: how many of them are left.
    pub remaining: Vec<String>,
    /// `reset`: when that starts anew.
    pub reset: Vec<String>,
}
