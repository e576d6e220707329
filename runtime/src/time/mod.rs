//! Clock, sleep and randomness, as the client sees them.
//!
//! Owns the three traits and what an application normally uses; the ones for tests are in `testing`. Everything in the
//! runtime that waits, measures or rolls dice goes through these, so that no test has to sleep.

pub(crate) mod drivers;

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant, SystemTime};

/// A future behind a pointer, as the object-safe traits of this crate return it.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why a sleep would not end where a call is awaited, in the words of its sleeper.
#[derive(Debug)]
pub(crate) struct CannotWait(pub(crate) String);

/// A source of the current time.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// For measuring: never goes back.
    fn now(&self) -> Instant;

    /// What the calendar says.
    fn wall(&self) -> SystemTime;
}

/// Sets how a client sleeps: between retries, until a rate limit allows a request, and for every time limit.
pub trait Sleeper: fmt::Debug + Send + Sync + 'static {
    /// Ends after a while.
    fn sleep(&self, duration: Duration) -> BoxFuture<()>;

    /// Returns why a sleep would not end where the caller is now. A client asks before it sends anything and whenever it
    /// waits; the call then fails with a configuration error that has these words. The default is that sleeping works
    /// everywhere.
    fn check(&self) -> Result<(), BoxError> {
        Ok(())
    }
}

/// A source of randomness for jitter and idempotency keys; never used for secrets.
pub trait Random: fmt::Debug + Send + Sync + 'static {
    /// The next number.
    fn next(&self) -> u64;
}

/// The machine's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Tokio's timer. Outside a Tokio runtime, and on one that was built without a timer, [`check`](Sleeper::check) says so and
/// a sleep ends at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleeper;

impl Sleeper for TokioSleeper {
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let now = tokio::time::Instant::now();
        // What no clock can tell is far enough away.
        let ends = now.checked_add(duration).or_else(|| now.checked_add(FAR));
        Box::pin(TokioSleep { ends: ends.unwrap_or(now), timer: None })
    }

    fn check(&self) -> Result<(), BoxError> {
        drivers::timer()?;
        Ok(())
    }
}

/// A year.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A sleep that goes along when its future moves to another runtime: the timer of the one before may stand still or be gone.
struct TokioSleep {
    ends: tokio::time::Instant,
    timer: Option<Timer>,
}

struct Timer {
    runtime: tokio::runtime::Id,
    sleep: Pin<Box<tokio::time::Sleep>>,
}

impl Future for TokioSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Ok(runtime) = drivers::timer() else { return Poll::Ready(()) };
        let ends = self.ends;
        if self.timer.as_ref().is_none_or(|timer| timer.runtime != runtime) {
            self.timer = Some(Timer { runtime, sleep: Box::pin(tokio::time::sleep_until(ends)) });
        }
        let Some(timer) = &mut self.timer else { return Poll::Ready(()) };
        // Tokio panics where a sleep is polled while its runtime is shut down (see `drivers` for the catching).
        catch_unwind(AssertUnwindSafe(|| timer.sleep.as_mut().poll(context))).unwrap_or_else(|_| {
            drivers::timer_is_gone();
            Poll::Ready(())
        })
    }
}

/// Numbers from the standard library's hasher, which the operating system seeds: distinct between processes and calls.
#[derive(Debug, Default)]
pub struct SystemRandom {
    keys: RandomState,
    counter: AtomicU64,
}

impl Random for SystemRandom {
    fn next(&self) -> u64 {
        self.keys.hash_one(self.counter.fetch_add(1, Ordering::Relaxed))
    }
}

/// A number from 0 up to, not including, 1.
pub(crate) fn unit(random: &dyn Random) -> f64 {
    // 53 bits are what a double holds exactly.
    (random.next() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A UUID of version 4.
pub(crate) fn uuid(random: &dyn Random) -> String {
    let (high, low) = (random.next(), random.next());
    let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, (high & 0x0fff) | 0x4000);
    let (d, e) = (((low >> 48) & 0x3fff) | 0x8000, low & 0xffff_ffff_ffff);
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

/// Whether a sleep would end here; otherwise the error for the call.
pub(crate) fn can_sleep(sleeper: &dyn Sleeper) -> Result<(), CannotWait> {
    sleeper.check().map_err(|error| CannotWait(error.to_string()))
}

/// Polls a sleep of this sleeper. Every wait of the runtime goes through here, so that none is left pending where no timer
/// would ever end it, also if its future was moved there meanwhile.
pub(crate) fn poll_sleep(
    sleeper: &dyn Sleeper,
    sleep: &mut BoxFuture<()>,
    context: &mut Context<'_>,
) -> Poll<Result<(), CannotWait>> {
    can_sleep(sleeper)?;
    ready!(sleep.as_mut().poll(context));
    Poll::Ready(can_sleep(sleeper))
}

/// Sleeps, or says why that cannot be done here.
pub(crate) async fn pause(sleeper: &dyn Sleeper, duration: Duration) -> Result<(), CannotWait> {
    let mut sleep = sleeper.sleep(duration);
    std::future::poll_fn(|context| poll_sleep(sleeper, &mut sleep, context)).await
}

/// What a future gives, or `None` if the time is over first. The future is always asked first: what is there counts.
pub(crate) async fn within<T>(
    sleeper: &dyn Sleeper,
    limit: Option<Duration>,
    future: impl Future<Output = T>,
) -> Result<Option<T>, CannotWait> {
    let Some(limit) = limit else { return Ok(Some(future.await)) };
    let mut future = pin!(future);
    // Most chunks of a body are there when they are asked for, so nobody sleeps for them.
    let mut sleep = None;
    std::future::poll_fn(move |context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(Some(output)));
        }
        poll_sleep(sleeper, sleep.get_or_insert_with(|| sleeper.sleep(limit)), context).map_ok(|()| None)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_stays_below_one() {
        #[derive(Debug)]
        struct Fixed(u64);
        impl Random for Fixed {
            fn next(&self) -> u64 {
                self.0
            }
        }
        assert_eq!(unit(&Fixed(0)), 0.0);
        assert!(unit(&Fixed(u64::MAX)) < 1.0);
    }

    #[test]
    fn uuids_are_of_version_4() {
        #[derive(Debug)]
        struct Fixed(u64);
        impl Random for Fixed {
            fn next(&self) -> u64 {
                self.0
            }
        }
        assert_eq!(uuid(&Fixed(0)), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(&Fixed(u64::MAX)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_ne!(uuid(&SystemRandom::default()), uuid(&SystemRandom::default()));
    }

    #[test]
    fn what_is_ready_wins_over_the_time_limit() {
        #[derive(Debug)]
        struct Over;
        impl Sleeper for Over {
            fn sleep(&self, _: Duration) -> BoxFuture<()> {
                Box::pin(std::future::ready(()))
            }
        }
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let limit = Some(Duration::ZERO);
        let mut ready = pin!(within(&Over, limit, std::future::ready(7)));
        assert!(matches!(ready.as_mut().poll(&mut context), Poll::Ready(Ok(Some(7)))));
        let mut late = pin!(within(&Over, limit, std::future::pending::<()>()));
        assert!(matches!(late.as_mut().poll(&mut context), Poll::Ready(Ok(None))));
    }
}
