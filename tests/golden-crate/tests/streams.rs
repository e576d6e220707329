//! Answers that are read while they arrive.

use std::sync::Arc;

use typewright_golden as golden;
use typewright_runtime::testing::{Answer, MemoryTransport};
use typewright_runtime::{ApiClient, Builder};

/// A client of any golden output over this transport.
fn client<C: ApiClient>(transport: &MemoryTransport) -> C {
    Builder::new()
        .base_url("http://memory/")
        .transport(Arc::new(transport.clone()))
        .build()
        .unwrap_or_else(|_| panic!())
}

fn answering(answers: impl IntoIterator<Item = Answer>) -> MemoryTransport {
    let transport = MemoryTransport::new();
    for answer in answers {
        transport.answer(answer);
    }
    transport
}

#[tokio::test]
async fn answers_are_read_while_they_arrive() {
    use golden::streams::{Shelter, op, types::WatchResponseEvent};
    let transport = answering([
        Answer::new(200)
            .header("content-disposition", "attachment; filename=pets.csv")
            .header("x-total-count", "7")
            .header("etag", "\"7\"")
            .header("x-kinds", "dog, bird")
            .chunk("a,")
            .chunk("b"),
        Answer::new(200).chunk("{\"pet\":\"Rex\"}\n{\"pet\":").chunk("\"Tom\"}"),
        Answer::new(200).header("content-type", "application/json-seq").chunk("\u{1e}{\"pet\":\"Rex\"}\n"),
    ]);
    let shelter: Shelter = client(&transport);
    let mut download = shelter.pets().export().stream().await.unwrap();
    assert_eq!(download.file_name().as_deref(), Some("pets.csv"));
    assert_eq!(download.header(op::ExportPets::X_TOTAL_COUNT).unwrap(), Some(7));
    assert_eq!(download.header(op::ExportPets::E_TAG).unwrap().as_deref(), Some("\"7\""));
    let kinds = download.header(op::ExportPets::X_KINDS).unwrap().unwrap();
    assert_eq!((kinds[0].as_str(), kinds[1].as_str()), ("dog", "bird"));
    assert_eq!(download.chunk().await.unwrap().unwrap(), "a,");
    assert_eq!(download.bytes().await.unwrap(), "b");
    for expected in [["Rex", "Tom"].as_slice(), &["Rex"]] {
        let mut records =
            if expected.len() == 2 { shelter.pets().read_log().records() } else { golden_records(&shelter) };
        let mut pets = Vec::new();
        while let Some(entry) = records.try_next().await.unwrap() {
            pets.push(entry.pet);
        }
        assert_eq!(pets, expected);
    }
    let events = |text: &str| Answer::new(200).header("content-type", "text/event-stream").chunk(text.to_owned());
    transport.answer(events("event: added\nid: 7\ndata: {\"pet\":\"Rex\"}\n\n"));
    let mut changes = shelter.pets().watch().events();
    let change = changes.try_next().await.unwrap().unwrap();
    assert_eq!((change.id.as_deref(), change.data.event), (Some("7"), Some(WatchResponseEvent::Added)));
    assert_eq!(change.data.data.pet, "Rex");
    transport.answer(events("data: hello\n\n"));
    assert_eq!(shelter.pets().notices().events().try_next().await.unwrap().unwrap().data, "hello");
    // One operation, answered as a whole or in parts, as the caller asks.
    transport
        .answer(Answer::json(200, r#"{"pet":"Rex"}"#))
        .answer(events("data: {\"pet\":\"Tom\"}\n\ndata: [DONE]\n\n"));
    let question = golden::streams::types::AskBody::new("who?");
    assert_eq!(shelter.pets().ask(&question).await.unwrap().pet, "Rex");
    let mut parts = shelter.pets().ask(&question).events();
    assert_eq!(parts.try_next().await.unwrap().unwrap().data.pet, "Tom");
    assert_eq!(parts.try_next().await.unwrap(), None);
    let accepted: Vec<_> =
        transport.requests().iter().map(|request| request.header("accept").unwrap().to_owned()).collect();
    assert_eq!(
        accepted,
        [
            "text/csv",
            "application/x-ndjson",
            "application/json-seq",
            "text/event-stream",
            "text/event-stream",
            "application/json",
            "text/event-stream",
        ]
    );
}

fn golden_records(
    shelter: &golden::streams::Shelter,
) -> typewright_runtime::Records<golden::streams::types::Entry, golden::streams::ApiError> {
    shelter.pets().read_sequence().records()
}
