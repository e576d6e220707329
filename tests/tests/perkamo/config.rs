//! Setting up a Perkamo client: where its key comes from, and where requests go.

use perkamo::{Credentials, Perkamo};
use typewright_tests::server::{Answer, Server};

async fn sent_with(credentials: Credentials) -> Result<String, perkamo::Error> {
    let server = Server::scripted([Answer::json(200, "{}")]).await;
    let perkamo = Perkamo::builder().base_url(server.url()).credentials(credentials).build()?;
    let result = perkamo.identify("c").await;
    if let Err(error) = result {
        assert!(server.received().is_empty(), "nothing may be sent");
        return Err(error);
    }
    Ok(server.single().header("x-perkamo-api-key").to_owned())
}

#[tokio::test]
async fn keys_are_texts_functions_or_async_functions() {
    for credentials in [
        Credentials::api_key(" sk_1 "),
        Credentials::api_key_source(|| "sk_1"),
        Credentials::api_key_source(|| String::from(" sk_1\n")),
        Credentials::api_key_source_async(|| async { "sk_1" }),
        Credentials::api_key_source_async(|| async { Ok::<_, std::io::Error>("sk_1".to_owned()) }),
    ] {
        assert_eq!(sent_with(credentials).await.expect("sent"), "sk_1");
    }
}

#[tokio::test]
async fn an_empty_key_is_a_fault_of_the_configuration() {
    for credentials in [
        Credentials::api_key("  "),
        Credentials::api_key_source(|| ""),
        Credentials::api_key_source_async(|| async { " " }),
        Credentials::api_key_source_async(|| async { Err::<String, _>(std::io::Error::other("no vault")) }),
    ] {
        let error = sent_with(credentials).await.expect_err("no key");
        assert!(error.is_configuration(), "{error:?}");
    }
}

#[tokio::test]
async fn a_key_is_asked_for_every_request() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let server = Server::scripted([Answer::json(200, "{}")]).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let source = move || format!("sk_{}", count.fetch_add(1, Ordering::Relaxed));
    let credentials = Credentials::api_key_source(source);
    let perkamo = Perkamo::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    perkamo.identify("c").await.expect("sent");
    perkamo.program().await.expect("sent");
    let keys: Vec<String> =
        server.received().iter().map(|request| request.header("x-perkamo-api-key").to_owned()).collect();
    assert_eq!(keys, ["sk_0", "sk_1"]);
}

#[test]
fn the_environment_names_key_and_base_url() {
    for (url, expected) in [
        (None, "https://api.perkamo.com"),
        (Some("  "), "https://api.perkamo.com"),
        (Some("http://localhost:4001/"), "http://localhost:4001"),
    ] {
        let lookup = move |name: &str| match name {
            "PERKAMO_SECRET_KEY" => Some("sk_test".to_owned()),
            "PERKAMO_BASE_URL" => url.map(str::to_owned),
            _ => None,
        };
        let client = Perkamo::builder().from_variables(lookup).and_then(|builder| builder.build()).expect("complete");
        assert_eq!(client.base_url(), expected);
        assert!(!format!("{client:?}").contains("sk_test"), "{client:?}");
    }
    for key in [None, Some(""), Some("  ")] {
        let lookup = move |name: &str| key.filter(|_| name == "PERKAMO_SECRET_KEY").map(str::to_owned);
        let error = Perkamo::builder().from_variables(lookup).and_then(|builder| builder.build()).expect_err("no key");
        assert!(error.is_configuration() && error.message().contains("PERKAMO_SECRET_KEY"), "{error}");
    }
}

/// A call has no time limit, but a server that begins an answer and goes away does not hold it for ever.
#[tokio::test]
async fn a_body_that_stalls_ends_the_call() {
    use std::sync::Arc;
    use std::time::Duration;

    use perkamo::testing::{Answer, ManualTime, MemoryTransport};

    let time = ManualTime::new();
    let transport = MemoryTransport::new().sleeper(Arc::new(time.clone()));
    transport.answer(Answer::json(200, "{}").delayed(Duration::from_secs(3600)));
    transport.answer(Answer::json(200, "{").stalls());
    let builder = Perkamo::builder().credentials(Credentials::api_key("sk_1")).transport(Arc::new(transport));
    let perkamo = builder.clock(Arc::new(time.clone())).sleeper(Arc::new(time.clone())).build().expect("complete");
    perkamo.identify("c").await.expect("an hour is no limit");
    let error = perkamo.identify("c").await.expect_err("nothing comes");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(time.passed(), Duration::from_secs(3600 + 20));
}

/// What holds is told where people look.
#[test]
fn the_readme_tells_the_limits() {
    let readme = include_str!("../../../generated/perkamo/README.md");
    for words in ["A call has no time limit", "3.1 seconds", "20 seconds", "stall\\_timeout"] {
        assert!(readme.contains(words), "{words}");
    }
}

#[test]
fn a_blank_base_url_is_an_error() {
    let error = Perkamo::builder().base_url("  ").credentials(Credentials::api_key("sk_test")).build();
    assert!(error.expect_err("no URL").is_configuration());
}
