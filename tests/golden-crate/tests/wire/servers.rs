//! Where requests go: servers with variables, and servers of operations.

use typewright_golden::server_variables::{Error, Shelter};
use typewright_runtime::Builder;

use crate::server::Server;

#[tokio::test]
async fn variables_make_the_url() {
    let server = Server::silent().await;
    let host = server.url.strip_prefix("http://").unwrap();
    let builder = || Shelter::builder().server_variable("scheme", "http").server_variable("host", host);
    let shelter = builder().build().unwrap();
    shelter.pets().list().await.unwrap();
    assert_eq!(server.target(), "/v1/pets");
    builder().server_variable("version", "v2").build().unwrap().pets().list().await.unwrap();
    assert_eq!(server.target(), "/v2/pets");
    // A URL of one's own has no variables.
    builder().base_url(format!("{}/own", server.url)).build().unwrap().pets().list().await.unwrap();
    assert_eq!(server.target(), "/own/pets");
}

#[test]
fn what_cannot_be_a_url_is_told_when_the_client_is_built() {
    let check = |builder: Builder<Shelter>, expected: &str| {
        let error: Error = builder.build().unwrap_err();
        assert!(error.is_configuration() && error.message().contains(expected), "{error}");
    };
    check(Shelter::builder(), "variable `host` has no value: set it with `.server_variable(\"host\", …)`");
    check(Shelter::builder().server_variable("scheme", "ftp"), "`scheme` is one of https, http");
    check(Shelter::builder().server_variable("port", "1"), "no variable `port`: `scheme`, `version`, `host`");
}
