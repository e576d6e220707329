//! What goes up: streams, files in parts, and content types that the caller chooses.

use std::sync::Arc;

use bytes::Bytes;
use typewright_golden::uploads::{FilePart, Shelter, Upload, types};
use typewright_runtime::testing::{Answer, MemoryTransport, SteadyRandom};
use typewright_runtime::transport::TransportFault;
use typewright_runtime::{Builder, Json, RetryPolicy};

fn answering(answers: impl IntoIterator<Item = Answer>) -> (MemoryTransport, Shelter) {
    let transport = MemoryTransport::new();
    for answer in answers {
        transport.answer(answer);
    }
    let shelter = Builder::new()
        .base_url("http://memory/")
        .transport(Arc::new(transport.clone()))
        .random(Arc::new(SteadyRandom::new(0.0)))
        .write_retry(RetryPolicy::new().attempts(3))
        .build()
        .unwrap_or_else(|_| panic!());
    (transport, shelter)
}

/// A stream of these chunks.
struct Chunks(std::vec::IntoIter<&'static str>);

fn chunks(chunks: &[&'static str]) -> Chunks {
    Chunks(Vec::from(chunks).into_iter())
}

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next().map(|chunk| match chunk {
            "break" => Err(std::io::Error::other("the disk is gone")),
            chunk => Ok(Bytes::from(chunk)),
        }))
    }
}

/// As Stripe's file upload wants it: each pair of the style is a part, and nothing is percent-encoded.
#[tokio::test]
async fn members_of_parts_follow_their_style() {
    let (transport, shelter) = answering([Answer::new(204)]);
    let metadata = [("a b".to_owned(), "x&y".to_owned())].into_iter().collect::<typewright_runtime::Map<_>>();
    let link = types::AddFileBodyLink::new().create(true).metadata(metadata);
    let body = types::AddFileBody::new("pdf").link(link).sizes(vec![1, 2]);
    shelter.pets().add_file(&body).await.unwrap();
    let sent = &transport.requests()[0];
    let boundary = sent.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |name: &str, value: &str| format!("--B\ncontent-disposition: form-data; name=\"{name}\"\n\n{value}\n");
    assert_eq!(
        sent.text().replace(boundary, "B").replace("\r\n", "\n"),
        format!(
            "--B\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\ncontent-type: application/pdf\n\npdf\n{}{}{}--B--\n",
            part("link[create]", "true"),
            part("link[metadata][a b]", "x&y"),
            part("sizes", "1|2"),
        )
    );
}

#[tokio::test]
async fn parts_of_every_kind() {
    let (transport, shelter) = answering([Answer::new(204)]);
    let photo = FilePart::new(Upload::stream(chunks(&["p", "ng"]))).file_name("rex.png").header("x-alt", "Rex");
    let body = types::AddPhotosBody::new("summer", photo)
        .more(vec![FilePart::from("gif").content_type("image/gif"), FilePart::from("raw")])
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .place(types::AddPhotosBodyPlace::new().city("Bern"))
        .notes(vec!["x".to_owned()]);
    shelter.pets().add_photos(&body).await.unwrap();
    let sent = &transport.requests()[0];
    let content_type = sent.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = sent.text().replace(boundary, "B").replace("\r\n", "\n");
    assert_eq!(
        text,
        "--B\ncontent-disposition: form-data; name=\"album\"\n\nsummer\n\
         --B\ncontent-disposition: form-data; name=\"photo\"; filename=\"rex.png\"\ncontent-type: image/png\nx-alt: Rex\n\npng\n\
         --B\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\ncontent-type: image/gif\n\ngif\n\
         --B\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\ncontent-type: application/octet-stream\n\nraw\n\
         --B\ncontent-disposition: form-data; name=\"tags\"\n\na\n\
         --B\ncontent-disposition: form-data; name=\"tags\"\n\nb\n\
         --B\ncontent-disposition: form-data; name=\"place\"\ncontent-type: application/json\n\n{\"city\":\"Bern\"}\n\
         --B\ncontent-disposition: form-data; name=\"notes\"\ncontent-type: application/json\n\n[\"x\"]\n--B--\n"
    );
}

#[tokio::test]
async fn files_are_read_from_disk_and_read_again() {
    let folder = std::env::temp_dir().join(format!("typewright-uploads-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("rex.png");
    std::fs::write(&path, "png").unwrap();
    let (transport, shelter) = answering([Answer::new(503), Answer::new(204), Answer::new(204)]);
    shelter.pets().restore(Upload::open(&path).await.unwrap()).await.unwrap();
    let body = types::AddPhotosBody::new("summer", FilePart::open(&path).await.unwrap());
    shelter.pets().add_photos(&body).await.unwrap();
    let requests = transport.requests();
    assert_eq!((requests[0].text(), requests[1].text()), ("png".to_owned(), "png".to_owned()));
    assert_eq!(requests[0].header("content-type"), Some("application/octet-stream"));
    assert!(requests[2].text().contains("filename=\"rex.png\""));
    assert!(Upload::open(folder.join("none")).await.is_err());
    std::fs::remove_dir_all(folder).unwrap();
}

/// `PUT` is idempotent: it may be repeated, but a stream of which something was taken cannot.
#[tokio::test]
async fn what_was_taken_from_a_stream_is_not_sent_again() {
    let (transport, shelter) = answering([Answer::new(503)]);
    let error = shelter.pets().restore(Upload::stream(chunks(&["a"]))).await.unwrap_err();
    assert_eq!((error.status(), transport.requests().len()), (Some(503), 1));
    let again = Upload::repeatable(|| chunks(&["a", "b"])).length(2);
    transport.answer(Answer::fault(TransportFault::Broken)).answer(Answer::new(204));
    shelter.pets().restore(again).await.unwrap();
    let sent: Vec<_> = transport.requests().iter().map(|request| request.text()).collect();
    assert_eq!(sent, ["a", "ab", "ab"]);
}

#[tokio::test]
async fn a_body_that_breaks_or_lies_is_an_error() {
    let check = async |upload: Upload, expected: &str| {
        let (_, shelter) = answering([]);
        let error = shelter.pets().restore(upload).await.unwrap_err();
        assert!(error.message().contains(expected), "{error}");
    };
    check(Upload::stream(chunks(&["a", "break"])), "the disk is gone").await;
    check(Upload::stream(chunks(&["a"])).length(2), "should have 2 bytes and has 1").await;
    check(Upload::stream(chunks(&["a", "bc"])).length(2), "should have 2 bytes and has more").await;
    check(Upload::from("a").content_type("a\nb"), "characters that a header cannot hold").await;
}

#[tokio::test]
async fn the_caller_chooses_the_content_type() {
    let (transport, shelter) = answering((0..9).map(|_| Answer::new(204)));
    let patch = [("op".to_owned(), Json::from("remove"))].into_iter().collect();
    let (pets, rex) = (shelter.pets(), types::Pet::new("R x"));
    pets.create(&rex).dry(true).await.unwrap();
    pets.create_as_form(&rex).dry(true).member("age", 7).await.unwrap();
    pets.create_as_xml("<pet/>").await.unwrap();
    pets.create_as_text("Rex").await.unwrap();
    pets.create_as_image(Upload::from("png").content_type("image/png")).await.unwrap();
    pets.create_as_image("raw").await.unwrap();
    pets.create_as_multipart(&types::CreatePetBody::new().card("card")).await.unwrap();
    pets.update("7").body(&rex).await.unwrap();
    pets.update_as_json_patch_json("7", &[patch]).await.unwrap();
    let sent: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| {
            format!("{} {}", request.header("content-type").unwrap().split(';').next().unwrap(), request.text())
        })
        .collect();
    assert_eq!(
        [&sent[..6], &sent[7..]].concat(),
        [
            r#"application/json {"name":"R x"}"#,
            "application/x-www-form-urlencoded name=R+x&age=7",
            "application/xml <pet/>",
            "text/plain Rex",
            "image/png png",
            "application/octet-stream raw",
            r#"application/merge-patch+json {"name":"R x"}"#,
            r#"application/json-patch+json [{"op":"remove"}]"#,
        ]
    );
    assert!(sent[6].starts_with("multipart/form-data --"));
    assert_eq!(transport.requests()[1].query(), "dry=true");
}
