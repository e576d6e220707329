//! Records the refund of an order.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example record_refund`.

use qredex::types::RecordRefund;
use typewright_tests::qredex_server::STORE_ID;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let refund = RecordRefund::new(STORE_ID, "order-1001", "refund-1").refund_total(10.00);
    let order = demo.qredex.refunds().record_refund(&refund).await?;
    println!("the refund belongs to the attribution {}", order.id);
    Ok(())
}
