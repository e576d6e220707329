//! Sessions: logging in and out, the cookie that renews the token, and what happens after a 401.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{ApiError, Call, Setup, ms};
use typewright_runtime::Credentials;
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, Recorded};

#[derive(Clone, Debug)]
struct Shop {
    client: rt::Client,
}

static SHOP: rt::ClientFacts = rt::ClientFacts::new("shop", "1")
    .environments(&[("live", "https://shop.example/api")], "live")
    .retry_write(rt::RetryFacts::never())
    .retry_read(rt::RetryFacts::never())
    .security(&[
        rt::SecurityScheme::client_credentials(
            "staff",
            rt::TokenFacts::new("/auth/refresh").access_token(&["/token"]).session("sid").operation("auth.refresh"),
        ),
        rt::SecurityScheme::header_key("key", "x-key"),
    ])
    .keep_unauthorized(&["/auth/"]);

impl rt::ApiClient for Shop {
    type Error = ApiError;
    type Environment = rt::NoEnvironment;
    const FACTS: &'static rt::ClientFacts = &SHOP;
    fn from_client(client: rt::Client) -> Self {
        Self { client }
    }
}

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

const EITHER: &[&[rt::Need]] =
    &[&[rt::Need::new(1, &[]), rt::Need::new(0, &[])], &[rt::Need::new(1, &[])], &[rt::Need::new(0, &[])]];
operation!(Login, rt::OperationFacts::new("auth.login", "POST", "/auth/login").session(rt::SessionRole::Opens));
operation!(Refresh, rt::OperationFacts::new("auth.refresh", "POST", "/auth/refresh").session(rt::SessionRole::Renews));
operation!(Logout, rt::OperationFacts::new("auth.logout", "POST", "/auth/logout").session(rt::SessionRole::Closes));
operation!(Get, rt::OperationFacts::new("orders.get", "GET", "/orders").security(EITHER));
operation!(Create, rt::OperationFacts::new("orders.create", "POST", "/orders").security(EITHER));
operation!(Me, rt::OperationFacts::new("auth.me", "GET", "/auth/me").security(EITHER));

operation!(
    LogoutAnybody,
    rt::OperationFacts::new("auth.logout", "POST", "/auth/logout").session(rt::SessionRole::Closes).security(EITHER)
);

impl Shop {
    fn call<Op: rt::Operation>(&self) -> Call<Op> {
        Call::new(&self.client)
    }
}

fn opened(token: &str, cookie: &str) -> Answer {
    let answer = Answer::json(200, format!(r#"{{"token":"{token}","user":{{"id":1}}}}"#));
    answer.header(
        "set-cookie",
        &format!("sid={cookie}; Path=/api/auth; HttpOnly; Secure; SameSite=None; Max-Age=2592000"),
    )
}

/// A server that takes the newest token only, and counts what it is asked.
fn server(setup: &Setup) -> Arc<AtomicUsize> {
    let refreshes = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&refreshes);
    setup.transport.otherwise(move |request| {
        let n = count.load(Ordering::SeqCst);
        match request.path() {
            "/api/auth/login" => opened("secret-t0", "secret-c0"),
            "/api/auth/refresh" if request.header("cookie") == Some(&format!("sid=secret-c{n}")) => {
                count.store(n + 1, Ordering::SeqCst);
                opened(&format!("secret-t{}", n + 1), &format!("secret-c{}", n + 1)).delayed(ms(5))
            }
            "/api/auth/logout" => Answer::new(204),
            "/api/orders" if request.header("authorization") == Some("Bearer secret-t1") => Answer::json(200, "{}"),
            _ => Answer::json(401, r#"{"error_code":"authentication_required"}"#),
        }
    });
    refreshes
}

fn shop(setup: &Setup) -> Shop {
    setup.bare().credentials(Credentials::session()).build().unwrap()
}

fn cookies(requests: &[Recorded]) -> Vec<(&str, Option<&str>)> {
    requests.iter().map(|request| (request.path(), request.header("cookie"))).collect()
}

#[tokio::test]
async fn a_session_is_opened_renewed_and_closed() {
    let setup = Setup::new();
    server(&setup);
    let shop = shop(&setup);
    let closed = shop.call::<Get>().await.unwrap_err();
    assert!(closed.to_string().contains("log in with this client first"), "{closed}");
    assert_eq!(setup.count(), 0);
    shop.call::<Login>().await.unwrap();
    // The first token is refused, the second one is taken; a write is sent again too, since it was not executed.
    shop.call::<Create>().await.unwrap();
    shop.call::<Get>().await.unwrap();
    shop.call::<Logout>().await.unwrap();
    assert!(shop.call::<Get>().await.unwrap_err().to_string().contains("nobody is logged in"));
    let expected = [
        ("/api/auth/login", None),
        ("/api/orders", None),
        ("/api/auth/refresh", Some("sid=secret-c0")),
        ("/api/orders", None),
        ("/api/orders", None),
        ("/api/auth/logout", Some("sid=secret-c1")),
    ];
    assert_eq!(cookies(&setup.requests()), expected);
    assert_eq!(setup.requests()[2].text(), "");
    assert_eq!(setup.requests()[2].header("content-type"), None);
    // Nothing of it shows.
    shop.client.events().flush();
    let shown = format!("{shop:?} {:?}", setup.events.lock().unwrap());
    assert!(!shown.contains("secret-"), "{shown}");
}

#[tokio::test]
async fn a_thousand_callers_renew_a_token_once() {
    let setup = Setup::new();
    let refreshes = server(&setup);
    let shop = shop(&setup);
    shop.call::<Login>().await.unwrap();
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(shop.call::<Get>().with_response())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().status(), 200);
    }
    assert_eq!(refreshes.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_refused_renewal_ends_the_session() {
    let setup = Setup::answers([opened("t", "c"), Answer::new(401), Answer::new(401)]);
    let shop = shop(&setup);
    shop.call::<Login>().await.unwrap();
    let error = shop.call::<Get>().await.unwrap_err();
    assert_eq!((error.status(), error.operation()), (Some(401), Some("auth.refresh")));
    assert!(shop.call::<Get>().await.unwrap_err().to_string().contains("nobody is logged in"));
    assert_eq!(setup.count(), 3);
}

#[tokio::test]
async fn the_public_renewal_uses_and_keeps_the_cookie() {
    let setup = Setup::new();
    server(&setup);
    let shop = shop(&setup);
    shop.call::<Login>().await.unwrap();
    shop.call::<Refresh>().await.unwrap();
    shop.call::<Get>().await.unwrap();
    let expected = [("/api/auth/login", None), ("/api/auth/refresh", Some("sid=secret-c0")), ("/api/orders", None)];
    assert_eq!(cookies(&setup.requests()), expected);
}

#[tokio::test]
async fn a_call_with_its_own_credentials_leaves_the_session_alone() {
    let setup = Setup::new();
    server(&setup);
    let shop = shop(&setup);
    shop.call::<Login>().await.unwrap();
    let other = Credentials::api_key("somebody-else");
    shop.call::<LogoutAnybody>().options(|options| options.credentials(other)).await.unwrap();
    shop.call::<Get>().await.unwrap();
    let expected = [
        ("/api/auth/login", None),
        ("/api/auth/logout", None),
        ("/api/orders", None),
        ("/api/auth/refresh", Some("sid=secret-c0")),
        ("/api/orders", None),
    ];
    assert_eq!(cookies(&setup.requests()), expected);
}

#[tokio::test]
async fn cookies_of_hooks_go_beside_the_cookie_of_the_session() {
    let setup = Setup::new();
    setup.transport.otherwise(|request| match request.path() {
        "/api/auth/login" | "/api/auth/refresh" => opened("secret-t0", "secret-c0"),
        _ => Answer::json(200, "{}"),
    });
    let builder = setup.bare::<Shop>().credentials(Credentials::session());
    let builder = builder.on_request(|request| {
        request.header("cookie", "lb=1");
    });
    let shop = builder.build().unwrap();
    shop.call::<Login>().await.unwrap();
    shop.call::<Refresh>().await.unwrap();
    assert_eq!(setup.requests()[1].header("cookie"), Some("lb=1; sid=secret-c0"));
}

#[tokio::test]
async fn on_paths_of_the_session_a_401_is_the_answer() {
    let setup = Setup::new();
    let refreshes = server(&setup);
    let hook = Arc::new(AtomicUsize::new(0));
    let shop: Shop = {
        let hook = Arc::clone(&hook);
        let builder = setup.bare().credentials(Credentials::session());
        let builder = builder.on_unauthorized(move || {
            hook.fetch_add(1, Ordering::SeqCst);
            std::future::ready(true)
        });
        builder.build().unwrap()
    };
    shop.call::<Login>().await.unwrap();
    assert_eq!(shop.call::<Me>().await.unwrap_err().status(), Some(401));
    assert_eq!((refreshes.load(Ordering::SeqCst), hook.load(Ordering::SeqCst), setup.count()), (0, 0, 2));
}

#[tokio::test]
async fn keys_and_sessions_are_sent_as_the_document_says() {
    let setup = Setup::new();
    setup.transport.otherwise(|request| match request.path() {
        "/api/auth/login" => opened("t", "c"),
        _ => Answer::json(200, "{}"),
    });
    let both = setup.bare().credentials(Credentials::session()).credentials(Credentials::api_key("k"));
    let shop: Shop = both.build().unwrap();
    // Nobody is logged in: the key alone is an alternative.
    shop.call::<Get>().await.unwrap();
    shop.call::<Login>().await.unwrap();
    shop.call::<Get>().await.unwrap();
    let sent = setup.requests();
    let credentials = |at: usize| (sent[at].header("x-key"), sent[at].header("authorization"));
    assert_eq!(credentials(0), (Some("k"), None));
    assert_eq!(credentials(1), (None, None));
    assert_eq!(credentials(2), (Some("k"), Some("Bearer t")));
    // A token that somebody brings fits the scheme too.
    let given: Shop = setup.bare().credentials(Credentials::bearer("mine")).build().unwrap();
    given.call::<Get>().await.unwrap();
    assert_eq!(setup.requests()[3].header("authorization"), Some("Bearer mine"));
}

#[tokio::test]
async fn the_application_is_asked_once_about_a_401() {
    let asked = Arc::new(AtomicUsize::new(0));
    let check = async |answer: bool, statuses: &[u16], expected: Option<u16>, sent: usize| {
        let setup = Setup::answers(statuses.iter().map(|status| Answer::json(*status, "{}")));
        asked.store(0, Ordering::SeqCst);
        let (token, count) = (Arc::clone(&asked), Arc::clone(&asked));
        let source = move || format!("t{}", token.load(Ordering::SeqCst));
        let builder = setup.bare::<Shop>().credentials(Credentials::bearer_source(source));
        let builder = builder.on_unauthorized(move || {
            count.fetch_add(1, Ordering::SeqCst);
            std::future::ready(answer)
        });
        let result = builder.build().unwrap().call::<Create>().await;
        assert_eq!(result.err().and_then(|error| error.status()), expected);
        assert_eq!((setup.count(), asked.load(Ordering::SeqCst)), (sent, 1));
        if sent == 2 {
            assert_eq!(setup.requests()[1].header("authorization"), Some("Bearer t1"));
        }
    };
    check(true, &[401, 200], None, 2).await;
    check(true, &[401, 401], Some(401), 2).await;
    check(false, &[401], Some(401), 1).await;
}
