//! Locks an influence intent into a purchase intent token (PIT).
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example lock_purchase_intent`.

use qredex::types::LockPurchaseIntent;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let intent = LockPurchaseIntent::new("iit-token").source("backend-cart");
    let intent = demo.qredex.intents().lock_purchase_intent(&intent).await?;
    println!("the purchase intent {} is locked for the store {}", intent.token_id, intent.store_id);
    Ok(())
}
