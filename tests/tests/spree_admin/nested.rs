//! Nested resources: ids of what is above stand in the accessors. And what refusals below them tell.

use spree_admin::ErrorValues as _;
use typewright_tests::server::{Answer, Server};

use crate::client::{EMPTY_PAGE, client};

#[tokio::test]
async fn accessors_take_the_ids_of_what_is_above() {
    let server = Server::scripted([Answer::json(200, EMPTY_PAGE)]).await;
    let spree = client(&server);
    spree.orders().fulfillments("or_1").list().await.expect("a page");
    let variants = spree.products().variants("prod_1");
    variants.list().await.expect("a page");
    variants.delete("variant_1").await.expect("done");
    spree.promotions().rules("promo_1").list().await.expect("a page");
    spree.customers().addresses("cus/1").list().await.expect("a page");
    let asked: Vec<String> =
        server.received().iter().map(|request| format!("{} {}", request.method, request.path())).collect();
    assert_eq!(
        asked,
        [
            "GET /api/v3/admin/orders/or_1/fulfillments",
            "GET /api/v3/admin/products/prod_1/variants",
            "DELETE /api/v3/admin/products/prod_1/variants/variant_1",
            "GET /api/v3/admin/promotions/promo_1/promotion_rules",
            "GET /api/v3/admin/customers/cus%2F1/addresses",
        ]
    );
}

#[tokio::test]
async fn refusals_name_the_scope_or_the_members() {
    let scope = r#"{"error":{"code":"access_denied","message":"API key lacks scope: read_orders","details":{"required_scope":"read_orders"}}}"#;
    let fields = r#"{"error":{"code":"validation_error","message":"No.","details":{"email":["is invalid"]}}}"#;
    let server = Server::scripted([Answer::json(403, scope), Answer::json(422, fields)]).await;
    let spree = client(&server);
    let denied = spree.orders().items("or_1").list().await.expect_err("denied");
    assert!(denied.is_authorization());
    assert_eq!((denied.required_scope().as_deref(), denied.field_errors()), (Some("read_orders"), None));
    let invalid = spree.orders().complete("or_1").await.expect_err("refused");
    assert!(invalid.is_validation() && invalid.required_scope().is_none());
    assert_eq!(invalid.field_errors().expect("by member")["email"], ["is invalid"]);
}
