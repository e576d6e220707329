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

/// The items that came are told, then the error, once: the list is not whole. Returns what was sent and what is told.
async fn breaks<Op: rt::Paged<Item = Json>>(answers: impl IntoIterator<Item = Answer>) -> (Vec<String>, String) {
    breaks_from::<Op>(answers, None).await
}

async fn breaks_from<Op: rt::Paged<Item = Json>>(
    answers: impl IntoIterator<Item = Answer>,
    parameter: Option<&dyn rt::Encode>,
) -> (Vec<String>, String) {
    let setup = Setup::answers(answers);
    let pets: Pets = setup.pets();
    let mut call = rt::RawCall::new(&pets.client, Op::FACTS);
    if let Some(value) = parameter {
        call.parameter(0, value);
    }
    let mut items = rt::Items::<Op, ApiError>::new(call);
    let error = loop {
        match items.try_next().await {
            Ok(item) => assert!(item.is_some(), "the list ends without a word"),
            Err(error) => break error,
        }
    };
    assert!(items.try_next().await.unwrap().is_none());
    assert!(error.is_decode() && error.status() == Some(200), "{error:?}");
    (queries(&setup), error.message().to_owned())
}

async fn foreign<Op: rt::Paged<Item = Json>>(answer: Answer, shown: &str) {
    let (sent, message) = breaks::<Op>([answer]).await;
    let origin = shown.split('/').take(3).collect::<Vec<_>>().join("/");
    assert_eq!(
        message,
        format!(
            "the link to the next page, {shown}, leads to another origin than the API, https://api.pets.example/; if that \
             is meant, allow it with `.page_origin(\"{origin}\")`, which sends no credentials there"
        )
    );
    assert_eq!(sent.len(), 1);
}

/// Neither credentials nor anything of the application goes along, and the way back is the API's again.
#[tokio::test]
async fn another_origin_is_asked_where_it_is_allowed() {
    let linked = |link: &str| page(&[1], "").header("link", &format!("<{link}>; rel=next"));
    let away = "https://archive.pets.example/x?after=9";
    let answers = || [linked(away), linked("?after=10"), linked("https://api.pets.example/x?after=11"), page(&[2], "")];
    for by_call in [true, false] {
        let setup = Setup::answers(answers());
        let mut builder = setup.builder().header("x-app", "secret");
        if !by_call {
            builder = builder.page_origin("https://archive.pets.example/any/path");
        }
        let pets: Pets = builder.build().unwrap();
        let mut call = rt::RawCall::new(&pets.client, LINK_WITH_TOKEN);
        call.options().header("x-extra", "1");
        if by_call {
            call.options().page_origin("https://archive.pets.example");
        }
        let mut items = rt::Items::<Link, ApiError>::new(call);
        let mut count = 0;
        while items.try_next().await.unwrap().is_some() {
            count += 1;
        }
        assert_eq!(count, 4);
        let sent: Vec<String> = setup.requests().iter().map(|request| request.uri().to_string()).collect();
        assert_eq!(
            sent[1..],
            [away, "https://archive.pets.example/x?after=10", "https://api.pets.example/x?after=11"].map(str::to_owned)
        );
        for sent in &setup.requests()[1..3] {
            let names: Vec<_> = sent.headers().keys().map(|name| name.as_str()).collect();
            assert_eq!(names, ["accept", "user-agent"]);
        }
        assert_eq!(setup.requests()[3].header("authorization"), Some("Bearer token-1"));
    }
    let fault = Setup::new().builder().page_origin("archive.pets.example").build().unwrap_err();
    assert!(fault.is_configuration() && fault.message().contains("must begin with"), "{fault}");
}

static LINK_WITH_TOKEN: &rt::OperationFacts = &rt::OperationFacts::new("link", "GET", "/x")
    .security(&[&[rt::Need::new(0, &[])]])
    .pagination(rt::Pagination::link().items("/items"));

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
    // A server that gives the last cursor for ever, and nothing with it, has no more.
    check(vec![page(&[1], r#","next":"a""#), page(&[], r#","next":"a""#)], &["", "after=a"]).await;
}

#[tokio::test]
async fn a_cursor_that_stands_still_is_an_error() {
    let check = async |second: Answer, cursor: &str| {
        let first = page(&[1], &format!(r#","next":{cursor}"#));
        let (sent, message) = breaks::<Cursor>([first, second]).await;
        let shown = cursor.trim_matches('"');
        assert_eq!(message, format!("the next page has the cursor of this one, `{shown}`: the list would never end"));
        assert_eq!(sent.len(), 2);
    };
    check(page(&[2], r#","next":"a""#), r#""a""#).await;
    check(page(&[2], r#","next":7"#), "7").await;
    check(page(&[], r#","next":"a","more":true"#), r#""a""#).await;
    // The caller's own cursor counts too.
    assert!(breaks_from::<Cursor>([page(&[1], r#","next":"a""#)], Some(&"a")).await.1.contains("`a`"));
    // A long one is cut.
    let long = "x".repeat(10_000);
    let pages = [page(&[1], &format!(r#","next":"{long}""#)), page(&[1], &format!(r#","next":"{long}""#))];
    assert!(breaks::<Cursor>(pages).await.1.len() < 300);
}

/// Nothing that says "there is more" ends without a word.
#[tokio::test]
async fn more_without_a_way_to_it_is_an_error() {
    let more = r#","more":true"#;
    let nowhere = "the answer says that there is more, but not where";
    assert_eq!(breaks::<Cursor>([page(&[1], more)]).await.1, nowhere);
    assert_eq!(breaks::<Cursor>([page(&[1], r#","more":true,"next":null"#)]).await.1, nowhere);
    assert_eq!(breaks::<LastItem>([page(&[], more)]).await.1, nowhere);
    assert_eq!(breaks_from::<Offset>([page(&[1], "")], Some(&u64::MAX)).await.1, "there is no offset beyond this one");
    // What cannot be counted on does not begin anew.
    assert_eq!(
        breaks_from::<Offset>([page(&[1], "")], Some(&-5)).await.1,
        "the next page cannot be counted on from `-5`"
    );
    assert_eq!(
        walk::<Offset>([page(&[1], r#","total":4"#), page(&[2], r#","total":4"#)], Some(2)).await.1,
        ["skip=2", "skip=3"]
    );
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
    check("", &["size=2"]).await;
    check("<a>; rel=prev,  </x?title=a>; title=\"x, <b>; rel=next\";\trel=next", &["size=2", "title=a"]).await;
    let (_, message) = breaks::<Link>([linked("nonsense")]).await;
    assert_eq!(message, "the header `link` cannot be read: a link does not begin with `<`");
    let (_, message) = breaks::<Link>([linked("<https://>; rel=next")]).await;
    assert_eq!(message, "the link to the next page, `https://`, is no URL");
    let (sent, message) = breaks::<Link>([linked("</x?a=1>; rel=next"), linked("<?a=1>; rel=next")]).await;
    assert_eq!(message, "the link to the next page, https://api.pets.example/x?…, leads to the same page");
    assert_eq!(sent, ["", "a=1"]);
    foreign::<Link>(linked(r#"<https://evil.example/x?key=1>; rel="next""#), "https://evil.example/x?…").await;
    foreign::<Link>(linked(r#"<http://api.pets.example/x>; rel="next""#), "http://api.pets.example/x").await;
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
    // Items that stay the same, or tell nothing, lead nowhere, and are not the end.
    let (sent, message) = breaks::<LastItem>([page(second, ""), page(second, "")]).await;
    assert_eq!(message, "the next page has the cursor of this one, `4`: the list would never end");
    assert_eq!(sent, ["", "after=4"]);
    let (_, message) = breaks::<LastItem>([page(r#"{"id":null}"#, "")]).await;
    assert_eq!(message, "the last item of the page has no `id`");
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
    foreign::<LinkAt>(linked(r#""https://evil.example/x""#), "https://evil.example/x").await;
}
