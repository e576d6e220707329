//! Where a call is awaited: outside Tokio, on runtimes without a timer, on runtimes that are gone. It never hangs and never
//! panics, and says what is missing before anything is sent.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::runtime::{Builder, Runtime};

use crate::common::{ApiError, Call, GetPet, ListPets, Pets, ms, token};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, MemoryTransport};
use typewright_runtime::{Credentials, RetryPolicy};

const NO_RUNTIME: &str = "a call must be awaited on a Tokio runtime: there is none here";
const NO_TIMER: &str = "this Tokio runtime has no timer: build it with `enable_time` or `enable_all`";

/// A client that sleeps as applications do, on a server that refuses for now.
fn client(transport: &MemoryTransport, given: Credentials) -> Pets {
    let builder = rt::Builder::new().transport(Arc::new(transport.clone())).credentials(given);
    builder.rate_limit(1).wait_for_rate_limit(true).read_retry(RetryPolicy::new().attempts(3)).build().unwrap()
}

fn credentials() -> [Credentials; 2] {
    [Credentials::bearer("t"), Credentials::client_credentials("id", "secret")]
}

/// Awaits on this runtime or on none, if it ends at once.
fn end<F: Future + Unpin>(runtime: Option<&Runtime>, mut future: F) -> F::Output {
    let mut once = || Pin::new(&mut future).poll(&mut Context::from_waker(Waker::noop()));
    let polled = match runtime {
        None => once(),
        Some(runtime) => runtime.block_on(async { once() }),
    };
    match polled {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

fn places() -> [(Option<Runtime>, &'static str); 3] {
    let bare = Builder::new_current_thread().build().unwrap();
    let threads = Builder::new_multi_thread().worker_threads(1).build().unwrap();
    [(None, NO_RUNTIME), (Some(bare), NO_TIMER), (Some(threads), NO_TIMER)]
}

#[test]
fn every_call_says_what_is_missing_at_once() {
    for (runtime, expected) in places() {
        for given in credentials() {
            let transport = MemoryTransport::new();
            transport.otherwise(|_| Answer::new(503));
            let pets = client(&transport, given);
            for _ in 0..3 {
                let error = end(runtime.as_ref(), pets.get("7").into_future()).unwrap_err();
                assert_eq!((error.message(), error.is_configuration()), (expected, true));
                let call = pets.list();
                let error = end(runtime.as_ref(), Box::pin(async { call.items().try_next().await })).unwrap_err();
                assert_eq!(error.message(), expected);
                let raw = pets.client.request::<ApiError>("GET", "/x");
                assert_eq!(end(runtime.as_ref(), raw.into_future()).unwrap_err().message(), expected);
            }
            assert!(transport.requests().is_empty());
        }
        let transport = MemoryTransport::new();
        let pets = client(&transport, Credentials::client_credentials("id", "secret"));
        let error = end(runtime.as_ref(), pets.auth().issue_token().into_future()).unwrap_err();
        assert_eq!(error.message(), expected);
    }
}

/// A first call on a sound runtime, a second one elsewhere that finds a token and has to wait for its turn.
#[test]
fn the_second_call_says_it_too() {
    let transport = MemoryTransport::new();
    transport
        .otherwise(|request| if request.path() == "/auth/token" { token("t", 3600) } else { Answer::json(200, "{}") });
    let builder = rt::Builder::new().transport(Arc::new(transport.clone()));
    let builder = builder.credentials(Credentials::client_credentials("id", "secret"));
    let pets: Pets = builder.rate_limit(2).wait_for_rate_limit(true).build().unwrap();
    let sound = Builder::new_current_thread().enable_time().build().unwrap();
    sound.block_on(pets.get("7").into_future()).unwrap();
    for (runtime, expected) in places() {
        let error = end(runtime.as_ref(), pets.get("7").into_future()).unwrap_err();
        assert_eq!((error.message(), error.is_configuration()), (expected, true));
    }
    assert_eq!(transport.requests().len(), 2);
}

/// A call that began on a sound runtime goes on where nobody can wait.
#[test]
fn a_call_that_moves_says_it_where_it_waits() {
    let begin = |answer: Answer, given: Credentials| {
        let transport = MemoryTransport::new();
        transport.otherwise(move |_| answer.clone());
        let builder = rt::Builder::new().transport(Arc::new(transport)).credentials(given);
        let builder = builder.rate_limit(1).wait_for_rate_limit(true).read_retry(RetryPolicy::new().attempts(3));
        let pets: Pets = builder.build().unwrap();
        pets.get("7").into_future()
    };
    let waits = [
        ("for a retry", Answer::new(503), Credentials::bearer("t")),
        ("for an answer", Answer::never(), Credentials::bearer("t")),
        ("for a body", Answer::json(200, "{").stalls(), Credentials::bearer("t")),
        ("for a token", Answer::never(), Credentials::client_credentials("id", "secret")),
        ("for a permit", token("t", 3600), Credentials::client_credentials("id", "secret")),
    ];
    for (words, answer, given) in waits {
        for (runtime, expected) in places() {
            let sound = Builder::new_current_thread().enable_time().build().unwrap();
            let mut call = begin(answer.clone(), given.clone());
            sound.block_on(async {
                for _ in 0..8 {
                    let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                    assert!(polled.is_pending(), "{words}");
                    tokio::task::yield_now().await;
                }
            });
            let error = end(runtime.as_ref(), call).unwrap_err();
            assert_eq!((error.message(), error.is_configuration()), (expected, true), "{words}");
        }
    }
}

/// A stream that waits before it comes back, or for the next chunk.
#[cfg(feature = "sse")]
#[test]
fn a_stream_that_moves_says_it_too() {
    let events = || Answer::new(200).header("content-type", "text/event-stream").chunk("data: 1\n\n");
    let check = |runtime: Option<&Runtime>, expected: &str| {
        let transport = MemoryTransport::new();
        transport.otherwise(move |_| events());
        let builder = rt::Builder::new().transport(Arc::new(transport)).credentials(Credentials::bearer("t"));
        let pets: Pets = builder.read_retry(RetryPolicy::new().attempts(3)).build().unwrap();
        let mut stream = rt::EventStream::<rt::Json, ApiError>::new(pets.get("7").raw, rt::EventForm::Json);
        let sound = Builder::new_current_thread().enable_time().build().unwrap();
        sound.block_on(async { stream.try_next().await.unwrap().expect("an event") });
        let mut next = Box::pin(stream.try_next());
        sound.block_on(async {
            assert!(next.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        });
        let error = end(runtime, next).unwrap_err();
        assert_eq!((error.message(), error.is_configuration()), (expected, true));
    };
    for (runtime, expected) in places() {
        check(runtime.as_ref(), expected);
    }
}

/// A sleep goes along with its call from one runtime to the next, even if the first one is gone.
#[test]
fn a_call_outlives_the_runtime_that_it_began_on() {
    for shut_down in [true, false] {
        let transport = MemoryTransport::new();
        transport.answer(Answer::new(503)).otherwise(|_| Answer::json(200, "{}"));
        let builder = rt::Builder::new().transport(Arc::new(transport)).credentials(Credentials::bearer("t"));
        let pets: Pets = builder.read_retry(RetryPolicy::new().attempts(2).base_delay(ms(1))).build().unwrap();
        let mut call = pets.get("7").into_future();
        let runtime = || Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let first = runtime();
        first.block_on(async {
            assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        });
        if shut_down {
            first.shutdown_background();
        }
        runtime().block_on(call).unwrap();
    }
}

/// Inside a runtime that is shut down there is no timer either.
#[test]
fn a_call_inside_a_runtime_that_is_gone_ends() {
    for given in credentials() {
        let transport = MemoryTransport::new();
        transport.otherwise(|_| Answer::never());
        let pets = client(&transport, given);
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        let handle = runtime.handle().clone();
        let _entered = handle.enter();
        let mut call = pets.get("7").into_future();
        std::mem::forget(std::thread::scope(|scope| scope.spawn(|| runtime.shutdown_background()).join()));
        let ended = (0..100).any(|_| call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
        assert!(ended, "it hangs");
    }
}

/// With a transport and a sleeper of one's own nothing of Tokio is needed.
#[test]
fn an_own_sleeper_needs_no_runtime() {
    let setup = crate::common::Setup::answers([Answer::new(503), Answer::json(200, "{}")]);
    let pets = setup.builder().read_retry(RetryPolicy::new().attempts(2)).build().unwrap();
    let mut call = Call::<GetPet>::new(&pets.client).parameter(0, &"7").into_future();
    let ended = (0..10_000).find_map(|_| match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(ended) => Some(ended),
        Poll::Pending => None,
    });
    ended.expect("time jumps").unwrap();
    let _ = Call::<ListPets>::new(&pets.client);
}
