//! Reports a sale; the invoice's id makes it safe to report again.
//!
//! Runs against a server of its own, or against Refport when `REFPORT_API_KEY` is set:
//! `cargo run --example refport_track_sale`.

use refport::types::TrackSale;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), refport::Error> {
    let demo = typewright_tests::refport_server::client().await?;
    let sale = TrackSale::new("clk_1", "cus_123", 4999).currency("usd").invoice_id("inv_1");
    let tracked = demo.refport.track().sale(&sale).await?;
    println!("{} brings {} cents of commission", tracked.sale.id, tracked.sale.commission_amount);
    Ok(())
}
