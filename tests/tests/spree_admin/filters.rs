//! Filters, orders and what is told in full, on the wire.

use spree_admin::attributes::{customer, order};
use spree_admin::types::OrderStatus;
use spree_admin::{Attribute, Filter};
use typewright_tests::server::{Answer, Server};

use crate::client::{EMPTY_PAGE, client};

#[tokio::test]
async fn conditions_orders_and_members() {
    let server = Server::scripted([Answer::json(200, EMPTY_PAGE)]).await;
    let spree = client(&server);
    let list = spree.orders().list().filter(order::total().gteq("100.00")).filter(order::status().eq("placed"));
    let page = list.sort(order::created_at().desc()).expand(["items", "customer"]).limit(25).await.expect("a page");
    assert_eq!((page.meta.pages, page.data.len()), (0, 0));
    assert_eq!(
        server.single().raw_query(),
        "limit=25&q%5Btotal_gteq%5D=100.00&q%5Bstatus_eq%5D=placed&sort=-created_at&expand=items%2Ccustomer"
    );
}

#[tokio::test]
async fn every_kind_of_value() {
    let server = Server::scripted([Answer::json(200, EMPTY_PAGE)]).await;
    let spree = client(&server);
    let list = spree.orders().list().filter(order::status().any_of([OrderStatus::from("placed"), "canceled".into()]));
    let list = list.filter(order::completed_at().lt("2026-01-31T12:00:00Z")).filter(order::total_quantity().gt(3));
    let list = list.filter(order::considered_risky().is_false()).filter(order::email().contains("a b@"));
    let list = list.filter(order::locale().is_null()).filter(Filter::raw("multi_search", "R1"));
    list.filter(Attribute::<String>::named("cf_specs_color").not_eq("red")).await.expect("a page");
    assert_eq!(
        server.single().raw_query(),
        "q%5Bstatus_in%5D%5B%5D=placed&q%5Bstatus_in%5D%5B%5D=canceled&q%5Bcompleted_at_lt%5D=2026-01-31T12%3A00%3A00Z\
         &q%5Btotal_quantity_gt%5D=3&q%5Bconsidered_risky_false%5D=true&q%5Bemail_cont%5D=a+b%40&q%5Blocale_null%5D=true\
         &q%5Bmulti_search%5D=R1&q%5Bcf_specs_color_not_eq%5D=red"
    );
}

#[tokio::test]
async fn pages_keep_their_filters() {
    let page = |id: &str, page: u32| {
        let meta = format!(
            r#"{{"page":{page},"limit":1,"count":2,"pages":2,"from":1,"to":1,"in":1,"previous":null,"next":null}}"#
        );
        Answer::json(200, format!(r#"{{"data":[{{"id":"{id}"}}],"meta":{meta}}}"#))
    };
    let server = Server::scripted([page("cus_1", 1), page("cus_2", 2)]).await;
    let spree = client(&server);
    let mut all = spree.customers().list().filter(customer::tags_name().eq("vip")).sort("-email").limit(1).items();
    let mut ids = Vec::new();
    while let Some(customer) = all.try_next().await.expect("a page") {
        ids.push(customer.id);
    }
    assert_eq!(ids, ["cus_1", "cus_2"]);
    let queries: Vec<String> = server.received().iter().map(|request| request.raw_query().to_owned()).collect();
    assert_eq!(
        queries,
        ["limit=1&q%5Btags_name_eq%5D=vip&sort=-email", "page=2&limit=1&q%5Btags_name_eq%5D=vip&sort=-email"]
    );
}
