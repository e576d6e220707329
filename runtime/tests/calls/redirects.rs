//! Redirects: followed for reads only, and never with credentials to another origin.

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;

use crate::common::{ApiError, Setup};

fn to(status: u16, location: &str) -> Answer {
    Answer::new(status).header("location", location)
}

#[tokio::test]
async fn reads_follow_within_the_origin() {
    for status in [301, 302, 303, 307, 308] {
        let setup = Setup::answers([to(status, "/v2/pets/7?x=1"), to(status, "8"), Answer::json(200, r#"{"a":1}"#)]);
        let call = setup.pets().get("7").options(|options| options.header("x-extra", "1"));
        assert_eq!(call.await.unwrap().as_text(), r#"{"a":1}"#);
        let sent = setup.requests();
        assert_eq!(sent[1].uri().to_string(), "https://api.pets.example/v2/pets/7?x=1");
        assert_eq!(sent[2].uri().to_string(), "https://api.pets.example/v2/pets/8");
        assert_eq!(sent[2].header("authorization"), Some("Bearer token-1"));
        assert_eq!(sent[2].header("x-extra"), Some("1"));
    }
}

#[tokio::test]
async fn another_origin_gets_neither_credentials_nor_constant_headers() {
    for location in
        ["https://other.example/x", "//other.example/x", "http://api.pets.example/x", "https://api.pets.example:8443/x"]
    {
        let setup =
            Setup::answers([to(302, location), to(302, "https://api.pets.example/back"), Answer::json(200, "{}")]);
        let pets = setup.builder().header("x-app", "secret").header("cookie", "a=b").build().unwrap();
        let call = pets.get("7").options(|options| options.header("x-extra", "1").call_header("request_id", "r"));
        call.await.unwrap();
        // Nor does the way back bring them again.
        for sent in &setup.requests()[1..] {
            let names: Vec<_> = sent.headers().keys().map(|name| name.as_str()).collect();
            assert_eq!(names, ["accept", "user-agent"], "{location}");
        }
    }
}

#[tokio::test]
async fn keys_in_the_query_do_not_follow() {
    static KEYS: rt::ClientFacts =
        rt::ClientFacts::new("keys", "1").security(&[rt::SecurityScheme::query_key("k", "key")]);
    struct Keys(rt::Client);
    impl rt::ApiClient for Keys {
        type Error = ApiError;
        type Environment = rt::NoEnvironment;
        const FACTS: &'static rt::ClientFacts = &KEYS;
        fn from_client(client: rt::Client) -> Self {
            Self(client)
        }
    }
    let setup = Setup::answers([to(302, "https://other.example/x"), Answer::new(200)]);
    let keys: Keys =
        setup.bare().base_url("https://keys.example").credentials(rt::Credentials::api_key("hunter2")).build().unwrap();
    keys.0.request::<ApiError>("GET", "/x").await.unwrap();
    assert_eq!(setup.requests()[0].query(), "key=hunter2");
    assert_eq!(setup.requests()[1].uri().to_string(), "https://other.example/x");
}

#[tokio::test]
async fn writes_return_the_redirect() {
    for status in [301, 302, 303, 307, 308] {
        let setup = Setup::answers([to(status, "/elsewhere")]);
        let error = setup.pets().create("Rex").await.unwrap_err();
        assert_eq!((error.status(), setup.count()), (Some(status), 1));
    }
}

#[tokio::test]
async fn what_is_no_redirect_is_an_error() {
    let check = async |answer: Answer, status: u16| {
        let setup = Setup::answers([answer]);
        assert_eq!(setup.pets().get("7").await.unwrap_err().status(), Some(status));
        assert_eq!(setup.count(), 1);
    };
    check(Answer::new(302), 302).await;
    check(to(304, "/x"), 304).await;
    check(to(302, "ftp://other.example/"), 302).await;
    check(to(302, "javascript:alert(1)"), 302).await;
}

#[tokio::test]
async fn ten_are_enough() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| to(302, "/again"));
    // Nor are they asked for again, with whatever retries.
    let pets = setup.builder().read_retry(rt::RetryPolicy::new().attempts(3)).build().unwrap();
    let error = pets.get("7").await.unwrap_err();
    assert_eq!((error.message(), error.status(), setup.count()), ("more than 10 redirects", Some(302), 11));
}

/// Beside another success: declared as it is, and followed as if it were not.
mod beside {
    use super::*;

    const ANSWERS: &[rt::Answer] = &[
        rt::Answer::success(200),
        rt::Answer::error(rt::Status::Exact(302), 0),
        rt::Answer::error(rt::Status::Default, 0),
    ];
    static READ: rt::OperationFacts = rt::OperationFacts::new("pets.get", "GET", "/pets").answers(ANSWERS);
    static WRITE: rt::OperationFacts = rt::OperationFacts::new("pets.set", "POST", "/pets").answers(ANSWERS);

    enum Read {}
    impl rt::Operation for Read {
        type Output = rt::Json;
        const FACTS: &'static rt::OperationFacts = &READ;
        fn decode(reply: &rt::RawReply) -> Result<rt::Json, rt::DecodeError> {
            reply.json()
        }
    }

    #[tokio::test]
    async fn reads_follow() {
        let setup = Setup::answers([to(302, "/v2/pets"), Answer::json(200, "7")]);
        let call = rt::RawCall::new(&setup.pets().client, &READ);
        assert_eq!(rt::run::<Read, ApiError>(call).await.unwrap().as_text(), "7");
    }

    #[tokio::test]
    async fn writes_do_not() {
        let setup = Setup::answers([to(302, "/v2/pets")]);
        let mut call = rt::RawCall::new(&setup.pets().client, &WRITE);
        call.options().redirect(rt::RedirectPolicy::Follow);
        let error = rt::run::<Read, ApiError>(call).await.unwrap_err();
        assert_eq!((error.status(), setup.count()), (Some(302), 1));
    }

    #[tokio::test]
    async fn a_choice_makes_them_errors() {
        for policy in [rt::RedirectPolicy::Return, rt::RedirectPolicy::Refuse] {
            let setup = Setup::answers([to(302, "/v2/pets"), to(307, "/v2/pets")]);
            let mut call = rt::RawCall::new(&setup.pets().client, &READ);
            call.options().redirect(policy);
            let error = rt::run::<Read, ApiError>(call).await.unwrap_err();
            assert_eq!((error.status(), error.headers()["location"].to_str().unwrap()), (Some(302), "/v2/pets"));
            let pets = setup.builder().redirect(policy).build().unwrap();
            let error = pets.get("7").await.unwrap_err();
            assert_eq!((error.status(), setup.count()), (Some(307), 2));
        }
    }
}

/// The only success.
mod alone {
    use super::*;

    const ANSWERS: &[rt::Answer] = &[rt::Answer::success(302), rt::Answer::error(rt::Status::Default, 0)];
    static READ: rt::OperationFacts =
        rt::OperationFacts::new("logs.get", "GET", "/logs").security(&[&[rt::Need::new(0, &[])]]).answers(ANSWERS);
    static WRITE: rt::OperationFacts = rt::OperationFacts::new("logs.make", "POST", "/logs").answers(ANSWERS);

    enum Logs {}
    impl rt::Operation for Logs {
        type Output = rt::RedirectTarget;
        const FACTS: &'static rt::OperationFacts = &READ;
        fn decode(reply: &rt::RawReply) -> Result<rt::RedirectTarget, rt::DecodeError> {
            reply.redirect_target()
        }
    }

    const AWAY: &str = "https://storage.example/logs.zip?signature=hunter2";

    fn call(setup: &Setup, facts: &'static rt::OperationFacts, policy: Option<rt::RedirectPolicy>) -> rt::RawCall {
        let mut call = rt::RawCall::new(&setup.pets().client, facts);
        if let Some(policy) = policy {
            call.options().redirect(policy);
        }
        call
    }

    #[tokio::test]
    async fn awaited_it_is_the_location() {
        for facts in [&READ, &WRITE] {
            for (location, expected) in [(AWAY, AWAY), ("../x", "https://api.pets.example/x")] {
                let setup = Setup::answers([to(302, location)]);
                let target = rt::run::<Logs, ApiError>(call(&setup, facts, None)).await.unwrap();
                assert_eq!((target.url().as_str(), target.status(), setup.count()), (expected, 302, 1));
                assert!(!format!("{target:?}").contains("hunter2"));
            }
        }
        let setup = Setup::answers([Answer::new(302)]);
        let error = rt::run::<Logs, ApiError>(call(&setup, &READ, None)).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("location"), "{error}");
        let setup = Setup::answers([to(307, "/x")]);
        assert_eq!(rt::run::<Logs, ApiError>(call(&setup, &READ, None)).await.unwrap_err().status(), Some(307));
    }

    #[tokio::test]
    async fn streamed_it_is_followed_without_credentials() {
        let setup = Setup::answers([to(302, AWAY), to(301, "/2"), Answer::new(200).chunk("PK")]);
        let download = rt::download::<ApiError>(call(&setup, &READ, None), "*/*").await.unwrap();
        assert_eq!(download.bytes().await.unwrap(), "PK");
        let sent = setup.requests();
        assert_eq!(sent[0].header("authorization"), Some("Bearer token-1"));
        assert_eq!(sent[1].uri().to_string(), AWAY);
        for sent in &sent[1..] {
            let names: Vec<_> = sent.headers().keys().map(|name| name.as_str()).collect();
            assert_eq!(names, ["accept", "user-agent"]);
        }
        // What cannot be followed is no empty file.
        for answer in [Answer::new(302), to(302, "ftp://storage.example/")] {
            let setup = Setup::answers([answer]);
            let error = rt::download::<ApiError>(call(&setup, &READ, None), "*/*").await.unwrap_err();
            assert_eq!(error.status(), Some(302));
        }
    }

    #[tokio::test]
    async fn a_choice_goes_before() {
        let setup = Setup::answers([to(302, AWAY), Answer::new(200)]);
        let follow = call(&setup, &READ, Some(rt::RedirectPolicy::Follow));
        let target = rt::run::<Logs, ApiError>(follow).await.unwrap();
        assert_eq!((target.url().as_str(), target.status()), (AWAY, 200));
        let setup = Setup::answers([to(302, AWAY)]);
        let refused = call(&setup, &READ, Some(rt::RedirectPolicy::Refuse));
        assert_eq!(rt::run::<Logs, ApiError>(refused).await.unwrap_err().status(), Some(302));
        let setup = Setup::answers([to(302, AWAY)]);
        let returned = call(&setup, &READ, Some(rt::RedirectPolicy::Return));
        assert_eq!(rt::download::<ApiError>(returned, "*/*").await.unwrap().status(), 302);
        assert_eq!(setup.count(), 1);
    }
}

#[tokio::test]
async fn requests_of_ones_own_choose_too() {
    let setup = Setup::answers([to(303, "/x"), to(303, "/x"), to(303, "/x")]);
    let request = |method, policy| setup.pets().client.request::<ApiError>(method, "/a").redirect(policy);
    for method in ["GET", "POST"] {
        let reply = request(method, rt::RedirectPolicy::Return).await.unwrap();
        assert_eq!(reply.redirect_target().unwrap().url(), "https://api.pets.example/x");
    }
    assert_eq!(request("GET", rt::RedirectPolicy::Refuse).await.unwrap_err().status(), Some(303));
    assert_eq!(setup.count(), 3);
}
