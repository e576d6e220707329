//! Deliveries of webhooks: signatures by the provider's vectors, and what is read of a delivery.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use spree_admin::types::EventName;
use spree_admin::webhooks::Webhook;
use spree_admin::{Delivery, HeaderMap, WebhookError};
use typewright_runtime::testing::ManualTime;

/// Secret, time, body and signature.
const VECTORS: [(&str, u64, &str, &str); 2] = [
    (
        "whsec_test_0123456789abcdef",
        1_767_225_600,
        r#"{"id":"550e8400-e29b-41d4-a716-446655440000","name":"order.completed","created_at":"2026-01-01T00:00:00Z","data":{"id":"or_m3Rp9wXzAb","total":"99.99"},"metadata":{"spree_version":"5.5.0"}}"#,
        "e82730b84501ce9b043de5ef6952c6f0814e074f712ca6bbe368c9e155ae3ea0",
    ),
    (
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        1_700_000_000,
        r#"{"id":"7b1c2f1e-0000-4000-8000-000000000001","name":"webhook.test","created_at":"2023-11-14T22:13:20Z","data":{"message":"Zażółć ✓"},"metadata":{"spree_version":"6.0.0.alpha"}}"#,
        "e76031dc2146d53662cca502b968e090003860af1edd5209b8f96c55584a4182",
    ),
];

/// What becomes of a delivery that was signed at `time` and arrives at `now`.
fn deliver(
    secrets: &[&str],
    (time, now): (u64, u64),
    body: &str,
    signature: &str,
) -> Result<Delivery<Webhook>, WebhookError> {
    let clock = ManualTime::at(UNIX_EPOCH + Duration::from_secs(now));
    let mut headers = HeaderMap::new();
    headers.insert("x-spree-webhook-timestamp", time.to_string().parse().expect("a header"));
    headers.insert("x-spree-webhook-signature", signature.parse().expect("a header"));
    Webhook::verifier(secrets.iter().copied()).clock(Arc::new(clock)).parse(&headers, body.as_bytes())
}

#[test]
fn vectors_pass_with_any_of_the_secrets() {
    for (secret, time, body, signature) in VECTORS {
        let delivery = deliver(&["another", secret], (time, time), body, signature).expect("signed");
        let Webhook::Event(event) = delivery.payload else { panic!("{:?}", delivery.payload) };
        assert_eq!(
            (delivery.id.as_deref(), delivery.name.as_deref()),
            (Some(event.id.as_str()), Some(event.name.as_str()))
        );
    }
}

#[test]
fn what_it_happened_to_is_any_json() {
    let (secret, time, body, signature) = VECTORS[0];
    let delivery = deliver(&[secret], (time, time), body, signature).expect("signed");
    let Webhook::Event(event) = delivery.payload else { panic!("{:?}", delivery.payload) };
    assert_eq!(event.name, EventName::OrderCompleted);
    let order: spree_admin::types::Order = event.data.expect("data").read().expect("an order");
    assert_eq!(order.total, Some("99.99".into()));
}

#[test]
fn five_minutes_pass_in_both_directions_and_no_second_more() {
    let (secret, time, body, signature) = VECTORS[0];
    for (now, passes) in [(time + 300, true), (time + 301, false), (time - 300, true), (time - 301, false)] {
        assert_eq!(deliver(&[secret], (time, now), body, signature).is_ok(), passes, "{now}");
    }
}

#[test]
fn anything_else_is_refused() {
    let (secret, time, body, signature) = VECTORS[0];
    let shouted = signature.to_uppercase();
    for (secret, body, signature) in [
        ("wrong", body, signature),
        (secret, "{}", signature),
        (secret, body, shouted.as_str()),
        (secret, body, "e827"),
    ] {
        deliver(&[secret], (time, time), body, signature).expect_err("not signed by them");
    }
}
