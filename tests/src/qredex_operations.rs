//! One call of every operation of the Qredex client, for tests that hold of all of them.
//!
//! `tests/qredex/operations.rs` compares the names with `api.txt`, so that an operation that is new in the document cannot
//! be left out.

use std::future::Future;
use std::pin::Pin;

use qredex::types::{
    CreateCreator, CreateLink, IssueInfluenceIntentToken, LockPurchaseIntent, RecordPaidOrder, RecordRefund,
};
use qredex::{Error, Qredex, RetryPolicy};

const ID: &str = "44444444-4444-4444-8444-444444444444";

/// A call that is ready to be awaited; what it gives is not looked at.
pub type Ready = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// Every operation with its name. Each asks for as many retries as the client grants, and bodies carry `mark`.
pub fn every(q: &Qredex, mark: &str, policy: &RetryPolicy) -> Vec<(&'static str, Ready)> {
    macro_rules! call {
        ($name:literal, $call:expr) => {{
            let call = $call.retry(policy.clone()).header("x-mark", mark).query("mark", mark).idempotency_key(mark);
            ($name, Box::pin(async move { call.await.map(drop) }) as Ready)
        }};
    }
    let link = CreateLink::new(ID, ID, mark, format!("/{mark}"));
    vec![
        call!("creators.create", q.creators().create(&CreateCreator::new(mark).email(mark))),
        call!("creators.get", q.creators().get(ID)),
        call!("creators.list", q.creators().list()),
        call!(
            "intents.issue_influence_intent_token",
            q.intents().issue_influence_intent_token(&IssueInfluenceIntentToken::new(ID).referrer(mark))
        ),
        call!("intents.lock_purchase_intent", q.intents().lock_purchase_intent(&LockPurchaseIntent::new(mark))),
        call!("links.create", q.links().create(&link)),
        call!("links.get", q.links().get(ID)),
        call!("links.list", q.links().list().destination(mark)),
        call!("orders.get_details", q.orders().get_details(ID)),
        call!("orders.list", q.orders().list()),
        call!(
            "orders.record_paid_order",
            q.orders().record_paid_order(&RecordPaidOrder::new(ID, mark, "USD").purchase_intent_token(mark))
        ),
        call!("refunds.record_refund", q.refunds().record_refund(&RecordRefund::new(ID, mark, mark))),
    ]
}
