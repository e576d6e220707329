//! How often a request goes out when its outcome is unknown or bad: as often as the document allows, whatever the
//! application asks for.
//!
//! The expectation is computed from the document by rules of this file's own, not by those of the runtime.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::{ATTEMPTS, Listed, Provider, Setup, listed};
use crate::document;
use crate::server::{Answer, Received, Server};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Failure {
    /// The connection ends after the request was read.
    Dropped,
    /// This status.
    Status(u16),
}

/// In this order the first connection that ends is one that was used before. That is the harder case, because an HTTP client
/// may think that it was stale.
const FAILURES: [Failure; 6] = [
    Failure::Status(429),
    Failure::Status(500),
    Failure::Status(503),
    Failure::Status(409),
    Failure::Dropped,
    Failure::Dropped,
];

impl Failure {
    fn answer(self) -> Answer {
        match self {
            Self::Dropped => Answer::Drop,
            Self::Status(status) => Answer::json(status, "{}").with_header("retry-after", "0"),
        }
    }
}

/// Each operation against each failure: as many requests as the document allows, each like the first, because a repetition
/// is no new write.
///
/// # Panics
///
/// When there are more or fewer, or when they differ.
pub async fn writes_go_out_as_often_as_the_document_allows<P: Provider>() {
    let root = document::parse(P::DOCUMENT);
    // Made once, because it reads the document.
    let blank = Setup::new::<P>(String::new());
    for (index, one) in listed::<P>().iter().enumerate() {
        let now = Arc::new(Mutex::new(Failure::Dropped));
        let failure = Arc::clone(&now);
        let get = move || failure.lock().unwrap_or_else(PoisonError::into_inner).answer();
        let server = Server::start(move |request, _| P::beside(request).unwrap_or_else(&get)).await;
        let setup = Setup { url: server.url(), ..blank.clone() };
        // One for all failures: a client has retries for them, and setting one up takes longer than all of them.
        let client = setup.client::<P>();
        let mut before = 0;
        for failure in FAILURES {
            *now.lock().unwrap_or_else(PoisonError::into_inner) = failure;
            let call = P::calls(&client, &setup).swap_remove(index);
            let error = call.run.await.expect_err("the server never answers well");
            let requests: Vec<_> = server.received().into_iter().filter(|one| P::beside(one).is_none()).collect();
            let requests = requests.get(before..).unwrap_or_default();
            assert_eq!(requests.len(), expected(&root, one, failure), "{}: {failure:?}: {error}", one.name);
            requests.windows(2).for_each(|pair| alike(&one.name, pair));
            before += requests.len();
        }
    }
}

/// Method, path, key and body are the same; signatures and times need not be.
fn alike(name: &str, pair: &[Received]) {
    let [first, second] = pair else { return };
    assert_eq!((&first.method, &first.body), (&second.method, &second.body), "{name}");
    assert_eq!(first.path(), second.path(), "{name}");
    assert_eq!(first.header("idempotency-key"), second.header("idempotency-key"), "{name}");
}

/// How many requests the document allows: 1, or all that were asked for.
fn expected(root: &Value, one: &Listed, failure: Failure) -> usize {
    if repeats(root, one, failure) { ATTEMPTS as usize } else { 1 }
}

fn repeats(root: &Value, one: &Listed, failure: Failure) -> bool {
    let safe = matches!(one.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE");
    let idempotent = safe || matches!(one.method.as_str(), "PUT" | "DELETE");
    let kind = if matches!(one.method.as_str(), "GET" | "HEAD") { "read" } else { "write" };
    let own = &one.operation["x-typewright"]["retry"];
    let keyed = keyed(root, one);
    let policy = match (own, keyed.map(|facts| &facts["retry"])) {
        (Value::Null, Some(policy)) if !policy.is_null() => policy,
        (Value::Null, _) => &root["x-typewright"]["retry"][kind],
        (own, _) => own,
    };
    let never = policy["attempts"] == 1 && policy["enabled"] != false;
    let declared = policy["statuses"].as_array();
    !never
        && match failure {
            // The server may be at it still, and a key that it does not know yet stops nobody.
            Failure::Dropped if keyed.is_some_and(|facts| facts["marks_running"] != true) => false,
            Failure::Dropped => policy["network"].as_bool().unwrap_or(idempotent),
            Failure::Status(status) => match declared {
                Some(patterns) => patterns.iter().any(|pattern| matches_status(pattern, status)),
                None => matches!(status, 429 | 503) && idempotent || status == 500 && safe,
            },
        }
}

/// What is declared of keys, if the server looks at the one that each call of the sweep carries.
fn keyed<'r>(root: &'r Value, one: &'r Listed) -> Option<&'r Value> {
    let own = &one.operation["x-typewright"]["idempotency"];
    let facts = if own.is_null() { &root["x-typewright"]["idempotency"] } else { own };
    let looked_at = match facts["methods"].as_array() {
        Some(methods) => methods.iter().any(|method| method == one.method.as_str()),
        None => matches!(one.method.as_str(), "POST" | "PUT" | "PATCH" | "DELETE"),
    };
    (facts.is_object() && looked_at).then_some(facts)
}

/// Whether a status is one of `429` or `5XX`.
fn matches_status(pattern: &Value, status: u16) -> bool {
    let pattern = pattern.as_str().map_or_else(|| pattern.to_string(), str::to_owned);
    pattern == status.to_string() || pattern == format!("{}XX", status / 100)
}
