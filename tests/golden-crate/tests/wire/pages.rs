//! Pages of every style, as a server sees them asked for and as a caller gets their items.

use typewright_golden::paging::types::Pet;
use typewright_golden::paging::{ApiError, Call, Items, Shelter, resources::Pets};
use typewright_runtime::Credentials;
use typewright_runtime::codegen::v1::Paged;

use crate::server::Server;

/// The names that these answers give, and the targets that were asked for. `URL` in an answer is the server's own.
async fn walked<Op: Paged<Item = Pet>>(
    call: fn(Pets<'_>) -> Call<Op>,
    answers: &[(&'static str, &'static str)],
) -> (Vec<String>, Vec<String>) {
    let all = answers.to_vec();
    let server = Server::start(move |request, count| {
        let host = request.split("host: ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let (headers, body) = all.get(count).copied().unwrap_or(("", "[]"));
        let (headers, body) =
            (headers.replace("URL", &format!("http://{host}")), body.replace("URL", &format!("http://{host}")));
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{headers}connection: close\r\n");
        format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
    })
    .await;
    let builder = Shelter::builder().base_url(&server.url).credentials(Credentials::bearer("t"));
    let shelter = builder.build().unwrap();
    let mut items: Items<Op, ApiError> = call(shelter.pets()).items();
    let mut names = Vec::new();
    while let Some(pet) = items.try_next().await.unwrap() {
        names.push(pet.name);
    }
    let target = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
    (names, server.all().iter().map(target).collect())
}

#[tokio::test]
async fn each_style_asks_for_its_next_page() {
    macro_rules! check {
        ($call:expr, [$($answer:expr),*], [$($target:expr),*]) => {
            let (names, targets) = walked($call, &[$($answer),*]).await;
            assert_eq!(names, ["a", "b", "c"]);
            assert_eq!(targets, [$($target),*]);
        };
    }
    check!(
        |pets| pets.list(),
        [
            ("", r#"{"items":[{"name":"a"},{"name":"b"}],"total_pages":2}"#),
            ("", r#"{"items":[{"name":"c"}],"total_pages":2}"#)
        ],
        ["/pets", "/pets?page=2"]
    );
    check!(
        |pets| pets.list_visits().take(2),
        [
            ("", r#"{"items":[{"name":"a"},{"name":"b"}],"total_pages":3}"#),
            ("", r#"{"items":[{"name":"c"}],"total_pages":3}"#)
        ],
        ["/visits?take=2", "/visits?skip=2&take=2"]
    );
    check!(
        |pets| pets.list_cages(),
        [
            ("", r#"{"items":[{"name":"a"},{"name":"b"}],"more":true}"#),
            ("", r#"{"items":[{"name":"c"}],"more":false}"#)
        ],
        ["/cages", "/cages?after=b"]
    );
    check!(
        |pets| pets.list_walks(),
        [
            ("", r#"{"items":[{"name":"a"}],"links":{"next":"URL/walks?at=2"}}"#),
            ("", r#"{"items":[{"name":"b"},{"name":"c"}],"links":{}}"#)
        ],
        ["/walks", "/walks?at=2"]
    );
    check!(
        |pets| pets.list_doctors(),
        [
            ("link: <URL/doctors?at=2>; rel=\"next\", <URL/doctors>; rel=\"first\"\r\n", r#"[{"name":"a"}]"#),
            ("link: <URL/doctors>; rel=\"first\"\r\n", r#"[{"name":"b"},{"name":"c"}]"#)
        ],
        ["/doctors", "/doctors?at=2"]
    );
}
