//! Trying a change again that came too late.
//!
//! Owns repeating what an application does in several calls, for APIs with optimistic locking. What one call repeats is the
//! business of `call`.

use std::future::Future;

use http::Method;

use crate::client::Client;
use crate::error::{ApiErrorBody, Error};
use crate::retry::{Repeatable, RetryPlan};
use crate::time::{pause, unit};

impl Client {
    /// Runs a change from its beginning, at most `attempts` times, as long as it ends with a 409. Between the runs it waits
    /// as long as between the attempts of a write.
    pub async fn retry_conflict<T, A, F>(&self, attempts: u32, mut change: impl FnMut() -> F) -> Result<T, Error<A>>
    where
        A: ApiErrorBody,
        F: Future<Output = Result<T, Error<A>>>,
    {
        let mut run = 1;
        loop {
            let error = match change().await {
                Err(error) if error.is_conflict() && run < attempts => error,
                result => return result,
            };
            let Some(delay) = self.pause(run, error.retry_after()) else { return Err(error) };
            pause(&*self.shared.sleeper, delay).await.map_err(|error| Error::from_raw(error.into()))?;
            run += 1;
        }
    }

    /// How long to wait after so many runs, or `None` if the server wants more patience than there is.
    fn pause(&self, run: u32, wish: Option<std::time::Duration>) -> Option<std::time::Duration> {
        let shared = &*self.shared;
        let repeatable = Repeatable::of(&Method::POST);
        let keyed = shared.facts.idempotency.and_then(|rule| rule.retry);
        let plan =
            RetryPlan::new(keyed.unwrap_or(shared.facts.retry_write), shared.write_retry.as_ref(), None, repeatable);
        plan.pause(run, wish, unit(&*shared.random))
    }
}
