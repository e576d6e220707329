//! What golden outputs say about a client as a whole: limits, tokens, servers, variables. The transport is in memory.

use std::sync::Arc;

use typewright_golden as golden;
use typewright_runtime::Credentials;
use typewright_runtime::testing::{Answer, MemoryTransport};

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
async fn a_client_keeps_to_what_its_document_says_of_limits_and_tokens() {
    use golden::client_keeps_to_limits::Shelter;
    let transport = answering([
        Answer::json(200, r#"{"data":{"token":"t1"}}"#),
        Answer::json(200, r#"{"error":true,"message":"no such pet"}"#),
        Answer::json(200, r#"{"name":"Rex"}"#),
    ]);
    let variables = [
        ("SHELTER_URL", "keeps-to-limits.example/proxy/V1/pets"),
        ("SHELTER_ID", "id-1"),
        ("SHELTER_SECRET", "s3cret"),
        ("SHELTER_LIMIT", "3.9"),
    ];
    let find = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let builder = Shelter::builder().from_variables(find).unwrap().transport(Arc::new(transport.clone()));
    let shelter = builder.build().unwrap();
    assert_eq!(shelter.base_url(), "https://keeps-to-limits.example/proxy");
    let error = shelter.pets().get("7").await.unwrap_err();
    assert_eq!((error.status(), error.message(), error.is_api()), (Some(200), "no such pet", true));
    assert_eq!(shelter.pets().get("8").await.unwrap().name, "Rex");
    let refused = shelter.pets().get("9").await.unwrap_err();
    assert!(refused.is_rate_limited(), "{refused:?}");
    assert!(refused.message().starts_with("3 a minute, "), "{refused}");
    assert_eq!(
        asked(&transport),
        [
            "POST https://keeps-to-limits.example/proxy/api/token",
            "GET https://keeps-to-limits.example/proxy/api/pets?id=7",
            "GET https://keeps-to-limits.example/proxy/api/pets?id=8",
        ]
    );
    let sent = transport.requests();
    assert_eq!(sent[0].text(), "ClientId=id-1&client_secret=s3cret");
    assert_eq!((sent[1].header("clientid"), sent[1].header("token")), (Some("id-1"), Some("t1")));
    let missing = Shelter::builder().credentials(Credentials::client_credentials("i", "s")).build().unwrap_err();
    assert!(missing.message().contains("SHELTER_URL") && missing.message().contains("`base_url`"), "{missing}");
}

#[tokio::test]
async fn an_empty_page_ends_a_walk_without_a_total() {
    use golden::client_keeps_to_limits::Shelter;
    let transport = answering([
        Answer::json(200, r#""bare""#),
        Answer::json(200, r#"[{"name":"a"},{"name":"b"}]"#),
        Answer::json(200, r#"[{"name":"c"}]"#),
        Answer::json(200, "[]"),
    ]);
    let builder = Shelter::builder().base_url("http://empty-page").transport(Arc::new(transport.clone()));
    let credentials = Credentials::client_credentials("id", "s3cret");
    let shelter = builder.credentials(credentials).rate_limit(0).build().unwrap();
    let mut pets = shelter.pets().list().items();
    let mut names = Vec::new();
    while let Some(pet) = pets.try_next().await.unwrap() {
        names.push(pet.name);
    }
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(
        asked(&transport)[1..],
        [
            "GET http://empty-page/api/pets",
            "GET http://empty-page/api/pets?page_no=2",
            "GET http://empty-page/api/pets?page_no=3",
        ]
    );
    assert_eq!(transport.requests()[1].header("token"), Some("bare"));
}

#[tokio::test]
async fn a_variable_may_be_for_one_scheme_alone() {
    use golden::client_keeps_to_limits::Shelter;
    let transport = answering([Answer::new(204)]);
    let find = |name: &str| (name == "SHELTER_SHOP_KEY").then(|| "k-1".to_owned());
    let builder = Shelter::builder().from_variables(find).unwrap().base_url("http://one-scheme");
    let shelter = builder.transport(Arc::new(transport.clone())).build().unwrap();
    shelter.pets().shop().await.unwrap();
    assert_eq!(transport.requests()[0].header("x-shop"), Some("k-1"));
    assert!(shelter.pets().get("7").await.unwrap_err().is_configuration());
}

#[test]
fn a_server_without_a_host_is_asked_for_with_its_path() {
    let error = golden::content_types::Shelter::builder().build().err().unwrap();
    let expected = "choose one with `.base_url(…)` (the document's path is `/api/v1`)";
    assert!(error.message().ends_with(expected), "{error}");
}
