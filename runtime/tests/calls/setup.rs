//! Setting up a client: environments, variables, checks.

use std::time::Duration;

use typewright_runtime::codegen::v1 as rt;
use typewright_runtime::testing::Answer;
use typewright_runtime::{Credentials, RetryPolicy};

use crate::common::{Environment, Pets, Setup};

fn base_url(builder: rt::Builder<Pets>) -> String {
    builder.build().unwrap().client.base_url().to_owned()
}

fn from(setup: &Setup, variables: &[(&str, &str)]) -> Result<rt::Builder<Pets>, crate::common::Error> {
    setup
        .bare::<Pets>()
        .from_variables(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
}

#[test]
fn servers() {
    let setup = Setup::new();
    assert_eq!(base_url(setup.builder()), "https://api.pets.example");
    assert_eq!(base_url(setup.builder().environment(Environment::Test)), "http://localhost:8080/v1");
    assert_eq!(base_url(setup.builder().base_url("http://proxy.example/pets//")), "http://proxy.example/pets");
    let both = setup.builder().environment(Environment::Test).base_url("http://proxy.example");
    assert_eq!(base_url(both), "http://proxy.example");
    let check = |url: &str, expected: &str| {
        let error = setup.builder().base_url(url).build().unwrap_err();
        assert!(error.is_configuration(), "{error}");
        assert_eq!(error.message(), expected);
    };
    check("proxy", "the base URL 'proxy' must begin with `http://` or `https://`");
    check(
        "http://u:hunter2@h.example",
        "the base URL 'http://…@h.example' holds credentials; they belong into `.credentials(…)`",
    );
    check("http://h.example?key=hunter2", "the base URL 'http://h.example' has a query or a fragment");
}

#[tokio::test]
async fn variables() {
    let setup = Setup::new();
    setup.issues(60);
    let set: &[(&str, &str)] = &[
        ("PETS_ENVIRONMENT", " test "),
        ("PETS_CLIENT_ID", " id "),
        ("PETS_CLIENT_SECRET", " secret "),
        ("PETS_SCOPE", " b ,a\t"),
    ];
    let pets = from(&setup, set).unwrap().build().unwrap();
    assert_eq!(pets.client.base_url(), "http://localhost:8080/v1");
    pets.get("7").await.ok();
    let asked = &setup.requests()[0];
    assert_eq!(asked.uri().to_string(), "http://localhost:8080/v1/auth/token");
    // A prefix counts for the token endpoint too, which the script of this set-up does not know.
    assert_eq!(asked.text(), "grant_type=client_credentials&scope=b+a");
    assert_eq!(asked.header("authorization"), Some("Basic aWQ6c2VjcmV0"));
    assert_eq!(base_url(from(&setup, set).unwrap().environment(Environment::Live)), "https://api.pets.example");
}

#[test]
fn missing_variables_are_named() {
    let setup = Setup::new();
    let check = |variables: &[(&str, &str)], expected: &str| {
        let error = from(&setup, variables).and_then(rt::Builder::build).unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(error.message(), expected);
    };
    let advice = "is not set or blank: set it, or give the client its credentials with `.credentials(…)`";
    check(&[], &format!("the variable PETS_CLIENT_ID (`client_id`) {advice}"));
    check(
        &[("PETS_CLIENT_ID", "id"), ("PETS_CLIENT_SECRET", " ")],
        &format!("the variable PETS_CLIENT_SECRET (`client_secret`) {advice}"),
    );
    check(
        &[("PETS_ENVIRONMENT", "prod")],
        "PETS_ENVIRONMENT: 'prod' is not an environment of this API: it knows `live`, `test`",
    );
    // What the application gives itself wins over what is missing, and a blank environment is unset.
    let builder = from(&setup, &[("PETS_ENVIRONMENT", " ")]).unwrap().credentials(Credentials::bearer("t"));
    assert_eq!(base_url(builder), "https://api.pets.example");
}

#[test]
fn what_cannot_be_is_refused() {
    let setup = Setup::new();
    let check = |builder: rt::Builder<Pets>, expected: &str| {
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration(), "{error}");
        assert_eq!(error.message(), expected);
    };
    let builder = || setup.builder();
    check(
        builder().header("Authorization", "x"),
        "default headers cannot override 'authorization': use `credentials` instead",
    );
    check(
        builder().header("user-agent", "x"),
        "default headers cannot override 'user-agent': use `user_agent_suffix` instead",
    );
    check(builder().header("Accept", "x"), "default headers cannot override reserved header 'accept'");
    check(builder().header("x a", "x"), "'x a' is not a header's name");
    check(builder().timeout(Duration::ZERO), "`timeout` must be longer than zero");
    check(builder().connect_timeout(Duration::ZERO), "`connect_timeout` must be longer than zero");
    check(
        builder().token_retry(RetryPolicy::new().attempts(0)),
        "`token_retry`: a retry policy needs at least one attempt: the first try counts",
    );
    check(
        builder().user_agent_suffix("a\nb"),
        "the value of header 'user-agent' has characters that a header cannot hold",
    );
    let bare = |credentials: Credentials| setup.bare::<Pets>().credentials(credentials);
    check(bare(Credentials::bearer(" Bearer ")), "the bearer token is empty");
    check(
        bare(Credentials::client_credentials(" ", "s")),
        "the client id is empty (`client_id`, variable PETS_CLIENT_ID)",
    );
    check(
        bare(Credentials::client_credentials("i", "\t")),
        "the client secret is empty (`client_secret`, variable PETS_CLIENT_SECRET)",
    );
    check(
        bare(Credentials::api_key("k")),
        "this API takes no API key: it knows `petsAuth` (client credentials or a bearer token)",
    );
}

#[tokio::test]
async fn later_credentials_replace_earlier_ones() {
    let setup = Setup::answers([Answer::json(200, "{}")]);
    setup.builder().credentials(Credentials::bearer("token-2")).build().unwrap().get("7").await.unwrap();
    assert_eq!(setup.requests()[0].header("authorization"), Some("Bearer token-2"));
}
