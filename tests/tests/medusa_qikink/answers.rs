//! What the answers of the Medusa plugin become.

use medusa_qikink::types::{CreateProductMapping, FoundOrder, MappingStatus};
use medusa_qikink::{Credentials, MedusaQikink};
use typewright_tests::server::{Answer, Server};

fn client(server: &Server) -> MedusaQikink {
    MedusaQikink::builder().base_url(server.url()).credentials(Credentials::bearer("jwt")).build().expect("complete")
}

const ORDER: &str = r#"{"id":"qom_1","qikink_order_id":"1","medusa_order_id":"order_1","status":"on_the_moon","created_at":"2026-01-01T00:00:00.000Z","updated_at":"2026-01-01T00:00:00.000Z"}"#;

#[tokio::test]
async fn lists_are_walked_by_offset_and_count() {
    let server = Server::start(|request, _| {
        let ids = match request.raw_query() {
            "limit=2" => "ab",
            "limit=2&offset=2" => "cd",
            "limit=2&offset=4" => "e",
            _ => "",
        };
        let one = |id: char| format!(r#"{{"id":"{id}","qikink_sku_id":"S","variant_id":"v"}}"#);
        let items: Vec<String> = ids.chars().map(one).collect();
        Answer::json(200, format!(r#"{{"mappings":[{}],"count":5,"offset":0,"limit":2}}"#, items.join(",")))
    })
    .await;
    let m = client(&server);
    let mut mappings = m.admin().product_mappings().list().limit(2).items();
    let mut ids = String::new();
    while let Some(mapping) = mappings.try_next().await.expect("a page") {
        ids.push_str(&mapping.id);
    }
    assert_eq!((ids.as_str(), server.received().len()), ("abcde", 3), "the count says when to stop");
}

#[tokio::test]
async fn both_statuses_of_a_new_mapping_are_successes() {
    for status in [200, 201] {
        let body = r#"{"mapping":{"id":"qpm_1","qikink_sku_id":"S","variant_id":"v","print_type_id":1}}"#;
        let server = Server::scripted([Answer::json(status, body)]).await;
        let created = client(&server).admin().product_mappings().create(&CreateProductMapping::new("S", "v")).await;
        assert_eq!(created.expect("a mapping").mapping.id, "qpm_1");
    }
}

#[tokio::test]
async fn statuses_are_open_and_a_refresh_tells_what_it_did() {
    let server = Server::scripted([
        Answer::json(200, format!(r#"{{"mapping":{ORDER}}}"#)),
        Answer::json(200, r#"{"updated":2,"processed":3,"total_eligible":3,"limit":500}"#),
        Answer::json(200, format!(r#"{{"updated":1,"mapping":{ORDER}}}"#)),
        Answer::json(200, r#"{"updated":0,"skipped_cooling":true}"#),
    ])
    .await;
    let m = client(&server);
    let mapping = m.admin().order_mappings().get("qom_1").await.expect("a mapping").mapping;
    assert_eq!((mapping.status.as_str(), mapping.status == MappingStatus::Created), ("on_the_moon", false));
    let admin = m.admin();
    let many = admin.order_mappings().refresh().await.expect("many");
    assert_eq!((many.updated, many.processed, many.total_eligible, many.limit), (2, Some(3), Some(3), Some(500)));
    let one = admin.order_mappings().refresh().order_id("1").await.expect("one");
    assert_eq!((one.updated, one.mapping.map(|mapping| mapping.id)), (1, Some("qom_1".to_owned())));
    let skipped = admin.order_mappings().refresh().order_id("1").await.expect("none");
    assert_eq!((skipped.updated, skipped.skipped_cooling), (0, Some(true)));
}

#[tokio::test]
async fn what_qikink_answers_comes_through() {
    let server = Server::scripted([
        Answer::json(200, r#"{"Accesstoken":"tok","expires_in":3600,"access_token":"tok"}"#),
        Answer::json(200, r#"{"access_token":null}"#),
        Answer::json(200, r#"[{"order_id":1,"shipping":{"status":"Live","awb":"A"}}]"#),
        Answer::json(200, r#"{"id":"qpm_1","object":"qikink_product_mapping","deleted":true}"#),
    ])
    .await;
    let m = client(&server);
    let store = m.store();
    let token = store.qikink().token().await.expect("a token");
    assert_eq!(token.access_token.get().map(String::as_str), Some("tok"));
    assert!(!format!("{token:?}").contains("tok\""), "{token:?}");
    assert_eq!(store.qikink().token().await.expect("none").access_token.get(), None);
    let found = store.qikink().orders().await.expect("an order");
    assert_eq!((found.status(), found.awb(), found.tracking_link()), (Some("Live"), Some("A"), None));
    assert!(matches!(found, FoundOrder::Orders(_)) && !matches!(found, FoundOrder::Order(_)));
    assert_eq!(m.admin().product_mappings().delete("qpm_1").await.expect("gone").deleted, Some(true));
}
