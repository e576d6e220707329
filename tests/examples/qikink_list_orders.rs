//! Lists the orders of a Qikink account, all pages of them: `cargo run --example qikink_list_orders`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qikink::Error> {
    let demo = typewright_tests::qikink_server::client().await?;
    let mut orders = demo.qikink.orders().list().items();
    while let Some(order) = orders.try_next().await? {
        println!("{:?} is {}", order.order_id.get(), order.status().unwrap_or("unknown"));
    }
    println!("that is all of them");
    Ok(())
}
