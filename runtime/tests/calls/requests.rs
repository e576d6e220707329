//! What goes out, and what comes of the answer.

use std::error::Error as _;

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{Credentials, ErrorKind, Json};

use crate::common::{ApiError, Call, CreatePet, ListPets, Pets, Setup};

#[tokio::test]
async fn request_line_headers_and_body() {
    let setup = Setup::answers([Answer::json(201, r#"{"id":"7"}"#)]);
    let pets = setup.builder().header("x-app", "shop").user_agent_suffix(" shop/2 ").build().unwrap();
    let call = pets.create("Rex").options(|options| {
        options.header("X-Extra", "1").header("x-extra", "2").call_header("request_id", "r-1").idempotency_key("k-1");
        options.query("dry run", "a&b").member("nick", Json::from("R"))
    });
    let reply = call.with_response().await.unwrap();
    assert_eq!((reply.status(), reply.into_inner().unwrap().as_text()), (201, r#"{"id":"7"}"#));
    let sent = &setup.requests()[0];
    assert_eq!(sent.method(), "POST");
    assert_eq!(sent.uri().to_string(), "https://api.pets.example/pets?dry%20run=a%26b");
    assert_eq!(sent.text(), r#"{"name":"Rex","nick":"R"}"#);
    for (name, value) in [
        ("accept", "application/json"),
        ("authorization", "Bearer token-1"),
        ("content-type", "application/json"),
        ("idempotency-key", "k-1"),
        ("user-agent", "pets/1.2.3 shop/2"),
        ("x-app", "shop"),
        ("x-pets-sdk", "rust"),
        ("x-request-id", "r-1"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
    assert_eq!(sent.headers().get_all("x-extra").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(sent.headers().len(), 10);
}

#[tokio::test]
async fn a_call_overrides_default_headers_and_values_are_encoded() {
    let setup = Setup::answers([Answer::json(200, "{}"), Answer::json(200, "{}")]);
    let pets = setup.builder().header("x-app", "shop").build().unwrap();
    pets.get("a/b ü").options(|options| options.header("x-app", "till")).await.unwrap();
    pets.list().parameter(1, &20).parameter(0, &0).await.unwrap();
    let sent = setup.requests();
    assert_eq!(sent[0].path(), "/pets/a%2Fb%20%C3%BC");
    assert_eq!(sent[0].header("x-app"), Some("till"));
    assert_eq!(sent[0].header("content-type"), None);
    assert_eq!(sent[1].query(), "page=0&size=20");
}

#[tokio::test]
async fn faults_are_told_before_anything_is_sent() {
    let setup = Setup::new();
    let pets = setup.pets();
    let check = async |call: Call<ListPets>, expected: &str| {
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), error.message(), error.status()), (ErrorKind::Validation, expected, None));
        assert_eq!(error.operation(), Some("pets.list"));
        assert!(error.is_validation() && !error.is_api());
    };
    let header = |name: &'static str, value: &'static str| pets.list().options(|options| options.header(name, value));
    check(pets.list().parameter(0, &-1), "page must be 0 or more.").await;
    // A number that cannot be written takes its place in the order of the parameters, and may be set anew.
    check(pets.list().parameter(1, &f64::NAN).parameter(0, &-1), "page must be 0 or more.").await;
    check(pets.list().parameter(1, &f64::NAN), "must be a finite number.").await;
    check(pets.list().parameter(1, &f64::NAN).parameter(1, &2).parameter(0, &-1), "page must be 0 or more.").await;
    check(header(" Authorization ", "x"), "call headers cannot override 'authorization': use `credentials` instead")
        .await;
    check(header("X-Request-Id", "x"), "call headers cannot override 'x-request-id': use `request_id` instead").await;
    check(header("content-type", "x"), "call headers cannot override reserved header 'content-type'").await;
    check(header("x-pets-sdk", "x"), "call headers cannot override reserved header 'x-pets-sdk'").await;
    check(header("x y", "x"), "'x y' is not a header's name").await;
    check(header("x-a", "x\ny"), "the value of header 'x-a' has characters that a header cannot hold").await;
    check(pets.list().options(|o| o.member("a", Json::null())), "this operation takes no body").await;
    check(pets.list().options(|o| o.call_header("no", "1")), "this API declares no header for `no`").await;
    check(pets.list().options(|o| o.timeout(std::time::Duration::ZERO)), "a timeout must be longer than zero").await;
    check(pets.list().parameter(1, &f64::NAN), pets.list().parameter(1, &f64::NAN).await.unwrap_err().message()).await;
    let error = pets.create(" ").await.unwrap_err();
    assert_eq!(error.to_string(), "pets.create: name must be a non-empty string.");
    let error = pets.get("..").await.unwrap_err();
    assert_eq!(error.to_string(), "pets.get: id must not be `.` or `..`, because it is a part of the path.");
    let error = Call::<crate::common::GetPet>::new(&pets.client).await.unwrap_err();
    assert_eq!(error.to_string(), "pets.get: id is missing");
    assert_eq!(setup.count(), 0);
}

#[tokio::test]
async fn refusals_tell_all_they_know() {
    let body = r#"{"error_code":"taken","message":"Name is\ntaken.","errors":[{"at":"name"}]}"#;
    let answer = Answer::json(409, body).header("request-id", "req-9").header("x-request-id", " ");
    let setup = Setup::answers([answer.header("traceparent", "00-a-b-01").header("retry-after", "1.5")]);
    let error = setup.pets().create("Rex").await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.code()), (ErrorKind::Api, Some(409), Some("taken".to_owned())));
    assert_eq!(
        (error.message(), error.request_id(), error.trace_id()),
        ("Name is\ntaken.", Some("req-9"), Some("00-a-b-01"))
    );
    assert_eq!(error.retry_after().unwrap().as_millis(), 1500);
    assert_eq!(error.body(), Some(&ApiError::Problem("Name is\ntaken.".to_owned())));
    assert_eq!(error.details().map(Json::as_text), Some(r#"[{"at":"name"}]"#));
    assert_eq!(error.text(), body);
    assert!(error.is_conflict() && error.is_api() && !error.is_network());
    assert_eq!(error.to_string(), "pets.create: 409 taken Name is taken. (request req-9)");
    assert!(error.source().is_none());
}

#[tokio::test]
async fn messages_of_other_refusals() {
    let check = async |status: u16, body: &str, message: &str| {
        let setup = Setup::answers([Answer::new(status).chunk(body.to_owned())]);
        let error = setup.pets().get("7").await.unwrap_err();
        assert_eq!((error.status(), error.message(), error.text().as_str()), (Some(status), message, body));
        error
    };
    check(404, "", "Not Found").await;
    check(500, "<html>", "Internal Server Error").await;
    check(400, r#"{"message":7,"error_code":null}"#, "Bad Request").await;
    check(599, "", "pets API request failed with status 599").await;
    assert!(check(400, "", "Bad Request").await.is_validation());
    assert!(check(401, "", "Unauthorized").await.is_authentication());
    assert!(check(403, "", "Forbidden").await.is_authorization());
    assert!(check(404, "", "Not Found").await.is_not_found());
    assert!(check(502, "", "Bad Gateway").await.is_server_error());
    assert_eq!(check(500, "<html>", "Internal Server Error").await.body(), None);
}

#[tokio::test]
async fn answers_that_cannot_be_read() {
    let setup = Setup::answers([Answer::json(200, r#"{"a":[1,}"#).header("x-request-id", "r")]);
    let error = setup.pets().get("7").await.unwrap_err();
    assert!(error.is_decode() && error.json_path().is_some(), "{error}");
    assert_eq!((error.status(), error.request_id(), error.operation()), (Some(200), Some("r"), Some("pets.get")));
    assert_eq!(error.text(), r#"{"a":[1,}"#);
    assert!(error.source().is_some());
    let setup = Setup::answers([Answer::new(204)]);
    assert_eq!(setup.pets().create("Rex").await.unwrap(), None);
}

#[tokio::test]
async fn network_faults() {
    let check = async |fault: TransportFault, kind: ErrorKind| {
        let setup = Setup::answers([Answer::fault(fault)]);
        let error = setup.pets().get("7").await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, None));
        assert_eq!(error.is_network(), kind != ErrorKind::Configuration);
    };
    check(TransportFault::Connect, ErrorKind::Connect).await;
    check(TransportFault::Broken, ErrorKind::Network).await;
    check(TransportFault::Timeout, ErrorKind::Timeout).await;
    check(TransportFault::Refused, ErrorKind::Configuration).await;
}

#[tokio::test]
async fn raw_requests_keep_what_the_client_has() {
    let setup = Setup::answers([Answer::json(200, r#"{"a":1}"#), Answer::new(200), Answer::json(404, "{}")]);
    let pets = setup.pets();
    let request = |method: &str, path: &str| pets.client.request::<ApiError>(method, path);
    let reply = request("post", "/new").query("a", "b c").header("x-a", "1").json(&Json::from(7)).await.unwrap();
    assert_eq!(reply.json::<Json>().unwrap().as_text(), r#"{"a":1}"#);
    let sent = &setup.requests()[0];
    assert_eq!((sent.method(), sent.uri().to_string().as_str()), ("POST", "https://api.pets.example/new?a=b%20c"));
    assert_eq!((sent.header("authorization"), sent.header("x-pets-sdk")), (Some("Bearer token-1"), Some("rust")));
    assert_eq!((sent.header("content-type"), sent.text().as_str()), (Some("application/json"), "7"));
    request("GET", "health").anonymous().await.unwrap();
    assert_eq!(setup.requests()[1].header("authorization"), None);
    assert_eq!(setup.requests()[1].path(), "/health");
    assert!(request("GET", "/x").await.unwrap_err().is_not_found());
    for path in ["https://evil.example/", "//evil.example/", "/a?b=c", "/a#b", "ftp://evil.example/", "/../a", "a/%2E."]
    {
        assert!(request("GET", path).await.unwrap_err().is_validation(), "{path}");
    }
    assert!(request("GE T", "/x").await.unwrap_err().is_validation());
}

#[tokio::test]
async fn a_whole_url_gets_nothing_of_the_clients() {
    let setup = Setup::answers([Answer::new(200), Answer::new(307).header("location", "https://api.pets.example/")]);
    let pets = setup.pets();
    let url = "https://files.example/put?signature=s3cret";
    let put = || pets.client.request::<ApiError>("PUT", url).anonymous().header("content-type", "image/png");
    put().bytes("application/octet-stream", "bytes").header("x-meta", "1").await.unwrap();
    let sent = &setup.requests()[0];
    assert_eq!((sent.method(), sent.uri().to_string().as_str()), ("PUT", url));
    assert_eq!((sent.header("content-type"), sent.header("x-meta")), (Some("image/png"), Some("1")));
    assert_eq!(sent.headers().len(), 2, "{:?}", sent.headers());
    assert_eq!(sent.text(), "bytes");

    let error = put().await.unwrap_err();
    assert_eq!(error.status(), Some(307), "a write is not redirected");
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    let refused = pets.client.request::<ApiError>("PUT", url).await.unwrap_err();
    assert_eq!(refused.message(), "a whole URL is sent without credentials only: add `.anonymous()`");
    assert!(pets.client.request::<ApiError>("GET", "https://files.example/#a").anonymous().await.is_err());
}

#[tokio::test]
async fn bearer_sources_are_asked_every_time() {
    let count = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let next = {
        let count = std::sync::Arc::clone(&count);
        move || count.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
    };
    let lazy = Credentials::bearer_source({
        let next = next.clone();
        move || format!(" bearer  t-{} ", next())
    });
    let future = Credentials::bearer_source_async(move || {
        let n = next();
        async move { Ok::<_, std::fmt::Error>(format!("t-{n}")) }
    });
    for credentials in [lazy, future] {
        let setup = Setup::answers([Answer::new(503), Answer::json(200, "{}"), Answer::json(200, "{}")]);
        let pets = setup.bare::<Pets>().credentials(credentials);
        let pets = pets.read_retry(rt::RetryPolicy::new()).build().unwrap();
        let first = count.load(std::sync::atomic::Ordering::Relaxed);
        pets.get("7").await.unwrap();
        pets.get("7").await.unwrap();
        for (at, request) in (first..).zip(setup.requests()) {
            assert_eq!(request.header("authorization"), Some(format!("Bearer t-{at}").as_str()));
        }
    }
}

#[tokio::test]
async fn credentials_that_give_nothing() {
    let check = async |credentials: Credentials, expected: &str| {
        let setup = Setup::new();
        let error = setup.bare::<Pets>().credentials(credentials).build().unwrap().get("7").await.unwrap_err();
        assert_eq!((error.kind(), error.message(), setup.count()), (ErrorKind::Configuration, expected, 0));
        error
    };
    check(Credentials::bearer_source(|| "Bearer "), "the bearer token is empty").await;
    check(Credentials::bearer_source(|| "a\nb"), "a credential has characters that a header cannot hold").await;
    let failed = Credentials::bearer_source_async(|| async { Err::<String, _>("vault is sealed") });
    let error = check(failed, "the source of the bearer token failed").await;
    assert_eq!(error.source().unwrap().to_string(), "vault is sealed");
    let setup = Setup::new();
    let error = setup.bare::<Pets>().build().unwrap().get("7").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "pets.get: pets.get needs credentials for `petsAuth` (client credentials or a bearer token) with scope `pets:read`: \
         none that fit were given to the client"
    );
}

/// Keys in all places, and schemes that are needed together.
#[tokio::test]
async fn keys_in_header_query_and_cookie() {
    static KEYS: rt::ClientFacts = rt::ClientFacts::new("keys", "1").security(&[
        rt::SecurityScheme::header_key("header", "X-Api-Key"),
        rt::SecurityScheme::query_key("query", "api key"),
        rt::SecurityScheme::cookie_key("cookie", "session"),
        rt::SecurityScheme::basic("basic"),
    ]);
    struct Keys(rt::Client);
    impl rt::ApiClient for Keys {
        type Error = ApiError;
        type Environment = rt::NoEnvironment;
        const FACTS: &'static rt::ClientFacts = &KEYS;
        fn from_client(client: rt::Client) -> Self {
            Self(client)
        }
    }
    static ALL: &[rt::Need] =
        &[rt::Need::new(0, &[]), rt::Need::new(1, &[]), rt::Need::new(2, &[]), rt::Need::new(3, &[])];
    static FACTS: rt::OperationFacts = rt::OperationFacts::new("all", "GET", "/all")
        .parameters(&[rt::Parameter::query("q"), rt::Parameter::cookie("theme"), rt::Parameter::header("X-Mode")])
        .security(&[ALL]);
    let setup = Setup::answers([Answer::new(204)]);
    let keys = setup.bare::<Keys>().base_url("http://keys.example/v1/");
    let keys =
        keys.credentials(Credentials::api_key("k y")).credentials(Credentials::basic("me", "p:w")).build().unwrap();
    let mut call = rt::RawCall::new(&keys.0, &FACTS);
    call.parameter(0, &"x y").parameter(1, &"dark").parameter(2, &"fast");
    rt::run::<Nothing, ApiError>(call).await.unwrap();
    let sent = &setup.requests()[0];
    assert_eq!(sent.uri().to_string(), "http://keys.example/v1/all?q=x%20y&api%20key=k%20y");
    assert_eq!(sent.header("x-api-key"), Some("k y"));
    assert_eq!(sent.header("cookie"), Some("theme=dark; session=k y"));
    assert_eq!(sent.header("authorization"), Some("Basic bWU6cDp3"));
    assert_eq!(sent.header("x-mode"), Some("fast"));
    // What would be read as something else is told, and not shown.
    for (key, user, password, expected) in [
        ("k;admin=1", "me", "p", "the API key has a `;`, which would end its cookie"),
        ("k", "m:e", "p", "a user or a client id with a colon, or control characters, cannot be sent"),
        ("k", "me", "p\n", "a user or a client id with a colon, or control characters, cannot be sent"),
    ] {
        let keys = setup.bare::<Keys>().base_url("http://keys.example").credentials(Credentials::api_key(key));
        let keys = keys.credentials(Credentials::basic(user, password)).build().unwrap();
        let error = rt::run::<Nothing, ApiError>(rt::RawCall::new(&keys.0, &FACTS)).await.unwrap_err();
        assert_eq!((error.kind(), error.message(), setup.count()), (ErrorKind::Configuration, expected, 1));
    }

    enum Nothing {}
    impl rt::Operation for Nothing {
        type Output = ();
        const FACTS: &'static rt::OperationFacts = &FACTS;
        fn decode(reply: &rt::RawReply) -> Result<(), rt::DecodeError> {
            reply.empty()
        }
    }
}

#[test]
fn a_call_does_nothing_before_it_is_polled() {
    let setup = Setup::new();
    drop(setup.pets().create("Rex").into_future());
    let _unused: Call<CreatePet> = setup.pets().create("Rex");
    assert_eq!(setup.count(), 0);
}
