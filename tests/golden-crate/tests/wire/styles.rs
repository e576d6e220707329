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
    let error = shelter.styles().simple("p", NONE, &color()).await.unwrap_err();
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
    check!("x-a", |s| s.header_exploded().x_a(list()), "blue,black");
    check!("x-o", |s| s.header_exploded().x_o(&color()), "R=100,G=200,B=150");
    check!("cookie", |s| s.cookie().p("b;e").a(list()).o(&color()), "p=b%3Be; a=blue,black; o=R,100,G,200,B,150");
    check!("cookie", |s| s.cookie_exploded().p("b").a(list()).o(&color()), "p=b; a=blue; a=black; R=100; G=200; B=150");
}
