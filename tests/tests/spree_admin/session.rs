//! Staff who sign in: the token, the cookie that renews it, and what happens after a 401, over real connections.

use std::future::IntoFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use spree_admin::types::{Login, PasswordLogin};
use spree_admin::{Credentials, SpreeAdmin};
use typewright_tests::server::{Answer, Received, Server};

/// A token and its cookie, as signing in and renewing give them.
fn session(number: usize) -> Answer {
    let body = format!(r#"{{"token":"jwt-{number}","user":{{"id":"adm_1"}}}}"#);
    let cookie = format!(
        "spree_admin_refresh_token=cookie-{number}; Path=/api/v3/admin/auth; HttpOnly; SameSite=Lax; Max-Age=2592000"
    );
    Answer::json(200, body).with_header("set-cookie", &cookie)
}

/// A store whose first token has ended; each renewal gives the next one.
async fn store() -> (Server, Arc<AtomicUsize>) {
    let renewals = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&renewals);
    let answer = move |request: &Received| {
        let number = count.load(Ordering::SeqCst);
        match request.path() {
            "/api/v3/admin/auth/login" => session(0),
            "/api/v3/admin/auth/refresh"
                if request.header("cookie") == format!("spree_admin_refresh_token=cookie-{number}") =>
            {
                count.store(number + 1, Ordering::SeqCst);
                session(number + 1)
            }
            "/api/v3/admin/auth/logout" => Answer::empty(204),
            _ if request.header("authorization") == "Bearer jwt-1" => Answer::json(200, r#"{"id":"or_1"}"#),
            _ => Answer::json(401, r#"{"error":{"code":"authentication_required","message":"Sign in."}}"#),
        }
    };
    (Server::start(move |request, _| answer(request)).await, renewals)
}

fn staff(server: &Server) -> SpreeAdmin {
    SpreeAdmin::builder().base_url(server.url()).credentials(Credentials::session()).build().expect("complete")
}

fn login() -> Login {
    PasswordLogin::new("admin@example.test", "secret-password").into()
}

#[tokio::test]
async fn one_renewal_serves_all_who_wait_and_the_cookie_goes_to_its_path_only() {
    let (server, renewals) = store().await;
    let staff = staff(&server);
    assert!(staff.orders().get("or_1").await.is_err(), "nobody has signed in");
    assert_eq!(server.received().len(), 0);

    staff.auth().login(&login()).await.expect("signed in");
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(staff.orders().get("or_1").into_future())).collect();
    for call in calls {
        call.await.expect("ran").expect("read with the new token");
    }
    assert_eq!(renewals.load(Ordering::SeqCst), 1);

    staff.auth().logout().await.expect("signed out");
    assert!(staff.orders().get("or_1").await.is_err(), "nobody is signed in any more");
    for request in server.received() {
        let carries = request.header("cookie").contains("spree_admin_refresh_token");
        let expected = ["/api/v3/admin/auth/refresh", "/api/v3/admin/auth/logout"].contains(&request.path());
        assert_eq!(carries, expected, "{} {}", request.method, request.target);
    }
}

#[tokio::test]
async fn a_key_and_a_token_travel_together_and_a_401_may_be_asked_about_once() {
    let server = Server::scripted([Answer::json(401, "{}"), Answer::json(200, r#"{"id":"or_1"}"#)]).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let hook = move || {
        let count = Arc::clone(&count);
        async move { count.fetch_add(1, Ordering::SeqCst) == 0 }
    };
    let both = SpreeAdmin::builder()
        .base_url(server.url())
        .credentials(Credentials::api_key("sk_test"))
        .credentials(Credentials::bearer("jwt"))
        .on_unauthorized(hook)
        .build()
        .expect("complete");
    both.orders().get("or_1").await.expect("made once more");
    let sent = server.received();
    assert_eq!((sent.len(), asked.load(Ordering::SeqCst)), (2, 1));
    for request in sent {
        assert_eq!((request.header("x-spree-api-key"), request.header("authorization")), ("sk_test", "Bearer jwt"));
    }
}
