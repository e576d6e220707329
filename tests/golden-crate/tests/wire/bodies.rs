//! Bodies of every content type: the header that announces them, and their bytes.

use typewright_golden::{bodies_of_parts_and_lines, form_body, headers_of_parts, uploads};
use typewright_runtime::{ApiClient, Builder};

use crate::server::Server;

fn client<C: ApiClient>(server: &Server) -> C {
    Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!())
}

/// Content type and body of the last request.
fn sent(server: &Server) -> (String, String) {
    (server.header("content-type"), server.body())
}

fn told(content_type: &str, body: &str) -> (String, String) {
    (content_type.to_owned(), body.to_owned())
}

#[tokio::test]
async fn forms() {
    use form_body::types::{
        CreateAdoptionBody, CreateAdoptionBodyAddress, CreateAdoptionBodyLook, CreateAdoptionBodyOwner,
        CreateAdoptionBodyStep,
    };
    let server = Server::silent().await;
    let shelter: form_body::Shelter = client(&server);
    let address = CreateAdoptionBodyAddress::new().city("S\u{e3}o & Paulo");
    let form = CreateAdoptionBody::new("rex=1").tags(["a", "b c"]).address(address);
    shelter.adoptions().create(&form).await.unwrap();
    assert_eq!(
        sent(&server),
        told("application/x-www-form-urlencoded", "pet=rex%3D1&tags=a&tags=b+c&address%5Bcity%5D=S%C3%A3o+%26+Paulo")
    );
    let form = CreateAdoptionBody::new("rex")
        .days(vec![1, 2])
        .kinds(["a", "b&c"])
        .link("https://a.example/?x=1&y=2")
        .notes(["x"])
        .look(CreateAdoptionBodyLook::new().r(1).g(2))
        .owner(CreateAdoptionBodyOwner::new().name("Ada"))
        .steps(vec![CreateAdoptionBodyStep::new().at(1), CreateAdoptionBodyStep::new().at(2)]);
    shelter.adoptions().create(&form).await.unwrap();
    assert_eq!(
        server.body(),
        "pet=rex&days=1,2&kinds=a%7Cb%26c&link=https://a.example/?x=1%26y=2&notes=%5B%22x%22%5D\
         &look=%7B%22r%22%3A1%2C%22g%22%3A2%7D&owner=%7B%22name%22%3A%22Ada%22%7D&steps=%7B%22at%22%3A1%7D&steps=%7B%22at%22%3A2%7D"
    );
    // What is empty is not there.
    shelter.adoptions().create(&CreateAdoptionBody::new("").tags([""; 0]).days(Vec::new())).await.unwrap();
    assert_eq!(server.body(), "pet=");
    // A body that may be left out is none: no content type, no length but that of nothing.
    shelter.adoptions().put_photo().await.unwrap();
    assert_eq!(sent(&server), told("", ""));
    assert!(!server.last().contains("transfer-encoding"), "{}", server.last());
}

#[tokio::test]
async fn whatever_the_caller_chooses() {
    use uploads::{Upload, types::Pet};
    let server = Server::silent().await;
    let shelter: uploads::Shelter = client(&server);
    let (pets, rex) = (shelter.pets(), Pet::new("R \u{fc}"));
    pets.create(&rex).await.unwrap();
    assert_eq!(sent(&server), told("application/json", "{\"name\":\"R \u{fc}\"}"));
    pets.create_as_xml("<pet name='R'/>").await.unwrap();
    assert_eq!(sent(&server), told("application/xml", "<pet name='R'/>"));
    pets.create_as_text("plain").await.unwrap();
    assert_eq!(sent(&server), told("text/plain", "plain"));
    pets.create_as_image(Upload::from("webp").content_type("image/webp")).await.unwrap();
    assert_eq!(sent(&server), told("image/webp", "webp"));
    pets.update("7").body(&rex).await.unwrap();
    assert_eq!(sent(&server), told("application/merge-patch+json", "{\"name\":\"R \u{fc}\"}"));
    pets.update("7").await.unwrap();
    assert_eq!(sent(&server), told("", ""));
}

#[tokio::test]
async fn parts_with_a_file_of_unknown_length() {
    use uploads::{FilePart, Upload, types::AddPhotosBody};
    let server = Server::silent().await;
    let shelter: uploads::Shelter = client(&server);
    let reader = || std::io::Cursor::new(b"png".to_vec());
    let photo = FilePart::new(Upload::reader(reader())).file_name("r\"x.png").content_type("image/x-own");
    let body = AddPhotosBody::new("summer", photo).tags(vec!["a".to_owned()]);
    shelter.pets().add_photos(&body).await.unwrap();
    let (content_type, body) = sent(&server);
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    // One chunk a piece of the body: what stands before the file, the file, what comes behind it.
    let text = body.replace(boundary, "B");
    for line in [
        "content-disposition: form-data; name=\"album\"\r\n\r\nsummer\r\n--B\r\n",
        "content-disposition: form-data; name=\"photo\"; filename=\"r%22x.png\"\r\ncontent-type: image/x-own\r\n\r\n",
        "\r\n3\r\npng\r\n",
        "content-disposition: form-data; name=\"tags\"\r\n\r\na\r\n--B--\r\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(server.last().contains("transfer-encoding: chunked\r\n"));
}

/// The body of the last request, with a boundary that the test knows.
fn parts(server: &Server) -> String {
    let (content_type, body) = sent(server);
    body.replace(content_type.strip_prefix("multipart/form-data; boundary=").unwrap(), "B")
}

#[tokio::test]
async fn parts_with_headers() {
    use headers_of_parts::{FilePart, PetShop, types::*};
    let server = Server::silent().await;
    let shop: PetShop = client(&server);
    // Parts that are not sent need no headers.
    shop.photos().upload("Rex", &UploadPhotoBody::new("png")).await.unwrap();
    assert_eq!(
        parts(&server),
        "--B\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"photo\"\r\ncontent-type: image/png\r\n\
         x-alt: Rex\r\n\r\npng\r\n--B--\r\n"
    );
    let own = FilePart::from("b").header("X-Alt", "Mia");
    let body = UploadPhotoBody::new("png").more(vec![FilePart::from("a"), own]).note("n");
    let body = body.card(UploadPhotoBodyCard::new().name("Rex"));
    let call = shop.photos().upload("R \u{fc}", &body).more_x_alt("All").card_x_alt("Card");
    let call =
        call.photo_x_rating(5).photo_x_tags(["a", "b c"]).photo_x_size(&UploadPhotoBodyPhotoXSize::new().w(1).h(2));
    call.card_x_meta(&UploadPhotoBodyCardXMeta::new().by("me")).await.unwrap();
    assert_eq!(
        parts(&server),
        "--B\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"photo\"\r\ncontent-type: image/png\r\n\
         x-alt: R \u{fc}\r\nx-rating: 5\r\nx-tags: a,b c\r\nx-size: w=1,h=2\r\n\r\npng\r\n\
         --B\r\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
         content-type: application/octet-stream\r\nx-alt: All\r\nx-kind: photo\r\n\r\na\r\n\
         --B\r\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\r\n\
         content-type: application/octet-stream\r\nx-kind: photo\r\nx-alt: Mia\r\n\r\nb\r\n\
         --B\r\ncontent-disposition: form-data; name=\"card\"\r\ncontent-type: application/json\r\n\
         x-alt: Card\r\nx-language: en\r\nx-meta: {\"by\":\"me\"}\r\n\r\n{\"name\":\"Rex\"}\r\n\
         --B\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\nn\r\n--B--\r\n"
    );
    let call = shop.photos().upload("Rex", &UploadPhotoBody::new("png").more(vec![FilePart::from("a")]));
    call.more_x_alt("All").more_x_kind("drawing").await.unwrap();
    assert!(parts(&server).contains("\r\nx-kind: drawing\r\n"), "{}", parts(&server));
}

/// What is wrong with a header is found before anything is sent.
#[tokio::test]
async fn headers_of_parts_that_cannot_be_sent() {
    use headers_of_parts::{PetShop, types::*};
    let server = Server::silent().await;
    let shop: PetShop = client(&server);
    let with_card = UploadPhotoBody::new("png").card(UploadPhotoBodyCard::new());
    for (call, expected) in [
        (shop.photos().upload("a\r\nx-b: c", &UploadPhotoBody::new("png")), "X-Alt must not hold line breaks"),
        (shop.photos().upload("Rex", &with_card), "card: the header 'X-Alt' is missing"),
        (shop.photos().upload("Rex", &with_card).card_x_alt("\0"), "X-Alt must not hold line breaks"),
    ] {
        let error = call.await.unwrap_err();
        assert!(error.is_validation() && error.message().contains(expected), "{error}");
    }
    let error = shop.photos().replace_note().body(&Note::new("a")).await.unwrap_err();
    assert!(error.is_validation() && error.message().contains("text: the header 'X-Language' is missing"), "{error}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn other_bodies_have_no_headers_of_parts() {
    use headers_of_parts::{PetShop, types::Note};
    let server = Server::silent().await;
    let shop: PetShop = client(&server);
    shop.photos().create_note(&Note::new("a")).await.unwrap();
    assert_eq!(sent(&server), told("application/json", "{\"text\":\"a\"}"));
    // Nor does it matter there what is wrong with one.
    shop.photos().create_note(&Note::new("b")).text_x_weight(f64::NAN).await.unwrap();
    assert_eq!(sent(&server), told("application/json", "{\"text\":\"b\"}"));
    let call = shop.photos().create_note_as_multipart("de", &Note::new("b")).text_x_weight(f64::NAN);
    assert!(call.await.unwrap_err().is_validation());
    assert_eq!(server.count(), 2);
    shop.photos().create_note_as_multipart("de", &Note::new("a")).await.unwrap();
    let part = |language: &str| {
        format!("--B\r\ncontent-disposition: form-data; name=\"text\"\r\nx-language: {language}\r\n\r\na\r\n--B--\r\n")
    };
    assert_eq!(parts(&server), part("de"));
    // A body that may be left out, and is.
    shop.photos().replace_note().await.unwrap();
    assert_eq!(sent(&server), told("", ""));
    shop.photos().replace_note().text_x_language("en").await.unwrap();
    assert_eq!(sent(&server), told("", ""));
    shop.photos().replace_note().text_x_language("en").body(&Note::new("a")).await.unwrap();
    assert_eq!(parts(&server), part("en"));
}

#[tokio::test]
async fn records_are_lines() {
    use bodies_of_parts_and_lines::{Lines, PetShop, types::Pet};
    let server = Server::silent().await;
    let shop: PetShop = client(&server);
    let pets = [Pet::new("Rex"), Pet::new("a\nb")];
    let lines = "{\"name\":\"Rex\"}\n{\"name\":\"a\\nb\"}\n";
    shop.files().import_lines(&pets).await.unwrap();
    assert_eq!(sent(&server), told("application/jsonl", lines));
    assert!(server.last().contains(&format!("content-length: {}\r\n", lines.len())));
    shop.files().import_lines(pets.to_vec()).await.unwrap();
    assert_eq!(server.body(), lines);
    // Of another content type, and written by the caller.
    shop.files().import_lines_as_json_seq(&pets[..1]).await.unwrap();
    assert_eq!(sent(&server), told("application/json-seq", "\u{1e}{\"name\":\"Rex\"}\n"));
    shop.files().write_log().body("{}\n[]\n").await.unwrap();
    assert_eq!(sent(&server), told("application/x-ndjson", "{}\n[]\n"));
    shop.files().write_log().body(Vec::new()).await.unwrap();
    assert_eq!(sent(&server), told("application/x-ndjson", ""));
    // While they come: one chunk a record.
    shop.files().import_lines(Lines::stream(Records(pets.into_iter()))).await.unwrap();
    assert!(server.last().contains("transfer-encoding: chunked\r\n"), "{}", server.last());
    assert!(server.body().ends_with("F\r\n{\"name\":\"Rex\"}\n\r\n10\r\n{\"name\":\"a\\nb\"}\n\r\n0\r\n\r\n"));
}

/// Records that come one by one.
struct Records<I>(I);

impl<I: Iterator + Unpin> futures_core::Stream for Records<I> {
    type Item = I::Item;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

#[tokio::test]
async fn parts_that_the_caller_writes_have_the_callers_boundary() {
    use bodies_of_parts_and_lines::{PetShop, Upload};
    let server = Server::silent().await;
    let shop: PetShop = client(&server);
    let parts = "--x\r\ncontent-type: image/jpeg\r\n\r\njpeg\r\n--x--\r\n";
    shop.files().upload_photo(Upload::from(parts).content_type("multipart/mixed; boundary=x")).await.unwrap();
    assert_eq!(sent(&server), told("multipart/mixed; boundary=x", parts));
    let boundary = "multipart/related; boundary=x";
    shop.files().upload_photo_as_related(parts).header("content-type", boundary).await.unwrap();
    assert_eq!(sent(&server), told(boundary, parts));
    let count = server.count();
    let error = shop.files().upload_photo(parts).await.unwrap_err();
    assert!(error.is_validation() && error.message().contains("the body's boundary is missing"), "{error}");
    assert_eq!(server.count(), count);
}
