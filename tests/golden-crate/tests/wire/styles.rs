//! Every style of parameters as the specification's tables have it.

use typewright_golden::parameter_styles::types::{Color, Filter, FilterCreated, FilterItem};
use typewright_golden::parameter_styles::{Call, Error, Shelter, resources::Styles};
use typewright_runtime::Builder;
use typewright_runtime::codegen::v1::Operation;

use crate::server::Server;

const NONE: &[&str] = &[];

fn list() -> Vec<String> {
    ["blue", "black"].map(str::to_owned).to_vec()
}

fn color() -> Color {
    Color::new().r(100).g(200).b(150)
}

/// The request line's target, and the header of this name.
async fn sent<Op: Operation<Output = ()>>(call: impl FnOnce(Styles<'_>) -> Call<Op>, header: &str) -> (String, String) {
    let server = Server::silent().await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let call = call(shelter.styles());
    call.await.unwrap_or_else(|error: Error| panic!("{error}"));
    let request = server.last();
    let target = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let header = request.lines().find_map(|line| line.strip_prefix(header)?.strip_prefix(": "));
    (target, header.unwrap_or_default().to_owned())
}

#[tokio::test]
async fn paths() {
    macro_rules! check {
        ($method:ident, $expected:literal) => {
            let (target, _) = sent(|styles| styles.$method("b/e", &list(), &color()), "").await;
            assert_eq!(target, concat!("/", stringify!($method), "/", $expected));
        };
    }
    check!(simple, "b%2Fe/blue,black/R,100,G,200,B,150");
    check!(simple_exploded, "b%2Fe/blue,black/R=100,G=200,B=150");
    check!(label, ".b%2Fe/.blue,black/.R,100,G,200,B,150");
    check!(label_exploded, ".b%2Fe/.blue.black/.R=100.G=200.B=150");
    check!(matrix, ";p=b%2Fe/;a=blue,black/;o=R,100,G,200,B,150");
    check!(matrix_exploded, ";p=b%2Fe/;a=blue;a=black/;R=100;G=200;B=150");
}

#[tokio::test]
async fn values_that_change_a_path_are_not_sent() {
    let server = Server::silent().await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    for value in ["", ".", ".."] {
        let error = shelter.styles().simple(value, list(), &color()).await.unwrap_err();
        assert!(error.is_validation(), "{error}");
    }
    for value in ["", "."] {
        let error = shelter.styles().label(value, list(), &color()).await.unwrap_err();
        assert!(error.is_validation(), "{error}");
    }
    let error = shelter.styles().simple("p", NONE, &color()).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    let error = shelter.styles().matrix_exploded("p", list(), &Color::new()).await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    let error = shelter.styles().header().x_p("a\r\nx-more: b").await.unwrap_err();
    assert!(error.is_validation(), "{error}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn queries() {
    macro_rules! check {
        ($call:expr, $expected:literal) => {
            assert_eq!(sent($call, "").await.0, $expected);
        };
    }
    check!(|s| s.form().p("b&e+").a(list()).o(&color()), "/form?p=b%26e%2B&a=blue,black&o=R,100,G,200,B,150");
    check!(
        |s| s.form_exploded().p("b e").a(list()).o(&color()),
        "/form_exploded?p=b%20e&a=blue&a=black&R=100&G=200&B=150"
    );
    check!(|s| s.form().a(NONE).o(&Color::new()), "/form");
    check!(|s| s.form_exploded().a(NONE).p(""), "/form_exploded?p=");
    check!(
        |s| s.space_delimited().a(list()).o(&color()),
        "/spaceDelimited?a=blue%20black&o=R%20100%20G%20200%20B%20150"
    );
    check!(|s| s.pipe_delimited().a(list()).o(&color()), "/pipeDelimited?a=blue%7Cblack&o=R%7C100%7CG%7C200%7CB%7C150");
    check!(
        |s| s.deep_object().o(&color()).nested(
            &Filter::new()
                .created(FilterCreated::new().gte(5))
                .tags(list())
                .items(vec![FilterItem::new().name("x"), FilterItem::new().name("y")])
        ),
        "/deepObject?o%5BR%5D=100&o%5BG%5D=200&o%5BB%5D=150&nested%5Bcreated%5D%5Bgte%5D=5&nested%5Btags%5D%5B%5D=blue\
         &nested%5Btags%5D%5B%5D=black&nested%5Bitems%5D%5B0%5D%5Bname%5D=x&nested%5Bitems%5D%5B1%5D%5Bname%5D=y"
    );
    check!(
        |s| s.reserved().p("a/b?c=d:e,f@g;h").filter(&Filter::new().created(FilterCreated::new().gte(5))),
        "/reserved?p=a/b?c=d:e,f@g;h&filter=%7B%22created%22%3A%7B%22gte%22%3A5%7D%7D"
    );
    check!(|s| s.reserved().p("a&b#c+d"), "/reserved?p=a%26b%23c%2Bd");
    // What is exploded has nothing to delimit.
    check!(|s| s.space_delimited_exploded().a(list()), "/spaceDelimited_exploded?a=blue&a=black");
    check!(|s| s.pipe_delimited_exploded().a(list()), "/pipeDelimited_exploded?a=blue&a=black");
}

/// What holds nothing is not there, whatever the style.
#[tokio::test]
async fn empty_lists_and_objects_are_left_out() {
    macro_rules! check {
        ($header:literal, $call:expr, $expected:literal) => {
            assert_eq!(sent($call, $header).await, ($expected.to_owned(), String::new()));
        };
    }
    check!("", |s| s.form_exploded().a(NONE).o(&Color::new()), "/form_exploded");
    check!("", |s| s.space_delimited().a(NONE).o(&Color::new()), "/spaceDelimited");
    check!("", |s| s.pipe_delimited().a(NONE).o(&Color::new()), "/pipeDelimited");
    check!("", |s| s.space_delimited_exploded().a(NONE), "/spaceDelimited_exploded");
    check!("", |s| s.deep_object().o(&Color::new()).nested(&Filter::new().tags([""; 0])), "/deepObject");
    check!("cookie", |s| s.cookie().a(NONE).o(&Color::new()), "/cookie");
    check!("cookie", |s| s.cookie_exploded().a(NONE).o(&Color::new()), "/cookie_exploded");
    check!("x-a", |s| s.header().x_a(NONE), "/header");
    check!("x-o", |s| s.header_exploded().x_o(&Color::new()), "/header_exploded");
}

/// The styles that hold where a document names none: `simple` and `form`, the second exploded.
#[tokio::test]
async fn a_place_has_a_style_of_its_own() {
    let call = |s: Styles<'_>| {
        let filter = Filter::new().created(FilterCreated::new().gte(5)).tags(list());
        let call = s.defaults("b/e", list(), &color()).qa(list()).qo(&color()).deep(&filter).flag(false);
        call.x_a(list()).x_o(&color()).ca(list()).co(&color())
    };
    let target = "/defaults/b%2Fe/blue,black/R,100,G,200,B,150?qa=blue&qa=black&R=100&G=200&B=150\
                  &deep%5Bcreated%5D%5Bgte%5D=5&deep%5Btags%5D%5B%5D=blue&deep%5Btags%5D%5B%5D=black&flag=false";
    for (header, expected) in
        [("x-a", "blue,black"), ("x-o", "R,100,G,200,B,150"), ("cookie", "ca=blue; ca=black; R=100; G=200; B=150")]
    {
        assert_eq!(sent(call, header).await, (target.to_owned(), expected.to_owned()));
    }
}

#[tokio::test]
async fn content_is_one_text_in_every_place() {
    let call = |s: Styles<'_>| s.content(&color()).q("a b").x_o(&color()).co(&color());
    let target = "/content/%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D?q=a%20b";
    for (header, expected) in [
        ("x-o", "{\"R\":100,\"G\":200,\"B\":150}"),
        ("cookie", "co=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"),
    ] {
        assert_eq!(sent(call, header).await, (target.to_owned(), expected.to_owned()));
    }
}

#[tokio::test]
async fn headers_and_cookies() {
    macro_rules! check {
        ($header:literal, $call:expr, $expected:literal) => {
            assert_eq!(sent($call, $header).await.1, $expected);
        };
    }
    check!("x-p", |s| s.header().x_p("b e/f"), "b e/f");
    check!("x-a", |s| s.header().x_a(list()), "blue,black");
    check!("x-o", |s| s.header().x_o(&color()), "R,100,G,200,B,150");
    check!("x-p", |s| s.header_exploded().x_p("b e/f"), "b e/f");
    check!("x-a", |s| s.header_exploded().x_a(list()), "blue,black");
    check!("x-o", |s| s.header_exploded().x_o(&color()), "R=100,G=200,B=150");
    check!("cookie", |s| s.cookie().p("b;e").a(list()).o(&color()), "p=b%3Be; a=blue,black; o=R,100,G,200,B,150");
    check!("cookie", |s| s.cookie_exploded().p("b").a(list()).o(&color()), "p=b; a=blue; a=black; R=100; G=200; B=150");
}
