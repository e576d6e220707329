//! The whole flow: creator, link, influence intent, purchase intent, paid order, refund.
//!
//! Starts a server of its own on loopback, so that it runs on a fresh machine without an account:
//! `cargo run --example canonical_flow`. With `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` set it talks to Qredex.

use qredex::types::{
    CreateCreator, CreateLink, IssueInfluenceIntentToken, LockPurchaseIntent, RecordPaidOrder, RecordRefund,
};
use typewright_tests::qredex_server::STORE_ID;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let qredex = &demo.qredex;

    let creator = qredex.creators().create(&CreateCreator::new("alice").display_name("Alice")).await?;
    println!("creator    {} ({})", creator.handle, creator.id);

    let link = CreateLink::new(STORE_ID, creator.id, "spring-launch", "/products/spring-launch");
    let link = qredex.links().create(&link).await?;
    println!("link       {}", link.public_link_url);

    let iit = qredex.intents().issue_influence_intent_token(&IssueInfluenceIntentToken::new(link.id)).await?;
    println!("intent     {} until {}", iit.token_id, iit.expires_at);

    let pit = qredex.intents().lock_purchase_intent(&LockPurchaseIntent::new(iit.token).source("backend-cart")).await?;
    println!("locked     {}", pit.token_id);

    let order =
        RecordPaidOrder::new(pit.store_id, "order-1001", "USD").total_price(110.00).purchase_intent_token(pit.token);
    let reply = qredex.orders().record_paid_order(&order).with_response().await?;
    println!("order      HTTP {} (request {})", reply.status(), reply.request_id().unwrap_or("unknown"));
    let order = reply.into_inner();
    println!("           {} is {}", order.external_order_id, order.resolution_status);

    let refund = RecordRefund::new(STORE_ID, order.external_order_id, "refund-1").refund_total(10.00);
    let refunded = qredex.refunds().record_refund(&refund).await?;
    println!("refund     recorded for {}", refunded.id);

    let mut orders = qredex.orders().list().size(50).items();
    while let Some(order) = orders.try_next().await? {
        println!("listed     {} {}", order.external_order_id, order.currency);
    }
    Ok(())
}
