//! Asks Qikink, by way of a Medusa backend, how far orders are: `cargo run --example medusa_qikink_refresh`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), medusa_qikink::Error> {
    let demo = typewright_tests::medusa_qikink_server::client().await?;
    let admin = demo.medusa.admin();
    let refreshed = admin.order_mappings().refresh().limit(100).await?;
    println!("{} orders are up to date", refreshed.updated);
    let mut orders = admin.order_mappings().list().items();
    while let Some(order) = orders.try_next().await? {
        println!("{} is {}", order.medusa_order_id, order.status);
    }
    Ok(())
}
