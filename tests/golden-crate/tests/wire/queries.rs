//! What OpenAPI 3.2 brought for parameters: the whole query, cookies as they are, reserved characters in paths.

use typewright_golden::parameters_of_32::Shelter;
use typewright_golden::parameters_of_32::types::{ListPetsSearch, ListPetsSearchBorn, QueryPetsCondition};
use typewright_runtime::Builder;

use crate::server::Server;

/// The examples of OpenAPI 3.2, in the words of a shelter: a form spells a space as `+`, everything else is one text.
#[tokio::test]
async fn a_query_is_written_as_a_body_would_be() {
    let server = Server::silent().await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let pets = shelter.pets();
    let search = ListPetsSearch::new().name("a + b").tags(["x", "y&z"]).born(ListPetsSearchBorn::new().since(2020));
    pets.list().search(&search).await.unwrap();
    assert_eq!(server.target(), "/pets?name=a+%2B+b&tags=x&tags=y%26z&born%5Bsince%5D=2020");
    pets.list().search(&search).query("more", "1").await.unwrap();
    assert!(server.target().ends_with("&born%5Bsince%5D=2020&more=1"));
    pets.list().await.unwrap();
    assert_eq!(server.target(), "/pets");
    pets.query(&QueryPetsCondition::new(vec!["cat".to_owned(), "a b".to_owned()])).await.unwrap();
    assert_eq!(server.target(), "/pets/query?%7B%22kinds%22%3A%5B%22cat%22%2C%22a%20b%22%5D%7D");
    pets.path("$.a.b[1:1]").await.unwrap();
    assert_eq!(server.target(), "/pets/path?%24.a.b%5B1%3A1%5D");
}

#[tokio::test]
async fn cookies_and_paths_that_stay_as_they_are() {
    let server = Server::silent().await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    let pets = shelter.pets();
    pets.get_file("a:b@c/d%20").theme("a=b c%3B").seen(["x", "y"]).last(["1", "2"]).await.unwrap();
    assert_eq!(server.target(), "/pets/a:b@c%2Fd%20");
    assert_eq!(server.header("cookie"), "theme=a=b c%3B; seen=x; seen=y; last=1,2");
    let error = pets.get_file("a").theme("a; admin=1").await.unwrap_err();
    assert!(error.is_validation() && error.message().contains("theme must not hold `;`"), "{error}");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_method_without_an_id_is_named_by_its_words() {
    let server = Server::silent().await;
    let shelter: Shelter = Builder::new().base_url(&server.url).build().unwrap_or_else(|_| panic!());
    shelter.pets().m_search_path().await.unwrap();
    assert!(server.last().starts_with("M-SEARCH /pets/path HTTP/1.1"));
}
