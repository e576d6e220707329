//! What goes over the wire, for one operation of each shape. Answers are not judged here.

use spree_admin::attributes::order;
use spree_admin::types::{
    AddressInput, BulkIds, CompleteOrder, CreateMarket, CreateOrder, CreateRefund, CreateVariant, NewOrderItem,
    PasswordLogin, PriceRow, SplitFulfillment, TaggableType, UpdateCategory, UpdateFulfillment, UpsertPrices,
    VariantOption, VariantStock,
};
use spree_admin::{Credentials, Decimal, Field, RetryPolicy, SpreeAdmin};
use typewright_tests::server::{Answer, Received};

use crate::scripted;

/// The one request of a call; its answer is refused.
macro_rules! sent {
    (|$client:ident| $call:expr) => {{
        let (server, builder) = scripted([Answer::json(418, "{}")]).await;
        let $client = builder.build().expect("complete");
        $call.await.expect_err("refused");
        server.single()
    }};
}

fn compare(request: &Received, line: &str, body: &str) {
    assert_eq!(format!("{} {}", request.method, request.target), line);
    assert_eq!(request.text(), body);
    assert_eq!(request.header("x-spree-api-key"), "sk_test");
    assert_eq!(request.header("authorization"), "");
    assert_eq!(request.header("accept"), "application/json");
    assert!(request.header("user-agent").starts_with("spree-admin-rust/"), "{}", request.header("user-agent"));
    let has_key = request.header("idempotency-key").starts_with("spree-rust-");
    assert_eq!(has_key, request.method != "GET", "changes carry a key, and nothing else does");
    if !body.is_empty() {
        assert_eq!(request.header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn a_list_with_everything() {
    let request = sent!(|s| s
        .orders()
        .list()
        .page(2)
        .limit(50)
        .expand(["items", "items.variant"])
        .fields(["id", "total"])
        .query("q[multi_search]", "alice & bob"));
    let line = "GET /api/v3/admin/orders?page=2&limit=50&expand=items%2Citems.variant&fields=id%2Ctotal&q%5Bmulti_search%5D=alice+%26+bob";
    compare(&request, line, "");
}

#[tokio::test]
async fn conditions_and_order_are_values() {
    let request = sent!(|s| s
        .orders()
        .list()
        .filter(order::total().gteq("100.00"))
        .filter(order::status().eq("placed"))
        .filter(order::number().any_of(["R1", "R2"]))
        .filter(order::tags_name().eq("vip"))
        .sort(order::created_at().desc())
        .expand(["items"])
        .limit(25));
    let query = "limit=25&q%5Btotal_gteq%5D=100.00&q%5Bstatus_eq%5D=placed&q%5Bnumber_in%5D%5B%5D=R1&q%5Bnumber_in%5D%5B%5D=R2\
        &q%5Btags_name_eq%5D=vip&sort=-created_at&expand=items";
    compare(&request, &format!("GET /api/v3/admin/orders?{query}"), "");
}

#[tokio::test]
async fn one_thing_by_id() {
    let request = sent!(|s| s.orders().get("or_1").expand(["customer"]));
    compare(&request, "GET /api/v3/admin/orders/or_1?expand=customer", "");
    let request = sent!(|s| s.products().variants("prod_1").get("variant/1"));
    compare(&request, "GET /api/v3/admin/products/prod_1/variants/variant%2F1", "");
}

#[tokio::test]
async fn nested_resources_stand_below_their_owner() {
    let request = sent!(|s| s.orders().fulfillments("or_1").list());
    compare(&request, "GET /api/v3/admin/orders/or_1/fulfillments", "");
    let request = sent!(|s| s.orders().payments("or_1").capture("py_1"));
    compare(&request, "PATCH /api/v3/admin/orders/or_1/payments/py_1/capture", "");
    let request = sent!(|s| s.webhook_endpoints().deliveries("whe_1").redeliver("whd_1"));
    compare(&request, "POST /api/v3/admin/webhook_endpoints/whe_1/deliveries/whd_1/redeliver", "");
    let request = sent!(|s| s.orders().store_credits("or_1").remove());
    compare(&request, "DELETE /api/v3/admin/orders/or_1/store_credits", "");
}

#[tokio::test]
async fn something_new() {
    let item = NewOrderItem::new("variant_1", 2);
    let order = CreateOrder::new().email("a@example.test").currency("USD").items(vec![item]);
    let request = sent!(|s| s.orders().create(&order));
    let body = r#"{"email":"a@example.test","currency":"USD","items":[{"variant_id":"variant_1","quantity":2}]}"#;
    compare(&request, "POST /api/v3/admin/orders", body);
}

#[tokio::test]
async fn a_change_says_null_only_where_it_is_meant() {
    let change = UpdateCategory::new().name("Shirts").parent_id(Field::Null);
    let request = sent!(|s| s.categories().update("ctg_1", &change));
    compare(&request, "PATCH /api/v3/admin/categories/ctg_1", r#"{"name":"Shirts","parent_id":null}"#);
}

#[tokio::test]
async fn a_body_may_be_left_out() {
    let request = sent!(|s| s.orders().complete("or_1"));
    compare(&request, "PATCH /api/v3/admin/orders/or_1/complete", "");
    let request = sent!(|s| s.orders().complete("or_1").body(&CompleteOrder::new().notify_customer(true)));
    compare(&request, "PATCH /api/v3/admin/orders/or_1/complete", r#"{"notify_customer":true}"#);
}

#[tokio::test]
async fn deletions_with_and_without_a_body() {
    let request = sent!(|s| s.customers().delete("cus_1"));
    compare(&request, "DELETE /api/v3/admin/customers/cus_1", "");
    let request = sent!(|s| s.products().bulk_destroy(&BulkIds::new(vec!["prod_1".into(), "prod_2".to_owned()])));
    compare(&request, "DELETE /api/v3/admin/products/bulk_destroy", r#"{"ids":["prod_1","prod_2"]}"#);
}

#[tokio::test]
async fn money_travels_as_strings() {
    let request = sent!(|s| s.orders().refunds("or_1").create(&CreateRefund::new("py_1", "10.00")));
    compare(&request, "POST /api/v3/admin/orders/or_1/refunds", r#"{"payment_id":"py_1","amount":"10.00"}"#);
    let row = PriceRow::new("variant_1", "USD").amount(Decimal::from(5)).compare_at_amount(Field::Null);
    let request = sent!(|s| s.prices().bulk_upsert(&UpsertPrices::new(vec![row])));
    let body = r#"{"prices":[{"variant_id":"variant_1","currency":"USD","amount":"5","compare_at_amount":null}]}"#;
    compare(&request, "POST /api/v3/admin/prices/bulk_upsert", body);
}

#[tokio::test]
async fn what_is_no_amount_is_not_sent() {
    let (server, builder) = scripted([Answer::empty(204)]).await;
    let client = builder.build().expect("complete");
    let refund = CreateRefund::new("py_1", "ten");
    let error = client.orders().refunds("or_1").create(&refund).await.expect_err("no amount");
    assert!(error.message().contains("amount must be a decimal number."), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn signing_in_needs_no_credentials() {
    let (server, _) = scripted([Answer::json(418, "{}")]).await;
    let client = SpreeAdmin::builder().base_url(server.url()).build().expect("complete");
    client.auth().login(&PasswordLogin::new("a@example.test", "pass").into()).await.expect_err("refused");
    client.orders().list().await.expect_err("nothing proves who calls");
    let request = server.single();
    assert_eq!(request.text(), r#"{"email":"a@example.test","password":"pass"}"#);
    assert_eq!((request.header("x-spree-api-key"), request.header("authorization")), ("", ""));
}

#[tokio::test]
async fn a_key_a_token_or_both_prove_who_calls() {
    let (key, token) = (Credentials::api_key("sk_test"), Credentials::bearer("jwt"));
    for (credentials, expected) in [
        (vec![key.clone()], ("sk_test", "")),
        (vec![token.clone()], ("", "Bearer jwt")),
        (vec![key, token], ("sk_test", "Bearer jwt")),
    ] {
        let (server, _) = scripted([Answer::json(418, "{}")]).await;
        let builder = SpreeAdmin::builder().base_url(server.url() + "/");
        let client = credentials.into_iter().fold(builder, |builder, one| builder.credentials(one)).build();
        client.expect("complete").orders().list().await.expect_err("refused");
        let request = server.single();
        assert_eq!((request.header("x-spree-api-key"), request.header("authorization")), expected);
        assert_eq!(request.target, "/api/v3/admin/orders");
    }
}

#[tokio::test]
async fn calls_say_whose_words_and_prices_are_meant() {
    let request = sent!(|s| s.products().list().locale("de").currency("EUR").country("DE").store_id("store_1"));
    for (header, value) in [
        ("x-spree-locale", "de"),
        ("x-spree-currency", "EUR"),
        ("x-spree-country", "DE"),
        ("x-spree-store-id", "store_1"),
    ] {
        assert_eq!(request.header(header), value);
    }
}

#[tokio::test]
async fn a_repetition_has_the_key_unless_the_server_keeps_the_answer() {
    for (status, same) in [(503, true), (429, false)] {
        let refused = Answer::json(status, "{}").with_header("retry-after", "0");
        let (server, builder) = scripted([refused, Answer::json(200, r#"{"id":"or_1"}"#)]).await;
        let client = builder.build().expect("complete");
        client.orders().approve("or_1").retry(RetryPolicy::new()).await.expect("the second one is fine");
        let keys: Vec<String> =
            server.received().iter().map(|request| request.header("idempotency-key").to_owned()).collect();
        assert_eq!((keys.len(), keys[0] == keys[1]), (2, same), "{status}: {keys:?}");
    }
}

/// A part of the name is a text, although conditions of lists have the same parameter.
#[tokio::test]
async fn tags_are_searched_by_a_plain_text() {
    let request = sent!(|s| s.tags().list(TaggableType::Customer).q("vip"));
    compare(&request, "GET /api/v3/admin/tags?taggable_type=Spree%3A%3AUser&q=vip", "");
}

/// The released servers drop `country_code`, `country_codes` and `stock_levels` without a word.
#[tokio::test]
async fn countries_and_stock_have_the_names_that_released_servers_read() {
    let address = AddressInput::new().city("Austin").country_iso("US").state_abbr("TX");
    let request = sent!(|s| s.orders().create(&CreateOrder::new().shipping_address(address)));
    let body = r#"{"shipping_address":{"city":"Austin","country_iso":"US","state_abbr":"TX"}}"#;
    compare(&request, "POST /api/v3/admin/orders", body);
    let request = sent!(|s| s.markets().create(&CreateMarket::new("Germany", "EUR", "de", ["DE"])));
    let body = r#"{"name":"Germany","currency":"EUR","default_locale":"de","country_isos":["DE"]}"#;
    compare(&request, "POST /api/v3/admin/markets", body);
    let variant = CreateVariant::new(vec![VariantOption::new("size", "m")]);
    let variant = variant.stock_items(vec![VariantStock::new("sloc_1", 7)]);
    let request = sent!(|s| s.products().variants("prod_1").create(&variant));
    let body =
        r#"{"options":[{"name":"size","value":"m"}],"stock_items":[{"stock_location_id":"sloc_1","count_on_hand":7}]}"#;
    compare(&request, "POST /api/v3/admin/products/prod_1/variants", body);
}

#[tokio::test]
async fn what_the_servers_do_not_read_has_no_body() {
    let request = sent!(|s| s.orders().cancel("or_1"));
    compare(&request, "PATCH /api/v3/admin/orders/or_1/cancel", "");
    let request = sent!(|s| s.orders().approve("or_1"));
    compare(&request, "PATCH /api/v3/admin/orders/or_1/approve", "");
    let request = sent!(|s| s.orders().fulfillments("or_1").fulfill("ful_1"));
    compare(&request, "PATCH /api/v3/admin/orders/or_1/fulfillments/ful_1/fulfill", "");
}

/// Each server reads one of the names and drops the other.
#[tokio::test]
async fn one_request_chooses_a_rate_in_both_releases() {
    let change = UpdateFulfillment::new().selected_delivery_rate_id("dr_1").selected_shipping_rate_id("dr_1");
    let request = sent!(|s| s.orders().fulfillments("or_1").update("ful_1", &change));
    let body = r#"{"selected_delivery_rate_id":"dr_1","selected_shipping_rate_id":"dr_1"}"#;
    compare(&request, "PATCH /api/v3/admin/orders/or_1/fulfillments/ful_1", body);
}

/// The server answers 404, but that is for the server to say.
#[tokio::test]
async fn who_is_signed_in_is_asked_with_a_key_alone() {
    let request = sent!(|s| s.me().get());
    compare(&request, "GET /api/v3/admin/me", "");
    let request = sent!(|s| s.me().update());
    compare(&request, "PATCH /api/v3/admin/me", "");
}

#[tokio::test]
async fn a_split_names_its_variant() {
    let split = SplitFulfillment::new("variant_1", 2);
    let request = sent!(|s| s.orders().fulfillments("or_1").split("ful_1", &split));
    let body = r#"{"variant_id":"variant_1","quantity":2}"#;
    compare(&request, "PATCH /api/v3/admin/orders/or_1/fulfillments/ful_1/split", body);
}

#[test]
fn request_types_name_only_fields_that_servers_read() {
    const API: &str = include_str!("../../../generated/spree-admin/api.txt");
    let known = |field: &str| API.lines().any(|line| line.starts_with(&format!("field {field} ")));
    assert!(known("CreateRefund.refund_reason_id") && known("UpdatePromotion.name") && known("UpdateOrder.email"));
    let unread =
        ["CreateRefund.reason_id", "CreatePromotion.metadata", "UpdatePromotion.metadata", "UpdateOrder.line_items"];
    assert_eq!(unread.into_iter().filter(|field| known(field)).collect::<Vec<_>>(), [""; 0]);
}

#[tokio::test]
async fn whatever_has_no_method_is_sent_with_the_same_credentials() {
    let request = sent!(|s| s.request("GET", "/api/v3/admin/new_things").query("limit", "1"));
    compare(&request, "GET /api/v3/admin/new_things?limit=1", "");
}
