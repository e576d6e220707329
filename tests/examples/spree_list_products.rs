//! Lists products.
//!
//! Runs against a server of its own, or against a store when `SPREE_API_URL` is set: `cargo run --example spree_list_products`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    let page = demo.spree.products().list().limit(25).await?;
    println!("{} products in all", page.meta.count);
    for product in page.data {
        println!("{} {}", product.id, product.name.unwrap_or_default());
    }
    Ok(())
}
