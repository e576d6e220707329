//! Creates a creator.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example create_creator`.

use qredex::types::CreateCreator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let creator = CreateCreator::new("alice").display_name("Alice");
    let creator = demo.qredex.creators().create(&creator).await?;
    println!("{} has the id {}", creator.handle, creator.id);
    Ok(())
}
