//! Reads an order of Qikink by its id: `cargo run --example qikink_get_order`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qikink::Error> {
    let demo = typewright_tests::qikink_server::client().await?;
    let found = demo.qikink.orders().get("123456").from_date("2026-01-01").to_date("2026-12-31").await?;
    match found.status() {
        Some(status) => println!("{status}, AWB {:?}, {:?}", found.awb(), found.tracking_link()),
        None => println!("there is no such order"),
    }
    Ok(())
}
