//! Tolerant mode: what strays from the document is passed over, kept where there is room for it, and told with its path.

use std::sync::{Arc, Mutex};

use typewright_golden::nothing_lost::Shelter;
use typewright_golden::nothing_lost::types::House;
use typewright_runtime::event::{Event, EventType};
use typewright_runtime::{Builder, Json, to_json};

use crate::server::Server;

/// What came of an answer: the house or the path of the error, and the drift that was told, as path and words.
async fn read(tolerant: bool, body: &str) -> (Result<House, String>, Vec<String>) {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let server = Server::start(move |_, _| answer.clone().into_bytes()).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let builder = Builder::new().base_url(&server.url).tolerant(tolerant);
    let shelter: Shelter = builder
        .on_event(move |event| {
            if let Event::Drift(drift) = event {
                assert_eq!(
                    (event.event_type(), drift.method.as_str(), drift.path.as_str()),
                    (EventType::Drift, "GET", "/house")
                );
                sink.lock().unwrap().push(format!("{}: {}", drift.json_path, drift.message));
            }
        })
        .build()
        .unwrap_or_else(|_| panic!());
    let house = shelter.houses().get_house().await.map_err(|error| error.json_path().unwrap_or_default().to_owned());
    shelter.events().flush();
    let told = std::mem::take(&mut *told.lock().unwrap());
    (house, told)
}

fn assert_same(house: &House, json: &str) {
    assert_eq!(Json::parse(&to_json(house).unwrap()).unwrap(), Json::parse(json).unwrap());
}

#[tokio::test]
async fn an_optional_member_of_the_wrong_type_reads_as_absent_and_is_kept() {
    let body =
        r#"{"name":"a","floors":2,"rooms":[],"garden":{"area":"large"},"height":"tall","keeper":[1.50],"beds":[]}"#;
    let (house, told) = read(true, body).await;
    let house = house.unwrap();
    assert_eq!(
        (house.garden.as_ref(), house.height, house.keeper.is_absent(), house.beds.as_ref()),
        (None, None, true, None)
    );
    assert_eq!(house.extra.get("height"), Some(&Json::from("tall")));
    assert_same(&house, body);
    assert_eq!(
        told,
        [
            "$.garden.area: expected a number, found a string",
            "$.height: expected a number, found a string",
            "$.keeper: expected a string, found an array",
            "$.beds: expected an object, found an array",
        ]
    );
    assert_eq!(read(false, body).await, (Err("$.garden.area".to_owned()), vec![]));
}

#[tokio::test]
async fn items_and_entries_that_cannot_be_read_are_left_out() {
    let body = r#"{"name":"a","floors":2,"rooms":[{"number":1,"pets":["Rex",7,"Tom"]},{"number":"two"},{}],"beds":{"a":1,"b":"x"}}"#;
    let (house, told) = read(true, body).await;
    assert_same(
        &house.unwrap(),
        r#"{"name":"a","floors":2,"rooms":[{"number":1,"pets":["Rex","Tom"]}],"beds":{"a":1}}"#,
    );
    assert_eq!(
        told,
        [
            "$.rooms[0].pets[1]: expected a string, found a number",
            "$.rooms[1].number: expected a 64-bit integer, found a string",
            "$.rooms[2]: the required member `number` is missing",
            "$.beds.b: expected a 64-bit integer, found a string",
        ]
    );
    assert_eq!(read(false, body).await.0, Err("$.rooms[0].pets[1]".to_owned()));
}

#[tokio::test]
async fn a_required_member_that_is_missing_is_an_error_unless_it_has_a_default() {
    for tolerant in [true, false] {
        let (house, told) = read(tolerant, r#"{"name":"a","rooms":[]}"#).await;
        assert_eq!((house.map(|house| house.floors), told), (Ok(1), vec![]));
        assert_eq!(read(tolerant, r#"{"floors":1,"rooms":[]}"#).await.0, Err("$.name".to_owned()));
        assert_eq!(read(tolerant, r#"{"name":7,"rooms":[]}"#).await.0, Err("$.name".to_owned()));
        assert_eq!(read(tolerant, r#"{"name":"a","floors":"one","rooms":[]}"#).await.0, Err("$.floors".to_owned()));
    }
}

#[tokio::test]
async fn what_a_newer_server_adds_strays_from_nothing() {
    let body = r#"{"name":"a","floors":1,"rooms":[{"number":1,"new":{"a":1.0}}],"colour":"blue","change":"moved","inside":{"swims":1},
        "rent":12345678901234567890.10,"new":[null]}"#;
    for tolerant in [true, false] {
        let (house, told) = read(tolerant, body).await;
        assert_same(&house.unwrap(), body);
        assert_eq!(told, Vec::<String>::new());
    }
}
