//! What values of unusual schemas become, and that nothing of them is lost on the way back.

use typewright_golden::{keywords_carried_or_told, read_write_split};
use typewright_runtime::{ApiClient, Builder};

use crate::server::Server;

/// A server that answers everything with this JSON, and a client of it.
async fn telling<C: ApiClient>(status: u16, json: &'static str) -> (Server, C) {
    let server = Server::start(move |_, _| {
        let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n");
        format!("{head}content-length: {}\r\n\r\n{json}", json.len()).into_bytes()
    })
    .await;
    let client = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    (server, client)
}

/// The document has one type for what is read and sent, so that it goes back as it came.
#[tokio::test]
async fn what_is_read_is_written() {
    let json = concat!(
        r#"{"level":1,"maybe":2,"kind":"thing","text_or_null":null,"text_or_number":1.50,"old_null":null,"#,
        r#""tuple":["a",1,true,{}],"names":{"a":1,"B":2},"patterns":{"x-a":"b","y-a":1,"z":[]},"#,
        r#""together":{"a":"x","more":1},"choice":{"a":"x","c":2},"closed":{"a":"b","open":true},"#,
        r#""typed_rest":{"a":"b","n":7},"some":["b"],"not_text":1,"anything":[{}],"bytes":"AAE=","#,
        r#""inner_json":"{\"a\":1}","huge":123456789012345678901234567890,"unsigned":18446744073709551615,"#,
        r#""price":0.10,"inner":{"z":"a","y":null},"never":"nevertheless","new":{"k":[1.0,1e2]}}"#
    );
    let (server, shelter) = telling::<keywords_carried_or_told::Shelter>(200, json).await;
    let thing = shelter.things().get().await.unwrap();
    assert_eq!((thing.level, thing.maybe, thing.unsigned), (1, Some(2), Some(u64::MAX)));
    assert_eq!(thing.huge.as_ref().unwrap().as_str(), "123456789012345678901234567890");
    assert_eq!(thing.typed_rest.as_ref().unwrap().extra.get("n"), Some(&7));
    shelter.things().replace(&thing).await.unwrap();
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(&server.body()), value(json));
    assert!(server.body().contains(r#""price":0.10"#) && server.body().contains("[1.0,1e2]"), "{}", server.body());
}

/// A default of a required member stands in for it; one of an optional member is told, so that nothing is written that was
/// not read.
#[tokio::test]
async fn defaults_are_applied_where_a_value_is_needed() {
    let (server, shelter) = telling::<keywords_carried_or_told::Shelter>(200, "{}").await;
    let thing = shelter.things().get().await.unwrap();
    assert_eq!((thing.level, thing.maybe), (3, None));
    shelter.things().replace(&thing).await.unwrap();
    assert_eq!(server.body(), r#"{"level":3}"#);
}

/// What the server makes is not sent, what only it may know is not asked for.
#[tokio::test]
async fn members_travel_in_their_direction() {
    use read_write_split::types::PetInput;
    let json = r#"{"id":"b6b1d3ee-8d3c-4b0e-9d3a-5f4f3b0c2a10","name":"Rex","chip_code":"0815"}"#;
    let (server, shelter) = telling::<read_write_split::Shelter>(201, json).await;
    let pet = shelter.pets().create(&PetInput::new("Rex").chip_code("0815")).await.unwrap();
    assert_eq!(server.body(), r#"{"name":"Rex","chip_code":"0815"}"#);
    assert_eq!((pet.id.as_str(), pet.name.as_str()), ("b6b1d3ee-8d3c-4b0e-9d3a-5f4f3b0c2a10", "Rex"));
}
