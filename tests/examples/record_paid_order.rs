//! Records a paid order, and tells a duplicate of another source from other refusals.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example record_paid_order`.

use qredex::types::{ErrorCode, RecordPaidOrder};
use typewright_tests::qredex_server::STORE_ID;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let order = RecordPaidOrder::new(STORE_ID, "order-1001", "USD")
        .total_price(110.00)
        .paid_at("2026-01-01T00:00:00Z")
        .purchase_intent_token("pit-token");
    match demo.qredex.orders().record_paid_order(&order).await {
        Ok(order) => println!("{} is {}", order.external_order_id, order.resolution_status),
        Err(error) if error.code() == Some(ErrorCode::RejectedCrossSourceDuplicate) => {
            println!("somebody else recorded it")
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
