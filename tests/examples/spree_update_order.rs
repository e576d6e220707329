//! Changes an order; where somebody else changes it just then, it is read and changed again.
//!
//! Runs against a server of its own: `cargo run --example spree_update_order`.

use spree_admin::types::UpdateOrder;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    let spree = &demo.spree;
    let change = || async move {
        let order = spree.orders().get("or_1").await?;
        spree.orders().update(order.id, &UpdateOrder::new().email("new@example.test")).await
    };
    let order = spree.retry_conflict(3, change).await?;
    println!("{} goes to {}", order.id, order.email.unwrap_or_default());
    Ok(())
}
