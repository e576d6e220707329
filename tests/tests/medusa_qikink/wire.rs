//! Every request of the client of the Medusa plugin, byte for byte, against a real server on loopback.

use medusa_qikink::types::{
    CreateOrder, CreateOrderRequired, CreateProductMapping, Direction, Gateway, LineItem, MappingStatus,
    OrderMappingOrder, ProductMappingOrder, ShippingAddress, UpdateProductMapping,
};
use medusa_qikink::{Credentials, MedusaQikink};
use typewright_tests::server::{Answer, Received, Server};

fn client(server: &Server) -> MedusaQikink {
    MedusaQikink::builder()
        .base_url(server.url())
        .credentials(Credentials::api_key("pk_1").for_scheme("publishableKey"))
        .credentials(Credentials::bearer("jwt"))
        .build()
        .expect("complete")
}

async fn request(call: impl AsyncFnOnce(MedusaQikink)) -> Received {
    let server = Server::scripted([Answer::json(418, "{}")]).await;
    call(client(&server)).await;
    server.single()
}

fn compare(request: &Received, line: &str, body: &str) {
    assert_eq!(format!("{} {}", request.method, request.target), line);
    assert_eq!(request.text(), body, "{line}");
    assert_eq!(request.header("content-type"), if body.is_empty() { "" } else { "application/json" }, "{line}");
    let admin = request.path().starts_with("/admin/");
    assert_eq!(request.header("authorization"), if admin { "Bearer jwt" } else { "" }, "{line}");
    assert_eq!(request.header("x-publishable-api-key"), if admin { "" } else { "pk_1" }, "{line}");
    assert!(!request.headers.contains_key("cookie"), "{line}");
}

async fn check(line: &str, body: &str, call: impl AsyncFnOnce(MedusaQikink)) {
    compare(&request(call).await, line, body);
}

#[tokio::test]
async fn routes_of_the_shop() {
    check("GET /store/plugin", "", async |m| drop(m.store().plugin().await)).await;
    check("POST /store/qikink/token", "", async |m| drop(m.store().qikink().token().await)).await;
    check("GET /store/qikink/orders", "", async |m| drop(m.store().qikink().orders().await)).await;
    let filtered = "GET /store/qikink/orders?id=1&from_date=2026-01-01&to_date=2026-01-31";
    check(filtered, "", async |m: MedusaQikink| {
        drop(m.store().qikink().orders().to_date("2026-01-31").from_date("2026-01-01").id("1").await);
    })
    .await;
    // What Qikink itself may refuse, the plugin hands on.
    let order = CreateOrder::new(CreateOrderRequired {
        order_number: "MED-1001".to_owned(),
        qikink_shipping: "1".into(),
        gateway: Gateway::Cod,
        total_order_value: "999".into(),
        line_items: vec![LineItem::new(1, "SKU-1", "1", "999")],
    })
    .shipping_address(ShippingAddress::new().country_code("in").province("KARNATAKA"));
    let body = r#"{"order_number":"MED-1001","qikink_shipping":"1","gateway":"COD","total_order_value":"999","line_items":[{"search_from_my_products":1,"sku":"SKU-1","quantity":"1","price":"999"}],"shipping_address":{"province":"KARNATAKA","country_code":"in"}}"#;
    check("POST /store/qikink/orders", body, async |m| drop(m.store().qikink().create_order(&order).await)).await;
    check("GET /store/qikink-order-mapping", "", async |m| drop(m.store().order_mappings().list().await)).await;
    let by_order = "GET /store/qikink-order-mapping?medusa_order_id=44444444-4444-4444-8444-444444444444";
    check(by_order, "", async |m| {
        let id = "44444444-4444-4444-8444-444444444444";
        drop(m.store().order_mappings().list().medusa_order_id(id).await);
    })
    .await;
    check("GET /store/qikink-order-mapping/a%2Fb", "", async |m| drop(m.store().order_mappings().get("a/b").await))
        .await;
}

#[tokio::test]
async fn product_mappings() {
    check("GET /admin/plugin", "", async |m| drop(m.admin().plugin().await)).await;
    let filtered = "GET /admin/qikink-product-mapping?qikink_sku_id=S%201&variant_id=v&limit=100&offset=0&order=qikink_sku_id&order_direction=ASC";
    check(filtered, "", async |m: MedusaQikink| {
        let admin = m.admin();
        let list = admin.product_mappings().list().limit(100).offset(0).qikink_sku_id("S 1").variant_id("v");
        drop(list.order(ProductMappingOrder::QikinkSkuId).order_direction(Direction::Asc).await);
    })
    .await;
    let mapping = CreateProductMapping::new("SKU-1", "variant_1");
    let body = r#"{"qikink_sku_id":"SKU-1","variant_id":"variant_1"}"#;
    check("POST /admin/qikink-product-mapping", body, async |m| {
        drop(m.admin().product_mappings().create(&mapping).await);
    })
    .await;
    check("GET /admin/qikink-product-mapping/qpm_1", "", async |m| {
        drop(m.admin().product_mappings().get("qpm_1").await)
    })
    .await;
    let changes = UpdateProductMapping::new().print_type_id(17);
    check("PATCH /admin/qikink-product-mapping/qpm_1", r#"{"print_type_id":17}"#, async |m| {
        drop(m.admin().product_mappings().update("qpm_1", &changes).await);
    })
    .await;
    check("DELETE /admin/qikink-product-mapping/qpm_1", "", async |m| {
        drop(m.admin().product_mappings().delete("qpm_1").await);
    })
    .await;
}

#[tokio::test]
async fn order_mappings() {
    let filtered = "GET /admin/qikink-order-mapping?qikink_order_id=1&medusa_order_id=order_1&status=pending_review&limit=1&offset=5&order=updated_at&order_direction=DESC";
    check(filtered, "", async |m: MedusaQikink| {
        let admin = m.admin();
        let list = admin.order_mappings().list().qikink_order_id("1").medusa_order_id("order_1").limit(1).offset(5);
        let list = list.status(MappingStatus::PendingReview).order(OrderMappingOrder::UpdatedAt);
        drop(list.order_direction("DESC").await);
    })
    .await;
    check("GET /admin/qikink-order-mapping/qom_1", "", async |m| drop(m.admin().order_mappings().get("qom_1").await))
        .await;
    check("POST /admin/qikink-order-mapping/refresh", "", async |m| drop(m.admin().order_mappings().refresh().await))
        .await;
    let line = "POST /admin/qikink-order-mapping/refresh?order_id=123456&limit=5000&concurrency=200";
    check(line, "", async |m: MedusaQikink| {
        drop(m.admin().order_mappings().refresh().concurrency(200).limit(5000).order_id("123456").await);
    })
    .await;
}

#[tokio::test]
async fn what_the_plugin_refuses_is_not_sent() {
    let server = Server::scripted([Answer::json(500, "{}")]).await;
    let m = client(&server);
    let admin = m.admin();
    for (result, message) in [
        (admin.product_mappings().list().limit(0).await.map(drop), "limit must be greater than or equal to 1."),
        (admin.product_mappings().list().limit(101).await.map(drop), "limit must be less than or equal to 100."),
        (admin.order_mappings().list().offset(-1).await.map(drop), "offset must be greater than or equal to 0."),
        (admin.order_mappings().get("").await.map(drop), "id must not be empty."),
        (
            m.store().order_mappings().list().medusa_order_id("order_01").await.map(drop),
            "medusa_order_id must be a UUID. The list for administrators takes order IDs of Medusa.",
        ),
        (admin.order_mappings().list().medusa_order_id("").await.map(drop), "medusa_order_id must not be empty."),
        (admin.product_mappings().list().variant_id("").await.map(drop), "variant_id must not be empty."),
        (m.store().qikink().orders().from_date("").await.map(drop), "from_date must not be empty."),
        (
            admin.product_mappings().create(&CreateProductMapping::new("", "v")).await.map(drop),
            "qikink_sku_id must not be empty.",
        ),
    ] {
        let error = result.expect_err(message);
        assert!(error.is_validation(), "{error:?}");
        assert_eq!(error.message(), message);
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn reads_of_orders_are_not_repeated_after_an_answer() {
    let server =
        Server::start(|_, _| Answer::json(502, r#"{"message":"Qikink list orders failed (500): busy"}"#)).await;
    client(&server).store().qikink().orders().await.expect_err("a refusal");
    assert_eq!(server.received().len(), 1);
}
