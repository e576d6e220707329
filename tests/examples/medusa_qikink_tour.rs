//! Everything of the Medusa plugin: mappings of products and orders, a duplicate, a refresh, and Qikink by way of the
//! backend.
//!
//! Starts a server of its own on loopback, so that it runs on a fresh machine without an account:
//! `cargo run --example medusa_qikink_tour`. With `MEDUSA_BACKEND_URL` set it talks to that backend, and changes mappings.

use medusa_qikink::types::{CreateProductMapping, Direction, MappingStatus, OrderMappingOrder};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), medusa_qikink::Error> {
    let demo = typewright_tests::medusa_qikink_server::client().await?;
    let (admin, store) = (demo.medusa.admin(), demo.medusa.store());

    for (sku, variant) in [("SKU-1", "variant_1"), ("SKU-2", "variant_2"), ("SKU-3", "variant_3")] {
        let created = admin.product_mappings().create(&CreateProductMapping::new(sku, variant)).await?;
        println!("mapped     {} is {}", created.mapping.variant_id, created.mapping.qikink_sku_id);
    }
    match admin.product_mappings().create(&CreateProductMapping::new("SKU-4", "variant_1")).await {
        Err(error) if error.is_conflict() => println!("refused    {} {:?}", error.message(), error.code()),
        other => println!("twice      {other:?}"),
    }
    let mut mappings = admin.product_mappings().list().limit(2).order_direction(Direction::Asc).items();
    while let Some(mapping) = mappings.try_next().await? {
        println!("product    {} {}", mapping.id, mapping.qikink_sku_id);
    }
    println!("removed    {}", admin.product_mappings().delete("qpm_1").await?.id);

    let orders = admin.order_mappings().list().status(MappingStatus::Fulfilled).order(OrderMappingOrder::UpdatedAt);
    let orders = orders.await?;
    println!("orders     {:?} in all", orders.count);
    let refreshed = admin.order_mappings().refresh().limit(50).concurrency(5).await?;
    println!("refreshed  {} of {:?}", refreshed.updated, refreshed.processed);
    let one = admin.order_mappings().refresh().order_id("123456").await?;
    println!("one        {:?}", one.mapping.map(|mapping| mapping.status));

    let found = store.qikink().orders().id("123456").await?;
    println!("qikink     {} AWB {}", found.status().unwrap_or("unknown"), found.awb().unwrap_or("none"));
    Ok(())
}
