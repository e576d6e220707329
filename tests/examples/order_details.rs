//! Reads one order with its score and its timeline.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example order_details`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let order = demo.qredex.orders().get_details("55555555-5555-4555-8555-555555555555").await?;
    for event in order.timeline.iter().flatten() {
        println!("{:?} at {:?}", event.event_type, event.occurred_at);
    }
    Ok(())
}
