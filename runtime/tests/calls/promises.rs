//! What the types promise, asserted by the compiler.

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::event::{Event, Subscription};
use typewright_runtime::testing::{ManualTime, MemoryTransport};
use typewright_runtime::{Credentials, Secret, Token};

use crate::common::{ApiError, Call, Error, GetPet, ListPets, Pets, Setup};

fn send_sync<T: Send + Sync + 'static>() {}
fn send<T: Send + 'static>() {}

#[test]
fn send_sync_and_static() {
    send_sync::<rt::Client>();
    send_sync::<Pets>();
    send_sync::<Error>();
    send_sync::<rt::RawReply>();
    send_sync::<rt::Response<rt::Json>>();
    send_sync::<rt::RawCall>();
    send_sync::<Call<GetPet>>();
    send_sync::<Credentials>();
    send_sync::<Secret>();
    send_sync::<Token>();
    send_sync::<Event>();
    send_sync::<Subscription>();
    send_sync::<MemoryTransport>();
    send_sync::<ManualTime>();
    send::<rt::Builder<Pets>>();
    send::<rt::Pending<rt::Json, Error>>();
    send::<rt::Items<ListPets, ApiError>>();
    send::<rt::Pages<ListPets, ApiError>>();
    send::<rt::IssueToken<ApiError>>();
    send::<rt::RawRequest<ApiError>>();
}

#[test]
fn clones_are_cheap_and_results_small() {
    assert_eq!(size_of::<rt::Client>(), size_of::<usize>());
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn streams_are_streams() {
    fn stream<T: futures_core::Stream>() {}
    stream::<rt::Items<ListPets, ApiError>>();
    stream::<rt::Pages<ListPets, ApiError>>();
}

#[tokio::test]
async fn a_call_can_be_spawned_and_outlives_its_client() {
    let setup = Setup::answers([typewright_runtime::testing::Answer::json(200, "{}")]);
    let call = tokio::spawn({
        let pets = setup.pets();
        pets.get("7").into_future()
    });
    call.await.unwrap().unwrap();
}
