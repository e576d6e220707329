//! Who may call what: the credentials of every scheme as they travel, and what is refused before anything is sent.

use typewright_golden::security::{Call, Error, Shelter, resources::Pets};
use typewright_runtime::codegen::v1::Operation;
use typewright_runtime::{Builder, Credentials};

use crate::server::Server;

fn shelter(server: &Server, given: Vec<Credentials>) -> Shelter {
    let builder = Builder::new().base_url(&server.url);
    let builder = given.into_iter().fold(builder, Builder::credentials);
    builder.build().unwrap_or_else(|error: Error| panic!("{error}"))
}

fn key(scheme: &str, key: &str) -> Credentials {
    Credentials::api_key(key).for_scheme(scheme)
}

/// Target, `x-key`, `cookie` and `authorization` of what is sent; else the error, and nothing is sent.
async fn sent<Op: Operation<Output = ()>>(given: Vec<Credentials>, call: fn(Pets<'_>) -> Call<Op>) -> String {
    let server = Server::silent().await;
    let shelter = shelter(&server, given);
    if let Err(error) = call(shelter.pets()).await {
        assert!(error.is_configuration() && server.count() == 0, "{error}");
        return error.message().to_owned();
    }
    let headers = ["x-key", "cookie", "authorization"].map(|name| server.header(name));
    let told = [server.target()].into_iter().chain(headers).filter(|text| !text.is_empty());
    told.collect::<Vec<_>>().join(" | ")
}

#[tokio::test]
async fn each_scheme_has_its_place() {
    macro_rules! check {
        ($method:ident, [$($given:expr),*], $expected:literal) => {
            assert_eq!(sent(vec![$($given),*], |pets| pets.$method()).await, $expected);
        };
    }
    check!(by_key, [key("key", "k 1")], "/key | k 1");
    check!(by_query, [key("user", "u&1")], "/query?user=u%261");
    check!(by_cookie, [key("session", "s1")], "/cookie | sid=s1");
    check!(by_digest, [key("digest", "username=\"me\"")], "/digest | Digest username=\"me\"");
    check!(by_digest, [key("digest", "digest a=b")], "/digest | digest a=b");
    check!(by_openid, [Credentials::bearer("t")], "/openid | Bearer t");
    // Two keys in one place are both there.
    check!(by_two, [key("user", "u"), key("token", "t")], "/two?user=u&token=t");
    // The first alternative of which everything is there.
    check!(by_either, [Credentials::basic("me", "pw")], "/either | Basic bWU6cHc=");
    check!(by_either, [key("key", "k"), key("session", "s")], "/either | k | sid=s");
    check!(
        by_either,
        [key("key", "k"), key("session", "s"), Credentials::basic("me", "pw")],
        "/either | Basic bWU6cHc="
    );
    check!(by_none, [key("key", "k")], "/open");
    check!(by_chance, [], "/optional");
    check!(by_chance, [Credentials::bearer("t")], "/optional | Bearer t");
}

#[tokio::test]
async fn what_lacks_is_told_before_anything_is_sent() {
    macro_rules! check {
        ($method:ident, [$($given:expr),*], $lacks:literal) => {
            let message = sent(vec![$($given),*], |pets| pets.$method()).await;
            assert_eq!(message, format!(
                "pets.{} needs credentials for {}: none that fit were given to the client", stringify!($method), $lacks
            ));
        };
    }
    check!(by_key, [key("user", "u")], "`key` (API key)");
    check!(by_two, [key("user", "u")], "`user` (API key) and `token` (API key)");
    check!(by_either, [key("key", "k")], "`login` (user and password) or `key` (API key) and `session` (API key)");
    check!(by_scope, [], "`issued` (client credentials or a bearer token) with scope `pets:read`");
    check!(by_certificate, [key("key", "k")], "`mutual` (client certificate)");
    check!(by_both, [key("key", "k")], "`mutual` (client certificate) and `key` (API key)");
}

/// Token URL and scopes are the document's: nothing else has to be said.
#[tokio::test]
async fn client_credentials_need_the_document_alone() {
    let server = Server::start(|request, _| {
        let body = if request.starts_with("POST") { r#"{"access_token":"t1","expires_in":600}"# } else { "" };
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
    })
    .await;
    // A token URL without a host is resolved as a link on the server would be.
    let below = format!("{}/v1", server.url);
    let pets = |given: Credentials| -> Shelter { Builder::new().base_url(&below).credentials(given).build().unwrap() };
    let issued = pets(Credentials::client_credentials("me", "pw"));
    issued.pets().by_scope().await.unwrap();
    issued.pets().by_scopes().await.unwrap();
    let asked = server.all();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(asked[0].starts_with("POST /oauth/token HTTP/1.1\r\n"), "{}", asked[0]);
    assert!(asked[0].contains("authorization: Basic bWU6cHc=\r\n"), "{}", asked[0]);
    assert!(asked[0].ends_with("\r\n\r\ngrant_type=client_credentials&scope=pets%3Aread+pets%3Awrite"), "{}", asked[0]);
    assert!(asked[1..].iter().all(|request| request.contains("authorization: Bearer t1\r\n")));
    // What the application says goes before.
    pets(Credentials::client_credentials("me", "pw").scope(["pets:admin"])).pets().by_scope().await.unwrap();
    assert!(server.all()[3].ends_with("&scope=pets%3Aadmin"));
}
