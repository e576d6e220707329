//! Says which product of Qikink a variant of Medusa is: `cargo run --example medusa_qikink_product_mappings`.

use medusa_qikink::types::CreateProductMapping;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), medusa_qikink::Error> {
    let demo = typewright_tests::medusa_qikink_server::client().await?;
    let mappings = demo.medusa.admin();
    let mappings = mappings.product_mappings();
    let mapping = mappings.create(&CreateProductMapping::new("SKU-1", "variant_1")).await?.mapping;
    println!("{} is {}", mapping.variant_id, mapping.qikink_sku_id);
    println!("read again: {}", mappings.get(&mapping.id).await?.mapping.qikink_sku_id);
    println!("removed: {:?}", mappings.delete(&mapping.id).await?.deleted);
    Ok(())
}
