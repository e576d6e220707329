//! What an operation is called on its resource: its `operationId` without the resource's words, or its HTTP method and path.

use super::resources::static_segments;
use super::words::{self, Spell};
use crate::api::Operation;

/// Words of an operation's method, the one to use first; the others are for collisions.
pub(super) fn method_words(operation: &Operation, resource: &[String]) -> Vec<Vec<String>> {
    let by_path = path_words(operation, resource);
    let whole = whole_path_words(operation);
    match id_words(operation) {
        Some(id) => {
            let short = strip(&id, operation, resource);
            let short = if short.is_empty() { by_path.clone() } else { short };
            [short, id, by_path, whole].map(without_article).to_vec()
        }
        None => {
            let mut with_parameters = by_path.clone();
            if let Some(parameter) = parameters(operation).last() {
                with_parameters.push("by".to_owned());
                with_parameters.extend(plain(parameter));
            }
            [by_path, with_parameters, whole].map(without_article).to_vec()
        }
    }
}

/// Words of the `operationId`, without the path and method that some frameworks append
/// (`read_order_orders__id__get` is `read`, `order`).
pub(super) fn id_words(operation: &Operation) -> Option<Vec<String>> {
    let id = operation.operation_id.as_deref().filter(|id| !id.trim().is_empty())?;
    let mut found = plain(id);
    let mut tail: Vec<String> =
        operation.path.split('/').filter(|segment| !segment.is_empty()).flat_map(plain).collect();
    tail.extend(plain(&operation.method));
    if found.len() > tail.len() && found.ends_with(&tail) {
        found.truncate(found.len() - tail.len());
    }
    Some(found)
}

/// Method and path, every word of it: `get`, `orders`, `id`.
pub(super) fn whole_path_words(operation: &Operation) -> Vec<String> {
    let mut found = plain(&operation.method);
    found.extend(operation.path.split('/').filter(|segment| !segment.is_empty()).flat_map(plain));
    found
}

fn plain(text: &str) -> Vec<String> {
    words::words(text, Spell::Subject)
}

fn parameters(operation: &Operation) -> Vec<&str> {
    let names = operation.path.split('{').skip(1);
    names.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// `listOrders`, `orders.list`, `getOrderById` in `orders` are `list`, `list`, `get`.
fn strip(id: &[String], operation: &Operation, resource: &[String]) -> Vec<String> {
    let mut found = without_version(id).to_vec();
    strip_by(&mut found, operation);
    let mut plural = false;
    for step in resource.iter().rev() {
        let noun: Vec<String> = step.split('_').map(words::singular).collect();
        let Some(place) = position(&found, &noun) else { continue };
        // `delete_accounts_account_card` says one noun twice.
        while position(&found, &noun) == Some(place) {
            plural |= found.get(place + noun.len() - 1).is_some_and(|last| words::is_plural(last));
            found.drain(place..place + noun.len());
        }
        // `retrieve-a-page`: the article was the noun's.
        if place > 1 && found.get(place - 1).is_some_and(|word| is_article(word)) {
            found.remove(place - 1);
        }
        // `OrdersController_list`: where the code lives is no part of a method's name.
        if place == 0 && found.first().is_some_and(|word| word == "controller") {
            found.remove(0);
        }
    }
    // `getOrders` beside `getOrder`: only the noun's number told them apart.
    let collection = operation.method == "GET" && !operation.path.trim_end_matches('/').ends_with('}');
    if let Some(first) = found.first_mut().filter(|first| plural && collection && *first == "get") {
        "list".clone_into(first);
    }
    // The HTTP method is no verb of its own: `postOrders` creates one.
    let bare = found.len() == 1 && found.first().is_some_and(|verb| verb.eq_ignore_ascii_case(&operation.method));
    if bare && operation.method != "GET" { Vec::new() } else { found }
}

/// No method ends in an article, whatever was cut behind it.
fn without_article(mut words: Vec<String>) -> Vec<String> {
    while words.len() > 1 && words.last().is_some_and(|word| is_article(word)) {
        words.pop();
    }
    words
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the")
}

/// `v1.order.create` says `order.create`.
fn without_version(id: &[String]) -> &[String] {
    let is_version = |word: &str| match word.strip_prefix('v') {
        Some(digits) => !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit()),
        None => word == "api",
    };
    match id {
        [first, rest @ ..] if !rest.is_empty() && is_version(first) => without_version(rest),
        _ => id,
    }
}

/// `by_id` at the end says what the argument says, and so does `by_name` where there is no other argument.
fn strip_by(found: &mut Vec<String>, operation: &Operation) {
    let Some(by) = found.iter().rposition(|word| word == "by").filter(|by| *by > 0) else { return };
    let tail = found.get(by + 1..).unwrap_or_default();
    let names_parameter = matches!(parameters(operation).as_slice(), [only] if plain(only) == tail);
    if names_parameter || tail == ["id"] {
        found.truncate(by);
    }
}

fn position(words: &[String], noun: &[String]) -> Option<usize> {
    if noun.is_empty() {
        return None;
    }
    let matches = |window: &[String]| window.iter().zip(noun).all(|(word, noun)| words::singular(word) == *noun);
    words.windows(noun.len()).position(matches)
}

/// Words that documents have for what an HTTP method does, with the one that names go by.
const VERBS: &[(&str, &[&str])] = &[
    ("list", &["list", "index", "all", "search", "find", "query", "browse"]),
    ("get", &["get", "retrieve", "read", "fetch", "show", "find", "load", "describe", "detail"]),
    ("create", &["create", "add", "new", "post", "insert", "register", "make", "store"]),
    ("replace", &["replace", "update", "put", "set", "edit", "modify", "save"]),
    ("update", &["update", "patch", "edit", "modify", "change"]),
    ("delete", &["delete", "remove", "destroy", "drop", "unset"]),
];

/// How badly an operation's short name fits it, up to [`MISFIT`]. `listToys` is `list_toys` without anything cut; `get` is the
/// operation that gets one by its id, whatever else the document calls `get…`; then come other words for the same.
pub(super) fn misfit(operation: &Operation, resource: &[String]) -> usize {
    let Some(short) = method_words(operation, resource).into_iter().next() else { return MISFIT };
    let by_path = path_words(operation, resource);
    match (short.split_first(), by_path.split_first()) {
        (Some((_, [_, ..])), _) if id_words(operation).as_ref() == Some(&short) => 0,
        _ if short == by_path => 1,
        (Some((verb, rest)), Some((meant, by_path))) if rest == by_path => {
            let same = |(name, verbs): &(&str, &[&str])| name == meant && verbs.contains(&verb.as_str());
            if VERBS.iter().any(same) { 2 } else { MISFIT }
        }
        _ => MISFIT,
    }
}

/// An operation whose method and path say something else than its short name.
pub(super) const MISFIT: usize = 3;

/// Whether a path is what its HTTP method is usually for: one item, or for `POST` and `GET` whatever there is.
pub(super) fn is_natural(operation: &Operation) -> bool {
    matches!(operation.method.as_str(), "GET" | "POST") || operation.path.trim_end_matches('/').ends_with('}')
}

/// `list`, `get`, `create`, `replace`, `update`, `delete`, with the static segments below the resource's.
fn path_words(operation: &Operation, resource: &[String]) -> Vec<String> {
    let item = operation.path.trim_end_matches('/').ends_with('}');
    let segments = static_segments(&operation.path);
    let plural = segments.last().is_some_and(|last| plain(last).last().is_some_and(|word| words::is_plural(word)));
    let verb = match operation.method.as_str() {
        "GET" if !item && plural => vec!["list".to_owned()],
        "POST" => vec!["create".to_owned()],
        "PUT" => vec!["replace".to_owned()],
        "PATCH" => vec!["update".to_owned()],
        // A method of the document's own can have any characters of a token: `M-SEARCH`.
        other => plain(other),
    };
    let is_own = |segment: &&str| {
        let segment: Vec<String> = plain(segment).iter().map(|word| words::singular(word)).collect();
        resource.iter().any(|step| step.split('_').map(words::singular).eq(segment.iter().cloned()))
    };
    let deeper = segments.iter().rposition(is_own).map_or(0, |own| own + 1);
    let mut found = verb;
    found.extend(segments.iter().skip(deeper).flat_map(|segment| plain(segment)));
    found
}

#[cfg(test)]
mod tests {
    use super::method_words;
    use crate::name::testing::operation;

    #[test]
    fn methods_say_what_the_resource_does_not() {
        let check = |resource: &str, http: &str, path: &str, id: &str, expected: &str| {
            let resource: Vec<String> = resource.split('.').map(str::to_owned).collect();
            let mut operation = operation(http, path);
            operation.operation_id = (!id.is_empty()).then(|| id.to_owned());
            let words = method_words(&operation, &resource);
            assert_eq!(words.first().map(|words| words.join("_")).as_deref(), Some(expected), "{http} {path} {id}");
        };
        for (resource, http, path, id, expected) in [
            ("orders", "GET", "/orders", "listOrders", "list"),
            ("orders", "GET", "/orders", "orders/list", "list"),
            ("orders", "GET", "/orders", "orders.list", "list"),
            ("orders", "GET", "/orders", "Orders_List", "list"),
            ("orders", "GET", "/orders", "getOrders", "list"),
            ("orders", "GET", "/orders/{id}", "getOrder", "get"),
            ("orders", "GET", "/orders/{id}", "get_orders_by_id", "get"),
            ("orders", "GET", "/orders/{orderId}", "getOrderByOrderId", "get"),
            ("orders", "GET", "/orders/{id}", "OrdersController_findOne", "find_one"),
            ("orders", "GET", "/orders/{id}", "read_order_orders__id__get", "read"),
            ("orders", "POST", "/orders", "createOrder", "create"),
            ("orders", "GET", "/orders", "searchByCustomer", "search_by_customer"),
            ("orders", "GET", "/orders", "orders", "list"),
            ("repair_cases", "GET", "/cases", "listRepairCases", "list"),
            ("orders.items", "GET", "/orders/{id}/items", "listOrderItems", "list"),
            ("orders", "GET", "/orders", "", "list"),
            ("orders", "GET", "/orders/{id}", "", "get"),
            ("orders", "POST", "/orders", "", "create"),
            ("orders", "PUT", "/orders/{id}", "", "replace"),
            ("orders", "PATCH", "/orders/{id}", "", "update"),
            ("orders", "DELETE", "/orders/{id}", "", "delete"),
            ("orders", "GET", "/api/v1/orders/{id}/line-items", "", "list_line_items"),
            ("orders", "POST", "/orders/{id}/cancel", "", "create_cancel"),
            ("billing", "GET", "/v1/invoices/{id}", "", "get_invoices"),
            ("orders", "HEAD", "/orders", "", "head"),
            ("orders", "M-SEARCH", "/orders", "", "m_search"),
            ("account", "GET", "/account", "", "get"),
            ("orders", "GET", "/orders/{id}/status", "", "get_status"),
            ("orders", "POST", "/orders", "PostOrders", "create"),
            ("orders", "GET", "/orders", "v1.order.list", "list"),
            ("accounts", "DELETE", "/accounts/{account}/cards/{id}", "DeleteAccountsAccountCardsId", "delete_cards_id"),
            ("payments", "GET", "/me/payments", "getUserPayments", "list_user"),
            ("files", "GET", "/orders/{id}/files/{name}", "getFileByName", "get_by_name"),
            ("pages", "GET", "/pages/{id}", "retrieve-a-page", "retrieve"),
            ("pages", "GET", "/pages/{id}/properties/{of}", "retrieve-a-page-property", "retrieve_property"),
            ("blocks", "DELETE", "/blocks/{id}", "delete-a-block", "delete"),
            ("pages", "POST", "/databases", "create-an", "create"),
            ("orders", "GET", "/orders?state=open", "", "get_state_open"),
            ("orders", "GET", "/orders", "get orders where a > b?", "list_where_a_b"),
        ] {
            check(resource, http, path, id, expected);
        }
    }
}
