//! Reads a customer.
//!
//! `cargo run --example perkamo_customer` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let customer = demo.perkamo.customer("customer_123").await?;
    println!("wallets {:?}, {} perks", customer.wallets, customer.perks.map_or(0, |perks| perks.len()));
    Ok(())
}
