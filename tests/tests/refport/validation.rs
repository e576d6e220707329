//! What the Refport client refuses before it uses the network.

use std::fmt::Debug;

use refport::types::{CreateEmbedToken, Partner, TrackLead, TrackSale};
use refport::{Credentials, Error, Refport};
use typewright_tests::server::{Answer, Server};

fn check<T: Debug>(result: Result<T, Error>, message: &str) {
    let error = result.expect_err(message);
    assert_eq!(error.message(), message);
    assert!(error.is_validation() && !error.is_api(), "{error:?}");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn nothing_of_this_is_sent() {
    let server = Server::scripted([Answer::json(500, "{}")]).await;
    let credentials = Credentials::bearer("rk_test");
    let r = Refport::builder().base_url(server.url()).credentials(credentials).build().expect("complete");
    let create = async |body: CreateEmbedToken| r.embed_tokens().create(&body).await;

    check(
        create(CreateEmbedToken::new()).await,
        "the body must have at least one of tenantId, enrollmentId and partner.",
    );
    check(create(CreateEmbedToken::new().tenant_id("")).await, "tenantId must not be empty.");
    check(create(CreateEmbedToken::new().enrollment_id("")).await, "enrollmentId must not be empty.");
    check(create(CreateEmbedToken::new().partner(Partner::new(""))).await, "partner.email must not be empty.");

    check(r.track().sale(&TrackSale::new("", "cus", 1)).await, "clickId must not be empty.");
    check(r.track().sale(&TrackSale::new("clk", "", 1)).await, "customerExternalId must not be empty.");
    check(r.track().sale(&TrackSale::new("clk", "cus", -1)).await, "amount must be greater than or equal to 0.");

    check(r.track().lead(&TrackLead::new("", "e", "cus")).await, "clickId must not be empty.");
    check(r.track().lead(&TrackLead::new("clk", "", "cus")).await, "eventName must not be empty.");
    check(r.track().lead(&TrackLead::new("clk", "e", "")).await, "customerExternalId must not be empty.");

    assert!(server.received().is_empty(), "nothing may be sent");
}

#[test]
fn a_client_without_a_key_is_refused() {
    for (key, expected) in [(None, "REFPORT_API_KEY"), (Some(""), "REFPORT_API_KEY"), (Some("  "), "REFPORT_API_KEY")] {
        let lookup = move |name: &str| key.filter(|_| name == "REFPORT_API_KEY").map(str::to_owned);
        let error = Refport::builder().from_variables(lookup).and_then(|builder| builder.build()).expect_err("no key");
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.message().contains(expected), "{error}");
    }
}

#[test]
fn the_environment_names_key_and_base_url() {
    for (url, expected) in [(None, "https://app.refport.co"), (Some("https://x.test/"), "https://x.test")] {
        let lookup = move |name: &str| match name {
            "REFPORT_API_KEY" => Some("rk_test".to_owned()),
            "REFPORT_BASE_URL" => url.map(str::to_owned),
            _ => None,
        };
        let client = Refport::builder().from_variables(lookup).and_then(|builder| builder.build()).expect("complete");
        assert_eq!(client.base_url(), expected);
        assert!(!format!("{client:?}").contains("rk_test"), "{client:?}");
    }
}
