//! What calls of the golden outputs put on the wire, and what they make of answers. The transport is in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use typewright_golden as golden;
use typewright_runtime::testing::{Answer, ManualTime, MemoryTransport, SteadyRandom};
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{ApiClient, Builder, Credentials, Json};

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
async fn statuses_give_variants() {
    use golden::per_status::op::CreatePetOutput;
    let transport = answering([
        Answer::json(200, r#"{"name":"Rex"}"#),
        Answer::json(201, r#"{"number":7}"#),
        Answer::new(202),
        Answer::json(206, "null"),
    ]);
    let shelter: golden::per_status::Shelter = client(&transport);
    assert!(matches!(shelter.pets().create().await, Ok(CreatePetOutput::Ok(pet)) if pet.name == "Rex"));
    assert!(matches!(shelter.pets().create().await, Ok(CreatePetOutput::Created(receipt)) if receipt.number == 7));
    assert!(matches!(shelter.pets().create().await, Ok(CreatePetOutput::Accepted)));
    assert!(matches!(shelter.pets().create().await, Ok(CreatePetOutput::Other(body)) if body == "null"));
}

/// As the body would be alone.
#[test]
fn what_has_several_kinds_is_serialised() {
    use golden::per_status::op::CreatePetOutput;
    let check = |output: CreatePetOutput, expected: &str| {
        assert_eq!(serde_json::to_string(&output).unwrap(), expected);
    };
    let pet = typewright_runtime::from_json(r#"{"name":"Rex"}"#).unwrap();
    check(CreatePetOutput::Ok(pet), r#"{"name":"Rex"}"#);
    check(CreatePetOutput::Accepted, "null");
    check(CreatePetOutput::Other(r#"[1, 2]"#.into()), "[1,2]");
    check(CreatePetOutput::Other("a;b".into()), r#""a;b""#);
    check(CreatePetOutput::Other(vec![0xff].into()), r#""/w==""#);
}

#[tokio::test]
async fn refusals_are_read_by_their_schema() {
    use golden::per_status::ApiError;
    let transport = answering([
        Answer::json(409, r#"{"with":"Rex"}"#),
        Answer::json(400, r#"{"reason":"full"}"#),
        Answer::json(500, r#"{"message":"no"}"#),
    ]);
    let shelter: golden::per_status::Shelter = client(&transport);
    let conflict = shelter.pets().create().await.unwrap_err();
    assert!(conflict.is_conflict());
    assert!(matches!(conflict.body(), Some(ApiError::Conflict(body)) if body.with.as_deref() == Some("Rex")));
    // A range goes before `default`, and behind the status itself.
    let refusal = shelter.pets().create().await.unwrap_err();
    assert!(matches!(refusal.body(), Some(ApiError::Refusal(body)) if body.reason.as_deref() == Some("full")));
    let fault = shelter.pets().create().await.unwrap_err();
    assert!(matches!(fault.body(), Some(ApiError::Fault(body)) if body.message.as_deref() == Some("no")));
}

#[tokio::test]
async fn pages_are_walked() {
    let transport = answering([
        Answer::json(200, r#"{"items":[{"name":"a"},{"name":"b"}],"total_pages":2}"#),
        Answer::json(200, r#"{"items":[{"name":"c"}],"total_pages":2}"#),
        Answer::json(200, r#"{"data":{"toys":["ball"]},"next":"n1"}"#),
        Answer::json(200, r#"{"data":{"toys":null}}"#),
    ]);
    let shelter = golden::paging::Shelter::builder()
        .base_url("http://memory")
        .credentials(Credentials::bearer("0815"))
        .transport(Arc::new(transport.clone()))
        .build()
        .unwrap();
    let mut names = Vec::new();
    let mut pets = shelter.pets().list().items();
    while let Some(pet) = pets.try_next().await.unwrap() {
        names.push(pet.name);
    }
    let mut toys = shelter.pets().toys("b6b1d3ee-8d3c-4b0e-9d3a-5f4f3b0c2a10").list().items();
    while let Some(toy) = toys.try_next().await.unwrap() {
        names.push(toy);
    }
    assert_eq!(names, ["a", "b", "c", "ball"]);
    assert_eq!(
        asked(&transport),
        [
            "GET http://memory/pets",
            "GET http://memory/pets?page=2",
            "GET http://memory/pets/b6b1d3ee-8d3c-4b0e-9d3a-5f4f3b0c2a10/toys",
            "GET http://memory/pets/b6b1d3ee-8d3c-4b0e-9d3a-5f4f3b0c2a10/toys?after=n1",
        ]
    );
}

#[tokio::test]
async fn accessors_take_what_belongs_to_the_resource_above() {
    let transport = answering((0..6).map(|_| Answer::new(200).chunk("text")));
    let shelter: golden::nested_resources::Shelter = client(&transport);
    let visits = shelter.pets().visits("r/x");
    visits.list().q("a").await.unwrap();
    visits.replace("7", "text").await.unwrap();
    visits.notes(3).get("n").await.unwrap();
    shelter.clients().addresses("c").list().await.unwrap();
    // Operations that do not agree about what is above them take everything themselves.
    shelter.pets().photos().list("r").await.unwrap();
    shelter.pets().photos().get("p").await.unwrap();
    assert_eq!(
        asked(&transport),
        [
            "GET http://memory/pets/r%2Fx/pet_visits?q=a",
            "PUT http://memory/pets/r%2Fx/pet_visits/7",
            "GET http://memory/pets/r%2Fx/pet_visits/3/notes/n",
            "GET http://memory/clients/c/addresses",
            "GET http://memory/pets/r/photos",
            "GET http://memory/photos/p",
        ]
    );
    assert!(!format!("{visits:?}").contains("r/x"));
}

#[tokio::test]
async fn keys_are_made_as_the_document_says() {
    let transport =
        answering([Answer::new(500), Answer::new(201), Answer::new(204), Answer::new(204), Answer::new(204)]);
    let shelter: golden::keys_and_conflicts::Shelter = golden::keys_and_conflicts::Shelter::builder()
        .base_url("http://memory")
        .transport(Arc::new(transport.clone()))
        .sleeper(Arc::new(ManualTime::new()))
        .build()
        .unwrap();
    shelter.pets().create().await.unwrap();
    shelter.pets().delete().await.unwrap();
    shelter.pets().replace().await.unwrap();
    shelter.pets().replace().idempotency_key("mine").await.unwrap();
    let requests = transport.requests();
    let keys: Vec<Option<&str>> =
        requests.iter().map(|one| one.header("idempotency-key").or(one.header("x-own-key"))).collect();
    assert!(keys[0].is_some_and(|key| key.starts_with("shelter-") && key.len() == 44), "{keys:?}");
    assert_eq!(keys[1..], [keys[0], None, None, Some("mine")]);
}

#[tokio::test]
async fn conflicts_are_tried_again_with_new_keys() {
    let transport =
        answering([Answer::new(409), Answer::new(409), Answer::new(201), Answer::new(409), Answer::new(409)]);
    let time = ManualTime::new();
    let shelter: golden::keys_and_conflicts::Shelter = golden::keys_and_conflicts::Shelter::builder()
        .base_url("http://memory")
        .transport(Arc::new(transport.clone()))
        .sleeper(Arc::new(time.clone()))
        .build()
        .unwrap();
    let create = || async { shelter.pets().create().await };
    shelter.retry_conflict(3, create).await.unwrap();
    assert_eq!(time.slept().len(), 2);
    let error = shelter.retry_conflict(2, create).await.unwrap_err();
    assert!(error.is_conflict());
    let requests = transport.requests();
    let keys: BTreeSet<Option<&str>> = requests.iter().map(|one| one.header("idempotency-key")).collect();
    assert_eq!((requests.len(), keys.len()), (5, 5));
    // Anything else is the result.
    transport.answer(Answer::new(422));
    assert_eq!(shelter.retry_conflict(3, create).await.unwrap_err().status(), Some(422));
    transport.answer(Answer::new(409));
    assert!(shelter.retry_conflict(0, create).await.unwrap_err().is_conflict());
    assert_eq!(transport.requests().len(), 7);
}

#[tokio::test]
async fn filters_and_orders_are_values() {
    use golden::filters::attributes::pet;
    use golden::filters::{Attribute, Filter, types};
    let page = |data: &str, pages: u32| {
        Answer::json(200, format!(r#"{{"data":[{data}],"meta":{{"pages":{pages},"next":null}}}}"#))
    };
    let transport = answering([page(r#"{"id":"a"}"#, 2), page(r#"{"id":"b"}"#, 2), page("", 0), page("", 0)]);
    let shelter: golden::filters::Shelter = client(&transport);
    let list = shelter.pets().list().filter(pet::price().gteq("100.00")).filter(pet::r#type().eq("cat"));
    let mut items =
        list.sort(pet::born_at().desc()).sort(pet::id().asc()).expand(["owner", "visits.doctor"]).limit(1).items();
    let mut ids = Vec::new();
    while let Some(pet) = items.try_next().await.unwrap() {
        ids.push(pet.id);
    }
    assert_eq!(ids, ["a", "b"]);
    let list = shelter.pets().list().filter(pet::r#type().any_of([types::PetType::Cat, "fish".into()]));
    let list = list.filter(pet::adopted().is_true()).filter(pet::adopted().eq(false)).filter(pet::age().is_null());
    let list = list.filter(pet::born_at().gteq("2026-01-31T12:00:00Z")).filter(pet::owner_name().contains("a b&c"));
    let list = list.filter(Filter::raw("search", "rex")).filter(Attribute::<i64>::named("cf_size").any_of([1, 2]));
    let page = list.filter(pet::legs().eq(3)).filter(pet::legs().eq(4)).sort("-custom").page(2).await.unwrap();
    assert_eq!((page.meta.pages, page.meta.next.into_option()), (0, None));
    shelter.pets().list().await.unwrap();
    assert_eq!(
        asked(&transport),
        [
            "GET http://memory/pets?q%5Bprice_gteq%5D=100.00&q%5Btype_eq%5D=cat&sort=-born_at%2Cid&expand=owner%2Cvisits.doctor&limit=1",
            "GET http://memory/pets?q%5Bprice_gteq%5D=100.00&q%5Btype_eq%5D=cat&sort=-born_at%2Cid&expand=owner%2Cvisits.doctor&page=2&limit=1",
            "GET http://memory/pets?q%5Btype_in%5D%5B%5D=cat&q%5Btype_in%5D%5B%5D=fish&q%5Badopted_true%5D=true&q%5Badopted_eq%5D=false\
             &q%5Bage_null%5D=true&q%5Bborn_at_gteq%5D=2026-01-31T12%3A00%3A00Z&q%5Bowner_name_cont%5D=a+b%26c&q%5Bsearch%5D=rex\
             &q%5Bcf_size_in%5D%5B%5D=1&q%5Bcf_size_in%5D%5B%5D=2&q%5Blegs_eq%5D=4&sort=-custom&page=2",
            "GET http://memory/pets",
        ]
    );
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_not_sent() {
    use golden::filters::attributes::pet;
    let transport = MemoryTransport::new();
    let shelter: golden::filters::Shelter = client(&transport);
    let undeclared = shelter.pets().list().filter(pet::id().starts_with("a")).await.unwrap_err();
    assert_eq!(undeclared.message(), "a filter by `id`: this API declares no predicate `starts_with`");
    let no_number = shelter.pets().list().filter(pet::price().eq("dear")).await.unwrap_err();
    assert!(no_number.is_validation() && no_number.message().starts_with("a filter by `price`: "), "{no_number}");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn errors_tell_what_the_document_says() {
    use golden::keys_and_conflicts::ErrorValues as _;
    let transport = answering([
        Answer::json(403, r#"{"details":{"scope":"pets:write"}}"#),
        Answer::json(422, r#"{"details":{"name":["is empty","is short"],"owner.age":["is low"]}}"#),
        Answer::json(422, r#"{"details":{"name":["is empty"],"rows":[{"index":1}]}}"#),
    ]);
    let shelter: golden::keys_and_conflicts::Shelter = client(&transport);
    let error = shelter.pets().create().await.unwrap_err();
    assert_eq!((error.needed_scope().as_deref(), error.field_errors()), (Some("pets:write"), None));
    let error = shelter.pets().create().await.unwrap_err();
    let fields = error.field_errors().unwrap();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["name", "owner.age"]);
    assert_eq!((error.needed_scope(), &*fields["name"]), (None, &["is empty".to_owned(), "is short".to_owned()][..]));
    assert_eq!(shelter.pets().create().await.unwrap_err().field_errors(), None);
}

#[tokio::test]
async fn forms_and_bytes_travel() {
    use golden::form_body::types;
    let transport = answering((0..3).map(|_| Answer::new(204)));
    let shelter: golden::form_body::Shelter = client(&transport);
    let address = types::CreateAdoptionBodyAddress::new().city("São Paulo");
    let form = types::CreateAdoptionBody::new("rex").tags(["a", "b"]).address(address);
    shelter.adoptions().create(&form).await.unwrap();
    shelter.adoptions().put_photo().body("png").await.unwrap();
    shelter.adoptions().add_photo("gif").await.unwrap();
    let bodies: Vec<String> = transport.requests().iter().map(|request| request.text()).collect();
    assert_eq!(bodies, ["pet=rex&tags=a&tags=b&address%5Bcity%5D=S%C3%A3o+Paulo", "png", "gif"]);
}

#[tokio::test]
async fn what_a_document_forbids_is_not_sent() {
    use golden::constructors_record::types::{Address, CreateOrder, CreateOrderRequired};
    let transport = MemoryTransport::new();
    let shelter: golden::constructors_record::Shelter = client(&transport);
    let order = CreateOrder::new(CreateOrderRequired {
        pet: "REX".into(),
        count: 1,
        day: "2026-01-31".into(),
        address: Address::new("Bern"),
        token: "0815".into(),
    });
    #[allow(deprecated, reason = "what the document deprecates still works")]
    let error = shelter.orders().create(&order).await.unwrap_err();
    assert!(error.is_validation() && error.message().starts_with("pet "), "{error}");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn operations_have_servers_of_their_own() {
    let transport = answering((0..4).map(|_| Answer::new(204)));
    let declared = golden::servers_of_their_own::Shelter::builder().transport(Arc::new(transport.clone())).build();
    let chosen: golden::servers_of_their_own::Shelter = client(&transport);
    for shelter in [declared.unwrap(), chosen] {
        shelter.pets().list().await.unwrap();
        shelter.pets().list_photos().await.unwrap();
    }
    assert_eq!(
        asked(&transport),
        [
            "GET https://api.example.com/v1/pets",
            "GET https://photos.example.com/photos",
            "GET http://memory/pets",
            "GET http://memory/photos",
        ]
    );
}

#[tokio::test]
async fn operations_without_ids_go_where_they_belong() {
    let transport = answering((0..10).map(|_| Answer::new(204)));
    let shelter: golden::names_without_ids::Shelter = client(&transport);
    let pets = shelter.pets_and_owners();
    pets.list_pets().await.unwrap();
    pets.create_pets().await.unwrap();
    pets.get_pets("7").await.unwrap();
    pets.get_pets_by_other("7", "8").await.unwrap();
    pets.list_pets_visits("Rex", "today").await.unwrap();
    shelter.walks().get("w").await.unwrap();
    shelter.walks().delete("w").await.unwrap();
    shelter.doctors().list().await.unwrap();
    shelter.u2602().list_nurses().await.unwrap();
    shelter.get().await.unwrap();
    assert_eq!(
        asked(&transport),
        [
            "GET http://memory/pets",
            "POST http://memory/pets",
            "GET http://memory/pets/7",
            "GET http://memory/pets/7/8",
            "GET http://memory/pets/Rex/today/visits",
            "GET http://memory/walks/w",
            "DELETE http://memory/walks/w",
            "GET http://memory/doctors",
            "GET http://memory/nurses",
            "GET http://memory/",
        ]
    );
}

#[tokio::test]
async fn lists_are_taken_as_slices() {
    use golden::lists_are_slices::types::Pet;
    let transport = answering([Answer::json(200, r#"[{"name":"Rex"}]"#), Answer::new(204)]);
    let shelter: golden::lists_are_slices::Shelter = client(&transport);
    let tags = ["a b".to_owned(), "c".to_owned()];
    let pets = shelter.pets().replace(&[1, 2], &[Pet::new("Rex")]).tags(&tags).await.unwrap();
    assert_eq!(pets, [Pet::new("Rex")]);
    shelter.pets().put_name("Rex").await.unwrap();
    assert_eq!(asked(&transport), ["PUT http://memory/pets/1,2?tags=a%20b&tags=c", "PUT http://memory/name"]);
    let bodies: Vec<String> = transport.requests().iter().map(|request| request.text()).collect();
    assert_eq!(bodies, [r#"[{"name":"Rex"}]"#, r#""Rex""#]);
}

#[tokio::test]
async fn bodies_that_are_not_typed_yet_travel_as_they_are() {
    let transport = answering([Answer::new(204), Answer::new(204)]);
    let shop: golden::bodies_of_parts_and_lines::PetShop = client(&transport);
    let parts = "--x\r\ncontent-disposition: form-data; name=photo\r\n\r\njpeg\r\n--x--\r\n";
    let boundary = "multipart/form-data; boundary=x";
    shop.files().upload_photo(parts).header("content-type", boundary).await.unwrap();
    shop.files().import_lines("{}\n{}\n").await.unwrap();
    let sent: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| (request.headers()["content-type"].to_str().unwrap().to_owned(), request.body().to_vec()))
        .collect();
    assert_eq!(sent[0], (boundary.to_owned(), parts.as_bytes().to_vec()));
    assert_eq!(sent[1], ("application/jsonl".to_owned(), b"{}\n{}\n".to_vec()));
}

#[tokio::test]
async fn flat_bodies_are_filled_in_and_read_back() {
    use golden::flat_body::types::{Address, Order, OrderFoodKind};
    let transport = answering([Answer::new(204), Answer::new(204), Answer::new(204)]);
    let shelter: golden::flat_body::Shelter = Builder::new()
        .base_url("http://memory/")
        .transport(Arc::new(transport.clone()))
        .clock(Arc::new(ManualTime::new()))
        .random(Arc::new(SteadyRandom::new(0.0)))
        .build()
        .unwrap_or_else(|_| panic!());
    let sent = |index: usize| transport.requests()[index].text();

    let call = shelter.orders().create("7", " hay ", OrderFoodKind::Dry, &Address::new(" Brno "), &[1, 2], None);
    assert_eq!((call.order_id(), call.at_value()), (format!("ord_{:032}", 0), "2030-01-01T00:00:00.000Z".to_owned()));
    call.await.unwrap();
    let made = r#"{"order_id":"ord_00000000000000000000000000000000","food":"hay","kind":"dry","address":{"city":"Brno"},"days":[1,2],"note":null,"labels":{},"at":"2030-01-01T00:00:00.000Z"}"#;
    assert_eq!(sent(0), made);

    let call =
        shelter.orders().create("7", "hay", OrderFoodKind::Wet, &Address::new("Brno"), &[], Some("x".to_owned()));
    let call = call.number("n1").gift(None).labels(Json::object([("b", 1), ("a", 2)])).at("noon").dry_run(true);
    assert_eq!((call.order_id(), call.at_value()), ("n1".to_owned(), "noon".to_owned()));
    call.member("more", true).await.unwrap();
    let given = r#"{"order_id":"n1","food":"hay","kind":"wet","address":{"city":"Brno"},"days":[],"note":"x","gift":null,"labels":{"b":1,"a":2},"at":"noon","more":true}"#;
    assert_eq!(sent(1), given);

    shelter.orders().batch(&[Order::new("n1"), Order::new("n2").at("noon")]).await.unwrap();
    let filled = r#"{"orders":[{"order_id":"n1","labels":{},"at":"2030-01-01T00:00:00.000Z"},{"order_id":"n2","at":"noon","labels":{}}]}"#;
    assert_eq!(sent(2), filled);
}

#[tokio::test]
async fn what_is_made_for_a_call_is_kept_over_its_attempts() {
    use golden::flat_body::types::{Address, OrderFoodKind};
    let transport = answering([Answer::fault(TransportFault::Connect), Answer::new(204)]);
    let time = ManualTime::new();
    let shelter: golden::flat_body::Shelter = Builder::new()
        .base_url("http://memory/")
        .transport(Arc::new(transport.clone()))
        .clock(Arc::new(time.clone()))
        .sleeper(Arc::new(time))
        .build()
        .unwrap_or_else(|_| panic!());
    let call = shelter.orders().create("7", "hay", OrderFoodKind::Dry, &Address::new("Brno"), &[], None);
    let id = call.order_id();
    call.await.unwrap();
    let sent: Vec<String> = transport.requests().iter().map(|request| request.text()).collect();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].contains(&id) && sent[0] == sent[1], "{sent:?}");
}

#[tokio::test]
async fn flat_bodies_are_checked_as_a_whole() {
    use golden::flat_body::types::{Address, Order, OrderFoodKind};
    let transport = answering([]);
    let shelter: golden::flat_body::Shelter = client(&transport);
    let create =
        |food: &'static str| shelter.orders().create("7", food, OrderFoodKind::Dry, &Address::new("b"), &[], None);
    let check = |error: golden::flat_body::Error, expected: &str| {
        assert!(error.is_validation(), "{error:?}");
        assert_eq!(error.message(), expected);
    };
    check(create("  ").await.unwrap_err(), "food must not be empty.");
    check(create("hay").number("").await.unwrap_err(), "order_id must not be empty.");
    check(create("hay").labels(Json::array([1])).await.unwrap_err(), "labels must be an object.");
    check(shelter.orders().batch(&[]).await.unwrap_err(), "orders must have at least 1 item.");
    let wrong = Order::new("n").labels(Json::from(1));
    check(shelter.orders().batch(&[wrong]).await.unwrap_err(), "orders[0].labels must be an object.");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_flat_body_of_nothing_is_not_sent_where_none_is_needed() {
    let transport = answering([Answer::new(204), Answer::new(204)]);
    let shelter: golden::flat_body::Shelter = client(&transport);
    shelter.wish().await.unwrap();
    shelter.wish().wish("hay & oats").timeout_param(7).await.unwrap();
    let sent = transport.requests();
    assert_eq!((sent[0].text(), sent[0].header("content-type")), (String::new(), None));
    assert_eq!(sent[1].text(), "wish=hay+%26+oats&timeout=7");
    assert_eq!(sent[1].header("content-type"), Some("application/x-www-form-urlencoded"));
}

/// A client that signs, with these answers before it.
fn signing(url: &str, transport: &MemoryTransport, time: &ManualTime) -> golden::signed_requests::Shelter {
    Builder::new()
        .base_url(url)
        .credentials(Credentials::api_key_source_async(|| async { " secret " }))
        .transport(Arc::new(transport.clone()))
        .clock(Arc::new(time.clone()))
        .sleeper(Arc::new(time.clone()))
        .build()
        .unwrap_or_else(|_| panic!())
}

#[tokio::test]
async fn each_attempt_has_a_signature_of_its_own() {
    let late = Answer::fault(TransportFault::Connect).delayed(std::time::Duration::from_secs(2));
    let time = ManualTime::new();
    let transport = answering([late, Answer::new(204)]).sleeper(Arc::new(time.clone()));
    let shelter = signing("http://memory/proxy", &transport, &time);
    time.advance(std::time::Duration::from_secs(7));
    shelter.notes().add("t", Json::object([("a", 1)])).await.unwrap();
    let sent = transport.requests();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].body(), sent[1].body());
    assert_eq!(sent[0].header("x-pets-key"), Some("secret"));
    // The MAC, by another implementation, of `1893456007.POST./notes.<SHA-256 of {"title":"t","note":{"a":1}}>`.
    assert_eq!(sent[0].header("x-pets-time"), Some("1893456007"));
    assert_eq!(
        sent[0].header("x-pets-signature"),
        Some("s=06710b5236779b40da9d733bfb27cfc3688931f2efe7d4bd92da3380a2442741")
    );
    assert_eq!(sent[1].header("x-pets-time"), Some("1893456009"));
    assert_ne!(sent[0].header("x-pets-signature"), sent[1].header("x-pets-signature"));
}

/// Hooks run before the signature is made, and can neither see nor set it.
#[tokio::test]
async fn hooks_go_before_the_signature() {
    let transport = answering([Answer::new(204)]);
    let client = |name: &'static str| {
        golden::signed_requests::Shelter::builder()
            .credentials(Credentials::api_key("secret"))
            .transport(Arc::new(transport.clone()))
            .on_request(move |request| {
                assert!(request.headers().keys().all(|known| !known.as_str().starts_with("x-pets")));
                request.header(name, "1");
            })
            .build()
            .unwrap_or_else(|_| panic!())
    };
    let add = |name| client(name).notes().add("t", Json::object([("a", 1)]));
    add("x-own").await.unwrap();
    let sent = &transport.requests()[0];
    assert!(sent.header("x-own").is_some() && sent.header("x-pets-signature").is_some());
    let error = add("x-pets-signature").await.unwrap_err();
    assert_eq!(error.message(), "hooks cannot override reserved header 'x-pets-signature'");
}

/// Options of one call.
#[tokio::test]
async fn a_call_has_its_own_credentials_and_time_in_all() {
    let transport = answering([Answer::new(204), Answer::never()]);
    let time = ManualTime::new();
    let transport = transport.sleeper(Arc::new(time.clone()));
    let shelter = signing("http://memory", &transport, &time);
    let add = || shelter.notes().add("t", Json::object([("a", 1)]));
    add().credentials(Credentials::api_key("other")).await.unwrap();
    assert_eq!(transport.requests()[0].header("x-pets-key"), Some("other"));
    let error = add().total_timeout(std::time::Duration::from_secs(1)).await.unwrap_err();
    assert!(error.is_timeout());
}

#[tokio::test]
async fn what_is_signed_and_what_is_not() {
    let transport = answering(std::iter::repeat_with(|| Answer::new(204)).take(5));
    let shelter = signing("http://memory", &transport, &ManualTime::new());
    shelter.notes().list().await.unwrap();
    shelter.notes().free().await.unwrap();
    shelter.request("POST", "/raw").query("a", "1").bytes("text/plain", "x").await.unwrap();
    shelter.request("POST", "/raw").anonymous().await.unwrap();
    let signed = |index: usize| transport.requests()[index].header("x-pets-signature").is_some();
    assert_eq!([signed(0), signed(1), signed(2), signed(3)], [false, false, true, false]);
    let refused = shelter.notes().list().header("x-pets-signature", "s=1").await.unwrap_err();
    assert_eq!(refused.message(), "call headers cannot override reserved header 'x-pets-signature'");
}

#[tokio::test]
async fn keys_of_free_form_objects_and_lengths_in_bytes() {
    let shelter = signing("http://memory", &answering([]), &ManualTime::new());
    let check = async |title: &str, note: Json, expected: &str| {
        let error = shelter.notes().add(title, note).await.unwrap_err();
        assert_eq!((error.is_validation(), error.message()), (true, expected));
    };
    check("ab\u{e9}\u{e9}", Json::object([("a", 1)]), "The shelter takes 'title' up to 4 bytes").await;
    check("t", Json::object([("Id", 1)]), "The shelter keeps 'Id' for itself").await;
    let unnamed = Json::object([("a", Json::object([("", 1)]))]);
    check("t", unnamed, "note must not have a member without a name.").await;
    check("t", Json::array([1]), "note must be an object.").await;
}

#[tokio::test]
async fn rate_limits_are_read_from_the_headers_that_the_document_names() {
    let answer =
        Answer::json(429, "{}").header("x-pets-remaining", "0").header("x-pets-limit", "x").header("retry-after", "90");
    let transport = answering([answer]);
    let shelter = signing("http://memory", &transport, &ManualTime::new());
    let error = shelter.notes().list().await.unwrap_err();
    let limit = error.rate_limit().unwrap();
    assert_eq!((limit.limit(), limit.remaining(), limit.reset()), (None, Some(0), None));
}

#[tokio::test]
async fn projections_give_a_member_of_the_answer() {
    let house = r#"{"keeper":"Ada","rooms":{"pets":[{"name":"Rex"},{"name":7},{"name":"Tom"}]}}"#;
    let bodies = [house, r#"{"rooms":{"pets":"many"}}"#, "{}", "", r#"{"rooms":null}"#];
    for (body, expected) in bodies.into_iter().zip([vec!["Rex", "Tom"], vec![], vec![], vec![], vec![]]) {
        let transport = answering([Answer::json(200, body)]);
        let shelter: golden::projections_and_variants::Shelter = client(&transport);
        let pets = shelter.pets().await.unwrap();
        assert_eq!(pets.iter().map(|pet| pet.name.as_str()).collect::<Vec<_>>(), expected, "{body}");
        assert_eq!(asked(&transport), ["GET http://memory/house"]);
    }
    for (body, expected) in [(house, Some("Ada")), ("{}", None), (r#"{"keeper":null}"#, None)] {
        let shelter: golden::projections_and_variants::Shelter = client(&answering([Answer::json(200, body)]));
        assert_eq!(shelter.keeper().await.unwrap().as_deref(), expected, "{body}");
    }
}

#[tokio::test]
async fn what_nobody_has_documented_is_read_tolerantly() {
    for (body, keeper) in
        [("", None), ("{}", None), (r#"{"keeper":7,"rooms":[]}"#, None), (r#"{"keeper":"Ada"}"#, Some("Ada"))]
    {
        let shelter: golden::projections_and_variants::Shelter = client(&answering([Answer::json(200, body)]));
        assert_eq!(shelter.house().await.unwrap().keeper.as_deref(), keeper, "{body}");
    }
}

#[tokio::test]
async fn variants_fill_members_in() {
    let transport = answering(std::iter::repeat_with(|| Answer::new(204)).take(3));
    let shelter: golden::projections_and_variants::Shelter = client(&transport);
    shelter.create_token("Rex", "long").await.unwrap();
    shelter.create_short_token("Rex").await.unwrap();
    shelter.create_short_token("Rex").minutes(9).await.unwrap();
    let sent: Vec<String> = transport.requests().iter().map(|request| request.text()).collect();
    let long = r#"{"pet":"Rex","kind":"long"}"#;
    assert_eq!(
        sent,
        [long, r#"{"pet":"Rex","kind":"short","minutes":5}"#, r#"{"pet":"Rex","kind":"short","minutes":9}"#]
    );
}

#[cfg(feature = "file-access")]
#[tokio::test]
async fn a_preview_with_a_path_of_several_segments() {
    let transport = answering([Answer::new(204)]);
    let shelter: golden::projections_and_variants::Shelter = client(&transport);
    shelter.read_file("/a b/c").part(2).await.unwrap();
    assert_eq!(asked(&transport), ["GET http://memory/files/a%20b/c?part=2"]);
}
