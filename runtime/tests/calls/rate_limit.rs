//! A limit that the client keeps by itself, errors that a success hides, and a server that has to be named.

use std::sync::Arc;
use std::time::Duration;

use crate::common::{ApiError, Environment, GetPet, Setup};
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::{Credentials, ErrorKind};

/// An API with a limit of 3 in 60 seconds, and a token endpoint of its own making.
#[derive(Clone, Debug)]
struct Shop {
    client: rt::Client,
}

type Call<Op> = crate::common::Call<Op>;
type Error = rt::Error<ApiError>;

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .environments(&[("test", "https://test.shop.example"), ("live", "https://shop.example")], "")
    .variables(&[("base_url", "SHOP_URL"), ("client_id", "SHOP_ID"), ("client_secret", "SHOP_SECRET")])
    .base_url_cut(&["v1"])
    .credentials_required()
    .retry_write(rt::RetryFacts::never())
    .rate_limit(rt::RateLimitFacts::new(3, 60).message("{limit} a minute, {seconds} left"))
    .errors(rt::ErrorFacts::new().message(&["/error", "/message"]).status(&["/status_code"]).in_success(&[
        rt::ErrorSign::there("/error"),
        rt::ErrorSign::flag("/success", false),
        rt::ErrorSign::at_least("/status_code", 400),
    ]))
    .security(&[rt::SecurityScheme::client_credentials(
        "petsAuth",
        rt::TokenFacts::new("/api/token")
            .form()
            .fields(&[("ClientId", "{client_id}"), ("client_secret", "{client_secret}")])
            .access_token(&["access_token", "Token", "/data/access_token", ""])
            .default_lifetime(3600)
            .refresh_margin(30)
            .headers(&[("ClientId", "{client_id}"), ("Token", "{access_token}")])
            .repeat_reads_only(),
    )]);

impl rt::ApiClient for Shop {
    type Error = ApiError;
    type Environment = Environment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self { client }
    }
}

impl Shop {
    fn get(&self) -> Call<GetPet> {
        Call::new(&self.client).parameter(0, &"7")
    }

    fn create(&self) -> Call<crate::common::CreatePet> {
        Call::new(&self.client).body(&rt::Json::object([("name", rt::Json::from("Rex"))]))
    }
}

fn builder(setup: &Setup) -> rt::Builder<Shop> {
    setup.bare().base_url("https://shop.example/v1/").credentials(Credentials::client_credentials("id-1", "s3cret"))
}

/// Answers every token request with a token, and everything else with this.
fn answering(body: &'static str) -> Setup {
    let setup = Setup::new();
    setup.transport.otherwise(move |request| match request.path() {
        "/api/token" => Answer::json(200, r#"{"Token":"tok"}"#),
        _ => Answer::json(200, body),
    });
    setup
}

fn refused(result: Result<rt::Json, Error>, message: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.message(), error.status()), (ErrorKind::RateLimit, message, None), "{error:?}");
    assert!(error.is_rate_limited() && !error.is_api());
    assert!(error.rate_limit().is_some_and(|info| info.limit().is_some() && info.remaining() == Some(0)));
}

#[tokio::test]
async fn calls_and_token_requests_count_and_the_rest_is_refused_at_once() {
    let setup = answering("{}");
    let shop = builder(&setup).build().unwrap();
    let clone = shop.clone();
    shop.get().await.unwrap();
    setup.time.advance(Duration::from_secs(10));
    clone.get().await.unwrap();
    assert_eq!(setup.count(), 3, "a token and two calls");
    refused(shop.get().await, "3 a minute, 50 left");
    refused(clone.get().await, "3 a minute, 50 left");
    assert_eq!(setup.count(), 3);
    setup.time.advance(Duration::from_millis(49_500));
    refused(shop.get().await, "3 a minute, 1 left");
    setup.time.advance(Duration::from_millis(500));
    // The token and the first call have left; a refused call was never there.
    shop.get().await.unwrap();
    shop.get().await.unwrap();
    refused(shop.get().await, "3 a minute, 10 left");
    assert!(setup.time.slept().is_empty());
}

#[tokio::test]
async fn a_limit_of_one_lets_the_token_through_first() {
    let setup = answering("{}");
    let shop = builder(&setup).rate_limit(1).build().unwrap();
    refused(shop.get().await, "1 a minute, 60 left");
    setup.time.advance(Duration::from_secs(60));
    shop.get().await.unwrap();
    assert_eq!(setup.count(), 2);
}

#[tokio::test]
async fn without_a_limit_nothing_is_counted() {
    let setup = answering("{}");
    let shop = builder(&setup).rate_limit(0).build().unwrap();
    for _ in 0..10 {
        shop.get().await.unwrap();
    }
    let variables = |name: &str| (name == "SHOP_LIMIT").then(|| "0".to_owned());
    let limited = builder(&setup).from_variables(variables).unwrap().build().unwrap();
    for _ in 0..2 {
        limited.get().await.unwrap();
    }
    refused(limited.get().await, "3 a minute, 60 left");
}

#[tokio::test]
async fn a_call_that_waits_gets_its_turn() {
    let setup = answering("{}");
    let shop = builder(&setup).wait_for_rate_limit(true).build().unwrap();
    for _ in 0..5 {
        shop.get().await.unwrap();
    }
    assert_eq!(setup.count(), 6);
    assert_eq!(setup.time.passed(), Duration::from_secs(60));
}

#[tokio::test]
async fn a_call_without_the_time_to_wait_is_refused_at_once() {
    let setup = answering("{}");
    let shop = builder(&setup).wait_for_rate_limit(true).build().unwrap();
    shop.get().await.unwrap();
    shop.get().await.unwrap();
    let hasty = shop.get().options(|options| options.total_timeout(Duration::from_secs(59)));
    refused(hasty.await, "3 a minute, 60 left");
    assert_eq!(setup.time.passed(), Duration::ZERO);
    shop.get().options(|options| options.total_timeout(Duration::from_secs(61))).await.unwrap();
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_nothing_behind() {
    let setup = answering("{}");
    let shop = builder(&setup).wait_for_rate_limit(true).build().unwrap();
    for _ in 0..2 {
        shop.get().await.unwrap();
    }
    for _ in 0..10 {
        let mut waiting = shop.get().into_future();
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(setup.count(), 3);
    setup.time.advance(Duration::from_secs(60));
    for _ in 0..3 {
        shop.get().await.unwrap();
    }
    assert_eq!((setup.count(), setup.time.passed()), (6, Duration::from_secs(60)));
}

#[tokio::test]
async fn a_repetition_without_a_permit_tells_why_it_was_wanted() {
    let setup = Setup::new();
    setup.transport.otherwise(|request| match request.path() {
        "/api/token" => Answer::json(200, r#""tok""#),
        _ => Answer::json(503, r#"{"error":"busy"}"#),
    });
    let shop = builder(&setup).build().unwrap();
    let error = shop.get().await.unwrap_err();
    assert_eq!((setup.count(), error.status(), error.message()), (3, Some(503), "busy"));
}

#[tokio::test]
async fn a_body_tells_an_error_whatever_the_status_is() {
    for (body, message, status) in [
        (r#"{"error":"no such thing"}"#, "no such thing", None),
        (r#"{"error":true,"message":"no"}"#, "no", None),
        (r#"{"success":false,"message":"no"}"#, "no", None),
        (r#"{"status_code":"404","message":"no"}"#, "no", Some(404)),
        (r#"{"status_code":429}"#, "the answer says that it is an error, and no more", Some(429)),
        (r#"{"error":{"a":1}}"#, "the answer says that it is an error, and no more", None),
    ] {
        let setup = answering(body);
        // Repetitions would hide what the answer is.
        let call = builder(&setup).rate_limit(0).build().unwrap().create();
        let error = call.await.unwrap_err();
        assert!(error.is_api(), "{body}: {error:?}");
        assert_eq!((error.status(), error.message()), (Some(200), message), "{body}");
        assert_eq!(error.text(), body);
        assert_eq!(error.is_not_found(), status == Some(404), "{body}");
        assert_eq!(error.is_rate_limited(), status == Some(429), "{body}");
        assert_eq!(setup.count(), 2, "{body}: a write is sent once");
    }
    for body in ["{}", "[]", r#"[{"error":"in a list"}]"#, r#"{"error":null,"success":true,"status_code":200}"#] {
        for body in [body, r#"{"error":false}"#, r#"{"error":""}"#] {
            answering(body);
            let setup = answering(body);
            builder(&setup).build().unwrap().get().await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_token_and_the_id_travel_in_headers_of_their_own() {
    for (body, expected) in [
        (r#"{"access_token":"a","Token":"b"}"#, "a"),
        (r#"{"access_token":null,"Token":"b","expires_in":0}"#, "b"),
        (r#"{"data":{"access_token":"{client_id}"}}"#, "{client_id}"),
        (r#""bare""#, "bare"),
    ] {
        let setup = Setup::answers([Answer::json(200, body), Answer::json(200, "{}"), Answer::json(200, "{}")]);
        let shop = builder(&setup).build().unwrap();
        shop.get().await.unwrap();
        // Without a lifetime, or with one of nothing, it is the declared hour.
        shop.get().await.unwrap();
        let requests = setup.requests();
        assert_eq!(requests[0].text(), "ClientId=id-1&client_secret=s3cret");
        assert_eq!((requests[0].header("clientid"), requests[0].header("authorization")), (None, None));
        assert_eq!((requests[1].header("clientid"), requests[1].header("token")), (Some("id-1"), Some(expected)));
        assert_eq!(requests[1].header("authorization"), None);
    }
}

#[tokio::test]
async fn a_refused_token_is_forgotten_and_only_reads_are_repeated() {
    let setup = Setup::new();
    let issued = std::sync::atomic::AtomicU32::new(0);
    setup.transport.otherwise(move |request| match (request.path(), request.header("token")) {
        ("/api/token", _) => {
            let n = issued.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            Answer::json(200, format!(r#"{{"Token":"t{n}"}}"#))
        }
        (_, Some("t1" | "t3")) => Answer::json(401, r#"{"error":"Invalid token"}"#),
        _ => Answer::json(200, "{}"),
    });
    let shop = builder(&setup).rate_limit(0).build().unwrap();
    // A fresh token that is refused is not replaced again.
    assert!(shop.get().await.unwrap_err().is_authentication());
    shop.get().await.unwrap();
    let sent = |path: &str| setup.requests().iter().filter(|request| request.path() == path).count();
    assert_eq!((sent("/api/token"), sent("/pets/7")), (2, 3));
    shop.client.auth::<ApiError>().issue_token().await.unwrap();
    assert!(shop.create().await.unwrap_err().is_authentication());
    assert_eq!((sent("/api/token"), sent("/pets")), (3, 1), "the write was sent once");
    shop.create().await.unwrap();
    assert_eq!((sent("/api/token"), sent("/pets")), (4, 2), "the refused token was forgotten");
}

#[test]
fn what_a_client_needs_is_named_by_option_and_variable() {
    let setup = Setup::new();
    let message = |builder: rt::Builder<Shop>| builder.build().unwrap_err().message().to_owned();
    assert_eq!(
        message(setup.bare().credentials(Credentials::client_credentials("i", "s"))),
        "`base_url` is missing, this API has no default server: choose one with `.base_url(…)` or `.environment(…)` (`test`, `live`), or set the variable SHOP_URL"
    );
    assert_eq!(
        message(setup.bare().environment(Environment::Live)),
        "the client has no credentials: give them with `.credentials(…)`, or set SHOP_ID (`client_id`), SHOP_SECRET (`client_secret`) and use `from_env`"
    );
    assert_eq!(
        message(setup.bare().environment(Environment::Live).credentials(Credentials::client_credentials(" ", "s"))),
        "the client id is empty (`client_id`, variable SHOP_ID)"
    );
    assert_eq!(
        message(setup.bare().environment(Environment::Live).credentials(Credentials::bearer("tok"))),
        "this API takes no bearer token: it knows `petsAuth` (client credentials)",
        "its headers want the client id too"
    );
    let shop = builder(&setup).build().unwrap();
    assert_eq!(shop.client.base_url(), "https://shop.example");
    assert_eq!(Arc::new(shop).client.base_url(), "https://shop.example");
}

#[tokio::test]
async fn a_token_request_without_a_permit_is_refused_at_once_each_time() {
    let setup = answering("{}");
    let shop = builder(&setup).rate_limit(2).build().unwrap();
    shop.get().await.unwrap();
    shop.client.auth::<ApiError>().clear().await;
    for _ in 0..3 {
        refused(shop.get().await, "2 a minute, 60 left");
    }
    assert_eq!((setup.count(), setup.time.passed()), (2, Duration::ZERO));
}
