//! Time and dice for tests.
//!
//! Owns a clock whose sleeps take no time. By itself it jumps to the end of the earliest sleep once everything else had its
//! turn, so that waits and time limits end in the right order; it can also be stopped and moved by hand.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use crate::time::{BoxFuture, Clock, Random, Sleeper};

/// So often the earliest sleep lets others run before it ends. Generous, because a turn costs next to nothing.
const TURNS: u32 = 256;

/// A clock and a sleeper in one. Clones share their time. Use it on a current-thread runtime: elsewhere a task on another
/// thread may need longer for its turn than the clock waits for.
#[derive(Clone, Debug)]
pub struct ManualTime {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    began: Instant,
    wall: SystemTime,
    jumps: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    passed: Duration,
    next: u64,
    /// By their end.
    sleeps: BTreeMap<(Duration, u64), Waker>,
    ended: Vec<Duration>,
}

impl ManualTime {
    /// Jumps to the end of the earliest sleep when nothing else can run. The calendar says 2030-01-01 00:00:00 UTC.
    #[must_use]
    pub fn new() -> Self {
        Self::with(true, beginning())
    }

    /// The same, but the calendar says this.
    #[must_use]
    pub fn at(wall: SystemTime) -> Self {
        Self::with(true, wall)
    }

    /// Stands still until [`ManualTime::advance`].
    #[must_use]
    pub fn stopped() -> Self {
        Self::with(false, beginning())
    }

    fn with(jumps: bool, wall: SystemTime) -> Self {
        Self { shared: Arc::new(Shared { began: Instant::now(), wall, jumps, state: Mutex::default() }) }
    }

    /// Lets time pass.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.shared.state();
        state.passed += duration;
        state.wake();
    }

    /// Time since the beginning.
    #[must_use]
    pub fn passed(&self) -> Duration {
        self.shared.state().passed
    }

    /// The lengths of all sleeps that ended, in that order. Time limits that were not reached are not among them.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.shared.state().ended.clone()
    }
}

impl Default for ManualTime {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the calendar of a test begins: 2030-01-01 00:00:00 UTC.
fn beginning() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_893_456_000)
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Everybody looks at the time again.
    fn wake(&mut self) {
        self.sleeps.values().for_each(Waker::wake_by_ref);
    }
}

impl Clock for ManualTime {
    fn now(&self) -> Instant {
        // A time that no clock can tell is the beginning.
        self.shared.began.checked_add(self.passed()).unwrap_or(self.shared.began)
    }

    fn wall(&self) -> SystemTime {
        let began = self.shared.wall;
        began.checked_add(self.passed()).unwrap_or(began)
    }
}

impl Sleeper for ManualTime {
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let mut state = self.shared.state();
        let key = (state.passed.saturating_add(duration), state.next);
        state.next += 1;
        drop(state);
        Box::pin(Sleep { shared: Arc::clone(&self.shared), key, duration, turns: 0 })
    }
}

struct Sleep {
    shared: Arc<Shared>,
    key: (Duration, u64),
    duration: Duration,
    turns: u32,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let shared = Arc::clone(&self.shared);
        let mut state = shared.state();
        if state.passed < self.key.0 {
            state.sleeps.insert(self.key, context.waker().clone());
            let earliest = state.sleeps.first_key_value().is_some_and(|(key, _)| *key == self.key);
            if !shared.jumps || !earliest {
                return Poll::Pending;
            }
            self.turns += 1;
            if self.turns < TURNS {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            state.passed = self.key.0;
        }
        state.sleeps.remove(&self.key);
        state.ended.push(self.duration);
        state.wake();
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        let was_earliest = state.sleeps.first_key_value().is_some_and(|(key, _)| *key == self.key);
        state.sleeps.remove(&self.key);
        // Only the next one has to know: waking all of them would make many callers slow.
        if let Some((_, next)) = state.sleeps.first_key_value().filter(|_| was_earliest) {
            next.wake_by_ref();
        }
    }
}

/// Dice that always fall alike.
#[derive(Clone, Copy, Debug)]
pub struct SteadyRandom {
    value: u64,
}

impl SteadyRandom {
    /// From 0 up to, not including, 1.
    #[must_use]
    pub fn new(dice: f64) -> Self {
        // Saturates at both ends, which is what is wanted.
        Self { value: (dice * u64::MAX as f64) as u64 }
    }
}

impl Random for SteadyRandom {
    fn next(&self) -> u64 {
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(future: &mut BoxFuture<()>) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        future.as_mut().poll(&mut context).is_ready()
    }

    #[test]
    fn stopped_time_moves_by_hand() {
        let time = ManualTime::stopped();
        let mut sleep = time.sleep(Duration::from_millis(5));
        assert!(!ready(&mut sleep));
        time.advance(Duration::from_millis(4));
        assert!(!ready(&mut sleep));
        time.advance(Duration::from_millis(1));
        assert!(ready(&mut sleep));
        assert_eq!(time.slept(), [Duration::from_millis(5)]);
    }

    #[test]
    fn the_earliest_sleep_ends_first() {
        let time = ManualTime::new();
        let (mut long, mut short) = (time.sleep(Duration::from_secs(9)), time.sleep(Duration::from_secs(2)));
        let mut order = Vec::new();
        for _ in 0..4 * TURNS {
            if order.len() < 2 && !order.contains(&9) && ready(&mut long) {
                order.push(9);
            }
            if !order.contains(&2) && ready(&mut short) {
                order.push(2);
            }
        }
        assert_eq!(order, [2, 9]);
        assert_eq!(time.passed(), Duration::from_secs(9));
    }

    #[test]
    fn a_dropped_sleep_holds_nobody_up() {
        let time = ManualTime::new();
        let (mut short, mut long) = (time.sleep(Duration::from_secs(1)), time.sleep(Duration::from_secs(2)));
        assert!(!ready(&mut short) && !ready(&mut long));
        drop(short);
        assert!((0..TURNS).any(|_| ready(&mut long)));
        assert_eq!(time.slept(), [Duration::from_secs(2)]);
    }

    #[test]
    fn dice_fall_as_told() {
        for dice in [0.0, 0.25, 0.5] {
            assert!((crate::time::unit(&SteadyRandom::new(dice)) - dice).abs() < 1e-9);
        }
        assert!(crate::time::unit(&SteadyRandom::new(1.0)) < 1.0);
    }
}
