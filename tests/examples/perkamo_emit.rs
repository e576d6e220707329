//! Tells what a customer did, and what it earned them.
//!
//! `cargo run --example perkamo_emit` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

use perkamo::Json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let context = Json::object([("order_id", Json::from("order_1092")), ("amount", 12900.into())]);
    let call = demo.perkamo.emit("customer_123", "purchase.completed").context(context);
    // Keep the id with the order: sent again with it, the event counts once.
    println!("transaction {}", call.transaction_id());
    let result = call.await?;
    println!("applied {}, now {:?}", result.applied, result.wallet_state);
    Ok(())
}
