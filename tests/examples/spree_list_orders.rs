//! Lists orders that were placed, page by page.
//!
//! Runs against a server of its own, or against a store when `SPREE_API_URL` is set: `cargo run --example spree_list_orders`.

use spree_admin::attributes::order;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    let mut orders =
        demo.spree.orders().list().filter(order::status().eq("placed")).sort(order::created_at().desc()).items();
    while let Some(order) = orders.try_next().await? {
        println!("{} {:?} {:?}", order.number.unwrap_or_default(), order.status, order.total);
    }
    Ok(())
}
