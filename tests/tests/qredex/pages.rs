//! Lists of the Qredex client as streams of items and of pages.

use futures_core::Stream;
use qredex::{Credentials, Qredex};
use typewright_tests::server::{Answer, Received, Server};

fn page(request: &Received) -> usize {
    let query = request.raw_query();
    query.split('&').find_map(|pair| pair.strip_prefix("page=")).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Three pages of two creators each; asking for the second one may fail once.
async fn server(fail: bool) -> Server {
    Server::start(move |request, index| {
        let number = page(request);
        if fail && index == 1 {
            return Answer::json(500, "{}");
        }
        let item = |n: usize| {
            format!(r#"{{"id":"{n}","handle":"h{n}","status":"ACTIVE","created_at":"t","updated_at":"t","links_count":{n}}}"#)
        };
        let items = if number < 3 { [item(number * 2), item(number * 2 + 1)].join(",") } else { String::new() };
        Answer::json(200, format!(r#"{{"items":[{items}],"page":{number},"size":2,"total_elements":6,"total_pages":3}}"#))
    })
    .await
}

fn client(server: &Server) -> Qredex {
    Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok")).build().expect("complete")
}

#[tokio::test]
async fn items_walk_all_pages_and_keep_the_filters() {
    let server = server(false).await;
    let mut items = client(&server).creators().list().size(2).status("ACTIVE").items();
    let mut seen = Vec::new();
    while let Some(item) = items.try_next().await.expect("three pages") {
        seen.push(item.id);
    }
    assert_eq!(seen, ["0", "1", "2", "3", "4", "5"]);
    let targets: Vec<String> = server.received().iter().map(|request| request.raw_query().to_owned()).collect();
    assert_eq!(targets[0], "size=2&status=ACTIVE");
    assert_eq!(targets[1], "page=1&size=2&status=ACTIVE");
    assert_eq!(targets.len(), 3, "the last page says that it is the last");
}

#[tokio::test]
async fn pages_start_where_the_caller_says() {
    let server = server(false).await;
    let mut pages = client(&server).creators().list().page(1).pages();
    let mut numbers = Vec::new();
    while let Some(page) = pages.try_next().await.expect("two pages") {
        numbers.push(page.page);
    }
    assert_eq!(numbers, [1, 2]);
}

#[tokio::test]
async fn a_fault_ends_the_stream() {
    let server = server(true).await;
    let mut items = client(&server).creators().list().size(2).items();
    assert!(items.try_next().await.expect("first").is_some());
    assert!(items.try_next().await.expect("second").is_some());
    assert!(items.try_next().await.is_err());
    assert!(items.try_next().await.expect("it has ended").is_none());
}

#[tokio::test]
async fn an_empty_page_is_the_end() {
    let body = r#"{"items":[],"page":0,"size":2,"total_elements":0,"total_pages":9}"#;
    let server = Server::scripted([Answer::json(200, body)]).await;
    let mut items = client(&server).orders().list().items();
    assert!(items.try_next().await.expect("an empty page").is_none());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn nothing_is_fetched_before_somebody_asks() {
    let server = server(false).await;
    let items = client(&server).creators().list().items();
    fn is_stream<S: Stream + Send + Unpin>(_: &S) {}
    is_stream(&items);
    drop(items);
    assert!(server.received().is_empty());
}
