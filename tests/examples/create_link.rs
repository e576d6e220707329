//! Creates a tracking link from a creator to a store.
//!
//! Runs against a server of its own, or against Qredex when `QREDEX_CLIENT_ID` and `QREDEX_CLIENT_SECRET` are set:
//! `cargo run --example create_link`.

use qredex::types::{AttributionWindow, CreateLink};
use typewright_tests::qredex_server::STORE_ID;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), qredex::Error> {
    let demo = typewright_tests::demo::client().await?;
    let creator_id = "11111111-1111-4111-8111-111111111111";
    let link = CreateLink::new(STORE_ID, creator_id, "spring-launch", "/products/spring-launch")
        .attribution_window_days(AttributionWindow::ThirtyDays);
    let link = demo.qredex.links().create(&link).await?;
    println!("share {}", link.public_link_url);
    Ok(())
}
