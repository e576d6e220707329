//! Clients that typewright 0.1.0 wrote still make their calls and read their answers. The transport is in memory.

use std::sync::Arc;

use typewright_frozen_0_1_0 as frozen;
use typewright_runtime::testing::{Answer, MemoryTransport};
use typewright_runtime::{ApiClient, Builder, Credentials};

const LINK: &str = "22222222-2222-4222-8222-222222222222";

/// A client of any output over a transport that gives these answers. Only some documents know of tokens.
fn client<C: ApiClient>(token: Option<&str>, answers: impl IntoIterator<Item = Answer>) -> (C, MemoryTransport) {
    let transport = MemoryTransport::new();
    for answer in answers {
        transport.answer(answer);
    }
    let mut builder = Builder::new().base_url("http://memory/").transport(Arc::new(transport.clone()));
    if let Some(token) = token {
        builder = builder.credentials(Credentials::bearer(token));
    }
    (builder.build().unwrap_or_else(|_| panic!("the client is complete")), transport)
}

/// Method, target and body of everything that was asked.
fn asked(transport: &MemoryTransport) -> Vec<String> {
    let requests = transport.requests();
    let line = |request: &typewright_runtime::testing::Recorded| {
        format!("{} {} {}", request.method(), request.uri(), request.text()).trim_end().to_owned()
    };
    requests.iter().map(line).collect()
}

#[tokio::test]
async fn a_provider_is_called() {
    use frozen::qredex::types::{CreateCreator, CreatorStatus};
    let created = r#"{"id":"c-1","handle":"alice","status":"ACTIVE","display_name":null,
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","later":[1.50]}"#;
    let refused = r#"{"error_code":"not_found","message":"no"}"#;
    let (qredex, transport) =
        client::<frozen::qredex::Qredex>(Some("0815"), [Answer::json(201, created), Answer::json(404, refused)]);
    let creator = qredex.creators().create(&CreateCreator::new("alice").display_name("Alice")).await.unwrap();
    assert_eq!((creator.handle.as_str(), creator.status), ("alice", CreatorStatus::Active));
    assert!(creator.display_name.is_null() && creator.extra.get("later").is_some());
    let error = qredex.links().get(LINK).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(
        asked(&transport),
        [
            r#"POST http://memory/api/v1/integrations/creators {"handle":"alice","display_name":"Alice"}"#,
            "GET http://memory/api/v1/integrations/links/22222222-2222-4222-8222-222222222222",
        ]
    );
}

#[tokio::test]
async fn pages_are_walked() {
    let pages = [
        Answer::json(200, r#"{"items":[{"name":"a"},{"name":"b"}],"total_pages":2}"#),
        Answer::json(200, r#"{"items":[{"name":"c"}],"total_pages":2}"#),
    ];
    let (shelter, transport) = client::<frozen::paging::Shelter>(Some("0815"), pages);
    let mut names = Vec::new();
    let mut pets = shelter.pets().list().items();
    while let Some(pet) = pets.try_next().await.unwrap() {
        names.push(pet.name);
    }
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(asked(&transport), ["GET http://memory/pets", "GET http://memory/pets?page=2"]);
}

#[tokio::test]
async fn statuses_and_refusals_give_variants() {
    use frozen::per_status::{ApiError, op::CreatePetOutput};
    let answers = [Answer::json(201, r#"{"number":7}"#), Answer::json(409, r#"{"with":"Rex"}"#)];
    let (shelter, _) = client::<frozen::per_status::Shelter>(None, answers);
    assert!(matches!(shelter.pets().create().await, Ok(CreatePetOutput::Created(receipt)) if receipt.number == 7));
    let conflict = shelter.pets().create().await.unwrap_err();
    assert!(matches!(conflict.body(), Some(ApiError::Conflict(body)) if body.with.as_deref() == Some("Rex")));
}

#[tokio::test]
async fn forms_travel() {
    use frozen::form_body::types::{CreateAdoptionBody, CreateAdoptionBodyAddress};
    let (shelter, transport) = client::<frozen::form_body::Shelter>(None, [Answer::new(204)]);
    let address = CreateAdoptionBodyAddress::new().city("Bern");
    let form = CreateAdoptionBody::new("rex").tags(vec!["a".into(), "b".into()]).address(address);
    shelter.adoptions().create(&form).await.unwrap();
    assert_eq!(
        transport.requests().first().map(|request| request.text()).as_deref(),
        Some("pet=rex&tags=a&tags=b&address%5Bcity%5D=Bern")
    );
}

#[tokio::test]
async fn unions_are_told_by_tag_and_by_shape() {
    use frozen::union_by_shape::types::Note;
    use frozen::union_by_tag::types::{Dog, Pet};
    let (shelter, transport) =
        client::<frozen::union_by_tag::Shelter>(None, [Answer::json(201, r#"{"kind":"cat","lives":9}"#)]);
    let pet = shelter.pets().create(&Pet::from(Dog::new("dog").barks(true))).await.unwrap();
    assert!(matches!(pet, Pet::Cat(cat) if cat.lives == 9));
    assert_eq!(asked(&transport), [r#"POST http://memory/pets {"kind":"dog","barks":true}"#]);

    let (shelter, _) = client::<frozen::union_by_shape::Shelter>(None, [Answer::json(201, r#"["a"]"#)]);
    let note = shelter.notes().create(&Note::String("b".to_owned())).await.unwrap();
    assert!(matches!(note, Note::List(items) if items == ["a"]));
}
