//! What applications test with.

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::{Answer, ErrorBuilder};

use crate::common::{ApiError, Call, Error, GetPet, Setup};

fn pet(name: &str) -> Answer {
    Answer::json(200, format!(r#"{{"name":"{name}"}}"#))
}

#[tokio::test]
async fn answers_by_method_and_route() {
    let setup = Setup::answers([pet("queued")]);
    let transport = &setup.transport;
    transport.on("GET", "/pets/{id}", pet("any")).on("GET", "/pets/7", pet("first")).on("get", "/pets/7", pet("last"));
    transport.on("POST", "/pets", Answer::new(201));
    let pets = setup.pets();
    let name = async |id| pets.get(id).await.unwrap().pointer("/name").unwrap().as_str().unwrap().into_owned();
    assert_eq!(name("8").await, "any");
    assert_eq!(name("7").await, "first");
    assert!(pets.create("Rex").await.unwrap().is_none());
    assert_eq!(name("7").await, "last");
    assert_eq!(name("7").await, "last", "the last answer stays");
    // What no route is for is answered in order.
    assert!(pets.list().await.is_ok());
    let error = pets.list().await.unwrap_err();
    assert!(error.is_configuration(), "it is not retried");
    assert_eq!(error.message(), "no answer is left for GET /pets; routes: GET /pets/{id}, GET /pets/7, POST /pets");
}

#[test]
fn errors_made_by_hand() {
    let error: Error = ErrorBuilder::new(404).code("gone").message("no pet").body(r#"{"message":"no pet"}"#).build();
    assert!(error.is_not_found() && error.is_api());
    assert_eq!((error.status(), error.code_text(), error.message()), (Some(404), Some("gone"), "no pet"));
    assert_eq!(error.body(), Some(&ApiError::Problem("no pet".to_owned())));
    let error: Error = ErrorBuilder::new(400).operation::<GetPet>().header("x-a", "b").request_id("r-1").build();
    assert!(error.is_validation());
    assert_eq!(error.headers()["x-a"], "b");
    assert_eq!(error.to_string(), "pets.get: 400 Bad Request (request r-1)");
    let error: Error = ErrorBuilder::of_kind(rt::ErrorKind::Timeout).build();
    assert!(error.is_timeout() && error.is_network() && error.status().is_none());
}

static UPLOAD: rt::OperationFacts = rt::OperationFacts::new("pets.upload", "POST", "/photos")
    .body(rt::BodyFacts::bytes("image/png"))
    .answers(&[rt::Answer::success(201)]);

#[derive(Debug)]
enum UploadPhoto {}
impl rt::Operation for UploadPhoto {
    type Output = ();
    const FACTS: &'static rt::OperationFacts = &UPLOAD;
    fn decode(_: &rt::RawReply) -> Result<(), rt::DecodeError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_call_runs_twice_unless_its_body_is_a_stream() {
    let setup = Setup::new();
    setup.transport.on("POST", "/photos", Answer::new(201));
    let pets = setup.pets();
    let run = async |upload: rt::Upload| {
        let mut call = Call::<UploadPhoto>::new(&pets.client);
        call.raw.upload(upload);
        let again = rt::run::<UploadPhoto, ApiError>(call.raw.clone());
        call.await.unwrap();
        again.await
    };
    run(rt::Upload::from("bytes")).await.unwrap();
    let error = run(rt::Upload::reader(&b"bytes"[..])).await.unwrap_err();
    assert!(error.is_validation());
    assert_eq!(error.message(), "the body is a stream that was sent before: make it with `Upload::repeatable`.");
    assert_eq!(setup.count(), 3, "nothing is sent without its body");
}
