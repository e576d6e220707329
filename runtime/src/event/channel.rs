//! Delivers events to handlers without ever holding up a call.
//!
//! Owns one bounded channel and one thread, started with the first handler. A full channel drops the event and counts it;
//! a slow handler delays only other handlers; a panicking one is caught and reported. Without handlers an event costs one
//! atomic load and is not even made.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use super::{Event, EventType};

/// Events that wait for their handlers.
const CAPACITY: usize = 1024;

type Handler = Arc<dyn Fn(&Event) + Send + Sync + 'static>;

/// Who hears an event first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Given to the builder.
    Option,
    /// `subscribe`.
    All,
    /// `on`.
    Typed(EventType),
}

struct Entry {
    id: u64,
    rank: Rank,
    handler: Handler,
}

/// Who listens. The thread owns it too, so that what is queued when the client goes away is still delivered.
#[derive(Default)]
struct Registry {
    entries: Mutex<Vec<Entry>>,
    next: AtomicU64,
}

impl Registry {
    /// A handler cannot poison the list, because none runs while it is locked.
    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Message {
    Event(Event),
    Flush(SyncSender<()>),
}

#[derive(Default)]
struct Shared {
    registry: Arc<Registry>,
    /// Started with the first handler; the only sender, so that the thread ends with the client.
    queue: OnceLock<Option<SyncSender<Message>>>,
    active: AtomicBool,
    dropped: AtomicU64,
}

impl Shared {
    fn queue(&self) -> Option<&SyncSender<Message>> {
        self.queue.get().and_then(Option::as_ref)
    }
}

/// The sending end, one per client.
#[derive(Clone, Default)]
pub(crate) struct EventHub {
    shared: Arc<Shared>,
}

impl fmt::Debug for EventHub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventHub").field("dropped", &self.shared.dropped.load(Ordering::Relaxed)).finish()
    }
}

impl EventHub {
    /// Sends an event if anybody listens.
    pub(crate) fn emit(&self, make: impl FnOnce() -> Event) {
        if !self.shared.active.load(Ordering::Acquire) {
            return;
        }
        let Some(queue) = self.shared.queue() else { return };
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = queue.try_send(Message::Event(make())) {
            self.shared.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A handler that was given to the builder: it stays as long as the client.
    pub(crate) fn add_option(&self, handler: impl Fn(&Event) + Send + Sync + 'static) {
        self.add(Rank::Option, Arc::new(handler)).forever();
    }

    fn add(&self, rank: Rank, handler: Handler) -> Subscription {
        let id = self.shared.registry.next.fetch_add(1, Ordering::Relaxed);
        let mut entries = self.shared.registry.entries();
        let at = entries.partition_point(|entry| order(entry.rank) <= order(rank));
        entries.insert(at, Entry { id, rank, handler });
        drop(entries);
        self.shared.queue.get_or_init(|| start(Arc::clone(&self.shared.registry)));
        self.shared.active.store(true, Ordering::Release);
        Subscription { shared: Arc::downgrade(&self.shared), id }
    }
}

/// Typed handlers keep the order in which they came, whatever their type.
const fn order(rank: Rank) -> u8 {
    match rank {
        Rank::Option => 0,
        Rank::All => 1,
        Rank::Typed(_) => 2,
    }
}

/// Starts the thread. Where the system has no thread to give, events are dropped: a call must not fail for them.
fn start(registry: Arc<Registry>) -> Option<SyncSender<Message>> {
    let (sender, receiver) = sync_channel(CAPACITY);
    let thread = std::thread::Builder::new().name("typewright-events".to_owned());
    thread.spawn(move || deliver(&receiver, &registry)).ok().map(|_| sender)
}

thread_local! {
    /// Whether this is a thread that runs handlers.
    static DELIVERS: Cell<bool> = const { Cell::new(false) };
}

/// Runs until the client is gone and everything queued is delivered.
fn deliver(receiver: &Receiver<Message>, registry: &Registry) {
    DELIVERS.set(true);
    while let Ok(message) = receiver.recv() {
        match message {
            Message::Event(event) => {
                let handlers = handlers(registry, event.event_type());
                handlers.iter().for_each(|handler| call(handler, &event));
            }
            Message::Flush(done) => {
                // Whoever asked may have gone meanwhile.
                let _ = done.try_send(());
            }
        }
    }
}

/// Copied out, so that a handler may subscribe and unsubscribe.
fn handlers(registry: &Registry, event_type: EventType) -> Vec<Handler> {
    let wanted = |entry: &&Entry| !matches!(entry.rank, Rank::Typed(wanted) if wanted != event_type);
    registry.entries().iter().filter(wanted).map(|entry| Arc::clone(&entry.handler)).collect()
}

fn call(handler: &Handler, event: &Event) {
    if catch_unwind(AssertUnwindSafe(|| handler(event))).is_err() {
        tracing::warn!(target: "typewright", event = event.event_type().as_str(), "event handler panicked");
    }
}

/// The events of a client.
#[derive(Clone, Copy, Debug)]
pub struct Events<'a> {
    hub: &'a EventHub,
}

impl<'a> Events<'a> {
    pub(crate) fn new(hub: &'a EventHub) -> Self {
        Self { hub }
    }

    /// Calls `handler` with every event, until the subscription is dropped. Handlers run on a thread of their own.
    pub fn subscribe(&self, handler: impl Fn(&Event) + Send + Sync + 'static) -> Subscription {
        self.hub.add(Rank::All, Arc::new(handler))
    }

    /// Calls `handler` with every event of one type, until the subscription is dropped.
    pub fn on(&self, event_type: EventType, handler: impl Fn(&Event) + Send + Sync + 'static) -> Subscription {
        self.hub.add(Rank::Typed(event_type), Arc::new(handler))
    }

    /// How many events were dropped because handlers were too slow.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.hub.shared.dropped.load(Ordering::Relaxed)
    }

    /// Waits until every event sent so far was handled. For the end of a program and for tests. In a handler it returns at
    /// once: a handler cannot wait for itself.
    pub fn flush(&self) {
        if DELIVERS.get() {
            return;
        }
        let Some(queue) = self.hub.shared.queue() else { return };
        let (done, wait) = sync_channel(1);
        if queue.send(Message::Flush(done)).is_ok() {
            // An error means that the thread is gone, and with it everything that could be waited for.
            let _ = wait.recv();
        }
    }
}

/// Keeps a handler subscribed; dropping it ends that.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription {
    shared: Weak<Shared>,
    id: u64,
}

impl Subscription {
    /// Ends the subscription. An event that is being delivered may still arrive.
    pub fn unsubscribe(self) {
        drop(self);
    }

    /// Keeps the handler for as long as the client lives.
    pub fn forever(mut self) {
        self.shared = Weak::new();
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("id", &self.id).finish()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(shared) = self.shared.upgrade() else { return };
        let mut entries = shared.registry.entries();
        let kept = entries.iter().position(|entry| entry.id == self.id);
        let handler = kept.map(|at| entries.remove(at));
        shared.active.store(!entries.is_empty(), Ordering::Release);
        // The handler is dropped after the lock: its own drop may do anything.
        drop(entries);
        drop(handler);
    }
}
