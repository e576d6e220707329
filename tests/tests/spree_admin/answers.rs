//! What becomes of answers: members that are missing, null or new, values that nobody knew, money, files.

use spree_admin::types::{
    CreateMedia, ExportType, FulfillmentStatus, GiftCardStatus, ImportType, OrderPaymentStatus, OrderStatus, Scope,
};
use spree_admin::{Credentials, Decimal, Field, Json};
use typewright_tests::server::{Answer, Server};

use crate::{answering, scripted};

#[tokio::test]
async fn anything_but_the_id_may_be_missing() {
    let (_server, client) = answering(r#"{"id":"or_1"}"#).await;
    let order = client.orders().get("or_1").fields(["id"]).await.expect("an order");
    assert_eq!((order.id.as_str(), order.total, order.items), ("or_1", None, None));
    assert_eq!(order.completed_at, Field::Absent);
}

#[tokio::test]
async fn null_missing_and_new_are_three_things() {
    let (_server, client) =
        answering(r#"{"id":"or_1","completed_at":null,"locale":null,"loyalty":{"points":7}}"#).await;
    let order = client.orders().get("or_1").await.expect("an order");
    assert_eq!((order.completed_at, order.locale, order.canceled_at), (Field::Null, Field::Null, Field::Absent));
    assert_eq!(order.extra.get("loyalty").map(Json::as_text), Some(r#"{"points":7}"#));
}

#[tokio::test]
async fn values_that_nobody_knew_are_kept() {
    let (_server, client) = answering(r#"{"id":"or_1","status":"frozen","payment_status":"balance_due"}"#).await;
    let order = client.orders().get("or_1").await.expect("an order");
    assert_eq!(order.status.as_ref().map(OrderStatus::as_str), Some("frozen"));
    assert_eq!(order.payment_status.get(), Some(&OrderPaymentStatus::BalanceDue));
    let (_server, client) = answering(r#"{"id":"key_1","scopes":["read_orders","read_plugins"]}"#).await;
    let scopes = client.api_keys().get("key_1").await.expect("a key").scopes.expect("scopes");
    assert_eq!(scopes[0], Scope::ReadOrders);
    let (_server, client) = answering(r#"{"id":"gc_1","status":"expired"}"#).await;
    let card = client.gift_cards().get("gc_1").await.expect("a gift card");
    assert_eq!(card.status, Some(GiftCardStatus::Expired));
    let (_server, client) = answering(r#"{"id":"ful_1","status":"shipped"}"#).await;
    let parcel = client.orders().fulfillments("or_1").get("ful_1").await.expect("a fulfillment");
    assert_eq!(parcel.status, Some(FulfillmentStatus::Shipped));
    assert_eq!(scopes[1].as_str(), "read_plugins");
}

#[tokio::test]
async fn money_comes_and_goes_without_loss() {
    let (_server, client) = answering(r#"{"id":"or_1","total":"1234567890123456789.10","amount_due":0.50}"#).await;
    let order = client.orders().get("or_1").await.expect("an order");
    assert_eq!(order.total.as_ref().map(Decimal::as_str), Some("1234567890123456789.10"));
    assert_eq!(order.total, Some(Decimal::from("1234567890123456789.1")));
    let again = Json::of(&order).expect("an order is JSON");
    assert_eq!(again.as_text(), r#"{"id":"or_1","total":"1234567890123456789.10","amount_due":0.50}"#);
}

#[tokio::test]
async fn what_is_expanded_is_typed() {
    let body = r#"{"id":"or_1","items":[{"id":"li_1","price":"29.99","variant":{"id":"variant_1","product_id":"prod_1"}}],
        "payments":[{"id":"py_1","source_type":"credit_card","source":{"id":"card_1","last4":"4242"}}]}"#;
    let (_server, client) = answering(body).await;
    let order = client.orders().get("or_1").expand(["items"]).await.expect("an order");
    let items = order.items.expect("items");
    assert_eq!(items[0].variant.get().and_then(|variant| variant.product_id.get().map(String::as_str)), Some("prod_1"));
    let payments = order.payments.expect("payments");
    let card = payments[0].source.get().expect("a source").as_credit_card().expect("a card");
    assert_eq!(card.last4.as_deref(), Some("4242"));
}

#[tokio::test]
async fn pages_are_walked_and_counted() {
    let page = |number: u32, id: &str| {
        let meta = format!(
            r#"{{"page":{number},"limit":1,"count":2,"pages":2,"from":1,"to":1,"in":1,"previous":null,"next":2}}"#
        );
        Answer::json(200, format!(r#"{{"data":[{{"id":"{id}"}}],"meta":{meta}}}"#))
    };
    let (server, builder) = scripted([page(1, "or_1"), page(2, "or_2")]).await;
    let client = builder.build().expect("complete");
    let mut orders = client.orders().list().limit(1).items();
    let mut ids = Vec::new();
    while let Some(order) = orders.try_next().await.expect("a page") {
        ids.push(order.id);
    }
    assert_eq!(ids, ["or_1", "or_2"]);
    let queries: Vec<String> = server.received().iter().map(|request| request.raw_query().to_owned()).collect();
    assert_eq!(queries, ["limit=1", "page=2&limit=1"]);

    let (_server, client) =
        answering(r#"{"data":[],"meta":{"page":1,"limit":25,"count":0,"pages":0,"from":0,"to":0,"in":0}}"#).await;
    assert_eq!(client.orders().list().await.expect("a page").meta.count, 0);
}

#[tokio::test]
async fn custom_fields_hold_anything() {
    for value in [r#""Cotton""#, "7.50", "true", r#"{"a":[1,null]}"#, "null"] {
        let (_server, client) = answering(&format!(r#"{{"id":"cf_1","value":{value}}}"#)).await;
        let field = client.products().custom_fields("prod_1").get("cf_1").await.expect("a custom field");
        assert_eq!(field.value.get().map_or("null", Json::as_text), value);
    }
}

#[tokio::test]
async fn files_come_whole_or_in_parts() {
    let text = "number,total\nR1,99.99\n";
    let headers = vec![("content-type".to_owned(), "text/csv".to_owned())];
    let csv = Answer::Reply { status: 200, headers, body: text.into() };
    let (_server, builder) = scripted([csv]).await;
    let client = builder.build().expect("complete");
    assert_eq!(client.exports().download("exp_1").await.expect("a file"), text);
    let mut parts = client.exports().download("exp_1").stream().await.expect("a file");
    let mut read = Vec::new();
    while let Some(chunk) = parts.chunk().await.expect("a part") {
        read.extend_from_slice(&chunk);
    }
    assert_eq!(read, text.as_bytes());
}

/// The server sends the caller to the file on another host, which learns no credentials.
#[tokio::test]
async fn an_example_file_is_fetched_from_where_the_server_points_to() {
    let headers = vec![("content-type".to_owned(), "text/csv".to_owned())];
    let files = Server::scripted([Answer::Reply { status: 200, headers, body: "name\nMug\n".into() }]).await;
    let target = format!("{}/example.csv", files.url());
    let (_server, builder) = scripted([Answer::empty(302).with_header("location", &target)]).await;
    let client = builder.credentials(Credentials::bearer("jwt")).build().expect("complete");
    assert_eq!(client.imports().example(ImportType::Products).await.expect("a file"), "name\nMug\n");
    let request = files.single();
    assert_eq!((request.header("x-spree-api-key"), request.header("authorization")), ("", ""));
}

/// A medium that the server fetches itself is not there yet.
#[tokio::test]
async fn a_medium_may_come_later() {
    let (_server, builder) = scripted([Answer::json(201, r#"{"id":"media_1"}"#), Answer::empty(202)]).await;
    let client = builder.build().expect("complete");
    let media = client.products().media("prod_1");
    let made = media.create(&CreateMedia::new().signed_id("signed_1")).await.expect("made");
    assert_eq!(made.map(|medium| medium.id).as_deref(), Some("media_1"));
    let later = media.create(&CreateMedia::new().url("https://files.example.test/1.png")).await.expect("under way");
    assert!(later.is_none());
}

/// 5.5 and 5.6 differ in how they spell types; both spellings are kept.
#[tokio::test]
async fn types_of_exports_are_those_of_both_releases() {
    for (spelled, known) in [("products", true), ("Spree::Exports::Products", false)] {
        let (_server, client) = answering(&format!(r#"{{"id":"exp_1","type":"{spelled}"}}"#)).await;
        let export = client.exports().get("exp_1").await.expect("an export");
        let of = export.r#type.get().expect("a type");
        assert_eq!((of.as_str(), *of == ExportType::Products), (spelled, known));
    }
}

#[tokio::test]
async fn an_upload_says_where_the_bytes_go() {
    let body =
        r#"{"direct_upload":{"url":"https://files.example.test/1","headers":{"Content-MD5":"x"}},"signed_id":"s"}"#;
    let (_server, client) = answering(body).await;
    let blob = spree_admin::types::Blob::new("a.png", 4, "md5", "image/png");
    let upload =
        client.direct_uploads().create(&spree_admin::types::CreateDirectUpload::new(blob)).await.expect("made");
    let headers = upload.direct_upload.headers.expect("headers");
    assert_eq!(headers.get("Content-MD5").map(String::as_str), Some("x"));
}

#[tokio::test]
async fn a_success_that_cannot_be_read_names_the_place() {
    let (_server, client) = answering(r#"{"data":[{"id":"or_1","total_quantity":"many"}],"meta":{}}"#).await;
    let error = client.orders().list().await.expect_err("no number");
    assert!(error.is_decode() && error.to_string().contains("data[0].total_quantity"), "{error}");
}

#[tokio::test]
async fn locales_keep_their_data_field() {
    let (_server, client) = answering(r#"{"data":[{"code":"en","name":"English"}]}"#).await;
    let locales = client.locales().list().await.expect("a list");
    assert_eq!(locales.data.len(), 1);
}
