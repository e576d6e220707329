//! Every method of the official SDK has a counterpart, which the README's table names.
//!
//! `operations.csv` lists the methods of the SDK 0.8.1 and the four documented operations that have no method there.

use std::collections::BTreeMap;

use typewright_tests::document;

/// `sdk_method,method,path`; without a method where only the document has the operation.
const OPERATIONS: &str = include_str!("operations.csv");
const README: &str = include_str!("../../../generated/spree-admin/README.md");
/// The SDK has one set of methods for the custom fields of all owners; here they belong to the owner.
const OWNERS: [&str; 6] = ["categories", "customers", "option_types", "orders", "products", "variants"];

/// The rows of all tables with two columns of code.
fn rows() -> Vec<(String, String)> {
    let cells = |line: &str| {
        let line = line.strip_prefix("| `")?.strip_suffix("` |")?;
        let (left, right) = line.split_once("` | `")?;
        Some((left.to_owned(), right.to_owned()))
    };
    README.lines().filter_map(cells).collect()
}

/// A path whose parameters have no names.
fn nameless(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// What the README says of `GET /path`: the method of the client.
fn methods_by_request(rows: &[(String, String)]) -> BTreeMap<String, &str> {
    let requests = rows.iter().filter(|(_, request)| request.contains(" /api/"));
    requests.map(|(method, request)| (nameless(request), method.as_str())).collect()
}

#[test]
fn every_method_of_the_official_sdk_has_a_counterpart() {
    let rows = rows();
    let by_request = methods_by_request(&rows);
    let mut missing = Vec::new();
    let mut count = 0;
    for line in OPERATIONS.lines().skip(1) {
        let [official, method, path] = line.split(',').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        count += 1;
        let owners: &[&str] = if path.contains("{owner}") { &OWNERS } else { &[""] };
        for owner in owners {
            let request = nameless(&format!("{method} {}", path.replace("{owner}", owner)));
            let Some(ours) = by_request.get(&request) else {
                missing.push(format!("{official}: no operation {request}"));
                continue;
            };
            let theirs = format!("client.{official}");
            let row = |(left, right): &&(String, String)| *left == theirs && right == ours;
            // The README tells the owner's resource once for all owners.
            if !official.is_empty() && owner.is_empty() && !rows.iter().any(|one| row(&one)) {
                missing.push(format!("{official}: the README has no row to {ours}"));
            }
        }
        let shared = official.replace("customFields()", "client.customFields(ownerType, ownerId)");
        if official.starts_with("customFields()") && !rows.iter().any(|(left, _)| *left == shared) {
            missing.push(format!("{official}: the README has no row {shared}"));
        }
    }
    assert_eq!((count, missing), (305, Vec::<String>::new()));
}

/// What the released servers ask a key for, where an older table had another scope.
const SCOPES: [(&str, &str, &str); 12] = [
    ("/channels/{id}/add_products", "post", "write_settings"),
    ("/channels/{id}/remove_products", "post", "write_settings"),
    ("/stock_locations", "post", "write_settings"),
    ("/stock_locations/{id}", "patch", "write_settings"),
    ("/stock_locations/{id}", "delete", "write_settings"),
    ("/categories/{category_id}/products", "get", "read_products"),
    ("/categories/{category_id}/products", "post", "write_products"),
    ("/categories/{category_id}/products/{id}/reposition", "patch", "write_products"),
    ("/orders/{order_id}/gift_cards", "post", "write_orders"),
    ("/orders/{order_id}/gift_cards/{id}", "delete", "write_orders"),
    ("/orders/{order_id}/store_credits", "post", "write_orders"),
    ("/orders/{order_id}/store_credits", "delete", "write_orders"),
];

#[test]
fn scopes_are_those_that_the_servers_ask_for() {
    let document = document::parse(include_str!("../../../specs/spree-admin.yaml"));
    for (path, method, scope) in SCOPES {
        let operation = &document["paths"][format!("/api/v3/admin{path}")][method];
        assert_eq!(operation["x-typewright"]["scopes"][0], scope, "{method} {path}");
    }
}

#[test]
fn a_path_loses_the_names_of_its_parameters() {
    assert_eq!(nameless("GET /api/pets/{pet_id}/photos/{id}"), "GET /api/pets/{}/photos/{}");
}
