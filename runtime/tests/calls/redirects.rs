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
