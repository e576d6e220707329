//! Answers that are read while they arrive.

use typewright_runtime::Json;
use typewright_runtime::RetryPolicy;
use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::transport::TransportFault;

use crate::common::{ApiError, GetPet, Pets, Setup, ms};

fn download(pets: &Pets) -> rt::Pending<rt::Download<ApiError>, rt::Error<ApiError>> {
    rt::download(pets.get("7").raw, "text/csv")
}

fn records(pets: &Pets) -> rt::Records<Json, ApiError> {
    rt::Records::new(pets.get("7").raw, "application/x-ndjson")
}

fn big() -> String {
    "0123456789".repeat(100)
}

#[tokio::test]
async fn bytes_come_in_chunks_and_no_cap_holds() {
    let answer = Answer::new(200)
        .header("content-type", "text/csv")
        .header("content-length", "2000")
        .header("x-request-id", "r-1")
        .header("content-disposition", "attachment; filename=pets.csv");
    let setup = Setup::answers([answer.chunk(big()).chunk("").chunk(big())]);
    let mut download = download(&setup.builder().max_response_bytes(500).build().unwrap()).await.unwrap();
    assert_eq!((download.status(), download.content_type()), (200, Some("text/csv")));
    assert_eq!((download.content_length(), download.request_id()), (Some(2000), Some("r-1")));
    assert_eq!(download.file_name().as_deref(), Some("pets.csv"));
    assert_eq!(download.chunk().await.unwrap().unwrap(), big());
    assert_eq!(download.chunk().await.unwrap().unwrap(), big());
    assert_eq!(download.chunk().await.unwrap(), None);
    assert_eq!(setup.requests()[0].header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn the_rest_can_be_had_at_once_up_to_the_cap_or_written() {
    let answer = || Answer::new(200).chunk("a,b\n").chunk("1,2\n");
    let setup = Setup::answers([answer(), answer(), answer()]);
    assert_eq!(download(&setup.pets()).await.unwrap().bytes().await.unwrap(), "a,b\n1,2\n");
    let mut file = std::io::Cursor::new(Vec::new());
    assert_eq!(download(&setup.pets()).await.unwrap().write_to(&mut file).await.unwrap(), 8);
    assert_eq!(file.into_inner(), b"a,b\n1,2\n");
    let small = setup.builder().max_response_bytes(7).build().unwrap();
    let error = download(&small).await.unwrap().bytes().await.unwrap_err();
    assert_eq!(error.message(), "the answer is larger than 7 bytes");
}

/// In a function that returns the crate's error, everything about an answer goes on with `?`.
#[tokio::test]
async fn whatever_reads_an_answer_converts_into_the_error() {
    async fn read(pets: &Pets) -> Result<String, rt::Error<ApiError>> {
        let all = download(pets).await?.text().await?;
        let reply = pets.client.request::<ApiError>("GET", "/pets").await?;
        let name = reply.text()?;
        let _: Json = reply.json()?;
        let seconds = rt::DateTime::from("1970-01-01T00:00:07Z").unix_seconds()?;
        let written = rt::to_json(&seconds)?;
        Ok(format!("{all}{name}{written}"))
    }
    let text = || Answer::new(200).header("content-type", "text/plain; charset=iso-8859-1").chunk(vec![0xe9]);
    let setup = Setup::answers([text(), Answer::json(200, "1"), text(), Answer::json(200, "[1,")]);
    assert_eq!(read(&setup.pets()).await.unwrap(), "é17");
    let error = read(&setup.pets()).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.json_path(), Some("$[1]"));
    let error: rt::Error<ApiError> = rt::Date::parse("soon").unwrap_err().into();
    assert!(error.is_decode() && std::error::Error::source(&error).is_some());
    let error: rt::Error<ApiError> = rt::to_json(&rt::Decimal::from("x")).unwrap_err().into();
    assert!(error.is_validation());
}

/// Before the headers a stream is a call like any other; behind them nothing is repeated.
#[tokio::test]
async fn only_what_comes_before_the_headers_is_repeated() {
    let setup = Setup::answers([
        Answer::fault(TransportFault::Broken),
        Answer::json(503, "{}"),
        Answer::new(200).chunk("a").breaks(),
    ]);
    let pets = setup.builder().read_retry(RetryPolicy::new().attempts(4)).build().unwrap();
    let mut download = download(&pets).await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "a");
    assert!(download.chunk().await.unwrap_err().is_network());
    assert_eq!(setup.count(), 3);
}

#[tokio::test]
async fn refusals_are_errors_and_have_their_body() {
    let setup = Setup::answers([Answer::json(404, r#"{"message":"no such pet"}"#)]);
    let error = download(&setup.pets()).await.unwrap_err();
    assert_eq!((error.status(), error.message()), (Some(404), "no such pet"));
    assert!(matches!(error.body(), Some(ApiError::Problem(_))));
}

/// The time of an attempt ends with the headers; then only silence counts.
#[tokio::test]
async fn time_limits_of_streams() {
    let setup = Setup::answers([Answer::never(), Answer::new(200).chunk("a").stalls()]);
    let error = download(&setup.pets()).await.unwrap_err();
    assert_eq!(error.message(), "request timed out after 10000ms");
    let before = setup.time.passed();
    let mut download = download(&setup.pets()).await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "a");
    let error = download.chunk().await.unwrap_err();
    assert_eq!(error.message(), "the answer stalled: nothing came for 20000ms");
    assert_eq!((setup.time.passed() - before, error.operation()), (ms(20_000), Some("pets.get")));
}

#[tokio::test]
async fn records_are_decoded_one_by_one() {
    let setup = Setup::answers([Answer::new(200).chunk("{\"a\":").chunk("1}\n\nnot json\n{\"a\":2}")]);
    let mut records = records(&setup.pets());
    assert!(records.reply().is_none());
    assert_eq!(records.try_next().await.unwrap().unwrap(), Json::parse(r#"{"a":1}"#).unwrap());
    assert_eq!(records.reply().map(rt::RawReply::status), Some(200));
    // One that cannot be read is told, and the next one comes all the same.
    assert!(records.try_next().await.unwrap_err().is_decode());
    assert_eq!(records.try_next().await.unwrap().unwrap(), Json::parse(r#"{"a":2}"#).unwrap());
    assert_eq!(records.try_next().await.unwrap(), None);
    assert_eq!(records.try_next().await.unwrap(), None);
    assert_eq!(setup.requests()[0].header("accept"), Some("application/x-ndjson"));
}

#[tokio::test]
async fn records_are_bounded_and_end_with_their_connection() {
    let sequence = Answer::new(200).header("content-type", "application/json-seq");
    let setup = Setup::answers([
        Answer::new(200).chunk("1\n").chunk("12345678"),
        Answer::new(200).chunk("1\n2").breaks(),
        sequence.chunk("\u{1e}{\n}\n\u{1e}2\n"),
    ]);
    let pets = setup.builder().max_response_bytes(5).build().unwrap();
    let read = async || {
        let mut records = records(&pets);
        let mut found = Vec::new();
        loop {
            match records.try_next().await {
                Ok(Some(value)) => found.push(value.as_text().to_owned()),
                Ok(None) => return found,
                Err(error) => found.push(format!("{:?}", error.kind())),
            }
        }
    };
    assert_eq!(read().await, ["1", "TooLarge"]);
    assert_eq!(read().await, ["1", "Network"]);
    assert_eq!(read().await, ["{\n}", "2"]);
}

#[cfg(feature = "sse")]
mod sse {
    use super::*;
    use rt::EventForm;
    use typewright_runtime::Decode;
    use typewright_runtime::testing::Recorded;

    fn stream<T: Decode>(pets: &Pets, form: EventForm) -> rt::EventStream<T, ApiError> {
        rt::EventStream::new(pets.get("7").raw, form)
    }

    fn events(text: &str) -> Answer {
        Answer::new(200).header("content-type", "text/event-stream; charset=utf-8").chunk(text.to_owned())
    }

    fn again(setup: &Setup) -> Pets {
        setup.builder().read_retry(RetryPolicy::new().attempts(2)).build().unwrap()
    }

    async fn all<T: Decode + typewright_runtime::Encode>(mut stream: rt::EventStream<T, ApiError>) -> Vec<String> {
        let mut found = Vec::new();
        loop {
            match stream.try_next().await {
                Ok(Some(event)) => found.push(typewright_runtime::to_json(&event.data).unwrap()),
                Ok(None) => return found,
                Err(error) => found.push(format!("{:?}", error.kind())),
            }
        }
    }

    fn last_ids(requests: &[Recorded]) -> Vec<Option<&str>> {
        requests.iter().map(|request| request.header("last-event-id")).collect()
    }

    #[tokio::test]
    async fn a_get_comes_back_behind_the_last_event() {
        let setup = Setup::answers([
            events("id: 1\nretry: 700\ndata: a\n\nid: 2\ndata: lost"),
            events("data: b\n\n").breaks(),
            events(": nothing\n\n"),
            events("id: 3\ndata: c\n\n"),
            Answer::new(204),
        ]);
        assert_eq!(all(stream::<String>(&again(&setup), EventForm::Text)).await, [r#""a""#, r#""b""#, r#""c""#]);
        let requests = setup.requests();
        assert_eq!(last_ids(&requests), [None, Some("1"), Some("1"), Some("1"), Some("3")]);
        assert_eq!(requests[0].header("accept"), Some("text/event-stream"));
        // What the server wishes; a second time without an event the policy's own delay is longer or equal.
        assert_eq!(setup.time.slept(), [ms(700), ms(700), ms(700), ms(700)]);
    }

    #[tokio::test]
    async fn credentials_are_fresh_when_it_comes_back() {
        let setup = Setup::new();
        setup.transport.answer(crate::common::token("one", 20)).answer(events("data: 1\n\n"));
        setup.transport.answer(crate::common::token("two", 3600)).answer(Answer::new(204));
        let pets: Pets = setup
            .bare()
            .credentials(rt::Credentials::client_credentials("id", "secret").scope(["a", "b"]))
            .read_retry(RetryPolicy::new().attempts(2))
            .build()
            .unwrap();
        assert_eq!(all(stream::<Json>(&pets, EventForm::Json)).await, ["1"]);
        let requests = setup.requests();
        let sent: Vec<_> = requests.iter().filter_map(|request| request.header("authorization")).collect();
        assert_eq!(sent.last(), Some(&"Bearer two"), "{sent:?}");
    }

    #[tokio::test]
    async fn what_ends_a_stream() {
        let check = async |answers: Vec<Answer>, expected: &[&str], count: usize| {
            let setup = Setup::answers(answers);
            assert_eq!(all(stream::<Json>(&again(&setup), EventForm::Json)).await, expected);
            assert_eq!(setup.count(), count);
        };
        check(vec![Answer::new(204)], &[], 1).await;
        check(vec![Answer::json(404, "{}")], &["Api"], 1).await;
        check(vec![Answer::json(200, "{}")], &["Decode"], 1).await;
        check(vec![events("data: 1\n\n"), Answer::json(404, "{}")], &["1", "Api"], 2).await;
        check(vec![events("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n")], &["1"], 1).await;
        // Data that cannot be read ends nothing.
        check(vec![events("data: x\n\ndata: 2\n\n"), Answer::new(204)], &["Decode", "2"], 2).await;
    }

    #[tokio::test]
    async fn nothing_comes_back_that_may_not_be_repeated() {
        let setup = Setup::answers([events("data: 1\n\n"), events("data: 1\n\n"), events("data: 1\n\n").breaks()]);
        let post = rt::EventStream::<Json, ApiError>::new(again(&setup).create("Rex").raw, EventForm::Json);
        assert_eq!(all(post).await, ["1"]);
        assert_eq!(all(stream::<Json>(&again(&setup), EventForm::Json).once()).await, ["1"]);
        // Retries are off by default in this document.
        assert_eq!(all(stream::<Json>(&setup.pets(), EventForm::Json)).await, ["1", "Network"]);
        assert_eq!(setup.count(), 3);
    }

    #[tokio::test]
    async fn events_are_bounded_and_silence_is_no_fault() {
        let setup = Setup::answers([events("data: 123456789\n\n"), events("data: 1\n\n").stalls()]);
        let pets = setup.builder().max_response_bytes(10).build().unwrap();
        assert_eq!(all(stream::<Json>(&pets, EventForm::Json)).await, ["TooLarge"]);
        let mut silent = stream::<Json>(&pets, EventForm::Json);
        assert!(silent.try_next().await.unwrap().is_some());
        let waited = std::future::poll_fn(|context| {
            let next = std::pin::pin!(silent.try_next()).as_mut().poll(context).is_pending();
            std::task::Poll::Ready(next)
        });
        assert!(waited.await);
        setup.time.advance(ms(86_400_000));
        let waited = std::future::poll_fn(|context| {
            std::task::Poll::Ready(std::pin::pin!(silent.try_next()).as_mut().poll(context).is_pending())
        });
        assert!(waited.await);
    }

    #[tokio::test]
    async fn an_event_can_be_read_whole() {
        let text = "event: x\nid: 7\ndata: {\"a\":1}\n\ndata: plain\n\n";
        let setup = Setup::answers([events(text), events(text)]);
        let mut whole = stream::<Json>(&setup.pets(), EventForm::Whole);
        let first = whole.try_next().await.unwrap().unwrap();
        assert_eq!((first.id.as_deref(), first.event.as_deref()), (Some("7"), Some("x")));
        assert_eq!(first.data.as_text(), r#"{"event":"x","id":"7","data":{"a":1}}"#);
        assert_eq!(whole.try_next().await.unwrap().unwrap().data.as_text(), r#"{"id":"7","data":"plain"}"#);
        assert_eq!((whole.last_event_id(), whole.reply().map(rt::RawReply::status)), (Some("7"), Some(200)));
        let text = all(stream::<String>(&setup.pets(), EventForm::Text)).await;
        assert_eq!(text, [r#""{\"a\":1}""#, r#""plain""#]);
    }

    #[test]
    fn streams_can_be_sent_and_shared_by_tasks() {
        fn check<T: Send + Unpin>() {}
        check::<rt::EventStream<Json, ApiError>>();
        check::<rt::Records<Json, ApiError>>();
        check::<rt::Download<ApiError>>();
    }
}

/// What the generator writes for such operations.
impl rt::InBytes for GetPet {
    const ACCEPT: &'static str = "text/csv";
}
