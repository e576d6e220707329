//! Signatures of requests that the document does not describe, and that no request is repeated.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use perkamo::testing::{Answer, ManualTime, MemoryTransport};
use perkamo::transport::TransportFault;
use perkamo::{Credentials, Perkamo};

fn client(key: &str, time: &ManualTime, transport: &MemoryTransport) -> Perkamo {
    Perkamo::builder()
        .credentials(Credentials::api_key(key))
        .transport(Arc::new(transport.clone()))
        .clock(Arc::new(time.clone()))
        .sleeper(Arc::new(time.clone()))
        .build()
        .expect("complete")
}

/// The vectors of the provider's own SDK, through requests with these very bytes. The one with a query is beside the signer.
#[tokio::test]
async fn vectors() {
    let check = async |(key, seconds): (&str, u64), method: &str, path: &str, body: &'static str, expected: &str| {
        let transport = MemoryTransport::new();
        transport.answer(Answer::json(200, "{}"));
        let perkamo = client(key, &ManualTime::at(UNIX_EPOCH + Duration::from_secs(seconds)), &transport);
        perkamo.request(method, path).bytes("application/json", body).await.expect("answered");
        let sent = transport.requests().remove(0);
        assert_eq!(sent.header("x-perkamo-timestamp"), Some(seconds.to_string().as_str()));
        assert_eq!(sent.header("x-perkamo-signature"), Some(expected), "{path} {body}");
    };
    let vector = ("sk_test_vector", 1_767_225_600);
    check(
        ("sk_test", 1_700_000_000),
        "POST",
        "/v1/events",
        r#"{"space":"demo"}"#,
        "v1=6bbc1e5ba44b90642cb2f878838723f95d0272760c9bae93162479595e765621",
    )
    .await;
    check(vector, "POST", "/v1/events", "", "v1=af825443038ae1caa74ed550867c126fd9daed8fbf2691b5a66fd36ed0c7786c")
        .await;
    check(
        vector,
        "POST",
        "/v1/identify",
        r#"{"user_id":"zákazník_1","traits":{"name":"Žofie Příkladová","note":"日本語 😀"}}"#,
        "v1=cec2a51516db4ea0fa6048312d2112ded7de7183fb755083a35aff049f94bff2",
    )
    .await;
    check(
        vector,
        "post",
        "/v1/browser-tokens",
        r#"{"browser_key":"pk_test","user_id":"customer_123"}"#,
        "v1=7b01520055a7bc894cd04bf873367ffdc1346ce12fdaa0b9f4f190df364a5513",
    )
    .await;
    check(
        vector,
        "POST",
        "/v1/events",
        r#"{"user_id":"customer_123","event":"purchase.completed","transaction_id":"order_1092","context":{"order_id":"order_1092","amount":12900,"currency":"CZK"},"occurred_at":"2026-06-01T10:00:00.000Z"}"#,
        "v1=789373fe62dc3f806fd734d7c8d78388226b849b120b70499e8b64e799ad6b67",
    )
    .await;
}

#[tokio::test]
async fn nothing_is_repeated_by_itself() {
    for answer in [Answer::fault(TransportFault::Connect), Answer::json(503, "{}"), Answer::json(429, "{}")] {
        let transport = MemoryTransport::new();
        transport.answer(answer.clone()).answer(answer);
        let perkamo = client("sk_test", &ManualTime::new(), &transport);
        perkamo.emit("customer_123", "app.opened").await.expect_err("refused");
        assert_eq!(transport.requests().len(), 1);
        perkamo.program().await.expect_err("refused");
        assert_eq!(transport.requests().len(), 2);
    }
}
