//! What generated crates make of messages that an API sends, and of their signatures.

#![allow(deprecated, reason = "one of the webhooks is")]

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use typewright_golden::{webhooks_by_name, webhooks_signed};
use typewright_runtime::WebhookError;
use typewright_runtime::testing::ManualTime;
use webhooks_signed::HeaderMap;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    pairs.collect()
}

mod by_name {
    use webhooks_by_name::Delivery;
    use webhooks_by_name::webhooks::Webhook;

    use super::*;

    fn parse(pairs: &[(&'static str, &str)], body: &str) -> Delivery<Webhook> {
        Webhook::parse(&headers(pairs), body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    #[test]
    fn a_delivery_is_read_by_its_name() {
        let delivery = parse(
            &[
                ("x-shelter-event", "pet.born"),
                ("x-shelter-delivery", "d-1"),
                ("x-shelter-attempt", "2"),
                ("x-shelter-tags", "new, small"),
            ],
            r#"{"name":"Rex","weight":1.5}"#,
        );
        assert_eq!((delivery.name.as_deref(), delivery.id.as_deref()), (Some("pet.born"), Some("d-1")));
        let headers = &delivery.headers;
        assert_eq!((headers.delivery.as_deref(), headers.x_shelter_attempt), (Some("d-1"), Some(2)));
        assert_eq!(headers.x_shelter_tags, Some(vec!["new".to_owned(), "small".to_owned()]));
        let Webhook::PetBorn(pet) = delivery.payload else { panic!("{delivery:?}") };
        assert_eq!((pet.name.as_str(), pet.extra.get("weight").map(|json| json.as_text())), ("Rex", Some("1.5")));
    }

    #[test]
    fn whole_names_go_before_patterns_and_what_nobody_knows_stays_readable() {
        let of = |name: &str| parse(&[("x-shelter-event", name)], r#"{"pet":{"name":"Rex"}}"#).payload;
        assert!(matches!(of("pet.gone"), Webhook::Moves(_)));
        assert!(matches!(of("pet.anything"), Webhook::Moves(_)));
        assert!(matches!(of("ping"), Webhook::Ping));
        let Webhook::Unknown(json) = of("order.placed") else { panic!("not raw") };
        assert_eq!(json.pointer("/pet/name").and_then(|name| name.as_str().map(String::from)).as_deref(), Some("Rex"));
    }

    #[test]
    fn a_header_of_the_wrong_type_does_not_lose_the_payload() {
        let delivery = parse(&[("x-shelter-event", "pet.born"), ("x-shelter-attempt", "many")], r#"{"name":"Rex"}"#);
        assert_eq!(delivery.headers.x_shelter_attempt, None);
    }

    #[test]
    fn callbacks_are_known_by_where_they_arrive() {
        let parse = |name: &str, body: &str| Webhook::parse_as(name, &HeaderMap::new(), body.as_bytes());
        let adopted = parse("adopted", r#"{"owner":"Ada"}"#).unwrap();
        assert_eq!(adopted.name.as_deref(), Some("adopted"));
        assert!(matches!(adopted.payload, Webhook::Adopted(payload) if payload.owner == "Ada"));
        let same = parse("pets.create.adopted", r#"{"owner":"Ada"}"#).unwrap().payload;
        assert!(matches!(same, Webhook::Adopted(_)));
        let other = parse("pets.replace.adopted", "a line").unwrap().payload;
        assert_eq!(other, Webhook::ReplacePetAdopted("a line".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let refused = |pairs: &[(&'static str, &str)], body: &str| {
            Webhook::parse(&headers(pairs), body.as_bytes()).err().unwrap_or_else(|| panic!("{body}")).to_string()
        };
        assert_eq!(refused(&[], "{}"), "the delivery does not say which webhook it is");
        let body = refused(&[("x-shelter-event", "pet.born")], "{}");
        assert!(body.starts_with("the delivery's body: ") && body.contains("$.name"), "{body}");
    }
}

mod signed {
    use webhooks_signed::webhooks::Webhook;
    use webhooks_signed::{Delivery, WebhookVerifier};

    use super::*;

    /// Secret, time, body and signature, as a sender of this kind publishes them.
    const VECTORS: &[(&str, u64, &str, &str)] = &[
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

    fn at(seconds: u64, secrets: &[&str]) -> WebhookVerifier<Webhook> {
        let time = ManualTime::at(UNIX_EPOCH + Duration::from_secs(seconds));
        Webhook::verifier(secrets.iter().copied()).clock(Arc::new(time))
    }

    fn deliver(
        verifier: &WebhookVerifier<Webhook>,
        timestamp: &str,
        signature: &str,
        body: &str,
    ) -> Result<Delivery<Webhook>, WebhookError> {
        let headers = headers(&[("X-Shelter-Timestamp", timestamp), ("X-Shelter-Signature", signature)]);
        verifier.parse(&headers, body.as_bytes())
    }

    #[test]
    fn vectors_pass_and_say_what_they_are() {
        for (secret, time, body, signature) in VECTORS {
            let verifier = at(*time, &[secret]);
            let delivery = deliver(&verifier, &time.to_string(), signature, body).unwrap();
            let Webhook::Event(event) = &delivery.payload else { panic!("{delivery:?}") };
            assert_eq!((delivery.id.as_ref(), delivery.name.as_ref()), (Some(&event.id), Some(&event.name)));
        }
    }

    #[test]
    fn time_counts_in_both_directions_and_to_the_second() {
        let (secret, time, body, signature) = VECTORS[0];
        let check = |now: u64, passes: bool| {
            let result = deliver(&at(now, &[secret]), &time.to_string(), signature, body);
            assert_eq!(result.is_ok(), passes, "{now}");
            assert!(passes || matches!(result, Err(WebhookError::TimestampOutOfTolerance)));
        };
        check(time + 300, true);
        check(time + 301, false);
        check(time - 300, true);
        check(time - 301, false);
        let patient = at(time + 301, &[secret]).tolerance(Duration::from_secs(301));
        assert!(deliver(&patient, &time.to_string(), signature, body).is_ok());
    }

    #[test]
    fn each_of_several_secrets_may_have_signed() {
        let (secret, time, body, signature) = VECTORS[0];
        for secrets in [&["old", secret][..], &[secret, "new"], &["", secret]] {
            assert!(deliver(&at(time, secrets), &time.to_string(), signature, body).is_ok(), "{secrets:?}");
        }
    }

    #[test]
    fn every_check_says_that_it_failed_and_nothing_else() {
        let (secret, time, body, signature) = VECTORS[0];
        let (stamp, verifier) = (time.to_string(), at(time, &[secret]));
        let upper = signature.to_uppercase();
        for (what, result, expected) in [
            ("a changed body", deliver(&verifier, &stamp, signature, &body.replace("99.99", "0.01")), "fits none"),
            ("a changed time", deliver(&verifier, &(time + 1).to_string(), signature, body), "fits none"),
            ("upper case", deliver(&verifier, &stamp, &upper, body), "fits none"),
            ("a part", deliver(&verifier, &stamp, &signature[..10], body), "fits none"),
            ("another secret", deliver(&at(time, &["other"]), &stamp, signature, body), "fits none"),
            ("no secret", deliver(&at(time, &[]), &stamp, signature, body), "no secret"),
            ("an empty secret", deliver(&at(time, &[""]), &stamp, signature, body), "no secret"),
            ("no signature", deliver(&verifier, &stamp, "", body), "no signature"),
            ("no time", deliver(&verifier, "", signature, body), "no time"),
            ("a strange time", deliver(&verifier, "soon", signature, body), "no time"),
        ] {
            let error = result.err().unwrap_or_else(|| panic!("{what} passed"));
            assert!(error.is_untrusted(), "{what}");
            let told = format!("{error} {error:?}");
            assert!(told.contains(expected), "{what}: {told}");
            assert!(!told.contains(secret) && !told.contains(signature) && error.source().is_none(), "{what}: {told}");
        }
        assert!(!format!("{verifier:?}").contains(secret));
    }

    #[test]
    fn what_passes_may_still_be_unreadable() {
        let (secret, time, body, signature) = VECTORS[0];
        let headers = headers(&[("x-shelter-timestamp", &time.to_string()), ("x-shelter-signature", signature)]);
        assert!(at(time, &[secret]).verify(&headers, body.as_bytes()).is_ok());
        let unread = Webhook::parse_unverified(&HeaderMap::new(), b"{}").unwrap_err();
        assert!(matches!(unread, WebhookError::Body(_)) && !unread.is_untrusted());
    }
}
