//! Tells of several events at once.
//!
//! `cargo run --example perkamo_batch` starts a server of its own; with `PERKAMO_SECRET_KEY` set it talks to Perkamo.

use perkamo::types::Event;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), perkamo::Error> {
    let demo = typewright_tests::perkamo_server::client().await?;
    let events = [
        Event::new("customer_123", "app.opened", "open_1"),
        Event::new("customer_124", "app.opened", "open_2").occurred_at("2026-06-01T10:00:00Z"),
    ];
    let answer = demo.perkamo.batch(&events).await?;
    for (event, result) in events.iter().zip(&answer.results) {
        println!("{} applied {}", event.transaction_id, result.applied);
    }
    Ok(())
}
