//! Lists all orders, page after page.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example list_orders`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let mut orders = demo.qredex.orders().list().size(50).items();
    while let Some(order) = orders.try_next().await? {
        println!("{} {} {}", order.external_order_id, order.currency, order.resolution_status);
    }
    Ok(())
}
