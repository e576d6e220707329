//! Calls and runtimes that end while a token is fetched.
//!
//! A matrix: how a call ends × the state of the token × whether the call leads the round or waits for it. Two calls need
//! the same token, each on a runtime of its own; one of them is ended while the token request is under way. Held: the
//! other one gets its value within a limit, and no more tokens are issued than the ending explains.

use std::future::IntoFuture as _;
use std::sync::mpsc;
use std::task::{Context, Waker};
use std::thread;
use std::time::{Duration, Instant};

use super::builder;
use crate::api::{Error, Target};
use crate::server::{Server, TokenPlan};
use crate::{Plan, Row};

/// How a call ends, or what becomes of the runtime that drives it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    /// Its own time limit.
    Timeout,
    /// Dropped in a `select!`.
    Select,
    /// Dropped after so many polls.
    Polls(u32),
    /// Its runtime is dropped.
    RuntimeDropped,
    /// Its runtime is shut down in the background.
    RuntimeShutDown,
    /// Its runtime is alive and nobody drives it.
    Parked,
}

const ENDINGS: [Ending; 9] = [
    Ending::Timeout,
    Ending::Select,
    Ending::Polls(1),
    Ending::Polls(2),
    Ending::Polls(4),
    Ending::Polls(8),
    Ending::RuntimeDropped,
    Ending::RuntimeShutDown,
    Ending::Parked,
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Cold,
    Expiring,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Leader,
    Waiter,
}

/// How long the token endpoint takes: the time in which things happen.
const DELAY: Duration = Duration::from_millis(60);
/// Seconds before its end at which a token is fetched anew.
const MARGIN: u64 = 60;
/// The limit of a survivor; the rest of it is for a machine that is busy with something else.
const LIMIT: Duration = Duration::from_secs(30);

pub(crate) fn run(plan: Plan) -> Vec<Row> {
    // The matrix has 54 fields; a small run does one round of it, a large one up to ten.
    let rounds = (plan.calls / 10_000).clamp(1, 10);
    let mut rows = Vec::new();
    for role in [Role::Leader, Role::Waiter] {
        for token in [Token::Cold, Token::Expiring, Token::Refused] {
            rows.push(thread::spawn(move || row(role, token, rounds)));
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().filter_map(|row| row.join().ok()).collect();
    rows.push(without_runtime());
    rows
}

/// All endings for one role and one state of the token.
fn row(role: Role, token: Token, rounds: usize) -> Row {
    let mut row = Row::new(format!("cancel/{role:?}, {token:?} token").to_lowercase());
    for _ in 0..rounds {
        for ending in ENDINGS {
            row.case(field(ending, token, role).err().map(|broken| format!("{ending:?}: {broken}")));
        }
    }
    row
}

/// One field of the matrix.
fn field(ending: Ending, token: Token, role: Role) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let server = runtime.block_on(Server::start()).map_err(|error| error.to_string())?;
    server.tokens(TokenPlan {
        delay: DELAY,
        lifetime: if token == Token::Expiring { MARGIN / 2 } else { 3600 },
        ..TokenPlan::default()
    });
    let client = builder(&server.url()).timeout(Duration::from_secs(5)).total_timeout(Duration::from_secs(20));
    let client = client.refresh_margin(Duration::from_secs(MARGIN)).build().map_err(|error| error.to_string())?;
    if token != Token::Cold {
        let first = runtime.block_on(client.things().get("first").into_future());
        first.map_err(|error| format!("the first call: {error}"))?;
    }
    if token == Token::Expiring {
        server.tokens(TokenPlan { delay: DELAY, ..TokenPlan::default() });
    }
    if token == Token::Refused {
        let refused = server.issued();
        server.tokens(TokenPlan { delay: DELAY, refused, ..TokenPlan::default() });
    }
    let before = server.issued();
    let (ended, survivor) = match role {
        Role::Leader => {
            let ended = end(&client, ending);
            (ended, survive(&client))
        }
        Role::Waiter => {
            let leading = survive(&client);
            thread::sleep(DELAY / 4);
            (end(&client, ending), leading)
        }
    };
    let survived = survivor.recv_timeout(LIMIT).map_err(|_| "the other call never ended".to_owned())?;
    drop(ended);
    survived.map_err(|error| format!("the other call: {error}"))?;
    let issued = server.issued() - before;
    // Where the round's runtime is gone or asleep, its token may come and be lost: one more is explained.
    let gone = matches!(ending, Ending::RuntimeDropped | Ending::RuntimeShutDown | Ending::Parked);
    let lost = usize::from(gone && role == Role::Leader);
    match issued > 1 + lost {
        true => Err(format!("{issued} tokens were issued")),
        false => Ok(()),
    }
}

/// A call that is left alone, on a runtime and a thread of its own.
fn survive(client: &Target) -> mpsc::Receiver<Result<(), Error>> {
    let (sender, receiver) = mpsc::channel();
    let call = client.things().get("survivor").into_future();
    thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        let _ = sender.send(runtime.block_on(call).map(drop));
    });
    receiver
}

/// Keeps the thread of an ended call until the field is over.
struct Ended(Option<mpsc::Sender<()>>);

impl Drop for Ended {
    fn drop(&mut self) {
        drop(self.0.take());
    }
}

/// Begins a call on a thread and a runtime of its own, and ends it while the token request is under way.
fn end(client: &Target, ending: Ending) -> Ended {
    let (keep, kept) = mpsc::channel::<()>();
    let (begun, begins) = mpsc::channel();
    let call = client.things().get("ended");
    thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        let after = DELAY / 2;
        match ending {
            Ending::Timeout => {
                let _ = begun.send(());
                let _ = runtime.block_on(call.timeout(after).into_future());
                drive(&runtime, &kept);
            }
            Ending::Select => {
                let _ = begun.send(());
                let _ = runtime.block_on(async { tokio::time::timeout(after, call.into_future()).await });
                drive(&runtime, &kept);
            }
            Ending::Polls(polls) => {
                let mut call = call.into_future();
                runtime.block_on(async {
                    for _ in 0..polls {
                        let mut context = Context::from_waker(Waker::noop());
                        if std::future::Future::poll(std::pin::Pin::new(&mut call), &mut context).is_ready() {
                            break;
                        }
                        tokio::time::sleep(Duration::from_millis(2)).await;
                    }
                });
                drop(call);
                let _ = begun.send(());
                drive(&runtime, &kept);
            }
            Ending::RuntimeDropped | Ending::RuntimeShutDown | Ending::Parked => {
                let call = runtime.spawn(call.into_future());
                runtime.block_on(async { tokio::time::sleep(after).await });
                let _ = begun.send(());
                match ending {
                    Ending::RuntimeShutDown => runtime.shutdown_background(),
                    Ending::Parked => {
                        let _ = kept.recv();
                        drop(runtime);
                    }
                    _ => drop(runtime),
                }
                drop(call);
            }
        }
    });
    let _ = begins.recv_timeout(LIMIT);
    if ending == Ending::Timeout || ending == Ending::Select {
        thread::sleep(DELAY / 4);
    }
    Ended(Some(keep))
}

/// Drives a runtime until the field is over.
fn drive(runtime: &tokio::runtime::Runtime, kept: &mpsc::Receiver<()>) {
    while kept.try_recv() == Err(mpsc::TryRecvError::Empty) {
        runtime.block_on(async { tokio::time::sleep(Duration::from_millis(2)).await });
    }
}

/// Without a runtime a call is an error at once, every time.
fn without_runtime() -> Row {
    let mut row = Row::new("cancel/no runtime");
    let Ok(client) = builder("http://127.0.0.1:9").wait_for_rate_limit(true).rate_limit(1).build() else { return row };
    for n in 0..4 {
        let mut call = client.things().get("x").into_future();
        let begun = Instant::now();
        let mut context = Context::from_waker(Waker::noop());
        let end = loop {
            match std::future::Future::poll(std::pin::Pin::new(&mut call), &mut context) {
                std::task::Poll::Ready(end) => break Some(end),
                std::task::Poll::Pending if begun.elapsed() > Duration::from_millis(200) => break None,
                std::task::Poll::Pending => thread::yield_now(),
            }
        };
        row.case(match end {
            None => Some(format!("call {n} never ends")),
            Some(Ok(_)) => Some(format!("call {n} gave a value")),
            Some(Err(_)) => None,
        });
    }
    row
}
