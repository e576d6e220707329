//! Sets traits of a customer.
//!
//! `cargo run --example perkamo_identify` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

use perkamo::Json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let traits = Json::object([("email", "customer@example.test"), ("crm_id", "crm_123")]);
    let answer = demo.perkamo.identify("customer_123").traits(traits).await?;
    println!("{answer:?}");
    Ok(())
}
