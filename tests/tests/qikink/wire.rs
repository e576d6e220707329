//! Every request of the Qikink client, byte for byte, against a real server on loopback. Answers are not judged here.

use serde_json::{Value, json};
use typewright_tests::server::{Answer, Received};

use qikink::types::{AddOns, CreateOrder, CreateOrderRequired, Design, Gateway, LineItem};
use qikink::{Json, Qikink};

use crate::support::{ID, address, answering, client, order, sent};

/// Runs a call, and gives the request that it made beside the one for a token.
async fn request(call: impl AsyncFnOnce(Qikink)) -> Received {
    let server = answering(Answer::json(418, "{}")).await;
    call(client(&server)).await;
    let (mut calls, tokens) = sent(&server);
    assert_eq!((calls.len(), tokens.len()), (1, 1), "{calls:#?}");
    calls.remove(0)
}

fn compare(request: &Received, method: &str, target: &str, body: &str) {
    assert_eq!((request.method.as_str(), request.target.as_str()), (method, target));
    assert_eq!(request.text(), body);
    assert_eq!((request.header("clientid"), request.header("accesstoken")), (ID, "tok"));
    let content_type = if body.is_empty() { "" } else { "application/json" };
    assert_eq!(request.header("content-type"), content_type);
    assert!(request.header("user-agent").starts_with("qikink-rust/"), "{}", request.header("user-agent"));
    assert!(!request.headers.contains_key("authorization"));
}

const ADDRESS: &str = r#"{"first_name":"Asha","last_name":"Rao","address1":"12 MG Road","phone":"9876543210","email":"asha@example.test","city":"Bengaluru","zip":"560001","province":"Karnataka","country_code":"IN"}"#;

/// `qikink-token`.
#[tokio::test]
async fn token() {
    let server = answering(Answer::json(200, "[]")).await;
    client(&server).orders().list().await.expect("an empty page");
    let (_, tokens) = sent(&server);
    assert_eq!((tokens.len(), tokens[0].method.as_str(), tokens[0].target.as_str()), (1, "POST", "/api/token"));
    assert_eq!(tokens[0].text(), "ClientId=100000000000001&client_secret=s%20p%2B%26%3D%2F%C3%A9");
    assert_eq!(tokens[0].header("content-type"), "application/x-www-form-urlencoded");
    for name in ["authorization", "clientid", "accesstoken"] {
        assert!(!tokens[0].headers.contains_key(name), "{name}");
    }
}

/// `qikink-create-order-minimal`.
#[tokio::test]
async fn create_order_minimal() {
    let order = order("1001", "999", "1", "999");
    let request = request(async move |q| drop(q.orders().create(&order).await)).await;
    let body = format!(
        r#"{{"order_number":"1001","qikink_shipping":"1","gateway":"COD","total_order_value":"999","line_items":[{{"search_from_my_products":1,"sku":"SKU-1","quantity":"1","price":"999"}}],"shipping_address":{ADDRESS}}}"#
    );
    compare(&request, "POST", "/api/order/create", &body);
}

/// `qikink-order-placed-payload`: what the body holds, sent as it is given.
#[tokio::test]
async fn order_placed_payload() {
    let order = order("1003", "1998", "2", "999");
    let request = request(async move |q| drop(q.orders().create(&order).await)).await;
    let sent: Value = serde_json::from_slice(&request.body).expect("JSON");
    let address: Value = serde_json::from_str(ADDRESS).expect("JSON");
    let expected = json!({
        "order_number": "1003", "qikink_shipping": "1", "gateway": "COD", "total_order_value": "1998",
        "line_items": [{ "search_from_my_products": 1, "quantity": "2", "price": "999", "sku": "SKU-1" }],
        "shipping_address": address,
    });
    assert_eq!(sent, expected);
    assert!(
        request.text().starts_with(r#"{"order_number":"1003","qikink_shipping":"1""#),
        "in the order of the document"
    );
}

#[tokio::test]
async fn create_order_with_everything_and_more() {
    let design = Design::new()
        .design_code("D1")
        .width_inches("10")
        .height_inches("")
        .placement_sku("fr")
        .design_link("https://cdn.example.test/d.png")
        .mockup_link("https://cdn.example.test/m.png");
    let line = LineItem::new(0, "MVnHs-Wh-S", 2, 499).print_type_id(1).designs(vec![design]);
    let order = CreateOrder::new(CreateOrderRequired {
        order_number: "A1".to_owned(),
        qikink_shipping: 0.into(),
        gateway: Gateway::from("Later"),
        total_order_value: 998.into(),
        line_items: vec![line],
    })
    .shipping_address(address().address2(""))
    .add_ons(vec![AddOns::new().box_packing(1).gift_wrap(0).rush_order(1).custom_letter(0)])
    .brand_logo(0);
    let request = request(async move |q| drop(q.orders().create(&order).member("later", Json::from(true)).await)).await;
    let sent: Value = serde_json::from_slice(&request.body).expect("JSON");
    assert_eq!(
        (&sent["gateway"], &sent["qikink_shipping"], &sent["brand_logo"]),
        (&json!("Later"), &json!(0), &json!(0))
    );
    assert_eq!(
        sent["line_items"],
        json!([{
            "search_from_my_products": 0, "sku": "MVnHs-Wh-S", "quantity": 2, "price": 499, "print_type_id": 1,
            "designs": [{
                "design_code": "D1", "width_inches": "10", "height_inches": "", "placement_sku": "fr",
                "design_link": "https://cdn.example.test/d.png", "mockup_link": "https://cdn.example.test/m.png",
            }],
        }])
    );
    assert_eq!(sent["add_ons"], json!([{ "box_packing": 1, "gift_wrap": 0, "rush_order": 1, "custom_letter": 0 }]));
    assert_eq!((&sent["shipping_address"]["address2"], &sent["later"]), (&json!(""), &json!(true)));
}

/// `qikink-list-orders`.
#[tokio::test]
async fn list_orders() {
    let request = request(async |q: Qikink| drop(q.orders().list().await)).await;
    compare(&request, "GET", "/api/order", "");
}

/// `qikink-get-order-by-id`.
#[tokio::test]
async fn get_order_by_id() {
    let request = request(async |q: Qikink| drop(q.orders().get("123456").await)).await;
    compare(&request, "GET", "/api/order?id=123456", "");
}

#[tokio::test]
async fn get_and_list_with_dates() {
    let get = async |q: Qikink| drop(q.orders().get("1").to_date("2026-01-31").from_date("2026-01-01").await);
    compare(&request(get).await, "GET", "/api/order?id=1&from_date=2026-01-01&to_date=2026-01-31", "");
    let list = async |q: Qikink| drop(q.orders().list().page_no(2).from_date("2026-01-01").status("Live").await);
    compare(&request(list).await, "GET", "/api/order?page_no=2&from_date=2026-01-01&status=Live", "");
    let spaced = async |q: Qikink| drop(q.orders().get("1").from_date("2026-01-01 10:00").await);
    compare(&request(spaced).await, "GET", "/api/order?id=1&from_date=2026-01-01+10%3A00", "");
}

#[tokio::test]
async fn what_the_service_refuses_is_not_sent() {
    let server = answering(Answer::json(500, "{}")).await;
    let q = client(&server);
    let check = |error: qikink::Error, message: &str| {
        assert!(error.is_validation() && !error.is_api(), "{error:?}");
        assert_eq!(error.message(), message);
    };
    for number in ["", "1234567890123456", "A_1", "A 1"] {
        let error = q.orders().create(&order(number, "1", "1", "1")).await.expect_err(number);
        check(error, "order_number must have 1 to 15 letters and digits.");
    }
    let mut empty = order("1", "1", "1", "1");
    empty.line_items.clear();
    check(q.orders().create(&empty).await.expect_err("no lines"), "line_items must have at least 1 item.");
    let long = order("1", "1", "1", "1").shipping_address(address().address1("x".repeat(91)));
    let error = q.orders().create(&long).await.expect_err("a long street");
    assert!(error.is_validation() && error.message().starts_with("shipping_address.address1 "), "{error}");
    check(q.orders().get("").await.expect_err("no id"), "id must not be empty.");
    check(q.orders().list().from_date("").await.expect_err("no date"), "from_date must not be empty.");
    assert!(server.received().is_empty());
}
