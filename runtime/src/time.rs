//! Clock, sleep and randomness, as the client sees them.
//!
//! Owns the three traits and what an application normally uses; the ones for tests are in `testing`. Everything in the
//! runtime that waits, measures or rolls dice goes through these, so that no test has to sleep.

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// A future behind a pointer, as the object-safe traits of this crate return it.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// Tells the time.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// For measuring: never goes back.
    fn now(&self) -> Instant;

    /// What the calendar says.
    fn wall(&self) -> SystemTime;
}

/// Waits.
pub trait Sleeper: fmt::Debug + Send + Sync + 'static {
    /// Ends after a while.
    fn sleep(&self, duration: Duration) -> BoxFuture<()>;
}

/// Rolls dice, for jitter and for keys; never for secrets.
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

/// Tokio's timer. Outside a Tokio runtime there is no timer: such a sleep never ends, which is why a call is refused there
/// by the transport before anything waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleeper;

impl Sleeper for TokioSleeper {
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(duration).await;
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

/// What a future gives, or `None` if the time is over first. The future is always asked first: what is there counts.
pub(crate) async fn within<T>(
    sleeper: &dyn Sleeper,
    limit: Option<Duration>,
    future: impl Future<Output = T>,
) -> Option<T> {
    let Some(limit) = limit else { return Some(future.await) };
    let mut future = pin!(future);
    let mut sleep = sleeper.sleep(limit);
    std::future::poll_fn(move |context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        sleep.as_mut().poll(context).map(|()| None)
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
        assert_eq!(ready.as_mut().poll(&mut context), Poll::Ready(Some(7)));
        let mut late = pin!(within(&Over, limit, std::future::pending::<()>()));
        assert_eq!(late.as_mut().poll(&mut context), Poll::Ready(None));
    }
}
