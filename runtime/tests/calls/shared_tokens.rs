//! Tokens and limits that the clients of one process have in common.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::common::{ApiError, Environment, GetPet, Setup, ms};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::{Credentials, MemoryTokenCache};

#[derive(Clone, Debug)]
struct Shop {
    client: rt::Client,
}

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .rate_limit(rt::RateLimitFacts::new(2, 60).shared_in_process())
    .security(&[rt::SecurityScheme::client_credentials("petsAuth", rt::TokenFacts::new("/token").shared_in_process())]);

impl rt::ApiClient for Shop {
    type Error = ApiError;
    type Environment = Environment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self { client }
    }
}

impl Shop {
    fn get(&self) -> crate::common::Call<GetPet> {
        crate::common::Call::new(&self.client).parameter(0, &"7")
    }
}

/// Every test has a server of its own, since what is shared outlives it.
fn builder(setup: &Setup, test: &str, (id, secret): (&str, &str)) -> rt::Builder<Shop> {
    let credentials = Credentials::client_credentials(id, secret);
    setup.bare().base_url(format!("https://{test}.example")).credentials(credentials)
}

fn setup() -> Setup {
    let setup = Setup::new();
    let issued = AtomicU32::new(0);
    setup.transport.otherwise(move |request| match request.path() {
        "/token" => {
            let n = issued.fetch_add(1, Ordering::Relaxed) + 1;
            Answer::json(200, format!(r#"{{"access_token":"t{n}","expires_in":3600}}"#)).delayed(ms(5))
        }
        _ => Answer::json(200, "{}"),
    });
    setup
}

fn tokens(setup: &Setup) -> usize {
    setup.requests().iter().filter(|request| request.path() == "/token").count()
}

#[tokio::test]
async fn many_clients_cause_one_token_request() {
    let setup = setup();
    let clients: Vec<Shop> =
        (0..20).map(|_| builder(&setup, "one-fetch", ("id", "s")).rate_limit(0).build().unwrap()).collect();
    let calls: Vec<_> = clients.iter().map(|shop| tokio::spawn(shop.get().into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((tokens(&setup), setup.count()), (1, 21));
    drop(clients);
    // A client that comes later still finds the token.
    builder(&setup, "one-fetch", ("id", "s")).rate_limit(0).build().unwrap().get().await.unwrap();
    assert_eq!(tokens(&setup), 1);
}

#[tokio::test]
async fn other_servers_ids_secrets_and_isolated_clients_have_their_own() {
    let setup = setup();
    let own = |builder: rt::Builder<Shop>| builder.rate_limit(0).build().unwrap();
    for (shop, expected) in [
        (own(builder(&setup, "keys", ("id", "s"))), 1),
        (own(builder(&setup, "keys", ("id", "s"))), 1),
        (own(builder(&setup, "keys", ("id", "other"))), 2),
        (own(builder(&setup, "keys", ("other", "s"))), 3),
        (own(builder(&setup, "other-keys", ("id", "s"))), 4),
        (own(builder(&setup, "keys", ("id", "s")).isolated(true)), 5),
        (own(builder(&setup, "keys", ("id", "s")).token_cache(std::sync::Arc::<MemoryTokenCache>::default())), 6),
        (own(builder(&setup, "keys", ("id", "s"))), 6),
    ] {
        shop.get().await.unwrap();
        assert_eq!(tokens(&setup), expected);
    }
}

#[tokio::test]
async fn a_token_that_one_client_forgets_is_forgotten_for_all() {
    let setup = setup();
    let one = builder(&setup, "forget", ("id", "s")).rate_limit(0).build().unwrap();
    let other = builder(&setup, "forget", ("id", "s")).rate_limit(0).build().unwrap();
    one.get().await.unwrap();
    other.client.auth::<ApiError>().clear().await;
    one.get().await.unwrap();
    assert_eq!(tokens(&setup), 2);
}

#[tokio::test]
async fn clients_share_the_limit_unless_they_are_isolated() {
    let setup = setup();
    let client = |id| builder(&setup, "limit", (id, "s")).build().unwrap();
    client("id").get().await.unwrap();
    assert!(client("id").get().await.unwrap_err().is_rate_limited());
    client("other").get().await.unwrap();
    let isolated = builder(&setup, "limit", ("id", "s")).isolated(true).build().unwrap();
    isolated.get().await.unwrap();
    assert!(isolated.clone().get().await.unwrap_err().is_rate_limited());
}
