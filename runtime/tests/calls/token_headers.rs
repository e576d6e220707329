//! What a token request carries: what the document declares, who asks, and ids to find it by. Never what belongs to a call or
//! to the application's other requests.

use crate::common::{ApiError, Call, GetPet, Setup, token};
use typewright_runtime::Credentials;
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, Recorded};

/// A client whose tokens come from below its base URL, one whose tokens come from elsewhere, and one with a session.
macro_rules! client {
    ($name:ident, $facts:ident, $token:expr) => {
        #[derive(Debug)]
        struct $name {
            client: rt::Client,
        }

        static $facts: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
            .environments(&[("live", "https://shop.example/api")], "live")
            .headers(&[("x-shop-sdk", "rust")])
            .call_headers(&[("request_id", "x-request-id"), ("trace_id", "x-trace-id")])
            .idempotency(rt::IdempotencyFacts::new("idempotency-key").methods(&["POST"]).value("{uuid}"))
            .security(&[rt::SecurityScheme::client_credentials("auth", $token)]);

        impl rt::ApiClient for $name {
            type Error = ApiError;
            type Environment = rt::NoEnvironment;
            const FACTS: &'static rt::ClientFacts = &$facts;
            fn from_client(client: rt::Client) -> Self {
                Self { client }
            }
        }

        impl $name {
            fn call<Op: rt::Operation>(&self) -> Call<Op> {
                Call::new(&self.client)
            }
        }
    };
}

client!(Near, NEAR, rt::TokenFacts::new("/auth/token"));
client!(Far, FAR, rt::TokenFacts::new("https://login.example/token"));
client!(Staff, STAFF, rt::TokenFacts::new("/auth/refresh").access_token(&["/token"]).session("sid"));

const NEEDED: &[&[rt::Need]] = &[&[rt::Need::new(0, &[])]];

macro_rules! operation {
    ($name:ident, $facts:expr) => {
        #[derive(Debug)]
        enum $name {}
        impl rt::Operation for $name {
            type Output = Option<rt::Json>;
            const FACTS: &'static rt::OperationFacts = {
                static FACTS: rt::OperationFacts = $facts;
                &FACTS
            };
            fn decode(reply: &rt::RawReply) -> Result<Self::Output, rt::DecodeError> {
                reply.optional_json()
            }
        }
    };
}

operation!(Order, rt::OperationFacts::new("orders.create", "POST", "/orders").security(NEEDED));
operation!(Login, rt::OperationFacts::new("auth.login", "POST", "/auth/login").session(rt::SessionRole::Opens));
operation!(Logout, rt::OperationFacts::new("auth.logout", "POST", "/auth/logout").session(rt::SessionRole::Closes));
operation!(
    LoginElsewhere,
    rt::OperationFacts::new("auth.login", "POST", "/login")
        .base_url("https://login.example")
        .session(rt::SessionRole::Opens)
);

/// The names of a request's headers, in order.
fn names(request: &Recorded) -> Vec<&str> {
    let mut names: Vec<&str> = request.headers().keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    names
}

/// A builder whose application sends a cookie, an end user's token and a gateway's key with every call, and the key with token
/// requests too.
fn builder<C: rt::ApiClient>(setup: &Setup) -> rt::Builder<C> {
    let builder = setup.bare().header("cookie", "sid=end-user").header("x-end-user", "token");
    builder.header("x-gateway-key", "key").token_header("x-gateway-key", "key")
}

fn write(call: Call<Order>) -> Call<Order> {
    call.options(|options| {
        options.call_header("request_id", "r-1").call_header("trace_id", "t-1").idempotency_key("order-1");
        options.header("x-extra", "1").header("cookie", "more=1")
    })
}

#[tokio::test]
async fn a_token_request_has_its_own_headers() {
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let shop: Near = builder(&setup).credentials(Credentials::client_credentials("id", "secret")).build().unwrap();
    write(shop.call()).await.unwrap();
    let requests = setup.requests();
    let asked = &requests[0];
    let own = ["accept", "authorization", "content-type", "user-agent", "x-gateway-key", "x-request-id"];
    assert_eq!(names(asked), [own.as_slice(), &["x-shop-sdk", "x-trace-id"]].concat());
    assert_eq!((asked.header("x-request-id"), asked.header("x-trace-id")), (Some("r-1"), Some("t-1")));
    assert!(asked.header("authorization").unwrap().starts_with("Basic "));
    // The call has all of them.
    for name in ["cookie", "idempotency-key", "x-end-user", "x-extra", "x-gateway-key", "x-request-id", "x-shop-sdk"] {
        assert!(requests[1].header(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn another_origin_gets_none_of_the_applications_headers() {
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let shop: Far = builder(&setup).credentials(Credentials::client_credentials("id", "secret")).build().unwrap();
    write(shop.call()).await.unwrap();
    let requests = setup.requests();
    assert_eq!(requests[0].uri().host(), Some("login.example"));
    let own = ["accept", "authorization", "content-type", "user-agent", "x-request-id", "x-shop-sdk", "x-trace-id"];
    assert_eq!(names(&requests[0]), own);
}

#[tokio::test]
async fn a_key_that_the_runtime_made_stays_with_its_write() {
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let credentials = Credentials::client_credentials("id", "secret");
    let shop: Near = setup.bare().credentials(credentials).build().unwrap();
    shop.call::<Order>().await.unwrap();
    let requests = setup.requests();
    assert_eq!(requests[0].header("idempotency-key"), None);
    assert!(requests[1].header("idempotency-key").is_some());
}

#[tokio::test]
async fn an_id_that_is_the_key_is_no_id() {
    #[derive(Debug)]
    struct Odd(rt::Client);
    static ODD: rt::ClientFacts = rt::ClientFacts::new("odd", "1")
        .environments(&[("live", "https://odd.example")], "live")
        .call_headers(&[("request_id", "x-request-id"), ("trace_id", "x-trace-id")])
        .idempotency(rt::IdempotencyFacts::new("X-Request-Id").methods(&["POST"]))
        .security(&[rt::SecurityScheme::client_credentials("auth", rt::TokenFacts::new("/token"))]);
    impl rt::ApiClient for Odd {
        type Error = ApiError;
        type Environment = rt::NoEnvironment;
        const FACTS: &'static rt::ClientFacts = &ODD;
        fn from_client(client: rt::Client) -> Self {
            Self(client)
        }
    }
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let odd: Odd = setup.bare().credentials(Credentials::client_credentials("id", "secret")).build().unwrap();
    let call = Call::<Order>::new(&odd.0);
    call.options(|options| options.call_header("request_id", "r-1").call_header("trace_id", "t-1")).await.unwrap();
    let requests = setup.requests();
    assert_eq!((requests[0].header("x-request-id"), requests[0].header("x-trace-id")), (None, Some("t-1")));
    assert_eq!(requests[1].header("x-request-id"), Some("r-1"));
}

#[tokio::test]
async fn sessions_have_the_headers_of_token_requests() {
    let opened = || {
        let answer = Answer::json(200, r#"{"token":"t"}"#);
        answer.header("set-cookie", "sid=s-1; Path=/")
    };
    let setup = Setup::new();
    setup.transport.otherwise(move |request| match request.path() {
        "/api/auth/login" | "/api/auth/refresh" | "/login" => opened(),
        "/api/orders" if setup_is_first(request) => Answer::json(401, "{}"),
        _ => Answer::new(204),
    });
    let staff: Staff = builder(&setup).credentials(Credentials::session()).build().unwrap();
    staff.call::<Login>().options(|options| options.header("x-captcha", "7")).await.unwrap();
    // The token is refused, so it is renewed.
    write(staff.call()).await.unwrap_err();
    staff.call::<Logout>().await.unwrap();
    staff.call::<LoginElsewhere>().await.unwrap();
    let requests = setup.requests();
    let paths: Vec<&str> = requests.iter().map(Recorded::path).collect();
    assert_eq!(
        paths,
        ["/api/auth/login", "/api/orders", "/api/auth/refresh", "/api/orders", "/api/auth/logout", "/login"]
    );
    for (at, cookie, gateway) in
        [(0, None, Some("key")), (2, Some("sid=s-1"), Some("key")), (4, Some("sid=s-1"), Some("key")), (5, None, None)]
    {
        let request = &requests[at];
        assert_eq!(request.header("cookie"), cookie, "{}", request.path());
        assert_eq!(request.header("x-gateway-key"), gateway, "{}", request.path());
        assert_eq!((request.header("x-end-user"), request.header("x-extra")), (None, None), "{}", request.path());
    }
    // What a call of the application's sets is its own affair.
    assert_eq!(requests[0].header("x-captcha"), Some("7"));
    assert_eq!((requests[2].header("idempotency-key"), requests[2].header("x-request-id")), (None, Some("r-1")));
}

/// Orders are refused as long as they have the session's token, whatever it is.
fn setup_is_first(request: &Recorded) -> bool {
    request.header("authorization") == Some("Bearer t")
}

#[test]
fn headers_that_are_not_the_applications_are_refused() {
    let check = |name: &str, expected: &str| {
        let setup = Setup::new();
        let error = setup.bare::<Near>().token_header(name, "1").build().unwrap_err();
        assert_eq!(error.message(), expected);
    };
    check("authorization", "token headers cannot override 'authorization': use `credentials` instead");
    check("x-shop-sdk", "token headers cannot override reserved header 'x-shop-sdk'");
}

#[tokio::test]
async fn a_read_sends_its_ids_too() {
    let setup = Setup::answers([token("t", 3600), Answer::json(200, "{}")]);
    let shop: Near = setup.bare().credentials(Credentials::client_credentials("id", "secret")).build().unwrap();
    let call = Call::<GetPet>::new(&shop.client).parameter(0, &"7");
    call.options(|options| options.call_header("request_id", "r-2")).await.unwrap();
    assert_eq!(setup.requests()[0].header("x-request-id"), Some("r-2"));
}
