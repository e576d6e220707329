//! Where requests go: servers with variables, and servers of paths and of operations, with variables of their own.

use typewright_golden::server_variables::{Error, Shelter};
use typewright_golden::servers_of_their_own;
use typewright_runtime::Builder;

use crate::server::Server;

fn builder(server: &Server) -> Builder<Shelter> {
    let host = server.url.strip_prefix("http://").unwrap();
    Shelter::builder().server_variable("scheme", "http").server_variable("host", host)
}

#[tokio::test]
async fn variables_make_the_url() {
    let server = Server::silent().await;
    let shelter = builder(&server).build().unwrap();
    shelter.pets().list().await.unwrap();
    assert_eq!(server.target(), "/v1/pets");
    builder(&server).server_variable("version", "v2").build().unwrap().pets().list().await.unwrap();
    assert_eq!(server.target(), "/v2/pets");
    // A URL of one's own has no variables.
    builder(&server).base_url(format!("{}/own", server.url)).build().unwrap().pets().list().await.unwrap();
    assert_eq!(server.target(), "/own/pets");
}

#[tokio::test]
async fn variables_hold_for_the_servers_of_paths_and_operations() {
    let server = Server::silent().await;
    let builder = || builder(&server).server_variable("version", "v3").server_variable("trash", &server.url);
    let shelter = builder().build().unwrap();
    let photos = shelter.photos();
    photos.list().await.unwrap();
    photos.add().await.unwrap();
    photos.replace().await.unwrap();
    photos.drop().await.unwrap();
    // A path of the host that is asked, which has variables too.
    let missing = photos.move_thumbs().await.unwrap_err();
    assert!(
        missing.to_string().ends_with("`shelf` has no value: set it with `.server_variable(\"shelf\", …)`"),
        "{missing}"
    );
    let shelved = || builder().server_variable("shelf", "7");
    shelved().build().unwrap().photos().move_thumbs().await.unwrap();
    shelved().base_url(format!("{}/own", server.url)).build().unwrap().photos().move_thumbs().await.unwrap();
    let lines: Vec<String> =
        server.all().iter().map(|request| request.lines().next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        lines,
        [
            "GET /photos/v3/photos HTTP/1.1",
            "POST /photos/v3/photos HTTP/1.1",
            "PUT /v3/photos HTTP/1.1",
            "DELETE /bin/photos HTTP/1.1",
            "PATCH /thumbs/v3/7/photos HTTP/1.1",
            "PATCH /thumbs/v3/7/photos HTTP/1.1",
        ]
    );
    // A URL that was chosen goes before the servers of operations too.
    builder().base_url(format!("{}/own", server.url)).build().unwrap().photos().list().await.unwrap();
    assert_eq!(server.target(), "/own/photos");
}

#[tokio::test]
async fn a_server_without_a_host_is_a_path_of_the_host_that_is_asked() {
    let server = Server::silent().await;
    let base_url = format!("{}/v1", server.url);
    let shelter = servers_of_their_own::Shelter::builder().base_url(base_url).build().unwrap();
    let pets = shelter.pets();
    pets.list().await.unwrap();
    assert_eq!(server.target(), "/v1/pets");
    pets.check_health().await.unwrap();
    assert_eq!(server.target(), "/health");
    pets.set_health().await.unwrap();
    assert_eq!(server.target(), "/v2/health");
    // What begins with no slash is relative to the document, whose URL nobody knows.
    pets.drop_health().await.unwrap();
    assert_eq!(server.target(), "/v1/health");
}

/// A proxy is told the whole URL, so that hosts show that are not there.
#[tokio::test]
async fn paths_and_operations_have_hosts_of_their_own() {
    let server = Server::silent().await;
    let shelter = servers_of_their_own::Shelter::builder().proxy(server.url.as_str()).build().unwrap();
    shelter.pets().list_thumbs().await.unwrap();
    shelter.pets().drop_thumbs().await.unwrap();
    let asked = server.all();
    for (asked, (line, host)) in asked.iter().zip([
        ("GET http://thumbs.example.com/v2/thumbs HTTP/1.1", "thumbs.example.com"),
        ("DELETE http://trash.example.com/thumbs HTTP/1.1", "trash.example.com"),
    ]) {
        assert!(asked.starts_with(line) && asked.contains(&format!("host: {host}\r\n")), "{asked}");
    }
    assert_eq!(asked.len(), 2);
    // A URL that was chosen goes before these as well.
    let chosen = servers_of_their_own::Shelter::builder().base_url(format!("{}/own", server.url)).build().unwrap();
    chosen.pets().list_thumbs().await.unwrap();
    assert_eq!(server.target(), "/own/thumbs");
    chosen.pets().drop_thumbs().await.unwrap();
    assert_eq!(server.target(), "/own/thumbs");
}

#[tokio::test]
async fn a_value_that_one_server_does_not_take_is_told_by_its_calls() {
    let server = Server::silent().await;
    let shelter = builder(&server).server_variable("version", "v2").build().unwrap();
    shelter.pets().list().await.unwrap();
    let error = shelter.photos().list().await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert_eq!(error.message(), "the server's variable `version` is one of v1, v3");
    assert_eq!(error.operation(), Some("photos.list"));
    assert_eq!(server.count(), 1);
}

#[test]
fn what_cannot_be_a_url_is_told_when_the_client_is_built() {
    let check = |builder: Builder<Shelter>, expected: &str| {
        let error: Error = builder.build().unwrap_err();
        assert!(error.is_configuration() && error.message().contains(expected), "{error}");
    };
    check(Shelter::builder(), "variable `host` has no value: set it with `.server_variable(\"host\", …)`");
    check(Shelter::builder().server_variable("scheme", "ftp"), "`scheme` is one of https, http");
    check(
        Shelter::builder().server_variable("port", "1"),
        "no variable `port`: `scheme`, `version`, `host`, `shelf`, `trash`",
    );
}
