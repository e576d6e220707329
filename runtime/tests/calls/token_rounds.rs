//! What may happen to one of several callers that wait for the same token, and what the others get.
//!
//! A table: how a caller ends × what is wrong with the token × whether the caller began the token request or joined it × how
//! often it was polled before. Time stands still and is moved by hand, every runtime runs only when the test lets it. Whatever
//! happens, the others are served, by one token, which one request fetched; a second request is only ever sent where the first
//! one was sent and then lost together with its runtime.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tokio::runtime::Runtime;

use crate::common::{ApiError, Call, Error, GetPet, Setup, ms, token};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, ManualTime, MemoryTransport, SteadyRandom};
use typewright_runtime::{Credentials, Token};

/// What becomes of the caller.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// Its own time limit of 20 ms is over.
    Timeout,
    /// A `select!` takes another branch.
    Select,
    /// It is dropped.
    Dropped,
    /// Its runtime is dropped, and so is the caller.
    RuntimeDropped,
    /// Its runtime is shut down; the caller goes on elsewhere.
    RuntimeShutDown,
    /// Its runtime stands still until all others are served, then it runs again.
    RuntimeParked,
    /// Nothing, but the callers are on different runtimes.
    SeveralRuntimes,
    /// Nobody is on a Tokio runtime, and the caller is dropped.
    NoRuntime,
}

const FATES: [Fate; 8] = [
    Fate::Timeout,
    Fate::Select,
    Fate::Dropped,
    Fate::RuntimeDropped,
    Fate::RuntimeShutDown,
    Fate::RuntimeParked,
    Fate::SeveralRuntimes,
    Fate::NoRuntime,
];

/// Why a token is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Need {
    Cold,
    Expiring,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Leader,
    Waiter,
}

#[derive(Debug)]
struct Shop(rt::Client);

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .environments(&[("live", "https://shop.example")], "live")
    .security(&[rt::SecurityScheme::client_credentials("auth", rt::TokenFacts::new("/auth/token"))]);

impl rt::ApiClient for Shop {
    type Error = ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self(client)
    }
}

type Pending = rt::Pending<rt::Json, Error>;

/// A runtime that runs when it is told to, or none.
struct Place(Option<Runtime>);

impl Place {
    fn runtime() -> Self {
        Self(Some(tokio::runtime::Builder::new_current_thread().build().unwrap()))
    }

    /// Polls a call once; `tasks`: lets the runtime's tasks run as well.
    fn poll(&self, call: &mut Pending, tasks: bool) -> Poll<Result<rt::Json, Error>> {
        let mut once = || call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let Some(runtime) = &self.0 else { return once() };
        runtime.block_on(async {
            let polled = once();
            if tasks {
                for _ in 0..8 {
                    tokio::task::yield_now().await;
                }
            }
            polled
        })
    }

    fn run(&self) {
        if let Some(runtime) = &self.0 {
            runtime.block_on(async {
                for _ in 0..8 {
                    tokio::task::yield_now().await;
                }
            });
        }
    }
}

/// A client, its server, and what was seen of both.
struct World {
    shop: Shop,
    time: ManualTime,
    transport: MemoryTransport,
    issued: Arc<AtomicUsize>,
    /// Tokens that the server no longer takes.
    refuses: Arc<AtomicBool>,
}

impl World {
    /// The server's n-th token is `t<n>`, and takes 50 ms.
    fn new() -> Self {
        let time = ManualTime::stopped();
        let transport = MemoryTransport::new().sleeper(Arc::new(time.clone()));
        let (count, refuses) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
        let refused = Arc::clone(&refuses);
        transport.otherwise(move |request| {
            if request.path() == "/auth/token" {
                return token(&format!("t{}", count.fetch_add(1, Ordering::SeqCst) + 1), 100).delayed(ms(50));
            }
            let first = request.header("authorization") == Some("Bearer t1");
            Answer::json(if first && refused.load(Ordering::SeqCst) { 401 } else { 200 }, "{}")
        });
        let issued = Arc::new(AtomicUsize::new(0));
        let told = Arc::clone(&issued);
        let builder =
            rt::Builder::new().transport(Arc::new(transport.clone())).random(Arc::new(SteadyRandom::new(0.5)));
        let builder = builder.clock(Arc::new(time.clone())).sleeper(Arc::new(time.clone()));
        let builder = builder.on_token_issued(move |_: &Token| {
            told.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        let shop = builder.credentials(Credentials::client_credentials("id", "secret")).build().unwrap();
        Self { shop, time, transport, issued, refuses }
    }

    fn call(&self, limit: Option<u64>) -> Pending {
        let call = Call::<GetPet>::new(&self.shop.0).parameter(0, &"7");
        let call = call.options(|options| match limit {
            Some(limit) => options.timeout(ms(limit)),
            None => options,
        });
        call.into_future()
    }

    fn token_requests(&self) -> usize {
        self.transport.requests().iter().filter(|request| request.path() == "/auth/token").count()
    }

    /// The tokens that calls were sent with.
    fn used(&self) -> Vec<String> {
        let requests = self.transport.requests();
        let used = requests.iter().filter(|request| request.path() != "/auth/token");
        let mut used: Vec<String> = used.filter_map(|call| call.header("authorization").map(str::to_owned)).collect();
        used.sort();
        used.dedup();
        used
    }

    /// Moves time until every call has ended, for 20 seconds at most.
    fn finish(&self, place: &Place, calls: Vec<Pending>) -> Vec<Option<Result<rt::Json, Error>>> {
        let mut calls: Vec<_> = calls.into_iter().map(|call| (call, None)).collect();
        for step in 0..100 {
            for (call, result) in calls.iter_mut().filter(|(_, result)| result.is_none()) {
                if let Poll::Ready(ended) = place.poll(call, true) {
                    *result = Some(ended);
                }
            }
            if calls.iter().all(|(_, result)| result.is_some()) {
                break;
            }
            self.time.advance(ms(if step < 20 { 10 } else { 250 }));
        }
        calls.into_iter().map(|(_, result)| result).collect()
    }

    /// Makes a token needed.
    fn need(&self, need: Need) {
        if need == Need::Cold {
            return;
        }
        let first = self.finish(&Place::runtime(), vec![self.call(None)]);
        assert!(first.into_iter().all(|result| result.is_some_and(|result| result.is_ok())));
        match need {
            Need::Expiring => self.time.advance(ms(99_000)),
            _ => self.refuses.store(true, Ordering::SeqCst),
        }
    }
}

fn row(fate: Fate, need: Need, role: Role, polls: usize) {
    let words = format!("{fate:?}, {need:?}, {role:?}, {polls} polls");
    let world = World::new();
    world.need(need);
    let (asked, issued) = (world.token_requests(), world.issued.load(Ordering::SeqCst));
    let place = || if fate == Fate::NoRuntime { Place(None) } else { Place::runtime() };
    let (home, elsewhere) = (place(), place());
    let mut others: Vec<Pending> = (0..3).map(|_| world.call(None)).collect();
    let join = |others: &mut Vec<Pending>| {
        for call in others {
            assert!(elsewhere.poll(call, true).is_pending(), "{words}");
        }
    };
    if role == Role::Waiter {
        join(&mut others);
    }
    let mut caller = world.call((fate == Fate::Timeout).then_some(20));
    for poll in 0..polls {
        assert!(home.poll(&mut caller, poll > 0).is_pending(), "{words}");
    }
    if role == Role::Leader {
        join(&mut others);
    }
    let sent = world.token_requests() - asked;
    let is_lost = role == Role::Leader
        && matches!(fate, Fate::RuntimeDropped | Fate::RuntimeShutDown | Fate::RuntimeParked)
        && sent > 0;
    match fate {
        Fate::Timeout => {
            world.time.advance(ms(20));
            let Poll::Ready(ended) = home.poll(&mut caller, true) else { panic!("{words}: it goes on") };
            assert!(ended.unwrap_err().is_timeout(), "{words}");
            others.push(world.call(None));
            // The runtime goes on, the request with it.
            settle(&world, &home);
        }
        Fate::Select => {
            home.0.as_ref().unwrap().block_on(async {
                tokio::select! {
                    biased;
                    _ = &mut caller => panic!("{words}: it ended"),
                    () = std::future::ready(()) => {}
                }
            });
            drop(caller);
            settle(&world, &home);
        }
        Fate::Dropped | Fate::NoRuntime => {
            drop(caller);
            settle(&world, &home);
        }
        Fate::RuntimeDropped => {
            drop(caller);
            drop(home);
        }
        Fate::RuntimeShutDown => {
            home.0.unwrap().shutdown_background();
            others.push(caller);
        }
        Fate::RuntimeParked => {
            others = served(&world, &elsewhere, others, &words);
            world.time.advance(ms(1000));
            home.run();
            others.push(caller);
        }
        Fate::SeveralRuntimes => {
            settle(&world, &home);
            others.push(caller);
        }
    }
    served(&world, &elsewhere, others, &words);
    let expected = 1 + usize::from(is_lost);
    assert_eq!(world.token_requests() - asked, expected, "{words}: token requests");
    assert_eq!(world.issued.load(Ordering::SeqCst) - issued, 1, "{words}: tokens announced");
    assert_eq!(world.used().len(), 1 + usize::from(need != Need::Cold), "{words}: {:?}", world.used());
    // Later calls have it too.
    served(&world, &elsewhere, vec![world.call(None)], &words);
    assert_eq!(world.token_requests() - asked, expected, "{words}: token requests");
}

/// Lets the answer come, and a runtime's tasks take it.
fn settle(world: &World, place: &Place) {
    place.run();
    if place.0.is_some() {
        world.time.advance(ms(60));
        place.run();
    }
}

/// All calls succeed. Gives an empty list back, for those that come later.
fn served(world: &World, place: &Place, calls: Vec<Pending>, words: &str) -> Vec<Pending> {
    for result in world.finish(place, calls) {
        assert!(matches!(result, Some(Ok(_))), "{words}: {result:?}");
    }
    Vec::new()
}

#[test]
fn others_are_served_whatever_becomes_of_one() {
    for fate in FATES {
        for need in [Need::Cold, Need::Expiring, Need::Refused] {
            for role in [Role::Leader, Role::Waiter] {
                for polls in 1..=4 {
                    row(fate, need, role, polls);
                }
            }
        }
    }
}

/// A runtime that stands still before it sends anything sends nothing when it runs again.
#[test]
fn a_round_that_was_replaced_sends_nothing_more() {
    let world = World::new();
    let (home, elsewhere) = (Place::runtime(), Place::runtime());
    let mut leader = world.call(None);
    assert!(home.poll(&mut leader, false).is_pending());
    assert_eq!(world.token_requests(), 0, "its task did not run");
    served(&world, &elsewhere, vec![world.call(None)], "a waiter");
    assert!(world.time.passed() >= ms(5_000), "it waited first");
    home.run();
    served(&world, &home, vec![leader], "the leader");
    assert_eq!((world.token_requests(), world.issued.load(Ordering::SeqCst)), (1, 1));
}

/// A request that takes long is no sign of a runtime that stands still.
#[test]
fn a_slow_token_endpoint_is_waited_for() {
    let world = World::new();
    world.transport.answer(token("slow", 100).delayed(ms(15_000)));
    let (home, elsewhere) = (Place::runtime(), Place::runtime());
    let mut calls = [world.call(None), world.call(None)];
    for _ in 0..40 {
        for (call, place) in calls.iter_mut().zip([&home, &elsewhere]) {
            assert!(place.poll(call, true).is_pending());
        }
        world.time.advance(ms(350));
    }
    world.time.advance(ms(1_000));
    home.run();
    let [one, other] = calls;
    served(&world, &home, vec![one, other], "both");
    assert_eq!(world.token_requests(), 1);
}

/// Outside Tokio whoever polled last is woken by the request. If it goes away, another caller has to be.
#[test]
fn without_a_runtime_another_caller_takes_the_request_over() {
    struct Woken(AtomicUsize);
    impl std::task::Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let world = World::new();
    let (mut one, mut other) = (world.call(None), world.call(None));
    let woken = Arc::new(Woken(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&woken));
    assert!(one.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    assert!(other.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let before = woken.0.load(Ordering::SeqCst);
    drop(other);
    assert!(woken.0.load(Ordering::SeqCst) > before, "nobody would drive the request");
    assert!(one.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    let before = woken.0.load(Ordering::SeqCst);
    world.time.advance(ms(50));
    assert!(woken.0.load(Ordering::SeqCst) > before, "the answer wakes it");
    served(&world, &Place(None), vec![one], "the one that is left");
    assert_eq!(world.token_requests(), 1);
}

/// A caller alone, whose runtime stands still, goes on elsewhere.
#[test]
fn a_leader_that_moves_takes_over_from_itself() {
    for polls in 1..=4 {
        let world = World::new();
        let home = Place::runtime();
        let mut leader = world.call(None);
        for poll in 0..polls {
            assert!(home.poll(&mut leader, poll > 0).is_pending());
        }
        let sent = world.token_requests();
        served(&world, &Place::runtime(), vec![leader], "the leader");
        home.run();
        assert_eq!((world.token_requests(), world.issued.load(Ordering::SeqCst)), (sent + 1, 1));
    }
}

/// Outside Tokio a token request lives as long as somebody waits for it, and no longer: it holds the client.
#[test]
fn without_a_runtime_nothing_is_left_behind() {
    let world = World::new();
    let nowhere = Place(None);
    let mut caller = world.call(None);
    assert!(nowhere.poll(&mut caller, false).is_pending());
    drop(caller);
    let dropped = Arc::new(Mutex::new(()));
    let watch = Arc::downgrade(&dropped);
    let World { shop, transport, .. } = world;
    transport.otherwise(move |_| {
        let _kept = &dropped;
        Answer::new(204)
    });
    drop((shop, transport));
    assert!(watch.upgrade().is_none(), "the client is gone, and its transport with it");
}

/// Ten thousand cold calls on several threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_calls_cause_one_token_request() {
    let setup = Setup::new();
    setup.issues(3600);
    let builder = rt::Builder::new().transport(Arc::new(setup.transport.clone()));
    let shop: Arc<Shop> =
        Arc::new(builder.credentials(Credentials::client_credentials("id", "secret")).build().unwrap());
    let call = || Call::<GetPet>::new(&shop.0).parameter(0, &"7").into_future();
    let calls: Vec<_> = (0..10_000).map(|_| tokio::spawn(call())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((setup.token_requests(), setup.count()), (1, 10_001));
}

/// The same while the token is on its way: all of them wait for it.
#[tokio::test(start_paused = true)]
async fn ten_thousand_calls_wait_for_one_token_request() {
    let transport = MemoryTransport::new();
    transport.otherwise(|request| match request.path() {
        "/auth/token" => token("t", 3600).delayed(ms(500)),
        _ => Answer::json(200, "{}"),
    });
    let builder = rt::Builder::new().transport(Arc::new(transport.clone()));
    let shop: Shop = builder.credentials(Credentials::client_credentials("id", "secret")).build().unwrap();
    let call = || Call::<GetPet>::new(&shop.0).parameter(0, &"7").into_future();
    let calls: Vec<_> = (0..10_000).map(|_| tokio::spawn(call())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(transport.requests().len(), 10_001);
}

/// Failures are shared by those who wait, cached for nobody, and no oftener than once a second.
#[tokio::test]
async fn failed_rounds_are_a_second_apart() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| Answer::json(400, r#"{"message":"no"}"#));
    let builder = setup.bare::<Shop>().credentials(Credentials::client_credentials("id", "secret"));
    let shop = builder.build().unwrap();
    let call = || Call::<GetPet>::new(&shop.0).parameter(0, &"7").into_future();
    for round in 0..5 {
        let calls: Vec<_> = (0..20).map(|_| tokio::spawn(call())).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap_err().status(), Some(400));
        }
        assert_eq!((setup.token_requests(), setup.time.passed()), (round + 1, ms(1000) * round as u32));
    }
}
