//! What a document says about repeating requests.

use serde::Serialize;

/// Retry policies by kind of request.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetryFacts {
    /// GET and HEAD.
    pub read: Option<RetryPolicy>,
    /// Requests to the token endpoint.
    pub token: Option<RetryPolicy>,
    /// Everything else.
    pub write: Option<RetryPolicy>,
}

/// One policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetryPolicy {
    /// `enabled: false`: off until the application switches it on; the other members then say what "on" means. Default true.
    pub enabled: bool,
    /// First try included.
    pub attempts: Option<u32>,
    /// Before the first retry; doubled each time.
    pub base_delay_ms: Option<u64>,
    /// Cap of every delay, `Retry-After` included.
    pub max_delay_ms: Option<u64>,
    /// Statuses, `429` or `5XX`.
    pub statuses: Option<Vec<StatusFact>>,
    /// Whether transport faults are retried.
    pub network: Option<bool>,
    /// How delays are spread; default: anything from nothing to the whole delay.
    pub jitter: Option<Jitter>,
}

/// How the delays of a policy are spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Jitter {
    /// Uniform factor, for example `[0.75, 1.25]`.
    Factor(f64, f64),
    /// `added`: each delay and anything up to the first one.
    Added,
}

/// A status, or a class of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum StatusFact {
    /// `429`.
    Code(u16),
    /// `5XX`.
    Class(u8),
}

impl StatusFact {
    /// Reads texts that were found to be statuses.
    pub(crate) fn read_all(texts: &[String]) -> Vec<Self> {
        texts.iter().filter_map(|text| Self::read(text)).collect()
    }

    /// Reads `429` and `5XX`.
    fn read(text: &str) -> Option<Self> {
        match text.strip_suffix("XX").or_else(|| text.strip_suffix("xx")) {
            Some(class) => class.parse().ok().map(Self::Class),
            None => text.parse().ok().map(Self::Code),
        }
    }
}
