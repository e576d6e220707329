//! What the Tokio runtime that a call is awaited on can do.
//!
//! Owns finding out whether there is one, and whether it has a timer and IO, so that a call can say what is missing before
//! anything waits. Tokio itself panics in that case, or would wait for ever.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::runtime::{Handle, Id};

const NO_RUNTIME: &str = "a call must be awaited on a Tokio runtime: there is none here";
const NO_TIMER: &str = "this Tokio runtime has no timer: build it with `enable_time` or `enable_all`";
#[cfg(feature = "reqwest")]
const NO_IO: &str = "this Tokio runtime has no IO: build it with `enable_io` or `enable_all`";

/// What was found out about a runtime.
#[derive(Clone, Copy)]
struct Known {
    id: Id,
    timer: bool,
    /// Found out when something first asks for it.
    #[cfg(feature = "reqwest")]
    io: Option<bool>,
}

thread_local! {
    /// The runtime that was asked about last on this thread. Most threads know one runtime in all their life.
    static LAST: Cell<Option<Known>> = const { Cell::new(None) };
}

/// The current runtime, if it has a timer; otherwise what is missing.
pub(crate) fn timer() -> Result<Id, &'static str> {
    let known = current()?;
    if known.timer { Ok(known.id) } else { Err(NO_TIMER) }
}

/// Whether the current runtime has what a connection needs; otherwise what is missing.
#[cfg(feature = "reqwest")]
pub(crate) fn network() -> Result<(), &'static str> {
    let mut known = current()?;
    if known.io.is_none() {
        known.io = Some(has_io());
        keep(known);
    }
    match known {
        Known { timer: false, .. } => Err(NO_TIMER),
        Known { io: Some(false), .. } => Err(NO_IO),
        _ => Ok(()),
    }
}

/// From now on the current runtime counts as one without a timer: it is being shut down.
pub(crate) fn timer_is_gone() {
    if let Ok(known) = current() {
        keep(Known { timer: false, ..known });
    }
}

fn current() -> Result<Known, &'static str> {
    let id = Handle::try_current().map_err(|_| NO_RUNTIME)?.id();
    let last = LAST.try_with(Cell::get).ok().flatten();
    if let Some(known) = last.filter(|known| known.id == id) {
        return Ok(known);
    }
    let known = Known {
        id,
        timer: has_timer(),
        #[cfg(feature = "reqwest")]
        io: None,
    };
    keep(known);
    Ok(known)
}

fn keep(known: Known) {
    // A thread that is going away has nothing to remember.
    LAST.try_with(|last| last.set(Some(known))).ok();
}

/// Tokio 1.x tells nobody how a runtime was built: `Handle::has_time_driver` is only proposed (tokio-rs/tokio#8361), and every
/// public way to a driver panics where there is none. So this tries and catches the panic, once per thread and runtime. The
/// panic hook prints Tokio's own words then, which name the same cure. Programs that abort on panics end here, as they would
/// at the first sleep without this. A runtime that has the driver never panics here, so it costs sound programs nothing.
fn succeeds<T>(attempt: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(|| drop(attempt()))).is_ok()
}

fn has_timer() -> bool {
    succeeds(|| tokio::time::sleep(std::time::Duration::ZERO))
}

/// Registers a socket that nobody sends to. Where the system gives none, the question stays open and the answer is yes.
#[cfg(feature = "reqwest")]
fn has_io() -> bool {
    let socket = std::net::UdpSocket::bind((std::net::Ipv4Addr::LOCALHOST, 0));
    let socket = socket.and_then(|socket| socket.set_nonblocking(true).map(|()| socket));
    socket.map_or(true, |socket| succeeds(|| tokio::net::UdpSocket::from_std(socket)))
}
