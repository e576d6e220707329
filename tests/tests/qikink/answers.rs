//! What the answers of the Qikink API become: orders in lists or alone, pages, ids that are numbers or strings.

use qikink::types::FoundOrder;
use typewright_tests::server::{Answer, Server};

use crate::support::{answering, client, is_token, order, sent, token};

#[tokio::test]
async fn an_order_is_found_in_a_list_or_alone_and_at_either_level() {
    for (body, status, awb, link) in [
        (r#"[{"status":"Live","shipping":{"awb":"A1","tracking_link":"L1"}}]"#, Some("Live"), Some("A1"), Some("L1")),
        (r#"{"status":"Live","shipping":{"awb":"A1","tracking_link":"L1"}}"#, Some("Live"), Some("A1"), Some("L1")),
        (r#"{"status":"Shipped","awb":"A2","tracking_link":"L2"}"#, Some("Shipped"), Some("A2"), Some("L2")),
        (
            r#"[{"awb":"","tracking_link":null,"shipping":{"status":"In-Transit","awb":"A3","tracking_link":""}}]"#,
            Some("In-Transit"),
            Some("A3"),
            None,
        ),
        (r#"[{"status":"On Hold","shipping":null},{"status":"Live","awb":"A4"}]"#, Some("On Hold"), None, None),
        ("[]", None, None, None),
        ("{}", None, None, None),
    ] {
        let server = answering(Answer::json(200, body)).await;
        let found = client(&server).orders().get("1").await.expect(body);
        assert_eq!((found.status(), found.awb(), found.tracking_link()), (status, awb, link), "{body}");
        let first = match &found {
            FoundOrder::Order(order) => Some(&**order),
            FoundOrder::Orders(orders) => orders.first(),
            _ => None,
        };
        if let Some(order) = first {
            assert_eq!((order.status(), order.awb(), order.tracking_link()), (status, awb, link), "{body}");
        }
    }
}

#[tokio::test]
async fn everything_of_an_order_is_read_and_kept() {
    let body = r#"[{"order_id":123456,"number":"1_A1","created_on":"2026-01-01 10:00:00","live_date":null,"status":"Partially Picklisted","shipping_type":"Qikink","payment_type":"COD","total_order_value":"999.00","shipping":{"first_name":"Asha","zip":560001,"province":null,"courier_provider_name":null},"line_items":[{"sku":"S","quantity":1,"price":"999","designs":[{"design_code":"D","placement":"fr","printing_cost":120.50}]}],"add_ons":[],"new":{"a":1}}]"#;
    let server = answering(Answer::json(200, body)).await;
    let orders = client(&server).orders().list().await.expect("a page");
    let order = &orders[0];
    assert_eq!(order.order_id.get().map(ToString::to_string).as_deref(), Some("123456"));
    assert_eq!(order.total_order_value.get().map(|value| value.is_number()), Some(false));
    let shipping = order.shipping.get().expect("it has a destination");
    assert_eq!(shipping.zip.get().and_then(|zip| zip.as_i64()), Some(560_001));
    let line = &order.line_items.get().expect("it has lines")[0];
    let design = &line.designs.get().expect("it has designs")[0];
    assert_eq!(design.printing_cost.get().map(|cost| cost.as_str()), Some("120.50"));
    assert!(order.extra.get("new").is_some());
}

#[tokio::test]
async fn an_id_may_be_a_number_or_a_string() {
    for (body, id) in [
        (r#"{"order_id":123456,"message":"Order created successfully","status_code":"200"}"#, "123456"),
        (r#"{"order_id":"QK-1","status_code":200}"#, "QK-1"),
    ] {
        let server = answering(Answer::json(200, body)).await;
        let created = client(&server).orders().create(&order("1", "1", "1", "1")).await.expect(body);
        assert_eq!(created.order_id.as_str(), id);
    }
    for body in [r#"{"message":"taken"}"#, r#"{"order_id":null}"#, r#"{"order_id":""}"#] {
        let server = answering(Answer::json(200, body)).await;
        let error = client(&server).orders().create(&order("1", "1", "1", "1")).await.expect_err(body);
        assert!(error.is_decode(), "{error:?}");
        assert_eq!((error.json_path(), error.text().as_str()), (Some("$.order_id"), body));
    }
}

#[tokio::test]
async fn pages_end_with_an_empty_one() {
    let server = Server::start(|request, _| match (is_token(request), request.raw_query()) {
        (true, _) => token("tok"),
        (false, "status=Live") => Answer::json(200, r#"[{"order_id":1},{"order_id":2}]"#),
        (false, "page_no=2&status=Live") => Answer::json(200, r#"[{"order_id":3}]"#),
        _ => Answer::json(200, "[]"),
    })
    .await;
    let mut orders = client(&server).orders().list().status("Live").items();
    let mut ids = Vec::new();
    while let Some(order) = orders.try_next().await.expect("a page") {
        ids.extend(order.order_id.get().and_then(|id| id.as_i64()));
    }
    assert_eq!(ids, [1, 2, 3]);
    let (calls, _) = sent(&server);
    assert_eq!(calls.last().map(|call| call.target.as_str()), Some("/api/order?page_no=3&status=Live"));
    assert_eq!(calls.len(), 3);
}
