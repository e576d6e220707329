//! One token request that many callers wait for.
//!
//! Owns its life: who drives it, how callers learn of the answer, and how they notice that it is no longer driven. When a
//! round begins and what becomes of the answer is `flight`'s decision.
//!
//! On a Tokio runtime the request is a task of its own, which survives its first caller. That runtime can end, which drops
//! the task and so ends the round, or it can stand still: a current-thread runtime runs only while somebody blocks on it. A
//! caller that waits on another runtime therefore wakes the task from time to time and looks whether it was polled. If not,
//! the round is over for everybody, and its request is dropped unread as soon as its runtime runs again: it sends nothing
//! more, and an answer that came meanwhile is neither cached nor announced. Adopting it would be possible, but where a new
//! token ends the one before, only the last one is good, and that is the one of the round that took over. Callers on the
//! task's own runtime need not look: it runs when they do.
//!
//! Without a Tokio runtime (then transport and sleeper are the application's own) the waiting callers drive the request
//! together, and it lives as long as one of them waits.

use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::sync::watch;
use tracing::Instrument;

use super::Token;
use crate::error::RawError;
use crate::time::{BoxFuture, Sleeper, poll_sleep};

pub(super) type Answer = Result<Token, RawError>;

/// A caller on another runtime looks after a round that has taken this long, and gives it this long to show that it is
/// driven. Together they are longer than a sound program keeps a runtime from running.
const PATIENCE: Duration = Duration::from_secs(3);
const GRACE: Duration = Duration::from_secs(2);

/// What has become of a round.
enum Stage {
    Running,
    Answered(Answer),
    /// Its task was dropped, or somebody took over: there will be no answer.
    Lost,
}

/// How waiting for a round ended.
pub(super) enum Waited {
    Answered(Answer),
    Lost,
    /// Nobody drives it.
    Lifeless,
}

/// One token request.
pub(super) struct Round {
    stage: watch::Sender<Stage>,
    /// How often the request was polled.
    polls: AtomicU64,
    waker: Mutex<Option<Waker>>,
    waiting: AtomicUsize,
    /// The runtime whose task the request is.
    runtime: Option<Id>,
    /// The request, where it is no task.
    request: Mutex<Option<BoxFuture<()>>>,
}

/// A caller's look after a round.
#[derive(Default)]
struct Vigil {
    sleep: Option<BoxFuture<()>>,
    /// How often the request had been polled when it was woken.
    woken_at: Option<u64>,
}

impl Round {
    /// A round that [`Round::start`] starts here.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            stage: watch::Sender::new(Stage::Running),
            polls: AtomicU64::new(0),
            waker: Mutex::default(),
            waiting: AtomicUsize::new(0),
            runtime: Handle::try_current().ok().map(|runtime| runtime.id()),
            request: Mutex::default(),
        })
    }

    /// Starts the request. It is polled for the first time later.
    pub(super) fn start(self: &Arc<Self>, request: BoxFuture<Answer>) {
        let task = drive(Driven(Arc::clone(self)), request).instrument(tracing::Span::current());
        match Handle::try_current() {
            Ok(runtime) if self.runtime.is_some() => drop(runtime.spawn(task)),
            _ => *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::pin(task)),
        }
    }

    /// Whether there is an answer, or will never be one.
    pub(super) fn is_over(&self) -> bool {
        !matches!(*self.stage.borrow(), Stage::Running)
    }

    /// Ends the round for everybody, unless it was answered.
    pub(super) fn lose(&self) {
        self.end(Stage::Lost);
    }

    fn end(&self, last: Stage) {
        self.stage.send_if_modified(|stage| {
            let runs = matches!(stage, Stage::Running);
            if runs {
                *stage = last;
            }
            runs
        });
    }

    /// Waits for the answer.
    pub(super) async fn wait(&self, sleeper: &dyn Sleeper) -> Result<Waited, RawError> {
        let _waiting = Waiting::new(self);
        let mut stage = self.stage.subscribe();
        let mut over = pin!(stage.wait_for(|stage| !matches!(stage, Stage::Running)));
        let mut vigil = Vigil::default();
        std::future::poll_fn(|context| {
            loop {
                self.help(context);
                if let Poll::Ready(last) = over.as_mut().poll(context) {
                    return Poll::Ready(Ok(match last.as_deref() {
                        Ok(Stage::Answered(answer)) => Waited::Answered(answer.clone()),
                        _ => Waited::Lost,
                    }));
                }
                if ready!(self.look_after(&mut vigil, sleeper, context))? {
                    return Poll::Ready(Ok(Waited::Lifeless));
                }
            }
        })
        .await
    }

    /// Tells from time to time whether nobody drives the request.
    fn look_after(
        &self,
        vigil: &mut Vigil,
        sleeper: &dyn Sleeper,
        context: &mut Context<'_>,
    ) -> Poll<Result<bool, RawError>> {
        let here = || Handle::try_current().ok().map(|runtime| runtime.id());
        if self.runtime.is_some() && self.runtime == here() {
            *vigil = Vigil::default();
            return Poll::Pending;
        }
        let length = if vigil.woken_at.is_none() { PATIENCE } else { GRACE };
        ready!(poll_sleep(sleeper, vigil.sleep.get_or_insert_with(|| sleeper.sleep(length)), context))?;
        vigil.sleep = None;
        let polls = self.polls.load(Ordering::SeqCst);
        let Some(woken_at) = vigil.woken_at.take() else {
            vigil.woken_at = Some(polls);
            self.wake();
            return Poll::Ready(Ok(false));
        };
        // Where it is no task this caller drives it itself, now.
        Poll::Ready(Ok(self.runtime.is_some() && polls == woken_at))
    }

    fn wake(&self) {
        if let Some(waker) = &*self.waker.lock().unwrap_or_else(PoisonError::into_inner) {
            waker.wake_by_ref();
        }
    }

    /// Drives the request where no runtime does.
    fn help(&self, context: &mut Context<'_>) {
        if self.runtime.is_some() {
            return;
        }
        match self.request.try_lock() {
            Ok(mut request) => {
                let done = request.as_mut().is_some_and(|request| request.as_mut().poll(context).is_ready());
                if done {
                    *request = None;
                }
            }
            // Another caller is at it, and tells how it ends.
            Err(TryLockError::WouldBlock) => {}
            // It panicked in the hands of another caller.
            Err(TryLockError::Poisoned(_)) => self.lose(),
        }
    }
}

/// Drives a request to its answer, or until the round is over without it.
async fn drive(driven: Driven, mut request: BoxFuture<Answer>) {
    let round = &*driven.0;
    let answer = std::future::poll_fn(|context| {
        round.polls.fetch_add(1, Ordering::SeqCst);
        *round.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
        // Whoever took over sends a request of its own.
        if round.is_over() {
            return Poll::Ready(None);
        }
        request.as_mut().poll(context).map(Some)
    });
    if let Some(answer) = answer.await {
        round.end(Stage::Answered(answer));
    }
}

/// A round in the hands of what drives it: dropped without an answer, it is lost.
struct Driven(Arc<Round>);

impl Drop for Driven {
    fn drop(&mut self) {
        self.0.lose();
    }
}

/// A caller that waits.
struct Waiting<'r>(&'r Round);

impl<'r> Waiting<'r> {
    fn new(round: &'r Round) -> Self {
        round.waiting.fetch_add(1, Ordering::SeqCst);
        Self(round)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let round = self.0;
        let last = round.waiting.fetch_sub(1, Ordering::SeqCst) == 1;
        if round.runtime.is_some() || round.is_over() {
            return;
        }
        // The request would wake this caller, which is gone: another one has to drive it. Without any it ends, because it
        // holds the client and would keep it for ever.
        if last {
            let request = round.request.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(request);
            round.lose();
        } else {
            round.stage.send_modify(|_| {});
        }
    }
}

impl std::fmt::Debug for Round {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Round").field("over", &self.is_over()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};

    use super::*;
    use crate::testing::ManualTime;

    fn runtime() -> Runtime {
        Builder::new_current_thread().build().unwrap()
    }

    /// Lets the tasks of a runtime run until all of them wait.
    fn run(runtime: &Runtime) {
        runtime.block_on(async {
            for _ in 0..4 {
                tokio::task::yield_now().await;
            }
        });
    }

    /// Nothing but the waiting caller wakes this request, so a runtime that runs shows no life without it.
    #[test]
    fn a_caller_elsewhere_wakes_the_request_before_it_gives_it_up() {
        let (home, elsewhere, time) = (runtime(), runtime(), ManualTime::stopped());
        let round = home.block_on(async { Round::new() });
        home.block_on(async { round.start(Box::pin(std::future::pending())) });
        run(&home);
        let mut wait = Box::pin(round.wait(&time));
        let mut look = || elsewhere.block_on(async { wait.as_mut().poll(&mut Context::from_waker(Waker::noop())) });
        assert!(look().is_pending());
        for _ in 0..3 {
            time.advance(PATIENCE);
            assert!(look().is_pending());
            run(&home);
            time.advance(GRACE);
            assert!(look().is_pending(), "its runtime runs: nobody may take over");
        }
        time.advance(PATIENCE);
        assert!(look().is_pending());
        time.advance(GRACE);
        assert!(matches!(look(), Poll::Ready(Ok(Waited::Lifeless))), "its runtime stands still");
    }
}
