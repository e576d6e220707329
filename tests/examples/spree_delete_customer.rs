//! Deletes customers; one with orders is refused.
//!
//! Runs against a server of its own: `cargo run --example spree_delete_customer`.

use spree_admin::types::ErrorCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    for id in ["cus_1", "cus_orders"] {
        match demo.spree.customers().delete(id).await {
            Ok(()) => println!("{id} is gone"),
            Err(error) if error.code() == Some(ErrorCode::CustomerHasOrders) => println!("{id} has orders and stays"),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
