//! Webhooks of Perkamo: what a delivery says, and under which id it is the same one.

use perkamo::HeaderMap;
use perkamo::webhooks::Webhook;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
}

#[test]
fn a_delivery_has_an_id_headers_and_a_body() {
    let headers = headers(&[
        ("user-agent", "Perkamo-Webhook/1.0"),
        ("x-perkamo-delivery", "dlv_1"),
        ("x-perkamo-event", "event.applied"),
        ("x-perkamo-space", "demo"),
        ("x-perkamo-attempt", "2"),
    ]);
    let body = r#"{"id":"evt_1","type":"event.applied","created_at":"2026-06-01T10:00:01.000Z","data":{"space":{"slug":"demo","name":"Demo","environment":"test"},"user_id":"c","transaction_id":"t","event":"app.opened","status":"applied","occurred_at":"2026-06-01T10:00:00.000Z","context":{"z":1,"a":2},"delta":[{"wallet":"points","amount":1}],"effects":[{"kind":"x"}],"wallet_state":{"points":2},"new":true}}"#;
    let delivery = Webhook::parse(&headers, body.as_bytes()).expect("a delivery");
    assert_eq!((delivery.id.as_deref(), delivery.name.as_deref()), (Some("dlv_1"), Some("event.applied")));
    let told = &delivery.headers;
    assert_eq!((told.delivery.as_deref(), told.space.as_deref(), told.attempt), (Some("dlv_1"), Some("demo"), Some(2)));
    let Webhook::Event(event) = delivery.payload else { panic!("{delivery:?}") };
    assert_eq!((event.id.as_str(), event.r#type.as_str()), ("evt_1", "event.applied"));
    assert_eq!(event.data.context.as_ref().map(perkamo::Json::as_text), Some(r#"{"z":1,"a":2}"#));
    assert_eq!(event.data.wallet_state.and_then(|wallets| wallets.get("points").copied()), Some(2.0));
    assert!(event.data.extra.get("new").is_some());
}

#[test]
fn what_is_no_delivery_is_an_error() {
    let headers = headers(&[("x-perkamo-event", "event.applied")]);
    for body in ["", "{", "[]", r#"{"id":"evt_1"}"#] {
        assert!(Webhook::parse(&headers, body.as_bytes()).is_err(), "{body}");
    }
}
