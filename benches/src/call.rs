//! A call of a generated client against the same request written by hand with reqwest and serde_json, on loopback.

use qredex::{Credentials, Qredex};

use crate::{instructions, measure, model, server};

const REPEATS: u32 = 300;

pub(crate) fn run() {
    // What is written by hand has to choose a TLS provider too, even where nothing is encrypted. It fails if one is there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let serving = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("threads");
    let calling = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    for items in [1, 50] {
        let body = model::page(items);
        let base = format!("http://{}", serving.block_on(server::start(body)));
        let (ours, url) = (client(&base), url(&base));
        let theirs = reqwest::Client::new();
        measure::compare(
            &format!("list of {items} orders"),
            21,
            || measure::seconds(|| calling.block_on(generated(&ours, REPEATS))) / f64::from(REPEATS),
            || measure::seconds(|| calling.block_on(by_hand(&theirs, &url, REPEATS))) / f64::from(REPEATS),
        );
        instructions::compare(&format!("list of {items} orders"), &["call", &base], &["call-by-hand", &base]);
    }
}

/// One of the two, so many times; the server is in another process.
pub(crate) fn work(name: &str, base: &str, repeats: u32) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let calling = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a thread");
    match name {
        "call" => calling.block_on(generated(&client(base), repeats)),
        _ => calling.block_on(by_hand(&reqwest::Client::new(), &url(base), repeats)),
    }
}

fn client(base: &str) -> Qredex {
    Qredex::builder().base_url(base).credentials(Credentials::bearer("tok")).build().expect("complete")
}

fn url(base: &str) -> String {
    format!("{base}/api/v1/integrations/orders?page=0&size=50")
}

async fn generated(client: &Qredex, repeats: u32) {
    for _ in 0..repeats {
        let page = client.orders().list().page(0).size(50).await.expect("the server answers");
        assert!(!page.items.is_empty());
    }
}

async fn by_hand(client: &reqwest::Client, url: &str, repeats: u32) {
    for _ in 0..repeats {
        let request = client.get(url).bearer_auth("tok").header("accept", "application/json");
        let answer = request.send().await.expect("the server answers").error_for_status().expect("200");
        let body = answer.bytes().await.expect("a body");
        let page: model::OrderPage = serde_json::from_slice(&body).expect("it is well formed");
        assert!(!page.items.is_empty());
    }
}
