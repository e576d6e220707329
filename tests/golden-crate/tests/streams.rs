//! Answers that are read while they arrive, and redirects to where they are.

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

/// Method and target of everything that was asked.
fn asked(transport: &MemoryTransport) -> Vec<String> {
    transport.requests().iter().map(|request| format!("{} {}", request.method(), request.uri())).collect()
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

/// Awaited, a call whose only success is a redirect tells where it leads; its stream goes there.
#[tokio::test]
async fn a_redirect_can_be_the_answer() {
    use golden::redirects::{RedirectPolicy, Shelter, op};
    let away = "https://storage.example/7.zip?signature=1";
    let to = |status: u16| Answer::new(status).header("location", away);
    let transport = answering([to(302), to(302), Answer::new(200).chunk("PK"), to(307), to(303), to(302)]);
    let shelter: Shelter = client(&transport);
    assert_eq!(shelter.orders().get_logs("7").await.unwrap().url(), away);
    assert_eq!(shelter.orders().get_logs("7").stream().await.unwrap().bytes().await.unwrap(), "PK");
    assert_eq!(shelter.orders().check_logs("7").await.unwrap().status(), 307);
    let response = shelter.orders().make_export().with_response().await.unwrap();
    assert_eq!((response.status(), response.value().url().as_str()), (303, away));
    let refused = shelter.orders().get_logs("7").redirect(RedirectPolicy::Refuse).await.unwrap_err();
    assert_eq!(refused.header(op::GetLogs::LOCATION).unwrap().as_deref(), Some(away));
    assert_eq!(
        asked(&transport),
        [
            "GET http://memory/logs/7",
            "GET http://memory/logs/7",
            &format!("GET {away}"),
            "HEAD http://memory/logs/7",
            "POST http://memory/exports",
            "GET http://memory/logs/7"
        ]
    );
}

#[tokio::test]
async fn declared_redirects_of_reads_are_followed() {
    use golden::redirects::{Shelter, types::Pet};
    let to = |status: u16| Answer::new(status).header("location", "/pets/8");
    let transport = answering([to(301), Answer::json(200, r#"{"name":"Rex"}"#), to(307), Answer::new(304)]);
    let shelter: Shelter = client(&transport);
    assert_eq!(shelter.pets().get("7").await.unwrap().name, "Rex");
    assert_eq!(shelter.pets().set("7", &Pet::new("Rex")).await.unwrap_err().status(), Some(307));
    assert_eq!(shelter.pets().get("7").await.unwrap_err().status(), Some(304));
    assert_eq!(asked(&transport)[..2], ["GET http://memory/pets/7", "GET http://memory/pets/8"]);
}
