//! Everything of Qikink: orders, their pages, one of them by its id, a refusal that travels as a success, and the limit.
//!
//! Starts a server of its own on loopback, so that it runs on a fresh machine without an account:
//! `cargo run --example qikink_tour`. With `QIKINK_CLIENT_ID` set it talks to Qikink, and orders.

use qikink::types::{CreateOrder, CreateOrderRequired, Gateway, LineItem, ShippingAddress};

fn order(number: &str) -> CreateOrder {
    let address = ShippingAddress::new()
        .first_name("Asha")
        .last_name("Rao")
        .address1("12 MG Road")
        .phone("9876543210")
        .email("asha@example.test")
        .city("Bengaluru")
        .zip("560001")
        .province("Karnataka")
        .country_code("IN");
    CreateOrder::new(CreateOrderRequired {
        order_number: number.to_owned(),
        qikink_shipping: "1".into(),
        gateway: Gateway::Prepaid,
        total_order_value: "999".into(),
        line_items: vec![LineItem::new(1, "SKU-1", "1", "999")],
    })
    .shipping_address(address)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qikink::Error> {
    let demo = typewright_tests::qikink_server::client().await?;
    let qikink = &demo.qikink;

    let created = qikink.orders().create(&order("1001")).await?;
    println!("created    {} {}", created.order_id, created.message.unwrap_or_default());

    match qikink.orders().create(&order("1001")).await {
        Err(error) if error.is_validation() => println!("refused    {} {:?}", error.message(), error.status()),
        other => println!("twice      {other:?}"),
    }

    let found = qikink.orders().get(created.order_id.as_str()).await?;
    println!("order      {} AWB {}", found.status().unwrap_or("unknown"), found.awb().unwrap_or("none yet"));
    println!("parcel     {}", found.tracking_link().unwrap_or("cannot be followed yet"));

    for number in 1002..1013 {
        qikink.orders().create(&order(&number.to_string())).await?;
    }
    let mut orders = qikink.orders().list().items();
    let mut count = 0;
    while let Some(order) = orders.try_next().await? {
        count += 1;
        if count == 1 {
            println!("newest     {}", order.number.get().map(ToString::to_string).unwrap_or_default());
        }
    }
    println!("orders     {count} on all pages");

    // The service takes thirty requests a minute; the client does not send more.
    for _ in 0..30 {
        if let Err(error) = qikink.orders().list().await {
            println!("limit      {}", error.message());
            break;
        }
    }
    Ok(())
}
