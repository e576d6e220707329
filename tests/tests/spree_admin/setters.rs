//! The one rule for what setters take, in models and in calls.

use spree_admin::types::{CreateCustomerGroup, CreateProduct, ProductStatus};
use spree_admin::{Json, Map};

use super::answering;

fn json<T: serde::Serialize>(model: &T) -> String {
    serde_json::to_string(model).expect("it can be written")
}

#[test]
fn setters_take_whatever_converts() {
    let name = "Tee".to_owned();
    let by_literals = CreateProduct::new("Tee").slug("tee").status("draft").tags(["a", "b"]).metadata([("k", 1)]);
    let ids = vec!["a".to_owned(), "b".to_owned()];
    let by_values = CreateProduct::new(&name)
        .slug(String::from("tee"))
        .status(ProductStatus::Draft)
        .tags(&ids)
        .metadata(Map::from([("k", Json::from(1))]));
    assert_eq!(by_literals, by_values);
    let expected = r#"{"name":"Tee","slug":"tee","status":"draft","tags":["a","b"],"metadata":{"k":1}}"#;
    assert_eq!(json(&by_values), expected);
    assert_eq!(by_values.clone().tags(ids.iter().map(String::as_str)), by_values, "any iterator");
}

#[test]
fn what_is_not_there_is_left_out() {
    let product = |slug: Option<&str>, status: Option<ProductStatus>, tags: Option<Vec<String>>| {
        json(&CreateProduct::new("Tee").maybe_slug(slug).maybe_status(status).maybe_tags(tags))
    };
    assert_eq!(product(None, None, None), r#"{"name":"Tee"}"#);
    let all = product(Some("tee"), Some(ProductStatus::Draft), Some(vec!["a".to_owned()]));
    assert_eq!(all, r#"{"name":"Tee","slug":"tee","status":"draft","tags":["a"]}"#);
}

#[test]
fn none_is_null_where_null_is_a_value() {
    let group = || CreateCustomerGroup::new("VIP");
    let absent: Option<&str> = None;
    assert_eq!(json(&group().description(None)), r#"{"name":"VIP","description":null}"#);
    assert_eq!(json(&group().maybe_description(absent)), r#"{"name":"VIP"}"#);
    let owned = "Best".to_owned();
    assert_eq!(json(&group().description(&owned)), r#"{"name":"VIP","description":"Best"}"#);
}

#[tokio::test]
async fn calls_have_the_same_setters() {
    let (server, spree) = answering(r#"{"data":[],"meta":{}}"#).await;
    let absent: Option<i64> = None;
    let fields = vec!["name".to_owned()];
    let call = spree.products().list().maybe_page(Some(2)).maybe_limit(absent).maybe_fields(Some(&fields));
    call.await.ok();
    assert_eq!(server.single().raw_query(), "page=2&fields=name");
}
