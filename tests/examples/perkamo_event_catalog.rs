//! Lists the events that a program knows.
//!
//! `cargo run --example perkamo_event_catalog` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    for rule in demo.perkamo.event_catalog().await? {
        println!("{} ({})", rule.event.unwrap_or_default(), rule.label.unwrap_or_default());
    }
    Ok(())
}
