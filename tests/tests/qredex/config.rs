//! How a Qredex client is configured: environment variables, environments, what is missing, and what is promised of its types.

use std::collections::BTreeMap;

use qredex::{Credentials, Environment, Error, Qredex};
use typewright_tests::server::{Answer, Server};

fn from(variables: &[(&str, &str)]) -> Result<Qredex, Error> {
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Qredex::builder().from_variables(move |name| variables.get(name).cloned())?.build()
}

const ACCOUNT: [(&str, &str); 2] = [("QREDEX_CLIENT_ID", " id "), ("QREDEX_CLIENT_SECRET", "secret")];

#[test]
fn environments_select_the_base_url() {
    for (environment, url) in [
        (None, "https://api.qredex.com"),
        (Some("production"), "https://api.qredex.com"),
        (Some(" staging "), "https://staging-api.qredex.com"),
        (Some("development"), "http://localhost:8080"),
        (Some("  "), "https://api.qredex.com"),
    ] {
        let mut variables = ACCOUNT.to_vec();
        variables.extend(environment.map(|value| ("QREDEX_ENVIRONMENT", value)));
        assert_eq!(from(&variables).expect("complete").base_url(), url, "{environment:?}");
    }
}

#[test]
fn an_unknown_environment_is_refused_with_the_known_ones() {
    for environment in ["Production", "live"] {
        let error = from(&[ACCOUNT[0], ACCOUNT[1], ("QREDEX_ENVIRONMENT", environment)]).expect_err("unknown");
        assert!(error.is_configuration());
        for part in ["QREDEX_ENVIRONMENT", "production", "staging", "development"] {
            assert!(error.message().contains(part), "{part}: {error}");
        }
    }
}

#[test]
fn a_missing_or_blank_variable_is_named() {
    for (variables, missing) in [
        (vec![], "QREDEX_CLIENT_ID"),
        (vec![("QREDEX_CLIENT_ID", "id")], "QREDEX_CLIENT_SECRET"),
        (vec![("QREDEX_CLIENT_ID", "  "), ("QREDEX_CLIENT_SECRET", "s")], "QREDEX_CLIENT_ID"),
    ] {
        let error = from(&variables).expect_err("incomplete");
        assert!(error.is_configuration());
        assert!(error.message().contains(missing), "{error}");
    }
}

/// Options that are refused have the provider's own code; what the environment lacks has none there either.
#[test]
fn a_client_that_cannot_be_set_up_says_so_with_its_code() {
    use std::time::Duration;

    use qredex::RetryPolicy;
    use qredex::types::ErrorCode;

    let complete = || Qredex::builder().credentials(Credentials::bearer("tok"));
    for builder in [
        Qredex::builder().credentials(Credentials::client_credentials("id", " ")),
        Qredex::builder().credentials(Credentials::bearer("")),
        complete().timeout(Duration::ZERO),
        complete().read_retry(RetryPolicy::new().attempts(0)),
        complete().token_retry(RetryPolicy::new().attempts(0)),
        complete().header("Authorization", "Bearer other"),
        complete().header(" X-Qredex-SDK ", "mine"),
    ] {
        let error = builder.build().expect_err("refused");
        assert!(error.is_configuration(), "{error}");
        assert_eq!(error.code(), Some(ErrorCode::SdkConfigurationError), "{error}");
    }
    let unknown = from(&[ACCOUNT[0], ACCOUNT[1], ("QREDEX_ENVIRONMENT", "live")]).expect_err("unknown");
    assert_eq!((unknown.is_configuration(), unknown.code()), (true, None));
}

#[test]
fn what_the_builder_says_wins() {
    let q = Qredex::builder()
        .environment(Environment::Staging)
        .credentials(Credentials::client_credentials("id", "secret"))
        .build()
        .expect("complete");
    assert_eq!(q.base_url(), "https://staging-api.qredex.com");
    let builder = Qredex::builder().base_url("https://proxy.example/qredex///").credentials(Credentials::bearer("t"));
    assert_eq!(builder.build().expect("complete").base_url(), "https://proxy.example/qredex");
}

#[test]
fn a_time_limit_must_be_a_positive_whole_number() {
    for text in ["0", "-1", "1.5", "soon"] {
        let error = from(&[ACCOUNT[0], ACCOUNT[1], ("QREDEX_TIMEOUT_MS", text)]).expect_err(text);
        assert!(error.is_configuration() && error.message().contains("QREDEX_TIMEOUT_MS"), "{error}");
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::scripted([Answer::json(200, "{}")]).await;
    let q = Qredex::builder().base_url(server.url()).build().expect("operations without security would work");
    let error = q.orders().list().await.expect_err("no credentials");
    assert!(error.is_configuration(), "{error:?}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn scopes_are_split_at_spaces_and_commas() {
    for (scope, body) in [
        (
            "  direct:links:read ,direct:orders:read\tdirect:api ",
            "grant_type=client_credentials&scope=direct%3Alinks%3Aread+direct%3Aorders%3Aread+direct%3Aapi",
        ),
        (" , ", "grant_type=client_credentials"),
    ] {
        let server = Server::scripted([Answer::json(401, "{}")]).await;
        let q = from(&[
            ACCOUNT[0],
            ACCOUNT[1],
            ("QREDEX_SCOPE", scope),
            ("QREDEX_BASE_URL", &format!("{}/", server.url())),
        ]);
        q.expect("complete").orders().list().await.expect_err("the token is refused");
        let request = server.single();
        assert_eq!(request.text(), body);
        assert_eq!(request.header("authorization"), "Basic aWQ6c2VjcmV0", "the id was trimmed");
    }
}

#[test]
fn the_promises_of_the_types_hold() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send + 'static>(_: &T) {}
    shared::<Qredex>();
    shared::<Error>();
    shared::<qredex::types::OrderAttribution>();
    let q = Qredex::builder().credentials(Credentials::bearer("t")).build().expect("complete");
    let call = q.orders().list();
    sent(&call);
    sent(&call.into_future());
    sent(&q.orders().list().items());
}

#[test]
fn secrets_do_not_show() {
    let q = from(&[ACCOUNT[0], ("QREDEX_CLIENT_SECRET", "very-secret")]).expect("complete");
    let builder = Qredex::builder().credentials(Credentials::client_credentials("id", "very-secret"));
    for text in [format!("{q:?}"), format!("{builder:?}"), format!("{:?}", Credentials::bearer("very-secret"))] {
        assert!(!text.contains("very-secret"), "{text}");
    }
}

#[tokio::test]
async fn headers_have_constants() {
    let answer = Answer::json(404, "{}").with_header("x-request-id", "req-9");
    let server = Server::scripted([answer]).await;
    let q = Qredex::builder().base_url(server.url()).credentials(Credentials::bearer("tok")).build().expect("complete");
    let id = "11111111-1111-4111-8111-111111111111";
    let error = q.creators().get(id).request_id("req-1").await.expect_err("nobody");
    let request = server.single();
    assert_eq!(request.header(Qredex::HEADER_X_QREDEX_SDK), "@qredex/server");
    assert_eq!(request.header(Qredex::HEADER_X_REQUEST_ID), "req-1");
    assert_eq!(error.headers()[Qredex::HEADER_X_REQUEST_ID], "req-9");
    assert_eq!(Qredex::HEADER_IDEMPOTENCY_KEY, "idempotency-key");
}
