//! How a Qikink client is configured: what has to be said, and how base URLs and limits may be written.

use std::collections::BTreeMap;

use qikink::{Builder, Credentials, Environment, Error, Qikink};

fn reading(variables: &[(&str, &str)]) -> Result<Builder<Qikink>, Error> {
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Qikink::builder().from_variables(move |name| variables.get(name).cloned())
}

fn from(variables: &[(&str, &str)]) -> Result<Qikink, Error> {
    reading(variables)?.build()
}

const URL: (&str, &str) = ("QIKINK_API_URL", "https://sandbox.qikink.com");
const ID: (&str, &str) = ("QIKINK_CLIENT_ID", "id");
const SECRET: (&str, &str) = ("QIKINK_CLIENT_SECRET", "secret");

#[test]
fn base_urls_are_taken_as_people_write_them() {
    for (text, expected) in [
        ("https://sandbox.qikink.com/v1", "https://sandbox.qikink.com"),
        ("https://sandbox.qikink.com/V1/", "https://sandbox.qikink.com"),
        (" https://sandbox.qikink.com/v1// ", "https://sandbox.qikink.com"),
        ("https://api.qikink.com", "https://api.qikink.com"),
        ("https://api.qikink.com/", "https://api.qikink.com"),
        ("https://api.qikink.com/api/order", "https://api.qikink.com"),
        ("https://x.test/v1beta", "https://x.test/v1beta"),
        ("https://x.test/proxy/v1/foo", "https://x.test/proxy"),
        ("http://localhost:8080/proxy", "http://localhost:8080/proxy"),
        ("sandbox.qikink.com/v1", "https://sandbox.qikink.com"),
    ] {
        let read = from(&[("QIKINK_API_URL", text), ID, SECRET]).expect("complete");
        assert_eq!(read.base_url(), expected, "{text}");
        let set = Qikink::builder().base_url(text).credentials(Credentials::client_credentials("id", "secret"));
        assert_eq!(set.build().expect("complete").base_url(), expected, "{text}");
    }
}

#[test]
fn what_is_missing_is_named_by_option_and_variable() {
    for (variables, option, variable) in [
        (vec![ID, SECRET], "base_url", "QIKINK_API_URL"),
        (vec![("QIKINK_API_URL", " "), ID, SECRET], "base_url", "QIKINK_API_URL"),
        (vec![URL, SECRET], "client_id", "QIKINK_CLIENT_ID"),
        (vec![URL, ("QIKINK_CLIENT_ID", " "), SECRET], "client_id", "QIKINK_CLIENT_ID"),
        (vec![URL, ID], "client_secret", "QIKINK_CLIENT_SECRET"),
    ] {
        let error = from(&variables).expect_err(variable);
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.message().contains(&format!("`{option}`")), "{option}: {error}");
        assert!(error.message().contains(variable), "{variable}: {error}");
    }
    let bare = Qikink::builder().environment(Environment::Sandbox).build().expect_err("no credentials");
    for part in ["`client_id`", "QIKINK_CLIENT_ID", "`client_secret`", "QIKINK_CLIENT_SECRET"] {
        assert!(bare.message().contains(part), "{part}: {bare}");
    }
    for (id, secret, option) in [(" ", "s", "`client_id`"), ("i", "", "`client_secret`")] {
        let builder = Qikink::builder().environment(Environment::Live);
        let error = builder.credentials(Credentials::client_credentials(id, secret)).build().expect_err(option);
        assert!(error.is_configuration() && error.message().contains(option), "{error}");
    }
}

#[test]
fn what_the_builder_says_wins_option_by_option() {
    let q = reading(&[URL, ID, SECRET]).and_then(|builder| builder.base_url("https://x.test/api").build());
    assert_eq!(q.expect("complete").base_url(), "https://x.test");
    let credentials = Credentials::client_credentials("other", "secret");
    let q = reading(&[URL]).and_then(|builder| builder.credentials(credentials).build()).expect("complete");
    assert_eq!(q.base_url(), "https://sandbox.qikink.com");
    let q = reading(&[ID, SECRET]).and_then(|builder| builder.environment(Environment::Live).build());
    assert_eq!(q.expect("complete").base_url(), "https://api.qikink.com");
}

#[test]
fn a_token_alone_is_not_enough() {
    let builder = Qikink::builder().environment(Environment::Sandbox).credentials(Credentials::bearer("tok"));
    assert!(builder.build().expect_err("the id travels too").is_configuration());
}

#[test]
fn secrets_do_not_show() {
    let q = from(&[URL, ID, ("QIKINK_CLIENT_SECRET", "very-secret")]).expect("complete");
    assert!(!format!("{q:?} {:?}", Credentials::client_credentials("id", "very-secret")).contains("very-secret"));
}
