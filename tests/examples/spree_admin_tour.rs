//! A walk through Spree Admin: lists, nested resources, a conflict, money, an upload, a file, and refusals that can be read.
//!
//! Starts a server of its own on loopback, so that it runs on a fresh machine without a store:
//! `cargo run --example spree_admin_tour`. With `SPREE_API_URL` and `SPREE_SECRET_KEY` set it talks to a store.

use spree_admin::ErrorValues;
use spree_admin::attributes::order;
use spree_admin::types::{Blob, CreateCustomer, CreateDirectUpload, ErrorCode, UpdateOrder};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    let spree = &demo.spree;

    let products = spree.products().list().limit(25).await?;
    println!("products   {} in all", products.meta.count);

    let mut orders = spree.orders().list().filter(order::status().eq("placed")).items();
    while let Some(order) = orders.try_next().await? {
        let total = order.total.map_or_else(String::new, |total| total.to_string());
        println!("order      {} over {total} {}", order.id, order.currency.unwrap_or_default());
    }

    let fulfillments = spree.orders().fulfillments("or_1").list().await?.data;
    println!("shipping   {} fulfillment(s)", fulfillments.len());

    let change = || async move {
        let order = spree.orders().get("or_1").await?;
        spree.orders().update(order.id, &UpdateOrder::new().email("new@example.test")).await
    };
    println!("changed    {}, although somebody else did just then", spree.retry_conflict(3, change).await?.id);

    let customer = spree.customers().create(&CreateCustomer::new("alice@example.test")).await?;
    println!("customer   {}", customer.id);
    match spree.customers().create(&CreateCustomer::new("")).await {
        Err(error) if error.is_validation() => println!("refused    {}: {:?}", error.message(), error.details()),
        other => println!("refused    {other:?}"),
    }
    if let Err(error) = spree.customers().delete("cus_orders").await {
        println!("kept       {}", error.code() == Some(ErrorCode::CustomerHasOrders));
    }

    let file = Blob::new("pixel.png", 4, "8dPN6Y2QhBJ8LQpoNq4/EQ==", "image/png");
    let upload = spree.direct_uploads().create(&CreateDirectUpload::new(file)).await?;
    let put = spree.request("PUT", &upload.direct_upload.url).anonymous().bytes("image/png", "PNG!");
    put.await?;
    println!("uploaded   {}", upload.signed_id);

    let mut csv = spree.exports().download("exp_1").stream().await?;
    let mut bytes = 0;
    while let Some(chunk) = csv.chunk().await? {
        bytes += chunk.len();
    }
    println!("export     {bytes} bytes, read while they came");

    match spree.store().get().await {
        Err(error) if error.is_authorization() => println!("lacking    {:?}", error.required_scope()),
        other => println!("store      {other:?}"),
    }
    Ok(())
}
