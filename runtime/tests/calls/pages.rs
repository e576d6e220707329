//! Walking over pages, in every style.

use typewright_runtime::Json;
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;

use crate::common::{ApiError, Pets, Setup};

fn page(items: &[u32], more: &str) -> Answer {
    Answer::json(200, format!(r#"{{"items":{items:?}{more}}}"#))
}

async fn all(mut items: rt::Items<crate::common::ListPets, ApiError>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        found.push(item.as_text().to_owned());
    }
    assert!(items.try_next().await.unwrap().is_none());
    found
}

fn queries(setup: &Setup) -> Vec<String> {
    setup.requests().iter().map(|request| request.query().to_owned()).collect()
}

#[tokio::test]
async fn pages_end_with_their_total() {
    let setup = Setup::answers([page(&[1, 2], r#","total_pages":2"#), page(&[3], r#","total_pages":2"#)]);
    assert_eq!(all(setup.pets().list().parameter(1, &2).items()).await, ["1", "2", "3"]);
    assert_eq!(queries(&setup), ["size=2", "page=1&size=2"]);
}

#[tokio::test]
async fn pages_end_with_an_empty_one() {
    let setup = Setup::answers([page(&[1], ""), page(&[2], ""), page(&[], "")]);
    assert_eq!(all(setup.pets().list().parameter(0, &5).items()).await, ["1", "2"]);
    assert_eq!(queries(&setup), ["page=5", "page=6", "page=7"]);
}

#[tokio::test]
async fn whole_pages() {
    let setup = Setup::answers([page(&[1, 2], r#","total_pages":2"#), page(&[3], r#","total_pages":2"#)]);
    let mut pages = setup.pets().list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.pointer("/items").unwrap().items().count());
    }
    assert_eq!(sizes, [2, 1]);
}

#[tokio::test]
async fn an_error_is_told_once() {
    for broken in [Answer::new(500), Answer::json(200, "{"), Answer::fault(TransportFault::Broken)] {
        let setup = Setup::answers([page(&[1], ""), broken, page(&[2], "")]);
        let mut items = setup.pets().list().items();
        assert!(items.try_next().await.unwrap().is_some());
        assert!(items.try_next().await.is_err());
        assert!(items.try_next().await.unwrap().is_none());
        assert_eq!(setup.count(), 2);
    }
}

#[tokio::test]
async fn ten_thousand_pages_are_enough() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| page(&[1], ""));
    let mut pages = setup.pets().list().pages();
    for _ in 0..10_000 {
        assert!(pages.try_next().await.unwrap().is_some());
    }
    assert_eq!(pages.try_next().await.unwrap_err().message(), "more than 10000 pages");
    assert_eq!(setup.count(), 10_000);
}

#[tokio::test]
async fn a_dropped_stream_asks_for_nothing_more() {
    let setup = Setup::new();
    setup.transport.otherwise(|_| page(&[1, 2], ""));
    let mut items = setup.pets().list().items();
    items.try_next().await.unwrap();
    items.try_next().await.unwrap();
    drop(items);
    assert_eq!(setup.count(), 1);
}

/// The other styles, over operations without credentials.
macro_rules! paged {
    ($name:ident, $facts:ident = $operation:expr) => {
        enum $name {}
        static $facts: rt::OperationFacts = $operation;
        impl rt::Operation for $name {
            type Output = Json;
            const FACTS: &'static rt::OperationFacts = &$facts;
            fn decode(reply: &rt::RawReply) -> Result<Json, rt::DecodeError> {
                reply.json()
            }
        }
        impl rt::Paged for $name {
            type Item = Json;
            fn items(page: Json) -> Vec<Json> {
                page.pointer("/items").map(|items| items.items().collect()).unwrap_or_default()
            }
        }
    };
}

paged!(
    Offset,
    OFFSET = rt::OperationFacts::new("offset", "GET", "/x")
        .parameters(&[rt::Parameter::query("skip")])
        .pagination(rt::Pagination::offset("skip").items("/items").total("/total"))
);
paged!(
    Cursor,
    CURSOR = rt::OperationFacts::new("cursor", "GET", "/x")
        .parameters(&[rt::Parameter::query("after")])
        .pagination(rt::Pagination::cursor("after", "/next").items("/items").more("/more"))
);
paged!(
    Link,
    LINK = rt::OperationFacts::new("link", "GET", "/x")
        .parameters(&[rt::Parameter::query("size")])
        .pagination(rt::Pagination::link().items("/items"))
);

paged!(
    LastItem,
    LAST_ITEM = rt::OperationFacts::new("last_item", "GET", "/x")
        .parameters(&[rt::Parameter::query("after")])
        .pagination(rt::Pagination::cursor_of_last_item("after", "/id").items("/items").more("/more"))
);
paged!(
    LinkAt,
    LINK_AT = rt::OperationFacts::new("link_at", "GET", "/x")
        .parameters(&[rt::Parameter::query("size")])
        .pagination(rt::Pagination::link_at("/links/next").items("/items"))
);

async fn walk<Op: rt::Paged<Item = Json>>(
    answers: impl IntoIterator<Item = Answer>,
    parameter: Option<i64>,
) -> (usize, Vec<String>) {
    let setup = Setup::answers(answers);
    let pets: Pets = setup.pets();
    let mut call = rt::RawCall::new(&pets.client, Op::FACTS);
    if let Some(value) = parameter {
        call.parameter(0, &value);
    }
    let mut items = rt::Items::<Op, ApiError>::new(call);
    let mut count = 0;
    while items.try_next().await.unwrap().is_some() {
        count += 1;
    }
    (count, queries(&setup))
}

/// Another origin would be given the credentials. The items are told, then the error: the list is not whole.
async fn foreign<Op: rt::Paged<Item = Json>>(answer: Answer) {
    let setup = Setup::answers([answer]);
    let pets: Pets = setup.pets();
    let mut items = rt::Items::<Op, ApiError>::new(rt::RawCall::new(&pets.client, Op::FACTS));
    assert!(items.try_next().await.unwrap().is_some());
    let error = items.try_next().await.unwrap_err();
    assert!(error.to_string().contains("the link to the next page leads to another origin"), "{error}");
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(queries(&setup).len(), 1);
}

#[tokio::test]
async fn offsets() {
    let total = r#","total":4"#;
    let answers = [page(&[1, 2], total), page(&[3], total), page(&[4], total)];
    assert_eq!(walk::<Offset>(answers, None).await, (4, ["", "skip=2", "skip=3"].map(str::to_owned).to_vec()));
    let answers = [page(&[1, 2], ""), page(&[3], ""), page(&[], "")];
    assert_eq!(
        walk::<Offset>(answers, Some(10)).await,
        (3, ["skip=10", "skip=12", "skip=13"].map(str::to_owned).to_vec())
    );
}

#[tokio::test]
async fn cursors() {
    let check = async |answers: Vec<Answer>, expected: &[&str]| {
        assert_eq!(walk::<Cursor>(answers, None).await.1, expected);
    };
    check(vec![page(&[1], r#","next":"a b""#), page(&[2], r#","next":null"#)], &["", "after=a%20b"]).await;
    check(vec![page(&[1], r#","next":7"#), page(&[2], r#","next":"""#)], &["", "after=7"]).await;
    check(vec![page(&[1], r#","next":"a","more":false"#)], &[""]).await;
    // A page may be empty in the middle: the server says that there is more.
    check(vec![page(&[], r#","next":"a""#), page(&[1], "")], &["", "after=a"]).await;
    // A cursor that stands still would go on for ever.
    check(vec![page(&[1], r#","next":"a""#), page(&[2], r#","next":"a""#)], &["", "after=a"]).await;
}

#[tokio::test]
async fn links() {
    let linked = |link: &str| page(&[1], "").header("link", link);
    let check = async |link: &str, expected: &[&str]| {
        assert_eq!(walk::<Link>([linked(link), page(&[2], "")], Some(2)).await.1, expected, "{link}");
    };
    check(r#"<https://api.pets.example/x?after=9>; rel="next""#, &["size=2", "after=9"]).await;
    check(r#"</x?a=1>; rel=prev, </x?a=3>; title="b"; rel="last next""#, &["size=2", "a=3"]).await;
    check(r#"<?after=9>; rel="next""#, &["size=2", "after=9"]).await;
    check(r#"</x?a=1>; rel="prev""#, &["size=2"]).await;
    check("nonsense", &["size=2"]).await;
    foreign::<Link>(linked(r#"<https://evil.example/x>; rel="next""#)).await;
    foreign::<Link>(linked(r#"<http://api.pets.example/x>; rel="next""#)).await;
}

#[tokio::test]
async fn cursors_of_the_last_item() {
    let page = |items: &str, more: &str| Answer::json(200, format!(r#"{{"items":[{items}]{more}}}"#));
    let check = async |answers: Vec<Answer>, expected: &[&str]| {
        assert_eq!(walk::<LastItem>(answers, None).await.1, expected);
    };
    let (first, second) = (r#"{"id":"a"},{"id":"b c"}"#, r#"{"id":4}"#);
    let more = |more: bool| format!(r#","more":{more}"#);
    check(vec![page(first, &more(true)), page(second, &more(false))], &["", "after=b%20c"]).await;
    // Without the flag an empty page is the end.
    check(vec![page(second, ""), page(first, ""), page("", "")], &["", "after=4", "after=b%20c"]).await;
    // Items that stay the same, or tell nothing, lead nowhere.
    check(vec![page(second, ""), page(second, "")], &["", "after=4"]).await;
    check(vec![page(r#"{"id":null}"#, "")], &[""]).await;
}

#[tokio::test]
async fn links_in_the_answer() {
    let linked = |link: &str| page(&[1], &format!(r#","links":{{"next":{link}}}"#));
    let check = async |link: &str, expected: &[&str]| {
        assert_eq!(walk::<LinkAt>([linked(link), page(&[2], "")], Some(2)).await.1, expected, "{link}");
    };
    check(r#""https://api.pets.example/x?after=9""#, &["size=2", "after=9"]).await;
    check(r#""/x?after=9""#, &["size=2", "after=9"]).await;
    check("null", &["size=2"]).await;
    check(r#""""#, &["size=2"]).await;
    foreign::<LinkAt>(linked(r#""https://evil.example/x""#)).await;
}
