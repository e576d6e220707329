//! How the parts of a request are spelled: what a document writes for people, and what comes from several places.

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, Recorded};

use crate::common::{ApiError, Setup};

/// An operation that answers nothing; its facts are the call's.
enum Silent {}

impl rt::Operation for Silent {
    type Output = ();
    const FACTS: &'static rt::OperationFacts = &rt::OperationFacts::new("silent", "GET", "/");
    fn decode(reply: &rt::RawReply) -> Result<(), rt::DecodeError> {
        reply.empty()
    }
}

/// What goes out for these facts, their parameters set to these texts in their order.
async fn sent(facts: &'static rt::OperationFacts, values: &[&str]) -> Recorded {
    let setup = Setup::answers([Answer::new(204)]);
    let pets = setup.builder().header("cookie", "app=1").build().unwrap();
    let mut call = rt::RawCall::new(&pets.client, facts);
    for (index, value) in values.iter().enumerate() {
        call.parameter(index, value);
    }
    rt::run::<Silent, ApiError>(call).await.unwrap();
    setup.requests().remove(0)
}

#[tokio::test]
async fn the_text_of_a_path_may_hold_what_no_url_can() {
    static SIZES: rt::OperationFacts = rt::OperationFacts::new("sizes", "GET", "/größe/{id} cm/%41|{x}?all=<1>")
        .parameters(&[rt::Parameter::path("id"), rt::Parameter::path("x")]);
    let uri = sent(&SIZES, &["a b", "%41"]).await.uri().to_string();
    assert_eq!(uri, "https://api.pets.example/gr%C3%B6%C3%9Fe/a%20b%20cm/%41%7C%2541?all=%3C1%3E");
}

#[tokio::test]
async fn cookies_stand_side_by_side() {
    static ONES: rt::OperationFacts = rt::OperationFacts::new("ones", "GET", "/")
        .parameters(&[rt::Parameter::cookie("theme"), rt::Parameter::cookie("size")]);
    assert_eq!(sent(&ONES, &[]).await.header("cookie"), Some("app=1"));
    assert_eq!(sent(&ONES, &["dark", "7"]).await.header("cookie"), Some("app=1; theme=dark; size=7"));
    // A parameter of that name is the text of the header.
    static BOTH: rt::OperationFacts = rt::OperationFacts::new("both", "GET", "/")
        .parameters(&[rt::Parameter::header("Cookie"), rt::Parameter::cookie("theme")]);
    assert_eq!(sent(&BOTH, &["a=1; b=2", "dark"]).await.header("cookie"), Some("a=1; b=2; theme=dark"));
}
