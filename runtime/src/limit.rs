//! How often a client calls: a limit that it keeps by itself, so that the server need not refuse.
//!
//! Owns counting, refusing and waiting. When a permit is taken is decided by the loop of attempts (`call::run`): right before
//! a request is sent and with nothing awaited in between, so a caller that goes away leaves nothing behind.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{ErrorKind, RateLimitInfo, RawError};
use crate::facts::RateLimitFacts;
use crate::process::Shared;

/// Where nothing is declared.
const WINDOW: Duration = Duration::from_secs(60);
const MESSAGE: &str = "the client's limit of {limit} requests is used up: try again after {seconds} seconds";

/// When requests were sent. Shared by clones of a client, and by all clients of a process where the document says so.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    times: Mutex<VecDeque<Instant>>,
}

impl Sent {
    /// Records a request, or tells how long it has to wait for that. A sliding window: a request counts for as long as the
    /// window is, from the moment it was sent.
    fn take(&self, now: Instant, limit: u32, window: Duration) -> Result<(), Duration> {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let age = |time: &Instant| now.saturating_duration_since(*time);
        while times.front().is_some_and(|time| age(time) >= window) {
            times.pop_front();
        }
        // Another client may allow more, so there can be more than this one would have let through: enough must leave.
        let over = times.len().saturating_add(1).saturating_sub(limit as usize);
        match over.checked_sub(1).and_then(|last| times.get(last)) {
            Some(leaves) => Err(window.saturating_sub(age(leaves))),
            None => {
                times.push_back(now);
                Ok(())
            }
        }
    }
}

/// Those of the clients of this process, by server and credentials, where the document says that they count together.
pub(crate) static SENT: Shared<Sent> = Shared::new();

/// The limit of a client.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    requests: u32,
    window: Duration,
    message: &'static str,
    waits: bool,
    sent: Arc<Sent>,
}

impl Limit {
    /// What is declared, with the number that was set instead. `None` is no limit, and so is 0.
    pub(crate) fn new(facts: Option<&RateLimitFacts>, set: Option<u32>, waits: bool, sent: Arc<Sent>) -> Option<Self> {
        let requests = set.or(facts.map(|facts| facts.requests)).filter(|requests| *requests > 0)?;
        let window = facts.map_or(WINDOW, |facts| Duration::from_secs(facts.window_s));
        let message = facts.and_then(|facts| facts.message).unwrap_or(MESSAGE);
        Some(Self { requests, window, message, waits, sent })
    }

    /// Takes the permit for one request. Without one the error says how long to wait.
    pub(crate) fn take(&self, now: Instant) -> Result<(), RawError> {
        self.sent.take(now, self.requests, self.window).map_err(|wait| self.refusal(wait))
    }

    /// How long a call waits for its permit, if it does and has so much time left.
    pub(crate) fn wait(&self, refusal: &RawError, left: Option<Duration>) -> Option<Duration> {
        refusal.0.retry_after.filter(|wait| self.waits && left.is_none_or(|left| *wait < left))
    }

    fn refusal(&self, wait: Duration) -> RawError {
        // Whoever waits as long as the message says must find room.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let message = self.message.replace("{limit}", &self.requests.to_string());
        let message = message.replace("{seconds}", &seconds.max(1).to_string());
        let mut error = RawError::new(ErrorKind::RateLimit, message);
        error.0.retry_after = Some(wait);
        error.0.rate_limit = Some(RateLimitInfo::used_up(self.requests));
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PETS: RateLimitFacts = RateLimitFacts::new(3, 10).message("{limit} in ten; {seconds} s more");

    fn seconds(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn a_request_counts_for_the_window() {
        let limit = Limit::new(Some(&PETS), None, false, Arc::default()).unwrap();
        let start = Instant::now();
        let check = |at: f64, expected: Option<&str>| {
            let found = limit.take(start + seconds(at)).err();
            assert_eq!(found.map(|error| error.0.message), expected.map(str::to_owned), "{at}");
        };
        check(0.0, None);
        check(1.0, None);
        check(1.5, None);
        check(2.0, Some("3 in ten; 8 s more"));
        check(2.1, Some("3 in ten; 8 s more"));
        check(9.999, Some("3 in ten; 1 s more"));
        // What was refused was not recorded, and what is as old as the window is gone.
        check(10.0, None);
        check(10.0, Some("3 in ten; 1 s more"));
        check(11.0, None);
        check(11.0, Some("3 in ten; 1 s more"));
    }

    #[test]
    fn the_number_is_a_setting_and_zero_is_none() {
        let limit = |set: Option<u32>| Limit::new(Some(&PETS), set, false, Arc::default());
        assert_eq!(limit(None).map(|limit| limit.requests), Some(3));
        assert_eq!(limit(Some(7)).map(|limit| limit.requests), Some(7));
        assert!(limit(Some(0)).is_none());
        assert!(Limit::new(None, None, false, Arc::default()).is_none());
        let limit = Limit::new(None, Some(1), false, Arc::default()).unwrap();
        let now = Instant::now();
        assert!(limit.take(now).is_ok());
        let refused = limit.take(now).unwrap_err();
        assert_eq!(refused.0.message, "the client's limit of 1 requests is used up: try again after 60 seconds");
    }

    #[test]
    fn who_allows_less_waits_for_what_others_sent() {
        let sent = Arc::<Sent>::default();
        let strict = Limit::new(Some(&PETS), Some(1), false, Arc::clone(&sent)).unwrap();
        let generous = Limit::new(Some(&PETS), None, false, sent).unwrap();
        let start = Instant::now();
        for at in [0.0, 1.0, 2.0] {
            generous.take(start + seconds(at)).unwrap();
        }
        assert_eq!(strict.take(start + seconds(3.0)).unwrap_err().0.retry_after, Some(seconds(9.0)));
        assert_eq!(generous.take(start + seconds(3.0)).unwrap_err().0.retry_after, Some(seconds(7.0)));
    }

    #[test]
    fn a_call_waits_if_it_is_told_to_and_has_the_time() {
        let limit = |waits| Limit::new(Some(&PETS), Some(1), waits, Arc::default()).unwrap();
        let refused = |limit: &Limit| {
            let now = Instant::now();
            limit.take(now).unwrap();
            limit.take(now).unwrap_err()
        };
        let patient = limit(true);
        let refusal = refused(&patient);
        assert_eq!(patient.wait(&refusal, None), Some(seconds(10.0)));
        assert_eq!(patient.wait(&refusal, Some(seconds(11.0))), Some(seconds(10.0)));
        assert_eq!(patient.wait(&refusal, Some(seconds(10.0))), None);
        let strict = limit(false);
        assert_eq!(strict.wait(&refused(&strict), None), None);
    }
}
