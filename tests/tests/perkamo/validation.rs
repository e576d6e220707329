//! What the Perkamo client refuses before anything is sent, in the words of the official SDK where it has some.

use perkamo::types::Event;
use perkamo::{Credentials, Error, Json, Perkamo};
use typewright_tests::server::{Answer, Server};

fn check<T: std::fmt::Debug>(result: Result<T, Error>, expected: &str) {
    let error = result.expect_err("refused");
    assert!(error.is_validation() && !error.is_api(), "{error:?}");
    assert_eq!((error.message(), error.status()), (expected, None));
}

async fn refusing() -> (Server, Perkamo) {
    let server = Server::scripted([Answer::json(500, "{}")]).await;
    let credentials = Credentials::api_key("sk_test");
    let perkamo = Perkamo::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    (server, perkamo)
}

fn nothing_was_sent(server: &Server) {
    assert!(server.received().is_empty(), "nothing may be sent");
}

#[tokio::test]
async fn context_fields_that_perkamo_computes() {
    let (server, p) = refusing().await;
    for key in ["xp", "wallet", "wallets", "rewards", "level", "perks", "achievements", "XP", "Wallets", "LEVEL"] {
        let words = format!("Refusing to send reserved Perkamo context field '{key}' from the SDK");
        let context = || Json::object([("order", Json::from(1)), (key, 2.into())]);
        check(p.emit("c", "e").context(context()).await, &words);
        let events = [Event::new("c", "e", "t"), Event::new("c", "e", "u").context(context())];
        check(p.batch(&events).await, &format!("events[1]: {words}"));
    }
    check(p.emit("c", "e").context(Json::array([1])).await, "context must be an object.");
    let unnamed = Json::object([("a", Json::object([("", 1)]))]);
    check(p.emit("c", "e").context(unnamed).await, "context must not have a member without a name.");
    check(p.identify("c").traits(Json::from("x")).await, "traits must be an object.");
    nothing_was_sent(&server);
}

/// Further in, and among traits, the names are free.
#[tokio::test]
async fn reserved_names_are_free_elsewhere() {
    let (server, p) = refusing().await;
    let nested = Json::object([("order", Json::object([("xp", 1)]))]);
    assert!(p.emit("c", "e").context(nested).await.expect_err("500").is_api());
    assert!(p.identify("c").traits(Json::object([("level", 1)])).await.expect_err("500").is_api());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn texts_of_an_event() {
    let (server, p) = refusing().await;
    let required = |field: &str| format!("Perkamo event field '{field}' is required and must be a string");
    let long =
        |field: &str, most: usize| format!("Perkamo event field '{field}' exceeds max length of {most} characters");
    let (id, name) = ("é".repeat(129), "é".repeat(65));

    check(p.emit("", "e").await, &required("user_id"));
    check(p.emit("c", "").await, &required("event"));
    check(p.emit("c", "e").tx_id("").await, &required("transaction_id"));
    check(p.emit("c", "e").occurred_at("").await, &required("occurred_at"));
    check(p.emit(&id, "e").await, &long("user_id", 256));
    check(p.emit("c", &name).await, &long("event", 128));
    check(p.emit("c", "e").tx_id(&id).await, &long("transaction_id", 256));

    check(p.batch(&[Event::new("", "e", "t")]).await, &format!("events[0]: {}", required("user_id")));
    check(p.batch(&[Event::new("c", "e", "")]).await, &format!("events[0]: {}", required("transaction_id")));
    check(p.batch(&[Event::new("c", &name, "t")]).await, &format!("events[0]: {}", long("event", 128)));
    nothing_was_sent(&server);
    // White space is a text, and as many bytes as fit are taken.
    let fits = "é".repeat(128);
    assert!(p.emit(" ", "e").tx_id(&fits).await.expect_err("500").is_api());
}

#[tokio::test]
async fn sizes_and_blanks() {
    let (server, p) = refusing().await;
    check(p.batch(&[]).await, "events must have at least 1 item.");
    check(p.batch(&vec![Event::new("c", "e", "t"); 101]).await, "events must have at most 100 items.");
    check(p.identify("  ").await, "user_id must not be empty.");
    check(p.identify("é".repeat(129)).await, "user_id must be at most 256 bytes long in UTF-8.");
    check(p.create_browser_token(" ", "c").await, "browser_key must not be empty.");
    check(p.create_browser_token("pk", "\t").await, "user_id must not be empty.");
    check(p.create_browser_token("pk", "c").ttl_seconds(0).await, "ttl_seconds must be greater than or equal to 1.");
    check(
        p.create_browser_stream_token("pk", "c").ttl_seconds(1801).await,
        "ttl_seconds must be less than or equal to 1800.",
    );
    check(p.customer("").await, "userId must not be empty.");
    nothing_was_sent(&server);
    assert!(p.batch(&vec![Event::new("c", "e", "t"); 100]).await.expect_err("500").is_api());
}
