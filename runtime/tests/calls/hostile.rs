//! Answers of a server that means harm: what becomes of them is bounded, and what is printed of them is one line of text.

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{ErrorKind, Json};

use crate::common::{ApiError, Setup};

#[tokio::test]
async fn decoded_values_have_a_limit_of_their_own() {
    let list = format!("[{}{{}}]", "{},".repeat(60_000));
    let setup = Setup::new();
    setup.transport.otherwise(move |_| Answer::json(200, list.clone()));
    let pets = setup.builder().max_decoded_bytes(200_000).build().unwrap();
    let reply = pets.client.request::<ApiError>("GET", "/x").await.unwrap();
    let error = reply.json::<Vec<Json>>().unwrap_err();
    assert!(error.is_too_large() && error.path().starts_with("$["), "{error}");
    assert!(reply.json::<Json>().is_ok(), "text takes its own size");
    // By default it is eight times the limit of the body.
    let pets = setup.builder().max_response_bytes(200_000).build().unwrap();
    let reply = pets.client.request::<ApiError>("GET", "/x").await.unwrap();
    assert!(reply.json::<Vec<Json>>().unwrap_err().to_string().contains("1600000 bytes of memory"));
    let reply = setup.pets().client.request::<ApiError>("GET", "/x").await.unwrap();
    assert_eq!(reply.json::<Vec<Json>>().unwrap().len(), 60_001);
}

#[tokio::test]
async fn the_limit_holds_for_operations_and_for_each_record() {
    let (long, short) = (format!("\"{}\"", "x".repeat(1_000)), "\"x\"");
    let setup = Setup::answers([Answer::json(200, long.clone()), Answer::new(200).chunk(format!("{long}\n{short}\n"))]);
    let pets = setup.builder().max_decoded_bytes(500).build().unwrap();
    let error = pets.get("7").await.unwrap_err();
    assert_eq!((error.kind(), error.json_path(), error.status()), (ErrorKind::TooLarge, Some("$"), Some(200)));
    assert!(error.is_too_large() && error.message().contains("`max_decoded_bytes`"), "{error}");
    let mut records: rt::Records<Json, ApiError> = rt::Records::new(pets.get("7").raw, "application/x-ndjson");
    assert!(records.try_next().await.unwrap_err().is_too_large());
    assert_eq!(records.try_next().await.unwrap(), Some(Json::from("x")));
}

#[cfg(feature = "sse")]
#[tokio::test]
async fn the_limit_holds_for_each_event() {
    let data = format!("data: \"{}\"\n\ndata: 1\n\n", "x".repeat(1_000));
    let setup = Setup::answers([Answer::new(200).header("content-type", "text/event-stream").chunk(data)]);
    let pets = setup.builder().max_decoded_bytes(500).build().unwrap();
    let mut events: rt::EventStream<Json, ApiError> =
        rt::EventStream::new(pets.get("7").raw, rt::EventForm::Json).once();
    assert!(events.try_next().await.unwrap_err().is_too_large());
    assert_eq!(events.try_next().await.unwrap().unwrap().data, Json::from(1));
}

#[tokio::test]
async fn an_error_keeps_one_megabyte_of_a_body() {
    let setup = Setup::answers([
        Answer::json(200, format!("{{\"a\":\"{}\"", "x".repeat(3 << 20))),
        Answer::json(500, format!("{{\"message\":\"no\",\"a\":\"{}\"}}", "x".repeat(3 << 20))),
    ]);
    let error = setup.pets().get("7").await.unwrap_err();
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::Decode, 1 << 20));
    let error = setup.pets().get("7").await.unwrap_err();
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::Api, 1 << 20));
}

#[tokio::test]
async fn a_server_writes_one_line_and_turns_nothing_around() {
    let hostile = "\u{202e}evil\u{2066}\u{200b}\u{feff}\r\n\u{1b}[31mFAKE\u{2028}line\u{e0041}";
    let body = Json::object([("message", hostile), ("error_code", hostile)]);
    let answers = [
        Answer::json(409, body.as_text()),
        Answer::json(200, format!("{{\"{hostile}\":").replace(['\r', '\n', '\u{1b}'], "")),
    ];
    let setup = Setup::answers(answers);
    for _ in 0..2 {
        let error = setup.pets().get("7").await.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        for shown in [error.to_string(), format!("{error:?}"), source.unwrap_or_default()] {
            let seen = |character: char| {
                character.is_control()
                    || matches!(character, '\u{200b}'..='\u{202e}' | '\u{2066}' | '\u{feff}' | '\u{e0041}')
            };
            assert!(!shown.contains(seen), "{shown:?}");
        }
    }
    let setup = Setup::answers([Answer::json(409, body.as_text())]);
    assert_eq!(setup.pets().get("7").await.unwrap_err().message(), hostile, "a value is not touched");
}

/// The request was sent, so it is no fault of the set-up, and no promise that nothing was sent.
#[tokio::test]
async fn a_redirect_to_nowhere_is_the_servers_fault() {
    for location in ["https://other.example:99999/x", "https://other.example:port/", "//h:-1/"] {
        let setup = Setup::answers([Answer::new(302).header("location", location)]);
        let error = setup.pets().get("7").await.unwrap_err();
        assert_eq!((error.kind(), error.status(), setup.count()), (ErrorKind::Api, Some(302), 1), "{location}");
    }
    let refused =
        [Answer::new(307).header("location", "https://other.example/"), Answer::fault(TransportFault::Refused)];
    let error = Setup::answers(refused).pets().get("7").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(307)));
    let error = Setup::answers([Answer::fault(TransportFault::Refused)]).pets().get("7").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
