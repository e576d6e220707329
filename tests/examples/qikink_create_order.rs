//! Sends an order to Qikink: `cargo run --example qikink_create_order`.

use qikink::types::{CreateOrder, CreateOrderRequired, Gateway, LineItem, ShippingAddress};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qikink::Error> {
    let demo = typewright_tests::qikink_server::client().await?;
    let address = ShippingAddress::new().first_name("Asha").last_name("").address1("12 MG Road").city("Bengaluru");
    let order = CreateOrder::new(CreateOrderRequired {
        order_number: "1001".to_owned(),
        qikink_shipping: "1".into(),
        gateway: Gateway::Cod,
        total_order_value: "999".into(),
        line_items: vec![LineItem::new(1, "SKU-1", "1", "999")],
    })
    .shipping_address(address.zip("560001").country_code("IN").email("asha@example.test").phone("9876543210"));
    let created = demo.qikink.orders().create(&order).await?;
    println!("Qikink calls it {}", created.order_id);
    Ok(())
}
