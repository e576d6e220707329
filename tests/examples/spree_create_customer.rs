//! Makes a customer, and shows what is wrong with one, field by field.
//!
//! Runs against a server of its own: `cargo run --example spree_create_customer`.

use spree_admin::Map;
use spree_admin::types::CreateCustomer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), spree_admin::Error> {
    let demo = typewright_tests::spree_admin_server::client().await?;
    let customer =
        demo.spree.customers().create(&CreateCustomer::new("alice@example.test").first_name("Alice")).await?;
    println!("{} is {}", customer.email.unwrap_or_default(), customer.id);

    match demo.spree.customers().create(&CreateCustomer::new("")).await {
        Err(error) if error.is_validation() => {
            let fields = error.details().and_then(|details| details.read::<Map<Vec<String>>>().ok());
            for (field, messages) in fields.unwrap_or_default() {
                println!("{field}: {}", messages.join(", "));
            }
        }
        other => println!("{other:?}"),
    }
    Ok(())
}
