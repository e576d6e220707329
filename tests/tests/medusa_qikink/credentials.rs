//! Who calls: a shop's publishable key, and the three ways of an administrator.

use std::collections::BTreeMap;

use medusa_qikink::{Builder, Credentials, MedusaQikink};
use typewright_tests::server::{Answer, Received, Server};

async fn sent(set: impl FnOnce(Builder<MedusaQikink>) -> Builder<MedusaQikink>) -> (Received, Option<Received>) {
    let server = Server::scripted([Answer::json(418, "{}")]).await;
    let m = set(MedusaQikink::builder().base_url(server.url())).build().expect("complete");
    drop(m.store().order_mappings().list().await);
    let refused = m.admin().order_mappings().list().await.expect_err("nothing is answered well").is_configuration();
    let mut requests = server.received().into_iter();
    let store = requests.next().expect("the shop needs no credentials");
    let admin = requests.next();
    assert_eq!(admin.is_none(), refused, "without credentials nothing is sent");
    (store, admin)
}

const NAMES: [&str; 3] = ["x-publishable-api-key", "authorization", "cookie"];

#[tokio::test]
async fn each_route_gets_what_it_takes() {
    let (store, admin) = sent(|builder| builder).await;
    assert_eq!(
        (NAMES.map(|name| store.header(name).to_owned()), admin.is_none()),
        (["", "", ""].map(str::to_owned), true)
    );

    let key = || Credentials::api_key("pk_1").for_scheme("publishableKey");
    let (store, admin) = sent(|builder| builder.credentials(key())).await;
    assert_eq!((store.header("x-publishable-api-key"), admin.is_none()), ("pk_1", true));

    for (credentials, name, value) in [
        (Credentials::bearer("jwt"), "authorization", "Bearer jwt"),
        (Credentials::api_key("s%3A1").for_scheme("session"), "cookie", "connect.sid=s%3A1"),
        (Credentials::basic("sk_1", ""), "authorization", "Basic c2tfMTo="),
    ] {
        let (store, admin) = sent(|builder| builder.credentials(key()).credentials(credentials)).await;
        let admin = admin.expect("it is sent");
        for other in NAMES {
            assert_eq!(admin.header(other), if other == name { value } else { "" }, "{other}");
            assert_eq!(store.header(other), if other == "x-publishable-api-key" { "pk_1" } else { "" }, "{other}");
        }
    }
}

#[tokio::test]
async fn variables_are_for_one_scheme_each() {
    let variables: BTreeMap<&str, &str> =
        [("MEDUSA_PUBLISHABLE_KEY", "pk_1"), ("MEDUSA_ADMIN_SESSION", "s1"), ("MEDUSA_ADMIN_TOKEN", " ")].into();
    let read = |name: &str| variables.get(name).map(|value| (*value).to_owned());
    let (store, admin) = sent(|builder| builder.from_variables(read).expect("no variable is wrong")).await;
    assert_eq!((store.header("x-publishable-api-key"), store.header("cookie")), ("pk_1", ""));
    let admin = admin.expect("it is sent");
    assert_eq!((admin.header("cookie"), admin.header("x-publishable-api-key")), ("connect.sid=s1", ""));
}

#[test]
fn a_backend_has_to_be_named() {
    let error = MedusaQikink::builder().credentials(Credentials::bearer("jwt")).build().expect_err("no URL");
    assert!(error.is_configuration());
    for part in ["`base_url`", "MEDUSA_BACKEND_URL"] {
        assert!(error.message().contains(part), "{error}");
    }
}
